"""A record of BibTeX as what it says of a paper: its fields, people and TeX as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
from bibtexparser.model import Entry as Item
from bibtexparser.splitter import Splitter

from pipeline.digests.bibliography import Record, doi_link, listed
from pipeline.digests.prose import links
from pipeline.digests.publication import SUBJECT, doi_of, published_of, venue_of
from pipeline.model.plain_tex import plain_tex, tex_title

_PIECE = re.compile(r'\s*(?:([{"])|([^\s#{}",]+))\s*#?')
_JOINT = re.compile(r"\s*#?")
_DELIMITER = re.compile(r'(?<!\\)[{}"]')
_MACRO_CHARACTERS = 1_000
_NOTES = ("note", "notes", "annote", "annotation", "comment", "comments", "review")
_IDS = (
    *("eprint", "arxiv", "arxivid", "url", "doi", "number", "journal", "journaltitle", "volume"),
    *("pages", "howpublished", "eid", "adsurl", "note", "pdf", "link", "booktitle", "series"),
    *("publisher", "institution", "type"),
)
_ADDED = ("date-read", "date-added", "dateadded", "creationdate", "timestamp", "urldate")
_CITED = (
    *(
        "ids",
        "year",
        "month",
        "date",
        "journal",
        "journaltitle",
        "booktitle",
        "maintitle",
        "eventtitle",
    ),
    *("publisher", "school", "institution", "organization", "address", "location", "howpublished"),
    *("series", "volume", "number", "issue", "pages", "eid", "edition", "chapter", "editor"),
    *("isbn", "issn", "type", "note"),
)
"""What a list of references prints of where and when a work appeared."""
_MADE_KEY = re.compile(r"(?:arxiv|doi|work):")
"""So a file that this program wrote begins its keys."""
_OF_VOLUME = frozenset(("inproceedings", "conference", "incollection", "inbook"))
_NOT_PASSED_ON = frozenset(("title", "author", "abstract", "keywords", "note", "doi", "url"))
_VENUES = (
    *("journal", "journaltitle", "booktitle", "eventtitle", "school", "institution", "publisher"),
)


def records_in(source: str) -> tuple[Record, ...]:
    """The records of a text that can be read; lines count from 1 within the text."""
    items = map(item_of, Splitter(source).split().blocks)
    return tuple(record_of(item, {}) for item in items if isinstance(item, Item))


def item_of(block: Block) -> Block:
    """The block itself, or what the parser set aside for a key or a field that comes twice."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if block.ignore_error_block is None:
            return block
        block = block.ignore_error_block
    return block


def first_line(block: Block) -> int:
    """The line that a block begins on, from 1."""
    return (block.start_line or 0) + 1


def record_of(
    item: Item, macros: Mapping[str, str], volumes: Mapping[str, Item] = MappingProxyType({})
) -> Record:
    """What an item says of a paper, its macros replaced by what they stand for.

    What it leaves to the volume that it appeared in (`crossref`) is taken from there.
    """
    fields = _fields(item, macros)
    volume = volumes.get("".join(fields.get("crossref", [])).casefold())
    if volume is not None:
        fields = _inherited(item, _fields(volume, macros)) | fields
    first = {key: values[0] for key, values in fields.items()}
    pages = [
        url for key in ("url", "howpublished") for v in fields.get(key, []) for url in links(v)
    ]
    dois = [link for doi in fields.get("doi", []) if (link := doi_link(plain_tex(doi)))]
    start = first_line(item)
    return Record(
        line_start=start,
        line_end=start + (item.raw or "").count("\n"),
        title=tex_title(first["title"]) if "title" in first else None,
        authors=_people(first.get("author", "")),
        abstract=_paragraphs(plain_tex(first.get("abstract", ""))),
        notes=tuple(plain_tex(note) for key in _NOTES for note in fields.get(key, [])),
        keywords=tuple(
            tag
            for key in ("keywords", "keyword", "mendeley-tags")
            for words in fields.get(key, [])
            for tag in listed(plain_tex(words))
            if not (" - " in tag and SUBJECT.fullmatch(tag))
        ),
        ids=tuple(_ids(fields)),
        urls=(*(url.replace("\\", "") for url in pages), *dois),
        added=_added(first),
        published=published_of(*(plain_tex(first.get(key, "")) for key in _dated(first))),
        venue=venue_of(*(plain_tex(first[key]) for key in _VENUES if key in first)),
        doi=doi_of(*map(plain_tex, fields.get("doi", []))),
        citation=tuple(_citation(item, first)),
    )


