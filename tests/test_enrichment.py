"""Enrichment from end to end: a graph of invented papers, whatever the services do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from fake_arxiv import FakeReply
from fake_indexes import json_reply, semantic_scholar_reply
from fake_papers import papers
from fake_services import HOSTS, FakeServices
from invented_digests import (
    HurriedTime,
    Undetectable,
    asked_again,
    building,
    builds_until_all_is_told,
    built,
    faults,
    graph_bytes,
    killed_builds,
    nowhere,
    options,
    process,
    states,
    written,
)

from pipeline.build.network import opened_network
from pipeline.build.run import Inputs, planned, write
from pipeline.fetch.options import NetworkOptions

WORLD = papers(60)
IDS = tuple(WORLD)


def hosts_of(services: FakeServices) -> Counter[str]:
    return Counter(arrival.host for arrival in services.arrivals)


def test_with_30_percent_faults_the_graph_is_the_same_to_the_byte(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:40], printed=0.6)
    with FakeServices(WORLD) as services:
        clean = built(digests, options(tmp_path / "clean", services.hosts))
    assert states(clean, "failed") | states(clean, "not asked") == set()
    with Undetectable(WORLD, faults(0.3)) as services:
        runs = builds_until_all_is_told(digests, tmp_path / "faulty", services.hosts)
    assert graph_bytes(runs[-1], tmp_path / "b") == graph_bytes(clean, tmp_path / "a")


def test_ids_are_asked_a_hundred_and_five_hundred_at_a_time(tmp_path: Path) -> None:
    world = papers(350)
    digests = written(tmp_path / "in", world, world)
    known = {
        arxiv_id: paper for arxiv_id, paper in world.items() if arxiv_id not in list(world)[:9]
    }
    with FakeServices(known) as services:
        chosen = options(tmp_path, services.hosts, sources=("arxiv", "semantic_scholar"))
        found = built(digests, chosen)
        assert hosts_of(services) == {"export.arxiv.org": 4 + 1, "api.semanticscholar.org": 1}
        again = built(digests, chosen)
        assert len(services.arrivals) == 6
    assert states(found, "failed") | states(found, "not asked") == set()
    told = Counter((told.source, told.state) for told in again.told)
    assert (told["arxiv", "found"], told["arxiv", "unknown"]) == (341, 9)
    assert told["semantic_scholar", "found"] == 341
    assert sum(match.verdict == "undecided" for match in found.matches) == 9


def test_two_builds_at_once_over_one_ledger_give_the_same_graph(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:20], printed=0.6)
    with FakeServices(WORLD) as services:
        alone = built(digests, options(tmp_path / "alone", services.hosts))
        commands = [
            building(digests, tmp_path / "home", tmp_path / name, services.hosts) for name in "ab"
        ]
        running = [process(command) for command in commands]
        ended = [one.communicate() for one in running]
    assert [(one.returncode, said[1]) for one, said in zip(running, ended, strict=True)] == [
        (0, ""),
        (0, ""),
    ]
    expected = graph_bytes(alone, tmp_path / "c")
    for name in "ab":
        tables = [tmp_path / name / table for table in ("nodes.parquet", "edges.parquet")]
        assert [table.read_bytes() for table in tables] == expected


def test_a_build_that_is_killed_time_and_again_ends_with_the_same_bytes(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:40], printed=0.5)
    with FakeServices(WORLD) as services:
        alone = built(digests, options(tmp_path / "alone", services.hosts))
        requests = len(services.arrivals)
        services.arrivals.clear()
        command = building(digests, tmp_path / "home", tmp_path / "out", services.hosts)
        killed = killed_builds(command, services, 4, requests // 3)
    tables = [tmp_path / "out" / table for table in ("nodes.parquet", "edges.parquet")]
    assert [table.read_bytes() for table in tables] == graph_bytes(alone, tmp_path / "c")
    assert killed >= 2
    assert max(asked_again(services).values()) <= killed


def test_a_citation_that_two_sources_know_is_one_edge_that_names_both(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:30])
    with FakeServices(WORLD) as services:
        found = built(digests, options(tmp_path, services.hosts))
    edges = [edge for edge in found.edges.to_pylist() if edge["kind"] == "cites"]
    pairs = {(edge["source"], edge["target"]) for edge in edges}
    assert len(pairs) == len(edges)
    expected = {(f"arxiv:{i}", f"arxiv:{c}") for i in IDS[:30] for c in WORLD[i].references}
    assert expected <= pairs
    assert ["inspire", "semantic_scholar"] in [edge["sources"] for edge in edges]


class _PoisonedServices(FakeServices):
    """Semantic Scholar does not know one paper, and refuses whatever names another one."""

    def reply_to(self, host: str, path: str, body: bytes, fault: str | None) -> FakeReply:
        """What is answered."""
        if host != "api.semanticscholar.org":
            return super().reply_to(host, path, body, fault)
        if b"ARXIV:" + IDS[41].encode() in body:
            return json_reply(400, {"error": "Response would exceed maximum size"})
        known = {arxiv_id: paper for arxiv_id, paper in WORLD.items() if arxiv_id != IDS[40]}
        return semantic_scholar_reply(known, path.partition("?")[0], "", body)


def test_no_references_an_unknown_list_and_a_failed_one_are_three_things(tmp_path: Path) -> None:
    empty = next(arxiv_id for arxiv_id in IDS if not WORLD[arxiv_id].references)
    digests = written(tmp_path / "in", WORLD, [empty, IDS[40], IDS[41]])
    with _PoisonedServices(WORLD) as services:
        chosen = options(tmp_path, services.hosts, sources=("arxiv", "semantic_scholar"))
        found = built(digests, chosen)
    rows = {
        row["paper"]: (row["state"], row["references"])
        for row in found.coverage.to_pylist()
        if row["source"] == "semantic_scholar"
    }
    assert rows == {
        f"arxiv:{empty}": ("found", 0),
        f"arxiv:{IDS[40]}": ("unknown", None),
        f"arxiv:{IDS[41]}": ("failed", None),
    }
    write(found, tmp_path / "out")
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "| semantic_scholar | 1 | 1 | 1 | 0 |" in report
    assert "- semantic_scholar: refused with 400" in report


def test_a_failed_service_costs_its_own_facts_alone_and_is_asked_on_the_next_run(
    tmp_path: Path,
) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:10])
    down = {"api.openalex.org": lambda path: FakeReply(503, "text/html", b"down")}
    with FakeServices(WORLD, replies=down) as services:
        chosen = options(tmp_path, services.hosts, clock=HurriedTime().clock)
        first = built(digests, chosen)
        services.replies.clear()
        second = built(digests, chosen)
    of_openalex = [told for told in first.told if told.source == "openalex"]
    assert Counter(told.state for told in of_openalex) == {"failed": 3, "not asked": 7}
    assert {told.reason for told in of_openalex} == {"the service is out of order (503)"}
    assert states(first, "failed") == {("openalex", "the service is out of order (503)")}
    assert states(second, "failed") | states(second, "not asked") == set()


def test_what_arxiv_and_semantic_scholar_share_with_their_title_searches_is_told_apart(
    tmp_path: Path,
) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:10], printed=0.5)
    with FakeServices(WORLD) as services:
        built(digests, options(tmp_path, services.hosts, sources=("arxiv",)))
        assert set(hosts_of(services)) == {"export.arxiv.org"}
        before = len(services.arrivals)
        built(digests, options(tmp_path, services.hosts, sources=("openalex",)))
        assert {a.host for a in services.arrivals[before:]} == {"api.openalex.org"}


def test_a_title_that_settled_its_entry_is_not_looked_for_again(tmp_path: Path) -> None:
    world = {arxiv_id: WORLD[arxiv_id] for arxiv_id in IDS[:10]}
    # Another paper of almost the same title is found for the last entry, and does not settle it.
    near = WORLD[IDS[12]]._replace(
        title=f"{WORLD[IDS[11]].title} Put Right Again and Proven Wholly Otherwise",
        authors=("Zeno Quux",),
        abstract="Nothing of the kind.",
    )
    world[IDS[12]] = near
    digests = written(tmp_path / "in", WORLD, IDS[:12], printed=0.0)
    with FakeServices(world) as services:
        chosen = options(tmp_path, services.hosts, sources=("arxiv",))
        first = built(digests, chosen)
        services.arrivals.clear()
        later = built(digests, _later(chosen, days=31))
        queries = [a.path for a in services.arrivals if "search_query" in a.path]
    assert [m.arxiv_id for m in first.matches] == [m.arxiv_id for m in later.matches]
    assert first.matches[10].verdict == "not_on_arxiv"
    assert first.matches[11].arxiv_id is None
    for number in range(12):
        last_word = f"+{number}%22"
        assert any(last_word in query for query in queries) == (number >= 10), number


def test_a_refresh_that_no_service_answers_takes_nothing_away(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:10], printed=0.5)
    with FakeServices(WORLD) as services:
        first = built(digests, options(tmp_path, services.hosts))
        asked = len(services.arrivals)
        built(digests, options(tmp_path, services.hosts, refresh_days=0))
        assert len(services.arrivals) == asked
        anew = _later(options(tmp_path, services.hosts, refresh_days=0), days=1)
        again = built(digests, anew)
        assert asked < len(services.arrivals) <= 2 * asked
    asked_anew = [t for t in again.told if t.source not in ("bundled", "arxiv_titles")]
    assert {told.day for told in asked_anew} == {anew.day}
    gone = options(
        tmp_path, dict.fromkeys(HOSTS, nowhere()), refresh_days=0, clock=HurriedTime().clock
    )
    last = built(digests, _later(gone, days=2))
    assert last.edges == first.edges
    assert {told.state for told in last.told} <= {"found", "unknown"}


def test_a_plan_asks_nothing_and_is_kept_to(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[:30], printed=0.5)
    with FakeServices(WORLD) as services:
        inputs = Inputs((digests,), network=options(tmp_path, services.hosts))
        plans = {plan.source: plan for plan in planned(inputs).each}
        assert services.arrivals == []
        found = built(digests, inputs.network)
        assert planned(inputs).each == ()
    usual = {"arxiv", "semantic_scholar", "openalex", "inspire", "arxiv_titles"}
    assert {told.source for told in found.told} >= usual
    sent = [a for a in services.arrivals if "search_query" in a.path]
    assert 0 < plans["arxiv_titles"].least <= len(sent) <= plans["arxiv_titles"].most


def _later(chosen: NetworkOptions, days: int) -> NetworkOptions:
    return replace(chosen, day=chosen.day + timedelta(days=days))


def test_a_home_that_cannot_be_written_to_ends_no_build(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with opened_network(options(tmp_path / "file" / "home", {})) as network:
        assert network is not None
        assert "the ledger cannot be used" in (network.unkept or "")
