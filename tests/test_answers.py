"""Commands that print an answer: `--json` everywhere, options only where they act."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import SEED
from small_catalogue import catalogue_of, record
from typer.testing import CliRunner, Result

from pipeline.cli.app import app
from pipeline.model.errors import UsageError


def asked(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def rows(*arguments: str | Path) -> list[dict[str, object]]:
    done = asked(*arguments, "--json")
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_tags_are_objects_with_their_use_the_most_used_first() -> None:
    found = rows("tags", SEED)
    assert found[0]["label"] == "long-context"
    assert (found[0]["used"], found[0]["first_day"]) == (2, "2024-09-05")
    assert len(found) == len(asked("tags", SEED).stdout.splitlines()) - 2


@pytest.mark.parametrize(
    ("query", "about", "key"),
    [
        ("2409.01524", ["paper", "entry"], "id"),
        (f"{SEED.name}:9", ["entry"], "file"),
        ("Haoran Wei", ["author"], "name"),
        ("2307.09288", ["node"], "edges"),
    ],
)
def test_an_explanation_is_the_records_that_it_is_made_of(
    seed_outputs: Path, query: str, about: list[str], key: str
) -> None:
    found = rows("explain", query, "-o", seed_outputs)
    assert [row["about"] for row in found][: len(about)] == about
    assert key in found[0]


def test_an_entry_is_explained_by_each_of_its_lines_and_no_other(seed_outputs: Path) -> None:
    (entry,) = rows("explain", f"{SEED.name}:9", "-o", seed_outputs)
    first, last = entry["line_start"], entry["line_end"]
    assert (first, last) == (9, 13)
    for line in (first, last):
        assert rows("explain", f"{SEED.name}:{line}", "-o", seed_outputs) == [entry]
    for line in (8, 14):
        assert rows("explain", f"{SEED.name}:{line}", "-o", seed_outputs) != [entry]
    whole = rows("explain", SEED.name, "-o", seed_outputs)
    assert entry in whole
    assert {each["file"] for each in whole} == {entry["file"]}
    assert len(whole) > 1


def test_a_catalogue_says_the_same_in_figures_and_in_sentences(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, record("2401.00001", "A Title"))
    (found,) = rows("catalogue", "info", "--catalogue", folder)
    assert (found["papers"], found["with_authors"], found["damaged"]) == (1, 1, 0)
    assert asked("catalogue", "info", "--catalogue", folder).stdout.startswith("1 paper, ")


@pytest.mark.parametrize(
    "words",
    [
        ("similar", "2409.01524", "-q"),
        ("explain", "2409.01524", "--catalogue", "/nonexistent"),
        ("parse", str(SEED), "--offline"),
        ("export", "--offline"),
        ("people", "x.jsonl", "--tag", "rl"),
        ("people", "--quiet"),
        ("export", "--hops", "2"),
        ("list", "tags", "--by", "year"),
        ("tags", str(SEED), "-o", "outputs"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(words: tuple[str, ...]) -> None:
    done = asked(*words)
    assert done.exit_code == 2 or isinstance(done.exception, UsageError)


def test_every_command_that_prints_has_json() -> None:
    program = typer.main.get_command(app)
    leaves = dict(getattr(program, "commands", {}))
    leaves |= {f"catalogue {n}": c for n, c in leaves.pop("catalogue").commands.items()}
    silent = {name for name, command in leaves.items() if "--json" not in options_of(command)}
    # What runs until it is stopped answers somebody else: a page, a language model.
    assert silent == {"mcp", "watch"}


def options_of(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def test_counts_are_an_object_for_scripts(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (made,) = rows("build", SEED, "-o", out, "--offline")
    assert (made["entries"], made["matched"], made["nodes"], made["edges"]) == (7, 7, 334, 350)
    assert rows("build", SEED, "-o", out, "--dry-run", "--offline") == []
    (written,) = rows("export", "-o", out, "--format", "GEXF", "--to", tmp_path / "to")
    assert (written["files"], written["nodes"]) == ([str(tmp_path / "to" / "graph.gexf")], 334)
    assert rows("review", "-o", out) == []
    tags = rows("tags", "-o", out)
    assert (tags[0]["label"], tags[0]["papers"], tags[0]["first_day"]) == (
        "long-context", 2, "2024-09-05",
    )  # fmt: skip
