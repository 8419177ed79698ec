"""`make eval`: how well digests are read and matched and people told apart, with targets.

The first line says what is measured on: the gold of `../shared` where it lies beside the project,
else invented data that ships. It exits 0 where the gold was measured and every target is met, 1
where one is not met, and 3 where only invented data was measured, which tells less.
`EVAL_CATALOGUE=FOLDER` names a built catalogue to match against, instead of building one from
`../shared/corpus`; `EVAL_ENTRIES=N` says how many of its records are asked for as entries.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from benchmarks.folders import CORPUS, GOLD
from benchmarks.matching import quality as matching
from benchmarks.people import quality as people
from benchmarks.reading import others
from benchmarks.reading import quality as reading

PARTS = (reading, others, people, matching)
"""Each has `measured()`, lines from the gold, and `invented()`, lines from data that ships."""
NOT_MET = "NOT MET"
ONLY_INVENTED = 3
"""What it exits with where the targets are met, but the gold is not here."""


def lines(gold: bool) -> Iterator[str]:
    """What is measured on, each part, and how many targets are met."""
    if gold:
        yield "Measured on the gold of ../shared."
    else:
        yield "../shared is not here: measured on invented data that ships with the project."
    met = missed = 0
    for part in PARTS:
        yield f"\n{(part.__doc__ or '').splitlines()[0]}\n"
        for line in part.measured() if gold else part.invented():
            missed += line.endswith(NOT_MET)
            met += line.endswith("  met")
            yield line
    yield f"\n{met} of {met + missed} targets met."


def exit_code(measured: Iterable[str], gold: bool) -> int:
    """What the command exits with, once it has printed what was measured."""
    missed = False
    for line in measured:
        print(line, flush=True)
        missed = missed or line.endswith(NOT_MET)
    if missed:
        return 1
    return 0 if gold else ONLY_INVENTED


if __name__ == "__main__":
    has_gold = GOLD.is_dir() and CORPUS.is_file()
    sys.exit(exit_code(lines(has_gold), has_gold))
