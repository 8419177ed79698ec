"""The notebooks run from a fresh build, and are saved as they run."""

from __future__ import annotations

import ast
import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import made_once
from running_notebooks import NOTEBOOKS, all_run, awaited, built_project, code_cells, run, saved

MOST_BYTES = 220_000
MACHINE = re.compile(r"(?<![\w./])/(?:home|root|Users|tmp|var|private|mnt|opt|usr)/|\b[A-Z]:\\")
STALE = "run `python tests/running_notebooks.py`, which saves them as they run"

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def all_run_in(folder: Path) -> None:
    """Makes a project folder, and lays every notebook beside it as it is after a run in full."""
    import nbformat  # Takes a second, which no other test has to wait for.

    (folder / "project").mkdir()
    for path, notebook in all_run(built_project(folder / "project")).items():
        nbformat.write(notebook, folder / path.name)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project folder and the notebooks that ran in it."""
    return made_once(tmp_path_factory, "notebooks", all_run_in)


@pytest.fixture(scope="session")
def project(ran: Path) -> Path:
    """A project folder that holds nothing but what `make graph` writes."""
    return ran / "project"


@pytest.fixture(scope="session")
def finished(ran: Path) -> dict[Path, list[Any]]:
    """The code cells of every notebook after a run in full."""
    return {path: code_cells(saved(ran / path.name)) for path in NOTEBOOKS}


def first_cell(folder: Path) -> Any:
    """The cell that every notebook begins with, after a run in `folder`."""
    (first,) = code_cells(awaited(run(NOTEBOOKS[0], folder, asyncio.Semaphore(), most=2)))
    return first


def shown(cell: Any) -> list[tuple[str, dict[str, str]]]:
    """What a cell shows, pictures by their type alone."""
    return [
        (
            output.output_type,
            {
                kind: "" if kind.startswith("image/") else content
                for kind, content in output.get("data", {"text": output.get("text", "")}).items()
            },
        )
        for output in cell.outputs
    ]


def said_wrong(cell: Any) -> list[str]:
    """The errors of a cell, and what it wrote to stderr."""
    errors = [output.evalue for output in cell.outputs if output.output_type == "error"]
    return errors + [output.text for output in cell.outputs if output.get("name") == "stderr"]


def ends_in_an_expression(source: str) -> bool:
    return isinstance(ast.parse(source).body[-1], ast.Expr)


def test_there_is_a_notebook_to_start_with_and_it_names_the_others() -> None:
    names = {path.name for path in NOTEBOOKS}
    (start,) = (path for path in NOTEBOOKS if path.name == "explore.ipynb")
    last = saved(start).cells[-1].source
    assert set(re.findall(r"\]\((\w+\.ipynb)\)", last)) == names - {"explore.ipynb"}


@every_notebook
def test_a_notebook_runs_through_with_nothing_on_stderr(
    path: Path, finished: dict[Path, list[Any]]
) -> None:
    assert [wrong for cell in finished[path] for wrong in said_wrong(cell)] == []


@every_notebook
def test_every_cell_that_ends_in_an_expression_shows_something(
    path: Path, finished: dict[Path, list[Any]]
) -> None:
    silent = [c.source for c in finished[path] if ends_in_an_expression(c.source) and not c.outputs]
    assert silent == []


@every_notebook
def test_a_picture_and_what_was_an_explorer_are_pictures(
    path: Path, finished: dict[Path, list[Any]]
) -> None:
    for cell in finished[path]:
        kinds = {kind: content for _, data in shown(cell) for kind, content in data.items()}
        if cell.source.endswith((".plot()", ".show()")):
            assert "image/png" in kinds


@every_notebook
def test_a_saved_notebook_shows_what_a_run_of_its_cells_shows(
    path: Path, finished: dict[Path, list[Any]]
) -> None:
    for kept, ran in zip(code_cells(saved(path)), finished[path], strict=True):
        assert shown(kept) == shown(ran), STALE


@every_notebook
def test_a_saved_notebook_is_small_and_tells_nothing_of_a_machine(path: Path) -> None:
    import nbformat  # Takes a second, which no other test has to wait for.

    notebook = saved(path)
    nbformat.validate(notebook)
    assert path.stat().st_size < MOST_BYTES
    assert notebook.metadata.kernelspec.name == "python3"
    assert [cell.id for cell in notebook.cells if "execution" in cell.metadata] == []
    assert "widgets" not in notebook.metadata
    texts = [cell.source for cell in notebook.cells]
    texts += [str(data) for cell in code_cells(notebook) for _, data in shown(cell)]
    assert [text for text in texts if MACHINE.search(text)] == []


@every_notebook
def test_cells_are_numbered_as_they_run(path: Path) -> None:
    cells = code_cells(saved(path))
    assert [cell.execution_count for cell in cells] == [*range(1, len(cells) + 1)], STALE


def test_every_notebook_begins_with_the_same_cell() -> None:
    assert len({code_cells(saved(path))[0].source for path in NOTEBOOKS}) == 1


def test_a_notebook_finds_the_outputs_from_the_root_of_the_project(
    project: Path, finished: dict[Path, list[Any]]
) -> None:
    assert shown(first_cell(project)) == shown(finished[NOTEBOOKS[0]][0])


def test_a_notebook_without_a_build_says_to_run_make_graph(tmp_path: Path) -> None:
    (answer,) = said_wrong(first_cell(tmp_path))
    assert "`make graph`" in answer
