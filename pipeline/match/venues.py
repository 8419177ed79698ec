"""Whether an entry and a paper name one venue, and the year that a venue's name has in it."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.model.folding import content_of, title_words

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|['’](\d\d)(?!\d)")
_SAID_OF_ALL = frozenset(
    "proceedings proc conference conf international int annual journal j".split()
)
_THIS_CENTURY = 50


def same_venue(one: str | None, other: str | None) -> float | None:
    """1 where two names can be one venue's, abbreviated or not; None where that cannot be said.

    That the names differ says little: a paper has a preprint, a talk and an article.

    >>> same_venue("Phys. Rev. D", "Physical Review D 101 (2020)"), same_venue("CVPR", "Nature")
    (1.0, None)
    """
    a, b = _words(one or ""), _words(other or "")
    if not a or not b:
        return None
    same = len(a) == len(b) and all(map(_abbreviates, a, b))
    return 1.0 if same else None


def year_of(venue: str | None) -> int | None:
    """The one year that a venue's name has in it, in full or as `'24`; None where there is none.

    >>> year_of("CVPR 2024 (Oral)"), year_of("T-RO '24"), year_of("Phys. Rev. D"), year_of(None)
    (2024, 2024, None, None)
    """
    years = {_full(*match.groups()) for match in _YEAR.finditer(venue or "")}
    return years.pop() if len(years) == 1 else None


def _full(year: str | None, short: str | None) -> int:
    if year:
        return int(year)
    return int(short or 0) + (2000 if int(short or 0) < _THIS_CENTURY else 1900)


@lru_cache(maxsize=4096)
def _words(venue: str) -> tuple[str, ...]:
    """The words that say which venue it is, before its first number."""
    words = title_words(venue.replace(".", ". "))
    numbered = next((n for n, word in enumerate(words) if word.isdigit()), len(words))
    naming = content_of(words) - _SAID_OF_ALL
    return tuple(word for word in words[:numbered] if word in naming)


def _abbreviates(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short)
