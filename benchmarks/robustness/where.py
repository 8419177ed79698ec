"""Where a test has to pass to meet a mutant."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.folders import PROJECT
from benchmarks.robustness.changes import Mutant
from benchmarks.robustness.reach import Reach


def is_loaded_anew(mutant: Mutant, reached: Reach) -> bool:
    """Whether the mutant acts as the program is loaded, and not only when a function is called."""
    lines = _own_lines(mutant)
    return mutant.place.function is None or reached.is_reached_on_import(mutant.path, lines)


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
    """Of a constant or field the lines that use its name, of a default the function, else all."""
    statement = mutant.place.statement
    if isinstance(statement, ast.FunctionDef):
        yield mutant.path, list(range(statement.body[0].lineno, (statement.end_lineno or 0) + 1))
    elif names := _names_set_by(statement):
        for path in sorted((PROJECT / "pipeline").rglob("*.py")):
            if lines := [line for name in names for line in _lines_by_name(path).get(name, ())]:
                yield path, lines
    else:
        yield mutant.path, list(_all_lines(mutant.path))


def _names_set_by(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name)):
            return {name}
    return set()


@cache
def _lines_by_name(path: Path) -> dict[str, list[int]]:
    """The lines at which each name is read, also as an attribute or as an argument's name."""
    lines = defaultdict(list)
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Name(name, ast.Load()) | ast.Attribute(attr=name):
                lines[name].append(node.lineno)
    return lines
