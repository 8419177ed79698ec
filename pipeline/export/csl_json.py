"""`papers.csl.json`: a record for each paper, for Zotero, pandoc and every CSL style.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.author_lists import one_text
from pipeline.export.bibliography import (
    AuthorColumn,
    PaperBatch,
    days_apart,
    own_records,
    paper_lines,
    said,
)
from pipeline.export.own_references import OwnRecord, page_numbers
from pipeline.export.person_names import names_apart
from pipeline.export.text_columns import (
    Part,
    as_text,
    cell,
    comma_lines,
    joined,
    last_items,
    replaced,
)
from pipeline.model.tables import GraphFile, Piece

_ESCAPES = (
    ("\\", "\\\\"),
    ('"', '\\"'),
    *((chr(code), json.dumps(chr(code))[1:-1]) for code in range(32)),
)

_KINDS = {
    "article": "article-journal", "inproceedings": "paper-conference",
    "conference": "paper-conference", "incollection": "chapter", "inbook": "chapter",
    "book": "book", "proceedings": "book", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "online": "webpage",
}  # fmt: skip
"""The types of CSL for the kinds of records of the reader's own BibTeX."""
_FIELDS = (
    *(("school", "publisher"), ("institution", "publisher"), ("publisher", "publisher")),
    *(("journal", "container-title"), ("journaltitle", "container-title")),
    *(("booktitle", "container-title"), ("series", "collection-title"), ("volume", "volume")),
    *(("number", "issue"), ("edition", "edition"), ("isbn", "ISBN")),
)
_BESIDE = ("collection-title", "volume", "issue", "edition", "ISBN", "page")
_OWN = pa.schema(
    [(name, pa.string()) for name in ("type", "key", "days", "place", "publisher", "details")]
)
"""What the reader's own BibTeX says of a paper; `details` are null of other papers."""


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    yield b"[\n"
    yield from comma_lines(paper_lines(nodes, edges, _item))
    yield b"]\n"


def _item(papers: PaperBatch) -> list[Part]:
    rows, own = papers.rows, _own_columns(papers.rows)
    arxiv_id, venue = said(rows["arxiv_id"]), said(rows["venue"])
    is_preprint = pc.and_(arxiv_id.is_valid(), venue.is_null())
    is_own = own["details"].is_valid()
    genre = pc.if_else(venue.is_valid(), "article-journal", "article")
    publisher = pc.if_else(is_preprint, "arXiv", None)
    return [
        cell(pc.coalesce(own["key"], rows["id"]), _texts, '{"id": '),
        _member("type", pc.coalesce(own["type"], genre)),
        _member("title", rows["title"]),
        _authors(papers.authors),
        cell(pc.coalesce(own["days"], _days(rows)), as_text, ', "issued": '),
        _member("container-title", pc.if_else(is_own, own["place"], venue)),
        _member("publisher", pc.if_else(is_own, own["publisher"], publisher)),
        _member("number", joined(["arXiv:", arxiv_id])),
        pc.coalesce(own["details"], ""),
        _member("DOI", rows["doi"]),
        _member("URL", rows["url"]),
        _member("abstract", rows["abstract"]),
        _member("keyword", papers.tags_as_text(", ")),
        _member("note", rows["commentary"]),
        cell(_date_parts(last_items(rows["entry_dates"])), as_text, ', "accessed": '),
        "},\n",
    ]


def _member(name: str, column: pa.Array) -> Part:
    return cell(said(column), _texts, f', "{name}": ')


def _texts(texts: pa.Array) -> pa.Array:
    return joined(['"', replaced(texts, _ESCAPES), '"'])


def _authors(authors: AuthorColumn) -> Part:
    parts = names_apart(authors.names, authors.are_whole)
    family, given = _texts(parts.family), _texts(said(parts.given))
    apart = joined(['{"family": ', family, ', "given": ', given, "}"])
    names = pc.coalesce(apart, joined(['{"literal": ', family, "}"]))
    return cell(one_text(authors.counts, names, ", "), as_text, ', "author": [', "]")


def _days(papers: pa.RecordBatch) -> pa.Array:
    """The parts of each day that are known, null where none is."""
    year, month, day = (as_text(part) for part in days_apart(papers))
    months = joined([year, ", ", month])
    known = pc.coalesce(joined([months, ", ", day]), months, year)
    return joined(['{"date-parts": [[', known, "]]}"])


def _date_parts(days: pa.Array) -> pa.Array:
    parts = [as_text(part(days)) for part in (pc.year, pc.month, pc.day)]
    return joined(['{"date-parts": [[', pc.binary_join_element_wise(*parts, ", "), "]]}"])


def _own_columns(papers: pa.RecordBatch) -> pa.RecordBatch:
    columns = (papers[name].to_pylist() for name in ("venue", "arxiv_id"))
    own = zip(own_records(papers), *columns, strict=True)
    rows = [_own_row(record, *beside) if record else {} for record, *beside in own]
    return pa.RecordBatch.from_pylist(rows, _OWN)


def _own_row(own: OwnRecord, venue: str | None, arxiv_id: str | None) -> dict[str, Any]:
    publisher = "arXiv" if arxiv_id and not venue else None
    item = {"container-title": venue, "publisher": publisher}
    item |= {name: own.fields[field] for field, name in _FIELDS if field in own.fields}
    item["page"] = "-".join(page_numbers(own.fields.get("pages", "")))
    place = item["container-title"]
    days = [part for part in (own.year, own.month) if part]
    beside = ((name, item.get(name)) for name in _BESIDE)
    return {
        "type": _KINDS.get(own.kind or ""),
        "key": own.key,
        "days": json.dumps({"date-parts": [days]}) if own.year else None,
        "place": None if place == item["publisher"] else place,
        "publisher": item["publisher"],
        "details": "".join(
            f', "{name}": {json.dumps(text, ensure_ascii=False)}' for name, text in beside if text
        ),
    }


GRAPH_FILE = GraphFile("papers.csl.json", _pieces)
