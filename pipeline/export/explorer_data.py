"""The graph as the explorer reads it: columns of numbers and texts in three compressed chunks.

`look` is what the first picture needs, `names` what is written in it and searched first, and
`texts` the abstracts, the commentary and the evidence, which the page opens when they are asked
for. A chunk is raw DEFLATE over: the length of a JSON header (4 bytes, little-endian), the header,
and the columns, each at a multiple of 4. `docs/explorer.md` has the columns and their types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.explorer_columns import (
    Packed,
    chunk,
    packed_numbers,
    packed_texts,
    packed_varints,
)
from pipeline.export.explorer_hues import wished_hues
from pipeline.export.explorer_places import box_of, place_rests, places
from pipeline.export.explorer_texts import (
    byte_weights,
    first_author_told,
    items_joined,
    packed_unsaid,
    text_words,
    texts_of,
)
from pipeline.model import kinds
from pipeline.model.kinds import NODE_KINDS
from pipeline.model.tables import endpoints

_READ = "read"
KINDS = (_READ, *NODE_KINDS)
EDGE_KINDS = tuple(kinds.EDGE_KINDS)
FLAGS = ("ambiguous", "some_authors", "references_all", "references_some", "meta", "new")
"""Bits of the column `flags`, from the lowest."""

LEAST_NAMED, LEAST_OF_FEW = 12, 3
"""A community of fewer nodes is neither named nor coloured; of few nodes, a twentieth is enough."""
MOST_SIDE_BY_SIDE = 50_000
"""Chunks of a graph of more nodes are made one by one."""
NO_COLOUR = 255
_SIZES = 255
_NAMES = ("label", "id", "first_author", "arxiv_id")


class OwnColours(NamedTuple):
    """Colours of the reader's own: what they tell of, and `key`, a colour and a name for each.

    `of` has for each node its place in the key; `NO_COLOUR` is none.
    """

    title: str
    key: Sequence[tuple[int, str]]
    of: np.ndarray


class PageExtras(NamedTuple):
    """What is told beside the tables: `why` says of papers, by id, how their entries were matched.

    `name` is what the digest is called, and `newly_read` are the ids of its newest papers. `own`
    are colours that a reader gave.
    """

    why: Mapping[str, str] = {}
    name: str | None = None
    newly_read: Sequence[str] = ()
    own: OwnColours | None = None


NO_EXTRAS = PageExtras()


class Chunks(NamedTuple):
    """The three chunks of a graph, each compressed."""

    look: bytes
    names: bytes
    texts: bytes


def framed(found: Chunks) -> bytes:
    """The first two chunks as one, as the explorer takes them: their length, `look` and `names`."""
    return len(found.look).to_bytes(4, "little") + found.look + found.names


def chunks(
    nodes: pa.Table,
    edges: pa.Table,
    communities: pa.Table,
    extras: PageExtras = NO_EXTRAS,
) -> Chunks:
    """The chunks of a graph, the same for the same tables.

    `communities` is as `tables.COMMUNITIES`, of which the larger ones are named. Raises DataError
    where an edge names a node that is not there.
    """
    source, target = endpoints(nodes, edges)
    code = source.astype(np.int64) * nodes.num_rows + target
    # The tables of a build are in this order, and a copy of all edges takes time and memory.
    if (np.diff(code) < 0).any():
        order = np.argsort(code, kind="stable")
        edges, source, target = edges.take(order), source[order], target[order]
    box = box_of(nodes)
    with ThreadPoolExecutor(1) as threads:
        # Compressing lets another thread go on; of a large graph memory holds one chunk at a time.
        texts = threads.submit(_texts_chunk, nodes, edges, extras.why, box)
        if nodes.num_rows > MOST_SIDE_BY_SIDE:
            wait([texts])
        look = places(nodes, box) | _looks(nodes, extras.newly_read)
        look |= _edges(edges, source, target, _places_by_community(nodes))
        meta = {"kinds": KINDS, "edge_kinds": EDGE_KINDS, "box": box, "sizes": _largest(nodes),
                "hues": wished_hues(nodes)}  # fmt: skip
        if extras.own:
            look |= {"own": packed_numbers(extras.own.of, "u1")}
            meta |= {"own": {"title": extras.own.title, "key": extras.own.key}}
        return Chunks(
            chunk(look, meta | {"nodes": nodes.num_rows, "edges": edges.num_rows}),
            chunk(_names(nodes, edges, communities), {"name": extras.name}),
            texts.result(),
        )


def _names(nodes: pa.Table, edges: pa.Table, communities: pa.Table) -> dict[str, Packed]:
    names = {name: packed_texts(nodes[name]) for name in _NAMES[1:]} | {
        "label": packed_texts(nodes["label"])
    }
    names |= {"spellings": _spellings(nodes), "first_author": _first_author(nodes, edges)}
    names |= _called(communities)
    return names | {"arxiv_id": packed_unsaid(nodes["arxiv_id"], nodes["id"], "arxiv:")}


def _texts_chunk(
    nodes: pa.Table, edges: pa.Table, why: Mapping[str, str], box: list[float]
) -> bytes:
    texts = texts_of(nodes, edges, why) | place_rests(nodes, box)
    return chunk(texts, text_words(nodes, edges))


def _largest(nodes: pa.Table) -> float:
    return float(pc.max(nodes["size"]).as_py() or 1.0) if nodes.num_rows else 1.0


def _looks(nodes: pa.Table, newly_read: Sequence[str]) -> dict[str, Packed]:
    kind = _kinds(nodes)
    references = nodes["references_known"]
    bits = (
        nodes["ambiguous"],
        pc.invert(pc.fill_null(nodes["authors_complete"], True)),
        pc.equal(references, "all"),
        pc.equal(references, "some"),
        nodes["meta"],
        pc.is_in(nodes["id"], pa.array(newly_read, pa.string())),
    )
    flags = sum(_truth(bit) << place for place, bit in enumerate(bits))
    pagerank = nodes["pagerank"].to_numpy()
    rank = np.sqrt(pagerank / max(pagerank.max(initial=0.0), 1e-12))
    year = pc.fill_null(nodes["year"], 0).to_numpy().clip(0, 65_535)
    return {
        "kind": packed_numbers(kind, "u1"),
        "flags": packed_numbers(np.asarray(flags), "u1"),
        "size": packed_numbers(np.rint(nodes["size"].to_numpy() / _largest(nodes) * _SIZES), "u1"),
        "rank": packed_numbers(np.rint(rank * 255), "u1"),
        "year": packed_numbers(year, "<u2"),
        "day": packed_numbers(_last_days(nodes["entry_dates"]), "<u2"),
        "community": packed_varints(nodes["community"].to_numpy()),
    }


def _kinds(nodes: pa.Table) -> np.ndarray:
    read = pc.fill_null(nodes["in_digest"], False)
    kinds = pc.if_else(read, _READ, nodes["kind"])
    number: np.ndarray = pc.index_in(kinds, pa.array(KINDS)).to_numpy()
    return number


def _places_by_community(nodes: pa.Table) -> np.ndarray:
    """The place of each node where those of a community stand together: most edges are short."""
    count = nodes.num_rows
    places = np.empty(count, np.int64)
    wrapped = nodes["community"].to_numpy() % max(count, 1)
    places[np.lexsort((_kinds(nodes), wrapped))] = np.arange(count)
    return places


def _last_days(dates: pa.ChunkedArray) -> np.ndarray:
    """The last day of each list as days since 1970, 0 where there is none."""
    listed = dates.combine_chunks()
    last_days = np.zeros(len(listed), np.int64)
    days = pc.list_flatten(listed).cast(pa.int32()).to_numpy(zero_copy_only=False)
    np.maximum.at(last_days, pc.list_parent_indices(listed).to_numpy(), days)
    return last_days.clip(0, 65_535)


def _edges(
    edges: pa.Table, source: np.ndarray, target: np.ndarray, places: np.ndarray
) -> dict[str, Packed]:
    kind = pc.index_in(edges["kind"], pa.array(EDGE_KINDS)).to_numpy()
    primary = _truth(edges["primary"])
    position = pc.fill_null(edges["position"], 0).to_numpy()
    return {
        "out": packed_varints(np.bincount(source, minlength=len(places))),
        "steps": packed_varints(_steps(places[source], places[target], source)),
        "edge_kind": packed_numbers(kind, "u1"),
        "weight": packed_numbers(byte_weights(edges), "u1"),
        "position": packed_varints(np.maximum(position, primary)),
    }


def _steps(begin: np.ndarray, end: np.ndarray, source: np.ndarray) -> np.ndarray:
    """From a node to the first of those that it leads to, zigzag, and from one to the next."""
    ends = end[np.lexsort((end, source))]
    is_first = np.diff(source.astype(np.int64), prepend=-1) != 0
    from_node = ends - begin
    steps: np.ndarray = np.where(
        is_first, (from_node << 1) ^ (from_node >> 63), np.diff(ends, prepend=0)
    )
    return steps


def _called(communities: pa.Table) -> dict[str, Packed]:
    """The numbers of the communities that have names in the explorer, and the names."""
    twentieth = sum(communities["nodes"].to_pylist()) // 20
    least = max(LEAST_OF_FEW, min(LEAST_NAMED, twentieth))
    named = communities.filter(pc.greater_equal(communities["nodes"], least))
    return {
        "named": packed_varints(named["community"].to_numpy()),
        "called": packed_texts(named["name"]),
    }


def _first_author(nodes: pa.Table, edges: pa.Table) -> Packed:
    """The first author of papers whose first author no `wrote` edge tells."""
    is_told = first_author_told(nodes, edges)
    return packed_texts(pc.if_else(is_told, "", nodes["first_author"]))


def _spellings(nodes: pa.Table) -> Packed:
    """The spellings, where there is more than one."""
    spelled = nodes["spellings"]
    several = pc.greater(pc.fill_null(pc.list_value_length(spelled), 0), 1)
    return items_joined(pc.if_else(several, spelled, pa.scalar(None, spelled.type)))


def _truth(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(pc.fill_null(column, False).to_numpy(), np.int64)
