"""Rows put in order once an engine has made them: alike for every engine, and in little memory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.tables import EDGES, TEXT, endpoints

_ENDS = ("source", "target")
_OFTEN_ALIKE = ("kind", "evidence")
_MOST_BYTES, _ROWS = 2**30, 2**22
"""Arrow's texts end at 2 GiB: a column of more bytes than the first is ordered as large texts, and
every column comes in runs of so many rows."""


def by_id(nodes: pa.Table) -> pa.Table:
    """Nodes in the order of the bytes of their ids. Raises ValueError if an id comes twice."""
    order = pc.sort_indices(nodes["id"])
    ids = nodes["id"].take(order)
    again = ids[1:].filter(pc.equal(ids[1:], ids[:-1]))
    if len(again):
        raise ValueError(f"two nodes are called {again[0]}")
    return pa.table([_taken(column, order) for column in nodes.columns], nodes.schema)


def by_ends(parts: Iterable[pa.Table], nodes: pa.Table) -> pa.Table:
    """The edges of all parts by source, target and kind; no two may have the same three.

    `nodes` are by id. A part is packed before the next is made, and a column let go before the next
    is unpacked, so that no text is in memory twice. Raises DataError where an edge names a node
    that is not there.
    """
    packed = pa.concat_tables(map(partial(_packed, nodes), parts)).unify_dictionaries()
    order = pa.array(_order(packed, nodes.num_rows))
    columns = dict(zip(packed.column_names, packed.columns, strict=True))
    del packed
    ids = nodes["id"].combine_chunks()

    def unpacked(field: pa.Field) -> pa.ChunkedArray:
        column = _taken(columns.pop(field.name), order)
        return pc.take(ids, column) if field.name in _ENDS else column.cast(field.type)

    return pa.table([unpacked(field) for field in EDGES.schema()], EDGES.schema())


def _packed(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """Edges with row numbers in `nodes` for their ends, and texts that are often alike once."""
    rows = dict(zip(_ENDS, endpoints(nodes, edges), strict=True))

    def column(name: str) -> pa.Array:
        if name in _ENDS:
            return pa.array(rows[name])
        values = edges[name]
        return (values.dictionary_encode() if name in _OFTEN_ALIKE else values).combine_chunks()

    return pa.table({name: column(name) for name in edges.column_names})


def _order(packed: pa.Table, nodes: int) -> np.ndarray:
    kinds = packed["kind"].combine_chunks()
    rank = pc.rank(kinds.dictionary).to_numpy()[kinds.indices.to_numpy()]
    source, target = (packed[end].to_numpy().astype(np.int64) for end in _ENDS)
    # A stable sort is quick with rows that lie in runs, as an engine leaves them.
    return np.argsort((source * nodes + target) * (len(kinds.dictionary) + 1) + rank, kind="stable")


def _taken(column: pa.ChunkedArray, order: pa.Array) -> pa.ChunkedArray:
    is_large = column.type == TEXT and column.nbytes >= _MOST_BYTES
    whole = (column.cast(pa.large_string()) if is_large else column).combine_chunks()
    slices = (order.slice(begin, _ROWS) for begin in range(0, len(order), _ROWS))
    return pa.chunked_array((whole.take(rows) for rows in slices), whole.type).cast(column.type)
