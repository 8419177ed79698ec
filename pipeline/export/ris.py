"""`papers.ris`: a record for each paper, for Zotero, EndNote, Mendeley and Citavi.

Tags are keywords, the reader's words a note, the day of the last entry the day of access.
https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
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
from pipeline.export.text_columns import Part, as_text, cell, held, joined, last_items, mapped
from pipeline.model.tables import GraphFile, Piece

_BREAK = re.compile(r"\s*[\x00-\x1f\x7f\x85\u2028\u2029]+\s*")
_HAS_BREAK = r"[\x00-\x1f\x7f\x{85}\x{2028}\x{2029}]"
_BREAK_BYTES = bytes((*range(32), 0x7F, 0xC2, 0xE2))
"""One of these bytes is in every text that has a break."""

_KINDS = {
    "article": "JOUR", "inproceedings": "CONF", "conference": "CONF", "incollection": "CHAP",
    "inbook": "CHAP", "book": "BOOK", "proceedings": "CONF", "phdthesis": "THES",
    "mastersthesis": "THES", "thesis": "THES", "techreport": "RPRT", "report": "RPRT",
    "online": "ELEC",
}  # fmt: skip
"""The types of RIS for the kinds of records of the reader's own BibTeX."""
_PLACES = ("journal", "journaltitle", "booktitle")
_FIELDS = (
    *(("publisher", "PB"), ("school", "PB"), ("institution", "PB"), ("volume", "VL")),
    *(("number", "IS"), ("isbn", "SN"), ("address", "CY")),
)
_OWN = pa.schema([(name, pa.string()) for name in ("kind", "key", "days", "place", "details")])
"""What the reader's own BibTeX says of a paper, as lines; `details` are null of other papers."""


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    return paper_lines(nodes, edges, _lines)


def _lines(papers: PaperBatch) -> list[Part]:
    rows, own = papers.rows, _own_columns(papers.rows)
    genre = pc.if_else(said(rows["venue"]).is_valid(), "JOUR", "UNPB")
    place = pc.if_else(own["details"].is_valid(), own["place"], rows["venue"])
    last_days = pc.replace_substring(as_text(last_items(rows["entry_dates"])), "-", "/")
    return [
        _line("TY", pc.coalesce(own["kind"], genre)),
        _line("ID", pc.coalesce(own["key"], rows["id"])),
        _line("TI", rows["title"]),
        _author_lines(papers.authors),
        pc.coalesce(own["days"], _day_lines(rows)),
        _line("JO", place),
        pc.coalesce(own["details"], ""),
        _line("DO", rows["doi"]),
        _line("UR", rows["url"]),
        _line("M1", joined(["arXiv:", said(rows["arxiv_id"])])),
        _line("AB", rows["abstract"]),
        _line("N1", rows["commentary"]),
        pc.coalesce(one_text(papers.tag_counts, _texts("KW", papers.tags), ""), ""),
        _line("Y2", last_days),
        "ER  - \r\n\r\n",
    ]


def _line(tag: str, column: pa.Array) -> Part:
    return cell(said(column), _on_one_line, f"{tag}  - ", "\r\n")


def _texts(tag: str, texts: pa.Array) -> pa.Array:
    """The line of each text, empty where there is none."""
    return pc.coalesce(joined([f"{tag}  - ", _on_one_line(said(texts)), "\r\n"]), "")


def _author_lines(authors: AuthorColumn) -> pa.Array:
    family, given = names_apart(authors.names, authors.are_whole)
    names = pc.coalesce(joined([family, ", ", said(given)]), family)
    return pc.coalesce(one_text(authors.counts, _texts("AU", names), ""), "")


def _day_lines(papers: pa.RecordBatch) -> pa.Array:
    days = days_apart(papers)
    year = as_text(days.year)
    month, day = (pc.utf8_lpad(as_text(part), 2, "0") for part in days[1:])
    months = joined(["DA  - ", year, "/", month])
    dates = pc.coalesce(joined([months, "/", day, "\r\n"]), joined([months, "\r\n"]), "")
    return joined([pc.coalesce(joined(["PY  - ", year, "\r\n"]), ""), dates])


def _own_columns(papers: pa.RecordBatch) -> pa.RecordBatch:
    own = zip(own_records(papers), papers["venue"].to_pylist(), strict=True)
    rows = [_own_row(record, venue) if record else {} for record, venue in own]
    return pa.RecordBatch.from_pylist(rows, _OWN)


def _own_row(own: OwnRecord, venue: str | None) -> dict[str, Any]:
    place = next((own.fields[name] for name in _PLACES if name in own.fields), venue)
    is_publisher = place in [own.fields.get(field) for field, tag in _FIELDS if tag == "PB"]
    pages = zip(("SP", "EP"), page_numbers(own.fields.get("pages", "")), strict=False)
    lines = [*((tag, own.fields.get(field)) for field, tag in _FIELDS), *pages]
    days = [("PY", str(own.year))] if own.year else []
    days += [("DA", f"{own.year}/{own.month:02}")] if own.year and own.month else []
    return {
        "kind": _KINDS.get(own.kind or ""),
        "key": own.key,
        "days": "".join(f"{tag}  - {text}\r\n" for tag, text in days) or None,
        "place": None if is_publisher else place,
        "details": "".join(f"{tag}  - {_unbroken(text)}\r\n" for tag, text in lines if text),
    }


def _on_one_line(texts: pa.Array) -> pa.Array:
    if held(texts, _BREAK_BYTES):
        texts = mapped(texts, pc.match_substring_regex(texts, _HAS_BREAK), _unbroken)
    return pc.utf8_trim_whitespace(texts)


def _unbroken(text: str) -> str:
    return _BREAK.sub(" ", text).strip()


GRAPH_FILE = GraphFile("papers.ris", _pieces)
