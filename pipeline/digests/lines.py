"""The lines of a text, each with what it is: heading, item, row, record of BibTeX, code, prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, islice, takewhile
from typing import Literal, NamedTuple

from pipeline.digests.dates import is_date_line, is_day_alone
from pipeline.digests.fields import field_of
from pipeline.digests.hidden_lines import HiddenLines
from pipeline.digests.markdown import as_markdown, links_apart, without_badges

LineKind = Literal["heading", "item", "row", "head", "rule", "code", "record", "quote", "text"]
"""What a line is. `head` names the columns of a table, `row` is one of it, `rule` is no text;
`record` is a whole record of BibTeX."""

_ITEM = re.compile(
    r"(?:[-+•‣◦▪●–○◆■□►▸▶▷➤]\ufe0f?|\*\)?|\d{1,4}[.)]|(?![0-9])\d{1,3}[-–]"
    r"|\(\d{1,4}\)|\(?[a-hA-H]\)|[①-⑳])[ \t\u3000]+(?=\S)"
    r"|[■□◼◆◇●○▶▷•◦‣▪▫・･]\ufe0f?[ \t\u3000]*(?=[^\s■□◼◆◇●○▶▷•◦‣▪▫・･…、。:：])"
)
_SIGNS = ("■□◼", "◆◇", "▶▷", "●○", "•", "◦‣▪▫・･")
_RANKS = {sign: rank for rank, signs in enumerate(_SIGNS) for sign in signs}
"""How far in an item is by its sign, where a text uses several and no spaces."""
SIGNS = "".join(_RANKS) + "\ufe0f"
_STEP = 2
_LONGEST_DAY = 40
_LEVEL_OF_DAY = 6
_MOST_BELOW = 50
_PLACED = re.compile(r"://|\d{4}\.\d{4,5}|/\d{7}")
_SPACED_LABEL = re.compile(r"(?P<label>[^\W\d_a-zA-Z]{1,8})[ \t\u3000]+(?P<value>\S.*)")
"""`● 著者 Ann Lee`: the sign makes a label of the word behind it."""
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=\[[^\[\]]{1,300}\]\()|(?<=##)(?=[^\W\d_]))(\S.*)")
_RULE = re.compile(r"[\s|:=_*+~-]{3,}|--")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_FRAME = re.compile(r"\[\[?_?toc_?\]?\]|\{:[^{}]{0,200}\}", re.IGNORECASE)
"""Where a table of contents goes, and attributes of what stands above."""
_CALLOUT = re.compile(r"\[![\w-]+\][+-]?\s*")
_COUNTED = re.compile(r"\[\d{1,4}\]\s+\S")
_PIPE = re.compile(r"(?<!\\)\|")
_WRAPPED_CHARACTERS = 600
_RECORD = re.compile(
    r"@\s?(?:article|inproceedings|proceedings|conference|misc|online|unpublished|techreport|report"
    r"|book|inbook|incollection|collection|phdthesis|mastersthesis|thesis|software|dataset|electronic"
    r"|manual|booklet|preprint)\s?\{",
    re.IGNORECASE,
)
_RECORD_LINES = 120


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


def lines_of(lines: Sequence[str | None], start: int) -> Iterator[Line]:
    """The lines that are not blank, from index `start` on; what is one over several is joined."""
    yield from _ranked([*_with_days([*_unwrapped(_with_records(_lines(lines, start)))])])


def _with_days(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines; a day behind a sign (`■ 2024.03.05`, `▶3月5日`) is a heading of papers below."""
    over_items = _are_over_items(lines)
    for at, line in enumerate(lines):
        if (_is_signed_day(line) or (over_items and _is_day(line))) and _leads_on(lines, at):
            body = line.body.removeprefix("[[").removesuffix("]]")
            yield line._replace(kind="heading", depth=_LEVEL_OF_DAY, text=body, body=body)
        else:
            yield line


def _are_over_items(lines: Sequence[Line]) -> bool:
    """Whether the outermost items, from the first day on, are days with items further in below."""
    outermost = [at for at, line in enumerate(lines) if line.kind == "item" and not line.depth]
    days = [*dropwhile(lambda at: not _is_day(lines[at]), outermost)]
    below = (lines[min(at + 1, len(lines) - 1)] for at in days)
    return (
        bool(days)
        and all(_is_day(lines[at]) for at in days)
        and all(line.kind == "item" and line.depth > 0 for line in below)
    )


def _is_day(line: Line) -> bool:
    body = line.body.removeprefix("[[").removesuffix("]]")
    is_item = line.kind == "item" and not line.depth and len(body) <= _LONGEST_DAY
    return is_item and is_date_line(body)


def _is_signed_day(line: Line) -> bool:
    signed = line.kind == "item" and line.text[0] in _RANKS and len(line.body) <= _LONGEST_DAY
    return signed and (is_date_line(line.body) or is_day_alone(line.body))


def _leads_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a link or an id stands below a line, in its block; of one alone, a blank before."""
    below = [*takewhile(lambda line: not line.parted, islice(lines, at + 1, at + _MOST_BELOW))]
    if not below:
        return at == 0 or lines[at].parted
    return any(_PLACED.search(line.text) for line in below)


def _ranked(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those items further in whose signs say so: `■` a paper, `・` a point of it."""
    ranks = {_RANKS.get(line.text[0], -1) for line in lines if line.kind == "item"}
    used = sorted(ranks - {-1})
    if len(used) < 2:
        return lines
    depths = {sign: _STEP * used.index(rank) for sign, rank in _RANKS.items() if rank in ranks}
    return [
        line._replace(depth=line.depth + depths.get(line.text[0], 0))
        if line.kind == "item"
        else line
        for line in lines
    ]


