"""Labels of links that say who wrote a paper and when, and no title: `Lee et al., 2023`."""

from __future__ import annotations

import re

_NAME = r"[^\W\d_a-z][\w'’.-]{1,30}"
_NAMES = rf"(?:[^\W\d_]{{1,3}}\.? ){{0,3}}{_NAME}(?: {_NAME}){{0,2}}"
_AUTHOR_YEAR = re.compile(
    rf"{_NAMES}(?:(?:, {_NAMES}){{0,3}},?(?: &| and| et| und| y) {_NAMES}|,? et\.? al\.?)"
    r"(?:, ?| )\(?(?:19|20)\d\d[a-z]?\)?\.?"
)
_LONGEST = 80


def is_author_year(label: str) -> bool:
    """Whether a text is names and a year as texts cite papers, which no title is.

    Two names alone may be a title; with a comma or brackets at the year they are none.

    >>> [is_author_year(label) for label in ("Lee et al., 2023", "Lee & Kim (2022b)", "Lee, 2023")]
    [True, True, False]
    >>> is_author_year("Bread and Butter 2020"), is_author_year("Van der Lee & Ng, 2020")
    (False, True)
    """
    if len(label) > _LONGEST or not _AUTHOR_YEAR.fullmatch(label):
        return False
    return " et" in label or "(" in label or re.search(r", ?\d", label) is not None
