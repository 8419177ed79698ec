"""Nodes and edges tables: beside the same in bare DuckDB SQL and in pandas, and at every size."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from benchmarks.clock import best_s, row
from benchmarks.graph.tables_in_pandas import tables_in_pandas
from benchmarks.graph.tables_in_sql import tables_in_sql
from benchmarks.worlds.relations import world_relations
from benchmarks.worlds.world import world
from pipeline.graph.assembly import graph_tables
from pipeline.graph.relations import Relations
from pipeline.model.engines import EngineName, opened_engine

PAPERS = 100_000
SIZES = (1_000, 10_000, 100_000, 500_000)
LIMIT_S, LIMIT_GB = 12.0, 2.5
SPARK_PAPERS = 10_000
ROWS = 65_536
"""Of a piece of a file: what reads it has several of them at a time in memory."""


def measured() -> Iterator[str]:
    """Our tables beside the peers, then alone in a process of their own at every size."""
    given = world_relations(world(PAPERS))
    edges = ours(given)[1].num_rows
    yield f"{PAPERS:,} papers, {edges:,} edges"
    taken_s = best_s(lambda: ours(given))
    yield row("tables", taken_s, "bare DuckDB SQL", best_s(lambda: tables_in_sql(given)))
    yield row("tables", taken_s, "pandas", best_s(lambda: tables_in_pandas(given), runs=1))
    for papers in SIZES:
        with TemporaryDirectory() as folder:
            write_relations(world_relations(world(papers)), Path(folder))
            yield alone(Path(folder), f"{papers:,} papers")
    if find_spec("pyspark"):
        small = world_relations(world(SPARK_PAPERS))
        here_s, spark_s = best_s(lambda: ours(small)), best_s(lambda: ours(small, "spark"), runs=1)
        yield row(f"tables, {SPARK_PAPERS:,} papers, local Spark", spark_s, "DuckDB", here_s)


def ours(given: Relations[pa.Table], engine: EngineName = "duckdb") -> tuple[pa.Table, pa.Table]:
    """The tables as a build makes them."""
    with opened_engine(engine) as running:
        return graph_tables(given, running)


def write_relations(given: Relations[pa.Table], folder: Path) -> None:
    """Each relation as a Parquet file."""
    for name, table in given._asdict().items():
        pq.write_table(table, folder / f"{name}.parquet", row_group_size=ROWS, compression="lz4")


def read_relations(folder: Path) -> Relations[ds.Dataset]:
    """The relations of a folder, to be read by an engine as it goes."""
    return Relations(*(ds.dataset(folder / f"{name}.parquet") for name in Relations._fields))


def alone(folder: Path, name: str) -> str:
    """A line: time and memory of the tables of a folder in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.graph.tables", str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    taken_s, peak_gb, edges = float(told[0]), float(told[1]), int(told[2])
    limits = f"limits at 500,000: {LIMIT_S:.0f} s, {LIMIT_GB} GB"
    return f"tables, {name}, {edges:,} edges: {taken_s:.2f} s, {peak_gb:.2f} GB ({limits})"


def main(folder: str) -> None:
    """Prints seconds, the most memory that this process had (GB), and the number of edges."""
    begin = time.perf_counter()
    edges = ours(read_relations(Path(folder)))[1].num_rows
    taken_s = time.perf_counter() - begin
    print(taken_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, edges)


if __name__ == "__main__":
    main(sys.argv[1])
