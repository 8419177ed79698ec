"""`make mutants`: which small changes to the logic no test notices.

Each mutant is one change to one file of the folders below: a comparison moved over its boundary or
turned round, `and` for `or`, a `not` left out, a number one higher, a sum for a difference, `min`
for `max`. Of the tests that import the folder, and its doctests, those are run that reach the
line; a process that a test begins runs the code as it is. MUTANTS=N draws so many of each folder,
by MUTANTS_SEED; MUTANTS=all takes every one, and MUTANTS_OF=match,enrich some of the folders.
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
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest

from benchmarks.children import exit_code, silent
from benchmarks.folders import PROJECT, TESTS
from benchmarks.robustness.reach import Reach, reach
from benchmarks.shares import table

FOLDERS = ("match", "identity", "enrich", "fetch", "digests")
OF_EACH = "30"
LIMIT_S = 1200
"""Longer than the tests of a folder take by the clock: a mutant that waits for ever is noticed."""
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
    lines: tuple[int, ...]
    """Where a test has to pass to meet it: its own line, or where a constant of it is used."""

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
        before, lines = ast.unparse(node), _reached_at(changed, node)
        change()
        source = ast.unparse(changed)
        yield Mutant(path, node.lineno, before, ast.unparse(node), source, lines)


def _reached_at(module: ast.Module, node: Any) -> tuple[int, ...]:
    """The line of a node; of one within a constant of the module, the lines that use its name."""
    for statement in module.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and node in ast.walk(statement):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            return tuple(
                use.lineno for use in ast.walk(module)
                if isinstance(use, ast.Name) and isinstance(use.ctx, ast.Load) and use.id in names
            )  # fmt: skip
    return (node.lineno,)


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
    """So many mutants of a folder, the same for a seed; `all` for every one."""
    files = sorted((PROJECT / "pipeline" / folder).glob("*.py"))
    mutants = [mutant for path in files for mutant in mutants_of(path)]
    if number == "all" or len(mutants) <= int(number):
        return mutants
    seed = int(os.environ.get("MUTANTS_SEED", "1"))
    return sorted(random.Random(seed).sample(mutants, int(number)), key=lambda m: (m.path, m.line))


def tests_of(folder: str) -> list[str]:
    """The test files that import a folder, themselves or by another file of the tests.

    The smallest come first; the folder is there for its doctests.
    """
    text_of = {path.stem: path.read_text(encoding="utf-8") for path in TESTS.glob("*.py")}
    wanted = re.compile(rf"\bpipeline\.{folder}\b")
    using = {name for name, text in text_of.items() if wanted.search(text)} - {"conftest"}
    imports = re.compile(rf"^from (?:{'|'.join(sorted(using))}) import", re.MULTILINE)
    using |= {name for name, text in text_of.items() if imports.search(text)}
    files = [
        TESTS / f"{name}.py" for name in using
        if name.startswith("test_") and not any(slow in name for slow in SLOW)
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


def is_noticed(mutant: Mutant, tests: Sequence[str], limit_s: int) -> bool:
    """Whether one of the tests fails on a mutant, or takes longer than it may."""
    if not tests:
        return False
    child = os.fork()
    if not child:
        silent()
        _run(mutant, tests, limit_s)
    return exit_code(child) != 0


def _run(mutant: Mutant, tests: Sequence[str], limit_s: int) -> None:
    # Processor time is limited, and not the clock, so that other work does not look like a hang.
    resource.setrlimit(resource.RLIMIT_CPU, (limit_s, limit_s))
    signal.alarm(LIMIT_S)
    sys.meta_path.insert(0, _Instead(mutant))
    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])))


def tests_for(mutant: Mutant, reached: Reach) -> list[str]:
    """The tests to run on a mutant, the quickest first.

    A constant of the module is reached where it is used; what nothing else is known of, an
    import runs, and with it every test.
    """
    tests = reached.of(mutant.path, mutant.lines)
    return tests or sorted(reached.seconds, key=lambda test: reached.seconds[test])


def measured() -> Iterator[str]:
    """A line for each mutant that lives, and how many were noticed, by folder."""
    chosen = os.environ.get("MUTANTS_OF", ",".join(FOLDERS)).split(",")
    rows = {}
    for folder in chosen:
        with TemporaryDirectory() as scratch:
            data = Path(scratch) / "reach"
            reached = reach(PROJECT / "pipeline" / folder, tests_of(folder), data)
        mutants = drawn(folder, os.environ.get("MUTANTS", OF_EACH))
        noticed = 0
        for mutant in mutants:
            tests = tests_for(mutant, reached)
            limit_s = 30 + int(3 * sum(reached.seconds[test] for test in tests))
            if is_noticed(mutant, tests, limit_s):
                noticed += 1
            else:
                yield f"  lives: {mutant.told()}  ({len(tests):,} tests)"
        rows[folder] = [len(mutants), noticed, noticed / max(len(mutants), 1)]
        yield f"{folder}: {noticed} of {len(mutants)} noticed"
    yield from table("mutants of", rows, ["drawn", "noticed", "share"])


if __name__ == "__main__":
    os.chdir(PROJECT)
    for line in measured():
        print(line, flush=True)
