"""The days of headings that leave out the year or rule the headings below them."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from pipeline.digests.dates import MONTH, Dated, dated, month_heading, year_heading
from pipeline.digests.days_of_year import day_near
from pipeline.digests.document import Section
from pipeline.model.month_names import month_number

_DAY_ALONE = re.compile(
    rf"\b(?P<name>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)", re.IGNORECASE
)
_WORDS_BEFORE = re.compile(rf"\b(?:{MONTH})\b|\d", re.IGNORECASE)
_FEWEST_IN_ROW = 3


class DaysInRow:
    """The days of headings that come in order, of which some leave out the year.

    >>> days = DaysInRow()
    >>> told = [days.of(f"Week of {day}") for day in (
    ...     "March 9, 2024", "March 2, 2024", "January 6, 2024", "December 30", "May 3")]
    >>> [str(each.day) for each in told if each]
    ['2024-03-09', '2024-03-02', '2024-01-06', '2023-12-30', '2023-05-03']
    """

    def __init__(self) -> None:
        self._before = ""
        self._days: list[date] = []

    def of(self, text: str) -> Dated | None:
        """The day that a heading states; its year by those above, where all go one way."""
        stated = dated(text)
        without_year = None if stated else list(_DAY_ALONE.finditer(text[:200]))
        if not (without_year or (stated and stated.precision == "day")):
            return None
        before = _WORDS_BEFORE.split(text, maxsplit=1)[0].strip()
        if before != self._before:
            self._before, self._days = before, []
        if without_year:
            stated = self._in_order(without_year[-1])
        self._days += [stated.day] if stated else []
        return stated

    def _in_order(self, found: re.Match[str]) -> Dated | None:
        steps = {later < sooner for sooner, later in pairwise(self._days)}
        if len(self._days) < _FEWEST_IN_ROW or len(steps) > 1:
            return None
        last, falls = self._days[-1], steps.pop()
        for year in range(last.year, last.year + (-2 if falls else 2), -1 if falls else 1):
            try:
                day = date(year, month_number(found["name"]), int(found["d"]))
            except ValueError:
                continue
            if (day <= last) if falls else (day >= last):
                return Dated(day, "day")
        return None


class RulingDays:
    """The day that rules each section in turn: its own, or that of a heading above it."""

    def __init__(self, day: Dated | None) -> None:
        self._outermost = day
        self._headed: list[tuple[int, Dated]] = []
        self._in_row = DaysInRow()

    def of(self, section: Section, *, of_paper: bool) -> Dated | None:
        """The day of the next section; a heading rules those that are deeper than it.

        The heading of a paper may print when that was published, and states no day.
        """
        heading = section.heading
        if section.day:
            self._headed = []
            day = section.day.day
            self._outermost = Dated(day, "day") if day else None
        elif heading and heading.kind == "heading":
            while self._headed and self._headed[-1][0] >= heading.depth:
                self._headed.pop()
            own = None if of_paper else self._own(heading.body)
            self._headed += [(heading.depth, own)] if own else []
        return self._headed[-1][1] if self._headed else self._outermost

    def _own(self, text: str) -> Dated | None:
        ruling = self._headed[-1][1] if self._headed else self._outermost
        exact = day_near(text, ruling) or month_heading(text) or self._in_row.of(text)
        return exact or year_heading(text)
