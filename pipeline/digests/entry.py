"""From the lines of one paper to its entry: title, authors, link, abstract, words, tags, mentions.

Each arXiv id that the lines print ends as the own one of the entry or as one of its mentions.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.document import Piece
from pipeline.digests.header import OpeningLines, head_of, is_abstract
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import is_footer_line, link_of_line
from pipeline.digests.leads import without_state
from pipeline.digests.lines import Line
from pipeline.digests.names import AuthorList
from pipeline.digests.own_id import own_id
from pipeline.digests.prose import (
    links,
    listed_tags,
    mentions,
    tags_in,
    tags_of_line,
    without_code,
    without_ending_tags,
    without_tags_behind,
)
from pipeline.digests.publication import (
    doi_links,
    doi_of,
    venue_aside,
    venue_of,
)
from pipeline.digests.remarks import remark_of
from pipeline.digests.signed import authors_below, authors_of
from pipeline.digests.stated_days import (
    aside_of,
    day_of_reading,
    is_day_alone_of,
    published_in,
    stated,
)
from pipeline.digests.statements import EntryHead, Statements, statements_of
from pipeline.digests.titles import file_title, is_section_name, looks_like_title
from pipeline.digests.titling import (
    NamedPaper,
    named_below_heading,
    named_by_id,
    short_name,
    title_of,
)
from pipeline.model.folding import folded_title
from pipeline.model.plain_tex import printed_title
from pipeline.model.records import Entry, Mention

_SENTENCE_CHARACTERS = 500
_CALLOUT = re.compile(r"[>\s]*\[!(\w{1,20})\][+-]?\s*")
_OF_ABSTRACT = frozenset("abstract summary tldr quote cite".split())


def entry_of(file: str, piece: Piece) -> Entry:
    """The entry that a piece is."""
    statements = statements_of(piece)
    head = _head(piece, statements)
    day = day_of_reading(piece, statements)
    abstract, words = _abstract_and_words(piece, statements, head)
    fact_lines = [line for line in statements.fact_lines if not is_day_alone_of(line, day)]
    words = [*(_words_of(piece, line) for line in fact_lines), *words]
    footer = [text for text in words if is_footer_line(text)]
    words = [text for text in words if not is_footer_line(text)]
    own_arxiv_id = own_id(piece, statements, head)
    paper = _named(file, piece, statements, head, own_arxiv_id)
    plain_words = markdown.without_tags(without_code("\n".join(words)))
    words = [*_untitled(piece, head, paper), *(text for text in words if text != paper.text)]
    commentary = "\n".join(text for text in words if tags_of_line(text) is None).strip() or None
    authors = paper.authors or authors_of(piece, statements) or head.authors
    return Entry(
        file=file,
        line_start=min(piece.first_line or piece.lines[0].number, *map(_number, piece.lines)),
        line_end=max(line.last for line in piece.lines),
        date=day.day if day else None,
        title=_printed(paper.title),
        authors=authors.names if authors else None,
        authors_complete=authors.complete if authors else False,
        abstract=abstract or next(iter(piece.matter.all("abstract")), None),
        commentary=commentary,
        tags=_tags(piece, statements, plain_words),
        arxiv_id=own_arxiv_id,
        links=_links(piece, head),
        mentions=_mentions(piece, own_arxiv_id, commentary or "", "\n".join(footer)),
        date_precision=day.precision if day else "day",
        names=tuple(dict.fromkeys(name for name in paper.names if name != paper.title)),
        published=published_in(piece, statements),
        venue=venue_of(stated(piece, statements, "venue"), aside_of(piece, venue_aside)),
        doi=doi_of(stated(piece, statements, "doi"), *doi_links(head.links, own_arxiv_id)),
    )


def _printed(title: str | None) -> str | None:
    """A title as TeX prints it; as it is where a formula in it has no end."""
    return printed_title(title) if title and title.count("$") % 2 == 0 else title


def _number(line: Line) -> int:
    return line.number


class _TitleAndAuthors(NamedTuple):
    """What the paper of an entry is called, who wrote it, and the line that says these alone."""

    title: str | None
    names: tuple[str, ...]
    authors: AuthorList | None
    text: str | None


def _named(
    file: str, piece: Piece, statements: Statements, head: EntryHead, arxiv_id: str | None
) -> _TitleAndAuthors:
    title, nicknames = title_of(piece, statements, head)
    named = named_below_heading(piece.lines) or _named_elsewhere(piece, title, arxiv_id)
    if named and named.line:
        nicknames = (*nicknames, *short_name(title))
    title = named.title if named else title
    if piece.kind == "note" and (arxiv_id or piece.matter.fields):
        title_of_file = file_title(file)
        if piece.own_by_place:
            # A file with several papers is none of their names.
            title, nicknames = title or title_of_file, (*nicknames, *short_name(title_of_file))
    text = named.line.text if named and named.line else None
    return _TitleAndAuthors(
        title, (*nicknames, *head.names), named.authors if named else None, text
    )


def _untitled(piece: Piece, head: EntryHead, paper: _TitleAndAuthors) -> list[str]:
    """The title of the head where it is neither the entry's title, a part of it, nor a name.

    Where the title is stated elsewhere, a first line that looked like one is the reader's word.
    """
    if not head.title or not paper.title or head.title == paper.title:
        return []
    _, byline = authors_below(piece)
    if is_section_name(head.title):
        return []
    if byline and head.title == byline.text:
        return []
    headed = folded_title(head.title)
    known_titles = [folded_title(name) for name in (paper.title, *paper.names)]
    return [] if any(headed in known or known in headed for known in known_titles) else [head.title]


def _named_elsewhere(piece: Piece, title: str | None, arxiv_id: str | None) -> NamedPaper | None:
    """The title by the own id, where there is no other or it stands there with its authors."""
    if piece.kind in ("digest", "row") or piece.matter.fields:
        return None
    named = named_by_id(piece.lines, arxiv_id) if not title or piece.kind == "note" else None
    return named if named and (named.authors or not title) else None


def _head(piece: Piece, statements: Statements) -> EntryHead:
    """The title, authors and links that a piece begins with, and what is left of its lines."""
    first = piece.lines[0]
    lines = list(statements.other_lines)
    below = piece.lines[1].body if len(piece.lines) > 1 else ""
    linked = link_of_line(first.body) is not None and looks_like_title(below, words=3)
    listed = first.kind in ("heading", "item") or piece.kind == "item"
    if lines and lines[0] is first and listed and not linked:
        head = head_of_line(first.body)
        url = (head.url,) if head.url else ()
        is_title = first.kind == "heading" or piece.is_title or looks_like_title(first.body)
        # A printed reference without a title has none.
        headed = None if head.title or head.authors or not is_title else _plain(first.body)
        title = head.title or (None if headed and is_section_name(headed) else headed)
        words = tuple(_words_of(piece, line) for line in lines[1:])
        if headed:
            remark = "" if title else first.text
        else:
            remark = remark_of(head, None) if title else markdown.said_beside_ids(first.body)
        beside = markdown.said_beside_ids(remark) if remark else ""
        is_label = markdown.is_label(remark) and markdown.is_label(beside)
        remark = "" if is_label and not markdown.names_ids_in_words(remark) else remark
        return EntryHead(title, head.names, head.authors, url, (remark, *words))
    texts = [line.body if line.kind == "item" and linked else line.text for line in lines]
    header = head_of(texts)
    behind_id = bool(lines) and lines[0] not in piece.lines and header.title == lines[0].text
    is_remark = behind_id and not looks_like_title(lines[0].text, words=1)
    is_remark = is_remark and not markdown.is_label(lines[0].text)
    if is_remark or _is_stated(statements, header) or _is_of_another(piece, statements, header):
        return EntryHead(None, (), None, (), tuple(texts))
    return EntryHead(
        header.title, (), header.authors, header.links, (header.rest, *texts[header.lines :])
    )


def _is_stated(statements: Statements, header: OpeningLines) -> bool:
    """Whether labels state what a head seems to: then its lines are what a reader says."""
    titles = list(map(folded_title, statements.all("title")))
    if header.authors:
        return bool(titles and statements.all("authors"))
    headed = folded_title(header.title or "")
    return bool(titles and headed and header.links) and headed not in titles


def _is_of_another(piece: Piece, statements: Statements, header: OpeningLines) -> bool:
    """Whether a note that states its id begins with a line that is no title, or another paper's."""
    fields = [*piece.matter.all("arxiv"), *statements.all("arxiv")]
    own_ids = {arxiv_id for value in fields for arxiv_id in markdown.ids_in(f"arXiv:{value}")}
    if piece.kind != "note" or not own_ids or not header.title or header.authors:
        return False
    if is_section_name(header.title):
        return False
    linked_ids = {arxiv_id for link in header.links for arxiv_id in markdown.ids_in(link)}
    return bool(linked_ids - own_ids) or not looks_like_title(header.title, words=2)


