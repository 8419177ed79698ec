"""`papers.ris`: a record for each paper, for Zotero, EndNote, Mendeley and Citavi.

Tags are keywords, the reader's words a note, the day of the last entry the day of access.
https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pyarrow as pa

from pipeline.export.bibliography import PaperRecord, records
from pipeline.export.own_references import page_numbers
from pipeline.export.person_names import NameParts, with_names
from pipeline.model.tables import GraphFile, Piece

_BREAK = re.compile(r"\s*[\x00-\x1f\x7f\x85\u2028\u2029]+\s*")


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


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    for record, names in with_names(records(nodes, edges)):
        lines = [f"{tag}  - {_line(text)}" for tag, text in _fields(record, names) if text]
        yield ("\r\n".join([*lines, "ER  - "]) + "\r\n\r\n").encode()


def _fields(record: PaperRecord, names: Sequence[NameParts]) -> Iterator[tuple[str, str | None]]:
    own = record.own
    yield "TY", _KINDS.get(own.kind or "") or ("JOUR" if record.venue else "UNPB")
    yield "ID", own.key or record.id
    yield "TI", record.title
    for name in names:
        yield "AU", f"{name.family}, {name.given}" if name.given else name.family
    yield from _days(record)
    place = next((own.fields[name] for name in _PLACES if name in own.fields), record.venue)
    is_publisher = place in [own.fields.get(field) for field, tag in _FIELDS if tag == "PB"]
    yield "JO", None if is_publisher else place
    for field, tag in _FIELDS:
        yield tag, own.fields.get(field)
    yield from zip(("SP", "EP"), page_numbers(own.fields.get("pages", "")), strict=False)
    yield "DO", record.doi
    yield "UR", record.url
    yield "M1", f"arXiv:{record.arxiv_id}" if record.arxiv_id else None
    yield "AB", record.abstract
    yield "N1", record.commentary
    for tag in record.tags:
        yield "KW", tag
    yield "Y2", record.read[-1].strftime("%Y/%m/%d") if record.read else None


def _days(record: PaperRecord) -> Iterator[tuple[str, str | None]]:
    own = record.own
    from_facts = (record.year, record.month, record.day)
    year, month, day = (own.year, own.month, None) if own.year else from_facts
    yield "PY", str(year) if year else None
    if month:
        yield "DA", f"{year}/{month:02}" + (f"/{day:02}" if day else "")


def _line(text: str) -> str:
    return _BREAK.sub(" ", text).strip()


GRAPH_FILE = GraphFile("papers.ris", _pieces)
