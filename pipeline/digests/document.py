"""The document model: a text as front matter and sections of lines, each line with what it is.

A section is a heading and what stands below it up to the next. Everything that reads Markdown,
plain text, org or Logseq works on this and never on the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from pipeline.digests.dates import Dated, Heading, day_heading
from pipeline.digests.fields import FieldName
from pipeline.digests.front_matter import NONE, FrontMatter, front_matter
from pipeline.digests.markdown import as_markdown, without_badges
from pipeline.digests.org import as_markdown as org_as_markdown
from pipeline.digests.org import is_org
from pipeline.model.records import Text

LineKind = Literal["heading", "item", "row", "head", "rule", "code", "quote", "text"]
"""What a line is. `head` names the columns of a table, `row` is one of it, `rule` is no text."""

_ITEM = re.compile(r"([-*+•‣◦▪●–]|\d{1,4}[.)]|\(\d{1,4}\))[ \t]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_RULE = re.compile(r"[\s|:=_*+~-]{3,}")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_CALLOUT = re.compile(r"\[![\w-]+\][+-]?\s*")
_PIPE = re.compile(r"(?<!\\)\|")


_WRAPPED_CHARACTERS = 600


class Line(NamedTuple):
    """A line that is not blank.

    `text` is as written, without spaces around it; `body` without its marker (`#`, `-`, `>`).
    `depth` is the level of a heading, else the indentation in columns. `parted` is whether a
    blank line stands before it, `quoted` whether it is in a quote.
    """

    number: int
    text: str
    kind: LineKind
    depth: int
    body: str
    parted: bool
    quoted: bool = False
    end: int = 0

    @property
    def last(self) -> int:
        """The number of the last line that it takes: a title may be wrapped over several."""
        return self.end or self.number


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
    """The lines of one paper, and what rules them: its kind, its date, a front matter."""

    kind: PieceKind
    lines: tuple[Line, ...]
    day: Dated | None
    matter: FrontMatter = NONE
    first_line: int | None = None
    own_by_place: bool = False
    columns: Columns = MappingProxyType({})


def document_of(text: Text) -> Document:
    """The sections of a text, found in one pass. Line numbers are those of the file."""
    lines: Sequence[str | None] = text.lines
    if is_org(lines):
        lines = tuple(org_as_markdown(lines))
    matter = front_matter(lines)
    return Document(
        text.file,
        matter,
        tuple(_sections(text.file, _unwrapped(_lines(lines, matter.end)))),
        tuple(number for number, line in enumerate(lines, 1) if line is None),
    )


def cells_of(row: str) -> list[str]:
    r"""The cells of a row of a table; `\|` is a pipe inside a cell."""
    inner = row.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.replace("\\|", "|").strip() for cell in _PIPE.split(inner)]


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


def _unwrapped(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those joined that one link or one bold title is wrapped over."""
    held: Line | None = None
    for line in lines:
        if held and _goes_on(held, line):
            body, text = f"{held.body} {line.body}", f"{held.text} {line.text}"
            held = held._replace(body=body, text=text, end=line.number)
        else:
            yield from [held] if held else []
            held = line
    yield from [held] if held else []


def _goes_on(held: Line, line: Line) -> bool:
    """Whether a line ends what the one before it left open."""
    if line.parted or line.kind != "text" or held.kind not in ("item", "text", "heading"):
        return False
    if len(held.body) > _WRAPPED_CHARACTERS:
        return False
    open_link = held.body.rfind("[") > held.body.rfind("]")
    closed = line.body.find("](")
    if open_link and closed >= 0:
        return "[" not in line.body[:closed]
    open_bold = held.body.count("**") % 2 == 1
    return open_bold and line.body.count("**") % 2 == 1 and not line.body.startswith("**")


def _may_be_day(line: Line) -> bool:
    outermost = line.kind == "heading" or (line.kind == "text" and not line.quoted)
    return outermost and len(line.text) <= 60


def _lines(lines: Sequence[str | None], start: int) -> Iterator[Line]:
    parted = True
    fence, in_table = "", False
    for number, raw in enumerate(lines[start:], start + 1):
        text = raw.strip() if raw else ""
        if not text:
            parted, in_table = True, False
            continue
        if fence or text.startswith(("```", "~~~", "$$")):
            if not fence:
                fence = "" if len(text) > 3 and text.endswith(text[:2]) else text[:2]
            elif text.startswith(fence):
                fence = ""
            yield Line(number, text, "code", 0, text, parted)
        else:
            below = lines[number] if number < len(lines) else None
            line = _line(number, raw or "", below, parted=parted, in_table=in_table)
            in_table = line.kind in ("head", "row") or (in_table and line.kind == "rule")
            yield line
        parted = False


def _line(number: int, raw: str, below: str | None, *, parted: bool, in_table: bool) -> Line:
    text = raw.strip()
    if "|" in text and (kind := _table_kind(text, below, in_table=in_table)):
        return Line(number, text, kind, _indent(raw), text, parted)
    body = as_markdown(text) if "<" in text else text
    quoted = body.startswith(">")
    if quoted:
        body = body.lstrip("> \t")
        body = _CALLOUT.sub("", body, count=1) if body.startswith("[!") else body
    depth = _indent(raw)
    heading = _HEADING.fullmatch(body) if body.startswith("#") and not quoted else None
    if heading and depth < 4:
        return Line(number, text, "heading", len(heading[1]), heading[2].strip(" #"), parted)
    if not quoted and (not body or _RULE.fullmatch(body)):
        return Line(number, text, "rule", depth, "", parted, quoted)
    item = _ITEM.match(body)
    if item:
        inner = body[item.end() :].strip()
        return Line(number, text, "item", depth, inner, parted, quoted)
    return Line(number, text, "quote" if quoted else "text", depth, body, parted, quoted)


def _table_kind(body: str, below: str | None, *, in_table: bool) -> LineKind | None:
    if _TABLE_RULE.fullmatch(body):
        return "rule"
    if in_table:
        return "row"
    ruled = below is not None and "-" in below and "|" in below
    if ruled and _TABLE_RULE.fullmatch((below or "").strip().lstrip("> ")):
        return "head"
    return "row" if body.startswith("|") and body.count("|") > 2 else None


def _indent(raw: str) -> int:
    space = raw[: len(raw) - len(raw.lstrip())]
    return len(space.expandtabs(4)) if space else 0


def unbadged(line: Line) -> str:
    """The text of a line without its marker and without images."""
    return without_badges(line.body)
