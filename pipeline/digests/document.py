"""The document model: a text as front matter and sections of lines, each line with what it is.

A section is a heading and what stands below it up to the next. Everything that reads Markdown,
plain text, org or Logseq works on this and never on the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from pipeline.digests.author_line import names_of_line, title_before_names
from pipeline.digests.bibliography_lines import with_references_as_items
from pipeline.digests.dates import Dated, Heading, day_heading, is_date_line
from pipeline.digests.days_of_year import with_days_of_year
from pipeline.digests.dialects import plain_markdown
from pipeline.digests.fields import FieldName
from pipeline.digests.flat_records import with_headed_records, with_nested_records
from pipeline.digests.front_matter import NONE, FrontMatter, front_matter
from pipeline.digests.labelled_items import with_labelled_titles
from pipeline.digests.lines import Line, lines_of
from pipeline.digests.org import as_markdown as org_as_markdown
from pipeline.digests.org import is_org
from pipeline.digests.own_labels import with_known_labels
from pipeline.digests.program_lines import without_program_lines
from pipeline.digests.references import restated
from pipeline.digests.slashed_days import with_iso_days
from pipeline.digests.title_block import with_title_blocks
from pipeline.digests.wrapped import unwrapped_sentences
from pipeline.digests.yearless_days import with_years
from pipeline.model.records import Text

MOST_LINES = 200_000
"""A longer text is read in parts, so that memory does not grow with it."""
_LINES_OF_HEAD = 4
_NEAR = 20_000
"""So far before that it is looked for where a part may end."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, None at the start of a text, and the lines below it up to the next heading."""

    heading: Line | None
    lines: tuple[Line, ...]
    day: Heading | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text: its front matter, its sections in order, and the lines too long to read.

    Of a long text it is a part, ruled by the `day` that the part before ended with. `written` is
    how the lines were written whose labels are the file's own.
    """

    file: str
    matter: FrontMatter
    sections: tuple[Section, ...]
    long_lines: tuple[int, ...]
    day: Dated | None = None
    written: Mapping[str, str] = field(default_factory=dict)


Columns = Mapping[FieldName, int]
"""What the columns of a table hold: the place of each field that they name."""

PieceKind = Literal["note", "digest", "item", "row"]
"""`note` is about one paper and long, `digest` one of a digest; `item` and `row` are of lists."""


class Piece(NamedTuple):
    """The lines of one paper, and what rules them: its kind, its date, a front matter.

    `day` is when it was read; a year alone, in which it appeared. `is_title`: its first line is a
    title, however it is written.
    """

    kind: PieceKind
    lines: tuple[Line, ...]
    day: Dated | None
    matter: FrontMatter = NONE
    first_line: int | None = None
    own_by_place: bool = False
    columns: Columns = MappingProxyType({})
    is_title: bool = False


def documents_of(text: Text) -> Iterator[Document]:
    """A text as a document, a long one in parts. Line numbers are those of the file."""
    lines: Sequence[str | None] = text.lines
    if is_org(lines) or text.file.endswith(".org"):
        lines = tuple(org_as_markdown(lines))
    lines = with_years(text.file, with_iso_days(without_program_lines(lines)))
    lines = with_days_of_year(text.file, lines)
    matter = front_matter(lines)
    lines, written = with_known_labels(plain_markdown(lines, matter.end), matter.end)
    lines = with_references_as_items(lines)
    day: Dated | None = None
    for start, end in _parts(lines):
        whole, own_lines = (0, end) == (start, len(lines)), lines
        if not whole:
            own_lines = lines[start:end]
        stated, as_written = restated(
            unwrapped_sentences([*lines_of(own_lines, 0 if start else matter.end)])
        )
        numbered = _moved(
            with_nested_records(
                with_headed_records(with_labelled_titles(with_title_blocks(stated)))
            ),
            start,
        )
        sections = tuple(_sections(text.file, numbered))
        if whole:
            sections, day = _with_own_day(sections)
        too_long = tuple(number for number, line in enumerate(own_lines, start + 1) if line is None)
        yield Document(
            text.file, NONE if start else matter, sections, too_long, day, {**written, **as_written}
        )
        day = next((_ruled(s.day) for s in reversed(sections) if s.day), day)


def _parts(lines: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """Where parts of a text begin and end: each at a date, else at a blank line, if there is any.

    The first is at least one line; of an empty text there is one part too.
    """
    start = 0
    while len(lines) - start > MOST_LINES:
        end = start + MOST_LINES
        near = lines[end - _NEAR : end]
        dates = (
            n for n, line in enumerate(near) if line and len(line) <= 60 and is_date_line(line)
        )
        blank = (n for n, line in enumerate(near) if line is not None and not line.strip())
        cut = max(dates, default=None) or max(blank, default=None) or _NEAR
        yield start, end - _NEAR + cut
        start = end - _NEAR + cut
    yield start, len(lines)


def _moved(lines: Iterable[Line], by: int) -> Iterable[Line]:
    """Lines of a part, with their numbers in the file."""
    if not by:
        return lines
    return (
        line._replace(number=line.number + by, end=line.end + by if line.end else 0)
        for line in lines
    )


def _ruled(day: Heading) -> Dated | None:
    return Dated(day.day, "day") if day.day else None


def _sections(file: str, lines: Iterable[Line]) -> Iterator[Section]:
    heading: Line | None = None
    day: Heading | None = None
    below: list[Line] = []
    for line in lines:
        dated = day_heading(file, line.number, line.text) if _may_be_day(line) else None
        if dated or line.kind == "heading":
            if heading or below:
                yield Section(heading, tuple(below), day)
            heading, day, below = line, dated, []
        else:
            below.append(line)
    if heading or below:
        yield Section(heading, tuple(below), day)


def _with_own_day(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], Dated | None]:
    """The sections, and the day that stands alone below the title and the authors of one note.

    Such a day parts no text: it is taken out, and what stands above and below it is one section.
    """
    at = next((at for at, section in enumerate(sections) if section.day), 0)
    if at == 0:
        return sections, None
    dated, title = sections[at], sections[at - 1]
    one = sum(section.day is not None for section in sections) == 1
    if not one or not _is_signed_title(title) or sum(map(_said, sections[:at])) > 1:
        return sections, None
    if dated.day is None or dated.day.day is None or _kind(dated) != "text":
        return sections, None
    whole = Section(title.heading, title.lines + dated.lines)
    return (*sections[: at - 1], whole, *sections[at + 1 :]), Dated(dated.day.day, "day")


def _is_signed_title(section: Section) -> bool:
    """Whether a section is a heading and, in few lines below it, who wrote the paper."""
    lines = section.lines
    few = _kind(section) == "heading" and 0 < len(lines) <= _LINES_OF_HEAD
    return few and any(line.kind == "text" and _names(line.body) for line in lines)


def _names(body: str) -> bool:
    return bool(names_of_line(body) or title_before_names(body))


def _kind(section: Section) -> str:
    return section.heading.kind if section.heading else ""


def _said(section: Section) -> bool:
    return bool(section.heading or section.lines)


def _may_be_day(line: Line) -> bool:
    outermost = line.kind == "heading" or (line.kind == "text" and not line.quoted)
    return outermost and len(line.text) <= 60
