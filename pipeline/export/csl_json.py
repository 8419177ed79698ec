"""`papers.csl.json`: a record for each paper, for Zotero, pandoc and every CSL style.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from pipeline.export.bibliography import PaperRecord, records
from pipeline.export.own_references import page_numbers
from pipeline.export.person_names import NameParts, with_names
from pipeline.export.text_columns import comma_lines
from pipeline.model.tables import GraphFile, Piece

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


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    yield b"[\n"
    yield from comma_lines(
        f"{json.dumps(_item(record, names), ensure_ascii=False)},\n".encode()
        for record, names in with_names(records(nodes, edges))
    )
    yield b"]\n"


def _item(record: PaperRecord, names: Sequence[NameParts]) -> dict[str, Any]:
    own = record.own
    from_facts = [record.year, record.month, record.day]
    days = [part for part in ([own.year, own.month] if own.year else from_facts) if part]
    read = record.read[-1:] and [[record.read[-1].year, record.read[-1].month, record.read[-1].day]]
    kind = _KINDS.get(own.kind or "") or ("article-journal" if record.venue else "article")
    item = {
        "id": own.key or record.id,
        "type": kind,
        "title": record.title,
        "author": list(map(_name, names)),
        "issued": {"date-parts": [days]} if days else None,
        "container-title": record.venue,
        "publisher": "arXiv" if record.arxiv_id and not record.venue else None,
        "number": f"arXiv:{record.arxiv_id}" if record.arxiv_id else None,
        **{name: own.fields[field] for field, name in _FIELDS if field in own.fields},
        "page": "-".join(page_numbers(own.fields.get("pages", ""))),
        "DOI": record.doi,
        "URL": record.url,
        "abstract": record.abstract,
        "keyword": ", ".join(record.tags),
        "note": record.commentary,
        "accessed": {"date-parts": read} if read else None,
    }
    if item["container-title"] == item["publisher"]:
        item["container-title"] = None
    return {name: value for name, value in item.items() if value}


def _name(name: NameParts) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given}


GRAPH_FILE = GraphFile("papers.csl.json", _pieces)
