"""Rows as text, put together from columns without a Python loop over rows.

A column with few distinct values is encoded as a dictionary: what surrounds it is joined to each
value once, neighbours with few distinct pairs become one column, and rows only look texts up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.row_batches import batches
from pipeline.model.tables import Piece

LIST_SEPARATOR = "; "

Part: TypeAlias = pa.Array | pa.DictionaryArray | str
"""A text of every row: a column of strings without nulls, as it is or encoded, or a constant."""

_WORKERS = 2
_ROWS_TRIED = 250
_FEW_PAIRS = 256
_ALL_BYTES = bytes(range(256))
_FEW = 4
"""So many rows, on average, have to share a text for a dictionary to be worth its while."""


@contextmanager
def giving_back() -> Iterator[None]:
    """Meanwhile Arrow takes memory that goes back once freed; mimalloc keeps it, by thread."""
    pool_before = pa.default_memory_pool()
    if "jemalloc" in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(pool_before)


def rows_of(
    table: pa.Table,
    parts_of: Callable[[pa.RecordBatch], Sequence[Part]],
    meanwhile: Callable[[], AbstractContextManager[None]] = giving_back,
) -> Iterator[memoryview]:
    """The bytes of the rows of a table, a batch at a time, in order.

    `parts_of` gives what a row is made of. The next batches are made while the caller writes: as
    Arrow lets other threads run, that is nearly for nothing, and at most three are in memory.
    Memory goes back `meanwhile`, or stays for the next batch, which is faster (`nullcontext`).
    """
    with meanwhile(), ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[Future[memoryview]] = deque()
        for batch in batches(table):
            waiting.append(pool.submit(lambda queued: row_bytes(parts_of(queued)), batch))
            if len(waiting) > _WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def comma_lines(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Lines that all end with a comma, but for the last one's, as JSON has them."""
    last_piece: Piece = b""
    for piece in pieces:
        yield last_piece
        last_piece = piece
    yield bytes(last_piece).removesuffix(b",\n") + b"\n" if last_piece else b""


def row_bytes(parts: Sequence[Part]) -> memoryview:
    """The bytes of all rows one after another, each with its parts in order."""
    merged: list[Part] = []
    for part in parts:
        as_one = _as_one(merged[-1], part) if merged else None
        if as_one is None:
            merged.append(part)
        else:
            merged[-1] = as_one
    return content(joined([_decoded(part) for part in merged]))


def cell(
    column: pa.Array, text: Callable[[pa.Array], pa.Array], before: str = "", after: str = ""
) -> Part:
    """The values of a column as `text` has them, between two texts; empty where one is null."""
    if column.null_count == len(column):
        return ""
    encoded = _encoded(column)
    if encoded is None:
        texts = optional([before, text(column), after])
        is_list = pa.types.is_nested(column.type)
        return texts.dictionary_encode() if is_list and _repeats(texts) else texts
    codes, distinct_values = encoded
    texts = optional([before, text(distinct_values), after])
    if len(texts) == 1 and not codes.null_count:
        return texts[0].as_py()
    codes = pc.fill_null(codes, len(texts))
    return pa.DictionaryArray.from_arrays(codes, pa.concat_arrays([texts, pa.array([""])]))


def _encoded(column: pa.Array) -> tuple[pa.Array, pa.Array] | None:
    """A number for each row and the values that they stand for; None where few rows share one.

    Lists of one item each are as good as their items.
    """
    if not pa.types.is_nested(column.type):
        if not _repeats(column):
            return None
        encoded = column.dictionary_encode()
        return encoded.indices, encoded.dictionary
    if not pa.types.is_list(column.type) or not _one_item_each(column):
        return None
    encoded_items = _encoded(column.flatten())
    if encoded_items is None:
        return None
    codes, items = encoded_items
    return codes, pa.ListArray.from_arrays(pa.array(range(len(items) + 1), pa.int32()), items)


def _one_item_each(lists: pa.ListArray) -> bool:
    lengths = np.diff(lists.offsets.to_numpy())
    return bool((lengths == 1).all()) and not lists.null_count and not lists.values.null_count


def few(rows: pa.Array, texts: pa.Array) -> Part:
    """The text of each row's number, of which there are few in a batch."""
    encoded = rows.dictionary_encode()
    return pa.DictionaryArray.from_arrays(encoded.indices, texts.take(encoded.dictionary))


def as_text(column: pa.Array) -> pa.Array:
    """A column as unescaped strings: days as `2024-09-05`, lists joined by `; `, nulls kept."""
    if pa.types.is_list(column.type):
        return pc.binary_join(_of_texts(column), LIST_SEPARATOR)
    return pc.cast(column, pa.string())


def _of_texts(lists: pa.ListArray) -> pa.ListArray:
    is_text = lists.type.value_type == pa.string()
    return lists if is_text else pc.cast(lists, pa.list_(pa.string()))


def joined(parts: Sequence[pa.Array | str]) -> pa.Array:
    """The parts of each row one after another; a null part makes its row null."""
    filled_parts = [part for part in parts if not isinstance(part, str) or part]
    return (
        pc.binary_join_element_wise(*filled_parts, "") if len(filled_parts) > 1 else filled_parts[0]
    )


