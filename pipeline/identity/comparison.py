"""What two groups of signatures of one block have in common: co-authors, circles, topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from typing import NamedTuple

from pipeline.identity.author_lists import AuthorLists, author_lists
from pipeline.identity.clusters import Cluster
from pipeline.identity.contexts import Context, knows, likeness
from pipeline.identity.evidence import CoauthorContext
from pipeline.identity.forms import Fitting, Form, Known, fullest
from pipeline.identity.papers_around import PapersAround, papers_around
from pipeline.identity.spelling import spellings
from pipeline.identity.subjects import Vector

MOST_COMPARED = 64
"""Of more groups only those are compared that share a co-author, or whose co-authors do."""
MOST_IN_CIRCLES = 300
"""Of more groups only those are compared that share a co-author themselves."""
MOST_CONTEXTS = 40
"""Of a group with more papers so many are compared."""
MOST_WORDS = 6
"""Of the words around a paper so many are looked at for others that have them."""
MOST_WITH_ONE = 40
"""A co-author of more groups of one block tells none of them apart."""
Two = tuple[int, int]
"""Two groups by number, the lower one first."""


@dataclass(slots=True)
class Group:
    """Signatures that are one person's so far: names, spellings, papers, lists, years.

    `co_authors` are all names beside them but those of the block; `titled` are papers with words;
    `around` is looked at where a name that is spelt out is compared with another.
    """

    keys: frozenset[str]
    spellings: frozenset[str]
    fullest: Form
    papers: set[int]
    co_authors: set[str]
    titled: bool
    size: int
    lists: AuthorLists
    years: tuple[int, int] | None
    subject: Vector
    around: PapersAround | None = None

    def take(self, other: Group) -> None:
        """Puts another group into this one."""
        size = self.size + other.size
        mixed = (
            (ours * self.size + theirs * other.size) / size
            for ours, theirs in zip(self.lists, other.lists, strict=True)
        )
        self.lists = AuthorLists(*mixed)
        self.size = size
        self.keys |= other.keys
        self.spellings |= other.spellings
        self.papers = self.papers | other.papers
        self.co_authors |= other.co_authors
        self.titled = self.titled or other.titled
        self.subject = self.subject + other.subject
        if self.around and other.around:
            self.around = self.around.with_those(other.around)
        self.fullest = min(self.fullest, other.fullest, key=lambda form: form.expected)
        years = [year for span in (self.years, other.years) if span for year in span]
        self.years = (min(years), max(years)) if years else None


class Pair(NamedTuple):
    """Between two groups: co-authors in common with their nearness, a circle, alike topics.

    `topic` is the likeness of the two papers most alike, from 0 to 1.
    """

    shared: Mapping[str, float]
    circle: bool
    topic: float


def group_of(cluster: Cluster, keys: frozenset[str], known: Known) -> Group:
    """What is to be known of a cluster with these names."""
    around, papers = known.around, known.around.papers
    years = [year for number in cluster.papers if (year := papers[number].year)]
    form = fullest(keys, known.forms)
    names = set().union(*(papers[number].looked_at for number in cluster.papers))
    return Group(
        keys=keys,
        spellings=spellings(mark.text for mark in cluster.marks),
        fullest=form,
        papers=cluster.papers,
        co_authors=names - form.block,
        titled=any(around.words_of[number] for number in cluster.papers),
        size=len(cluster.marks),
        lists=author_lists(around, cluster.marks),
        years=(min(years), max(years)) if years else None,
        subject=around.subject(cluster.papers),
    )


def share_met(ours: Group, theirs: Group, pair: Pair, around: CoauthorContext) -> float:
    """Of the papers of the smaller group, the share with a co-author of the other, from 0 to 1."""
    smaller = min(ours, theirs, key=lambda group: len(group.papers))
    common = (ours.co_authors & theirs.co_authors) | pair.shared.keys()
    papers = map(around.papers.__getitem__, smaller.papers)
    met = sum(not common.isdisjoint(paper.looked_at) for paper in papers)
    return met / len(smaller.papers)


def compared(
    groups: Mapping[int, Group], fitting: Fitting, known: Known
) -> Iterator[tuple[int, int, Pair]]:
    """Each two groups that can be one, by number, the lower one first, and what they share."""
    block = next(iter(groups.values())).fullest.block
    shared = _shared(groups, fitting, known, block)
    contexts_of: dict[int, list[Context]] = {}
    context = known.around.contexts(block)

    def contexts(number: int) -> list[Context]:
        if number not in contexts_of:
            group = groups[number]
            contexts_of[number] = [context(paper) for paper in _some(group.papers)]
            if not group.fullest.bare:
                nearby = group.papers.union(*(context.nearby for context in contexts_of[number]))
                group.around = papers_around(nearby, known.around)
        return contexts_of[number]

    every: Iterable[Two] = combinations(sorted(groups), 2)
    if len(groups) > MOST_COMPARED:
        near = shared.keys() | _alike(groups, contexts)
        if len(groups) <= MOST_IN_CIRCLES:
            near |= _in_one_circle(groups, contexts)
        every = sorted(near)
    for one, other in every:
        if fitting.all_of(groups[one].keys, groups[other].keys):
            context_pairs = [(a, b) for a in contexts(one) for b in contexts(other)]
            topic = max(likeness(a, b) for a, b in context_pairs)
            circle = any(knows(a, b) for a, b in context_pairs)
            common = shared.get((one, other), {})
            yield one, other, Pair(common, circle, topic)


def _shared(
    groups: Mapping[int, Group], fitting: Fitting, known: Known, block: frozenset[str]
) -> dict[Two, dict[str, float]]:
    """The co-authors that two groups share, in any form of a name, each with its nearness."""
    around = known.around
    co_authors: dict[Two, dict[str, float]] = defaultdict(dict)
    for signed in _signing(groups, known, block):
        for (one, key), (other, form) in combinations(signed, 2):
            can_be = one != other and fitting.of(key, form)
            if can_be and fitting.all_of(groups[one].keys, groups[other].keys):
                near = min(around.nearness(key), around.nearness(form))
                common = co_authors[one, other]
                common[key] = max(near, common.get(key, 0.0))
    for person, numbers in _met(groups, around, block).items():
        co_author = around.people[person]
        for one, other in combinations(numbers, 2):
            if fitting.all_of(groups[one].keys, groups[other].keys):
                common = co_authors[one, other]
                for key in co_author.keys & common.keys():
                    del common[key]
                common[co_author.fullest] = co_author.nearness
    return co_authors


def _signing(
    groups: Mapping[int, Group], known: Known, block: frozenset[str]
) -> Iterator[list[tuple[int, str]]]:
    """For each block of co-authors, which groups have one of it, and in what form."""
    signing: dict[frozenset[str], set[tuple[int, str]]] = defaultdict(set)
    for number, group in groups.items():
        for paper in group.papers:
            for key in known.around.papers[paper].looked_at:
                if key not in block:
                    signing[known.block_of(key)].add((number, key))
    return (sorted(signed) for signed in signing.values() if 1 < len(signed) <= MOST_WITH_ONE)


def _met(
    groups: Mapping[int, Group], around: CoauthorContext, block: frozenset[str]
) -> dict[int, list[int]]:
    """For each co-author of the round before, which groups have them, if several do."""
    met: dict[int, set[int]] = defaultdict(set)
    for number, group in groups.items():
        for paper in group.papers:
            for person in around.people_of.get(paper, ()):
                if block.isdisjoint(around.people[person].keys):
                    met[person].add(number)
    return {person: sorted(n) for person, n in met.items() if 1 < len(n) <= MOST_WITH_ONE}


def _some(papers: Iterable[int]) -> list[int]:
    """Papers spread evenly over those of a group, if these are many."""
    ordered = sorted(papers)
    step = -(-len(ordered) // MOST_CONTEXTS)
    return ordered[::step]


def _alike(numbers: Iterable[int], contexts: Callable[[int], list[Context]]) -> set[Two]:
    """Groups that share one of the words that weigh most around a paper of each."""
    writing: dict[str, set[int]] = defaultdict(set)
    for number in numbers:
        for of_paper in contexts(number):
            for word in nlargest(MOST_WORDS, of_paper.words, of_paper.words.__getitem__):
                writing[word].add(number)
    few = (sorted(n) for n in writing.values() if len(n) <= MOST_WITH_ONE)
    return {two for numbers_of_word in few for two in combinations(numbers_of_word, 2)}


def _in_one_circle(numbers: Iterable[int], contexts: Callable[[int], list[Context]]) -> set[Two]:
    signing: dict[str, set[int]] = defaultdict(set)
    for number in numbers:
        for of_paper in contexts(number):
            for key in of_paper.co_authors:
                signing[key].add(number)
    return {
        (min(number, other), max(number, other))
        for number in numbers
        for of_paper in contexts(number)
        for key in of_paper.circle
        for other in signing.get(key, ())
        if other != number
    }
