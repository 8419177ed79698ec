"""Enrichment: requests for 4,000 papers, 30 % faults, and 200 killed builds."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.folders import TESTS

sys.path.insert(0, str(TESTS))

from fake_papers import papers
from fake_services import FakeServices
from invented_digests import (
    GRAPH,
    Undetectable,
    asked_again,
    building,
    builds_until_all_is_told,
    built,
    faults,
    graph_bytes,
    killed_builds,
    options,
    written,
)

PRINTED, TITLES, FAULTY, KILLED, KILLS = 4_000, 1_000, 1_000, 400, 200


def measured() -> Iterator[str]:
    """A line for each part."""
    for part in (_printed, _titles, _faulty, _killed):
        with TemporaryDirectory() as folder:
            yield part(Path(folder))


def _printed(folder: Path) -> str:
    world = papers(PRINTED)
    digests = written(folder / "in", world, world)
    with FakeServices(world) as services:
        begin_s = time.perf_counter()
        chosen = options(folder, services.hosts, sources=("arxiv", "semantic_scholar"))
        found = built(digests, chosen)
        taken_s = time.perf_counter() - begin_s
        hosts = Counter(arrival.host for arrival in services.arrivals)
    whole = sum(told.state == "found" for told in found.told) / 2
    return (
        f"{PRINTED:,} entries with printed ids, cold: {hosts['export.arxiv.org']} arXiv requests "
        f"(limit 40), {hosts['api.semanticscholar.org']} of Semantic Scholar (limit 8); "
        f"{whole:,.0f} found in {taken_s:.0f} s without pauses"
    )


def _titles(folder: Path) -> str:
    world = papers(TITLES)
    digests = written(folder / "in", world, world, printed=0.0)
    with FakeServices(world) as services:
        found = built(digests, options(folder, services.hosts, sources=("arxiv",)))
        by_title = sum("search_query" in arrival.path for arrival in services.arrivals)
        rest = len(services.arrivals) - by_title
    matched = sum(match.verdict == "matched" for match in found.matches)
    return (
        f"{TITLES:,} entries without ids, cold: {by_title} arXiv requests by title and {rest} by "
        f"id, so {by_title * 3.1 / 60:.0f} min at least; {matched:,} matched"
    )


def _faulty(folder: Path) -> str:
    world = papers(FAULTY)
    digests = written(folder / "in", world, world)
    with FakeServices(world) as services:
        clean = graph_bytes(built(digests, options(folder / "a", services.hosts)), folder / "b")
        needed = len(services.arrivals)
    with Undetectable(world, faults(0.3)) as services:
        runs = builds_until_all_is_told(digests, folder / "c", services.hosts)
        sent = len(services.arrivals)
    same = graph_bytes(runs[-1], folder / "d") == clean
    return (
        f"{FAULTY:,} entries at 30 % faults: {'the same' if same else 'ANOTHER'} graph to the byte "
        f"after {len(runs)} runs, an hour apart; {sent:,} requests for {needed:,}"
    )


def _killed(folder: Path) -> str:
    world = papers(KILLED)
    digests = written(folder / "in", world, world)
    with FakeServices(world) as services:
        alone = graph_bytes(built(digests, options(folder / "a", services.hosts)), folder / "b")
        needed = len(services.arrivals)
        services.arrivals.clear()
        command = building(digests, folder / "home", folder / "out", services.hosts)
        killed = killed_builds(command, services, KILLS, 2 * needed // KILLS)
        again = asked_again(services)
    same = [(folder / "out" / name).read_bytes() for name in GRAPH] == alone
    return (
        f"{killed} builds killed at random, {needed:,} requests: "
        f"{'the same' if same else 'OTHER'} bytes at last; {again.total()} batches asked twice, "
        f"{max(again.values())} of one service at most"
    )


if __name__ == "__main__":
    for line in measured():
        print(line, flush=True)
