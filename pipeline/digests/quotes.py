"""A text without the quotation marks around it; those of single words within it stay."""

from __future__ import annotations

import re

_QUOTES = '"„“”「」『』'
_CLOSES_FIRST = re.compile(rf"[^{_QUOTES}]*(?:[”」』]|(?<=[^\s(\[])[\"“])")


def unquoted(text: str) -> str:
    """A text without the quotation marks around all of it, or one that stands alone at an end.

    >>> unquoted('"Slow Cooking"'), unquoted('"Slow" Cooking: A Survey of "Ovens"')
    ('Slow Cooking', '"Slow" Cooking: A Survey of "Ovens"')
    >>> unquoted('"Why?": Heat'), unquoted('"Slow" or "fast" cooking"')
    ('"Why?": Heat', '"Slow" or "fast" cooking"')
    """
    inner = text.strip(_QUOTES + " ")
    around = text[:1] in _QUOTES and not _CLOSES_FIRST.match(inner)
    return inner if around or not any(mark in inner for mark in _QUOTES) else text
