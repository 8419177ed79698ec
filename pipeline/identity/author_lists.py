"""What the author lists in which two groups of signatures stand say of their being one person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.identity.evidence import CoauthorContext, Weights
from pipeline.identity.signatures import SignatureRef

MOST_UNLIKE = math.log(8)
"""Lists that differ by more than this factor in length say no more."""
USUAL_UNMET = 1.05
"""The logarithm of the co-authors, and one, of whom none is met again for or against nobody."""
MOST_UNMET = 3.0
"""More co-authors of whom none is met again say no more: some fields write with others each time.
"""


class AuthorLists(NamedTuple):
    """Of a person's lists: which share he is last in, and first; their lengths, the co-authors.

    `length` is the mean logarithm of the number of names, `co_authors` the mean number of those
    whose names are rare enough to tell.
    """

    last: float
    first: float
    length: float
    co_authors: float


def author_lists(around: CoauthorContext, marks: Sequence[SignatureRef]) -> AuthorLists:
    """Who leads a group signs last, paper after paper; a list by the alphabet says nothing."""
    papers, count = around.papers, len(marks)
    last = first = telling = 0
    lengths = []
    for mark in marks:
        paper, beside = papers[mark.paper], around.telling(mark.paper)
        if paper.ordered:
            last += mark.place == len(paper.keys) - 1
            first += mark.place == 0
        lengths.append(math.log(len(paper.keys)))
        telling += len(beside) - (paper.keys[mark.place] in beside)
    return AuthorLists(last / count, first / count, sum(lengths) / count, telling / count)


def lists_score(a: AuthorLists, b: AuthorLists, weights: Weights, *, linked: bool) -> float:
    """How far the lists say that two are one; `linked` are who share a co-author.

    A leader is not a beginner; who writes alone is not of a collaboration; and of many co-authors
    one at least should be met again.
    """
    unlike = min(abs(a.length - b.length), MOST_UNLIKE)
    unmet = 0.0 if linked else math.log1p(min(a.co_authors, b.co_authors))
    return _places(a, b, weights) - weights.lengths * unlike - weights.apart * unmet


def unmet_score(a: AuthorLists, b: AuthorLists, weights: Weights) -> float:
    """What it says of two who have topics alone in common that each writes with many, or few.

    Who writes alone can meet nobody again; of three co-authors one should be.
    """
    return weights.unmet * (USUAL_UNMET - math.log1p(min(a.co_authors, b.co_authors, MOST_UNMET)))


def least_lists_score(lists: Sequence[AuthorLists], weights: Weights) -> float:
    """What the lists of any two can cost at most."""
    places = max(each.last for each in lists) * max(each.first for each in lists)
    lengths = [each.length for each in lists]
    unlike = min(max(lengths) - min(lengths), MOST_UNLIKE)
    unmet = math.log1p(max(each.co_authors for each in lists))
    return -weights.last_both * places - weights.lengths * unlike - weights.apart * unmet


def most_places_score(weights: Weights) -> float:
    """What the lists of any two can add at most."""
    return weights.last_both + weights.last_one


def _places(a: AuthorLists, b: AuthorLists, weights: Weights) -> float:
    mixed = max(a.last * b.first, b.last * a.first)
    last_in_both = weights.last_both * (a.last * b.last - mixed)
    return last_in_both + weights.last_one * max(a.last, b.last)
