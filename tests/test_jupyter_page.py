"""docs/jupyter.md: every example runs as it is written, and every method is on the page."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest
from conftest import PROJECT
from loaded_commands import run

from pipeline import KnowledgeGraph

PAGE = (PROJECT / "docs" / "jupyter.md").read_text(encoding="utf-8")
PUBLIC = [name for name in dir(KnowledgeGraph) if not name.startswith("_")]


def test_every_example_of_the_page_runs_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "digests", "--quiet", "-o", tmp_path / "outputs").returncode == 0
    (tmp_path / "digests").symlink_to(PROJECT / "digests")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```pycon\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "jupyter.md", None, 0)
    told: list[str] = []
    failed, tried = doctest.DocTestRunner().run(examples, out=told.append)
    assert failed == 0, "".join(told)
    assert tried > 15


@pytest.mark.parametrize("name", PUBLIC)
def test_every_method_is_on_the_page_and_says_what_it_returns(name: str) -> None:
    assert re.search(rf"`{name}\b", PAGE)
    assert len((inspect.getdoc(getattr(KnowledgeGraph, name)) or "").split("\n")[0]) > 15


def test_every_method_that_takes_something_has_an_annotation_for_all_of_it() -> None:
    for name in PUBLIC:
        method = inspect.getattr_static(KnowledgeGraph, name)
        if inspect.isfunction(method):
            signature = inspect.signature(method)
            assert signature.return_annotation is not inspect.Signature.empty
            _, *given = signature.parameters.values()
            assert all(one.annotation is not inspect.Parameter.empty for one in given)
