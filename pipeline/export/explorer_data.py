"""The graph as the explorer reads it: columns of numbers and texts in three compressed chunks.

`look` is what the first picture needs, `names` what is written in it and searched first, and
`texts` the abstracts, the commentary and the evidence, which the page opens when they are asked
for. A chunk is raw DEFLATE over: the length of a JSON header (4 bytes, little-endian), the header,
and the columns, each at a multiple of 4. `docs/explorer.md` has the columns and their types.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import BATCH_ROWS, batches, content, joined, replaced
from pipeline.model import kinds
from pipeline.model.kinds import NODE_KINDS
from pipeline.model.tables import Piece, endpoints

_READ = "read"
KINDS = (_READ, *NODE_KINDS)
EDGE_KINDS = tuple(kinds.EDGE_KINDS)
FLAGS = ("ambiguous", "some_authors", "references_all", "references_some", "meta")
"""Bits of the column `flags`, from the lowest."""

LEAST_NAMED = 12
"""A community of fewer nodes is neither named nor coloured."""
BETWEEN_TEXTS = "\x00"
BETWEEN_ITEMS = "\x1f"
_PLACES = 65_535
_SIZES = 255
_NAMES = ("label", "id", "first_author", "arxiv_id")
_LISTS = ("entry_dates", "spellings", "topics", "decided_by", "broader")
_TEXTS = (
    "abstract", "commentary", "name", "venue", "doi", "url", "published", "updated", "comment",
    "repository", "upvotes", "doubt",
)  # fmt: skip


class Chunks(NamedTuple):
    """The three chunks of a graph, each compressed."""

    look: bytes
    names: bytes
    texts: bytes


class _Packed(NamedTuple):
    """A column's type, its number of values, and what makes its bytes, each time anew."""

    type: str
    values: int
    pieces: Callable[[], Iterable[Piece]]


def framed(found: Chunks) -> bytes:
    """The first two chunks as one, as the explorer takes them: their length, `look` and `names`."""
    return len(found.look).to_bytes(4, "little") + found.look + found.names


def chunks(
    nodes: pa.Table,
    edges: pa.Table,
    communities: pa.Table,
    why: Mapping[str, str] | None = None,
) -> Chunks:
    """The chunks of a graph, the same for the same tables.

    `communities` is as `tables.COMMUNITIES`, of which the larger ones are named; `why` says of
    papers, by id, how their entries were matched. Raises DataError where an edge names a node that
    is not there.
    """
    source, target = endpoints(nodes, edges)
    code = source.astype(np.int64) * nodes.num_rows + target
    # The tables of a build are in this order, and a copy of all edges takes time and memory.
    if (np.diff(code) < 0).any():
        order = np.argsort(code, kind="stable")
        edges, source, target = edges.take(order), source[order], target[order]
    box = _box(nodes)
    look = _places(nodes, box) | _looks(nodes) | _edges(edges, source, target, nodes.num_rows)
    names = {name: _text(nodes[name]) for name in _NAMES[1:]} | {"label": _text(nodes["label"])}
    names |= {"spellings": _spellings(nodes), "first_author": _first_author(nodes, edges)}
    names |= _called(communities)
    names |= {"arxiv_id": _unsaid(nodes["arxiv_id"], nodes["id"], "arxiv:")}
    meta = {"kinds": KINDS, "edge_kinds": EDGE_KINDS, "box": box, "sizes": _largest(nodes)}
    return Chunks(
        _chunk(look, meta | {"nodes": nodes.num_rows, "edges": edges.num_rows}),
        _chunk(names, {}),
        _chunk(_texts(nodes, edges, why or {}), {"sources": _distinct_sources(edges)[0]}),
    )


def _chunk(columns: Mapping[str, _Packed], meta: Mapping[str, object]) -> bytes:
    header: dict[str, list[object]] = {}
    place = 0
    for name, column in columns.items():
        size = sum(map(len, column.pieces()))
        header[name] = [column.type, place, size, column.values]
        place += size + -size % 4
    said = json.dumps({"columns": header, **meta}, separators=(",", ":")).encode()
    said += b" " * (-len(said) % 4)
    bodies = chain.from_iterable(map(_padded, columns.values()))
    return deflated(chain([len(said).to_bytes(4, "little"), said], bodies))


