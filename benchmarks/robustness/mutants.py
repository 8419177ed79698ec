"""`make mutants`: which small changes to the logic no test notices.

Each mutant is one change to one place of a file. Of the tests that import the folder, those run on
it that reach the place, the quickest first, until one fails, or those that took MUTANTS_SECONDS
(60) of the processor have run; a process that a test begins runs the code as it is. Which test
reaches what is kept in .pytest_cache. MUTANTS=N draws so many of each folder, by MUTANTS_SEED;
MUTANTS=all takes every one; MUTANTS_OF=match,enrich chooses folders.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from benchmarks.folders import PROJECT
from benchmarks.robustness.changes import Mutant, drawn
from benchmarks.robustness.loading import load_what_it_uses
from benchmarks.robustness.reach import Reach, reach
from benchmarks.robustness.suite import FOLDERS, test_files
from benchmarks.robustness.trials import is_noticed_loaded, noticed
from benchmarks.robustness.where import is_loaded_anew, tests_for
from benchmarks.shares import table

OF_EACH = "30"
SECONDS = "60"


def within(tests: list[str], reached: Reach) -> dict[str, float]:
    """The first of the tests with their seconds, as many as may run on one mutant."""
    left_s = float(os.environ.get("MUTANTS_SECONDS", SECONDS))
    chosen = {}
    for test in tests:
        seconds = reached.tests[test].seconds
        if chosen and seconds > left_s:
            break
        chosen[test] = seconds
        left_s -= seconds
    return chosen


def verdicts(mutants: list[Mutant], reached: Reach) -> Iterator[tuple[Mutant, bool, str]]:
    """Each mutant, whether it is noticed, and how many tests meet it."""
    tests = {mutant: tests_for(mutant, reached) for mutant in mutants}
    chosen = {mutant: within(tests[mutant], reached) for mutant in mutants}
    loaded = [mutant for mutant in mutants if is_loaded_anew(mutant, reached)]
    called = [mutant for mutant in mutants if chosen[mutant] and mutant not in loaded]
    trials = [(mutant, chosen[mutant]) for mutant in called]
    by_calls = dict(zip(called, noticed(trials) if trials else (), strict=True))
    for mutant in mutants:
        is_noticed = by_calls.get(mutant, False)
        if not is_noticed and mutant in loaded and chosen[mutant]:
            is_noticed = is_noticed_loaded(mutant, chosen[mutant])
        yield mutant, is_noticed, f"{len(chosen[mutant]):,} of {len(tests[mutant]):,} tests"


def measured() -> Iterator[str]:
    """A line for each mutant that lives, and how many were noticed, by folder."""
    load_what_it_uses()
    folders = os.environ.get("MUTANTS_OF", ",".join(FOLDERS)).split(",")
    reached = reach(sorted({file for folder in folders for file in test_files(folder)}))
    seed = int(os.environ.get("MUTANTS_SEED", "1"))
    rows = {}
    for folder in folders:
        mutants = drawn(folder, os.environ.get("MUTANTS", OF_EACH), seed)
        count = 0
        for mutant, is_noticed, ran in verdicts(mutants, reached):
            count += is_noticed
            if not is_noticed:
                yield f"  lives after {ran}: {mutant.difference()}"
        rows[folder] = [len(mutants), count, count / max(len(mutants), 1)]
        yield f"{folder}: {count} of {len(mutants)} noticed"
    yield from table("mutants of", rows, ["drawn", "noticed", "share"])


if __name__ == "__main__":
    os.chdir(PROJECT)
    for line in measured():
        print(line, flush=True)