def _plain(body: str) -> str | None:
    text = without_state(markdown.flat(markdown.without_badges(body), frozenset()))
    return without_tags_behind(text) or None


def _words_of(piece: Piece, line: Line) -> str:
    """A line as it goes into the reader's words: without its bullet in a list, else as written."""
    return line.body if piece.kind == "item" else line.text


def _abstract_and_words(
    piece: Piece, statements: Statements, head: EntryHead
) -> tuple[str | None, list[str]]:
    own = next(iter(statements.all("abstract")), None)
    _, line = authors_below(piece)
    body = [text for text in head.rest if text.strip()]
    if line and not head.authors:
        body = [text for text in body if text not in (line.text, line.body)]
    start = 0
    if piece.kind == "item":
        start = next((at for at, text in enumerate(body) if text.startswith(">")), 0)
    quoted = list(takewhile(lambda text: text.startswith(">"), body[start:]))
    called = _CALLOUT.match(quoted[0]) if quoted else None
    if called and called[1].lower() not in _OF_ABSTRACT:
        return own, [*body[:start], quoted[0][called.end() :], *body[start + 1 :]]
    if quoted:
        quoted[0] = quoted[0][called.end() :] if called else quoted[0]
        other_lines = [*body[:start], *body[start + len(quoted) :]]
        return own or "\n".join(text.lstrip("> ").strip() for text in quoted), other_lines
    # A long text is an abstract where a digest keeps it: behind a title with its authors.
    keeps_abstract = own is None and (piece.kind == "digest" or head.authors is not None)
    abstract_lines = list(takewhile(is_abstract, body)) if keeps_abstract else []
    # Without a word of the reader's language the first line alone can be told from the rest.
    if not markdown.has_hangul("".join(body)):
        abstract_lines = abstract_lines[:1]
    said = [without_ending_tags(text) for text in abstract_lines]
    abstract, tags = "\n".join(text for text, _ in said), [tags for _, tags in said if tags]
    return own or abstract or None, [*tags, *body[len(abstract_lines) :]]


