"""The explorer's third chunk: what is read of nodes and edges, and written to files of the page.

With what the first two chunks hold, it has every column of the tables that a file of GraphML has.
A text that the page finds by itself is left out of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.explorer_columns import Packed, packed_texts, packed_varints
from pipeline.export.own_references import own_references
from pipeline.export.short_names import short_names
from pipeline.export.tex import tex_words
from pipeline.export.tex_memory import KEPT_IF_PRINTED, MANY, MANY_PAPERS
from pipeline.export.tex_signs import DEFINITIONS
from pipeline.export.xml_columns import xml_type
from pipeline.model.tables import EDGES, NODES, Table, endpoints

BETWEEN_ITEMS = "\x1f"
_NONE = BETWEEN_ITEMS
"""Says that there is no text, where the page would find one by itself."""

_MOST_WEIGHT = 255
_NO_TEXT = pa.scalar(None, pa.string())
_LISTS = ("categories", "entry_dates", "topics", "cited_as", "decided_by", "broader")
_TEXTS = (
    "abstract", "commentary", "venue", "doi", "url", "published", "updated", "comment",
    "repository", "upvotes", "doubt", "month", "in_digest", "authors_complete", "references_known",
    "ambiguous", "confidence", "meta", "pagerank", "size", "color",
)  # fmt: skip
_IN_BIBTEX = ("title", "label", "first_author", "venue", "doi", "url", "abstract", "commentary")
_CALLED_BY_NAME = ("author", "organisation")
_ENDS = ("source", "target", "kind")


def texts_of(nodes: pa.Table, edges: pa.Table, why: Mapping[str, str]) -> dict[str, Packed]:
    """The columns of the chunk; `why` says of papers, by id, how their entries were matched."""
    label = nodes["label"]
    columns = {name: packed_texts(nodes[name]) for name in _TEXTS}
    columns |= {name: items_joined(nodes[name]) for name in _LISTS}
    columns["degree"] = _uncounted(nodes, edges)
    columns["short"] = packed_unsaid(pa.chunked_array([short_names(nodes)]), label, "")
    columns["name"] = _instead(pc.fill_null(nodes["name"], ""), _called_by_name(nodes))
    columns["title"] = _instead(nodes["title"], label)
    columns["first_author"] = _instead(nodes["first_author"], _first_by_edges(nodes, edges))
    columns["spelling"] = _instead(_only_spelling(nodes), label)
    columns["cited_by"] = packed_texts(_items(nodes["cited_by"], "source", "count"))
    columns["same_as"] = packed_texts(_items(nodes["same_as"], "id", "source"))
    columns["own_reference"] = packed_texts(_own_references(nodes))
    columns["why"] = packed_texts(
        pa.array([why.get(node_id) for node_id in nodes["id"].to_pylist()], pa.string())
    )
    columns["edge_sources"] = packed_varints(_distinct_sources(edges)[1])
    columns |= {name: packed_texts(edges[name]) for name in ("sentence", "evidence")}
    columns["edge_dates"] = items_joined(edges["entry_dates"])
    columns["exact_weight"] = _exact_weights(edges)
    return columns


def text_words(nodes: pa.Table, edges: pa.Table) -> dict[str, object]:
    """What stands beside the texts.

    These are the sources of edges, what BibTeX makes of the texts, and the columns of files with
    their types, in order.
    """
    words = tex_words(nodes[name] for name in _IN_BIBTEX)
    is_large = nodes.num_rows >= MANY
    return {
        "sources": _distinct_sources(edges)[0],
        "preamble": {MANY_PAPERS: KEPT_IF_PRINTED, **DEFINITIONS} if is_large else DEFINITIONS,
        "node_columns": {"short": "string", **_xml_types(NODES, ["id"]), "first_read": "string"},
        "edge_columns": {"relation": "string", **_xml_types(EDGES, _ENDS)},
        **words,
    }


def _own_references(nodes: pa.Table) -> pa.Array:
    """What the reader's own BibTeX says, as the page writes it: kind, key, lines and words."""
    own = own_references(nodes)
    texts = [pc.fill_null(own[name], "") for name in ("kind", "key", "lines")]
    joined = pc.binary_join_element_wise(*texts, BETWEEN_ITEMS)
    with_words = pc.binary_join_element_wise(joined, own["words"], BETWEEN_ITEMS)
    joined = pc.coalesce(with_words, joined)
    return pc.if_else(own["lines"].is_valid(), joined, _NO_TEXT)


def byte_weights(edges: pa.Table) -> np.ndarray:
    """The weights of edges as they are drawn: whole numbers up to 255."""
    drawn: np.ndarray = np.ceil(edges["weight"].to_numpy()).clip(1, _MOST_WEIGHT)
    return drawn


