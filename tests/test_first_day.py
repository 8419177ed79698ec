"""A first day without keys: services refuse, or break down in bursts; hours take seconds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from fake_papers import papers
from fake_services import FakeServices
from invented_digests import built, options, states, written
from virtual_time import SlowServices, VirtualTime, bursting, first_day, refusing

from pipeline.build.run import Inputs, builds

WORLD = papers(60)


def test_ctrl_c_while_a_graph_is_written_still_gives_the_graph_of_what_was_answered(
    tmp_path: Path,
) -> None:
    digests = written(tmp_path / "in", WORLD, list(WORLD)[:20])
    with FakeServices(WORLD) as services:
        network = options(tmp_path, services.hosts)
        drawing = builds(Inputs((digests,), network=network), every_s=0.0)
        first = next(drawing)
        last = drawing.throw(KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            next(drawing)
    assert first.left_s is not None
    assert last.left_s is None
    assert last.graph.nodes.num_rows == first.graph.nodes.num_rows


def test_where_36_percent_of_requests_are_answered_all_60_papers_come_in_the_end(
    tmp_path: Path,
) -> None:
    time = VirtualTime()
    digests = written(tmp_path / "in", WORLD, WORLD, printed=0.0)
    with SlowServices(WORLD, time, fault_at=refusing(0.64)) as services:
        network = first_day(tmp_path, services, time, sources=("semantic_scholar",))
        found = built(digests, network)
    assert [match.arxiv_id for match in found.matches] == list(WORLD)
    assert states(found, "failed") | states(found, "not asked") == set()
    listed = {p.arxiv_id for p in found.papers for known in p.reference_lists if known.references}
    assert listed == {arxiv_id for arxiv_id, paper in WORLD.items() if paper.references}


def test_bursts_of_arxiv_are_waited_out_and_every_title_is_looked_for_in_one_run(
    tmp_path: Path,
) -> None:
    time = VirtualTime()
    world = papers(300)
    digests = written(tmp_path / "in", world, world, printed=0.0)
    with SlowServices(world, time, fault_at=bursting(time)) as services:
        found = built(digests, first_day(tmp_path, services, time, sources=("arxiv",)))
        busy = sum(arrival.fault == "busy" for arrival in services.arrivals)
        queries = len(services.arrivals) - busy
    assert sum(match.verdict == "matched" for match in found.matches) == len(world)
    assert queries == len(world) / 5 + len(world) / 100
    assert busy > 4
    # 63 requests of 4.1 s at most, while arXiv is well for 170 s out of 240.
    assert time.passed_s < 63 * 4.1 * 240 / 170 + 240


def test_while_a_service_that_refuses_is_waited_for_the_others_are_asked(tmp_path: Path) -> None:
    time = VirtualTime()
    digests = written(tmp_path / "in", WORLD, WORLD)
    with SlowServices(WORLD, time, fault_at=refusing(1.0)) as services:
        found = built(digests, first_day(tmp_path, services, time))
        hosts = [arrival.host for arrival in services.arrivals]
    refused = [number for number, host in enumerate(hosts) if host == "api.semanticscholar.org"]
    gaps = [second - first for first, second in pairwise(refused)]
    assert max(gaps) > 10
    assert {source for source, _ in states(found, "failed") | states(found, "not asked")} == {
        "semantic_scholar",
        "semantic_scholar_citations",
    }
    assert time.passed_s < 600
