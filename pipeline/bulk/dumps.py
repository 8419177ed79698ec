"""The records of public dumps to rows: ids in one form, texts on one line, nothing else changed.

Semantic Scholar (https://api.semanticscholar.org/api-docs/datasets): `papers`, `citations`,
`authors`. OpenAlex (https://developers.openalex.org/download/snapshot-format): `works`.
arXiv: the metadata snapshot. OpenCitations: CSV (`bulk.opencitations`). Crossref: its works, or
citations of arXiv's papers (`bulk.crossref`). A record without the id that it is found by is a
ValueError, a value of another type than the dump's own counts as not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import orjson
import pyarrow as pa

from pipeline.bulk.crossref import links_of
from pipeline.bulk.opencitations import cells_of, link_rows, work_rows
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.tables import TEXT, TEXTS, WHOLE, Column, Table

DumpRecord = Mapping[str, Any]
Row = dict[str, Any]
PEOPLE = pa.list_(pa.struct({"name": TEXT, "id": TEXT, "orcid": TEXT, "institutions": TEXTS}))
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_DOI = re.compile(r"10\.\d{4,9}/\S{1,400}")
_MOST = 10**12

WORKS = Table(
    "works",
    (
        Column("work", TEXT, "its id in the dump"),
        Column("arxiv_id", TEXT, "without version"),
        Column("doi", TEXT, "in small letters; not the one that arXiv gives"),
        Column("title", TEXT, "on one line"),
        Column("year", WHOLE, "of publication"),
        Column("venue", TEXT, "where it appeared"),
        Column("citation_count", WHOLE, "works that cite it"),
        Column("reference_count", WHOLE, "works that it cites"),
        Column("people", PEOPLE, "its authors, in order, with their ids in the dump"),
    ),
    (),
)
LINKS = Table(
    "links",
    (
        Column("citing", TEXT, "id of the work that cites"),
        Column("cited", TEXT, "id of the work that is cited"),
    ),
    (),
)
PEOPLE_KNOWN = Table(
    "people_known",
    (Column("person", TEXT, "id in the dump"), Column("orcid", TEXT, "without address")),
    (),
)
RECORDS = Table(
    "records",
    (Column("arxiv_id", TEXT, "without version"), Column("record", TEXT, "as the snapshot has it")),
    (),
)
PLACE = (
    Column("file", TEXT, "name of the file that it stands in"),
    Column("line", WHOLE, "from 1; null where the engine cannot tell"),
    Column("problem", TEXT, "why this is no record of the dump"),
)
"""Beside the columns of each table: where a row is from, and what is wrong with it."""


class DumpRows(NamedTuple):
    """A kind of rows of a dump, and what makes those of one record, or of the cells of CSV."""

    table: Table
    rows: Callable[[Any], list[Row]]
    is_csv: bool = False


def schema_of(kind: DumpRows) -> pa.Schema:
    """The schema of the rows of a kind, with `PLACE`."""
    placed = kind.table._replace(columns=(*kind.table.columns, *PLACE))
    return placed.schema()


def rows_of(kind: DumpRows, item: object) -> list[Row]:
    """The rows of a line of JSON (bytes) or of a mapping; a blank line has none.

    What is no record is one row, with `problem` alone.
    """
    text = item.strip() if isinstance(item, bytes) else None
    if text == b"":
        return []
    try:
        if kind.is_csv and text is not None:
            return kind.rows(cells_of(text))
        record = item if text is None else orjson.loads(text)
        if not isinstance(record, dict):
            return [{"problem": "this is no object"}]
        return kind.rows(record)
    except orjson.JSONDecodeError as error:
        return [{"problem": f"not JSON ({error})"}]
    except ValueError as error:
        return [{"problem": str(error)}]


def _papers(record: DumpRecord) -> list[Row]:
    ids = _fields(record.get("externalids"))
    doi = _text(ids.get("DOI")) or ""
    people = (
        {"name": name, "id": _id(person.get("authorId"))}
        for person in _rows(record.get("authors"))
        if (name := _text(person.get("name")))
    )
    row = {
        "work": _needed(record, "corpusid"),
        "arxiv_id": _arxiv_id(ids.get("ArXiv")) or _arxiv_id(doi),
        "doi": _doi(doi),
        "title": _text(record.get("title")),
        "year": _year(record.get("year")),
        "venue": _text(record.get("venue")),
        "citation_count": _count(record.get("citationcount")),
        "reference_count": _count(record.get("referencecount")),
        "people": list(people) or None,
    }
    return [row]


def _citations(record: DumpRecord) -> list[Row]:
    # Half of the dump cites works that Semantic Scholar could not tell: they are null there.
    if record.get("citedcorpusid", "") is None:
        return []
    return [{name: _needed(record, f"{name}corpusid") for name in ("citing", "cited")}]


def _people(record: DumpRecord) -> list[Row]:
    printed = str(_fields(record.get("externalids")).get("ORCID") or "")
    orcid = _ORCID.search(printed)
    return [{"person": _needed(record, "authorid"), "orcid": orcid and orcid[0]}]


def _references(record: DumpRecord) -> list[Row]:
    citing = _last(_needed(record, "id"))
    cited = filter(None, map(_last, _list(record.get("referenced_works"))))
    return [{"citing": citing, "cited": own_id} for own_id in cited]


def _works(record: DumpRecord) -> list[Row]:
    places = [record.get("primary_location"), *_list(record.get("locations"))]
    links = [_fields(place).get(key) for place in places for key in ("landing_page_url", "pdf_url")]
    doi = _text(record.get("doi")) or ""
    source = _fields(_fields(record.get("primary_location")).get("source"))
    no_venue = source.get("type") in ("repository", "metadata")
    venue = None if no_venue else _text(source.get("display_name"))
    row = {
        "work": _last(_needed(record, "id")),
        "arxiv_id": next(filter(None, map(_arxiv_id, (doi, *links))), None),
        "doi": _doi(doi),
        "title": _text(record.get("title")) or _text(record.get("display_name")),
        "year": _year(record.get("publication_year")),
        "venue": venue,
        "citation_count": _count(record.get("cited_by_count")),
        "people": [_author(row) for row in _rows(record.get("authorships"))] or None,
    }
    return [row]


def _author(row: DumpRecord) -> Row:
    author = _fields(row.get("author"))
    orcid = _ORCID.search(str(author.get("orcid") or ""))
    institutions = (_text(place.get("display_name")) for place in _rows(row.get("institutions")))
    return {
        "name": _text(row.get("raw_author_name")) or _text(author.get("display_name")),
        "id": _last(author.get("id")),
        "orcid": orcid and orcid[0],
        "institutions": list(filter(None, institutions)),
    }


def _records(record: DumpRecord) -> list[Row]:
    arxiv_id = _arxiv_id(record.get("id"))
    if arxiv_id is None:
        raise ValueError(f"{str(record.get('id'))[:80]!r} is no arXiv id")
    return [{"arxiv_id": arxiv_id, "record": orjson.dumps(record).decode()}]


KINDS: Mapping[str, DumpRows] = {
    "papers": DumpRows(WORKS, _papers),
    "citations": DumpRows(LINKS, _citations),
    "authors": DumpRows(PEOPLE_KNOWN, _people),
    "works": DumpRows(WORKS, _works),
    "references": DumpRows(LINKS, _references),
    "arxiv": DumpRows(RECORDS, _records),
    "crossref_links": DumpRows(LINKS, links_of),
    "opencitations_links": DumpRows(LINKS, link_rows, is_csv=True),
    "opencitations_works": DumpRows(WORKS, work_rows, is_csv=True),
}


def _needed(record: DumpRecord, name: str) -> str:
    value = _id(record.get(name))
    if value is None:
        raise ValueError(f"no {name}")
    return value


def _id(value: object) -> str | None:
    return str(value) if type(value) is int else _text(value)


def _last(value: object) -> str | None:
    return (_id(value) or "").rpartition("/")[2] or None


def _arxiv_id(value: object) -> str | None:
    return normal_arxiv_id(value) if isinstance(value, str) else None


def _doi(printed: str) -> str | None:
    doi = _DOI.search(printed)
    return doi[0].casefold() if doi and not _arxiv_id(printed) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(value.replace("\0", "").split()) or None


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < _MOST else None


def _year(value: object) -> int | None:
    return value if type(value) is int and 1000 <= value <= 2999 else None


def _list(value: object) -> list[Any]:
    """A list, which some copies of a dump hold as its JSON."""
    if isinstance(value, str):
        value = _parsed(value)
    return value if isinstance(value, list) else []


def _rows(value: object) -> list[DumpRecord]:
    return [row for row in _list(value) if isinstance(row, dict)]


def _fields(value: object) -> DumpRecord:
    if isinstance(value, str):
        value = _parsed(value)
    return value if isinstance(value, dict) else {}


def _parsed(value: str) -> object:
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
