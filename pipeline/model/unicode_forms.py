"""Unicode's normal forms, in time in proportion to the text.

Sorting a run of combining marks takes time in proportion to its square. No language writes more
than a few on one letter, so a longer run is parted
(https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format).
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

MOST_MARKS = 30
_JOINER = "\u034f"
# All combining marks, and letters of scripts that have some.
_PERHAPS_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u1dff\u20d0-\u20ff\u2cef-\u2dff\u3099\u309a\u302a-\u302f\ua600-\uabff\ufb1e"
    f"\ufe20-\ufe2f\U00010000-\U0001ffff]{{{MOST_MARKS + 1},}}"
)


def nfc(text: str) -> str:
    """A text with its letters and marks composed.

    >>> nfc("e\u0301") == "é", len(nfc("\u0301\u0323" * 100_000))
    (True, 206666)
    """
    return text if text.isascii() else normalize("NFC", _parted(text))


def nfkc(text: str) -> str:
    """A text composed, with letters that only look otherwise as the usual ones.

    >>> nfkc("ﬁn Ｋ")
    'fin K'
    """
    return text if text.isascii() else normalize("NFKC", _parted(text))


def _parted(text: str) -> str:
    return _PERHAPS_MARKS.sub(lambda run: _with_joiners(run[0]), text)


def _with_joiners(run: str) -> str:
    """A run with a joiner behind every so many marks."""
    parts, marks = [], 0
    for character in run:
        marks = marks + 1 if combining(character) else 0
        parts.append(character + _JOINER if marks == MOST_MARKS else character)
        marks = 0 if marks == MOST_MARKS else marks
    return "".join(parts)
