"""`make fuzz`: 10,000 damaged files of each format: no crash, no hang, no line lost.

The files are the samples of `tests/test_formats.py`, cut, doubled, shuffled and spoilt by a random
generator with a fixed seed.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from itertools import chain

from benchmarks.folders import TESTS

sys.path.insert(0, str(TESTS))

from test_formats import SAMPLES, damaged, read, unaccounted_lines

from benchmarks.robustness import graph_fuzz
from pipeline.digests import FORMATS

TIMES = 10_000
LIMIT_S = 2.0


def measured(times: int = TIMES) -> Iterator[str]:
    """A line for each format: how many files, the slowest, and how many lines were lost."""
    for format_ in FORMATS:
        chance = random.Random(1)
        slowest_s, lost = 0.0, 0
        for _ in range(times):
            content = damaged(SAMPLES[format_.name], chance)
            begin = time.perf_counter()
            records = read(format_, content)
            slowest_s = max(slowest_s, time.perf_counter() - begin)
            lost += len(unaccounted_lines(content, records))
        met = "met" if slowest_s < LIMIT_S and not lost else "NOT MET"
        counts = f"{times:,} files, slowest {slowest_s:.3f} s of {LIMIT_S}, {lost} lines lost"
        yield f"{format_.name:<16} {counts}  {met}"


if __name__ == "__main__":
    for line in chain(measured(), graph_fuzz.measured()):
        print(line, flush=True)
