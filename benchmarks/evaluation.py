"""`make eval`: how well digests are read and matched and people told apart, with targets.

The first line says what is measured on: the gold of `../shared` where it lies beside the project,
else invented data that ships. It exits 0 when all was measured, whether or not a target is met.
`EVAL_CATALOGUE=FOLDER` names a built catalogue to match against, instead of building one from
`../shared/corpus`; `EVAL_ENTRIES=N` says how many of its records are asked for as entries.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.folders import CORPUS, GOLD
from benchmarks.matching import quality as matching
from benchmarks.people import quality as people
from benchmarks.reading import others
from benchmarks.reading import quality as reading

PARTS = (reading, others, people, matching)
"""Each has `measured()`, lines from the gold, and `invented()`, lines from data that ships."""


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
            missed += line.endswith("NOT MET")
            met += line.endswith("  met")
            yield line
    yield f"\n{met} of {met + missed} targets met."


if __name__ == "__main__":
    for line in lines(gold=GOLD.is_dir() and CORPUS.is_file()):
        print(line, flush=True)
