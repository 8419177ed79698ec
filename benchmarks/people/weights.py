"""How `pipeline.identity.evidence.WEIGHTS` were found, and the confidences calibrated.

    python -m benchmarks.people.weights [FILE ...]

One set of weights for all sets of `benchmarks.people.sets`, by coordinate descent on B-cubed F1:
a step is kept where the mean over the sets rises. Printed are the weights that the half of the name
blocks gives, with the figures of both halves; for each set the figures that the others alone give
it (leave one out); and the calibration. It takes about half an hour.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from benchmarks.people.sets import People, rows_of_sets
from pipeline.identity.clusters import Cluster
from pipeline.identity.evidence import WEIGHTS, Weights

STEPS = {
    "base": 0.3, "rarity": 0.1, "letters": 0.05, "circle": 0.5, "topic": 2.0, "last_both": 0.7,
    "last_one": 0.4, "common_ground": 3.0, "years": 0.5, "groups": 0.2,
}  # fmt: skip
"""By how much each weight is changed at a time."""
LEAST_GAIN = 0.0005
LEAST_PRECISION = 0.88
MOST_SURE = 8.0
"""Log-odds above this are not told apart in the calibration."""
Sets = Mapping[str, People]


def fitted(sets: Sets, weights: Weights = WEIGHTS) -> Weights:
    """The weights after one round of steps in either direction, each kept while it helps."""
    best = _value(sets, weights)
    for name, step in STEPS.items():
        for change in (step, -step):
            while True:
                tried = weights._replace(**{name: round(getattr(weights, name) + change, 3)})
                value = _value(sets, tried)
                if value < best + LEAST_GAIN:
                    break
                weights, best = tried, value
    return weights


def calibration(clusters: list[tuple[Cluster, bool]]) -> list[float]:
    """The coefficients of a logistic regression of purity: one, weakest, risk, size.

    `clusters` come with whether one person alone is in them.
    """
    rows = np.array([_features(cluster) for cluster, _ in clusters])
    pure = np.array([pure for _, pure in clusters], float)
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = (rows * (chance * (1 - chance))[:, None]).T @ rows + 1e-3 * np.eye(len(found))
        found += np.linalg.solve(slope, rows.T @ (pure - chance))
    return [round(float(each), 2) for each in found]


def joined_groups(people: People) -> Iterator[tuple[Cluster, bool]]:
    """The groups that scores joined, of which two signatures at least are labelled."""
    for cluster in people.found:
        places = ((mark.paper, mark.place) for mark in cluster.marks)
        persons = [people.labels[at].person for at in places if at in people.labels]
        if len(persons) > 1 and not math.isinf(cluster.weakest):
            yield cluster, len(set(persons)) == 1


def _features(cluster: Cluster) -> tuple[float, ...]:
    weakest = min(cluster.weakest, MOST_SURE)
    return 1.0, weakest, math.log1p(cluster.risk), math.log(len(cluster.marks))


def _value(sets: Sets, weights: Weights) -> float:
    """The mean F1 over all signatures and homonyms of each set, less what precision lacks."""
    scores = [score for people in sets.values() for score in people.scores(weights) if score]
    values = [score.f1 - max(0.0, LEAST_PRECISION - score.precision) for score in scores]
    return sum(values) / len(values)


def _told(title: str, sets: Sets, weights: Weights) -> Iterator[str]:
    yield f"{title}: {weights}"
    for name, people in sets.items():
        every, same = people.scores(weights)
        told = f"{every.precision:.3f} {every.recall:.3f} {every.f1:.3f}"
        told += f"   homonyms {same.precision:.3f} {same.recall:.3f} {same.f1:.3f}" if same else ""
        yield f"  {name:<24}{told}"


def _main(files: list[Path]) -> None:
    rows = rows_of_sets(files)
    halves = [{name: People(of, half) for name, of in rows.items()} for half in (0, 1)]
    for one, other in ((0, 1), (1, 0)):
        weights = fitted(halves[one])
        for line in _told(f"half {other} with the weights of half {one}", halves[other], weights):
            print(line, flush=True)
    whole = {name: People(of) for name, of in rows.items()}
    for name, people in whole.items():
        kind = name.removesuffix(", initials")
        others = {n: p for n, p in whole.items() if n.removesuffix(", initials") != kind}
        for line in _told(f"without {kind}", {name: people}, fitted(others)):
            print(line, flush=True)
    for line in _told("all, as they ship", whole, WEIGHTS):
        print(line)
    found = calibration([pair for people in whole.values() for pair in joined_groups(people)])
    print(f"calibration (one, weakest, risk, size): {found}")


if __name__ == "__main__":
    _main([Path(argument) for argument in sys.argv[1:]])
