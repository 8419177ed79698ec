"""The test files that mutants are tried on, and what tells that one of them has changed."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from benchmarks.folders import PROJECT, TESTS

FOLDERS = ("match", "identity", "enrich", "fetch", "digests")
LEFT_OUT = {
    "enrichment", "chaos", "commands", "jupyter", "notebook", "notebooks", "explorer", "page",
    "wheel", "firefox", "house", "docs", "growth",
}  # fmt: skip
"""Words in the names of tests that begin processes or browsers, which a mutant does not reach."""

OPTIONS = ("-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
"""With which pytest runs them, where the program has been loaded before it."""

_IMPORT = re.compile(r"^(?:from|import) (\w+)", re.MULTILINE)


def test_files(folder: str) -> list[str]:
    """The tests that import a folder, themselves or by a file of the tests, and its doctests."""
    wanted = re.compile(rf"\bpipeline\.{folder}\b")
    modules = sorted((PROJECT / "pipeline" / folder).glob("*.py"))
    tests = [
        path for path in sorted(TESTS.glob("test_*.py"))
        if LEFT_OUT.isdisjoint(path.stem.split("_"))
        and any(wanted.search(_text(file)) for file in _imported(path))
    ]  # fmt: skip
    doctests = [path for path in modules if ">>> " in _text(path)]
    return [str(path.relative_to(PROJECT)) for path in [*doctests, *tests]]


def key_of(file: str) -> str:
    """Another for a file that has changed, or that imports a file of the tests that has."""
    texts = {path.name: _text(path) for path in [*_imported(PROJECT / file), TESTS / "conftest.py"]}
    whole = "\0".join(text for _, text in sorted(texts.items()))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _imported(path: Path) -> set[Path]:
    reached, waiting = set(), {path}
    while waiting:
        reached |= waiting
        names = {name for file in waiting for name in _IMPORT.findall(_text(file))}
        waiting = {file for name in names if (file := TESTS / f"{name}.py").is_file()} - reached
    return reached


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
