"""`digest-graph match` and `digest-graph catalogue`, run as a user runs them."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import loaded_commands
import pytest
from conftest import PROJECT
from small_catalogue import catalogue_of, ids_in, lines_of, page_of, record, written

TITLE = "Learning to Sort Small Stones by Weight"
FIELDS = [
    "file",
    "line_start",
    "title",
    "arxiv_id",
    "verdict",
    "confidence",
    "reason",
    "candidates",
]
NOTES = f"""2024-01-20

{TITLE}

(Ann Lee, Bo Kim)

https://arxiv.org/abs/2401.00002

좋다.

#stones

Of Bread, Wine and \x1b[2JSundry Things

(Xu Yan)

별로다.

#bread
"""
PAPERS = [
    record("2401.00001", TITLE),
    record("2401.00002", "Of Rivers and Their Sand", authors="Zoe Fox"),
    *(record(f"2312.{n:05}", f"December {n}") for n in range(1, 11)),
]


def run(*arguments: str | Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    own = {"DIGEST_GRAPH_HOME": str(home)} if home else {}
    return loaded_commands.run(*arguments, env=os.environ | own)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return catalogue_of(tmp_path_factory.mktemp("home"), *PAPERS)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return written(tmp_path, NOTES.encode(), "notes.txt")


def matched(notes: Path, *arguments: str | Path) -> list[dict[str, object]]:
    done = run("match", notes, "--json", "--offline", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_match_writes_a_json_object_a_line_with_the_fields_that_scripts_rely_on(
    notes: Path, catalogue: Path
) -> None:
    stones, bread = matched(notes, "--catalogue", catalogue, "--ignore-printed-ids")
    assert list(stones) == list(bread) == FIELDS
    assert stones["file"] == str(notes)
    assert (stones["line_start"], stones["title"]) == (3, TITLE)
    assert (stones["arxiv_id"], stones["verdict"]) == ("2401.00001", "matched")
    assert isinstance(stones["confidence"], float)
    candidates = stones["candidates"]
    assert isinstance(candidates, list)
    assert list(candidates[0]) == ["arxiv_id", "title", "scores"]
    assert candidates[0]["scores"]["authors"] == 1
    assert candidates[0]["scores"]["abstract"] is None
    assert (bread["arxiv_id"], bread["verdict"]) == (None, "not_on_arxiv")
    assert "as of 2024-01-31" in str(bread["reason"])


def test_a_printed_id_is_checked_unless_it_is_to_be_ignored(notes: Path, catalogue: Path) -> None:
    stones, _ = matched(notes, "--catalogue", catalogue)
    assert (stones["arxiv_id"], stones["verdict"]) == (None, "undecided")
    assert "its own title is that of 2401.00001" in str(stones["reason"])


def test_the_usual_catalogue_is_taken_where_it_is_and_none_is_needed(
    notes: Path, catalogue: Path
) -> None:
    for home, verdict in ((catalogue.parent, "not on arxiv"), (None, "undecided")):
        done = run("match", notes, "--offline", "--ignore-printed-ids", home=home)
        assert (done.returncode, done.stderr) == (0, "")
        assert verdict in done.stdout.splitlines()[2]


def test_the_table_has_a_line_an_entry_that_a_terminal_can_show(
    tmp_path: Path, catalogue: Path
) -> None:
    notes = written(tmp_path, NOTES.encode(), "\x1b[2Jnotes.txt")
    done = run("match", notes, "--offline", "--catalogue", catalogue, "--ignore-printed-ids")
    heading, stones, bread, counts = done.stdout.splitlines()
    assert heading.split() == "where arXiv id verdict sure title, and why".split()
    assert "notes.txt:3  2401.00001        matched       0.999  Learning to Sort" in stones
    assert "\x1b" not in done.stdout
    assert "Of Bread, Wine and" in bread
    assert counts == "2 entries: 1 matched, 1 not on arxiv."


@pytest.mark.parametrize(
    "command", [("match", "NOTES"), ("build", "NOTES", "-o", "OUT"), ("catalogue", "info")]
)
def test_a_folder_without_a_catalogue_is_an_error_where_one_is_asked_for(
    notes: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    named = {"NOTES": notes, "OUT": tmp_path / "out"}
    asked = [named.get(word, word) for word in command]
    done = run(*asked, "--catalogue", tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{tmp_path / 'none'}: no catalogue here" in done.stderr
    assert "digest-graph catalogue build FILE" in done.stderr


def test_a_catalogue_is_built_updated_and_described(tmp_path: Path) -> None:
    damaged = [record("2401.00001", "Again"), record(911.3083, "Repaired"), {"id": "x"}]
    snapshot = written(tmp_path, lines_of([*PAPERS, *damaged]))
    built = run("catalogue", "build", snapshot, home=tmp_path)
    folder = tmp_path / "catalogue"
    assert built.returncode == 0
    assert built.stdout == (
        f"13 papers in {folder}; 1 repaired; 1 left out as duplicates; 1 left out as damaged.\n"
    )
    assert built.stderr == (f"The first record left out is {snapshot}:15: 'x' is no arXiv id.\n")
    page = written(tmp_path, page_of({"2401.00001": "Renamed", "2401.00002": None}), "a.xml")
    done = run("catalogue", "update", page, "--catalogue", folder)
    assert done.stdout == f"12 papers in {folder}; 1 deleted by arXiv.\n"
    assert run("catalogue", "update", page, "-q", home=tmp_path).stdout == ""
    told = run("catalogue", "info", home=tmp_path).stdout.splitlines()
    assert told[0].startswith("12 papers, ")
    assert "made of snapshot.json, a.xml" in told


def test_what_cannot_work_is_one_line_and_leaves_the_old_catalogue(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, *PAPERS)
    cut = written(tmp_path, page_of({"2401.00001": "A"})[:-20], "cut.xml")
    # Five pages, so that the fault is met in another process.
    pages = tmp_path / "pages"
    for number in range(4):
        written(pages, page_of({f"2402.0000{number + 1}": "A"}), f"{number}.xml")
    written(pages, cut.read_bytes(), "4.xml")
    for given in (cut, pages, tmp_path / "nowhere", PROJECT / "pyproject.toml"):
        done = run("catalogue", "build", given, "--catalogue", folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert str(given) in done.stderr
    assert len(ids_in(folder)) == len(PAPERS)


def test_a_full_disk_is_told_and_leaves_the_old_catalogue(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, *PAPERS)
    snapshot = written(tmp_path, lines_of(record(f"2402.{n:05}", f"{n}") for n in range(1, 4000)))
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "catalogue", "build", snapshot, "--catalogue", folder],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be written (" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(p.name for p in folder.iterdir()) == [".lock", "build-1", "current"]
    assert len(ids_in(folder)) == len(PAPERS)


@pytest.mark.parametrize(
    "command", [("match",), ("catalogue", "build"), ("catalogue", "update"), ("catalogue", "info")]
)
def test_help_is_there_with_an_example_and_the_catalogue(
    command: tuple[str, ...],
) -> None:
    told = run(*command, "--help").stdout
    assert "Example" in told
    assert f"digest-graph {' '.join(command)}" in told
    assert "--catalogue DIR" in told
