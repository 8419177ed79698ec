"""When an entry was read and its paper appeared, and what else stands beside a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.digests import markdown
from pipeline.digests.dates import Dated, dated, has_day, is_date_line
from pipeline.digests.document import Piece
from pipeline.digests.fields import FieldName
from pipeline.digests.front_matter import Field
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line
from pipeline.digests.lines import Line
from pipeline.digests.publication import date_aside, is_aside, published_of
from pipeline.digests.reading_days import OF_NOTES, day_alone, day_beside, day_in_front
from pipeline.digests.statements import Statements

_READ_ON = re.compile(
    r"(?:(?:first|last)\s)?(?:read|finished|added)(?:\s(?:on|at|in))?\s(?P<behind>\S.{4,40})"
    r"|(?P<before>\S.{4,40}?)\s?(?:에\s?)?(?:다\s?)?(?:읽음|읽었음|읽었다|読了|読んだ|读完|已读)",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\W*(?:date |last )?(?:updat|modif)", re.IGNORECASE)
"""What is no day of reading where any other is stated."""
_MADE = re.compile(
    r"\W*(?:date )?(?:creat|créé|creado|criado|erstellt|angelegt|создан|작성|생성|作成|创建|創建)",
    re.IGNORECASE,
)
"""Of a note that it was begun: it may have been read later, as a `date` beside it says."""
_SIGNED_YEAR = re.compile(
    r"[\s*_\"”»]{0,4}[(（](?P<names>[^()（）]{2,200}?)[,，.\s]*(?<!\d)(?P<year>(?:19|20)\d\d)[a-z]?[)）]"
)
_LINES_OF_ASIDE = 4
_MOST_OF_DAY = 20
_MOST_OF_SAYING = 60


def stated(piece: Piece, statements: Statements, *names: FieldName) -> str | None:
    """What the first field of these names says, in front matter or on a line of its own."""
    values = (*piece.matter.all(*names), *statements.all(*names))
    return next((markdown.unmarked(value) for value in values), None)


def day_of_reading(piece: Piece, statements: Statements) -> Dated | None:
    """When the paper was read: by what rules the piece, else as it says itself.

    Where only a month rules it, a day of that month goes before.
    """
    ruling = piece.day if piece.day and piece.day.precision != "year" else None
    if ruling and ruling.precision == "day":
        return ruling
    names: tuple[FieldName, ...] = ("date", "published")
    fields = [*piece.matter.fields, *statements.fields]
    added = [field for field in fields if field.name == "added" and field.value]
    added.sort(key=lambda field: OF_NOTES.match(field.label) is not None)
    values = [f.value for f in added if not (_CHANGED.match(f.label) or _MADE.match(f.label))]
    values += [*_days_of_note(piece.matter.fields), *_days_of_note(statements.fields)]
    values += [*piece.matter.all(*names), *statements.all(*names)]
    values += [field.value for field in added if _CHANGED.match(field.label)]
    first = piece.lines[0].body
    if piece.lines[0].kind in ("heading", "item") or piece.kind == "item":
        values.append(day_in_front(first) or "")
    if piece.kind == "item":
        values += [_bracketed_date(first), day_beside(first) or ""]
    values += filter(None, map(_said_to_be_read, piece.lines[1:]))
    own = next(filter(None, map(dated, values)), None)
    return own if ruling is None or _is_within(own, ruling) else ruling


def _days_of_note(fields: Sequence[Field]) -> Iterator[str]:
    """The days that stand where a note says when it was begun, a whole `date` before that."""
    begun = [f.value for f in fields if f.name == "added" and _MADE.match(f.label)]
    if begun:
        dates = ((f.value, dated(f.value)) for f in fields if f.name == "date")
        yield from (value for value, day in dates if day and day.precision == "day")
    yield from begun


def _is_within(own: Dated | None, month: Dated) -> bool:
    if own is None or own.precision != "day":
        return False
    return own.day.replace(day=1) == month.day.replace(day=1)


def _said_to_be_read(line: Line) -> str | None:
    """The day of a line that says when the paper was read and no more: `Read on 2024-02-20.`"""
    if len(line.body) > _MOST_OF_SAYING:
        return None
    words = line.body.strip(markdown.EDGES + ".*_()")
    if day := day_alone(words):
        return day
    said = _READ_ON.fullmatch(words)
    day = (said["behind"] or said["before"]) if said else ""
    return day if is_date_line(day) and has_day(day) else None


def published_in(piece: Piece, statements: Statements) -> str | None:
    """When the paper appeared, as much as is stated in a field or beside its title."""
    published = published_of(stated(piece, statements, "published", "year"))
    of_list = str(piece.day.day.year) if piece.day and piece.day.precision == "year" else None
    signed = year_behind_names(piece.lines[0].body) if piece.kind == "item" else None
    return published or signed or aside_of(piece, date_aside) or of_list


def year_behind_names(body: str) -> str | None:
    """The year that stands with who wrote a paper in brackets behind its title; else None.

    >>> year_behind_names("Slow Cooking of Models (Lee et al., 2017): good")
    '2017'
    """
    head = head_of_line(body)
    if not head.title or not head.authors:
        return None
    match = _SIGNED_YEAR.match(body.partition(head.title)[2][:400])
    return match["year"] if match and head.authors.names[-1] in match["names"] else None


def aside_of(piece: Piece, read: Callable[[str], str | None]) -> str | None:
    """What stands beside the title of an item of a list, or on a line of its own below it."""
    if piece.kind != "item":
        return None
    below = (line.body for line in piece.lines[1:_LINES_OF_ASIDE] if is_aside(line.body))
    return next(filter(None, map(read, (piece.lines[0].body, *below))), None)


def _bracketed_date(body: str) -> str:
    match = re.search(
        r"(?:^|[\[(（`])\s*((?:19|20)\d\d[-./年]\s?\d{1,2}(?:[-./月]\s?\d{1,2})?)(?!\d)",
        body[:3000],
    )
    return match[1] if match else ""


def is_day_alone_of(line: Line, day: Dated | None) -> bool:
    """Whether a line states the day that the entry has and nothing else: `Date: 12 Nov 2024`."""
    fields = fields_of_line(line.body)
    if day is None or len(fields) != 1 or fields[0].name not in ("added", "date"):
        return False
    value = fields[0].value
    return len(value) <= _MOST_OF_DAY and day.precision == "day" and dated(value) == day
