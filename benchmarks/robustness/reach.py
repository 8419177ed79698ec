"""Which tests reach which line of a folder, and how long each test takes.

The tests are run once under `coverage`, each test a context of its own, and each fixture that
tests share another: a test reaches what the fixtures do that it uses.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest

from benchmarks.children import exit_code, silent


class Reach(NamedTuple):
    """The tests by file and line, and the seconds of each test; the quickest come first."""

    tests: Mapping[str, Mapping[int, Sequence[str]]]
    seconds: Mapping[str, float]

    def of(self, path: Path, lines: Sequence[int]) -> list[str]:
        """The tests that reach one of the lines of a file; all tests where none of them is said."""
        known = self.tests.get(str(path), {})
        reaching = {test for line in lines for test in known.get(line, ())}
        return sorted(reaching, key=lambda test: self.seconds[test])


def reach(folder: Path, tests: Sequence[str], data: Path) -> Reach:
    """Runs the tests once. Raises RuntimeError where they fail as the code stands."""
    child = os.fork()
    if not child:
        silent()
        os._exit(_run(folder, tests, data))
    if exit_code(child):
        raise RuntimeError(f"{folder.name}: its tests fail as it is")
    users: dict[str, list[str]] = defaultdict(list)
    told = json.loads(data.with_suffix(".json").read_text(encoding="utf-8"))
    for test, fixtures in told["fixtures"].items():
        users[test].append(test)
        for fixture in fixtures:
            users[f"fixture {fixture}"].append(test)
    lines = coverage.CoverageData(str(data))
    lines.read()
    return Reach({file: dict(_by_line(lines, file, users)) for file in lines.measured_files()},
                 told["seconds"])  # fmt: skip


def _by_line(
    data: coverage.CoverageData, file: str, users: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, list[str]]]:
    for line, contexts in data.contexts_by_lineno(file).items():
        # The context without a name is the import, which every test needs.
        everyone = [test for context in contexts for test in users.get(context, ())]
        yield line, list(dict.fromkeys(everyone))


def _run(folder: Path, tests: Sequence[str], data: Path) -> int:
    measuring = coverage.Coverage(str(data), source=[str(folder)], config_file=False)
    contexts = _Contexts(measuring)
    measuring.start()
    code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests], plugins=[contexts]))
    measuring.stop()
    measuring.save()
    told = {"fixtures": contexts.fixtures, "seconds": contexts.seconds}
    data.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
    return code


class _Contexts:
    """Says to `coverage` which test or shared fixture runs."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self._measuring = measuring
        self.fixtures: dict[str, list[str]] = {}
        self.seconds: dict[str, float] = {}
        self._test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.fixtures[item.nodeid] = list(getattr(item, "fixturenames", ()))
        self._test = item.nodeid
        self._measuring.switch_context(self._test)
        began = time.process_time()
        outcome = yield
        self.seconds[item.nodeid] = time.process_time() - began
        return outcome

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        shared = fixturedef.scope != "function"
        if shared:
            self._measuring.switch_context(f"fixture {fixturedef.argname}")
        outcome = yield
        if shared:
            self._measuring.switch_context(self._test)
        return outcome
