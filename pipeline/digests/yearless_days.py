"""Days without a year before titles, under a heading or in a file whose name gives the year.

## 2024                                     ## 2024
- 9/25 Slow Cooking of Models               - 2024-09-25: Slow Cooking of Models
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from pipeline.digests.dates import MONTH, dated, month_heading, year_heading
from pipeline.model.month_names import month_number

_LED = re.compile(
    r"(?P<mark>\s{0,8}(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s)?\s{0,3}(?:\[[ xX]\]\s)?)"
    r"(?:(?P<open>[\[(])?(?P<a>\d{1,2})/(?P<b>\d{1,2})(?(open)[\])])"
    r"|(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일](?:\s?[(（][^\W\d]{1,3}[)）])?"
    r"|(?P<day>\d\d)\.\s?(?P<month>\d\d)\."
    rf"|(?P<name>(?i:{MONTH}))\.? (?P<of_name>\d{{1,2}})(?:st|nd|rd|th)?(?=[:,.\s]))"
    r"(?:\s?[:：,|·–—-]{1,2}\s|\s|(?<=[日일)])|$)\s{0,3}(?P<words>(?![a-z(\d/-]).*)"
)
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d./-]|\d)")
_LONGEST_HEADING = 60
_FEWEST = 2
_MONTHS = 12


class _Led(NamedTuple):
    """A line that begins with a day: where, what is before and behind the day, and its numbers."""

    at: int
    mark: str
    words: str
    numbers: tuple[int, int]
    is_slashed: bool


def with_years(file: str, lines: Sequence[str | None]) -> Sequence[str | None]:
    """The lines, their first days as `2024-09-25` where the year is given and the order is clear.

    >>> with_years("Read in 2024.md", ["- 9/25 Slow Cooking", "- 9/28: Hot Stones"])
    ['- 2024-09-25: Slow Cooking', '- 2024-09-28: Hot Stones']
    >>> with_years("notes.md", ["# 2024", "- 3/4 of All Stones"])
    ['# 2024', '- 3/4 of All Stones']
    """
    led = [found for at, line in enumerate(lines) if line and (found := _led(at, line))]
    if len(led) < _FEWEST:
        return lines
    marks = Counter(line[:1] for line in lines if line)
    of_days = Counter((lines[found.at] or "")[:1] for found in led if found.is_slashed)
    sparse = {mark for mark, count in of_days.items() if count * 2 < marks[mark]}
    month_first = _is_month_first([found for found in led if found.is_slashed])
    years = _years(file, lines, {found.at for found in led})
    changes: dict[int, str] = {}
    for found in led:
        unsure = found.is_slashed and (month_first is None or (lines[found.at] or "")[:1] in sparse)
        year = years.get(found.at)
        month, day = found.numbers if not found.is_slashed or month_first else found.numbers[::-1]
        stated = None if unsure or year is None else _day(year, month, day)
        if stated:
            parted = ": " if found.words else ""
            changes[found.at] = f"{found.mark}{stated.isoformat()}{parted}{found.words}"
    return [changes.get(at, line) for at, line in enumerate(lines)] if changes else lines


def _led(at: int, line: str) -> _Led | None:
    match = _LED.match(line[:400])
    if match is None or (not match["words"] and "#" not in match["mark"]):
        return None
    groups = match.groupdict()
    if groups["name"]:
        numbers = month_number(groups["name"]), int(groups["of_name"])
    else:
        first = groups["a"] or groups["m"] or groups["month"]
        second = groups["b"] or groups["d"] or groups["day"]
        numbers = int(first or 0), int(second or 0)
    return _Led(at, match["mark"], line[match.start("words") :], numbers, groups["a"] is not None)


def _is_month_first(slashed: Sequence[_Led]) -> bool | None:
    """Whether the month is first in days with slashes; None where none or both may be.

    Of days that could be either, the number that changes less is the month.
    """
    first, second = ({found.numbers[at] for found in slashed} for at in (0, 1))
    told = (max(first, default=0) > _MONTHS, max(second, default=0) > _MONTHS)
    if told[0] != told[1]:
        return told[1]
    return None if told[0] or len(first) == len(second) else len(first) < len(second)


def year_in_name(file: str) -> int | None:
    """The one year that the name of a file states; None for none or several."""
    in_name = {int(year) for year in _YEAR.findall(PurePath(file.replace("\\", "/")).stem)}
    return in_name.pop() if len(in_name) == 1 else None


def _years(file: str, lines: Sequence[str | None], wanted: set[int]) -> dict[int, int]:
    """The year that rules each of the wanted lines, by the nearest heading that gives one."""
    year = year_in_name(file)
    ruling: dict[int, int] = {}
    for at, line in enumerate(lines):
        if at in wanted:
            ruling |= {at: year} if year else {}
        elif line and len(line) <= _LONGEST_HEADING:
            year = _year_of_heading(line) or year
    return ruling


def _year_of_heading(line: str) -> int | None:
    text = line.strip()
    found = year_heading(text) or month_heading(text)
    if found:
        return found.day.year
    if not text.startswith("#"):
        return None
    years, stated = _YEAR.findall(text), dated(text)
    return int(years[0]) if len(years) == 1 and stated and stated.precision != "day" else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
