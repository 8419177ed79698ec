"""How `pipeline.identity.evidence.WEIGHTS` were found, and the confidences calibrated.

    python -m benchmarks.people.weights [FILE ...]

One set of weights for all sets of `benchmarks.people.sets` and the made homonyms of
`benchmarks.people.constructed`, by coordinate descent on B-cubed F1: a step is kept where the mean
over the sets rises. Printed are the weights that all sets give, which are those that ship (else it
ends with 1); the calibration, with which shares of mixed and of clean groups are told as doubtful;
the weights that the half of the name blocks gives, with the figures of the other half; and for each
set the figures that the others alone give it (leave one set out). FILEs, sets that were never used
in fitting, are told beside. It takes about three minutes of a processor.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks.people.calibration import told_calibration
from benchmarks.people.constructed import constructed_rows
from benchmarks.people.groupings import Score
from benchmarks.people.sets import People, Row, rows_of_file, rows_of_sets
from pipeline.identity.evidence import WEIGHTS, Weights

START = Weights(
    base=-5.5, rarity=1.2, letters=0.3, circle=1.5, topic=16.0, chance=0.035, many=0.7,
    last_both=3.5, last_one=1.5, hidden=20.0, homonyms=8.0, near=40.0, years=1.5, groups=0.7,
    groups_alike=0.6, spelling=4.0, lengths=1.2, apart=0.6, papers=3.3, met=3.0, meetings=1.8,
    subject=5.0, usual=0.35, around=3.0, usual_around=0.25, left=2.1,
    left_letters=0.7, unmet=1.4, forms=0.5, initials=1.0,
    single=0.3,
)  # fmt: skip
"""What every fit begins with: what the fits of earlier rules came to, rounded."""
STEPS: tuple[Mapping[str, float], ...] = (
    {"base": 0.2}, {"topic": 1.0}, {"rarity": 0.05, "base": -0.2}, {"papers": 0.5},
    {"letters": 0.05, "base": -0.3}, {"groups": 0.1, "base": 0.1}, {"chance": 0.005},
    {"subject": 1.0}, {"usual": 0.05}, {"left": 0.3}, {"around": 1.0},
)  # fmt: skip
"""By how much weights are changed at a time, some of them together; the others told little."""
MOST_ROUNDS = 1
LEAST_GAIN = 0.001
LEAST_PRECISION = 0.93
LEAST_F1 = {"OpenReview": 0.9925, "AMiner": 0.896, "constructed": 0.862}
"""What is asked of these sets, or was reached before: no weights that give less are taken."""
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
    for name, people in sets.items():
        every, same = people.scores(weights)
        total += _worth(every) if same is None else (2 * _worth(every) + _worth(same)) / 3
        if people.half is None and every.f1 < LEAST_F1.get(name, 0.0):
            return 0.0
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


def _sets(rows: Mapping[str, list[Row]], half: int | None = None) -> Sets:
    return {name: People(of, half) for name, of in rows.items()}


def _main(files: list[Path]) -> int:
    rows = {**rows_of_sets(), "constructed": constructed_rows()}
    rows = {name: of for name, of in rows.items() if of}
    whole = _sets(rows)
    weights = fitted(whole)
    same = weights == WEIGHTS
    _print(_told("all, fitted", whole, weights))
    _print([f"these are {'' if same else 'NOT '}the weights that ship: {WEIGHTS}"])
    named = {path.stem: rows_of_file(path) for path in files}
    _print(_told("never used in fitting", _sets(named), WEIGHTS))
    _print(told_calibration(whole))
    for half in (0, 1):
        found = fitted(_sets(rows, half))
        _print(
            _told(f"half {1 - half} with the weights of half {half}", _sets(rows, 1 - half), found)
        )
    for kind in dict.fromkeys(map(_kind, whole)):
        left_out = {name: people for name, people in whole.items() if _kind(name) == kind}
        others = {name: people for name, people in whole.items() if _kind(name) != kind}
        _print(_told(f"{kind} with the weights of the others", left_out, fitted(others)))
    return 0 if same else 1


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(_main([Path(argument) for argument in sys.argv[1:]]))