def _padded(column: _Packed) -> Iterator[Piece]:
    """The bytes of a column, up to a multiple of 4."""
    size = 0
    for piece in column.pieces():
        yield piece
        size += len(piece)
    yield b"\x00" * (-size % 4)


def deflated(pieces: Iterable[Piece], level: int = 5) -> bytes:
    """The bytes as raw DEFLATE, which browsers unpack by themselves."""
    # Of data, level 6 takes half as long again for a hundredth less.
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def _box(nodes: pa.Table) -> list[float]:
    """The least x, the greatest y, and the longer side of what all nodes lie in."""
    if not nodes.num_rows:
        return [0.0, 0.0, 1.0]
    x, y = nodes["x"].to_numpy(), nodes["y"].to_numpy()
    side = max(float(np.ptp(x)), float(np.ptp(y)))
    return [float(x.min()), float(y.max()), side or 1.0]


def _places(nodes: pa.Table, box: list[float]) -> dict[str, _Packed]:
    left, top, side = box
    x = (nodes["x"].to_numpy() - left) / side * _PLACES
    y = (top - nodes["y"].to_numpy()) / side * _PLACES
    return {name: _whole(np.rint(at), "<u2") for name, at in (("x", x), ("y", y))}


def _largest(nodes: pa.Table) -> float:
    return float(pc.max(nodes["size"]).as_py() or 1.0) if nodes.num_rows else 1.0


def _looks(nodes: pa.Table) -> dict[str, _Packed]:
    read = pc.fill_null(nodes["in_digest"], False)
    kind = pc.index_in(pc.if_else(read, _READ, nodes["kind"]), pa.array(KINDS)).to_numpy()
    known = nodes["references_known"]
    bits = (
        nodes["ambiguous"],
        pc.invert(pc.fill_null(nodes["authors_complete"], True)),
        pc.equal(known, "all"),
        pc.equal(known, "some"),
        nodes["meta"],
    )
    flags = sum(_truth(bit) << place for place, bit in enumerate(bits))
    pagerank = nodes["pagerank"].to_numpy()
    rank = np.sqrt(pagerank / max(pagerank.max(initial=0.0), 1e-12))
    year = pc.fill_null(nodes["year"], 0).to_numpy().clip(0, 65_535)
    return {
        "kind": _whole(kind, "u1"),
        "flags": _whole(np.asarray(flags), "u1"),
        "size": _whole(np.rint(nodes["size"].to_numpy() / _largest(nodes) * _SIZES), "u1"),
        "rank": _whole(np.rint(rank * 255), "u1"),
        "year": _whole(year, "<u2"),
        "day": _whole(_last_days(nodes["entry_dates"]), "<u2"),
        "community": _varint(nodes["community"].to_numpy()),
    }


def _last_days(dates: pa.ChunkedArray) -> np.ndarray:
    """The last day of each list as days since 1970, 0 where there is none."""
    listed = dates.combine_chunks()
    found = np.zeros(len(listed), np.int64)
    days = pc.list_flatten(listed).cast(pa.int32()).to_numpy(zero_copy_only=False)
    np.maximum.at(found, pc.list_parent_indices(listed).to_numpy(), days)
    return found.clip(0, 65_535)


def _edges(
    edges: pa.Table, source: np.ndarray, target: np.ndarray, count: int
) -> dict[str, _Packed]:
    kind = pc.index_in(edges["kind"], pa.array(EDGE_KINDS)).to_numpy()
    primary = _truth(edges["primary"])
    position = pc.fill_null(edges["position"], 0).to_numpy()
    steps: np.ndarray = np.diff(target.astype(np.int64), prepend=np.int64(0))
    return {
        "out": _varint(np.bincount(source, minlength=count)),
        "target": _varint(np.bitwise_xor(steps << 1, steps >> 63), "delta"),
        "edge_kind": _whole(kind, "u1"),
        "weight": _whole(np.ceil(edges["weight"].to_numpy()).clip(1, 255), "u1"),
        "position": _varint(np.maximum(position, primary)),
    }


