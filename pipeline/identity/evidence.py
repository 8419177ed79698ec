"""What speaks for two groups of signatures being one person's, as a score in log-odds.

The weights were fitted on labelled author lists of several fields by `benchmarks/people/weights.py`
(`docs/identity.md`) and rounded.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from pipeline.identity.clusters import Cluster
from pipeline.identity.contexts import Context, Surroundings, unit
from pipeline.identity.rarity import rounded_count
from pipeline.identity.signatures import AuthoredPaper
from pipeline.identity.subjects import Stems, Subjects, Vector

MOST_FOLLOWED = 6
"""Of the co-authors so many are followed to their other papers, the rarest names first."""
MOST_EXPECTED = 1.0
"""A co-author of whom more are expected leads nowhere."""
MOST_COUNTED = 30
"""Of a co-author's papers so many are looked at to see how many people write with him."""
MOST_LETTERS = 8
MOST_YEARS = 20
FEW_PAPERS = 4
"""From so many papers of the smaller of two groups on their number counts in full."""
FEW_PAIRS = 20
"""From so many pairs of papers of two groups on some are alike by chance."""
FEW_MEETINGS = 400
"""From so many pairs of co-authors of two groups on some are one person by chance."""


class Weights(NamedTuple):
    """What each kind of evidence weighs, in log-odds, and how large the circles are.

    `hidden` are the co-authors of a person that nobody sees here; `homonyms` is what every other
    bearer of a co-author's name takes away; `near` is how much smaller a world a circle of
    co-authors is than its people; `groups` counts against a name left in many groups of papers, and
    `groups_alike` where topics or circles alone speak for two; `spelling` counts against two who
    never spell the name alike, `lengths` against lists of unlike length, `apart` against many
    co-authors and none in common, `papers` against large groups, `met` for the share of their
    papers with a co-author in common, `meetings` against many co-authors, of whom some meet by
    chance; `chance` is how alike topics are by chance, `many` how much more they tell, both of
    large groups; `subject` is for titles of one field and `usual` how near two fields mostly are;
    `around` is for all papers around two full names being of one field, `usual_around` likewise;
    `left` is what is let off those who are left of a name, the less the more `left_letters` it has;
    `unmet` counts against two of many co-authors with topics alone in common, and for two of few;
    `forms` for initials printed alike, and against others; `initials` for those that have neither
    co-author nor circle in common, `single` against a full name's only paper that has neither.
    """

    base: float = -5.5
    rarity: float = 1.2
    letters: float = 0.3
    circle: float = 1.5
    topic: float = 16.0
    chance: float = 0.035
    many: float = 0.7
    last_both: float = 3.5
    last_one: float = 1.5
    hidden: float = 20.0
    homonyms: float = 8.0
    near: float = 40.0
    years: float = 1.5
    groups: float = 0.7
    groups_alike: float = 0.6
    spelling: float = 4.0
    lengths: float = 1.2
    apart: float = 0.6
    papers: float = 3.3
    met: float = 3.0
    meetings: float = 1.8
    subject: float = 5.0
    usual: float = 0.35
    around: float = 3.0
    usual_around: float = 0.25
    left: float = 2.1
    left_letters: float = 0.7
    unmet: float = 1.4
    forms: float = 0.5
    initials: float = 1.0
    single: float = 0.3


WEIGHTS = Weights()


class CoAuthor(NamedTuple):
    """One person in all forms of the name, the fullest of them, and how much sharing him says."""

    keys: frozenset[str]
    fullest: str
    nearness: float


