"""`papers.csl.json`: a record for each paper, for Zotero, pandoc and every CSL style.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from pipeline.export.bibliography import Record, records
from pipeline.export.short_names import family_names
from pipeline.export.text_columns import comma_lines
from pipeline.model.tables import GraphFile, Piece

_AT_ONCE = 1_000


def _pieces(nodes: pa.Table, edges: pa.Table) -> Iterator[Piece]:
    yield b"[\n"
    yield from comma_lines(
        f"{json.dumps(item, ensure_ascii=False)},\n".encode()
        for item in _items(records(nodes, edges))
    )
    yield b"]\n"


def _items(all_records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """The item of each record. Names are taken apart for many at once, which Arrow does quickly."""
    coming = iter(all_records)
    while batch := list(islice(coming, _AT_ONCE)):
        names = pa.array([name for each in batch for name, _ in each.authors], pa.string())
        families = iter(family_names(names).to_pylist())
        for record in batch:
            yield _item(record, list(islice(families, len(record.authors))))


def _item(record: Record, families: Sequence[str]) -> dict[str, Any]:
    days = [part for part in (record.year, record.month, record.day) if part]
    read = record.read[-1:] and [[record.read[-1].year, record.read[-1].month, record.read[-1].day]]
    item = {
        "id": record.id,
        "type": "article-journal" if record.venue else "article",
        "title": record.title,
        "author": _names(record, families),
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


def _names(record: Record, families: Sequence[str]) -> list[dict[str, str]]:
    pairs = zip(record.authors, families, strict=True)
    return [_name(name, family, is_whole) for (name, is_whole), family in pairs]


def _name(name: str, family: str, is_whole: bool) -> dict[str, str]:
    family_part, comma, given_part = name.partition(",")
    if comma and family_part.strip() == family and given_part.strip():
        return {"family": family, "given": given_part.strip()}
    given = name.removesuffix(family).strip()
    if is_whole or not given or not name.endswith(family):
        return {"literal": name}
    return {"family": family, "given": given}


GRAPH_FILE = GraphFile("papers.csl.json", _pieces)
