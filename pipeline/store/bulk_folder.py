"""The folder that `digest-graph bulk` leaves: what public dumps say of papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import DataError, UsageError
from pipeline.services import Pieces
from pipeline.store.tables import read_table
from pipeline.tables import DUMPED


class BulkFolder:
    """What dumps say of papers. Raises DataError where the folder's table is damaged."""

    def __init__(self, folder: Path) -> None:
        try:
            self._rows = read_table(folder, DUMPED)
        except DataError as error:
            remedy = "Make it again with `digest-graph bulk`."
            raise DataError(error.path, error.reason, remedy) from error
        self.sources = tuple(sorted(pc.unique(self._rows["source"]).to_pylist()))

    def pieces(self, source: str, arxiv_ids: Sequence[str]) -> Pieces:
        """A row as JSON for each paper; None for those that the dump does not know."""
        of_source = self._rows.filter(pc.equal(self._rows["source"], source))
        asked = pa.array(arxiv_ids, pa.string())
        rows = of_source.filter(pc.is_in(of_source["arxiv_id"], asked)).to_pylist()
        known = {row["arxiv_id"]: orjson.dumps(row) for row in rows}
        return tuple((arxiv_id, known.get(arxiv_id)) for arxiv_id in arxiv_ids)


def bulk_or_none(asked: Path | None, usual: Path) -> BulkFolder | None:
    """The folder that is asked for, else the usual one where it is there, else none.

    Raises UsageError where the one that is asked for does not exist.
    """
    if asked and not asked.is_dir():
        raise UsageError(f"--bulk: {asked} is no folder. Make it with `digest-graph bulk`.")
    folder = asked or usual
    return BulkFolder(folder) if folder.is_dir() else None