def cells_of(row: str) -> list[str]:
    r"""The cells of a row of a table; `\|` is a pipe inside a cell."""
    inner = row.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.replace("\\|", "|").strip() for cell in _PIPE.split(inner)]


def is_counted(line: Line) -> bool:
    """Whether a line begins with its number in a list of references: `[12] `."""
    return line.body.startswith("[") and _COUNTED.match(line.body) is not None


def unbadged(line: Line) -> str:
    """The text of a line without its marker and without images."""
    return without_badges(line.body)


def _unwrapped(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those joined that one link or one bold title is wrapped over."""
    previous: Line | None = None
    for line in lines:
        if previous and _goes_on(previous, line):
            body, text = f"{previous.body} {line.body}", f"{previous.text} {line.text}"
            previous = previous._replace(body=body, text=text, end=line.number)
        else:
            yield from [previous] if previous else []
            previous = line
    yield from [previous] if previous else []


def _goes_on(previous: Line, line: Line) -> bool:
    """Whether a line ends what the one before it left open."""
    if line.parted or line.kind != "text" or previous.kind not in ("item", "text", "heading"):
        return False
    if len(previous.body) > _WRAPPED_CHARACTERS:
        return False
    open_link = previous.body.rfind("[") > previous.body.rfind("]")
    closed = line.body.find("](")
    if open_link and closed >= 0:
        return "[" not in line.body[:closed]
    open_bold = previous.body.count("**") % 2 == 1
    return open_bold and line.body.count("**") % 2 == 1 and not line.body.startswith("**")


def _with_records(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those of a record of BibTeX joined, without the marks of code around it."""
    fence: Line | None = None
    record_lines: list[Line] = []
    depth, after_record = 0, False
    for line in lines:
        if not record_lines and not _begins_record(line):
            closes = after_record and line.kind == "code" and line.text in ("```", "~~~")
            yield from [fence] if fence else []
            opens = line.kind == "code" and line.text.startswith(("```", "~~~")) and not closes
            fence, after_record = (line if opens else None), False
            yield from [] if opens or closes else [line]
            continue
        record_lines.append(line)
        depth += line.text.count("{") - line.text.count("}")
        if depth <= 0 and "{" in record_lines[0].text:
            yield _record(record_lines)
            fence, record_lines, depth, after_record = None, [], 0, True
        elif len(record_lines) > _RECORD_LINES:
            yield from [fence] if fence else []
            yield from record_lines
            fence, record_lines, depth = None, [], 0
    yield from [fence] if fence else []
    yield from record_lines


def _begins_record(line: Line) -> bool:
    return line.text[:1] == "@" and line.kind in ("code", "text") and bool(_RECORD.match(line.text))


def _record(lines: Sequence[Line]) -> Line:
    text = "\n".join(line.text for line in lines)
    return lines[0]._replace(text=text, body=text, kind="record", depth=0, end=lines[-1].number)


def _lines(lines: Sequence[str | None], start: int) -> Iterator[Line]:
    parted, in_table = True, False
    hidden = HiddenLines(lines)
    for number, raw in enumerate(lines[start:], start + 1):
        text = raw.strip() if raw else ""
        if hidden.holds(number, text):
            if text:
                yield Line(number, text, "code", 0, text, parted)
                parted = False
            continue
        if not text:
            parted, in_table = True, False
            continue
        below = lines[number] if number < len(lines) else None
        line = _line(number, raw or "", below, parted=parted, in_table=in_table)
        in_table = line.kind in ("head", "row") or (in_table and line.kind == "rule")
        yield line
        parted = False


def _line(number: int, raw: str, below: str | None, *, parted: bool, in_table: bool) -> Line:
    text = raw.strip()
    if "|" in text and (kind := _table_kind(text, below, in_table=in_table)):
        return Line(number, text, kind, _indent(raw), text, parted)
    text = links_apart(text)
    body = as_markdown(text) if "<" in text else text
    quoted = body.startswith(">")
    if quoted:
        body = body.lstrip("> \t")
        body = _CALLOUT.sub("", body, count=1) if body.startswith("[!") else body
    depth = _indent(raw)
    heading = _HEADING.fullmatch(body) if body.startswith("#") and not quoted else None
    if heading and depth < 4:
        return Line(number, text, "heading", len(heading[1]), heading[2].strip(" #"), parted)
    if not quoted and (not body or _RULE.fullmatch(body) or _FRAME.fullmatch(body)):
        return Line(number, text, "rule", depth, "", parted, quoted)
    item = _ITEM.match(body)
    # `2025. 4. 1.` and `5. März 2025` are days, not the points of a list.
    if item and not (body[0].isdigit() and len(body) <= _LONGEST_DAY and is_date_line(body)):
        inner = body[item.end() :].strip()
        if body[0] in _RANKS and (label := _SPACED_LABEL.fullmatch(inner)):
            inner = f"{label['label']}: {label['value']}" if field_of(label["label"]) else inner
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
