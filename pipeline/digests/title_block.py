"""Headings right below a title that say who wrote the paper, where it is or when it appeared.

# Slow Cooking of Large Models
### by Ann Lee, Bo Kim
#### arXiv:2401.00011
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.digests import markdown
from pipeline.digests.author_line import is_of_facts, names_of_line
from pipeline.digests.dates import has_day
from pipeline.digests.labels import is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.titles import is_list_name, is_section_name, looks_like_title

_BY = ("by ", "By ", "von ", "par ", "por ", "di ", "저자", "著者", "作者")
_AFFILIATION = re.compile(r"\s?\([^()]{1,80}\)")
"""`by Ann Lee (Kitchen University)`"""
_SEVERAL = 2
_MOST = 4
_DIGITS_OF_YEAR = 4


def with_title_blocks(lines: Iterable[Line]) -> Sequence[Line]:
    """The lines, each heading of a title block as the line of text that it stands for."""
    lines = [*lines]
    ids = [at for at, line in enumerate(lines) if line.kind == "heading" and _is_place(line.body)]
    at = 0
    while at < len(lines):
        title, at = lines[at], at + 1
        if title.kind != "heading" or not _is_heading_below(title, lines[at : at + 1]):
            continue
        below = lines[at : at + _MOST]
        end = next(
            (n for n, x in enumerate(below) if not _is_heading_below(title, [x])), len(below)
        )
        block = below[:end]
        facts = [n for n, line in enumerate(block) if _is_fact(line, alone=ids == [at + n])]
        signed = any(line.body.startswith(_BY) for line in block)
        if facts and _is_title(title.body, signed=signed):
            lines[at : at + facts[-1] + 1] = map(_as_text, block[: facts[-1] + 1])
    return lines


def _is_heading_below(title: Line, below: Sequence[Line]) -> bool:
    return any(line.kind == "heading" and line.depth > title.depth for line in below)


def _as_text(line: Line) -> Line:
    body = _without_affiliations(line.body)
    return line._replace(kind="text", depth=0, body=body)


def _without_affiliations(body: str) -> str:
    return _AFFILIATION.sub("", body) if body.startswith(_BY) else body


def _is_title(body: str, *, signed: bool) -> bool:
    title = markdown.unmarked(body)
    named = not is_list_name(title) and not is_section_name(title)
    return named and (signed or looks_like_title(title, words=3))


def _is_fact(line: Line, *, alone: bool) -> bool:
    """Whether a heading below a title is its authors, the one link of the file, or its year."""
    body = _without_affiliations(line.body.strip())
    if _is_place(body):
        return alone
    names = names_of_line(body)
    several = names is not None and (len(names.names) >= _SEVERAL or not names.complete)
    if names and (body.startswith(_BY) or (several and _are_full(names.names))):
        return True
    year = sum(map(str.isdigit, body)) >= _DIGITS_OF_YEAR
    return year and not has_day(body) and not markdown.is_paper_link(body) and is_of_facts(body)


def _are_full(names: Sequence[str]) -> bool:
    return all(" " in name for name in names)


def _is_place(body: str) -> bool:
    return markdown.is_paper_link(body) and is_link_line(body)
