"""Where entries begin and end: a document as the pieces that are one paper each.

A heading, a bold line, a list item, a row or a line with a link opens an entry if it names a paper;
what follows belongs to it up to the next. A section is a list where most of its items name papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.digests import markdown
from pipeline.digests.dates import Dated
from pipeline.digests.day_order import RulingDays
from pipeline.digests.document import Document, Piece, Section
from pipeline.digests.header import authors_of_line, header_of
from pipeline.digests.lines import Line
from pipeline.digests.list_signs import is_list
from pipeline.digests.listed import loose_pieces, rows, runs
from pipeline.digests.plain import digest_pieces, note_pieces
from pipeline.digests.signs import file_date, is_digest, is_note, is_table_of_papers, names_paper
from pipeline.digests.stanzas import stanzas
from pipeline.digests.stated import is_template, with_heading
from pipeline.digests.titled_notes import titled_piece
from pipeline.digests.titles import is_reference_section, is_section_name

_TITLE_AND_LINK = 2


def pieces(document: Document) -> Iterator[Piece]:
    """The pieces of a document but for its tables, in order."""
    day = document.day or file_date(document.file)
    every = [line for section in document.sections for line in with_heading(section)]
    if is_digest(document) and not is_template(document):
        for section in document.sections:
            day = day_of(section, day)
            # A heading alone is the name of the digest.
            opens = section.heading and section.lines and not section.day
            lines = [section.heading] if section.heading and opens else []
            for run in runs([*lines, *section.lines]):
                in_table = run[0].kind in ("head", "row")
                read = rows if in_table else loose_pieces if _in_lines(run) else digest_pieces
                yield from read(run, day)
    elif is_note(document, every):
        yield from note_pieces(document, every, day)
    elif titled := titled_piece(document, every, day):
        yield titled
    else:
        yield from _with_matter(document, _walked(document, day))


def _with_matter(document: Document, walked: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces; the front matter of a text with one paper is of that paper."""
    first, second = next(walked, None), next(walked, None)
    if first is None:
        return
    alone = second is None and document.matter.fields and not first.matter.fields
    yield first._replace(matter=document.matter, first_line=1) if alone else first
    yield from [second] if second else []
    yield from walked


def _in_lines(lines: Sequence[Line]) -> bool:
    """Whether papers have title, authors and link on lines of their own, in no parentheses."""
    bracketed = any(header_of([line.text]) or authors_of_line(line.text) for line in lines)
    return not bracketed and any(paper.head > _TITLE_AND_LINK for paper in stanzas(tuple(lines)))


def day_of(section: Section, day: Dated | None) -> Dated | None:
    """The day that rules a section: its own where its heading is a date."""
    if section.day:
        return Dated(section.day.day, "day") if section.day.day else None
    return day


@dataclass(slots=True)
class _Open:
    """A paper that a heading opened: the heading's level, and its lines so far."""

    level: int
    day: Dated | None
    lines: list[Line] = field(default_factory=list)


def _walked(document: Document, day: Dated | None) -> Iterator[Piece]:
    """The papers under headings, and between them those of lists and paragraphs."""
    opened: _Open | None = None
    days = RulingDays(day)
    for section in document.sections:
        heading = section.heading
        if opened and heading and not section.day and _belongs(section, opened):
            opened.lines += with_heading(section)
            continue
        if opened:
            yield Piece("note", tuple(opened.lines), opened.day)
            opened = None
        of_paper = names_paper(section)
        day = days.of(section, of_paper=of_paper)
        if heading and of_paper:
            rows = next((at for at, line in enumerate(section.lines) if line.kind == "head"), None)
            opened = _Open(heading.depth, day, [heading, *section.lines[:rows]])
            if rows is not None:
                yield Piece("note", tuple(opened.lines), opened.day)
                opened = None
                yield from loose_pieces(section.lines[rows:], day)
        else:
            yield from loose_pieces(section.lines, day)
    if opened:
        yield Piece("note", tuple(opened.lines), opened.day)


def _belongs(section: Section, opened: _Open) -> bool:
    """Whether a section is a part of the paper above it."""
    heading = section.heading
    linked = any(markdown.is_paper_link(line.body) for line in opened.lines)
    inside = heading is not None and linked and heading.depth > opened.level
    if heading is None or names_paper(section, inside=inside):
        return False
    if is_table_of_papers(section.lines) or (
        is_list(section.lines) and not is_reference_section(heading.body)
    ):
        return False
    return heading.depth > opened.level or (
        heading.depth == opened.level and is_section_name(heading.body)
    )
