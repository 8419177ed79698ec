"""The first day: 600 + 600 notes without keys, Semantic Scholar refusing, arXiv in bursts.

Services answer after 0.2 to 1 s, by a clock that passes only while all who ask wait, so that hours
take minutes: `python -m benchmarks.commands.first_day`. Times of asking are of that clock, times of
drawing are of the processor.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.folders import TESTS

sys.path.insert(0, str(TESTS))

from fake_papers import papers
from fake_services import FakeServices
from invented_digests import (
    Undetectable,
    builds_until_all_is_told,
    built,
    faults,
    graph_bytes,
    options,
    written,
)
from virtual_time import SlowServices, VirtualTime, bursting, first_day, refusing

from pipeline.build.run import Inputs, builds
from pipeline.model.tables import Build

NOTES, FIRST_GRAPH_S, WITH_REFERENCES = 1_200, 15.0, 0.60
SEEDS, SMALL = 20, 8


def measured() -> Iterator[str]:
    """A line for each figure, beside its limit."""
    for share in (1.0, 0.64):
        with TemporaryDirectory() as folder:
            yield from _day(Path(folder), share)
    with TemporaryDirectory() as folder:
        yield _seeds(Path(folder))


def _day(folder: Path, share: float) -> Iterator[str]:
    world, passing = papers(NOTES), VirtualTime()
    digests = written(folder / "in", world, world, printed=0.5)
    with SlowServices(world, passing, fault_at=_both(share, passing)) as services:
        network = first_day(folder, services, passing, from_source=True)
        begin_s = time.process_time()
        coming = builds(Inputs((digests,), network=network), every_s=30.0)
        first = next(coming)
        first_s = time.process_time() - begin_s
        *_, last = coming
        arrivals = list(services.arrivals)
    yield f"Semantic Scholar refuses {share:.0%} of all requests:"
    yield (
        f"  first graph of {len(first.graph.matches):,} notes after {first_s:.1f} s of processor "
        f"(limit {FIRST_GRAPH_S:.0f})"
    )
    yield from _found(last.graph, passing)
    hosts = Counter(arrival.host for arrival in arrivals)
    yield f"  requests: {', '.join(f'{host} {count:,}' for host, count in hosts.most_common())}"


def _both(share: float, passing: VirtualTime) -> Callable[[str], str | None]:
    refused, burst = refusing(share), bursting(passing)
    return lambda host: refused(host) or burst(host)


def _found(graph: Build, passing: VirtualTime) -> Iterator[str]:
    titles = [told for told in graph.told if told.source == "arxiv_titles"]
    searched = sum(told.state in ("found", "unknown") for told in titles)
    matched = sum(match.verdict == "matched" for match in graph.matches)
    read = [paper for paper in graph.papers if paper.entries]
    # Some invented papers cite nothing, which a source says too.
    listed = sum(bool(paper.reference_lists) for paper in read)
    cites = sum(kind == "cites" for kind in graph.edges["kind"].to_pylist())
    yield f"  {searched:,} of {len(titles):,} titles searched in one run; {matched:,} notes matched"
    yield (
        f"  {listed / len(read):.0%} of papers with references (limit {WITH_REFERENCES:.0%}), "
        f"{cites:,} citations, after {passing.passed_s / 60:.0f} min"
    )


def _seeds(folder: Path) -> str:
    """Whether the graph is the same at last, whatever fails on the way."""
    world = papers(60)
    digests = written(folder / "in", world, list(world)[-SMALL:], printed=0.5)
    with FakeServices(world) as services:
        clean = graph_bytes(built(digests, options(folder / "a", services.hosts)), folder / "b")
    same, runs = 0, []
    for seed in range(SEEDS):
        with Undetectable(world, faults(0.3, seed)) as services:
            done = builds_until_all_is_told(digests, folder / f"home{seed}", services.hosts)
        runs.append(len(done))
        same += graph_bytes(done[-1], folder / f"out{seed}") == clean
    return (
        f"30 % random faults: the same graph to the byte with {same} of {SEEDS} seeds, after "
        f"{min(runs)} to {max(runs)} runs an hour apart"
    )


if __name__ == "__main__":
    for line in measured():
        print(line, flush=True)
