"""`graph.jsonld`: linked data in the words of schema.org (https://schema.org/ScholarlyArticle).

Nothing is fetched to read it: its context is inside. A paper is named by its page at arXiv or its
DOI, anything else by a `urn:digest-graph:` name. Each edge is a statement of its own about what was
described before, which readers put together; an author list has no order there. Days and years are
typed; the reader's words are a Review of the day of the last entry. No text holds control
characters, which RDF's own files could not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.days import days_of_months, have_months_alone
from pipeline.export.json_columns import json_values, member, members
from pipeline.export.text_columns import (
    Part,
    as_text,
    cell,
    comma_lines,
    joined,
    last_items,
    mapped,
    rows_of,
    with_items,
)
from pipeline.export.xml_columns import without_controls
from pipeline.model.directions import UNDIRECTED
from pipeline.model.kinds import EDGE_KINDS, NODE_KINDS
from pipeline.model.tables import GraphFile, Piece

OWN_NAMES = "urn:digest-graph:"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_CONTEXT = {
    "@vocab": "https://schema.org/",
    "broader": f"{_SKOS}broader",
    "related": f"{_SKOS}related",
    "dateModified": {"@type": f"{_XSD}date"},
}
TYPES = {name: kind.schema_type for name, kind in NODE_KINDS.items()}
PROPERTIES = {name: kind.schema_property for name, kind in EDGE_KINDS.items()}
"""What an edge of each kind says of its source, but for `wrote`, which speaks of its target."""

COLUMNS = {
    "label": "name",
    "spellings": "alternateName",
    "updated": "dateModified",
    "url": "url",
    "abstract": "abstract",
    "topics": "keywords",
    "comment": "description",
}
_PLAIN = ":/@!$&'()*+,;=~-._"


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    context = json.dumps(_CONTEXT, separators=(",", ":"))
    yield f'{{"@context":{context},"@graph":[\n'.encode()
    yield from comma_lines(chain(rows_of(nodes, _node), rows_of(edges, _edge)))
    yield b"]}\n"


def _node(batch: pa.RecordBatch) -> list[Part]:
    batch = _without_controls(batch)
    types = cell(batch["kind"], _types, ',"@type":"', '"')
    identifiers = pc.binary_join_element_wise("arXiv:", batch["arxiv_id"], "")
    return [
        cell(batch["id"], _iris, '{"@id":"', '"'),
        types,
        member("identifier", identifiers),
        *_published(batch),
        *members(batch, COLUMNS),
        cell(batch["doi"], _doi_iris, ',"sameAs":{"@id":"', '"}'),
        cell(batch["venue"], json_values, ',"isPartOf":{"@type":"CreativeWork","name":', "}"),
        *_review(batch),
        "},\n",
    ]


def _published(batch: pa.RecordBatch) -> list[Part]:
    """The day, else the month, else the year, each as what it is."""
    months = days_of_months(batch)
    texts = as_text(months)
    in_month = have_months_alone(batch)
    of_types = {
        "date": pc.if_else(in_month, None, texts),
        "gYearMonth": pc.if_else(in_month, pc.utf8_slice_codeunits(texts, 0, 7), None),
        "gYear": as_text(pc.if_else(months.is_valid(), None, batch["year"])),
    }
    return [
        cell(dates, as_text, ',"datePublished":{"@value":"', f'","@type":"{_XSD}{kind}"}}')
        for kind, dates in of_types.items()
    ]


def _review(batch: pa.RecordBatch) -> list[Part]:
    """The reader's words, with the day of the last entry that holds them."""
    words = batch["commentary"]
    days = pc.if_else(words.is_valid(), last_items(batch["entry_dates"]), None)
    typed = f'","@type":"{_XSD}date"}}'
    return [
        cell(words, json_values, ',"review":{"@type":"Review","reviewBody":'),
        cell(days, as_text, ',"datePublished":{"@value":"', typed),
        cell(words, lambda texts: pc.if_else(texts.is_valid(), "}", None)),
    ]


def _without_controls(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with bare words; in the names of things every odd character is coded."""
    names = batch.schema.names
    return pa.record_batch(
        {
            name: column if name in ("id", "doi") else _bare(column)
            for name, column in zip(names, batch.columns, strict=True)
        }
    )


def _bare(column: pa.Array) -> pa.Array:
    if column.type == pa.string():
        return without_controls(column)
    if not pa.types.is_list(column.type) or column.type.value_type != pa.string():
        return column
    items = column.flatten()
    bare = without_controls(items)
    if bare is items:
        return column
    return pc.if_else(column.is_valid(), with_items(column, bare), pa.scalar(None, column.type))


def _edge(batch: pa.RecordBatch) -> list[Part]:
    backwards = pc.equal(batch["kind"], "wrote")
    source, target = batch["source"], batch["target"]
    return [
        cell(pc.if_else(backwards, target, source), _iris, '{"@id":"'),
        cell(batch["kind"], _properties, '","', '":{"@id":"'),
        cell(pc.if_else(backwards, source, target), _iris, "", '"}},\n'),
    ]


def _types(kinds: pa.Array) -> pa.Array:
    return pa.array([TYPES[kind] for kind in kinds.to_pylist()], pa.string())


def _properties(kinds: pa.Array) -> pa.Array:
    return pa.array([(PROPERTIES | UNDIRECTED)[kind] for kind in kinds.to_pylist()], pa.string())


def _iris(ids: pa.Array) -> pa.Array:
    ids = _quoted(ids)
    pages = pc.replace_substring_regex(ids, "^arxiv:", "https://arxiv.org/abs/")
    pages = pc.replace_substring_regex(pages, "^doi:", "https://doi.org/")
    return pc.if_else(pc.equal(pages, ids), joined([OWN_NAMES, ids]), pages)


def _doi_iris(dois: pa.Array) -> pa.Array:
    return joined(["https://doi.org/", _quoted(dois)])


def _quoted(texts: pa.Array) -> pa.Array:
    odd = pc.match_substring_regex(texts, f"[^A-Za-z0-9{_PLAIN.replace('-', '')}-]")
    return mapped(texts, pc.fill_null(odd, False), lambda text: quote(text, safe=_PLAIN))


GRAPH_FILE = GraphFile("graph.jsonld", _pieces)
