"""How the words of a query fit what a node is called: wholly, at its beginning, within it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline.model.folding import folded_title, title_words

_HEAD = re.compile(r":\s")
# Scripts that put no spaces between words, and Korean, which joins endings to them.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]"
)
_INITIALS = re.compile(r"[A-Za-z][A-Za-z0-9]{1,7}")
_FEWEST_INITIALS = 3


class Fit(IntEnum):
    """How a query fits a name, the best first."""

    NICKNAME = 0
    WHOLE = 1
    HEAD = 2
    BEGINNING = 3
    INITIALS = 4
    WORDS = 5
    PARTS = 6


class Called(NamedTuple):
    """A name of the node in a row: as it is written, folded, and whether a reader gave it."""

    row: int
    text: str
    folded: str
    is_nickname: bool
    is_title: bool


def called(row: int, kind: str, label: str, spellings: Iterable[str]) -> Iterator[Called]:
    """What a node is called, each name once. A paper's spellings beside its title are nicknames."""
    is_paper = kind == "paper"
    names = {folded_title(text): text for text in (*reversed([*spellings]), label)}
    own_key = folded_title(label)
    for folded, text in names.items():
        yield Called(
            row,
            text,
            folded,
            is_paper and folded != own_key,
            is_paper and folded == own_key,
        )


def fit(name: Called, query: str, asked: str) -> Fit | None:
    """How a query, which folds to `asked`, fits a name; None where it does not.

    >>> name = next(called(0, "paper", "PP-OCRv2: Bag of Tricks for OCR", ()))
    >>> [fit(name, query, folded_title(query)) for query in ("pp-ocrv2", "bag of tr", "ppo", "gof")]
    [<Fit.HEAD: 2>, <Fit.PARTS: 6>, None, None]
    """
    if asked == name.folded:
        return Fit.NICKNAME if name.is_nickname else Fit.WHOLE
    at = name.folded.find(asked)
    if at < 0:
        return None
    if name.is_title and at == 0 and asked == _head(name.text):
        return Fit.HEAD
    if _UNSPACED.search(query):
        return Fit.BEGINNING if at == 0 else Fit.WORDS
    return _at_borders(name, query, asked, at)


def initials_pattern(query: str) -> str | None:
    """What the words of a title fit, of which a query of one word is the first letters.

    They are each after a space. None where a query is too short for that, or no such word.

    >>> re.match(initials_pattern("PPO"), " proximal policy optimization algorithms") is not None
    True
    >>> initials_pattern("pp")
    """
    asked = query.strip().lower()
    if len(asked) < _FEWEST_INITIALS or not _INITIALS.fullmatch(asked):
        return None
    return "^" + "".join(f" {letter}[a-z0-9]*" for letter in asked) + "( |$)"


def _at_borders(name: Called, query: str, asked: str, at: int) -> Fit | None:
    """Where the query begins and ends among the words of the name."""
    starts = _starts(name.text)
    ends = starts | {len(name.folded)}
    last = len(asked) - len(_last_word(query))
    fits: list[Fit] = []
    while at >= 0:
        if at in starts and at + len(asked) in ends:
            fits.append(Fit.BEGINNING if at == 0 else Fit.WORDS)
        elif at in starts and at + last in starts:
            # The word that is not whole lies within one word of the name.
            within = starts.isdisjoint(range(at + last + 1, at + len(asked)))
            fits += [Fit.PARTS] if within else []
        at = name.folded.find(asked, at + 1)
    return min(fits, default=None)


@lru_cache(maxsize=65536)
def _starts(text: str) -> frozenset[int]:
    """At which letters of a folded name its words begin."""
    return frozenset(accumulate(map(len, title_words(text)[:-1]), initial=0))


@lru_cache(maxsize=64)
def _last_word(query: str) -> str:
    words = title_words(query)
    return words[-1] if words else ""


def _head(title: str) -> str:
    parts = _HEAD.split(title, maxsplit=1)
    return folded_title(parts[0]) if len(parts) == 2 else ""
