"""A plan is a run rehearsed: what is sent lies within it, and is it where no answer decides."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fake_papers import World, papers
from fake_services import FakeServices
from invented_digests import DAY, HurriedTime, built, options, written
from virtual_time import SlowServices, VirtualTime, first_day

from pipeline.build.plans import Plans
from pipeline.build.run import Inputs, builds, planned
from pipeline.cli.terminal import plan_lines
from pipeline.fetch.hosts import group_of
from pipeline.fetch.options import NetworkOptions
from pipeline.settings.home import LEDGER_NAME
from pipeline.store.ledger import Ledger


def _sent(services: FakeServices) -> Counter[str]:
    return Counter(group_of(f"https://{arrival.host}/").name for arrival in services.arrivals)


def _outside(plans: Plans, sent: Counter[str]) -> dict[str, tuple[int, int, int]]:
    """Hosts that were sent fewer requests than at least, or more than at most."""
    of_host = {
        host: (
            sum(plan.least for plan in plans.each if plan.host == host),
            sent[host],
            sum(plan.most for plan in plans.each if plan.host == host),
        )
        for host in {plan.host for plan in plans.each} | sent.keys()
    }
    return {h: counts for h, counts in of_host.items() if list(counts) != sorted(counts)}


def _unpublished(world: World) -> World:
    """The world without DOIs and without lists."""
    return {i: paper._replace(doi=None, references=()) for i, paper in world.items()}


def _published(world: World) -> World:
    return {i: p._replace(doi=f"10.5555/all.{n}") for n, (i, p) in enumerate(world.items())}


def _of_physics(world: World) -> World:
    return {i: paper._replace(categories=("hep-th",)) for i, paper in world.items()}


@pytest.mark.parametrize(
    ("world", "read_ids", "printed"),
    [
        (papers(14, seed=2), 14, 0.5),
        (_unpublished(papers(12, seed=3)), 12, 0.0),
        (_published(papers(16, seed=4)), 6, 1.0),
        (_of_physics(papers(12, seed=5)), 12, 0.7),
    ],
)
def test_what_a_run_sends_lies_within_its_plan(
    tmp_path: Path, world: World, read_ids: int, printed: float
) -> None:
    digests = written(tmp_path / "in", world, list(world)[-read_ids:], printed=printed)
    with FakeServices(world) as services:
        asked_of = options(tmp_path / "home", services.hosts, clock=HurriedTime().clock)
        network = replace(asked_of, from_source=True)
        plans = planned(Inputs((digests,), network=network))
        assert not services.arrivals
        built(digests, network)
        sent = _sent(services)
        nothing_left = planned(Inputs((digests,), network=network))
    assert _outside(plans, sent) == {}
    assert nothing_left == Plans()


def test_titles_that_nobody_has_and_ids_that_nobody_knows_lie_within_the_plan(
    tmp_path: Path,
) -> None:
    world = papers(30, seed=6)
    known = dict(list(world.items())[:4])
    digests = written(tmp_path / "in", world, list(world)[-20:], printed=0.5)
    with FakeServices(known) as services:
        network = options(tmp_path / "home", services.hosts, clock=HurriedTime().clock)
        plans = planned(Inputs((digests,), network=network))
        built(digests, network)
        assert _outside(plans, _sent(services)) == {}


def test_where_no_answer_decides_the_plan_is_the_very_number(tmp_path: Path) -> None:
    world = papers(30)
    digests = written(tmp_path / "in", world, world)
    with FakeServices(world) as services:
        network = options(
            tmp_path, services.hosts, sources=("semantic_scholar_citations", "hugging_face")
        )
        plans = planned(Inputs((digests,), network=network))
        built(digests, network)
    sent = _sent(services)
    assert {(plan.source, plan.least, plan.most) for plan in plans.each} == {
        ("semantic_scholar_citations", 1, 1),
        ("hugging_face", 30, 30),
    }
    assert sent == {"semantic_scholar": 1, "hugging_face": 30}


def test_a_plan_ends_when_the_time_of_its_run_is_up(tmp_path: Path) -> None:
    world, time = papers(60), VirtualTime()
    digests = written(tmp_path / "in", world, world, printed=0.3)
    with SlowServices(world, time, latency_s=(1.0, 1.0)) as services:
        network = replace(first_day(tmp_path, services, time), within_s=40.0)
        plans = planned(Inputs((digests,), network=network))
        *_, last = builds(Inputs((digests,), network=network))
        sent = _sent(services)
    assert any(told.state == "not asked" for told in last.graph.told)
    assert _outside(plans, sent) == {}
    assert plans.least_s <= plans.likely_s <= plans.most_s <= 40.0
    assert sum(plan.most for plan in plans.each if plan.host == "arxiv") in (10, 11, 12)


def test_a_service_that_rests_is_not_in_the_plan(tmp_path: Path) -> None:
    world = papers(6)
    digests = written(tmp_path / "in", world, world)
    network = options(tmp_path, {}, clock=HurriedTime().clock)
    now = datetime.fromtimestamp(network.clock.wall_s(), UTC)
    with Ledger(tmp_path / LEDGER_NAME, lambda: DAY) as ledger:
        ledger.rest("openalex", now + timedelta(hours=3), "asked too often")
    hosts = {plan.host for plan in planned(Inputs((digests,), network=network)).each}
    assert "arxiv" in hosts
    assert "openalex" not in hosts


def test_a_plan_is_told_in_a_line_for_each_service_and_a_range_where_answers_decide(
    tmp_path: Path,
) -> None:
    world = papers(30)
    digests = written(tmp_path / "in", world, world, printed=0.5)
    lines = list(plan_lines(planned(Inputs((digests,), network=_real_pauses(tmp_path)))))
    (openalex,) = [line for line in lines if line.startswith("openalex")]
    assert " at least, 60 at most, " in openalex
    assert lines[-1].startswith("Services are asked side by side: ")
    assert lines[-1].endswith(" likely. Nothing was asked.")
    assert list(plan_lines(Plans())) == [
        "Services are asked side by side: 0 s. Nothing was asked.",
    ]


def _real_pauses(home: Path) -> NetworkOptions:
    network = options(home, {})
    assert network.client
    return replace(network, client=replace(network.client, gaps_scale=1.0))
