"""What two groups of signatures write about: their own papers, and those around them.

Who has no word in common with another may still work among people of the same field, and of two
namesakes whose titles are alike each mostly works among people of another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.identity.evidence import CoauthorContext, Weights
from pipeline.identity.subjects import Vector

MOST_UNLIKE_SUBJECTS = 0.5
"""Two fields as unlike as can be take away so much, in log-odds."""
MOST_ALIKE_AROUND = 0.5
"""Papers around two groups that are alike add so much at most: many people work in one field."""
FEW_AROUND = 1
"""With so many papers around a group what they are about counts half."""


class PapersAround(NamedTuple):
    """The papers of a group and others of its co-authors: what they are about in all.

    `titles` says how many of them have a title that tells it.
    """

    subject: Vector
    titles: int

    def with_those(self, other: PapersAround) -> PapersAround:
        """These and those of another group, which became one with it."""
        return PapersAround(self.subject + other.subject, self.titles + other.titles)


def papers_around(numbers: Iterable[int], around: CoauthorContext) -> PapersAround:
    """What these papers, given by number, are about."""
    vectors = around.subjects.vectors[sorted(numbers)]
    return PapersAround(vectors.sum(axis=0), int(vectors.any(axis=1).sum()))


def subject_score(ours: Vector, theirs: Vector, weights: Weights) -> float:
    """What it says that two groups write about one field, in whatever words, or do not.

    That somebody writes about two says little.
    """
    alike = _cosine(ours, theirs)
    if alike is None:
        return 0.0
    return max(weights.subject * (alike - weights.usual), -MOST_UNLIKE_SUBJECTS)


def around_score(ours: PapersAround | None, theirs: PapersAround | None, weights: Weights) -> float:
    """What it says that papers around two groups are of one field, or are not.

    It says the less, the fewer papers there are around either.
    """
    if ours is None or theirs is None:
        return 0.0
    alike = _cosine(ours.subject, theirs.subject)
    if alike is None:
        return 0.0
    fewer = min(ours.titles, theirs.titles)
    told = fewer / (fewer + FEW_AROUND)
    return min(weights.around * told * (alike - weights.usual_around), MOST_ALIKE_AROUND)


def _cosine(ours: Vector, theirs: Vector) -> float | None:
    """How alike two directions are, from -1 to 1; None where one of them has none."""
    lengths = math.sqrt(float(ours @ ours) * float(theirs @ theirs))
    return float(ours @ theirs) / lengths if lengths else None
