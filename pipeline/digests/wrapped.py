"""Sentences that are wrapped at a column, each that names a paper on one line.

Then I read "Slow Cooking of Large        Then I read "Slow Cooking of Large Models" by Lee and Kim
Models" by Lee and Kim (2401.00011).  ->  (2401.00011).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.cited import begins_signed
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line, is_counted
from pipeline.digests.titles import looks_like_title
from pipeline.digests.wrapped_fields import with_whole_fields
from pipeline.digests.wrapped_heads import with_whole_heads

_WIDTHS = range(50, 111)
"""The column that people wrap at, in characters."""
_SHORTEST = 0.6
"""What part of the column a wrapped line has at least."""
_FEWEST = 2
_MOST_LINES = 12
_ENDS = (".", "!", "?", ":", ";", "。", "！", "？")
_BEGINS = ("**", "http", "#", "[[")
_OPEN = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("(", ")"), ("[", "]"))


def unwrapped_sentences(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those of one sentence with a paper's link joined, where a text is wrapped.

    So are those set in below a label that go on with what it states.
    """
    lines = [*with_whole_heads([*with_whole_fields(lines)])]
    widths = [_width(line) for line in lines if line.kind in ("text", "item")]
    width = max(widths, default=0)
    if width not in _WIDTHS:
        return lines
    full = sum(_is_full(*pair, width) for pair in pairwise(lines))
    return lines if full < _FEWEST else [*_joined(lines, width)]


def _width(line: Line) -> int:
    return line.depth + len(line.text)


def _is_full(line: Line, below: Line, width: int) -> bool:
    """Whether the first word of the line below would not have fitted on a line."""
    if below.parted or below.kind != "text" or line.kind not in ("text", "item"):
        return False
    first = len(below.text.split(maxsplit=1)[0])
    return _width(line) > _SHORTEST * width and _width(line) + 1 + first > width


def _joined(lines: Sequence[Line], width: int) -> Iterator[Line]:
    run: list[Line] = []
    for line in lines:
        if run and len(run) < _MOST_LINES and _goes_on(run, line, width):
            run.append(line)
            continue
        yield from _one(run)
        run = [line]
    yield from _one(run)


def _one(run: Sequence[Line]) -> Sequence[Line]:
    if len(run) < _FEWEST:
        return run
    if not begins_signed(run[0].body) and not any(markdown.is_paper_link(x.body) for x in run):
        return run
    body = " ".join(line.body for line in run)
    text = " ".join(line.text for line in run)
    return [run[0]._replace(body=body, text=text, end=run[-1].last)]


def _goes_on(run: Sequence[Line], line: Line, width: int) -> bool:
    above = run[-1]
    signed = line.body[:1].isalnum() and not line.parted and begins_signed(run[0].body)
    full = _is_full(above, line, width) and not is_counted(line)
    if signed:
        return above.body.endswith(",") or (full and not begins_signed(line.body))
    if not full or above.body.endswith(_ENDS):
        return False
    if line.body.startswith(_BEGINS) or is_link_line(line.body) or _stands_alone(above.body):
        return False
    if fields_of_line(line.body) or names_of_line(line.body):
        return False
    so_far = " ".join(each.body for each in run)
    is_open = any(so_far.count(begin) > so_far.count(end) for begin, end in _OPEN if begin != end)
    is_open = is_open or so_far.count('"') % 2 == 1
    inside = is_open or line.body[:1].islower() or markdown.is_paper_link(line.body)
    return inside or not looks_like_title(above.body)


def _stands_alone(body: str) -> bool:
    return is_link_line(body) or bool(fields_of_line(body)) or names_of_line(body) is not None
