"""Graph files: 100,000 papers, against the same bytes raw, networkx and igraph; and their memory.

Each writer is timed as a build runs it: from the tables in memory to a file. networkx is timed on
a tenth of the papers and its time taken times the edges that are left out, as it needs minutes
and gigabytes for the whole. igraph is met twice: with the columns that it writes too, which is the
same work, and with all of ours, which is more. The peak of memory is measured in a process of its
own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import igraph
import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.clock import best_processor_s, best_s, row
from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import SEED, world
from pipeline.export import FORMATS, gexf, graphml
from pipeline.knowledge_graph import KnowledgeGraph
from pipeline.layout.looks import with_looks
from pipeline.model.tables import NODES, GraphFile

PAPERS, FEWER, TENTH, FEWEST = 100_000, 20_000, 10_000, 100
LIMITED = ("gexf", "graphml")
"""The formats that are held to a limit of time."""

_ENDS = ("source", "target")
_NODE_COLUMNS = ("id", "kind", "label", "degree", "pagerank", "x", "y", "size", "color")
_EDGE_COLUMNS = (*_ENDS, "kind", "weight")
"""What igraph is given to write: what every node, and every edge, has."""


def measured() -> Iterator[str]:
    """A line for each file and peer, and one for the memory of each file at two sizes."""
    nodes, edges = _graph(PAPERS)
    yield f"{nodes.num_rows:,} nodes, {edges.num_rows:,} edges"
    yield from _against_raw(nodes, edges)
    yield from _against_peers(nodes, edges)
    del nodes, edges
    yield from _memory()


def _against_raw(nodes: pa.Table, edges: pa.Table) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "graph")
        for name, files in FORMATS.items():
            for file in files:
                taken_s = best_s(lambda file=file: _written(path, file, nodes, edges), runs=5)
                content = path.read_bytes()
                raw_s = best_s(lambda content=content: _raw(path, content), runs=5)
                size = f"{file.file_name}, {len(content) / 1e6:.0f} MB"
                limit = "raw (limit x3)" if name in LIMITED else "raw"
                yield row(size, taken_s, f"the same bytes {limit}", raw_s)


def _against_peers(nodes: pa.Table, edges: pa.Table) -> Iterator[str]:
    few_nodes, few_edges = _graph(TENTH)
    made = KnowledgeGraph(few_nodes, few_edges).nx
    scale = edges.num_rows / few_edges.num_rows
    peers = {graphml.GRAPH_FILE: nx.write_graphml, gexf.GRAPH_FILE: nx.write_gexf}
    with TemporaryDirectory() as folder:
        path = Path(folder, "graph")
        for file, peer in peers.items():
            yield from _against_networkx(file, peer, (path, nodes, edges), (made, scale))
        graph = _igraph(nodes, edges)
        peer_s = best_s(lambda: graph.write_graphml(str(path)), runs=2)
        flat = _flat(nodes, _NODE_COLUMNS), _flat(edges, _EDGE_COLUMNS)
        for file in peers:
            for told, data in (("all columns", (nodes, edges)), ("igraph's columns", flat)):
                taken_s = best_s(lambda file=file, data=data: _written(path, file, *data))
                yield row(f"{file.file_name}, {told}", taken_s, "igraph (limit x0.4)", peer_s)


def _against_networkx(
    file: GraphFile,
    peer: Callable[[nx.MultiDiGraph, Path], None],
    ours: tuple[Path, pa.Table, pa.Table],
    theirs: tuple[nx.MultiDiGraph, float],
) -> Iterator[str]:
    """By the clock, and of the processor, which tells more on a busy machine."""
    path, nodes, edges = ours
    made, scale = theirs

    def own() -> None:
        _written(path, file, nodes, edges)

    def other() -> None:
        peer(made, path)

    limit = f"networkx, x{scale:.0f} (limit x0.033)"
    yield row(file.file_name, best_s(own), limit, scale * best_s(other, runs=1))
    taken_s, peer_s = best_processor_s(own), scale * best_processor_s(other, runs=1)
    yield row(f"{file.file_name}, processor", taken_s, limit.replace("0.033", "0.04"), peer_s)


def _flat(table: pa.Table, names: tuple[str, ...]) -> pa.Table:
    """A table whose other columns are empty, so that they are not written."""
    for place, field in enumerate(table.schema):
        if field.name not in names:
            table = table.set_column(place, field, pa.nulls(table.num_rows, field.type))
    return table


def _igraph(nodes: pa.Table, edges: pa.Table) -> igraph.Graph:
    """The graph with the columns that every node and every edge has."""
    ends = [pc.index_in(edges[side], nodes["id"]).to_numpy() for side in _ENDS]
    graph = igraph.Graph(nodes.num_rows, np.column_stack(ends), directed=True)
    for name in _NODE_COLUMNS:
        graph.vs[name] = nodes[name].to_pylist()
    for name in _EDGE_COLUMNS[2:]:
        graph.es[name] = edges[name].to_pylist()
    return graph


def _memory() -> Iterator[str]:
    names = [file.file_name for files in FORMATS.values() for file in files]
    found: dict[str, list[int]] = {name: [] for name in names}
    with TemporaryDirectory() as folder:
        for papers in (FEWER, PAPERS):
            for name, table in zip(("nodes", "edges"), _graph(papers), strict=True):
                pq.write_table(table, Path(folder, f"{name}.parquet"))
            for name in names:
                command = [sys.executable, "-m", "benchmarks.graph.files", folder, name]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                found[name].append(int(done.stdout))
    for name, (fewer, more) in found.items():
        met = "met" if max(fewer, more) < 100 else "NOT MET"
        more_told = f"{fewer:5} MB more at {FEWER:,}, {more:5} MB at {PAPERS:,} (limit 100)"
        yield f"{name:<44}{more_told}  {met}"


def _memory_mb(kind: str) -> float:
    """The memory of this process: `VmRSS` now, `VmHWM` at most since it was last reset (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{kind}:")[1].split()[0]) / 1024


def _more_memory_mb(folder: Path, file_name: str) -> int:
    """How much more memory the process took at most while it wrote, beyond what the tables took."""
    files = {file.file_name: file for several in FORMATS.values() for file in several}
    nodes, edges = (pq.read_table(folder / f"{name}.parquet") for name in ("nodes", "edges"))
    _written(folder / "small", files[file_name], *_graph(FEWEST))
    # https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html: 5 resets the peak.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _memory_mb("VmRSS")
    _written(folder / "file", files[file_name], nodes, edges)
    return round(_memory_mb("VmHWM") - before)


def _graph(papers: int) -> tuple[pa.Table, pa.Table]:
    """A world of so many papers, each node somewhere: writing does not ask where."""
    nodes, edges = tables(world(papers))
    chance, rows = np.random.default_rng(SEED), nodes.num_rows
    drawn = {
        "degree": chance.integers(1, 50, rows),
        "pagerank": np.round(chance.random(rows) / rows, 10),
        "community": chance.integers(0, 40, rows),
        "x": np.round(chance.normal(0, 5_000, rows), 2),
        "y": np.round(chance.normal(0, 5_000, rows), 2),
    }
    for name, values in drawn.items():
        nodes = nodes.append_column(name, pa.array(values))
    return with_looks(nodes, edges).select(NODES.schema().names).cast(NODES.schema()), edges


def _written(path: Path, file: GraphFile, nodes: pa.Table, edges: pa.Table) -> None:
    with path.open("wb") as stream:
        stream.writelines(file.pieces(nodes, edges))


def _raw(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)


if __name__ == "__main__":
    print(_more_memory_mb(Path(sys.argv[1]), sys.argv[2]))
