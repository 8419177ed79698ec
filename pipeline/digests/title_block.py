"""Headings right below a title that say who wrote the paper, where it is or when it appeared.

# Slow Cooking of Large Models
### by Ann Lee, Bo Kim
#### arXiv:2401.00011

They may have names: `## Paper Title: Slow Cooking`, `#### Authors: Ann Lee`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from pipeline.digests import markdown
from pipeline.digests.author_line import is_of_facts, names_of_line
from pipeline.digests.dates import has_day
from pipeline.digests.fields import FieldName
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.titles import is_list_name, is_section_name, looks_like_title

_BY = ("by ", "By ", "von ", "par ", "por ", "di ", "저자", "著者", "作者")
_AFFILIATION = re.compile(r"\s?\([^()]{1,80}\)")
"""`by Ann Lee (Kitchen University)`"""
_FACTS: frozenset[FieldName] = frozenset(
    ("title", "authors", "link", "arxiv", "doi", "venue", "published", "year", "elsewhere")
)
_FACTS_BELOW = _FACTS - {"title", "link", "arxiv", "doi"}
_SEVERAL = 2
_MOST = 4
_DIGITS_OF_YEAR = 4


def with_title_blocks(lines: Iterable[Line]) -> Sequence[Line]:
    """The lines, each heading of a title block as the line of text that it stands for."""
    lines = _with_stated_title([*lines])
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
        signed = any(line.body.startswith(_BY) or "authors" in _stated(line) for line in block)
        if facts and _is_title(title.body, signed=signed):
            lines[at : at + facts[-1] + 1] = map(_as_text, block[: facts[-1] + 1])
    return lines


def _with_stated_title(lines: list[Line]) -> list[Line]:
    """The lines, headings that state the one title of a text and its facts as what they state.

    A title on the first line is the heading itself; below another heading both are text.
    """
    titles = [at for at, line in enumerate(lines) if "title" in _stated(line)]
    at = titles[0] if len(titles) == 1 else len(lines)
    headings = [line for line in lines if line.kind == "heading"]
    linked = [line for line in headings if markdown.is_paper_link(line.body) and not _stated(line)]
    if linked or lines[:at] != headings[:at] or not headings[at : at + 1]:
        return lines
    value = next(field.value for field in fields_of_line(lines[at].body) if field.name == "title")
    first = lines[at]._replace(depth=1, body=value, text=value)
    following = [line._replace(kind="text", depth=0) if _stated(line) else line for line in lines]
    return [*following[:at], following[at] if at else first, *following[at + 1 :]]


def _stated(line: Line) -> Set[FieldName]:
    """The facts of a paper that a heading states behind their names: `#### Authors: Ann Lee`."""
    if line.kind != "heading" or not (":" in line.body or "：" in line.body):
        return frozenset()
    return _FACTS.intersection(field.name for field in fields_of_line(line.body) if field.value)


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
    if _stated(line) & _FACTS_BELOW:
        return True
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