@dataclass(slots=True)
class CoauthorContext:
    """All papers, with what is looked up again and again: who wrote which, and how rare words are.

    `expected` is how many people bear each name, `shown` one of its spellings.
    """

    papers: Sequence[AuthoredPaper]
    expected: Mapping[str, float]
    shown: Mapping[str, str]
    weights: Weights = WEIGHTS
    papers_of: dict[str, tuple[int, ...]] = field(default_factory=dict)
    words_of: list[tuple[str, ...]] = field(default_factory=list)
    rarity_of: dict[str, float] = field(default_factory=dict)
    vectors: dict[int, dict[str, float]] = field(default_factory=dict)
    tellers: dict[int, frozenset[str]] = field(default_factory=dict)
    rarest: dict[int, tuple[str, ...]] = field(default_factory=dict)
    nearness_of: dict[str, float] = field(default_factory=dict)
    people_of: dict[int, list[int]] = field(default_factory=dict)
    people: list[CoAuthor] = field(default_factory=list)
    subjects: Subjects = field(init=False)

    def __post_init__(self) -> None:
        """Counts, once."""
        stems = Stems()
        papers_of = defaultdict(list)
        for number, paper in enumerate(self.papers):
            self.words_of.append((*stems.of_title(paper.title), *dict.fromkeys(paper.fields)))
            for key in paper.looked_at:
                papers_of[key].append(number)
        self.papers_of = {key: tuple(numbers) for key, numbers in papers_of.items()}
        self.subjects = Subjects.of(self.words_of)
        with_word = Counter(chain.from_iterable(self.words_of))
        papers = rounded_count(len(self.papers))
        self.rarity_of = {w: math.log(papers / rounded_count(n)) for w, n in with_word.items()}

    def contexts(self, own_names: Set[str]) -> Callable[[int], Context]:
        """What surrounds one of the names `own_names` on a paper, by its number."""
        return Surroundings(self, own_names).of

    def telling(self, number: int) -> frozenset[str]:
        """The authors of a paper whose names are rare enough to be a person's."""
        tellers = self.tellers.get(number)
        if tellers is None:
            names, expected = self.papers[number].looked_at, self.expected
            tellers = frozenset([key for key in names if expected[key] <= MOST_EXPECTED])
            self.tellers[number] = tellers = names if tellers == names else tellers
        return tellers

    def followed(self, number: int, own_names: Set[str]) -> list[str]:
        """Who is followed from a paper to others, the rarest names first; `own_names` are not."""
        rarest = self.rarest.get(number)
        if rarest is None:
            expected, tellers = self.expected, self.telling(number)
            rarest = tuple(sorted(tellers, key=lambda key: (expected[key], key)))
            self.rarest[number] = rarest
        return [key for key in rarest if key not in own_names][:MOST_FOLLOWED]

    def nearness(self, co_author: str) -> float:
        """How much it says that two papers share a co-author: 1 / people who write with him.

        As often less as others bear the name.
        """
        nearness = self.nearness_of.get(co_author)
        if nearness is None:
            numbers = self.papers_of.get(co_author, ())[:MOST_COUNTED]
            people = {key for number in numbers for key in self.papers[number].looked_at}
            nearness = self._nearness(len(people) - 1, self.expected[co_author])
            self.nearness_of[co_author] = nearness
        return nearness

    def remember(self, people: Iterable[Cluster]) -> None:
        """Takes each of these for one co-author, in whatever form a paper has the name."""
        for person, cluster in enumerate(people):
            keys = frozenset(self.papers[mark.paper].keys[mark.place] for mark in cluster.marks)
            fullest = min(keys, key=lambda key: (self.expected[key], key))
            numbers = sorted(cluster.papers)[:MOST_COUNTED]
            circle = {key for number in numbers for key in self.papers[number].looked_at} - keys
            near = self._nearness(len(circle), self.expected[fullest])
            self.people.append(CoAuthor(keys, fullest, near))
            for number in cluster.papers:
                self.people_of.setdefault(number, []).append(person)

    def _nearness(self, circle: int, expected: float) -> float:
        weights = self.weights
        return 1 / ((circle + weights.hidden) * (1 + weights.homonyms * expected))

    def subject(self, numbers: Iterable[int]) -> Vector:
        """What some papers are about in all: the sum of what each is."""
        ordered = sorted(numbers)
        vectors = self.subjects.vectors
        together: Vector = (
            vectors[ordered[0]] if len(ordered) == 1 else vectors[ordered].sum(axis=0)
        )
        return together

    def title(self, number: int) -> dict[str, float]:
        """The words of a title, weighted by how rare they are, of length 1 together."""
        if number not in self.vectors:
            words = sorted(self.words_of[number])
            self.vectors[number] = unit({word: self.rarity_of[word] for word in words})
        return self.vectors[number]


def name_score(expected: float, letters: int, weights: Weights) -> float:
    """How far a name that so many others should bear says that two who do are one."""
    rare = -weights.rarity * math.log(expected)
    return weights.base + rare + weights.letters * min(letters, MOST_LETTERS)


def groups_score(groups: int, expected: float, weight: float) -> float:
    """What it says against a name that co-authors leave more groups of it than people expected."""
    return -weight * math.log(max(1.0, groups / (1 + expected)))


def sizes_score(papers: int, met: float, weights: Weights) -> float:
    """What the size of the smaller of two groups says against their being one person's.

    Large groups of one person would have much in common: it says less, the larger the share `met`
    of those papers that have a co-author in common with the other group.
    """
    size = math.log(1 + (papers - 1) / FEW_PAPERS)
    return weights.met * met * math.log(papers) - weights.papers * size


def meetings_score(co_authors: int, other_co_authors: int, weights: Weights) -> float:
    """What it says against co-authors in common that two strangers with many have some as well."""
    return -weights.meetings * math.log(1 + co_authors * other_co_authors / FEW_MEETINGS)


def topic_score(likeness: float, pairs: int, weights: Weights) -> float:
    """What topics say, by the two papers most alike of so many pairs: of many some are by chance.

    What is beyond chance tells the more, the larger the groups are.
    """
    size = math.log(1 + (pairs - 1) / FEW_PAIRS)
    return weights.topic * (likeness - weights.chance * size) * (1 + weights.many * size)


def years_score(gap: int, weights: Weights) -> float:
    """What it says against two groups that years without a paper lie between."""
    return -weights.years * min(gap, MOST_YEARS) / MOST_YEARS


def near_score(nearness: float, world: int, weights: Weights) -> float:
    """What co-authors in common add: their circle is a smaller world, in which a name is rarer."""
    return math.log(1 + world * nearness * weights.near)
