"""Co-citation and coupling beside litstudy: set LITSTUDY_PYTHON to a Python that has it.

It asks for another bibtexparser than we do, so it lives in an environment of its own, and this very
file runs there too: `python litstudy_networks.py` reads each paper's references as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PAPERS = 2_000
VARIABLE = "LITSTUDY_PYTHON"
BUILT_BY = {"co-citation": "build_cocitation_network", "coupling": "build_coupling_network"}


def measured() -> Iterator[str]:
    """A line for each network; ours ends at a table, theirs at a networkx graph."""
    from benchmarks.clock import best_s, row
    from benchmarks.worlds.tables import tables
    from benchmarks.worlds.world import world
    from pipeline.analyse.bibliographic_coupling import cocited, coupled

    if VARIABLE not in os.environ:
        yield f"left out: {VARIABLE} is not set"
        return
    found = world(PAPERS)
    cited: list[list[int]] = [[] for _ in range(PAPERS)]
    for citing, other in found.citations.tolist():
        cited[citing].append(other)
    command = [os.environ[VARIABLE], str(Path(__file__))]
    done = subprocess.run(
        command, input=json.dumps(cited), capture_output=True, text=True, check=False
    )
    if done.returncode:
        yield f"left out: {done.stderr.splitlines()[-1]}"
        return
    given = tables(found)
    ours = {"co-citation": cocited, "coupling": coupled}
    for name, peer_s in json.loads(done.stdout).items():
        taken_s = best_s(lambda name=name: ours[name](*given))
        yield row(f"{name}, {PAPERS:,} papers", taken_s, "litstudy", peer_s)


def _of_litstudy(cited: list[list[int]]) -> dict[str, float]:
    """Seconds that litstudy takes for each network."""
    from litstudy import network
    from litstudy.types import Document, DocumentIdentifier, DocumentSet

    class Paper(Document):
        title, authors, references = None, None, None

    def paper(row: int) -> Paper:
        found = Paper(DocumentIdentifier(f"paper {row}"))
        found.title = f"paper {row}"
        found.references = [DocumentIdentifier(f"paper {other}") for other in cited[row]]
        return found

    papers = DocumentSet(map(paper, range(len(cited))))
    taken = {}
    for name, function in BUILT_BY.items():
        begin = time.perf_counter()
        getattr(network, function)(papers)
        taken[name] = time.perf_counter() - begin
    return taken


if __name__ == "__main__":
    print(json.dumps(_of_litstudy(json.load(sys.stdin))))
