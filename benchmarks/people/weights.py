"""How `pipeline.identity.evidence.WEIGHTS` were found, and the confidences calibrated.

    python -m benchmarks.people.weights [FILE ...]

One set of weights for all sets of `benchmarks.people.sets`, by coordinate descent on B-cubed F1
from round numbers: a step is kept where the mean over the sets rises. Printed are the weights that
the half of the name blocks gives, with the figures of the other half; for each set the figures that
the others alone give it (leave one set out); the weights that all give; and the calibration, with
which shares of mixed and of clean groups are told as doubtful. It takes a quarter of an hour of a
processor.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.people.calibration import told_calibration
from benchmarks.people.groupings import Score
from benchmarks.people.sets import People, rows_of_sets
from pipeline.identity.evidence import WEIGHTS, Weights

START = Weights(
    base=-5.5, rarity=0.9, letters=0.3, circle=1.0, topic=25.0, last_both=3.0, last_one=1.5,
    hidden=20.0, homonyms=4.0, near=40.0, years=2.0, groups=1.0, spelling=3.0,
    lengths=0.5, apart=0.5,
)  # fmt: skip
"""Round numbers that every fit begins with."""
STEPS: tuple[Mapping[str, float], ...] = (
    {"base": 0.3}, {"rarity": 0.1}, {"rarity": 0.1, "base": -0.4}, {"letters": 0.05},
    {"letters": 0.05, "base": -0.3}, {"topic": 2.0}, {"topic": 2.0, "base": -0.2},
    {"last_both": 0.5}, {"last_one": 0.3}, {"last_one": 0.3, "base": -0.2}, {"groups": 0.2},
    {"near": 20.0}, {"homonyms": 2.0}, {"hidden": 10.0}, {"circle": 0.5},
    {"years": 0.5}, {"spelling": 1.0}, {"lengths": 0.2}, {"apart": 0.1},
    {"apart": 0.1, "base": 0.2},
)  # fmt: skip
"""By how much weights are changed at a time, some of them together."""
MOST_ROUNDS = 2
LEAST_GAIN = 0.0005
LEAST_PRECISION = 0.93
Sets = Mapping[str, People]


def fitted(sets: Sets, weights: Weights = START) -> Weights:
    """The weights after rounds of steps in either direction, each kept while it helps."""
    best = _value(sets, weights)
    for _ in range(MOST_ROUNDS):
        before = best
        for step in STEPS:
            for sign in (1, -1):
                weights, best = _followed(sets, weights, best, step, sign)
        if best == before:
            break
    return weights


def _followed(
    sets: Sets, weights: Weights, best: float, step: Mapping[str, float], sign: int
) -> tuple[Weights, float]:
    """The weights and their value after as many steps in one direction as each help."""
    while True:
        changed = {name: round(getattr(weights, name) + sign * by, 3) for name, by in step.items()}
        tried = weights._replace(**changed)
        possible = all(value > 0 for name, value in changed.items() if name != "base")
        value = _value(sets, tried) if possible else 0.0
        if value < best + LEAST_GAIN:
            return weights, best
        weights, best = tried, value


def _value(sets: Sets, weights: Weights) -> float:
    """The mean over the sets of F1 less what precision lacks; homonyms count half beside all."""
    total = 0.0
    for people in sets.values():
        every, same = people.scores(weights)
        total += _worth(every) if same is None else (2 * _worth(every) + _worth(same)) / 3
    return total / len(sets)


def _worth(score: Score) -> float:
    return score.f1 - max(0.0, LEAST_PRECISION - score.precision)


def _told(title: str, sets: Sets, weights: Weights) -> Iterator[str]:
    yield f"{title}: {weights}"
    for name, people in sets.items():
        every, same = people.scores(weights)
        told = f"{every.precision:.3f} {every.recall:.3f} {every.f1:.3f}"
        told += f"   homonyms {same.precision:.3f} {same.recall:.3f} {same.f1:.3f}" if same else ""
        yield f"  {name:<24}{told}"


def _kind(name: str) -> str:
    """The set that names were taken from, abbreviated or not."""
    return name.removesuffix(", initials")


def _main(files: list[Path]) -> None:
    rows = rows_of_sets(files)
    halves = [{name: People(of, half) for name, of in rows.items()} for half in (0, 1)]
    for one, other in ((0, 1), (1, 0)):
        weights = fitted(halves[one])
        for line in _told(f"half {other} with the weights of half {one}", halves[other], weights):
            print(line, flush=True)
    whole = {name: People(of) for name, of in rows.items()}
    for kind in dict.fromkeys(map(_kind, whole)):
        left_out = {name: people for name, people in whole.items() if _kind(name) == kind}
        others = {name: people for name, people in whole.items() if _kind(name) != kind}
        for line in _told(f"{kind} with the weights of the others", left_out, fitted(others)):
            print(line, flush=True)
    for title, weights in (("all, fitted", fitted(whole)), ("all, as they ship", WEIGHTS)):
        for line in _told(title, whole, weights):
            print(line, flush=True)
    for line in told_calibration(whole):
        print(line, flush=True)


if __name__ == "__main__":
    _main([Path(argument) for argument in sys.argv[1:]])
