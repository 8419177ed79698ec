"""Where a test has to pass to meet a mutant."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.folders import PROJECT, TESTS
from benchmarks.robustness.changes import Mutant, names_read, names_set
from benchmarks.robustness.reach import Reach


def is_loaded_anew(mutant: Mutant, reached: Reach) -> bool:
    """Whether the mutant acts as the program is loaded, and cannot be put in its place later."""
    if mutant.place.function is not None:
        return reached.is_reached_on_import(mutant.path, _own_lines(mutant))
    if mutant.place.statement not in mutant.place.holders[0].body:
        return True
    names = _names_of(mutant)
    return not names or not names.isdisjoint(_read_on_import(mutant.path, names))


@cache
def _names_of(mutant: Mutant) -> frozenset[str]:
    """The names of the constants or the field that a mutant gives another value."""
    statement = mutant.place.statement
    constants = mutant.constants() if statement in mutant.place.holders[0].body else [statement]
    return frozenset(name for constant in constants for name in names_set(constant))


@cache
def _reads(test_file: str, mutant: Mutant) -> bool:
    """Whether the text of a test file has one of these names."""
    words = _words_of(PROJECT / test_file)
    return not words.isdisjoint(_names_of(mutant))


@cache
def _imports(test_file: str, path: Path) -> bool:
    """Whether a test file imports from a file of the program."""
    module = ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    return f"from {module} import" in (PROJECT / test_file).read_text(encoding="utf-8")


@cache
def _words_of(path: Path) -> set[str]:
    return set(re.findall(r"\w+", path.read_text(encoding="utf-8")))


def _read_on_import(path: Path, names: frozenset[str]) -> set[str]:
    """Those names of constants of a file whose values loading the program copies elsewhere."""
    here = [
        statement for statement in ast.parse(path.read_bytes()).body
        if not isinstance(statement, ast.Assign | ast.AnnAssign)
    ]  # fmt: skip
    copied = {name for statement in here for name in names_read(statement)}
    if all(name.startswith("_") for name in names):
        return copied
    others = {*(PROJECT / "pipeline").rglob("*.py"), *TESTS.glob("*.py")} - {path}
    return copied.union(*map(_names_read_in, others))


@cache
def _names_read_in(path: Path) -> set[str]:
    return names_read(ast.parse(path.read_bytes()))


def tests_for(mutant: Mutant, reached: Reach) -> list[str]:
    """The tests that meet the mutant, the quickest first; those that meet its own line lead."""
    if mutant.place.function is not None:
        direct = reached.of(mutant.path, _own_lines(mutant))
        direct = direct or reached.of(mutant.path, _lines_of(mutant.place.statement))
        if not reached.is_reached_on_import(mutant.path, _own_lines(mutant)):
            return direct
        return list(dict.fromkeys([*direct, *reached.of(mutant.path, _all_lines(mutant.path))]))
    using = [reached.of(path, lines) for path, lines in _uses(mutant)]
    together = {test for tests in using for test in tests}
    anew = is_loaded_anew(mutant, reached)
    together |= {
        name for name, test in reached.tests.items()
        if _reads(test.file, mutant) or (anew and _imports(test.file, mutant.path))
    }  # fmt: skip
    return sorted(together, key=lambda test: reached.tests[test].seconds)


def _own_lines(mutant: Mutant) -> range:
    return range(mutant.place.node.lineno, mutant.place.node.end_lineno + 1)


def _lines_of(statement: ast.stmt) -> range:
    """Those of a statement, without what stands in its block."""
    block = getattr(statement, "body", None)
    return range(statement.lineno, block[0].lineno if block else (statement.end_lineno or 0) + 1)


def _all_lines(path: Path) -> range:
    return range(1, path.read_bytes().count(b"\n") + 2)


def _uses(mutant: Mutant) -> Iterator[tuple[Path, list[int]]]:
    """Of a default the function, of a constant the lines that use its name, else the whole file."""
    statement = mutant.place.statement
    if isinstance(statement, ast.FunctionDef):
        yield mutant.path, list(range(statement.body[0].lineno, (statement.end_lineno or 0) + 1))
        return
    names = _names_of(mutant)
    if not names or statement not in mutant.place.holders[0].body:
        yield mutant.path, list(_all_lines(mutant.path))
    for path in sorted((PROJECT / "pipeline").rglob("*.py")):
        if lines := [line for name in names for line in _lines_by_name(path).get(name, ())]:
            yield path, lines


@cache
def _lines_by_name(path: Path) -> dict[str, list[int]]:
    """The lines at which each name is read, also as an attribute or as an argument's name."""
    lines = defaultdict(list)
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Name(name, ast.Load()) | ast.Attribute(attr=name):
                lines[name].append(node.lineno)
    return lines
