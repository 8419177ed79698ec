"""`papers.csl.json`: a record for each paper, for Zotero, pandoc and every CSL style.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from pipeline.export.bibliography import Record, records
from pipeline.export.person_names import PersonName, with_names
from pipeline.export.text_columns import comma_lines
from pipeline.model.tables import GraphFile, Piece


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    yield b"[\n"
    yield from comma_lines(
        f"{json.dumps(_item(record, names), ensure_ascii=False)},\n".encode()
        for record, names in with_names(records(nodes, edges))
    )
    yield b"]\n"


def _item(record: Record, names: Sequence[PersonName]) -> dict[str, Any]:
    days = [part for part in (record.year, record.month, record.day) if part]
    read = record.read[-1:] and [[record.read[-1].year, record.read[-1].month, record.read[-1].day]]
    item = {
        "id": record.id,
        "type": "article-journal" if record.venue else "article",
        "title": record.title,
        "author": list(map(_name, names)),
        "issued": {"date-parts": [days]} if record.year else None,
        "container-title": record.venue,
        "publisher": "arXiv" if record.arxiv_id and not record.venue else None,
        "number": f"arXiv:{record.arxiv_id}" if record.arxiv_id else None,
        "DOI": record.doi,
        "URL": record.url,
        "abstract": record.abstract,
        "keyword": ", ".join(record.tags),
        "note": record.commentary,
        "accessed": {"date-parts": read} if read else None,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: PersonName) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given}


GRAPH_FILE = GraphFile("papers.csl.json", _pieces)
