"""What surrounds one signature, and how two of them are alike."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.identity.evidence import CoauthorContext

MOST_PAPERS = 8
"""Of a co-author so many other papers are looked at, the nearest in their order."""
SURROUNDING_TITLES = 0.7
"""What the co-authors' other titles weigh beside the paper's own."""


class Context(NamedTuple):
    """Around one signature: its co-authors, theirs on other papers, the words of titles.

    `nearby` are the numbers of those other papers.
    """

    co_authors: frozenset[str]
    circle: frozenset[str]
    words: dict[str, float]
    nearby: frozenset[int]


class OtherPapers(NamedTuple):
    """Other papers of a co-author: their numbers, who signs them, the words of their titles."""

    papers: Sequence[int]
    circle: Set[str]
    words: Mapping[str, float]


class Surroundings:
    """What surrounds the signatures of a block of names: its other papers tell nothing of them.

    Most co-authors have few other papers, which are the same from each paper that leads there.
    """

    def __init__(self, around: CoauthorContext, own_names: Set[str]) -> None:
        self._around, self._own_names = around, own_names
        self._of_few: dict[str, OtherPapers] = {}

    def of(self, number: int) -> Context:
        """What surrounds the block's name on a paper."""
        around, own_names = self._around, self._own_names
        circle: set[str] = set()
        nearby: set[int] = set()
        words: dict[str, float] = defaultdict(float)
        for co_author in around.followed(number, own_names):
            if len(around.papers_of[co_author]) > 1:
                papers, names, of_titles = self._elsewhere(co_author, number)
                nearby.update(papers)
                circle |= names
                for word, value in of_titles.items():
                    words[word] += value
        mixed = defaultdict(float, around.title(number))
        length = math.sqrt(sum([value * value for value in words.values()]))
        for word, value in words.items():
            mixed[word] += SURROUNDING_TITLES * (value / length)
        co_authors = around.telling(number) - own_names
        return Context(co_authors, frozenset(circle), unit(mixed), frozenset(nearby))

    def _elsewhere(self, co_author: str, number: int) -> OtherPapers:
        """Where a co-author signs but on one paper."""
        signed, papers = self._around.papers_of[co_author], self._around.papers
        # Of a long list the block's name may not be among those that are looked at.
        few = len(signed) <= MOST_PAPERS + 1
        few = few and not self._own_names.isdisjoint(papers[number].looked_at)
        elsewhere = self._of_few.get(co_author) if few else None
        if elsewhere is None:
            elsewhere = self._added_up(co_author, nearest(signed, number))
            if few:
                self._of_few[co_author] = elsewhere
        return elsewhere

    def _added_up(self, co_author: str, numbers: Sequence[int]) -> OtherPapers:
        around = self._around
        others = [n for n in numbers if self._own_names.isdisjoint(around.papers[n].looked_at)]
        weight = 1 / (1 + around.expected[co_author]) / max(len(others), 1)
        circle: set[str] = set()
        words: dict[str, float] = defaultdict(float)
        for other in others:
            circle.update(around.telling(other))
            for word, value in around.title(other).items():
                words[word] += value * weight
        return OtherPapers(others, circle, words)


def nearest(numbers: Sequence[int], number: int) -> Sequence[int]:
    """Others of some numbers in order, those next to one of them in their row."""
    place = bisect_left(numbers, number)
    start = max(0, min(place - MOST_PAPERS // 2, len(numbers) - MOST_PAPERS - 1))
    return [other for other in numbers[start : start + MOST_PAPERS + 1] if other != number]


def unit(vector: Mapping[str, float]) -> dict[str, float]:
    """Words as a vector of length 1; nothing where nothing weighs."""
    length = math.sqrt(sum([value * value for value in vector.values()]))
    return {word: value / length for word, value in vector.items()} if length else {}


def knows(a: Context, b: Context) -> bool:
    """Whether the co-authors of two signatures wrote together elsewhere."""
    return not (a.circle.isdisjoint(b.co_authors) and b.circle.isdisjoint(a.co_authors))


def likeness(a: Context, b: Context) -> float:
    """How alike the topics of two signatures are, from 0 to 1."""
    ours, theirs = a.words, b.words
    return math.fsum([ours[word] * theirs[word] for word in ours.keys() & theirs.keys()])
