"""What surrounds one signature, and how two of them are alike."""

from __future__ import annotations

import math
from typing import NamedTuple


class Context(NamedTuple):
    """Around one signature: its co-authors, theirs on other papers, the words of titles.

    `nearby` are the numbers of those other papers.
    """

    co_authors: frozenset[str]
    circle: frozenset[str]
    words: dict[str, float]
    nearby: frozenset[int]


def knows(a: Context, b: Context) -> bool:
    """Whether the co-authors of two signatures wrote together elsewhere."""
    return not (a.circle.isdisjoint(b.co_authors) and b.circle.isdisjoint(a.co_authors))


def likeness(a: Context, b: Context) -> float:
    """How alike the topics of two signatures are, from 0 to 1."""
    ours, theirs = a.words, b.words
    return math.fsum([ours[word] * theirs[word] for word in ours.keys() & theirs.keys()])
