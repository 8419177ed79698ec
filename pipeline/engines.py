"""What runs relational functions: DuckDB on this machine, Spark on this one or on a cluster.

The functions are written once, over narwhals' lazy frames; an engine turns tables into frames and
frames into tables. Both compare texts by their bytes, so both give the same rows in one order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import pyarrow as pa

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EngineName = Literal["duckdb", "spark"]
Frame = nw.LazyFrame[Any]
"""Rows that are yet to be made, by an engine."""
MEMORY_LIMIT = "2GB"
"""DuckDB writes to a temporary folder what goes beyond it; the tables that it gives come on top."""
_NO_SPARK = "Install it: pip install 'arxiv-digest-graph[spark]'"
_NO_JAVA = "Install a Java of 17 or later (Debian: openjdk-17-jre-headless), or set SPARK_REMOTE"


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine that is running: its name, and how it takes a table in."""

    name: EngineName
    frame: Callable[[pa.Table], Frame]


@contextmanager
def opened_engine(name: EngineName = "duckdb") -> Iterator[Engine]:
    """The engine of that name while the block lasts.

    Raises UsageError where Spark is asked for and is not there.
    """
    with _duckdb() if name == "duckdb" else _spark() as engine:
        yield engine


@contextmanager
def _duckdb() -> Iterator[Engine]:
    import duckdb

    with TemporaryDirectory() as folder:
        settings = {"memory_limit": MEMORY_LIMIT, "temp_directory": folder}
        with duckdb.connect(config={**settings, "preserve_insertion_order": False}) as connection:
            # Spark's name for it, so that one query is said once for both.
            connection.execute(
                "CREATE MACRO array_join(texts, mark) AS array_to_string(texts, mark)"
            )
            yield Engine("duckdb", lambda table: nw.from_native(connection.from_arrow(table)))


@contextmanager
def _spark() -> Iterator[Engine]:
    session = _session()
    try:
        yield Engine("spark", lambda table: nw.from_native(session.createDataFrame(table)))
    finally:
        session.stop()


def _session() -> SparkSession:
    """The session that the environment asks for (spark-submit, SPARK_REMOTE), else a local one."""
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
    try:
        return SparkSession.builder.config(map=settings).getOrCreate()
    except PySparkException as error:
        raise UsageError(f"--engine spark: it does not start ({error}). {_NO_JAVA}.") from error


def queried(frame: Frame, sql: str) -> Frame:
    """The rows that a query over `given`, which is the frame, selects.

    For what narwhals cannot say, in words that DuckDB and Spark both know.
    """
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        return nw.from_native(native.query("given", sql))
    native.createOrReplaceTempView("given")
    return nw.from_native(native.sparkSession.sql(sql))


def collected(frame: Frame, schema: pa.Schema) -> pa.Table:
    """The rows of a frame, in its order, with the columns, types and gaps of a schema.

    Raises ValueError where a column that must be whole has gaps.
    """
    table = frame.select(schema.names).collect("pyarrow").to_native()
    return table.cast(schema)
