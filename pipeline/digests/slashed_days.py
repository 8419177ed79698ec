"""Days with slashes in a table: month first or day first, as the table's other days tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SLASHED = re.compile(
    r"(?<![\w/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d|\d\d)(?![\w/-])"
)
_MONTHS = 12
_CENTURY = 2000


def is_month_first(lines: Iterable[str | None]) -> bool | None:
    """Whether the month is before the day, where some days of the lines tell and all agree.

    >>> [is_month_first(days) for days in (["9/5/24", "9/25/24"], ["25/9/24"], ["9/5/24"])]
    [True, False, None]
    """
    told: set[bool] = set()
    for line in lines:
        if line and line.count("/") > 1:
            for found in _SLASHED.finditer(line[:10_000]):
                first, second = int(found["a"]), int(found["b"])
                if (first > _MONTHS) != (second > _MONTHS):
                    told.add(second > _MONTHS)
    return told.pop() if len(told) == 1 else None


def iso_day(text: str, *, month_first: bool | None) -> str:
    """A day with slashes, perhaps with a time, as `2024-09-05`; any other text as it is."""
    found = _SLASHED.match(text.strip()) if month_first is not None else None
    if not found:
        return text
    month, day = (found["a"], found["b"]) if month_first else (found["b"], found["a"])
    year = int(found["y"]) + (_CENTURY if len(found["y"]) == len("24") else 0)
    return f"{year}-{int(month):02}-{int(day):02}"