def optional(parts: Sequence[pa.Array | str]) -> pa.Array:
    """Like `joined`, but a row with a null part is empty."""
    texts = joined(parts)
    return pc.fill_null(texts, "") if texts.null_count else texts


def content(texts: pa.Array) -> memoryview:
    """The bytes of a column of strings, its rows one after another."""
    _, offsets, data = texts.buffers()
    if data is None:
        return memoryview(b"")
    starts = memoryview(offsets).cast("i")
    return memoryview(data)[starts[texts.offset] : starts[texts.offset + len(texts)]]


def replaced(texts: pa.Array, replacements: Sequence[tuple[str, str]]) -> pa.Array:
    """`texts` with each first text as its second, one after another; most texts hold none."""
    first = {old: old.encode()[0] for old, _ in replacements}
    first_bytes_held = held(texts, bytes(first.values()))
    for old, new in replacements:
        if first[old] in first_bytes_held:
            texts = pc.replace_substring(texts, old, new)
    return texts


def held(texts: pa.Array, wanted: bytes) -> frozenset[int]:
    """Which of these bytes there are in the texts."""
    others = _ALL_BYTES.translate(None, wanted)
    return frozenset(bytes(content(texts)).translate(None, others))


def mapped(texts: pa.Array, odd: pa.Array, text_of: Callable[[str], str]) -> pa.Array:
    """`texts` with those where `odd` is true as `text_of` has them, the only ones looped over."""
    odd_texts = texts.filter(odd).dictionary_encode()
    if not len(odd_texts):
        return texts
    new = pa.array(list(map(text_of, odd_texts.dictionary.to_pylist())), pa.string())
    return pc.replace_with_mask(texts, odd, new.take(odd_texts.indices))


def with_items(column: pa.Array, items: pa.Array) -> pa.Array:
    """A list column with other items in the place of its own, no list null."""
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    ends = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths)])
    return pa.ListArray.from_arrays(ends, items)


def first_items(lists: pa.Array | pa.ChunkedArray, after: int = 0) -> pa.Array:
    """The first item of each list after so many, null where there is none."""
    one_chunk = whole(lists)
    begins = one_chunk.offsets.to_numpy()[:-1] + after
    return one_chunk.values.take(pa.array(begins, mask=_have_at_most(one_chunk, after)))


def last_items(lists: pa.Array) -> pa.Array:
    """The last item of each list, null where there is none."""
    return lists.values.take(
        pa.array(lists.offsets.to_numpy()[1:] - 1, mask=_have_at_most(lists, 0))
    )


def _have_at_most(lists: pa.Array, items: int) -> np.ndarray:
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    few_items: np.ndarray = lengths.to_numpy(zero_copy_only=False) <= items
    return few_items


def whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column of a table, or of a batch, in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def has_value(column: pa.Array | pa.ChunkedArray) -> bool:
    """Whether any row has a value; an empty list is none."""
    if not pa.types.is_list(column.type):
        return int(column.null_count) < len(column)
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return any(pc.any(pc.greater(pc.list_value_length(chunk), 0)).as_py() for chunk in chunks)


def _repeats(column: pa.Array) -> bool:
    tried = column.slice(0, _ROWS_TRIED)
    return len(tried.unique()) * _FEW <= len(tried)


def _as_one(left: Part, right: Part) -> Part | None:
    """Two neighbours as one part; None where they are better left apart."""
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, str) and isinstance(right, pa.DictionaryArray):
        return _with_texts(right, joined([left, right.dictionary]))
    if isinstance(left, pa.DictionaryArray) and isinstance(right, str):
        return _with_texts(left, joined([left.dictionary, right]))
    if isinstance(left, pa.DictionaryArray) and isinstance(right, pa.DictionaryArray):
        return _pairs(left, right)
    return None


def _pairs(left: pa.DictionaryArray, right: pa.DictionaryArray) -> pa.DictionaryArray | None:
    many = len(right.dictionary)
    codes = [pc.cast(part.indices, pa.int32()) for part in (left, right)]
    codes = pc.add(pc.multiply(codes[0], many), codes[1])
    if len(left.dictionary) * many <= _FEW_PAIRS:
        possible = pa.array(range(len(left.dictionary) * many), pa.int32())
    else:
        distinct_codes = codes.dictionary_encode()
        codes, possible = distinct_codes.indices, distinct_codes.dictionary
        if len(possible) * _FEW > len(codes):
            return None
    first = pc.divide(possible, many)
    second = pc.subtract(possible, pc.multiply(first, many))
    texts = joined([left.dictionary.take(first), right.dictionary.take(second)])
    return pa.DictionaryArray.from_arrays(codes, texts)


def _with_texts(codes: pa.DictionaryArray, texts: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(codes.indices, texts)


def _decoded(part: Part) -> pa.Array | str:
    if isinstance(part, pa.DictionaryArray):
        return part.dictionary.take(part.indices)
    return part
