"""How a confidence follows from scores, and how often it is right, on groups that scores joined."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from benchmarks.people.sets import People
from pipeline.identity.clusters import Cluster
from pipeline.identity.doubts import LEAST_SURE, MOST_SURE, confidence
from pipeline.identity.evidence import WEIGHTS

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)


class Joined(NamedTuple):
    """A group that scores joined, of which two signatures at least are labelled."""

    cluster: Cluster
    pure: bool

    @property
    def sure(self) -> float:
        """How likely one person alone is in it, as it is told."""
        return confidence(self.cluster)


def told_calibration(sets: Mapping[str, People]) -> Iterator[str]:
    """The coefficients that the groups give, what is told beside what is, and who is doubted."""
    of_set = {name: list(_joined_groups(people)) for name, people in sets.items()}
    every = [group for groups in of_set.values() for group in groups]
    yield f"calibration (one, weakest, size): {coefficients(every)}"
    for low, high in pairwise(EDGES):
        groups = [group for group in every if low <= group.sure < high]
        if groups:
            yield f"  told {low:.2f} to {min(high, 1):.2f}  {_told(groups)}"
    for name, groups in {**of_set, "all": every}.items():
        mixed, clean = ([g.sure < LEAST_SURE for g in groups if g.pure is p] for p in (False, True))
        shares = " ".join(f"{sum(d)} of {len(d)}" for d in (mixed, clean))
        yield f"  {name:<24}{_told(groups)}   doubtful: mixed, clean {shares}"


def coefficients(groups: Sequence[Joined]) -> list[float]:
    """Those of a logistic regression of purity: one, weakest, size."""
    rows = np.array([_features(group.cluster) for group in groups])
    pure = np.array([group.pure for group in groups], float)
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = (rows * (chance * (1 - chance))[:, None]).T @ rows + 1e-3 * np.eye(len(found))
        found += np.linalg.solve(slope, rows.T @ (pure - chance))
    return [round(float(each), 2) for each in found]


def _told(groups: Sequence[Joined]) -> str:
    told = sum(group.sure for group in groups) / len(groups)
    true = sum(group.pure for group in groups) / len(groups)
    return f"{len(groups):>6,} groups, told {told:.3f}, one person's {true:.3f}"


def _joined_groups(people: People) -> Iterator[Joined]:
    for cluster in people.found(WEIGHTS):
        places = ((mark.paper, mark.place) for mark in cluster.marks)
        persons = [people.labels[at].person for at in places if at in people.labels]
        if len(persons) > 1 and not math.isinf(cluster.weakest):
            yield Joined(cluster, len(set(persons)) == 1)


def _features(cluster: Cluster) -> tuple[float, float, float]:
    weakest = min(cluster.weakest, MOST_SURE)
    return 1.0, weakest, math.log(len(cluster.marks))
