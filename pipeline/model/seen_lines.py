"""What was found out of a line, kept for the next rule that looks at the same line."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_CHARACTERS = 4_000
_LONG_LINES = 16
"""Longer lines are few, and too much to hold many of."""


def of_seen_lines(lines: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """What makes a function of a text give again what it gave for any of the last so many lines.

    >>> asked = []
    >>> length = of_seen_lines(2)(lambda text: asked.append(text) or len(text))
    >>> length("abc"), length("abc"), asked
    (3, 3, ['abc'])
    """

    def remembering(function: Callable[[str], T]) -> Callable[[str], T]:
        of_short = lru_cache(maxsize=lines)(function)
        of_long = lru_cache(maxsize=_LONG_LINES)(function)

        @wraps(function)
        def of_line(text: str) -> T:
            return of_short(text) if len(text) < _CHARACTERS else of_long(text)

        return of_line

    return remembering
