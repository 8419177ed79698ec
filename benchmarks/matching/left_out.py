"""Confidences fitted on all lists but one, and measured on that one, each list in turn.

The shipped confidences were counted over these lists too; this says what a list would see that
nobody counted. Decisions of one rule, or undecided ones of one likelihood, are a band.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from benchmarks.matching.reliability import Judgement, reliability
from pipeline.model.records import Match

SHIPPED_WEIGHT = 5.0
"""The shipped confidence of a band counts as much as so many entries of other lists."""


class Banded(NamedTuple):
    """A judgement and the band of decisions that it belongs to."""

    band: tuple[str, float]
    judged: Judgement


def banded(match: Match, judged: Judgement) -> Banded:
    """A judgement by the rule that decided, or by how likely an undecided one was said to be."""
    return Banded((match.decided_by, round(match.confidence, 2)), judged)


def left_out(lists: Mapping[str, Sequence[Banded]]) -> Iterator[Judgement]:
    """Each judgement with the confidence that its band has on the other lists."""
    for name, of_one in lists.items():
        others = [each for other, of in lists.items() if other != name for each in of]
        counts: dict[tuple[str, float], tuple[int, int]] = {}
        for band, judged in others:
            right, known = counts.get(band, (0, 0))
            counts[band] = (right + judged.right, known + 1)
        for band, judged in of_one:
            right, known = counts.get(band, (0, 0))
            prior = SHIPPED_WEIGHT * judged.confidence
            yield judged._replace(confidence=(right + prior) / (known + SHIPPED_WEIGHT))


def report(lists: Mapping[str, Sequence[Banded]]) -> Iterator[str]:
    """Lines: the reliability of confidences that are fitted on the other lists."""
    yield from reliability("lists, each by all others", left_out(lists))
