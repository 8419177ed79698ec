"""The folder that `digest-graph bulk` leaves: what public dumps say of papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.model.errors import DataError, UsageError
from pipeline.model.tables import DUMPED, checked

ROWS, BUFFER_BYTES = 4_096, 2**16
"""How many rows are in memory at a time, and how much of each column's bytes."""


class BulkFolder:
    """What dumps say of papers, by the names of the dumps (`sources`).

    Opening it reads those alone, `pieces` the rest. Both raise DataError where it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder.absolute() / f"{DUMPED.name}.parquet"
        try:
            with pq.ParquetFile(self._path) as file:
                checked(DUMPED, _bare(file.schema_arrow.empty_table()), str(self._path))
                rows = file.read(["source"])
            rows.validate(full=True)
        except (DataError, OSError, pa.ArrowException) as error:
            raise _damaged(self._path, error) from error
        self.sources = tuple(sorted(pc.unique(rows["source"].drop_null()).to_pylist()))

    def pieces(self, arxiv_ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The rows about papers, some at a time: the dump that says them, and an Arrow stream."""
        asked = pa.array(arxiv_ids, pa.string())
        for rows in self._runs():
            about = rows.filter(pc.is_in(rows["arxiv_id"], asked))
            for source in pc.unique(about["source"]).to_pylist():
                yield source, _stream(about.filter(pc.equal(about["source"], source)))
        # Arrow keeps what it frees, and records of Python take their memory elsewhere.
        pa.default_memory_pool().release_unused()

    def _runs(self) -> Iterator[pa.Table]:
        try:
            with pq.ParquetFile(self._path, pre_buffer=False, buffer_size=BUFFER_BYTES) as file:
                for batch in file.iter_batches(ROWS):
                    rows = _bare(pa.Table.from_batches([batch]))
                    # Parquet promises that text is Unicode; only a look tells.
                    rows.validate(full=True)
                    yield checked(DUMPED, rows, str(self._path))
        except (DataError, OSError, pa.ArrowException) as error:
            raise _damaged(self._path, error) from error


def _bare(table: pa.Table) -> pa.Table:
    return table.replace_schema_metadata(None)


def _damaged(path: Path, error: Exception) -> DataError:
    reason = error.reason if isinstance(error, DataError) else f"cannot be read ({error})"
    return DataError(path, reason, "Make it again with `digest-graph bulk`.")


def _stream(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())


def bulk_or_none(asked: Path | None, usual: Path) -> BulkFolder | None:
    """The folder that is asked for, else the usual one where it is there, else none.

    Raises UsageError where the one that is asked for does not exist.
    """
    if asked and not asked.is_dir():
        raise UsageError(f"--bulk: {asked} is no folder. Make it with `digest-graph bulk`.")
    folder = asked or usual
    return BulkFolder(folder) if folder.is_dir() else None
