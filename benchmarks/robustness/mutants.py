"""`make mutants`: which small changes to the logic no test notices.

Each mutant is one change to one file of the folders below: a comparison moved over its boundary or
turned round, `and` for `or`, a `not` left out, a number one higher, a sum for a difference, `min`
for `max`. The tests that import the folder are run on it, and its doctests; a process that a
test begins runs the code as it is. MUTANTS=N draws so many of each folder, with a fixed seed;
MUTANTS=all takes every one, and MUTANTS_OF=match,enrich some of the folders alone.
"""

from __future__ import annotations

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.folders import PROJECT, TESTS
from benchmarks.shares import table

FOLDERS = ("match", "identity", "enrich", "fetch", "digests")
OF_EACH = "30"
LIMIT_S = 240
"""Longer than the tests of a folder take: a mutant that hangs is noticed."""
SLOW = ("enrichment", "chaos", "network_commands", "jupyter", "notebooks", "explorer", "page")
"""Tests that begin processes or browsers, to which a mutant does not reach."""

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}  # fmt: skip
_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One change: the file, its line, the line's code before and after, and the whole source."""

    path: Path
    line: int
    before: str
    after: str
    source: str

    def told(self) -> str:
        """A line that says where and what."""
        place = f"{self.path.relative_to(PROJECT)}:{self.line}"
        return f"{place}\n      {self.before}\n      {self.after}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every change to a file, in its order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    count = sum(1 for _ in _places(tree))
    for number in range(count):
        changed = copy.deepcopy(tree)
        node, change = next(each for n, each in enumerate(_places(changed)) if n == number)
        before = ast.unparse(node)
        change()
        yield Mutant(path, node.lineno, before, ast.unparse(node), ast.unparse(changed))


def _places(tree: ast.AST) -> Iterator[tuple[Any, Any]]:
    """Each node that can be changed, with what changes it."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[op]) if type(op) in _COMPARISONS:
                yield node, lambda n=node, o=op: setattr(n, "ops", [_COMPARISONS[type(o)]()])
            case ast.BoolOp(op=ast.And()):
                yield node, lambda n=node: setattr(n, "op", ast.Or())
            case ast.BoolOp(op=ast.Or()):
                yield node, lambda n=node: setattr(n, "op", ast.And())
            case ast.BinOp(op=op) if type(op) in _SUMS and not _is_text(node):
                yield node, lambda n=node, o=op: setattr(n, "op", _SUMS[type(o)]())
            case ast.IfExp() | ast.If() if isinstance(node.test, ast.UnaryOp):
                yield node.test, lambda n=node: setattr(n, "test", n.test.operand)
            case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
                yield node.func, lambda n=node, o=name: setattr(n.func, "id", _NAMES[o])
            case ast.Constant(value=value) if type(value) in (int, float) and hasattr(
                node, "lineno"
            ):
                yield node, lambda n=node, v=value: setattr(n, "value", _more(v))


def _more(value: float) -> float:
    return value + 1 if isinstance(value, int) else round(value * 1.1 + 0.01, 6)


def _is_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(side, ast.Constant | ast.JoinedStr) and not isinstance(
        getattr(side, "value", ""), int | float) for side in sides)  # fmt: skip


def drawn(folder: str, number: str) -> list[Mutant]:
    """So many mutants of a folder, the same each time; `all` for every one."""
    files = sorted((PROJECT / "pipeline" / folder).glob("*.py"))
    known = [mutant for path in files for mutant in mutants_of(path)]
    if number == "all" or len(known) <= int(number):
        return known
    return sorted(random.Random(1).sample(known, int(number)), key=lambda m: (m.path, m.line))


def tests_of(folder: str) -> list[str]:
    """The test files that import a folder, the smallest first, and the folder for its doctests."""
    wanted = re.compile(rf"\bpipeline\.{folder}\b")
    files = [
        path for path in TESTS.glob("test_*.py")
        if wanted.search(path.read_text(encoding="utf-8"))
        and not any(name in path.stem for name in SLOW)
    ]  # fmt: skip
    ordered = sorted(files, key=lambda path: path.stat().st_size)
    return [str(PROJECT / "pipeline" / folder), *map(str, ordered)]


class _Instead(importlib.abc.MetaPathFinder):
    """Loads one module from another source."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.path.relative_to(PROJECT).with_suffix("").parts
        self._name = ".".join(part for part in parts if part != "__init__")
        self._mutant = mutant

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        mutant = self._mutant

        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, *_: object) -> Any:
                return compile(mutant.source, str(mutant.path), "exec", dont_inherit=True)

        return importlib.util.spec_from_file_location(
            name, mutant.path, loader=Loader(name, str(mutant.path))
        )


def is_noticed(mutant: Mutant | None, tests: list[str]) -> bool:
    """Whether a test fails on a mutant, or hangs; None is the code as it is."""
    child = os.fork()
    if not child:
        _run(mutant, tests)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _run(mutant: Mutant | None, tests: list[str]) -> None:
    import pytest

    signal.alarm(LIMIT_S)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if mutant:
        sys.meta_path.insert(0, _Instead(mutant))
    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])))


def measured() -> Iterator[str]:
    """A line for each mutant that lives, and how many were noticed, by folder."""
    chosen = os.environ.get("MUTANTS_OF", ",".join(FOLDERS)).split(",")
    rows = {}
    for folder in chosen:
        tests = tests_of(folder)
        if is_noticed(None, tests):
            yield f"{folder}: its tests fail as it is, so that nothing is measured"
            continue
        mutants = drawn(folder, os.environ.get("MUTANTS", OF_EACH))
        noticed = 0
        for mutant in mutants:
            if is_noticed(mutant, tests):
                noticed += 1
            else:
                yield f"  lives: {mutant.told()}"
        rows[folder] = [len(mutants), noticed, noticed / max(len(mutants), 1)]
        yield f"{folder}: {noticed} of {len(mutants)} noticed"
    yield from table("mutants of", rows, ["drawn", "noticed", "share"])


if __name__ == "__main__":
    os.chdir(PROJECT)
    for line in measured():
        print(line, flush=True)
