"""When one tag can have taken the place of another."""

from __future__ import annotations

from datetime import date

MOST_DAYS_BETWEEN = 365


def follows(last: date | None, first: date | None) -> bool:
    """Whether a tag first used on one day can succeed one last used on another: within a year.

    >>> follows(date(2023, 5, 1), date(2023, 7, 1)), follows(date(2023, 5, 1), date(2023, 5, 1))
    (True, False)
    """
    if last is None or first is None:
        return False
    return 0 < (first - last).days <= MOST_DAYS_BETWEEN
