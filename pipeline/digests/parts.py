"""The parts of an entry, put together from its lines; the same for a digest and for a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from pipeline.digests.dates import is_date_line
from pipeline.digests.header import (
    HANGUL,
    LATIN,
    Authors,
    authors_of_line,
    header_of,
    is_title_alone,
    plain_title,
)
from pipeline.digests.prose import links, mentions, tags_in, tags_of_line, without_code
from pipeline.model.ids import normal_arxiv_id, printed_ids
from pipeline.model.records import Entry

ABSTRACT_CHARACTERS = 200
"""A line of another language than the commentary is an abstract from so many characters on."""

LOOKED_AT_LINES = 200
"""How many lines of a file are looked at to know its format."""

_FOOTER = re.compile(r"#+\s*links\s*|(?:[-*]\s+)?(?:\[\[[^\]]+\]\][\s,]*)+", re.IGNORECASE)
_LINK_LINE = re.compile(
    r"<?(?P<link>https?://[^\s<>\[\]]+)>?|\[[^\]]*\]\((?P<target>https?://[^\s)]+)\)"
)
_LINKED_TITLE = re.compile(
    r"\[(?P<a>[^\]]{2,250})\]\((?P<la>https?://[^\s)]+)\)(?P<ra>.*)"
    r"|(?P<b>[^()\[\]]{2,250}?)\s*(?:\((?P<lb>https?://[^\s)]+)\)|(?P<lc>https?://\S+))(?P<rb>.*)"
)


class Line(NamedTuple):
    """A line of a file and its number, from 1."""

    number: int
    text: str


class Head(NamedTuple):
    """What an entry begins with, what is left of its last line, and how many lines it takes."""

    links: tuple[str, ...]
    title: str | None
    authors: Authors | None
    rest: str
    lines: int


def is_digest_line(line: str | None) -> bool:
    """Whether a line is one that only a plain digest has: a date, or an author list, alone."""
    return line is not None and (is_date_line(line) or authors_of_line(line) is not None)


def link_of_line(line: str) -> str | None:
    """The link or arXiv id that a line is, with nothing beside it; None for any other line."""
    text = line.strip().lstrip("|").strip()
    match = _LINK_LINE.fullmatch(text)
    if match:
        return match["link"] or match["target"]
    return text if normal_arxiv_id(text) else None


def is_footer_line(line: str) -> bool:
    """Whether a line only leads to other notes: `# Links`, or `[[wikilinks]]` alone."""
    return _FOOTER.fullmatch(line.strip()) is not None


def entry_of(file: str, day: date | None, block: Sequence[Line]) -> Entry:
    """The entry that a block of lines is: its head, then abstract, commentary, tags and footer."""
    texts = [line.text for line in block]
    head = head_of(texts)
    body = [text for text in (head.rest, *texts[head.lines :]) if text.strip()]
    footer = [text for text in body if is_footer_line(text)]
    body = [text for text in body if text not in footer]
    abstract, words = _abstract_and_rest(body)
    said = without_code("\n".join(words))
    tags = dict.fromkeys(tag for line in said.split("\n") for tag in tags_in(line))
    commentary = "\n".join(text for text in words if tags_of_line(text) is None).strip() or None
    alone = [text for text in words if link_of_line(text) and "://" not in text]
    own = next(filter(None, map(_own_id, [*head.links, *alone])), None)
    pointed = mentions(without_code(commentary or ""), "\n".join(footer))
    return Entry(
        file=file,
        line_start=block[0].number,
        line_end=block[-1].number,
        date=day,
        title=head.title,
        authors=head.authors.names if head.authors else None,
        authors_complete=head.authors.complete if head.authors else False,
        abstract="\n".join(abstract) or None,
        commentary=commentary,
        tags=tuple(tags),
        arxiv_id=own,
        links=tuple(dict.fromkeys((*head.links, *links(commentary or "")))),
        mentions=tuple(m for m in pointed if m.note or m.arxiv_id != own),
    )


def head_of(texts: Sequence[str]) -> Head:
    """Links, title and authors at the beginning of an entry; all of them may be missing."""
    found: list[str] = []
    for text in texts:
        link = link_of_line(text)
        if link is None:
            break
        found.append(link)
    rest = texts[len(found) :]
    between = _leading(rest[1:], lambda text: link_of_line(text) is not None)
    whole = header_of(rest)
    inside = len(between) if whole is None else 0
    header = whole or (header_of([*rest[:1], *rest[1 + inside :]]) if inside else None)
    if header:
        used = len(found) + inside + header.lines
        below = _leading(texts[used:], lambda text: link_of_line(text) is not None)
        given = filter(None, map(link_of_line, (*found, *between[:inside], *below)))
        return Head(tuple(given), header.title, header.authors, "", used + len(below))
    linked = _LINKED_TITLE.fullmatch(rest[0]) if rest and not found else None
    if linked:
        title = plain_title(linked["a"] or linked["b"])
        link = linked["la"] or linked["lb"] or linked["lc"]
        if not HANGUL.search(title) and len(title.split()) <= 40:
            return Head((link,), title, None, linked["ra"] or linked["rb"] or "", 1)
    if rest and is_title_alone(rest[0]) and tags_of_line(rest[0]) is None:
        return Head(tuple(found), plain_title(rest[0]), None, "", len(found) + 1)
    return Head(tuple(found), None, None, "", len(found))


def _own_id(link: str) -> str | None:
    return normal_arxiv_id(link) or next((p.arxiv_id for p in printed_ids(link)), None)


def _abstract_and_rest(body: Sequence[str]) -> tuple[list[str], list[str]]:
    quoted = _leading(body, lambda text: text.startswith(">"))
    if quoted:
        return [text.lstrip("> ").strip() for text in quoted], [*body[len(quoted) :]]
    found = _leading(body, _is_abstract)
    # Without a word of the reader's language the first line alone can be told from the rest.
    if not HANGUL.search("".join(body)):
        found = found[:1]
    return found, [*body[len(found) :]]


def _is_abstract(line: str) -> bool:
    if len(line) < ABSTRACT_CHARACTERS:
        return False
    hangul = len(HANGUL.findall(line))
    return hangul < 0.05 * len(LATIN.findall(line)) if hangul else LATIN.search(line) is not None


def _leading(texts: Sequence[str], accepts: Callable[[str], bool]) -> list[str]:
    return list(takewhile(accepts, texts))
