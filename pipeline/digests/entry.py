"""From the lines of one paper to its entry: title, authors, link, abstract, words, tags, mentions.

Each arXiv id that the lines print ends as the own one of the entry or as one of its mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.digests import markdown
from pipeline.digests.dates import Dated, dated
from pipeline.digests.document import Piece
from pipeline.digests.fields import FieldName
from pipeline.digests.header import head_of, is_abstract
from pipeline.digests.heads import authors_in, head_of_line, remark_of
from pipeline.digests.labels import is_footer_line, link_of_line
from pipeline.digests.lines import Line
from pipeline.digests.names import Names, names_in
from pipeline.digests.own_id import own_id
from pipeline.digests.prose import links, listed_tags, mentions, tags_in, tags_of_line, without_code
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.digests.titles import file_title, is_section_name, looks_like_title, stated_title
from pipeline.digests.told import EntryHead, Told, told_by
from pipeline.model.folding import folded_title
from pipeline.model.records import Entry, Mention

_SENTENCE_CHARACTERS = 500
_WORDS_OF_NICKNAME = 3
_TAGS_FROM_BEHIND = re.compile(r"(?:[^\s#]++#\s++)+")
"""Tags at the end of a text, which is read backwards."""


def entry_of(file: str, piece: Piece) -> Entry:
    """The entry that a piece is."""
    told = told_by(piece)
    head = _head(piece, told)
    abstract, words = _abstract_and_words(piece, told, head)
    words = [*(_words_of(piece, line) for line in told.stated), *words]
    footer = [text for text in words if is_footer_line(text)]
    words = [text for text in words if not is_footer_line(text)]
    said = markdown.without_tags(without_code("\n".join(words)))
    own = own_id(piece, told, head)
    title, nicknames = _title(piece, told, head)
    # Where the title is stated elsewhere, a first line that looked like one is the reader's word.
    words = [*_untitled(head, title, (*nicknames, *head.names)), *words]
    commentary = "\n".join(text for text in words if tags_of_line(text) is None).strip() or None
    if piece.kind == "note" and (own or piece.matter.fields):
        named = file_title(file)
        title, nicknames = title or named, (*nicknames, *_short(named))
    authors = _authors(piece, told) or head.authors
    first, last = piece.first_line or piece.lines[0].number, piece.lines[-1].last
    day = piece.day or _stated_day(piece, told)
    return Entry(
        file=file,
        line_start=min(first, piece.lines[0].number),
        line_end=last,
        date=day.day if day else None,
        title=title,
        authors=authors.names if authors else None,
        authors_complete=authors.complete if authors else False,
        abstract=abstract or next(iter(piece.matter.all("abstract")), None),
        commentary=commentary,
        tags=_tags(piece, told, said),
        arxiv_id=own,
        links=_links(piece, head),
        mentions=_mentions(piece, own, commentary or "", "\n".join(footer)),
        date_precision=day.precision if day else "day",
        names=tuple(dict.fromkeys(name for name in (*nicknames, *head.names) if name != title)),
        published=published_of(_stated(piece, told, "published", "year")),
        venue=venue_of(_stated(piece, told, "venue")),
        doi=doi_of(_stated(piece, told, "doi")),
    )


def _untitled(head: EntryHead, title: str | None, names: Sequence[str]) -> list[str]:
    """The title of the head where it is neither the entry's title, a part of it, nor a name."""
    if not head.title or not title or is_section_name(head.title):
        return []
    own, known = folded_title(head.title), [folded_title(name) for name in (title, *names)]
    return [] if any(own in each or each in own for each in known) else [head.title]


def _stated(piece: Piece, told: Told, *names: FieldName) -> str | None:
    """What the first field of these names says, in front matter or on a line of its own."""
    values = (*piece.matter.all(*names), *told.all(*names))
    return next((markdown.unmarked(value) for value in values), None)


def _head(piece: Piece, told: Told) -> EntryHead:
    """The title, authors and links that a piece begins with, and what is left of its lines."""
    first = piece.lines[0]
    rest = list(told.rest)
    below = piece.lines[1].body if len(piece.lines) > 1 else ""
    linked = link_of_line(first.body) is not None and looks_like_title(below, words=3)
    listed = first.kind in ("heading", "item") or piece.kind == "item"
    if rest and rest[0] is first and listed and not linked:
        head = head_of_line(first.body)
        url = (head.url,) if head.url else ()
        whole = first.kind == "heading" or piece.is_title or looks_like_title(first.body)
        headed = _plain(first.body) if whole and not head.title else None
        title = head.title or (None if headed and is_section_name(headed) else headed)
        words = tuple(_words_of(piece, line) for line in rest[1:])
        if headed:
            remark = "" if title else first.text
        else:
            remark = remark_of(head, None) if title else markdown.said_beside_ids(first.body)
        remark = remark if remark and not markdown.is_label(remark) else ""
        return EntryHead(title, head.names, head.authors, url, (remark, *words))
    texts = [line.body if line.kind == "item" and linked else line.text for line in rest]
    found = head_of(texts)
    return EntryHead(
        found.title, (), found.authors, found.links, (found.rest, *texts[found.lines :])
    )


def _plain(body: str) -> str | None:
    text = markdown.flat(markdown.without_badges(body), frozenset())
    tags = _TAGS_FROM_BEHIND.match(text[::-1])
    return (text[: -tags.end()] if tags else text) or None


def _words_of(piece: Piece, line: Line) -> str:
    """A line as it goes into the reader's words: without its bullet in a list, else as written."""
    return line.body if piece.kind == "item" else line.text


def _short(name: str | None) -> tuple[str, ...]:
    """A file's name as a nickname: one of a few words."""
    return (name,) if name and len(name.split()) <= _WORDS_OF_NICKNAME else ()


