"""Columns of numbers and texts as the bytes of a chunk that the explorer reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.deflating import deflated
from pipeline.export.row_batches import BATCH_ROWS, batches
from pipeline.export.text_columns import content, joined, replaced
from pipeline.model.tables import Piece

BETWEEN_TEXTS = "\x00"
MOST_HELD = 50_000
"""Columns of more values are made twice, as that is less than to hold them all."""


class Packed(NamedTuple):
    """A column's type, its number of values, and what makes its bytes, each time anew."""

    type: str
    values: int
    pieces: Callable[[], Iterable[Piece]]


def chunk(columns: Mapping[str, Packed], meta: Mapping[str, object]) -> bytes:
    """A chunk of these columns, with what its header says besides; the same for the same."""
    header: dict[str, list[object]] = {}
    held: dict[str, list[Piece]] = {}
    place = 0
    for name, column in columns.items():
        if column.values <= MOST_HELD:
            held[name] = list(column.pieces())
        size = sum(map(len, held.get(name) or column.pieces()))
        header[name] = [column.type, place, size, column.values]
        place += size + -size % 4
    header_json = json.dumps({"columns": header, **meta}, separators=(",", ":")).encode()
    header_json += b" " * (-len(header_json) % 4)
    pieces = (held.pop(n) if n in held else column.pieces() for n, column in columns.items())
    bodies = chain.from_iterable(map(_padded, pieces))
    return deflated(chain([len(header_json).to_bytes(4, "little"), header_json], bodies))


def _padded(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The bytes of a column, up to a multiple of 4."""
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
    yield b"\x00" * (-size % 4)


def packed_texts(column: pa.ChunkedArray | pa.Array) -> Packed:
    """The texts in UTF-8, each ended by NUL; one that is not there is empty."""
    return Packed("text", len(column), lambda: map(_ended, batches(pa.table([column], ["text"]))))


def _ended(batch: pa.RecordBatch) -> Piece:
    texts = pc.fill_null(pc.cast(batch["text"], pa.string()), "")
    safe = replaced(texts, [(BETWEEN_TEXTS, "\N{REPLACEMENT CHARACTER}")])
    return content(joined([safe, BETWEEN_TEXTS]))


def packed_numbers(values: np.ndarray, dtype: str) -> Packed:
    """The numbers as a little-endian type of numpy's, such as `<u2`."""
    written = values.astype(dtype).tobytes()
    return Packed(dtype.strip("<"), len(values), lambda: [written])


def packed_varints(values: np.ndarray, name: str = "varint") -> Packed:
    """Whole numbers, seven bits a byte, the lowest first; the eighth bit says that more follow."""
    starts = range(0, len(values), BATCH_ROWS)
    written = [_varint_bytes(values[start : start + BATCH_ROWS]) for start in starts]
    return Packed(name, len(values), lambda: written)


def _varint_bytes(values: np.ndarray) -> bytes:
    places = np.arange(0, max(int(values.max()).bit_length(), 1), 7, dtype=np.uint64)
    wide = values.astype(np.uint64)[:, None] >> places
    has_more = wide[:, 1:] > 0
    groups = (wide & 0x7F).astype(np.uint8)
    groups[:, :-1] |= has_more.astype(np.uint8) << 7
    written = np.concatenate((np.ones((len(values), 1), bool), has_more), axis=1)
    packed: bytes = groups[written].tobytes()
    return packed
