"""Lines set in below a label, that go on with the field it states.

Authors: Ann Lee,               Authors: Ann Lee, Bo Kim
         Bo Kim            ->
         (both in Seoul)        (both in Seoul)

What a reader set in below a label is often a remark. A line is joined only where it shows that
the field goes on; where that is in doubt it stays a line of its own, and so a word of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from pipeline.digests.author_line import PLACE, is_of_facts
from pipeline.digests.family_names import names_of
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line

_STEP = 2
"""How many columns further in than its label a line is at least."""
_LONG = 50
"""The columns from which on a line may be wrapped."""
_LONG_WORD = 4
_WORDS_OF_TAG = 3
_STOPS = (".", "!", "?", "。", "！", "？", "…")
_COMMAS = (",", ";", "、", "，", "；")
_LIST_GOES_ON = re.compile(r"(?:[,;、，；]|\s(?:and|&)|\s[^\W\d_]\.)$")
"""How a list of names ends that is not whole: `Ann Lee,`, `Ann Lee and`, `Ann Lee, Bo T.`."""
_TITLE_GOES_ON = (*_COMMAS, ":", "：", "-", "–", "—")
_PAIRS = ("()", "[]", "“”", "«»", "「」", "『』", "《》")


class _Stated(NamedTuple):
    """A field as far as it is read: its value, the column where that begins, its last line."""

    value: str
    column: int
    last: str
    last_width: int
    widest: int = 0

    def is_aligned(self, line: Line) -> bool:
        return line.depth == self.column


def with_whole_fields(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those joined to a label above that go on with its title, names, text or tags."""
    joined: Line | None = None
    stated, join = _NOTHING, _RULES["tags"]
    for line in lines:
        further_in = joined and line.kind == "text" and line.depth >= joined.depth + _STEP
        mark = join(stated, line) if further_in and _could_go_on(line) else None
        if joined and mark is not None:
            body, text = f"{joined.body}{mark}{line.body}", f"{joined.text}{mark}{line.text}"
            joined = joined._replace(body=body, text=text, end=line.last)
            stated = _longer(stated, mark, line)
            continue
        yield from [joined] if joined else []
        fields = fields_of_line(line.body) if line.kind == "text" and not line.quoted else ()
        rule = _RULES.get(fields[0].name or "") if len(fields) == 1 and fields[0].value else None
        joined = line if rule else None
        if rule:
            stated, join = _begun(line, fields[0].value), rule
        else:
            yield line
    yield from [joined] if joined else []


def _could_go_on(line: Line) -> bool:
    return not (line.parted or is_link_line(line.body) or fields_of_line(line.body))


def _begun(line: Line, value: str) -> _Stated:
    before = line.text[: max(line.text.rfind(value), 0)]
    return _Stated(value, line.depth + _columns(before), value, line.depth + _columns(line.text))


def _longer(stated: _Stated, mark: str, line: Line) -> _Stated:
    return stated._replace(
        value=f"{stated.value}{mark}{line.body}",
        last=line.body,
        last_width=line.depth + _columns(line.text),
        widest=max(stated.widest, stated.last_width),
    )


def _columns(text: str) -> int:
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


def _title(stated: _Stated, line: Line) -> str | None:
    """How a line goes on with a title: one that is open, or at its column in words of a title."""
    body = line.body
    is_remark = not (body[0].isalnum() or body[0] in "\"“'‘$\\") or body.endswith(_STOPS)
    if is_remark or stated.value.endswith(_STOPS) or PLACE.search(body):
        return None
    capitals = _is_capital(stated.value)
    ends_small = capitals and stated.value.split()[-1][0].islower()
    opened = any(stated.value.count(pair[0]) > stated.value.count(pair[1]) for pair in _PAIRS)
    if opened or stated.value.endswith(_TITLE_GOES_ON) or (ends_small and _is_capital(body)):
        return " "
    if is_of_facts(body):
        return None
    is_long = stated.last_width >= _LONG
    if capitals:
        return " " if (stated.is_aligned(line) or is_long) and _is_capital(body) else None
    same_letters = body[0].isascii() == stated.value[-1].isascii()
    is_small = same_letters and not body[0].isupper()
    return " " if stated.is_aligned(line) and is_long and is_small else None


def _is_capital(text: str) -> bool:
    """Whether the long words of a text begin with capitals, but for one in three."""
    words = [word.strip("\"'“”‘’(:,-") for word in text.split()]
    long_words = [word for word in words if len(word) >= _LONG_WORD]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in long_words)
    return bool(long_words) and capitals * 3 >= len(long_words) * 2


def _authors(stated: _Stated, line: Line) -> str | None:
    """What joins a line to a list of names: nothing where the list is cut, or it is no list."""
    if not line.body[0].isalpha() or PLACE.search(line.body) or line.body.endswith(_STOPS):
        return None
    if _LIST_GOES_ON.search(stated.value):
        whole = names_of(f"{stated.value} {line.body}".rstrip(" ,;、，；"))
        return " " if whole and not whole.after else None
    so_far, below = names_of(stated.value), names_of(line.body.rstrip(" ,;、，；"))
    if not so_far or not below or not so_far.complete or so_far.after or below.after:
        return None
    is_list = len(below.names) > 1 and all(name[:1].isupper() for name in below.names)
    if not is_list:
        return None
    whole_names = " " in so_far.names[-1] and " " in below.names[0]
    return (";" if ";" in stated.value else ",") + " " if whole_names else " "


def _abstract(stated: _Stated, line: Line) -> str | None:
    """How a line goes on with a text: in the middle of a sentence, or in a column that is full."""
    if not (line.body[0].isalnum() or line.body[0] in "\"“'‘(「『$\\"):
        return None
    if stated.is_aligned(line):
        return " "
    if not stated.last.endswith(_STOPS):
        return " " if stated.last_width >= _LONG or line.body[0].islower() else None
    first = _columns(line.body.split(maxsplit=1)[0])
    is_full = stated.last_width + 1 + first > stated.widest >= _LONG
    return " " if is_full else None


def _tags(stated: _Stated, line: Line) -> str | None:
    """How a line goes on with tags: words between commas behind a comma, or `#tags` behind any."""
    if line.body[0] in "#＃":
        return " " if stated.value.endswith(_COMMAS) else None
    parts = re.split("[,;、，；]", line.body.rstrip(" ,;、，；"))
    are_tags = all(0 < len(part.split()) <= _WORDS_OF_TAG for part in parts)
    are_tags = are_tags and not any(mark in line.body for mark in (*_STOPS, ":", "(", "（"))
    return " " if stated.value.endswith(_COMMAS) and are_tags else None


_NOTHING = _Stated("", 0, "", 0)
_RULES: Mapping[str, Callable[[_Stated, Line], str | None]] = {
    "title": _title,
    "paper": _title,
    "authors": _authors,
    "abstract": _abstract,
    "tags": _tags,
}
"""How a line goes on with each field: with what between them, or `None` where it does not."""
