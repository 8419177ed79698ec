"""The head of an entry that is wrapped over lines, each part of it on one line again.

A Longer Title That Is Going to Be        A Longer Title That Is Going to Be Wrapped: A Study
Wrapped: A Study                     ->   (Ann Lee, Bo Kim)
(Ann Lee,
Bo Kim)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.digests.dates import is_date_line
from pipeline.digests.header import authors_of_line
from pipeline.digests.labels import fields_of_line
from pipeline.digests.lines import Line
from pipeline.digests.names import AuthorList
from pipeline.digests.prose import tags_of_line
from pipeline.digests.titles import looks_like_title

_MOST_LINES_OF_NAMES = 8
_LINES_OF_HEAD = 3
_FEWEST_CHARACTERS = 35
"""A title is wrapped behind so many, or behind a word that ends none."""
_ENDS_NO_TITLE = frozenset(
    "a an the of for in on to with and or by from via at as is are be von für und der die das mit"
    " zur zum im de des du la le les et pour dans en el los las y con para del e do da di".split()
)
_ENDS = (".", "!", "?", ":", ";", "。", "！", "？", ")", "]")
_FIRST_WIDE = "\u1100"


def with_whole_heads(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, a title and its authors in brackets each joined where they were wrapped."""
    lines = [*_with_whole_names(lines)]
    joined = 0
    for at, line in enumerate(lines):
        if at and at == joined:
            continue
        if _may_begin(lines, at) and _is_wrapped_title(lines[at : at + _LINES_OF_HEAD]):
            joined = at + 1
            yield _one_of((line, lines[joined]))
        else:
            yield line


def _may_begin(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands behind a blank one, a day, or the tags that end an entry."""
    if at == 0 or lines[at].parted:
        return True
    above = lines[at - 1].text
    return is_date_line(above) or tags_of_line(above) is not None


def _with_whole_names(lines: Sequence[Line]) -> Iterator[Line]:
    end = 0
    for at in range(len(lines)):
        if at < end:
            continue
        end = at + _lines_of_names(lines[at : at + _MOST_LINES_OF_NAMES]) if at else 1
        yield _one_of(lines[at:end])


def _lines_of_names(lines: Sequence[Line]) -> int:
    """How many lines a list of authors in brackets takes that begins with the first; else 1."""
    if lines[0].parted or not lines[0].text.startswith("(") or lines[0].text.endswith(")"):
        return 1
    text = ""
    for count, line in enumerate(lines, 1):
        if line.kind != "text" or (count > 1 and line.parted) or "://" in line.text:
            return 1
        text = f"{text} {line.text}".strip()
        if text.endswith(")"):
            return count if _are_several(authors_of_line(text)) else 1
    return 1


def _are_several(names: AuthorList | None) -> bool:
    return names is not None and (len(names.names) > 1 or not names.complete)


def _is_wrapped_title(lines: Sequence[Line]) -> bool:
    """Whether the first two lines are one title, with its authors in brackets below them."""
    if len(lines) < _LINES_OF_HEAD or any(line.kind != "text" for line in lines):
        return False
    first, second, names = (line.text.strip() for line in lines)
    if any(line.parted for line in lines[1:]) or not names.startswith("("):
        return False
    if not _are_several(authors_of_line(names)) or first.endswith(_ENDS) or "://" in first:
        return False
    goes_on = len(first) >= _FEWEST_CHARACTERS or first.split()[-1].casefold() in _ENDS_NO_TITLE
    same_script = _is_wide(first) == _is_wide(second)
    if not goes_on or not same_script or any(fields_of_line(line.body) for line in lines[:2]):
        return False
    return looks_like_title(first, words=_LINES_OF_HEAD) and looks_like_title(f"{first} {second}")


def _is_wide(text: str) -> bool:
    return any(character >= _FIRST_WIDE for character in text)


def _one_of(run: Iterable[Line]) -> Line:
    first, *others = run
    if not others:
        return first
    behind = " ".join(line.body for line in others)
    body, text = f"{first.body} {behind}", f"{first.text} {behind}"
    return first._replace(body=body, text=text, end=others[-1].last)
