"""The limits that keep the code readable, held over every Python and viewer file."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT

FOLDERS = ("pipeline", "tests", "benchmarks", "docs")
PYTHON = [path for folder in FOLDERS for path in sorted((PROJECT / folder).rglob("*.py"))]
VIEWER = PROJECT / "pipeline" / "viewer"
SCRIPTS = sorted(VIEWER.rglob("*.*js"))
STYLES = sorted(VIEWER.rglob("*.css"))
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def body_lines(function: ast.FunctionDef) -> int:
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        first = function.body[0]
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def comment_runs(source: str) -> Iterator[tuple[int, int]]:
    """The line at which each block of comment lines begins, and how many lines it has."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    alone = [t.start[0] for t in tokens if t.type == tokenize.COMMENT and t.line.lstrip()[0] == "#"]
    starts = [line for line in alone if line - 1 not in alone]
    for start in starts:
        length = next(n for n in range(1, len(alone) + 2) if start + n not in alone)
        yield start, length


def of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@pytest.mark.parametrize("path", PYTHON + SCRIPTS + STYLES, ids=of)
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", SCRIPTS + STYLES, ids=of)
def test_a_line_of_the_viewer_has_at_most_100_letters(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 100] == []


@pytest.mark.parametrize("path", PYTHON, ids=of)
def test_a_function_has_at_most_40_lines_and_a_comment_two(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    long = {f.name: body_lines(f) for f in functions(ast.parse(source)) if body_lines(f) > 40}
    assert long == {}
    assert [start for start, lines in comment_runs(source) if lines > 2] == []


@pytest.mark.parametrize("path", PYTHON, ids=of)
def test_no_file_is_a_junk_drawer(path: Path) -> None:
    assert path.stem not in VAGUE_NAMES


def test_functions_are_short_on_the_whole() -> None:
    trees = [ast.parse(p.read_text(encoding="utf-8")) for p in PYTHON if "pipeline" in p.parts]
    lengths = sorted(body_lines(function) for tree in trees for function in functions(tree))
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[int(len(lengths) * 0.9)] <= 25


@pytest.mark.parametrize(
    "path", [p for p in PYTHON if p.name == "__init__.py" and p.parent.name != "pipeline"], ids=of
)
def test_a_package_begins_with_a_table_of_names_and_no_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    assert all(isinstance(node, allowed) for node in tree.body)


def test_every_page_text_reaches_the_page_as_text() -> None:
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source
        )


def test_the_makefile_is_short_and_names_every_target() -> None:
    lines = (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
    targets = re.findall(r"^([a-z-]+):", "\n".join(lines), re.MULTILINE)
    told = re.findall(r"^([a-z-]+):.*## ", "\n".join(lines), re.MULTILINE)
    assert targets == told


def test_the_lock_files_name_no_address_and_pin_every_package_with_hashes() -> None:
    python = [path.name for path in PROJECT.glob("requirements*.lock")]
    for name in (
        *python,
        "tests/node/package-lock.json",
        "benchmarks/viewer/node/package-lock.json",
    ):
        text = (PROJECT / name).read_text(encoding="utf-8")
        assert "://" not in text
    for name in python:
        text = (PROJECT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
        assert text.count("--hash=sha256:") >= len(pins)
