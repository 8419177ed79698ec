"""`papers.ris`: a record for each paper, for Zotero, EndNote, Mendeley and Citavi.

Tags are keywords, the reader's words a note, the day of the last entry the day of access.
https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pyarrow as pa

from pipeline.export.bibliography import Record, records
from pipeline.export.person_names import PersonName, with_names
from pipeline.model.tables import GraphFile, Piece

_BREAK = re.compile(r"\s*[\x00-\x1f\x7f\x85\u2028\u2029]+\s*")


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    for record, names in with_names(records(nodes, edges)):
        lines = [f"{tag}  - {_line(text)}" for tag, text in _fields(record, names) if text]
        yield ("\r\n".join([*lines, "ER  - "]) + "\r\n\r\n").encode()


def _fields(record: Record, names: Sequence[PersonName]) -> Iterator[tuple[str, str | None]]:
    yield "TY", "JOUR" if record.venue else "UNPB"
    yield "ID", record.id
    yield "TI", record.title
    for name in names:
        yield "AU", f"{name.family}, {name.given}" if name.given else name.family
    yield "PY", str(record.year) if record.year else None
    if record.month and record.day:
        yield "DA", f"{record.year}/{record.month:02}/{record.day:02}"
    elif record.month:
        yield "DA", f"{record.year}/{record.month:02}"
    yield "JO", record.venue
    yield "DO", record.doi
    yield "UR", record.url
    yield "M1", f"arXiv:{record.arxiv_id}" if record.arxiv_id else None
    yield "AB", record.abstract
    yield "N1", record.commentary
    for tag in record.tags:
        yield "KW", tag
    yield "Y2", record.read[-1].strftime("%Y/%m/%d") if record.read else None


def _line(text: str) -> str:
    return _BREAK.sub(" ", text).strip()


GRAPH_FILE = GraphFile("papers.ris", _pieces)
