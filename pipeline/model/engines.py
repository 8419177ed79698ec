"""What runs relational functions: DuckDB on this machine, Spark on this one or on a cluster.

Arrow itself, where there is so little that DuckDB would take longer to begin. The functions are
written once, over narwhals' lazy frames; an engine turns tables into frames and frames into tables.
All compare texts by their bytes, so all give the same rows in one order.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.errors import DigestGraphError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EngineName = Literal["arrow", "duckdb", "spark"]
Frame = nw.LazyFrame[Any]
"""Rows that are yet to be made, by an engine."""
SHARE_OF_MEMORY = 1 / 16
"""Of the machine: what DuckDB works in. Beyond it, it writes to a temporary folder; what it cannot
write there (results on their way out) must fit. Its results come on top."""
_NO_SPARK = "Install it: pip install 'arxiv-digest-graph[spark]'"
_NO_JAVA = "Install a Java of 17 or later (Debian: openjdk-17-jre-headless), or set SPARK_REMOTE"


class RecordFiles(NamedTuple):
    """Files of records, and what makes rows of them, with columns `file`, `line`, `problem`.

    `rows` makes those of a line or a mapping, on any machine of a cluster; `batches` makes all,
    here, with their line numbers.
    """

    paths: Sequence[str]
    schema: pa.Schema
    rows: Callable[[object], list[dict[str, Any]]]
    batches: Callable[[], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that is running: its name, and how it takes in a table and files of records."""

    name: EngineName
    frame: Callable[[pa.Table], Frame]
    read: Callable[[RecordFiles], Frame]


@contextmanager
def opened_engine(name: EngineName = "duckdb", memory: str | None = None) -> Iterator[Engine]:
    """The engine of that name while the block lasts; `memory` (as `2GB`) is what DuckDB works in.

    Raises UsageError where Spark is asked for and is not there, and DigestGraphError where DuckDB
    runs out of memory.
    """
    if name == "arrow":
        yield Engine("arrow", _arrow_frame, _read_by_arrow)
        return
    with _duckdb(memory) if name == "duckdb" else _spark() as engine:
        yield engine


def _arrow_frame(table: pa.Table) -> Frame:
    frame: Frame = nw.from_native(table).lazy()
    return frame


def _read_by_arrow(files: RecordFiles) -> Frame:
    return _arrow_frame(pa.Table.from_batches(files.batches(), files.schema))


@contextmanager
def _duckdb(memory: str | None) -> Iterator[Engine]:
    import duckdb

    with TemporaryDirectory() as folder:
        settings: dict[str, Any] = {
            "memory_limit": memory or _share_of_memory(),
            "temp_directory": folder,
            "preserve_insertion_order": False,
            # What a query leaves goes back to the machine before the next one.
            "allocator_background_threads": True,
        }
        with duckdb.connect(config=settings) as connection:
            # Spark's names, so that one query is said once for both.
            connection.execute(
                "CREATE MACRO array_join(texts, mark) AS array_to_string(texts, mark);"
                "CREATE MACRO xxhash64(one, other) AS hash(one, other)"
            )

            def frame(table: pa.Table | pa.RecordBatchReader) -> Frame:
                return nw.from_native(connection.from_arrow(table))

            raised: list[BaseException] = []

            def read(files: RecordFiles) -> Frame:
                batches = _noting(files.batches(), raised)
                return frame(pa.RecordBatchReader.from_batches(files.schema, batches))

            try:
                yield Engine("duckdb", frame, read)
            except duckdb.OutOfMemoryException as error:
                problem = f"{settings['memory_limit']} are too few for these tables"
                raise DigestGraphError(f"{problem}. Use a machine with more, or Spark.") from error
            except duckdb.Error as error:
                # DuckDB tells of Ctrl-C, and of whatever ends the reading of records, in its words.
                raise next(iter(raised), _stopped_or(error)) from None


def _stopped_or(error: Exception) -> BaseException:
    """Ctrl-C where DuckDB says that it was what ended a query; else the error itself."""
    stopped = type(error).__name__ == "InterruptException" or "KeyboardInterrupt" in str(error)
    return KeyboardInterrupt() if stopped else error


def _noting(
    batches: Iterable[pa.RecordBatch], raised: list[BaseException]
) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except BaseException as error:
        raised.append(error)
        raise