def _fields(item: Item, macros: Mapping[str, str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for field in item.fields:
        value = value_of(str(field.value), macros).strip()
        if value:
            fields.setdefault(field.key.lower(), []).append(value)
    return fields


def _inherited(item: Item, of_volume: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What a paper has from the volume that it appeared in; its title names where."""
    fields = {name: said for name, said in of_volume.items() if name not in _NOT_PASSED_ON}
    if item.entry_type.lower() in _OF_VOLUME:
        fields["booktitle"] = of_volume.get("booktitle") or of_volume.get("title") or []
    return {name: said for name, said in fields.items() if said}


def _citation(item: Item, first: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """How the reader cites it: by which key, as what, and what is printed of where it appeared."""
    if item.key and not _MADE_KEY.match(item.key):
        yield "key", item.key
    yield "kind", item.entry_type.lower()
    yield from ((name, plain_tex(first[name])) for name in _CITED if name in first)


def _dated(first: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that say when it appeared: BibLaTeX's one, or BibTeX's three."""
    return ("date",) if "date" in first else ("year", "month", "day")


def value_of(expression: str, macros: Mapping[str, str]) -> str:
    """The text of `{...}`, `"..."`, a number, a macro, or of several joined by `#`."""
    if "#" not in expression and not expression.startswith(("{", '"')):
        return macros.get(expression.lower(), expression)
    parts, position = [], 0
    while match := _PIECE.match(expression, position):
        if match[1]:
            end = _closing(expression, match.start(1))
            parts.append(expression[match.start(1) + 1 : end])
            joint = _JOINT.match(expression, end + 1)
            position = joint.end() if joint else end + 1
        else:
            parts.append(macros.get(match[2].lower(), match[2]))
            position = match.end()
    # A macro may stand for others many times over, so what it stands for is cut.
    text = "".join(parts)
    return text if len(text) <= len(expression) else text[: len(expression) + _MACRO_CHARACTERS]


def _closing(text: str, start: int) -> int:
    """Where the brace or quote at `start` is closed; the end of the text where it is not."""
    depth = 0
    for match in _DELIMITER.finditer(text, start + (text[start] == '"')):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth <= 0 and match[0] == {"{": "}", '"': '"'}[text[start]]:
            return match.start()
    return len(text)


def _ids(fields: Mapping[str, list[str]]) -> Iterator[str]:
    archive = " ".join(fields.get("archiveprefix", []) + fields.get("eprinttype", []))
    for key in _IDS:
        for value in fields.get(key, []):
            if key != "eprint":
                yield plain_tex(value)
            elif not archive or "arxiv" in archive.lower():
                yield plain_tex(value)
                yield from (f"{plain_tex(c)}/{value}" for c in fields.get("primaryclass", []))


def _added(first: Mapping[str, str]) -> str | None:
    # The time stamp of a record from DBLP is DBLP's own.
    from_dblp = "dblp" in (first.get("biburl", "") + first.get("bibsource", "")).lower()
    keys = (key for key in _ADDED if key in first and not (from_dblp and key == "timestamp"))
    return next((plain_tex(first[key]) for key in keys), None)


def _people(field: str) -> tuple[str, ...]:
    names = split_multiple_persons_names(field)
    parts = (parse_single_name_into_parts(name, strict=False) for name in names)
    return tuple(plain_tex(part.merge_first_name_first) for part in parts)


def _paragraphs(text: str) -> str | None:
    return "\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text)) or None