def _tags(piece: Piece, statements: Statements, plain_words: str) -> tuple[str, ...]:
    listed = [*piece.matter.all("tags"), *statements.all("tags")]
    fields = [tag for text in listed for tag in listed_tags(text)]
    written = [tag for line in plain_words.split("\n") for tag in tags_in(line)]
    first = tags_in(piece.lines[0].body) if piece.kind != "digest" else ()
    _, byline = authors_below(piece)
    beside = tags_in(byline.body) if byline else ()
    return tuple(dict.fromkeys((*fields, *first, *beside, *written)))


def _links(piece: Piece, head: EntryHead) -> tuple[str, ...]:
    fields = [f.value for f in piece.matter.fields if "://" in f.value]
    digest = piece.kind == "digest"
    # An abstract's links are the authors' own.
    written = [*head.rest] if digest else [markdown.without_badges(x.body) for x in piece.lines]
    written = [text for text in written if not (digest and is_abstract(text))]
    printed_links = links("\n".join([*fields, *written]))
    return tuple(dict.fromkeys([*head.links, *printed_links]))


def _mentions(
    piece: Piece, own_arxiv_id: str | None, commentary: str, footer: str
) -> tuple[Mention, ...]:
    """The mentions of the words, then each id of the other lines that is named in none of them."""
    sentence_mentions = mentions(without_code(commentary), footer)
    all_mentions = [m for m in sentence_mentions if m.note or m.arxiv_id != own_arxiv_id]
    seen_ids = {own_arxiv_id, *(m.arxiv_id for m in all_mentions)}
    texts = [f.value for f in piece.matter.fields] + [line.text for line in piece.lines]
    for text in texts:
        for arxiv_id in markdown.ids_in(text):
            if arxiv_id not in seen_ids:
                seen_ids.add(arxiv_id)
                all_mentions.append(Mention(arxiv_id, None, text[:_SENTENCE_CHARACTERS]))
    return tuple(all_mentions)
