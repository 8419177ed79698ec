"""The limits that keep the code readable, held over every Python and viewer file."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from conftest import PROJECT

FOLDERS = ("pipeline", "tests", "benchmarks", "docs")
PYTHON = [path for folder in FOLDERS for path in sorted((PROJECT / folder).rglob("*.py"))]
VIEWER = PROJECT / "pipeline" / "viewer"
SCRIPTS = sorted(VIEWER.rglob("*.*js"))
STYLES = sorted(VIEWER.rglob("*.css"))
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
_SEVERAL_COMMENTS = re.compile(r"^[ \t]*#.*(?:\n[ \t]*#.*){2}", re.MULTILINE)


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


@cache
def function_lengths(path: Path) -> list[tuple[str, int]]:
    """Each function of a file as `line name`, and the lines of its body."""
    found = functions(ast.parse(source_of(path)))
    return [(f"{function.lineno} {function.name}", body_lines(function)) for function in found]


def types_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The name of each class and named type of a file, bare, and what it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_"), f"class {node.lineno}"
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id.lstrip("_")
            if name.istitle() or not (name.isupper() or name.islower()):
                yield name, ast.unparse(node.value)


def of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def source_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_a_file_has_at_most_300_lines() -> None:
    lengths = {of(path): len(source_of(path).splitlines()) for path in PYTHON + SCRIPTS + STYLES}
    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}


def test_a_line_of_the_viewer_has_at_most_100_letters() -> None:
    long = [
        f"{of(path)}:{number}"
        for path in SCRIPTS + STYLES
        for number, line in enumerate(source_of(path).splitlines(), 1)
        if len(line) > 100
    ]
    assert long == []


def test_a_function_has_at_most_40_lines_and_a_comment_two() -> None:
    long = [
        f"{of(path)}:{function}: {lines}"
        for path in PYTHON
        for function, lines in function_lengths(path)
        if lines > 40
    ]
    told = [
        f"{of(path)}:{start}: a comment of {lines}"
        for path in PYTHON
        if _SEVERAL_COMMENTS.search(source_of(path))
        for start, lines in comment_runs(source_of(path))
        if lines > 2
    ]
    assert long + told == []


def test_no_file_is_a_junk_drawer() -> None:
    assert [of(path) for path in PYTHON if path.stem in VAGUE_NAMES] == []


def test_a_name_of_a_type_is_one_type_in_the_whole_package() -> None:
    places: dict[str, dict[str, str]] = {}
    for path in (path for path in PYTHON if "pipeline" in path.parts):
        for name, meaning in types_of(ast.parse(source_of(path))):
            key = f"{of(path)} {meaning}" if meaning.startswith("class ") else meaning
            places.setdefault(name, {})[key] = of(path)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_functions_are_short_on_the_whole() -> None:
    files = [path for path in PYTHON if "pipeline" in path.parts]
    lengths = sorted(lines for path in files for _, lines in function_lengths(path))
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_a_package_begins_with_a_table_of_names_and_no_code() -> None:
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    offenders = [
        of(path)
        for path in PYTHON
        if path.name == "__init__.py" and path.parent.name != "pipeline"
        if not all(isinstance(node, allowed) for node in ast.parse(source_of(path)).body)
    ]
    assert offenders == []


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
