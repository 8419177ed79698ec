"""A plan counts as a run does: what it asks, and what follows from the answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from fake_papers import papers
from fake_services import FakeServices
from invented_digests import HurriedTime, built, options, written

from pipeline.build.plans import plans_s
from pipeline.build.run import Inputs, planned
from pipeline.cli.terminal import plan_lines
from pipeline.sources import arxiv_titles, crossref_titles, crossref_works

AT_MOST = (arxiv_titles.NAME, crossref_titles.NAME, crossref_works.NAME)
"""What is foreseen of these are the most works that are looked for; the world prints few titles."""
FEW = 5


def test_what_is_planned_is_what_a_run_asks_to_a_factor_of_two(tmp_path: Path) -> None:
    world = papers(36)
    digests = written(tmp_path / "in", world, list(world)[12:], printed=0.5)
    with FakeServices(world) as services:
        asked_of = options(tmp_path / "home", services.hosts, clock=HurriedTime().clock)
        network = replace(asked_of, from_source=True)
        plans = planned(Inputs((digests,), network=network))
        assert not services.arrivals
        told = Counter(t.source for t in built(digests, network).told if not t.kept)
        nothing_left = planned(Inputs((digests,), network=network))
    keys = sum((Counter({plan.source: plan.keys}) for plan in plans), Counter[str]())
    del told["bundled"]
    for source in told.keys() | keys.keys():
        if source in AT_MOST:
            assert keys[source] >= told[source], source
        elif max(keys[source], told[source]) > FEW:
            assert 0.5 <= keys[source] / max(1, told[source]) <= 2.0, source
    assert not [plan for plan in nothing_left if not plan.foreseen]


def test_a_plan_says_what_is_known_and_what_is_likely_apart(tmp_path: Path) -> None:
    world = papers(30)
    digests = written(tmp_path / "in", world, world, printed=0.5)
    network = replace(options(tmp_path / "home", {}), from_source=True)
    assert network.client
    network = replace(network, client=replace(network.client, gaps_scale=1.0))
    plans = planned(Inputs((digests,), network=network))
    known = [plan for plan in plans if not plan.foreseen]
    assert 0 < plans_s(known) < plans_s(plans)
    lines = list(plan_lines(plans))
    at = lines.index("and then, by the answers, likely about:")
    assert [line.split()[0] for line in lines[:at]] == [plan.source for plan in known]
    assert "in all. Nothing was asked." in lines[-1]
