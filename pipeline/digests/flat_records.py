"""Papers whose title and facts are bullets beside each other, one group a paper.

- Title: Slow Cooking of Large Models          - Slow Cooking of Large Models
- Authors: Ann Lee, Bo Kim                     - Ann Lee, Bo Kim
- Link: https://arxiv.org/abs/2401.00011       - https://arxiv.org/abs/2401.00011

- Title: Deep Frying of Small Models           - Deep Frying of Small Models

Groups are parted by blank lines, or each begins with the same label. They are read as if what
follows the first bullet of each stood within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.bylines import named_paper
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.titles import looks_like_title

_STEP = 2
_FEWEST = 2
_LEADS = ("title", "paper", "authors")


def with_nested_records(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those of such groups further in than the first bullet of each."""
    records = [group for group in _groups(lines) if _is_record(lines, group)]
    if len(records) < _FEWEST:
        return lines
    nested = [*lines]
    for first, last in records:
        for at in range(first + 1, last):
            nested[at] = lines[at]._replace(depth=lines[at].depth + _STEP)
    return nested


def with_headed_records(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, where paragraphs below a heading state a title each, with headings of these."""
    starts = [at for at, line in enumerate(lines) if _states_title(lines, at)]
    if len(starts) < _FEWEST or not any(line.kind == "heading" for line in lines[: starts[0]]):
        return lines
    headed = [*lines]
    depth = 0
    for at, line in enumerate(lines):
        depth = line.depth if line.kind == "heading" else depth
        if at in starts:
            title = fields_of_line(line.body)[0].value
            headed[at] = line._replace(
                kind="heading", depth=depth + 1, body=title, text=f"# {title}"
            )
    return headed


def _states_title(lines: Sequence[Line], at: int) -> bool:
    """Whether a line begins a paragraph, states a title, and its authors or link come next."""
    line = lines[at]
    follows = lines[at + 1 : at + 2]
    begins = at == 0 or line.parted or lines[at - 1].kind == "heading"
    if not (begins and line.kind == "text" and follows and not follows[0].parted):
        return False
    fields = fields_of_line(line.body) if _has_colon(line.body) else ()
    stated = [field.name for field in fields] == ["title"] and fields[0].value
    return bool(stated) and (_is_field(follows[0], "authors") or _is_link(follows[0]))


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where groups of items begin and end, whose first is as far out as any of them."""
    start: int | None = None
    for at, line in enumerate(lines):
        if start is not None and _ends(lines[start], line):
            yield start, at
            start = None
        if start is None and line.kind == "item":
            start = at
    if start is not None:
        yield start, len(lines)


def _ends(first: Line, line: Line) -> bool:
    if line.kind == "item" and line.depth == first.depth:
        label = _label(first)
        return line.parted or (label is not None and label == _label(line))
    return line.kind not in ("item", "text", "quote", "code") or line.depth <= first.depth


def _label(line: Line) -> str | None:
    fields = fields_of_line(line.body) if _has_colon(line.body) else ()
    return fields[0].label.casefold() if fields else None


def _has_colon(body: str) -> bool:
    return ":" in body[:60] or "：" in body[:60]


def _is_record(lines: Sequence[Line], group: tuple[int, int]) -> bool:
    """Whether a group is what is known of one paper: its title first, and a link or authors."""
    first = lines[group[0]]
    beside = [line for line in lines[group[0] + 1 : group[1]] if line.depth == first.depth]
    if not beside or not _is_first(first):
        return False
    links = [line for line in beside if _is_link(line)]
    others = [line for line in beside if line not in links]
    ids = {arxiv_id for line in links for arxiv_id in markdown.ids_in(line.body)}
    signed = any(_is_field(line, "authors") for line in beside) and _is_field(first, "title")
    return (bool(links) or signed) and len(ids) < _FEWEST and not any(map(_names_paper, others))


def _is_first(line: Line) -> bool:
    if fields_of_line(line.body):
        short = _is_field(line, "paper") and line.body.count(" ") < _FEWEST
        return any(_is_field(line, name) for name in _LEADS) and not (short or _is_link(line))
    linked = "://" in line.body or bool(markdown.ids_in(line.body))
    return not linked and looks_like_title(line.body, words=2) and not names_of_line(line.body)


def _is_field(line: Line, name: str) -> bool:
    return any(field.name == name and field.value for field in fields_of_line(line.body))


def _is_link(line: Line) -> bool:
    fields = fields_of_line(line.body)
    value = fields[0].value if fields else line.body
    return is_link_line(value) or (not fields and is_link_line(line.body))


def _names_paper(line: Line) -> bool:
    return not fields_of_line(line.body) and named_paper(line.body)