def packed_unsaid(texts: pa.ChunkedArray, others: pa.ChunkedArray, prefix: str) -> Packed:
    """The texts that are not another with `prefix` before it."""
    same = pc.equal(pc.binary_join_element_wise(prefix, texts, ""), others)
    return packed_texts(pc.if_else(pc.fill_null(same, True), "", texts))


def items_joined(column: pa.ChunkedArray) -> Packed:
    """The items of each list as one text."""
    texts = column.cast(pa.list_(pa.string()))
    return packed_texts(pc.binary_join(texts, BETWEEN_ITEMS))


def first_author_told(nodes: pa.Table, edges: pa.Table) -> pa.ChunkedArray:
    """For each node whether a `wrote` edge tells the first author."""
    is_first = pc.less_equal(pc.fill_null(edges["position"], 1), 1)
    with_first_author = edges.filter(pc.and_(pc.equal(edges["kind"], "wrote"), is_first))["target"]
    return pc.is_in(nodes["id"], with_first_author)


def _xml_types(table: Table, without: Sequence[str]) -> dict[str, str]:
    types = {column.name: xml_type(column.type) for column in table.columns}
    return {name: said for name, said in types.items() if said and name not in without}


def _instead(texts: pa.ChunkedArray, found: pa.ChunkedArray) -> Packed:
    """The texts that are not those that the page finds; `_NONE` where it finds one too many."""
    same = pc.coalesce(pc.equal(texts, found), pc.is_null(found))
    missing = pc.fill_null(pc.equal(texts, ""), True)
    return packed_texts(pc.case_when(pc.make_struct(same, missing), "", _NONE, texts))


def _uncounted(nodes: pa.Table, edges: pa.Table) -> Packed:
    """The degrees that are not as the page counts them: an edge to the node itself once."""
    source, target = endpoints(nodes, edges)
    counted = np.bincount(source, minlength=nodes.num_rows)
    counted += np.bincount(target[target != source], minlength=nodes.num_rows)
    as_text = pa.chunked_array([pa.array(counted).cast(pa.string())])
    return packed_unsaid(nodes["degree"].cast(pa.string()), as_text, "")


def _called_by_name(nodes: pa.Table) -> pa.ChunkedArray:
    """The names that the page finds: people and organisations are called by theirs."""
    return pc.if_else(pc.is_in(nodes["kind"], pa.array(_CALLED_BY_NAME)), nodes["label"], "")


def _first_by_edges(nodes: pa.Table, edges: pa.Table) -> pa.ChunkedArray:
    """The first author of each paper as the page finds it: as told, else by the edges."""
    wrote = edges.filter(pc.equal(edges["kind"], "wrote"))
    source, target = endpoints(nodes, wrote)
    position = pc.fill_null(wrote["position"], 0).to_numpy()
    last_first = np.lexsort((source, position))[::-1]
    first = np.full(nodes.num_rows, -1)
    first[target[last_first]] = source[last_first]
    by_edges = nodes["label"].take(pa.array(first, mask=first < 0))
    by_column = pc.if_else(first_author_told(nodes, edges), _NO_TEXT, nodes["first_author"])
    return pc.coalesce(by_column, by_edges)


def _only_spelling(nodes: pa.Table) -> pa.ChunkedArray:
    """The spelling of nodes that have one; the label stands for several, which are elsewhere."""
    spelled = nodes["spellings"]
    count = pc.fill_null(pc.list_value_length(spelled), 0)
    one = pc.if_else(pc.equal(count, 1), pc.binary_join(spelled, BETWEEN_ITEMS), _NO_TEXT)
    return pc.if_else(pc.greater(count, 1), nodes["label"], one)


def _exact_weights(edges: pa.Table) -> Packed:
    """The weights that are not as they are drawn."""
    drawn = pa.chunked_array([pa.array(byte_weights(edges).astype(np.int64)).cast(pa.string())])
    return packed_unsaid(edges["weight"].cast(pa.string()), drawn, "")


def _distinct_sources(edges: pa.Table) -> tuple[list[str], np.ndarray]:
    joined = pc.binary_join(pc.fill_null(edges["sources"], []), BETWEEN_ITEMS)
    encoded = joined.combine_chunks().dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy()


def _items(column: pa.ChunkedArray, name: str, beside: str) -> pa.Array:
    rows = column.to_pylist() if column.null_count < len(column) else [None] * len(column)
    return pa.array(
        [
            BETWEEN_ITEMS.join(f"{r[name]} {r[beside]}" for r in row) if row else None
            for row in rows
        ],
        pa.string(),
    )
