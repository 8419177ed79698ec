"""How sure it is that a person is one, and what there is to doubt, in words.

A confidence is calibrated on labelled author lists by `benchmarks/people/calibration.py`
(`docs/identity.md`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pipeline.identity.clusters import Cluster

AT_ONE = 1.67
OF_WEAKEST = 0.46
OF_SIZE = -0.52
MOST_SURE = 8.0
"""Log-odds above this say no more."""
LEAST_SURE = 0.85
"""Whoever is one person with less confidence than this is doubtful."""
MOST_NAMED = 3


def confidence(cluster: Cluster) -> float:
    """How likely all signatures of a cluster are one person's, from 0 to 1.

    One signature is one person's, and so are those that an id or the reader joined.
    """
    if math.isinf(cluster.weakest):
        return 1.0
    odds = (
        AT_ONE
        + OF_WEAKEST * min(cluster.weakest, MOST_SURE)
        + OF_SIZE * math.log(len(cluster.marks))
    )
    return round(1 / (1 + math.exp(-odds)), 3)


def doubt(sure: float, may_be: Sequence[str], namesakes: int) -> str | None:
    """What there is to doubt of a person, in words; None where there is nothing.

    `may_be` are the names that bare initials fit, `namesakes` how many others of the very name
    were kept apart without proof.
    """
    doubts = []
    if sure < LEAST_SURE:
        doubts.append("joined on thin evidence, may be several people")
    if may_be:
        doubts.append(_may_be(may_be))
    if namesakes:
        others = "another" if namesakes == 1 else f"{namesakes:,} others"
        doubts.append(f"kept apart without proof from {others} of this name")
    return "; ".join(doubts) or None


def doubt_of_forms(sure: float, doubts: Iterable[str | None]) -> str | None:
    """What there is to doubt of a person whose forms have doubts of their own, each told once."""
    texts = filter(None, (doubt(sure, (), 0), *doubts))
    return "; ".join(dict.fromkeys(part for text in texts for part in text.split("; "))) or None


def misspelt(doubts: str | None, names: Sequence[str]) -> str:
    """The doubts of a person who may be one of these, whose names are spelt nearly alike."""
    return "; ".join(filter(None, (doubts, f"{_may_be(names)}, spelt otherwise")))


def _may_be(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMED:
        return f"may be {', '.join(names[: MOST_NAMED - 1])} or one of {len(names) - 2:,} more"
    *others, last = names
    return f"may be {', '.join(others)} or {last}" if others else f"may be {last}"
