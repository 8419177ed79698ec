"""An item of Zotero with what hangs on it: files, notes, and marks in the files.

{"zotero": "item",
"collections": [["Reading", "Language models"]],
"item": {"key": "...", "itemType": "preprint", "title": "...", "extra": "arXiv:2409.02326"},
"children": [{"itemType": "note", "note": "<p>Better than it looks.</p>"}]}

Its fields are those of Zotero's API; `pipeline.store.zotero_items` writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from pipeline.digests.bibliography import Record, clean_lines, doi_link, entries, one_line, refusal
from pipeline.digests.html_text import html_as_markdown
from pipeline.digests.publication import SUBJECT, doi_of, published_of, venue_of
from pipeline.model.ids import arxiv_id_of_attachment
from pipeline.model.records import Entry, Format, Mention, Skip, Text

_BEGINS = re.compile(r'\{\s*"zotero"\s*:\s*"item"')
_TITLES = ("title", "caseName", "nameOfAct", "subject")
_IDS = ("url", "archiveID", "DOI", "reportNumber", "number", "callNumber", "publicationTitle")
_VENUES = (
    "proceedingsTitle", "conferenceName", "publicationTitle", "bookTitle", "university",
    "meetingName",
)  # fmt: skip
_NOT_AUTHORS = frozenset(
    "editor translator seriesEditor reviewedAuthor recipient contributor commenter".split()
)
_KEY = re.compile(r"\bitems/([A-Z0-9]{8})\b")
_BLOCK = re.compile(r"</?(?:p|li|h[1-6]|div|blockquote|br)\b[^<>]{0,300}>", re.IGNORECASE)
_CITED = "data-citation"
_SENTENCE_CHARACTERS = 500


def _likeness(text: Text) -> float:
    start = "\n".join(line or "" for line in text.lines[:3])
    return 1.0 if _BEGINS.match(start) else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    if not text.lines:
        return
    try:
        export = json.loads("\n".join(line or "" for line in text.lines))
        item, children, paths = export["item"], export["children"], export["collections"]
        record = _record(item, children, paths, len(text.lines))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield refusal(text, 1, f"no item of Zotero that can be read ({type(error).__name__}).")
        return
    for outcome in entries(text, [record]):
        yield outcome if isinstance(outcome, Skip) else _with_relations(outcome, item, children)


def _record(
    item: Mapping[str, Any],
    children: Sequence[Mapping[str, Any]],
    paths: Iterable[Sequence[str]],
    lines: int,
) -> Record:
    files = [part for part in (item, *children) if part["itemType"] == "attachment"]
    attached = list(filter(None, map(arxiv_id_of_attachment, files)))
    links = [url for url in _texts(item, "url") if url.startswith(("http://", "https://"))]
    dois = [link for doi in _texts(item, "DOI") if (link := doi_link(doi))]
    is_file = item["itemType"] == "attachment"
    return Record(
        line_start=1,
        line_end=lines,
        title=None if is_file else next(_texts(item, *_TITLES), None),
        authors=tuple(_authors(item.get("creators") or ())),
        abstract=next(_texts(item, "abstractNote"), None),
        notes=tuple(_notes(item, children)),
        keywords=tuple(dict.fromkeys(_tags((item, *children), paths))),
        ids=(*_texts(item, *_IDS), *_lines_with_ids(item), *attached),
        urls=() if is_file else (*links, *dois),
        added=next(_texts(item, "dateAdded"), None),
        published=published_of(next(_texts(item, "date", "dateDecided", "dateEnacted"), None)),
        venue=venue_of(*_texts(item, *_VENUES)),
        doi=doi_of(*_texts(item, "DOI"), *_extra_dois(item)),
        names=tuple(_texts(item, "shortTitle")),
    )


def _texts(item: Mapping[str, Any], *names: str) -> Iterator[str]:
    return (item[name].strip() for name in names if isinstance(item.get(name), str) and item[name])


def _authors(creators: Iterable[Mapping[str, Any]]) -> list[str]:
    """The authors; of an item without one whoever else made it, but for editors and the like."""
    names_by_kind = [(str(creator.get("creatorType")), _name(creator)) for creator in creators]
    authors = [name for kind, name in names_by_kind if kind == "author"]
    return authors or [name for kind, name in names_by_kind if kind not in _NOT_AUTHORS]


def _name(creator: Mapping[str, Any]) -> str:
    return " ".join(_texts(creator, "name", "firstName", "lastName"))


def _tags(items: Iterable[Mapping[str, Any]], paths: Iterable[Sequence[str]]) -> Iterator[str]:
    """The reader's tags, those of notes and marks too, then the names of collections, outer first.

    A category of arXiv that Zotero set for a tag by itself is none.
    """
    for item in items:
        for tag_object in item.get("tags") or ():
            tag = str(tag_object["tag"])
            if not (tag_object.get("type") == 1 and SUBJECT.fullmatch(tag)):
                yield tag
    for path in paths:
        yield from map(str, path)


def _notes(item: Mapping[str, Any], children: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What the reader wrote: notes, marks in files in the order of pages, then `extra`.

    A file may have a note of its own.
    """
    for part in (item, *children):
        if part.get("note"):
            yield html_as_markdown(str(part["note"]))
        elif part["itemType"] == "annotation":
            yield from _marked(part)
    yield from _texts(item, "extra")


