"""Which tests reach which line of the program, and how long each test takes.

The tests run under `coverage`, each test a context of its own, and each fixture that tests share
another: a test reaches what the fixtures do that it uses. What was found is kept with the code as
it was, so that only test files that have changed are run again; where the code has changed, a line
is reached where it was before, and a new one where its neighbours are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from time import time_ns
from typing import Any, NamedTuple

import coverage
import pytest

from benchmarks.children import exit_code, silent
from benchmarks.folders import PROJECT
from benchmarks.robustness.loading import load_pipeline
from benchmarks.robustness.suite import OPTIONS, key_of

KEPT = PROJECT / ".pytest_cache" / "reach"
CORES = os.cpu_count() or 1
ON_IMPORT = ""
"""The context of what runs as the program is loaded."""


class ReachingTest(NamedTuple):
    """A test as it ran: its file, the contexts of what it needs, and its processor seconds."""

    file: str
    contexts: list[str]
    seconds: float


class Run:
    """One run of some of the test files, as it is kept."""

    def __init__(self, kept: Path) -> None:
        told = json.loads(kept.read_text(encoding="utf-8"))
        self.kept = kept
        self.keys: dict[str, str] = told["keys"]
        self.tests = {name: ReachingTest(*test) for name, test in told["tests"].items()}
        self._texts: dict[str, str] = told["texts"]

    @cached_property
    def _lines(self) -> coverage.CoverageData:
        data = coverage.CoverageData(str(self.kept.with_suffix(".coverage")))
        data.read()
        return data

    def contexts(self, path: Path, lines: Sequence[int]) -> set[str]:
        """What reached one of the lines of a file, by their numbers of today."""
        name = str(path.relative_to(PROJECT))
        if name not in self._texts:
            return set()
        reached = self._lines.contexts_by_lineno(name)
        older = lines_before(self._texts[name], path.read_text(encoding="utf-8"), lines)
        return {context for line in older for context in reached.get(line, ())}


def lines_before(before: str, now: str, lines: Sequence[int]) -> set[int]:
    """The numbers that lines had in an older text; of a new line, those of the lines around it."""
    if before == now:
        return set(lines)
    matcher = SequenceMatcher(None, before.splitlines(), now.splitlines(), autojunk=False)
    older: set[int] = set()
    for kind, first, last, now_first, now_last in matcher.get_opcodes():
        for line in lines:
            if now_first < line <= now_last and kind == "equal":
                older.add(first + line - now_first)
            elif now_first < line <= now_last:
                older.update(range(first, last + 2))
    return older


class Reach:
    """All runs together: for each test file the last one."""

    def __init__(self, runs: Sequence[Run], keys: dict[str, str]) -> None:
        self._runs = runs
        self.tests: dict[str, ReachingTest] = {}
        self._run_of: dict[str, Run] = {}
        for run in runs:
            for name, test in run.tests.items():
                if run.keys[test.file] == keys.get(test.file):
                    self.tests[name], self._run_of[name] = test, run

    def contexts(self, path: Path, lines: Sequence[int]) -> dict[Run, set[str]]:
        """By run what reached one of the lines of a file."""
        return {run: run.contexts(path, lines) for run in self._runs}

    def of(self, path: Path, lines: Sequence[int]) -> list[str]:
        """The tests that reach one of the lines, the quickest first."""
        reached = self.contexts(path, lines)
        reaching = [
            name for name, test in self.tests.items()
            if not reached[self._run_of[name]].isdisjoint(test.contexts)
        ]  # fmt: skip
        return sorted(reaching, key=lambda name: self.tests[name].seconds)

    def is_reached_on_import(self, path: Path, lines: Sequence[int]) -> bool:
        """Whether loading the program runs one of the lines."""
        return any(ON_IMPORT in contexts for contexts in self.contexts(path, lines).values())


def reach(test_files: Sequence[str]) -> Reach:
    """What is kept of test files; those that have changed, or are new, are run."""
    keys = {file: key_of(file) for file in test_files}
    runs = list(_kept_runs())
    done = {file for run in runs for file, key in run.keys.items() if keys.get(file) == key}
    changed = {file: key for file, key in keys.items() if file not in done}
    return Reach([*runs, *_new_runs(changed)], keys)


def _kept_runs() -> Iterator[Run]:
    """The earlier runs of test files that are still as they were."""
    for kept in sorted(KEPT.glob("*.json")):
        run = Run(kept)
        if any((PROJECT / file).exists() and key_of(file) == run.keys[file] for file in run.keys):
            yield run
        else:
            kept.unlink()
            kept.with_suffix(".coverage").unlink()


def _new_runs(keys: Mapping[str, str]) -> list[Run]:
    """Runs test files in as many processes as there are cores."""
    KEPT.mkdir(parents=True, exist_ok=True)
    files = sorted(keys, key=lambda file: -(PROJECT / file).stat().st_size)
    children = {}
    for number in range(CORES):
        if part := {file: keys[file] for file in files[number::CORES]}:
            kept = KEPT / f"{time_ns()}-{number}.json"
            children[kept] = os.fork()
            if not children[kept]:
                silent()
                os._exit(_run(kept, part))
    codes = [exit_code(child) for child in children.values()]
    if any(codes):
        raise RuntimeError("the tests could not be run")
    return [Run(kept) for kept in children]


def _run(kept: Path, keys: Mapping[str, str]) -> int:
    data = kept.with_suffix(".coverage")
    measuring = coverage.Coverage(str(data), source=["pipeline"], config_file=False)
    measuring.set_option("run:relative_files", True)
    contexts = _Contexts(measuring)
    measuring.start()
    load_pipeline()
    code = pytest.main([*OPTIONS, *keys], plugins=[contexts])
    measuring.stop()
    measuring.save()
    measured = measuring.get_data().measured_files()
    texts = {file: (PROJECT / file).read_text(encoding="utf-8") for file in measured}
    told = {"keys": dict(keys), "tests": contexts.tests, "texts": texts}
    kept.write_text(json.dumps(told), encoding="utf-8")
    # Some tests may fail, as under load: they are left out, and the others are of use.
    return 0 if code in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} else int(code)


class _Contexts:
    """Says to `coverage` which test, shared fixture or collection of a file runs."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self._measuring = measuring
        self.tests: dict[str, ReachingTest] = {}
        self._shared_s: dict[str, float] = {}
        self._within_s = 0.0
        self._test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        self._measuring.switch_context(f"loading {_file_of(collector)}")
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._test = item.nodeid
        self._measuring.switch_context(self._test)
        self._within_s = 0.0
        began = _processor_s()
        outcome = yield
        own_s = _processor_s() - began - self._within_s
        shared = [context for context in _fixtures_of(item) if context in self._shared_s]
        needed_s = own_s + sum(self._shared_s[context] for context in shared)
        contexts = [item.nodeid, f"loading {_file_of(item)}", *shared]
        if not item.stash.get(FAILED, False):
            self.tests[item.nodeid] = ReachingTest(_file_of(item), contexts, needed_s)
        return outcome

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        report: Any = yield
        if not report.passed:
            item.stash[FAILED] = True
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        context = _context_of(fixturedef)
        self._measuring.switch_context(context)
        began, within_s = _processor_s(), self._within_s
        outcome = yield
        # What a fixture takes that this one uses is counted there.
        self._shared_s[context] = _processor_s() - began - (self._within_s - within_s)
        self._within_s = within_s + _processor_s() - began
        self._measuring.switch_context(self._test)
        return outcome


FAILED = pytest.StashKey[bool]()


def _context_of(fixturedef: Any) -> str:
    return f"fixture {fixturedef.baseid}::{fixturedef.argname}"


def _fixtures_of(item: Any) -> list[str]:
    used = getattr(item, "_fixtureinfo", None)
    definitions = used.name2fixturedefs.values() if used else ()
    return [_context_of(each) for several in definitions for each in several]


def _file_of(node: pytest.Item | pytest.Collector) -> str:
    return str(node.path.relative_to(PROJECT))


def _processor_s() -> float:
    return sum(os.times()[:4])
