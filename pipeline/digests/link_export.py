"""Links that a browser or a reading service exports as HTML, and outlines (OPML).

<DT><A HREF="https://arxiv.org/abs/2409.02326" ADD_DATE="1725500000" TAGS="code,llm">Title</A>
<DD>a note
<li><a href="https://arxiv.org/abs/2409.02326" time_added="1725500000" tags="code">Title</a></li>
<outline text="Title" url="https://arxiv.org/abs/2409.02326" _note="a note"/>
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.digests.bibliography import Record, entries, listed, refusal, tiled, without_html
from pipeline.digests.names import names_in
from pipeline.digests.xml_tree import start_of
from pipeline.model.ids import printed_ids
from pipeline.model.records import Entry, Format, Skip, Text

_EXPORT = re.compile(
    r"<!DOCTYPE NETSCAPE-Bookmark|<opml\b|<title>\s*(?:Pocket|Instapaper|Bookmarks|Raindrop)"
    r"|<a\s[^<>]{0,2000}(?:time_added|add_date)=",
    re.IGNORECASE,
)
_MARK = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)')")
_MOST_WORDS = 5_000
_URL = re.compile(r"https?://[^\s\"'<>()\]]+")
_PAPERS_AT = re.compile(
    r"https?://(?:[\w-]+\.)*(?:openreview\.net|aclanthology\.org|mlr\.press|thecvf\.com|neurips\.cc"
    r"|nips\.cc|jmlr\.org|doi\.org|acm\.org|ieee\.org|biorxiv\.org|medrxiv\.org|aaai\.org)/",
    re.IGNORECASE,
)


class _Link(NamedTuple):
    line: int
    attributes: Mapping[str, str]
    title: str
    note: str
    authors: tuple[str, ...] = ()


def _likeness(text: Text) -> float:
    return 1.0 if is_link_export(text) else 0.0


def is_link_export(text: Text) -> bool:
    """Whether a text is a list of links as a program writes it."""
    start = start_of(text)
    return start.lstrip().startswith("<") and _EXPORT.search(start) is not None


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    others, first = 0, 0
    for link in _links("\n".join(line or "" for line in text.lines)):
        url = link.attributes.get("href") or link.attributes.get("url") or ""
        link_text = f"{url} {link.title} {link.note}"
        if next(printed_ids(link_text), None) or _PAPERS_AT.match(url):
            yield _record(link, url)
        elif url:
            others, first = others + 1, first or link.line
    if others:
        links = "link leads" if others == 1 else "links lead"
        yield refusal(text, first, f"{others:,} {links} to no paper; from this line on.")


def _record(link: _Link, url: str) -> Record:
    title = " ".join(_URL.sub("", link.title).split())
    added = link.attributes.get("add_date") or link.attributes.get("time_added") or ""
    return Record(
        line_start=link.line,
        line_end=link.line,
        title=title or None,
        authors=link.authors,
        notes=(link.note,) if link.note else (),
        keywords=tuple(listed(link.attributes.get("tags", ""))),
        ids=(url, link.title, link.note),
        urls=(url,) if url.startswith("http") else (),
        added=added if len(added) > 8 else None,
    )


def _links(source: str) -> Iterator[_Link]:
    """The links in order, each with its text and the note that follows it."""
    line, counted, opened, within = 1, 0, None, 0
    link: _Link | None = None
    marks = [*_MARK.finditer(source)]
    ends = [*(mark.start() for mark in marks[1:]), len(source)]
    for mark, inner_end in zip(marks, ends, strict=False):
        line += source.count("\n", counted, mark.start())
        counted = mark.start()
        name = mark["name"].casefold()
        words = html.unescape(source[mark.end() : inner_end]).strip()
        opens = not mark["end"]
        if name == "outline":
            outline = _outline(line, _attributes(mark["attributes"])) if opens else None
            if outline and link and within > 0 and not outline.attributes["url"]:
                link = _with_point(link, outline)
            elif outline:
                yield from [link] if link else []
                link, within = outline, 0
            closes = not opens or mark["attributes"].rstrip().endswith("/")
            within += (1 if opens else 0) - (1 if closes else 0)
        elif name == "a" and opens:
            yield from [link] if link else []
            link, opened = _Link(line, _attributes(mark["attributes"]), words, ""), "a"
        elif link and name == "dd" and opens:
            link, opened = link._replace(note=words), "dd"
        elif link and opened == "a" and name == "a":
            opened = None
        elif link and opened and name not in ("dt", "dl", "li", "p", "h3"):
            link = _longer(link, opened, words)
        else:
            opened = None
    yield from [link] if link else []


def _longer(link: _Link, opened: str, words: str) -> _Link:
    # A tag that is never closed would add the rest of the file, piece by piece.
    if len(link.title) + len(link.note) > _MOST_WORDS:
        return link
    if opened == "a":
        return link._replace(title=f"{link.title} {words}".strip())
    return link._replace(note=f"{link.note} {words}".strip())


def _with_point(link: _Link, point: _Link) -> _Link:
    """A link with a point below it in an outline: its authors, or what is said of it."""
    names = names_in(point.title) if not link.authors and not link.note else None
    if names:
        return link._replace(authors=names.names)
    return _longer(link, "dd", f"\n{point.title} {point.note}".rstrip())


def _outline(line: int, attributes: Mapping[str, str]) -> _Link:
    title = without_html(attributes.get("title") or attributes.get("text") or "")
    url_match = _URL.search(attributes.get("text", ""))
    url = attributes.get("url") or attributes.get("htmlurl") or (url_match[0] if url_match else "")
    return _Link(line, {**attributes, "url": url}, title, attributes.get("_note", ""))


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].casefold(): html.unescape(match[2] or match[3] or "")
        for match in _ATTRIBUTE.finditer(text)
    }


FORMAT = Format("link_export", _likeness, _entries)