def _marked(annotation: Mapping[str, Any]) -> Iterator[str]:
    """What is marked, as a quote with its page, and what the reader says of it."""
    page = one_line(str(annotation.get("annotationPageLabel") or ""))
    where = f" (p. {page})" if page else ""
    quoted = html_as_markdown(next(_texts(annotation, "annotationText"), ""))
    comment = html_as_markdown(next(_texts(annotation, "annotationComment"), ""))
    if lines := clean_lines(quoted):
        yield f"> {' '.join(lines)}{where}"
        yield comment
    elif clean_lines(comment):
        yield f"{comment}{where}"


def _lines_with_ids(item: Mapping[str, Any]) -> Iterator[str]:
    """The lines of `extra` that say an arXiv id (`arXiv:2409.02326 [cs]`, `arXiv ID: ...`)."""
    for extra in _texts(item, "extra"):
        for line in extra.splitlines():
            if re.match(r"\s*(?:arxiv|eprint|_eprint|archive\s*id)\b", line, re.IGNORECASE):
                yield re.sub(r"^[^:=]*[:=]\s*", "", line.strip())
                yield line.strip()


def _extra_dois(item: Mapping[str, Any]) -> Iterator[str]:
    for extra in _texts(item, "extra"):
        yield from re.findall(r"(?im)^\s*doi\s*[:=]\s*(\S+)", extra)


def _with_relations(
    entry: Entry, item: Mapping[str, Any], children: Sequence[Mapping[str, Any]]
) -> Entry:
    """The entry with what it points at: items cited in notes, related items, files of other ids."""
    all_mentions = list(entry.mentions)
    seen_ids = {entry.arxiv_id, *(mention.arxiv_id for mention in all_mentions)}
    for child in children:
        for block in _BLOCK.split(str(child.get("note") or "")):
            for key in dict.fromkeys(_KEY.findall(unquote(block)) if _links(block) else ()):
                sentence = one_line(html_as_markdown(block))[:_SENTENCE_CHARACTERS]
                all_mentions.append(Mention(None, key, sentence or "Cited in a note of Zotero."))
    related = (item.get("relations") or {}).get("dc:relation") or ()
    keys = map(_KEY.search, [related] if isinstance(related, str) else map(str, related))
    all_mentions += [Mention(None, key[1], "Related in Zotero.") for key in keys if key]
    for child in children:
        arxiv_id = arxiv_id_of_attachment(child) if child["itemType"] == "attachment" else None
        if arxiv_id and arxiv_id not in seen_ids:
            seen_ids.add(arxiv_id)
            all_mentions.append(Mention(arxiv_id, None, "Attached to it in Zotero."))
    return replace(entry, mentions=tuple(dict.fromkeys(all_mentions)))


def _links(block: str) -> bool:
    return _CITED in block or "zotero:" in block or "zotero.org" in block


FORMAT = Format("zotero", _likeness, _entries)
