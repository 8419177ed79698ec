"""Mutants: what is changed in a file, and where a line stood before the file changed."""

from __future__ import annotations

import ast

import pytest

from benchmarks.robustness.changes import places
from benchmarks.robustness.reach import lines_before

UNCHANGED = [
    "def f(wait: tuple[int, 3] = ()) -> 'list[2]': pass",
    "__all__ = ['a' + 'b', 1]",
    "raise ValueError(f'{a + 1} of {b}')",
    "@lru_cache(maxsize=3)\ndef f(): pass",
    "'a line of text'\nflag = True",
    "text = 'a' + name",
]
CHANGED = [
    ("a < 1", {"a <= 1", "a < 2"}),
    ("a and not b", {"a or not b", "a and b"}),
    ("x = min(a - b, 0.5)", {"x = max(a - b, 0.5)", "x = min(a + b, 0.5)", "x = min(a - b, 0.56)"}),
    ("def f(n=3): pass", {"def f(n=4): pass"}),
]


@pytest.mark.parametrize("code", UNCHANGED)
def test_what_no_test_could_guard_is_not_changed(code: str) -> None:
    assert list(places(ast.parse(code))) == []


@pytest.mark.parametrize(("code", "wanted"), CHANGED)
def test_each_place_is_changed_by_itself(code: str, wanted: set[str]) -> None:
    changed = set()
    for number in range(len(list(places(ast.parse(code))))):
        tree = ast.parse(code)
        list(places(tree))[number].put()
        changed.add(ast.unparse(tree))
    assert changed == {ast.unparse(ast.parse(each)) for each in wanted}


def test_a_default_runs_on_import_and_a_body_when_it_is_called() -> None:
    default, body = places(ast.parse("def f(n=3): return 4"))
    assert default.function is None
    assert isinstance(body.function, ast.FunctionDef)


def test_a_line_is_found_where_it_stood_before() -> None:
    before, now = "a\nb\nc\n", "new\na\nB\nc\n"
    assert lines_before(before, before, [2]) == {2}
    assert lines_before(before, now, [2]) == {1}
    assert lines_before(before, now, [4]) == {3}
    assert 2 in lines_before(before, now, [3])
