"""Mutants: copies of a file's syntax tree in which one place is changed.

A change is a comparison moved over its boundary or turned round, `and` for `or`, a `not` left out,
a number one higher, a sum for a difference, `min` for `max`. Annotations, decorators, `__all__` and
what is raised are left as they are.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.folders import PROJECT

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}  # fmt: skip
_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip
_BOTH: dict[type[ast.boolop], type[ast.boolop]] = {ast.And: ast.Or, ast.Or: ast.And}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_LEFT_OUT = {"annotation", "returns", "decorator_list", "format_spec"}


class Place(NamedTuple):
    """A node that can be changed, what is put there instead, and what it stands in."""

    node: Any
    instead: ast.expr
    holders: tuple[ast.AST, ...]
    """What it stands in, the module first."""
    field: str
    at: int | None
    """Its number, where the field of the last holder is a list."""

    @property
    def statement(self) -> ast.stmt:
        """The innermost statement that it is part of."""
        return next(each for each in reversed(self.holders) if isinstance(each, ast.stmt))

    @property
    def function(self) -> ast.AST | None:
        """The outermost function whose body it is in; None where an import runs it."""
        path = [*self.holders, self.node]
        for holder, inner in pairwise(path):
            if isinstance(holder, _FUNCTIONS) and not isinstance(inner, ast.arguments):
                return holder
        return None

    def put(self) -> None:
        """Changes the tree."""
        if self.at is None:
            setattr(self.holders[-1], self.field, self.instead)
        else:
            getattr(self.holders[-1], self.field)[self.at] = self.instead


class Mutant(NamedTuple):
    """A change to one file."""

    path: Path
    number: int
    """Of the place among those of the file."""

    @property
    def place(self) -> Place:
        return _places_of(self.path)[self.number]

    def tree(self) -> ast.Module:
        """The file with its change; every line keeps its number."""
        tree = ast.parse(_source_of(self.path))
        list(places(tree))[self.number].put()
        return ast.fix_missing_locations(tree)

    def constants(self) -> list[ast.Assign | ast.AnnAssign]:
        """The assignments of the module, changed, whose values another would be, in their order."""
        line, names, changed = self.place.statement.lineno, set[str](), []
        for statement in self.tree().body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and (
                statement.lineno == line or not names.isdisjoint(names_read(statement))
            ):
                names |= names_set(statement)
                changed.append(statement)
        return changed

    def difference(self) -> str:
        """Where it is, and the lines before and after."""
        node, place = self.place.node, f"{self.path.relative_to(PROJECT)}:{self.place.node.lineno}"
        lines = _source_of(self.path).splitlines()[node.lineno - 1 : node.end_lineno]
        start, end = lines[0][: node.col_offset], lines[-1][node.end_col_offset :]
        old = " ".join(line.decode().strip() for line in lines)
        new = f"{start.decode().lstrip()}{ast.unparse(self.place.instead)}{end.decode()}"
        return f"{place}\n    - {old}\n    + {new}"


def drawn(folder: str, number: str, seed: int) -> list[Mutant]:
    """So many mutants of a folder, the same for a seed; `all` for every one."""
    mutants = [
        Mutant(path, number)
        for path in sorted((PROJECT / "pipeline" / folder).glob("*.py"))
        for number in range(len(_places_of(path)))
    ]
    if number == "all" or len(mutants) <= int(number):
        return mutants
    return sorted(random.Random(seed).sample(mutants, int(number)))


@cache
def _source_of(path: Path) -> bytes:
    return path.read_bytes()


@cache
def _places_of(path: Path) -> list[Place]:
    return list(places(ast.parse(_source_of(path))))


def names_set(statement: ast.stmt) -> set[str]:
    """The names that an assignment gives a value."""
    match statement:
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(name)):
            return {name}
    return set()


def names_read(tree: ast.AST) -> set[str]:
    """The names whose values are read as the code runs that is no function's body."""
    if isinstance(tree, ast.Name):
        return {tree.id} if isinstance(tree.ctx, ast.Load) else set()
    inner = ast.iter_child_nodes(tree)
    if isinstance(tree, _FUNCTIONS):
        decorators = getattr(tree, "decorator_list", ())
        inner = iter([*decorators, *tree.args.defaults, *filter(None, tree.args.kw_defaults)])
    return {name for node in inner for name in names_read(node)}


def places(tree: ast.AST, holders: Sequence[ast.AST] = ()) -> Iterator[Place]:
    """Each place that can be changed, in the order of the text."""
    if isinstance(tree, ast.Raise) or _is_public_names(tree):
        return
    within = (*holders, tree)
    for field, value in ast.iter_fields(tree):
        if field in _LEFT_OUT:
            continue
        inner = value if isinstance(value, list) else [value]
        for number, node in enumerate(inner):
            if not isinstance(node, ast.AST):
                continue
            if (instead := _instead_of(node)) is not None:
                yield Place(node, instead, within, field, number if inner is value else None)
            yield from places(node, within)


def _is_public_names(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _instead_of(node: ast.AST) -> ast.expr | None:
    """What is put in the place of a node; None where it stays."""
    instead: ast.expr | None = None
    match node:
        case ast.Compare(left, [op], comparators) if type(op) in _COMPARISONS:
            instead = ast.Compare(left, [_COMPARISONS[type(op)]()], comparators)
        case ast.BoolOp(op, values):
            instead = ast.BoolOp(_BOTH[type(op)](), values)
        case ast.BinOp(left, op, right) if type(op) in _SUMS and not _is_text(left, right):
            instead = ast.BinOp(left, _SUMS[type(op)](), right)
        case ast.UnaryOp(ast.Not(), operand):
            return operand
        case ast.Name(name, ast.Load()) if name in _NAMES:
            instead = ast.Name(_NAMES[name], ast.Load())
        case ast.Constant(value) if type(value) is int or type(value) is float:
            instead = ast.Constant(_more(value))
    return instead and ast.copy_location(instead, node)


def _more(value: float) -> float:
    return value + 1 if isinstance(value, int) else round(value * 1.1 + 0.01, 6)


def _is_text(*sides: ast.expr) -> bool:
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and not isinstance(side.value, int | float))
        for side in sides
    )
