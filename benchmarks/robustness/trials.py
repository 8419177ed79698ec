"""Tries mutants on tests, each in a fork of a process that has loaded the tests already.

In the fork the functions of the mutant's file run its code. What acts as the program is loaded, as
a constant does, is tried in a fork of a process that has loaded the libraries alone.
"""

from __future__ import annotations

import ast
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any

import pytest

from benchmarks.children import exit_code, silent
from benchmarks.folders import PROJECT
from benchmarks.robustness.changes import Mutant, names_set
from benchmarks.robustness.suite import OPTIONS

LIMIT_S = 300
"""Longer than a test takes by the clock: a mutant that waits for ever is noticed."""


def is_noticed_loaded(mutant: Mutant, tests: Mapping[str, float]) -> bool:
    """Whether one of the tests, given with the seconds that each takes, fails on a fresh load."""

    def run() -> None:
        sys.meta_path.insert(0, _Instead(mutant))
        _with_tests(tests, lambda items: _run(items, tests))

    return _fails_in_fork(run)


def noticed(trials: Sequence[tuple[Mutant, Mapping[str, float]]]) -> Iterator[bool]:
    """Of each mutant whether one of its tests fails; all tests are loaded once."""
    every = {test: 0.0 for _, tests in trials for test in tests}
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        silent()

        def run(items: Sequence[pytest.Item]) -> None:
            item_of = {item.nodeid: item for item in items}
            gc.unfreeze()
            for mutant, tests in trials:
                os.write(writer, b"1" if _tried(mutant, tests, item_of) else b"0")

        _with_tests(every, run)
        os._exit(0)
    os.close(writer)
    for _ in trials:
        verdict = os.read(reader, 1)
        if not verdict:
            raise RuntimeError("the tests could not be loaded")
        yield verdict == b"1"
    os.close(reader)
    exit_code(child)


def _tried(mutant: Mutant, tests: Mapping[str, float], item_of: Mapping[str, pytest.Item]) -> bool:
    def run() -> None:
        _put_in_place(mutant)
        _run([item_of[test] for test in tests], tests)

    return _fails_in_fork(run)


def _fails_in_fork(run: Callable[[], None]) -> bool:
    with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
        child = os.fork()
        if not child:
            silent()
            tempfile.tempdir = os.environ["PYTEST_DEBUG_TEMPROOT"] = scratch
            run()
            os._exit(0)
        return exit_code(child) != 0


def _run(items: Sequence[pytest.Item], tests: Mapping[str, float]) -> None:
    """Runs tests in this process, and ends it at the first that fails or hangs."""
    for item, after in zip(items, [*items[1:], None], strict=True):
        _limit(tests[item.nodeid])
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            os._exit(1)
    os._exit(0)


def _limit(seconds: float) -> None:
    # Processor time is limited, and not the clock, so that other work does not look like a hang.
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + 10 + 5 * seconds), most))
    signal.alarm(LIMIT_S)


def _with_tests(tests: Mapping[str, float], run: Callable[[Sequence[pytest.Item]], None]) -> None:
    """Loads tests, and gives them to `run` in the order asked for."""

    class Chosen:
        @pytest.hookimpl(tryfirst=True)
        def pytest_runtestloop(self, session: pytest.Session) -> bool:
            item_of = {item.nodeid: item for item in session.items}
            run([item_of[test] for test in tests])
            return True

    files = dict.fromkeys(test.split("::")[0] for test in tests)
    code = pytest.main([*OPTIONS, *files], plugins=[Chosen()])
    os._exit(int(code))


def _put_in_place(mutant: Mutant) -> None:
    """Gives every function of the mutant's file its code, and constants their values, of it."""
    if mutant.place.function is None:
        for constant in mutant.constants():
            _assign(_module_of(mutant), constant, str(mutant.path))
        return
    changed = dict(_codes(compile(mutant.tree(), str(mutant.path), "exec", dont_inherit=True)))
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == str(mutant.path):
            each.__code__ = changed.get(_name_of(each.__code__), each.__code__)


def _assign(name: str, constant: ast.stmt, file: str) -> None:
    """Gives constants of a module another value, there and where they were imported."""
    names = vars(sys.modules[name])
    before = {each: names[each] for each in names_set(constant)}
    exec(compile(ast.Module([constant], []), file, "exec"), names)
    for module in [*sys.modules.values()]:
        for each, old in before.items():
            if vars(module).get(each) is old:
                setattr(module, each, names[each])


def _module_of(mutant: Mutant) -> str:
    parts = mutant.path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield _name_of(inner), inner
            yield from _codes(inner)


def _name_of(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


class _Instead(importlib.abc.MetaPathFinder):
    """Loads one module from the tree of its mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = _module_of(mutant)
        self._mutant = mutant

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        mutant = self._mutant

        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, *_: object) -> Any:
                return compile(mutant.tree(), str(mutant.path), "exec", dont_inherit=True)

        return importlib.util.spec_from_file_location(
            name, mutant.path, loader=Loader(name, str(mutant.path))
        )
