"""Spans of days: a month, a week, all since a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any, NamedTuple

from pipeline.model.errors import UsageError
from pipeline.model.month_names import MONTHS, month_of

_MONTH = re.compile(
    r"(?P<y>\d{4})\s?[-./\s年년]\s?(?P<m>\d{1,2})\s?[月월]?|(?P<m2>\d{1,2})\s?[-./\s]\s?(?P<y2>\d{4})"
    r"|(?P<name>[^\W\d]{3,12})\.?,?[\s-](?:of |de )?(?P<y3>\d{4})"
    r"|(?P<y4>\d{4})[\s-](?P<name2>[^\W\d]{3,12})\.?"
)
"""`2024-09`, `9/2024`, `2024년 9월`, `Sep 2024`, `2024 September`."""
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Span(NamedTuple):
    """From one day to another, both included. `name` is for a file, `title` for a heading."""

    first: date
    last: date
    name: str
    title: str

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


Row = dict[str, Any]


class SpanReport(NamedTuple):
    """A span, told by `analyse.telling`, whose functions say what the rows hold.

    `unheard` counts the papers read in it whose references are not known; `days` are those of all
    entries that have one, outside of the span too.
    """

    span: Span
    read: list[Row]
    mentioned: list[Row]
    tags: list[Row]
    missing: list[Row]
    unheard: int
    old: list[Row]
    days: list[date]


def month_span(text: str) -> Span:
    """A month such as `2024-09`, or as people write it. Raises UsageError for anything else.

    >>> month_span("2024-02")
    Span(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 2, 29), name='month-2024-02', \
title='February 2024')
    >>> [month_span(text).name for text in ("2/2024", "feb 2024", "Februar 2024", "2024년 2월")]
    ['month-2024-02', 'month-2024-02', 'month-2024-02', 'month-2024-02']
    """
    year, month = _year_and_month(text)
    if not MINYEAR < year < MAXYEAR or not 1 <= month <= 12:
        raise UsageError(
            f'{text!r} is no month with its year. Write it as 2024-09 or "September 2024".'
        )
    after = date(year + month // 12, month % 12 + 1, 1)
    last = after - timedelta(days=1)
    title = f"{MONTHS[month - 1].capitalize()} {year}"
    return Span(date(year, month, 1), last, f"month-{year:04}-{month:02}", title)


def _year_and_month(text: str) -> tuple[int, int]:
    """The year and the month that a text is; zeros where it is none."""
    printed = _MONTH.fullmatch(" ".join(text.split()))
    if printed is None:
        return 0, 0
    year = next(printed[group] for group in ("y", "y2", "y3", "y4") if printed[group])
    number, name = printed["m"] or printed["m2"], printed["name"] or printed["name2"]
    with suppress(ValueError):
        return int(year), int(number) if number else month_of(name)
    return 0, 0


def week_span(text: str) -> Span:
    """A week of ISO 8601, Monday to Sunday, such as `2024-W36`. Raises UsageError for another.

    >>> week_span("2024-W36")[:2]
    (datetime.date(2024, 9, 2), datetime.date(2024, 9, 8))
    """
    printed = _WEEK.fullmatch(text.strip())
    first = None
    if printed and _is_year(printed[1]):
        with suppress(ValueError):
            first = date.fromisocalendar(int(printed[1]), int(printed[2]), 1)
    if printed is None or first is None:
        raise UsageError(f"{text!r} is no week. Write it as 2024-W36.")
    title = f"Week {int(printed[2])} of {printed[1]}"
    return Span(first, first + timedelta(days=6), f"week-{printed[1]}-W{printed[2]}", title)


def since_span(text: str, last: date) -> Span:
    """All from a day such as `2024-09-01` to `last`. Raises UsageError for another form."""
    first = None
    if _DAY.fullmatch(text.strip()):
        with suppress(ValueError):
            first = date.fromisoformat(text.strip())
    if first is None or first.year == MAXYEAR:
        raise UsageError(f"{text!r} is no day. Write it as 2024-09-01.")
    return Span(first, max(first, last), f"since-{first}", f"Since {first}")


def spans_before(span: Span, count: int) -> Iterator[Span]:
    """So many spans that end with this one: months, or weeks, the earliest first."""
    is_week = span.name.startswith("week")
    spans = [span if is_week else month_span(f"{span.last:%Y-%m}")]
    while len(spans) < count and spans[0].first.year > MINYEAR:
        day = spans[0].first - timedelta(days=1)
        year, week, _ = day.isocalendar()
        spans.insert(
            0, week_span(f"{year:04}-W{week:02}") if is_week else month_span(f"{day:%Y-%m}")
        )
    yield from spans


def _is_year(text: str) -> bool:
    return MINYEAR < int(text) < MAXYEAR