def _title(piece: Piece, told: Told, head: EntryHead) -> tuple[str | None, tuple[str, ...]]:
    """The stated title, else that of the head or of a heading below it; and nicknames."""
    nicknames = [*piece.matter.all("nickname"), *told.all("nickname")]
    short = tuple(name for each in nicknames for name in each.split(",") if len(name) <= 60)
    names = tuple(name.strip() for name in short if name.strip())
    stated = [*piece.matter.all("title", "paper"), *told.all("title", "paper")]
    for text in stated:
        linked = [each.label for each in markdown.markdown_links(text[:2000])[:1]]
        title, more = stated_title(markdown.unmarked(next(iter(linked), text)))
        if title:
            as_headed = folded_title(title) == folded_title(head.title or "")
            return (head.title if as_headed else title), (*names, *more)
    if head.title and not is_section_name(head.title):
        title, more = stated_title(head.title) if piece.kind != "digest" else (head.title, ())
        return title or None, (*names, *more)
    if piece.kind != "note":
        return None, names
    headings = (line.body for line in piece.lines if line.kind == "heading")
    for text in headings:
        title, more = stated_title(markdown.unmarked(text))
        if title:
            return title, (*names, *more)
    return None, names


def _authors(piece: Piece, told: Told) -> Names | None:
    listed = piece.matter.all("authors") or told.all("authors")
    if not listed:
        return _authors_below(piece, told)
    plain = [markdown.unmarked(text).replace("[[", "").replace("]]", "") for text in listed]
    if len(plain) > 1:
        found = [names_in(text, sure=True) for text in plain]
        whole = [each for each in found if each]
        names = tuple(name for each in whole for name in each.names)
        return Names(names, all(each.complete for each in whole)) if names else None
    return names_in(plain[0], sure=True)


def _authors_below(piece: Piece, told: Told) -> Names | None:
    first = piece.lines[0]
    if piece.kind != "item" and first.kind != "heading" and not first.body.startswith("**"):
        return None
    head = head_of_line(piece.lines[0].body)
    if head.authors:
        return head.authors
    for line in told.rest[1:3]:
        listed = names_in(markdown.unmarked(markdown.flat(line.body, frozenset())))
        names = authors_in(line.body) if listed else None
        if names:
            return names
    return None


def _abstract_and_words(piece: Piece, told: Told, head: EntryHead) -> tuple[str | None, list[str]]:
    stated = next(iter(told.all("abstract")), None)
    authors = _authors_below(piece, told)
    body = [text for text in head.rest if text.strip()]
    if authors and not head.authors:
        body = [text for text in body if names_in(markdown.unmarked(text)) is None]
    start = 0
    if piece.kind == "item":
        start = next((at for at, text in enumerate(body) if text.startswith(">")), 0)
    quoted = list(takewhile(lambda text: text.startswith(">"), body[start:]))
    if quoted:
        kept = [*body[:start], *body[start + len(quoted) :]]
        return stated or "\n".join(text.lstrip("> ").strip() for text in quoted), kept
    # A long text is an abstract where a digest keeps it: behind a title with its authors.
    kept_here = stated is None and (piece.kind == "digest" or head.authors is not None)
    found = list(takewhile(is_abstract, body)) if kept_here else []
    # Without a word of the reader's language the first line alone can be told from the rest.
    if not markdown.has_hangul("".join(body)):
        found = found[:1]
    return stated or "\n".join(found) or None, body[len(found) :]


def _stated_day(piece: Piece, told: Told) -> Dated | None:
    names: tuple[FieldName, ...] = ("added", "date", "published", "year")
    stated = [*piece.matter.all(*names), *told.all(*names)]
    if piece.kind == "item":
        stated.append(_bracketed_date(piece.lines[0].body))
    return next(filter(None, map(dated, stated)), None)


def _bracketed_date(body: str) -> str:
    match = re.search(
        r"(?:^|[\[(（`])\s*((?:19|20)\d\d[-./年]\s?\d{1,2}(?:[-./月]\s?\d{1,2})?)", body[:3000]
    )
    return match[1] if match else ""


def _tags(piece: Piece, told: Told, said: str) -> tuple[str, ...]:
    listed = [*piece.matter.all("tags"), *told.all("tags")]
    stated = [tag for text in listed for tag in listed_tags(text)]
    written = [tag for line in said.split("\n") for tag in tags_in(line)]
    first = tags_in(piece.lines[0].body) if piece.kind != "digest" else ()
    return tuple(dict.fromkeys((*stated, *first, *written)))


def _links(piece: Piece, head: EntryHead) -> tuple[str, ...]:
    stated = [f.value for f in piece.matter.fields if "://" in f.value]
    digest = piece.kind == "digest"
    # An abstract's links are the authors' own.
    written = [*head.rest] if digest else [markdown.without_badges(x.body) for x in piece.lines]
    written = [text for text in written if not (digest and is_abstract(text))]
    found = links("\n".join([*stated, *written]))
    return tuple(dict.fromkeys([*head.links, *found]))


def _mentions(piece: Piece, own: str | None, commentary: str, footer: str) -> tuple[Mention, ...]:
    """The mentions of the words, then each id of the other lines that is named in none of them."""
    found = mentions(without_code(commentary), footer)
    kept = [m for m in found if m.note or m.arxiv_id != own]
    known = {own, *(m.arxiv_id for m in kept)}
    texts = [f.value for f in piece.matter.fields] + [line.text for line in piece.lines]
    for text in texts:
        for arxiv_id in markdown.ids_in(text):
            if arxiv_id not in known:
                known.add(arxiv_id)
                kept.append(Mention(arxiv_id, None, text[:_SENTENCE_CHARACTERS]))
    return tuple(kept)
