"""`nodes.parquet` and `edges.parquet`: the two tables themselves, of a part of the graph too."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model.tables import GraphFile, Piece

GROUP_ROWS = 50_000


def _node_pieces(nodes: pa.Table, _edges: pa.Table) -> Iterator[Piece]:
    return _pieces(nodes)


def _edge_pieces(_nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    return _pieces(edges)


def _pieces(table: pa.Table) -> Iterator[Piece]:
    sink = _Sink()
    with pq.ParquetWriter(pa.PythonFile(sink, "w"), table.schema, compression="zstd") as writer:
        for start in range(0, table.num_rows, GROUP_ROWS):
            writer.write_table(table.slice(start, GROUP_ROWS))
            yield sink.taken()
    yield sink.taken()


class _Sink(BytesIO):
    """What is written, and taken out again on the way; it says how much went through in all."""

    def __init__(self) -> None:
        super().__init__()
        self._before = 0

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        piece = self.getvalue()
        self._before += len(piece)
        self.seek(0)
        self.truncate()
        return piece

    def tell(self) -> int:
        return self._before + super().tell()

    def close(self) -> None:
        """Nothing: what is left is still to be taken."""


NODES_FILE = GraphFile("nodes.parquet", _node_pieces)
EDGES_FILE = GraphFile("edges.parquet", _edge_pieces)
