"""Days without a year that are a line of their own, below a day that has one.

2025년 3월 2일                                2025년 3월 2일
3월 3일 (월)                                  2025-03-03
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.digests.dates import (
    MONTH,
    Dated,
    dated,
    heading_date,
    is_day_alone,
    month_heading,
    other_day_in_year,
    year_heading,
)
from pipeline.digests.yearless_days import year_in_name
from pipeline.model.month_names import month_number

_WITHOUT_YEAR = (
    re.compile(rf"\b(?P<name>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)", re.IGNORECASE),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<name>{MONTH})\b", re.IGNORECASE),
    re.compile(r"(?P<m>\d{1,2})\s?[월月]\s?(?P<d>\d{1,2})\s?[일日]"),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?!\d)"),
)
_LONGEST = 40
_NEAR = timedelta(days=45)
"""So near to the day of its file a day without its year is."""
_NEAR_IN_ROW = timedelta(days=150)
"""So near to the day above it, where days are lines of their own."""


def with_days_of_year(file: str, lines: Sequence[str | None]) -> Sequence[str | None]:
    """The lines, those that are a day without its year as `2025-03-03` where one above has it.

    >>> with_days_of_year("notes.txt", ["2025년 3월 2일", "Slow Cooking", "3월 3일 (월)"])
    ['2025년 3월 2일', 'Slow Cooking', '2025-03-03']
    """
    if not any(line and _may_be_day(line) and is_day_alone(line) for line in lines):
        return lines
    year = year_in_name(file)
    ruling = Dated(date(year, 1, 1), "year") if year else None
    own: list[str | None] = []
    for line in lines:
        day = day_near(line, ruling, _NEAR_IN_ROW) if line and _may_be_day(line) else None
        own.append(day.day.isoformat() if day else line)
        ruling = day or (_stated(line) if line else None) or ruling
    return own


def _may_be_day(line: str) -> bool:
    """Whether a line is short and has a number, and no mark of a heading or a point."""
    return len(line) <= _LONGEST and line[0].isalnum() and any(map(str.isdigit, line))


def _stated(line: str) -> Dated | None:
    """The day, the month or the year that a line is, be it a heading or not."""
    text = line.strip()
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    try:
        day = heading_date(text)
    except ValueError:
        return None
    return Dated(day, "day") if day else month_heading(text) or year_heading(text)


def day_near(text: str, ruling: Dated | None, within: timedelta = _NEAR) -> Dated | None:
    """The day that a heading is without its year, in the year that brings it near; else None.

    >>> week = Dated(date(2025, 1, 5), "day")
    >>> [str(day_near(text, week).day) for text in ("Mon 30.12.", "1월 3일 (금)", "Jan 4")]
    ['2024-12-30', '2025-01-03', '2025-01-04']
    """
    if ruling is None or not is_day_alone(text) or dated(text):
        return None
    numbers = _month_and_day(text)
    if numbers is None:
        return None
    years = (-1, 0, 1) if ruling.precision == "day" else (0,)
    days = [_day(ruling.day.year + step, *numbers) for step in years]
    possible = [day for day in days if day is not None]
    nearest = min(possible, key=lambda day: abs(day - ruling.day), default=None)
    if nearest is None or (ruling.precision == "day" and abs(nearest - ruling.day) > within):
        return None
    return Dated(nearest, "day")


def _month_and_day(text: str) -> tuple[int, int] | None:
    match = next(filter(None, (form.search(text) for form in _WITHOUT_YEAR)), None)
    if match is None:
        return other_day_in_year(text.strip())
    groups = match.groupdict()
    month = int(groups["m"]) if "m" in groups else month_number(groups["name"])
    return month, int(groups["d"])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
