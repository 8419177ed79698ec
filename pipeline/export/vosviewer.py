"""`vosviewer-map.txt` and `vosviewer-network.txt`: for VOSviewer (https://www.vosviewer.com).

Items are numbered from 1 in the order of their ids. A network there has no direction: what two
items are linked by is added up. Clusters are the communities, places those of the map.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.short_names import with_short_labels
from pipeline.export.text_columns import Part, as_text, cell, mapped, rows_of
from pipeline.export.xml_columns import without_controls
from pipeline.model.tables import GraphFile, Piece, endpoints

_COLUMNS = (
    *("id", "label", "description", "url", "x", "y", "cluster", "weight<Links>"),
    *("weight<PageRank>", "score<Year>"),
)
_PAIRS = 100_000
"""So many links are put together at a time."""


def _map_pieces(nodes: pa.Table, _edges: pa.Table) -> Iterator[Piece]:
    numbers = pa.array(np.arange(1, nodes.num_rows + 1))
    yield ("\t".join(_COLUMNS) + "\r\n").encode()
    yield from rows_of(nodes.append_column("number", numbers), _item)


def _item(batch: pa.RecordBatch) -> list[Part]:
    batch = with_short_labels(batch)
    cluster = pc.add(batch["community"], 1)
    whole = pc.coalesce(batch["title"], batch["label"])
    return [
        *(cell(batch["number"], as_text), "\t", cell(batch["label"], _words), "\t"),
        *(cell(whole, _description), "\t", cell(batch["url"], _words), "\t"),
        *(cell(batch["x"], as_text), "\t", cell(batch["y"], as_text), "\t"),
        *(cell(cluster, as_text), "\t", cell(batch["degree"], as_text), "\t"),
        *(cell(batch["pagerank"], as_text), "\t", cell(batch["year"], as_text), "\r\n"),
    ]


def _network_pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    source, target = endpoints(nodes, edges)
    first = np.minimum(source, target)
    ends = _shares(np.bincount(first, minlength=nodes.num_rows))
    for begin, end in pairwise(ends):
        rows = np.flatnonzero((first >= begin) & (first < end) & (source != target))
        keys = first[rows].astype(np.int64) * nodes.num_rows + np.maximum(source, target)[rows]
        pairs, at = np.unique(keys, return_inverse=True)
        strength = np.bincount(at, edges["weight"].take(pa.array(rows)), minlength=len(pairs))
        one, other = np.divmod(pairs, nodes.num_rows)
        links = pa.table([one + 1, other + 1, strength], ["first", "second", "strength"])
        yield from rows_of(links, _link)


def _shares(counts: np.ndarray) -> list[int]:
    """Where to part rows that have so many each, so that a share has about `_PAIRS`, and a row."""
    shares = np.cumsum(counts) // _PAIRS
    return [0, *(np.flatnonzero(np.diff(shares)) + 1).tolist(), len(counts)]


def _link(batch: pa.RecordBatch) -> list[Part]:
    first, second, strength = (cell(batch[n], as_text) for n in ("first", "second", "strength"))
    return [first, "\t", second, "\t", strength, "\r\n"]


def _words(texts: pa.Array) -> pa.Array:
    """Texts on one line without tabs and quotes, which VOSviewer would take for its own."""
    plain = pc.replace_substring_regex(without_controls(texts), r"\s+", " ")
    return pc.replace_substring(plain, '"', "'")


def _description(texts: pa.Array) -> pa.Array:
    """Texts as the HTML that VOSviewer shows of an item."""
    words = _words(texts)
    odd = pc.fill_null(pc.match_substring_regex(words, "[&<>]"), False)
    return mapped(words, odd, partial(html.escape, quote=False))


MAP_FILE = GraphFile("vosviewer-map.txt", _map_pieces)
NETWORK_FILE = GraphFile("vosviewer-network.txt", _network_pieces)
