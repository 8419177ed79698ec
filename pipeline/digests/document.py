"""The document model: a text as front matter and sections of lines, each line with what it is.

A section is a heading and what stands below it up to the next. Everything that reads Markdown,
plain text, org or Logseq works on this and never on the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from pipeline.digests.dates import Dated, Heading, day_heading
from pipeline.digests.dialects import plain_markdown
from pipeline.digests.fields import FieldName
from pipeline.digests.front_matter import NONE, FrontMatter, front_matter
from pipeline.digests.lines import Line, lines_of
from pipeline.digests.org import as_markdown as org_as_markdown
from pipeline.digests.org import is_org
from pipeline.model.records import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, None at the start of a text, and the lines below it up to the next heading."""

    heading: Line | None
    lines: tuple[Line, ...]
    day: Heading | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text: its front matter, its sections in order, and the lines too long to read."""

    file: str
    matter: FrontMatter
    sections: tuple[Section, ...]
    long_lines: tuple[int, ...]


Columns = Mapping[FieldName, int]
"""What the columns of a table hold: the place of each field that they name."""

PieceKind = Literal["note", "digest", "item", "row"]
"""`note` is about one paper and long, `digest` one of a digest; `item` and `row` are of lists."""


class Piece(NamedTuple):
    """The lines of one paper, and what rules them: its kind, its date, a front matter.

    `is_title`: its first line is a title, however it is written.
    """

    kind: PieceKind
    lines: tuple[Line, ...]
    day: Dated | None
    matter: FrontMatter = NONE
    first_line: int | None = None
    own_by_place: bool = False
    columns: Columns = MappingProxyType({})
    is_title: bool = False


def document_of(text: Text) -> Document:
    """The sections of a text, found in one pass. Line numbers are those of the file."""
    lines: Sequence[str | None] = text.lines
    if is_org(lines) or text.file.endswith(".org"):
        lines = tuple(org_as_markdown(lines))
    matter = front_matter(lines)
    lines = plain_markdown(lines, matter.end)
    return Document(
        text.file,
        matter,
        tuple(_sections(text.file, lines_of(lines, matter.end))),
        tuple(number for number, line in enumerate(lines, 1) if line is None),
    )


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


def _may_be_day(line: Line) -> bool:
    outermost = line.kind == "heading" or (line.kind == "text" and not line.quoted)
    return outermost and len(line.text) <= 60
