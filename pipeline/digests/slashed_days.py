"""Days with slashes or dots in a table: month or day first, as the table's other days tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

_SLASHED = re.compile(
    r"(?<![\w/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d|\d\d)(?![\w/-])"
)
_DOTTED = re.compile(
    r"(?<![\w/.-])(?P<a>\d{1,2})\.\s?(?P<b>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\w|[./-]\d)"
)
"""`24.3.2025`, day first unless the table's other days tell the other order."""
_HEADING = re.compile(
    r"#{0,6}\s?\d{1,2}/\d{1,2}/(?:(?:19|20)\d\d|\d\d)(?:,?\s\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?)?\s*"
)
"""A day, perhaps with a time, and nothing else."""
_PARTED = re.compile(
    r"(?P<mark>#{0,6}\s?)(?P<a>\d{1,2})(?P<s>[.-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d)\s*"
)
"""A day with dots or hyphens and nothing else; with dots the day is first where no other tells."""
_LONGEST_HEADING = 40
_MONTHS = 12
_CENTURY = 2000


def is_month_first(lines: Iterable[str | None]) -> bool | None:
    """Whether the month is before the day, where some days of the lines tell and all agree.

    >>> [is_month_first(days) for days in (["9/5/24", "9/25/24"], ["25/9/24"], ["9/5/24"])]
    [True, False, None]
    """
    return _is_month_first(lines, "/", _SLASHED)


def is_dotted_month_first(lines: Iterable[str | None]) -> bool:
    """Whether of days with dots the month is first, as `3.24.2025` tells where all agree.

    >>> [is_dotted_month_first(days) for days in (["3.24.2025"], ["24.3.2025"], ["3.4.2025"])]
    [True, False, False]
    """
    return _is_month_first(lines, ".", _DOTTED) is True


def _is_month_first(lines: Iterable[str | None], mark: str, form: re.Pattern[str]) -> bool | None:
    told: set[bool] = set()
    for line in lines:
        if line and line.count(mark) > 1:
            for found in form.finditer(line[:10_000]):
                first, second = int(found["a"]), int(found["b"])
                if (first > _MONTHS) != (second > _MONTHS):
                    told.add(second > _MONTHS)
    return told.pop() if len(told) == 1 else None


def iso_day(text: str, *, month_first: bool | None) -> str:
    """A day with slashes, perhaps with a time, as `2024-09-05`; any other text as it is."""
    found = _SLASHED.match(text.strip()) if month_first is not None else None
    return text if not found or month_first is None else _iso(found, month_first=month_first)


def iso_of_dotted(text: str, *, month_first: bool) -> str:
    """A day with dots, perhaps with a time, as `2024-09-05`; any other text as it is.

    >>> [iso_of_dotted(text, month_first=False) for text in ("24.3.2025 18:05", "31.2.2025")]
    ['2025-03-24', '31.2.2025']
    """
    found = _DOTTED.match(text.strip())
    day = _iso(found, month_first=month_first) if found else text
    try:
        date.fromisoformat(day)
    except ValueError:
        return text
    return day


def _iso(found: re.Match[str], *, month_first: bool) -> str:
    month, day = (found["a"], found["b"]) if month_first else (found["b"], found["a"])
    year = int(found["y"]) + (_CENTURY if len(found["y"]) == len("24") else 0)
    return f"{year}-{int(month):02}-{int(day):02}"


def with_iso_days(lines: Sequence[str | None]) -> Sequence[str | None]:
    """The lines, those that are a day with slashes as `2024-09-05` where all tell their order.

    >>> with_iso_days(["9/5/24 2:30 PM", "A title", "9/25/24"]), with_iso_days(["9/5/24"])
    (('2024-09-05', 'A title', '2024-09-25'), ['9/5/24'])
    """
    lines = _with_iso_days_by_sign(lines)
    days = [line for line in lines if line and _is_day(line)]
    month_first = is_month_first(days) if days else None
    if month_first is None:
        return lines
    return tuple(
        _as_iso(line, month_first=month_first) if line and _is_day(line) else line for line in lines
    )


def _with_iso_days_by_sign(lines: Sequence[str | None]) -> Sequence[str | None]:
    """The same of `25.9.2024` and `25-9-2024`, where a day of the same sign tells the order."""
    found = {
        at: match
        for at, line in enumerate(lines)
        if line and len(line) <= _LONGEST_HEADING and (match := _PARTED.fullmatch(line))
    }
    changes: dict[int, str] = {}
    for sign in {match["s"] for match in found.values()}:
        days = {at: match for at, match in found.items() if match["s"] == sign}
        slashed = {at: f"{day['a']}/{day['b']}/{day['y']}" for at, day in days.items()}
        month_first = is_month_first(slashed.values())
        if month_first is not None:
            iso_days = {at: iso_day(day, month_first=month_first) for at, day in slashed.items()}
            changes |= {at: days[at]["mark"] + day for at, day in iso_days.items()}
    return [changes.get(at, line) for at, line in enumerate(lines)] if changes else lines


def _is_day(line: str) -> bool:
    short = len(line) <= _LONGEST_HEADING and line.count("/") > 1
    return short and _HEADING.fullmatch(line) is not None


def _as_iso(line: str, *, month_first: bool) -> str:
    day = line.lstrip("# ")
    return line[: len(line) - len(day)] + iso_day(day, month_first=month_first)
