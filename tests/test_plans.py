"""A plan counts as a run does: what it asks, and what follows from the answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from fake_papers import papers
from fake_services import FakeServices
from invented_digests import HurriedTime, built, options, written

from pipeline.build.asking import Queued
from pipeline.build.foreseen import Foreseen, foreseen
from pipeline.build.network import opened_network
from pipeline.build.plans import plans, plans_s
from pipeline.build.questions import OpenQuestions
from pipeline.build.run import Inputs, planned
from pipeline.cli.terminal import plan_lines
from pipeline.sources import (
    WORKS,
    acl_anthology,
    arxiv_api,
    arxiv_titles,
    crossref_titles,
    crossref_works,
    openreview,
)

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


def test_no_pause_is_counted_behind_the_last_request_to_a_host(tmp_path: Path) -> None:
    asked_of = options(tmp_path, {})
    assert asked_of.client
    real = replace(asked_of, client=replace(asked_of.client, gaps_scale=1.0))
    keys = ["2401.00001 A title of words|A. Name"]
    with opened_network(real) as network:
        assert network is not None
        (anthology,) = plans({acl_anthology.SOURCE: keys}, network)
        (forum,) = plans({openreview.SOURCE: keys * 3}, network)
    assert anthology.least_s == plans_s([anthology]) == 1.0
    assert forum.least_s == 2 * forum.pace_s + 1.0
    queued = [Queued(forum.host, 2, forum.pace_s), Queued(anthology.host, 0, anthology.pace_s)]
    assert plans_s([forum, anthology], queued) == 4 * forum.pace_s + 1.0
    assert plans_s([], queued[1:]) == plans_s([]) == 0.0


def test_works_that_papers_cite_are_not_foreseen_as_papers(tmp_path: Path) -> None:
    works = {arxiv_api.SOURCE: 50, arxiv_titles.SOURCE: 100, crossref_works.SOURCE: 70}
    with opened_network(options(tmp_path, {})) as network:
        assert network is not None
        of_works = foreseen(OpenQuestions({}, works, titles=120), network)
        of_both = foreseen(OpenQuestions({arxiv_titles.SOURCE: 10}, works, titles=490), network)
    assert of_works == {
        arxiv_titles.SOURCE: Foreseen(0, again=80),
        crossref_titles.SOURCE: Foreseen(80),
    }
    assert of_both[arxiv_api.SOURCE].keys == 8
    assert of_both[arxiv_titles.SOURCE] == Foreseen(10, again=2 + 88)
    assert not of_both.keys() & set(WORKS) - {crossref_works.SOURCE}