def _share_of_memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 2**20
    return f"{max(int(pages * 4096 * SHARE_OF_MEMORY / 10**6), 1000)}MB"


@contextmanager
def _spark() -> Iterator[Engine]:
    session, is_ours = _session()
    try:
        yield Engine(
            "spark",
            lambda table: nw.from_native(session.createDataFrame(table)),
            partial(_read_by_spark, session),
        )
    finally:
        if is_ours:
            session.stop()


def _session() -> tuple[SparkSession, bool]:
    """The session that the environment asks for (spark-submit, SPARK_REMOTE), else a local one.

    Whether it was begun here, too: one that was there before is not for us to end.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(f"--engine spark: PySpark is not here. {_NO_SPARK}.") from error
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.maxResultSize": "0",
        "spark.ui.enabled": "false",
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        is_ours = SparkSession.getActiveSession() is None
        return SparkSession.builder.config(map=settings).getOrCreate(), is_ours
    except PySparkException as error:
        raise UsageError(f"--engine spark: it does not start ({error}). {_NO_JAVA}.") from error


def _read_by_spark(session: SparkSession, files: RecordFiles) -> Frame:
    from pyspark.sql.pandas.types import from_arrow_schema

    in_columns = [path for path in files.paths if ".parquet" in path]
    in_lines = [path for path in files.paths if path not in in_columns]
    frames = []
    if in_lines:
        lines = session.read.option("recursiveFileLookup", True).option("lineSep", "\n")
        # As bytes, since a damaged line may be no text.
        line = "CAST(value AS BINARY) AS value"
        frames.append(lines.text(in_lines).selectExpr(line, "_metadata.file_name AS `file`"))
    if in_columns:
        rows = session.read.option("recursiveFileLookup", True).parquet(*in_columns)
        whole = "struct(*) AS value"
        frames.append(rows.selectExpr(whole, "_metadata.file_name AS `file`"))
    shape = from_arrow_schema(files.schema)
    read_batches = partial(_rows_of, files.rows, files.schema)
    return nw.concat([nw.from_native(frame.mapInArrow(read_batches, shape)) for frame in frames])


def _rows_of(
    rows: Callable[[object], list[dict[str, Any]]],
    schema: pa.Schema,
    batches: Iterable[pa.RecordBatch],
) -> Iterator[pa.RecordBatch]:
    """Runs where Spark has the records, in pieces of a file, so it cannot number their lines."""
    for batch in batches:
        columns = (column.to_pylist() for column in batch.columns)
        batch_rows = [
            {**row, "file": file} for item, file in zip(*columns, strict=True) for row in rows(item)
        ]
        yield pa.RecordBatch.from_pylist(batch_rows, schema=schema)


def exploded(frame: Frame, column: str) -> Frame:
    """A row for each item of the lists in a column, none of which is null or empty."""
    native = frame.to_native()
    if not isinstance(native, pa.Table):
        return frame.explode(column)
    lists = native[column].combine_chunks()
    rows = native.take(pc.list_parent_indices(lists))
    place = rows.column_names.index(column)
    return _arrow_frame(rows.set_column(place, column, pc.list_flatten(lists)))


def queried(
    frame: Frame, sql: str, in_memory: Callable[[pa.Table], pa.Table] | None = None
) -> Frame:
    """The rows that a query over `given`, which is the frame, selects.

    For what narwhals cannot say, in words that DuckDB and Spark both know; `in_memory` says it of a
    table of Arrow's.
    """
    native = frame.to_native()
    if isinstance(native, pa.Table):
        if in_memory is None:
            raise TypeError("Arrow runs no query")
        return _arrow_frame(in_memory(native))
    if frame.implementation.is_duckdb():
        selected: Frame = nw.from_native(native.query("given", sql))
    else:
        native.createOrReplaceTempView("given")
        selected = nw.from_native(native.sparkSession.sql(sql))
    return selected


def collected(frame: Frame, schema: pa.Schema) -> pa.Table:
    """The rows of a frame with the columns, types and gaps of a schema; one it lacks is null.

    Raises ValueError where a column that must be whole has gaps.
    """
    present = frame.collect_schema().names()
    table = frame.select([n for n in schema.names if n in present]).collect("pyarrow").to_native()
    columns = [
        table[field.name] if field.name in present else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    # What was read on the way is not needed any more.
    pa.default_memory_pool().release_unused()
    return pa.table(columns, schema.names).cast(schema)
