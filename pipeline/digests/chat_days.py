"""The days that chats state before their messages, in the order of each program and country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.digests.dates import day_heading

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NUMBERS = re.compile(r"\d+")


def day_first(days: Sequence[str]) -> bool | None:
    """Whether `03/11/24` is a day in November; None where no date tells."""
    pairs = [tuple(map(int, _NUMBERS.findall(day)[:2])) for day in days if "/" in day]
    if any(first > 12 for first, *_ in pairs if first < 32):
        return True
    return False if any(len(pair) > 1 and pair[1] > 12 for pair in pairs) else None


def date_of(file: str, day: str, *, day_first: bool | None) -> date | None:
    """The day that a message states; None where its numbers may be of two."""
    numbers = [int(number) for number in _NUMBERS.findall(day)]
    named = re.fullmatch(r"(\d{1,2})-([A-Za-z]{3})-(\d{2,4})", day)
    try:
        if named:
            year = int(named[3]) + (2000 if len(named[3]) == 2 else 0)
            return date(year, _MONTHS.index(named[2].casefold()) + 1, int(named[1]))
        if re.match(r"\d{1,2}[-./]\d", day):
            first, second, year = numbers
            if day_first is None and "/" in day:
                return None
            month, in_month = (first, second) if day_first is False else (second, first)
            return date(year + (2000 if year < 100 else 0), month, in_month)
    except ValueError:
        return None
    heading = day_heading(file, 1, day.strip()) if day else None
    return heading.day if heading else None
