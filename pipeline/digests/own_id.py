"""Which of the ids that an entry prints is its own: by label and place, else the first.

In notes about one paper the first printed id is the note's own in 97 of 100; it is a mention where
the text says so (`reminds me of`), or stands in the prose of a note that begins with prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line, title_before_names
from pipeline.digests.bylines import PASSING, byline, is_byline, linked_line
from pipeline.digests.document import Piece
from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, link_of_line
from pipeline.digests.lines import Line
from pipeline.digests.names import SENTENCE
from pipeline.digests.statements import EntryHead, Statements
from pipeline.digests.titles import stated_title
from pipeline.digests.titling import named_by_id
from pipeline.model.folding import folded_title

_IDENTIFYING: tuple[FieldName, ...] = ("arxiv", "paper", "link", "title", "id", "doi")
_CITATION = re.compile(
    r"\bet\.? al\b|\w[,\s]\s?\(?(?:19|20)\d\d\b|^[\[(]?(?:\d{1,3}|(?:19|20)\d\d[a-z]?)[\])]?$"
)
_NAME = re.compile(r"[A-Z0-9]|[a-z]{3} [a-z]{3}")
_AND = {"and", "und", "et", "y", "и", "및", "和", "と"}
_WORD = re.compile(r"[^\s()\[\]<>]++")
_WORDS_OF_SENTENCE = 3
_LINES_OF_HEAD = 4
_LOOKED_AT_IDS = 12
_LONG_WORD = re.compile(r"\w{3,}")


def own_id(piece: Piece, statements: Statements, head: EntryHead) -> str | None:
    """The id by label and place: a field, the head, a line of links; in a note, the first."""
    fields = [*piece.matter.fields, *statements.fields]
    stated = [f.value for name in _IDENTIFYING for f in fields if f.name == name]
    # `Where: https://arxiv.org/...` names no venue.
    stated += [f.value for f in fields if f.name == "venue" and len(markdown.ids_in(f.value)) == 1]
    first = piece.lines[0]
    headed = first.kind == "heading" and len(markdown.ids_in(first.body)) == 1
    placed = [*stated, *head.links]
    if piece.kind == "item":
        placed += _item_places(piece)
    elif piece.kind == "note":
        placed += [*([first.body] if headed else []), *_below_title(piece)]
    if not _begins_with_prose(piece):
        placed += [line.body for line in statements.link_lines]
    if piece.kind == "digest" or not piece.own_by_place:
        placed += [text for text in head.rest if link_of_line(text) and "://" not in text]
    arxiv_id = next(_ids(placed), None)
    arxiv_id = arxiv_id or _of_same_title(piece)
    return arxiv_id or (_own_by_place(piece, statements) if piece.kind != "digest" else None)


def _of_same_title(piece: Piece) -> str | None:
    """The id that a note prints in a reference to the paper that its heading is the title of."""
    first = piece.lines[0]
    own = stated_title(markdown.unmarked(first.body))[0] if first.kind == "heading" else None
    if piece.kind != "note" or own is None:
        return None
    ids = islice(dict.fromkeys(_ids(line.body for line in piece.lines[1:])), _LOOKED_AT_IDS)
    for arxiv_id in ids:
        named = named_by_id(piece.lines, arxiv_id)
        if named and folded_title(named.title) == folded_title(own):
            return arxiv_id
    return None


def _item_places(piece: Piece) -> list[str]:
    body = markdown.without_badges(piece.lines[0].body)
    head = head_of_line(piece.lines[0].body)
    labelled = [link.url for link in markdown.markdown_links(body) if markdown.is_label(link.label)]
    bare = "" if markdown.is_paper_link(head.url) else markdown.MARKDOWN_LINK.sub("", body)
    # A title that leads to another place of papers is no paper of arXiv that is named beside it.
    return [*labelled, bare]


def _ids(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from markdown.ids_in(text)


def _begins_with_prose(piece: Piece) -> bool:
    """Whether a note has no title and no link before its first sentence: it is of no one paper."""
    first = piece.lines[0]
    elsewhere = first.text.endswith((".", "。", "!", "?")) or "://" in first.text[:8]
    return piece.kind == "note" and first.kind == "text" and elsewhere and not piece.matter.fields


def _own_by_place(piece: Piece, statements: Statements) -> str | None:
    """The first id that is printed as a link called `paper`, else the first that is no mention."""
    if piece.kind == "item":
        url = head_of_line(piece.lines[0].body).url
        elsewhere = any(markdown.is_paper_link(line.body) for line in statements.link_lines)
        return (
            None
            if elsewhere or markdown.is_paper_link(url)
            else next(_ids(_may_name(piece, statements)), None)
        )
    lines = [line for line in statements.other_lines if line.kind != "code"]
    for line in lines:
        for link in markdown.markdown_links(line.body[:4000]):
            ids_of_link = markdown.ids_in(link.url)
            named = field_of(link.label) in ("paper", "link", "arxiv") and ids_of_link
            if named and not _is_prose(line.body[: link.start], line.body[link.end :]):
                return ids_of_link[0]
    if not piece.own_by_place or _begins_with_prose(piece):
        return None
    title = " ".join([*piece.matter.all("title"), piece.lines[0].body])
    signed = title if _is_signed(piece, statements) else None
    ids = (arxiv_id for line in lines for arxiv_id in _first_of_line(line, title))
    ids = (each for each in ids if not _is_of_another(piece, each, signed))
    return next(ids, None) or next(_ids(field.value for field in piece.matter.fields), None)


def _is_signed(piece: Piece, statements: Statements) -> bool:
    """Whether a note states who wrote its paper, so that its title is that of the paper."""
    below = piece.lines[1:_LINES_OF_HEAD]
    stated = piece.matter.all("authors") or statements.all("authors")
    return bool(stated) or any(line.kind == "text" and _are_names(line.body) for line in below)


def _are_names(body: str) -> bool:
    return bool(names_of_line(body) or title_before_names(body))


def _is_of_another(piece: Piece, arxiv_id: str, title: str | None) -> bool:
    """Whether an id stands within a sentence, or beside a title that is not as that of its paper.

    One title is as the other where it begins with it.
    """
    if any(_is_within_sentence(line, arxiv_id) for line in piece.lines):
        return True
    named = named_by_id(piece.lines, arxiv_id) if title else None
    own, other = (
        folded_title(markdown.unmarked(title or "")),
        folded_title(named.title if named else ""),
    )
    return bool(other) and not (own.startswith(other) or other.startswith(own))


def _is_within_sentence(line: Line, arxiv_id: str) -> bool:
    """Whether a line prints an id behind words of prose and before others."""
    if line.kind not in ("text", "quote", "item") or arxiv_id not in markdown.ids_in(line.body):
        return False
    plain = markdown.unmarked(line.body[:2000])
    before, _, after = plain.partition(arxiv_id)
    return _is_prose(before, after)


def _is_prose(before: str, after: str) -> bool:
    """Whether what stands before an id and behind it are words of prose."""
    small = sum(word[:1].islower() and "://" not in word for word in _WORD.findall(before))
    goes_on = any(any(map(str.isalpha, word)) for word in _WORD.findall(after))
    return small >= _WORDS_OF_SENTENCE and goes_on


def _may_name(piece: Piece, statements: Statements) -> Iterator[str]:
    """The lines of an item that may print its id: of a paper in a paragraph none of its prose."""
    for line in statements.other_lines:
        prose = PASSING.search(line.body[:2000]) or SENTENCE.search(line.body[:2000])
        if line is piece.lines[0] or not (piece.is_title and prose) or is_byline(line.body):
            yield line.body


def _first_of_line(line: Line, title: str) -> Iterator[str]:
    """The first id of a line, unless its words say that the paper is another one."""
    ids = markdown.ids_in(line.body)
    if not ids or PASSING.search(line.body[:2000]):
        return
    links_of_id = (link for link in markdown.markdown_links(line.body[:4000]) if ids[0] in link.url)
    label = next((link.label for link in links_of_id), None)
    if label is None or not title or not _is_another(label, title):
        yield ids[0]


def _is_another(label: str, title: str) -> bool:
    """Whether a link is called as another paper is: by a name or a citation, not `here`."""
    shared = {*_LONG_WORD.findall(label.casefold())} & {*_LONG_WORD.findall(title.casefold())}
    if len(shared) > 1:
        return False
    if _CITATION.search(label):
        return True
    return not markdown.is_label(label) and _NAME.search(label) is not None and not shared


def _below_title(piece: Piece) -> Iterator[str]:
    """The line of links, or the byline, that a note begins with below its heading and fields."""
    below = [line for line in piece.lines if line.kind not in ("rule", "code", "heading", "record")]
    first = next((line for line in below if not fields_of_line(line.body)), None)
    if first and _is_links_alone(first.body[:4000]):
        yield first.body
    if piece.lines[0].kind == "heading":
        line = byline(below) or linked_line(piece.lines[0].body, below)
        yield from [line.body] if line else []


def _is_links_alone(body: str) -> bool:
    without_links = re.sub(r"https?://\S+", " ", markdown.MARKDOWN_LINK.sub(" ", body))
    return all(word in _AND for word in re.findall(r"[^\W\d_]+", without_links))
