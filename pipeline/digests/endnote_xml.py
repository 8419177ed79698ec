"""EndNote's XML: `<xml><records><record>`, each field in styles of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.digests.bibliography import Record, doi_link, entries, lines_of_ids, tiled
from pipeline.digests.people import person
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.digests.xml_tree import local, placed, start_of, words
from pipeline.model.records import Entry, Format, Skip, Text

_RECORDS = re.compile(r"<records>\s*<record\b", re.IGNORECASE)
_NOTES = ("notes", "research-notes")


def _likeness(text: Text) -> float:
    return 1.0 if _RECORDS.search(start_of(text)) else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    for placed_record in placed(text, ("record",), "Export the library again."):
        yield placed_record if isinstance(placed_record, Skip) else _record(*placed_record)


def _record(element: Any, line: int) -> Record:
    values: dict[str, list[str]] = {}
    for child in element.iter("*"):
        if value := words(child):
            values.setdefault(local(child), []).append(value)
    dois = values.get("electronic-resource-num", [])
    links = [url for url in values.get("url", []) if url.startswith("http")]
    places = ("url", "electronic-resource-num", "accession-num", "number", "pages", "volume")
    notes = tuple(note for name in _NOTES for note in values.get(name, []))
    titles = ("full-title", "secondary-title", "abbr-1", "publisher")
    return Record(
        line_start=line,
        line_end=line,
        title=next(iter(values.get("title", [])), None),
        authors=tuple(person(name) for name in _authors(element)),
        abstract=next(iter(values.get("abstract", [])), None),
        notes=notes,
        keywords=tuple(values.get("keyword", [])),
        ids=(
            *(value for name in (*places, *titles) for value in values.get(name, [])),
            *lines_of_ids(notes),
        ),
        urls=(*dict.fromkeys(links), *(link for doi in dois if (link := doi_link(doi)))),
        added=next(iter(values.get("access-date", [])), None),
        published=published_of(next(iter(values.get("year", [])), None)),
        venue=venue_of(*(value for name in titles for value in values.get(name, []))),
        doi=doi_of(*dois),
    )


def _authors(element: Any) -> Iterator[str]:
    for part in element.iter("*"):
        if local(part) == "authors":
            yield from (words(name) for name in part if words(name))


FORMAT = Format("endnote_xml", _likeness, _entries)
