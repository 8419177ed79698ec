"""Where the entries of a plain digest and the papers of a note begin: with a title and authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.bylines import RECALLS
from pipeline.digests.dates import Dated
from pipeline.digests.document import Document, Piece
from pipeline.digests.front_matter import NONE
from pipeline.digests.header import MOST_LINES, authors_of_line, header_of, is_foreign_prose
from pipeline.digests.labels import fields_of_line, is_footer_line, link_of_line
from pipeline.digests.lines import Line
from pipeline.digests.prose import tags_of_line
from pipeline.digests.stanzas import Stanza, stanzas

_LINES_OF_HEAD = 4
"""A title, its authors, a link, and one fact or label beside them."""


def digest_pieces(lines: Sequence[Line], day: Dated | None) -> Iterator[Piece]:
    """The entries of a plain digest: each begins after tags, or with a title and its authors.

    Among them are such whose authors stand without brackets, or whose lines have labels.
    """
    others = _heads_of_other_styles(lines)
    starts = sorted({*_digest_starts([line.text for line in lines]), *others})
    for start, end in pairwise((*starts, len(lines))):
        if start in others:
            head = others[start].lines[: end - start]
            below = lines[start + len(head) : end]
            yield Piece("item", (*head, *below), day, is_title=True)
        else:
            yield Piece("digest", tuple(lines[start:end]), day)


def _heads_of_other_styles(lines: Sequence[Line]) -> dict[int, Stanza]:
    """By its first line each paragraph that has a title, authors and a link on lines of their own.

    A line with authors in brackets is left to the digest.
    """
    parted = [at for at, line in enumerate(lines) if line.parted or at == 0]
    heads: dict[int, Stanza] = {}
    for start, end in pairwise((*parted, len(lines))):
        paragraph = lines[start:end]
        first = paragraph[:_LINES_OF_HEAD]
        linked = any(markdown.is_paper_link(line.body) for line in first)
        if not linked or any(header_of([x.text]) or authors_of_line(x.text) for x in first):
            continue
        papers = stanzas(tuple(paragraph))
        if len(papers) == 1 and papers[0].head > 1 and any(map(_names_authors, first[1:])):
            heads[start] = papers[0]
    return heads


def _names_authors(line: Line) -> bool:
    stated = any(field.name == "authors" for field in fields_of_line(line.body))
    return stated or names_of_line(line.body) is not None


def _digest_starts(texts: Sequence[str]) -> Iterator[int]:
    ended, headed, head_ends = True, False, 0
    for index, text in enumerate(texts):
        if index < head_ends:
            continue
        head = _head_lines(texts, index, ended=ended)
        goes_on = is_footer_line(text) or (headed and is_foreign_prose(text)) or _recalls(text)
        if index == 0 or head or (ended and not goes_on):
            yield index
            headed = head > 0
        head_ends = index + head
        ended = tags_of_line(text) is not None or (ended and goes_on and not head)


def _recalls(text: str) -> bool:
    """Whether a line begins by saying what its link is like: `cf. https://...`."""
    return bool(markdown.ids_in(text)) and RECALLS.match(text) is not None


def _head_lines(texts: Sequence[str], index: int, *, ended: bool) -> int:
    """How many lines the links, title and authors that begin at `index` take; 0 if none do."""
    above = 0
    while index + above < len(texts) and link_of_line(texts[index + above]):
        above += 1
    following = texts[index + above : index + above + MOST_LINES]
    header = header_of(following)
    if header is None:
        return above if ended else 0
    # Within an entry only a title of one line with names below it is surely a new one; a remark
    # in parentheses has one word, or one word of Korean, more often than a list of authors has.
    names = header.authors.names
    listed = len(names) > 1 or len(names[0].split()) > 1
    bracketed = header.lines > 1 and (
        following[1].startswith(("(", "（")) or authors_of_line(following[1]) is not None
    )
    sure = ended or above or (bracketed and listed)
    return above + header.lines if sure else 0


def note_pieces(document: Document, every: Sequence[Line], day: Dated | None) -> Iterator[Piece]:
    """The note that a text is; several where a link with a title and authors begins another."""
    if not every:
        number = document.matter.fields[0].number
        line = Line(number, "", "rule", 0, "", parted=False)
        yield Piece("note", (line,), day, document.matter, 1, own_by_place=True)
        return
    starts = list(_note_starts(every))
    for start, end in pairwise([*starts, len(every)]):
        matter = document.matter if start == 0 else NONE
        first = 1 if matter.fields else None
        yield Piece("note", tuple(every[start:end]), day, matter, first, own_by_place=start == 0)


def _note_starts(lines: Sequence[Line]) -> Iterator[int]:
    texts = [line.text for line in lines]
    for index, text in enumerate(texts):
        if index == 0:
            yield 0
        elif "://" in text and link_of_line(text) and not link_of_line(texts[index - 1]):
            below = index
            while below < len(texts) and link_of_line(texts[below]):
                below += 1
            if not _is_section(lines, below) and header_of(texts[below : below + MOST_LINES]):
                yield index


def _is_section(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a heading below that with which the note begins."""
    headings = [line for line in (lines[0], *lines[at : at + 1]) if line.kind == "heading"]
    return len(headings) > 1 and headings[1].depth > headings[0].depth
