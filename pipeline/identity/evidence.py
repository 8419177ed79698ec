"""What speaks for two signatures of one name being one person's, as a score in log-odds.

The weights were chosen on labelled author lists (`docs/identity.md`); they are rounded, as nothing
finer is known.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from pipeline.identity.names import PersonName
from pipeline.identity.rarity import Rarity
from pipeline.identity.signatures import Listed, SignatureRef
from pipeline.model.folding import content_words, title_words

MOST_PAPERS = 8
"""Of a co-author so many other papers are looked at, the nearest by number first."""
SURROUNDING_TITLES = 0.7
"""What the co-authors' other titles weigh beside the paper's own."""
MOST_FOLLOWED = 6
"""Of the co-authors so many are followed to their other papers, the rarest names first."""
MOST_EXPECTED = 1.0
"""A co-author of whom more are expected proves nothing."""
_ENDING = re.compile(r"(?<=[a-z0-9]{4})(?:ing|ed|es|s)$")
"""Of a word's endings these are dropped: `models` is about the same as `model`."""
BASE = -6.25
LETTERS = 0.3
MOST_LETTERS = 6
CIRCLE = 1.4
TOPIC = 10.0
LAST_BOTH = 2.7
LAST_ONE = 1.4


class Pair(NamedTuple):
    """Between two signatures: do their co-authors know each other, how alike are the topics."""

    circle: bool
    topic: float


class AuthorPositions(NamedTuple):
    """Of a person's signatures, which share is last in a list, and which first."""

    last: float
    first: float


@dataclass(slots=True)
class CoauthorContext:
    """All papers, with what is looked up again and again: who wrote which, and how rare words are.

    `expected` is how many people bear each name, `shown` one of its spellings.
    """

    papers: Sequence[Listed]
    expected: Mapping[str, float]
    shown: Mapping[str, str]
    papers_of: dict[str, list[int]] = field(default_factory=dict)
    words_of: list[tuple[str, ...]] = field(default_factory=list)
    rarity_of: dict[str, float] = field(default_factory=dict)
    vectors: dict[int, dict[str, float]] = field(default_factory=dict)
    tellers: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Counts, once."""
        stems = _Stems()
        papers_of = defaultdict(list)
        for number, paper in enumerate(self.papers):
            self.words_of.append(stems.of_title(paper.title))
            for key in paper.looked_at:
                papers_of[key].append(number)
        self.papers_of = dict(papers_of)
        with_word = Counter(chain.from_iterable(self.words_of))
        self.rarity_of = {w: math.log(len(self.papers) / n) for w, n in with_word.items()}

    def telling(self, number: int) -> tuple[str, ...]:
        """The authors of a paper whose names are rare enough to be a person's, in order."""
        found = self.tellers.get(number)
        if found is None:
            names = self.papers[number].looked_at
            found = tuple(sorted([key for key in names if self.expected[key] <= MOST_EXPECTED]))
            self.tellers[number] = found
        return found

    def title(self, number: int) -> dict[str, float]:
        """The words of a title, weighted by how rare they are, of length 1 together."""
        if number not in self.vectors:
            words = sorted(self.words_of[number])
            self.vectors[number] = _unit({word: self.rarity_of[word] for word in words})
        return self.vectors[number]


class Context(NamedTuple):
    """Around one signature: its co-authors, theirs on other papers, and the words of titles."""

    co_authors: frozenset[str]
    circle: frozenset[str]
    words: dict[str, float]


def context(around: CoauthorContext, number: int, own: str) -> Context:
    """What surrounds the name `own` on a paper: papers of that name itself tell nothing here."""
    co_authors = frozenset(around.telling(number)) - {own}
    circle: set[str] = set()
    words: dict[str, float] = defaultdict(float)
    rarest = sorted(co_authors, key=lambda key: (around.expected[key], key))
    for co_author in rarest[:MOST_FOLLOWED]:
        signed = around.papers_of[co_author]
        others = [
            other
            for other in (_nearest(signed, number) if len(signed) > 1 else ())
            if own not in around.papers[other].looked_at
        ]
        for other in others:
            circle.update(around.telling(other))
            weight = 1 / (1 + around.expected[co_author]) / len(others)
            for word, value in around.title(other).items():
                words[word] += value * weight
    mixed = defaultdict(float, around.title(number))
    for word, value in _unit(words).items():
        mixed[word] += SURROUNDING_TITLES * value
    return Context(co_authors, frozenset(circle), _unit(mixed))


def pair(a: Context, b: Context) -> Pair:
    """What two contexts have in common."""
    circle = not (a.circle.isdisjoint(b.co_authors) and b.circle.isdisjoint(a.co_authors))
    few, many = sorted((a.words, b.words), key=len)
    return Pair(circle, sum(value * many.get(word, 0.0) for word, value in few.items()))


def author_positions(papers: Sequence[Listed], marks: Sequence[SignatureRef]) -> AuthorPositions:
    """Who leads a group signs last, paper after paper; a list by the alphabet says nothing."""
    ordered = [mark for mark in marks if papers[mark.paper].ordered]
    last = sum(mark.place == len(papers[mark.paper].keys) - 1 for mark in ordered)
    first = sum(mark.place == 0 for mark in ordered)
    return AuthorPositions(last / len(marks), first / len(marks))


def name_score(name: PersonName, rarity: Rarity, world: int) -> float:
    """How far the name alone says that two who bear it are one: above 0, rather yes."""
    letters = min(len(name.given_key), MOST_LETTERS)
    return BASE - math.log(rarity.expected(name, world)) + LETTERS * letters


def seat_score(a: AuthorPositions, b: AuthorPositions) -> float:
    """How far their places in the lists say that two are one: a leader is not a beginner."""
    mixed = max(a.last * b.first, b.last * a.first)
    return LAST_BOTH * (a.last * b.last - mixed) + LAST_ONE * max(a.last, b.last)


def least_seat_score(found: Sequence[AuthorPositions]) -> float:
    """What the places of any two can cost at most: nothing, where nobody was first or last."""
    return -LAST_BOTH * max(seat.last for seat in found) * max(seat.first for seat in found)


def pair_score(found: Pair) -> float:
    """How far the surroundings say that two are one."""
    return CIRCLE * found.circle + TOPIC * found.topic


class _Stems(dict[str, str]):
    """Words without their endings, each found once; of a word that says nothing, nothing is left.

    They are held as long as they are needed, and a word that many titles have is held once.
    """

    def __missing__(self, word: str) -> str:
        self[word] = stem = _ENDING.sub("", word) if content_words(word) else ""
        return stem

    def of_title(self, title: str) -> tuple[str, ...]:
        """The words of a title, each once, in no order."""
        return tuple({stem for word in title_words(title) if (stem := self[word])})


def _nearest(numbers: Sequence[int], number: int) -> Iterable[int]:
    others = [other for other in numbers if other != number]
    if len(others) <= MOST_PAPERS:
        return others
    return sorted(sorted(others, key=lambda other: (abs(other - number), other))[:MOST_PAPERS])


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum([value * value for value in vector.values()]))
    return {word: value / length for word, value in vector.items()} if length else {}
