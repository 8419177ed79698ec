"""The graph in Jupyter at 30,000 nodes and 150,000 edges, against its limits.

Each is asked of a graph that was just loaded, so that nothing is remembered from another question;
`again` is the same question to the same graph. Memory is what the process holds more (Linux).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.clock import best_s, row
from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import world
from pipeline.analyse.communities import communities
from pipeline.analyse.measures import with_measures
from pipeline.knowledge_graph import KnowledgeGraph, load
from pipeline.layout.looks import with_looks
from pipeline.layout.positions import with_positions
from pipeline.model.tables import COMMUNITIES, COVERAGE, EDGES, NODES
from pipeline.store.tables import write_table

PAPERS = 10_000
LIMITS_S = {"load": 1.0, "around": 0.05, "around, again": 0.05, "nx": 3.0}
"""Those of the whole project; the others are ours: a second, for what one waits for in a cell."""

ASKED: dict[str, Callable[[KnowledgeGraph, str], object]] = {
    "around": lambda g, paper: g.around(paper, hops=2),
    "nx": lambda g, _: g.nx,
    "igraph": lambda g, _: g.igraph,
    "nodes, edges": lambda g, _: (g.nodes, g.edges),
    "where": lambda g, _: g.where(category="cs", read=True),
    "search": lambda g, _: g.search("neural networks"),
    "similar": lambda g, paper: g.similar(paper),
    "missing": lambda g, _: g.missing(),
    "communities": lambda g, _: g.communities(),
    "author_reach": lambda g, _: g.author_reach(),
    "plot_communities": lambda g, _: g.plot_communities(),
    "show": lambda g, _: g.show(),
    "show, and its still picture": lambda g, _: g.show()._repr_mimebundle_(),
}
AGAIN = ("around", "search")


def measured() -> Iterator[str]:
    """A line for each question, and one each for the memory of what is kept."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        g = written(place)
        size = f"{len(g.nodes):,} nodes, {len(g.edges):,} edges"
        yield row(f"load, {size}", best_s(partial(load, place), 5), "limit", LIMITS_S["load"])
        paper = str(g.papers["degree"].idxmax())
        for name, ask in ASKED.items():
            asked = map(ask, [load(place) for _ in range(3)], repeat(paper))
            taken_s = best_s(partial(next, asked))
            yield row(name, taken_s, "limit", LIMITS_S.get(name, 1.0))
        for name in AGAIN:
            taken_s = best_s(partial(ASKED[name], g, paper), 5)
            yield row(f"{name}, again", taken_s, "limit", LIMITS_S.get(name, 1.0))
        yield f"sent to a cell {_sent_bytes(g) / 1e6:31.2f} MB"
        for kept in ("load", "nodes, edges", "nx", "igraph"):
            command = [sys.executable, "-m", "benchmarks.commands.jupyter", folder, kept]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            yield f"memory of {kept:<34}{int(done.stdout):9} MB"


def written(folder: Path, papers: int = PAPERS) -> KnowledgeGraph:
    """A world of so many papers as a build in a folder, loaded."""
    nodes, edges = tables(world(papers))
    nodes = with_positions(with_looks(with_measures(nodes, edges), edges), edges)
    nodes = nodes.select(NODES.schema().names).cast(NODES.schema())
    for table, data in (
        (NODES, nodes),
        (EDGES, edges.cast(EDGES.schema())),
        (COVERAGE, COVERAGE.schema().empty_table()),
        (COMMUNITIES, communities(nodes, edges)),
    ):
        write_table(folder, table, data)
    return load(folder)


def _sent_bytes(g: KnowledgeGraph) -> int:
    """How much a widget sends to its cell: the graph, the script, the style and the picture."""
    view: Any = g.show()
    state = [value for value in view.get_state().values() if isinstance(value, bytes | str)]
    (data, _) = view._repr_mimebundle_()
    return sum(map(len, state)) + len(data["image/png"])


def _more_memory_mb(folder: Path, name: str) -> int:
    """How much more the process holds after loading, or after a first question to a graph."""
    ask = ASKED.get(name, lambda g, _: g)
    ask(KnowledgeGraph(NODES.schema().empty_table(), EDGES.schema().empty_table()), "")
    before = _resident_mb()
    g = load(folder)
    if name in ASKED:
        before = _resident_mb()
    kept = ask(g, "")
    return round(_resident_mb() - before) if kept is not None else 0


def _resident_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    print(_more_memory_mb(Path(sys.argv[1]), sys.argv[2]))
