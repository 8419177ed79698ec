"""All of arXiv, 3 million papers and 60 million edges: tables and GraphML. Run by hand:

python -m benchmarks.graph.all_of_arxiv [PAPERS]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from benchmarks.graph.tables import read_relations, write_relations
from benchmarks.worlds.relations import world_relations
from benchmarks.worlds.world import world
from pipeline.export import graphml
from pipeline.graph.assembly import MEASURED, graph_tables
from pipeline.model.engines import opened_engine
from pipeline.model.tables import NODES
from pipeline.store.outputs import write_pieces

PAPERS = 3_000_000
MEMORY = "4GB"
SPREAD = 1e4


def measured(papers: int = PAPERS) -> Iterator[str]:
    """Seconds and the most memory so far, after each step."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own, whose memory does not count.
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            apart.submit(_write, papers, folder).result()
        begin = time.perf_counter()
        with opened_engine(memory=MEMORY) as engine:
            nodes, edges = graph_tables(read_relations(folder), engine)
        counted = f"{papers:,} papers, {nodes.num_rows:,} nodes, {edges.num_rows:,} edges"
        yield f"{counted}: tables in {time.perf_counter() - begin:.1f} s, {_peak_gb():.1f} GB"
        begin = time.perf_counter()
        pieces = graphml.GRAPH_FILE.pieces(_placed(nodes), edges)
        write_pieces(folder / "graph.graphml", pieces)
        size_gb = (folder / "graph.graphml").stat().st_size / 1e9
        taken_s = time.perf_counter() - begin
        yield f"GraphML of {size_gb:.2f} GB in {taken_s:.1f} s, {_peak_gb():.1f} GB"


def _write(papers: int, folder: Path) -> None:
    write_relations(world_relations(world(papers)), folder)


def _placed(nodes: pa.Table) -> pa.Table:
    """The nodes with measures and places of no meaning, as a file must have some."""
    chance = np.random.default_rng(1)
    for column in NODES.schema():
        if column.name in MEASURED:
            values = pa.array(chance.random(nodes.num_rows) * SPREAD)
            is_text = pa.types.is_string(column.type)
            made = pa.repeat("#808080", nodes.num_rows) if is_text else values
            nodes = nodes.append_column(column, made.cast(column.type, safe=False))
    return nodes.select(NODES.schema().names)


def _peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    for line in measured(int(sys.argv[1]) if sys.argv[1:] else PAPERS):
        print(line, flush=True)
