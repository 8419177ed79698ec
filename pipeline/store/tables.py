"""Tables on disk: Parquet, checked against their declaration on the way out and on the way in."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model.errors import DataError
from pipeline.model.tables import COVERAGE, EDGES, NODES, Table, checked
from pipeline.store.outputs import build_mark, current, settled

TRIES = 3


def write_table(folder: Path, table: Table, data: pa.Table) -> None:
    """`data` as `<name>.parquet` in `folder`, the same bytes for the same rows."""
    path = folder / f"{table.name}.parquet"
    pq.write_table(checked(table, data, str(path)), path.absolute(), compression="zstd")


def rows_written(folder: Path, table: Table) -> int | None:
    """How many rows the table of that name in `folder` has; None where there is none to read."""
    try:
        rows: int = pq.read_metadata((folder / f"{table.name}.parquet").absolute()).num_rows
    except (OSError, pa.ArrowException):
        return None
    return rows


def read_table(folder: Path, table: Table) -> pa.Table:
    """The table of that name in `folder`.

    Raises DataError where it is missing, damaged, or of another version of this program.
    """
    settled(folder)
    path = current(folder, f"{table.name}.parquet")
    remedy = f"Run `digest-graph build INPUT... -o {folder}` first."
    if folder.is_file():
        raise DataError(folder, "this is a file", "Give the folder that a build wrote.")
    if not path.is_file():
        raise DataError(path, "no such file", remedy)
    try:
        data = pq.read_table(path.absolute()).replace_schema_metadata(None)
        # Parquet promises that text is Unicode; only a look tells.
        data.validate(full=True)
    except (OSError, pa.ArrowException) as error:
        raise DataError(path, f"cannot be read ({error})", remedy) from error
    return checked(table, data, str(path))


def read_graph(folder: Path) -> tuple[pa.Table, pa.Table]:
    """The nodes and the edges of one build, though another may be written meanwhile."""
    for _ in range(TRIES):
        mark = build_mark(folder)
        graph = read_table(folder, NODES), read_table(folder, EDGES)
        if build_mark(folder) == mark:
            return graph
    raise DataError(folder, "is written anew all the time", "Try again once that has ended.")


def read_coverage(folder: Path) -> pa.Table:
    """Which source said what of each paper of a build."""
    return read_table(folder, COVERAGE)
