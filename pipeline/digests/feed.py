"""Atom and RSS, of arXiv above all: an entry or item is a paper, or a page about one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.digests.bibliography import Record, entries, tiled, without_html
from pipeline.digests.html_text import html_as_markdown
from pipeline.digests.notes_head import card_text
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.digests.xml_tree import local, placed, start_of, texts, words
from pipeline.model.records import Entry, Format, Skip, Text

_FEED = re.compile(
    r"<(?:feed\b[^<>]{0,500}Atom|rss\b|(?:\w+:)?RDF\b[^<>]{0,500}rss)", re.IGNORECASE
)
_STAMP = re.compile(
    r"(?:(?<!\s)\s++)?\(arXiv:\S+(?:\s*\[[\w.-]+\])?[^()]{0,40}\)\s*$|^\[[\d.]{9,10}(?:v\d+)?\]\s*"
)
_ANNOUNCED = re.compile(r"^arXiv:\S+\s+Announce Type:.{0,40}?\s*Abstract:\s*", re.DOTALL)
_RSS_DATE = re.compile(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})")


def _likeness(text: Text) -> float:
    start = start_of(text)
    return 1.0 if start.lstrip().startswith("<") and _FEED.search(start) else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    for placed_record in placed(text, ("entry", "item"), "Save the feed again."):
        yield placed_record if isinstance(placed_record, Skip) else _record(*placed_record)


def _record(item: Any, line: int) -> Record:
    links = [*texts(item, "link"), *(link for child in item if (link := _href(child)))]
    guids = list(texts(item, "id", "guid"))
    summary = next(texts(item, "summary", "description", "abstract", "content", "encoded"), "")
    abstract = _ANNOUNCED.sub("", without_html(summary))
    title = " ".join(next(texts(item, "title"), "").split())
    authors = tuple(_people(item))
    post = card_text(html_as_markdown(summary).strip()) if not authors and "<" in summary else None
    said = post.rest if post and post.authors else ""
    return Record(
        line_start=line,
        line_end=line,
        title=_STAMP.sub("", title).rstrip(".") if _STAMP.search(title) else title or None,
        authors=authors or (post.authors if post else ()),
        abstract=None if said else abstract or None,
        notes=(said,) if said else (),
        ids=(*guids, *links, title, summary),
        urls=tuple(link for link in links if link.startswith("http"))[:1],
        published=_day(next(texts(item, "published", "pubdate", "date", "issued", "updated"), "")),
        venue=venue_of(*texts(item, "journal_ref", "publicationname")),
        doi=doi_of(*texts(item, "doi")),
    )


def _href(element: Any) -> str | None:
    other = element.get("rel") not in (None, "alternate", "related")
    return None if local(element) != "link" or other else element.get("href")


def _people(item: Any) -> Iterator[str]:
    for child in item:
        if local(child) == "author":
            yield from list(texts(child, "name")) or [words(child)]
        elif local(child) == "creator":
            names = without_html(words(child))
            yield from (name.strip() for name in re.split(r",\s+|\n", names) if name.strip())


def _day(stated: str) -> str | None:
    match = _RSS_DATE.search(stated)
    return published_of(match[3], match[2], match[1]) if match else published_of(stated)


FORMAT = Format("feed", _likeness, _entries)