def _texts(nodes: pa.Table, edges: pa.Table, why: Mapping[str, str]) -> dict[str, _Packed]:
    columns = {name: _text(nodes[name]) for name in _TEXTS}
    columns |= {name: _listed(nodes[name]) for name in _LISTS if name != "spellings"}
    columns["cited_by"] = _text(_items(nodes["cited_by"], "source", "count"))
    columns["same_as"] = _text(_items(nodes["same_as"], "id", "source"))
    columns["why"] = _text(pa.array([why.get(own) for own in nodes["id"].to_pylist()], pa.string()))
    columns["edge_sources"] = _varint(_distinct_sources(edges)[1])
    columns |= {name: _text(edges[name]) for name in ("sentence", "evidence")}
    return columns


def _called(communities: pa.Table) -> dict[str, _Packed]:
    """The numbers of the communities that have names in the explorer, and the names."""
    named = communities.filter(pc.greater_equal(communities["nodes"], LEAST_NAMED))
    return {"named": _varint(named["community"].to_numpy()), "called": _text(named["name"])}


def _first_author(nodes: pa.Table, edges: pa.Table) -> _Packed:
    """The first author of papers that no `wrote` edge tells the authors of."""
    told = edges.filter(pc.equal(edges["kind"], "wrote"))["target"]
    return _text(pc.if_else(pc.is_in(nodes["id"], told), "", nodes["first_author"]))


def _spellings(nodes: pa.Table) -> _Packed:
    """The spellings, where there is more than one."""
    spelled = nodes["spellings"]
    several = pc.greater(pc.fill_null(pc.list_value_length(spelled), 0), 1)
    return _listed(pc.if_else(several, spelled, pa.scalar(None, spelled.type)))


def _unsaid(texts: pa.ChunkedArray, others: pa.ChunkedArray, prefix: str) -> _Packed:
    """The texts that are not another with `prefix` before it."""
    same = pc.equal(pc.binary_join_element_wise(prefix, texts, ""), others)
    return _text(pc.if_else(pc.fill_null(same, True), "", texts))


def _distinct_sources(edges: pa.Table) -> tuple[list[str], np.ndarray]:
    joined = pc.binary_join(pc.fill_null(edges["sources"], []), BETWEEN_ITEMS)
    found = joined.combine_chunks().dictionary_encode()
    return found.dictionary.to_pylist(), found.indices.to_numpy()


def _items(column: pa.ChunkedArray, name: str, beside: str) -> pa.Array:
    rows = column.to_pylist() if column.null_count < len(column) else [None] * len(column)
    return pa.array(
        [
            BETWEEN_ITEMS.join(f"{r[name]} {r[beside]}" for r in row) if row else None
            for row in rows
        ],
        pa.string(),
    )


def _listed(column: pa.ChunkedArray) -> _Packed:
    texts = column.cast(pa.list_(pa.string()))
    return _text(pc.binary_join(texts, BETWEEN_ITEMS))


def _text(column: pa.ChunkedArray | pa.Array) -> _Packed:
    """The texts in UTF-8, each ended by NUL; one that is not there is empty."""
    return _Packed("text", len(column), lambda: map(_ended, batches(pa.table([column], ["text"]))))


def _ended(batch: pa.RecordBatch) -> Piece:
    texts = pc.fill_null(pc.cast(batch["text"], pa.string()), "")
    safe = replaced(texts, [(BETWEEN_TEXTS, "\N{REPLACEMENT CHARACTER}")])
    return content(joined([safe, BETWEEN_TEXTS]))


def _truth(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(pc.fill_null(column, False).to_numpy(), np.int64)


def _whole(values: np.ndarray, dtype: str) -> _Packed:
    written = values.astype(dtype).tobytes()
    return _Packed(dtype.strip("<"), len(values), lambda: [written])


def _varint(values: np.ndarray, name: str = "varint") -> _Packed:
    """Whole numbers, seven bits a byte, the lowest first; the eighth bit says that more follow."""
    starts = range(0, len(values), BATCH_ROWS)
    written = [_varint_bytes(values[start : start + BATCH_ROWS]) for start in starts]
    return _Packed(name, len(values), lambda: written)


def _varint_bytes(values: np.ndarray) -> bytes:
    places = np.arange(0, max(int(values.max()).bit_length(), 1), 7, dtype=np.uint64)
    wide = values.astype(np.uint64)[:, None] >> places
    more = wide[:, 1:] > 0
    groups = (wide & 0x7F).astype(np.uint8)
    groups[:, :-1] |= more.astype(np.uint8) << 7
    written = np.concatenate((np.ones((len(values), 1), bool), more), axis=1)
    found: bytes = groups[written].tobytes()
    return found
