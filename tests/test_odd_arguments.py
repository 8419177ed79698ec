"""Paths, streams and names that are odd: a sentence and an exit code for each, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT
from typer.testing import CliRunner, Result

from pipeline.cli.app import app
from pipeline.model.errors import DigestGraphError
from pipeline.notes.vault import vault_around

SEED = PROJECT / "digests"
NOTE = "2024-09-05\nOf Bread and Wine\n(Ann Lee, Bob Kim)\nsome words\n#bread\n"
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b2J\u202e.txt"
ACTS = "\x1b\x07\x9b\x7f\u202e\u2066"
"""What moves a terminal's cursor, sets its title, or turns the direction of text."""


def asked(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def spoken(*arguments: str | Path, **streams: int) -> tuple[int, str]:
    """The exit code of a command in a process of its own, and what it said of errors."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, **streams)  # type: ignore[call-overload]
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", ["x" * 300, "out\udcff", "loop"])
def test_a_folder_that_cannot_be_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    done = asked("build", SEED, "-o", name, "--offline")
    assert isinstance(done.exception, DigestGraphError)
    assert done.exception.exit_code == 2


def test_links_in_a_circle_are_left_out_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("vault/.obsidian").mkdir(parents=True)
    Path("vault/note.md").write_bytes(next(SEED.glob("*.txt")).read_bytes())
    for name, target in (("a", "b"), ("b", "a")):
        Path("vault", name).symlink_to(target)
    done = asked("build", "vault", "-o", "out", "--offline")
    assert (done.exit_code, done.stderr.count("Too many levels")) == (0, 2)
    assert asked("notes", "--into", "vault/Papers", "-o", "out", "--dry-run").exit_code == 0


def test_a_home_with_notes_somewhere_below_it_is_no_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    home = (tmp_path / "home").resolve()
    note = home / "digests" / "note.md"
    assert vault_around(home / "papers" / "new", [note]) == home / "papers" / "new"
    assert vault_around(home / "digests" / "new", [note]) == home / "digests"
    assert vault_around(tmp_path.resolve() / "new", [note]) == tmp_path.resolve() / "new"


def test_a_folder_that_looks_like_an_address_is_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("abc:def", "file:here"):
        done = asked("build", SEED, "-o", name, "--offline", "-q")
        assert (done.exit_code, "not remembered" in done.stderr) == (0, False)
        assert asked("similar", "2409.01524", "-o", name).exit_code == 0
        assert (tmp_path / name / "nodes.parquet").is_file()


def test_a_query_of_other_bytes_than_utf_8_names_nothing(seed_outputs: Path) -> None:
    for command in ("similar", "around", "explain"):
        done = asked(command, "\udcffbread", "-o", seed_outputs)
        assert isinstance(done.exception, DigestGraphError), command
        assert '"?bread"' in str(done.exception)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_or_closed_stream_is_told(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        code, said = spoken("parse", SEED, stdout=full.fileno())
    assert (code, "No space left on device" in said, "Traceback" in said) == (1, True, False)
    for asked_for in (("build", "-", "-o", tmp_path / "out", "--offline"), ("disambiguate", "-")):
        done = _with_closed("<&-", *asked_for)
        assert done.returncode == 2
        assert "standard input is closed" in done.stderr


def test_a_closed_output_gets_no_file_and_ends_nothing(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(NOTE, encoding="utf-8")
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        out = tmp_path / closed.replace(">", "o").replace("<", "i")
        done = _with_closed(closed, "build", note, "-o", out, "--offline")
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), closed
        assert (out / "nodes.parquet").read_bytes()[:4] == b"PAR1"
        assert _with_closed(closed, "list", "-o", out).returncode == 0


def _with_closed(streams: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, of a shell that closes these standard streams."""
    shell = ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "pipeline"]
    command = [*shell, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_folders_thousands_deep_hide_no_other_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE, encoding="utf-8")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(2500):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    done = asked("parse", tmp_path)
    # What pytest takes away afterwards is taken away by a tool that can.
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)
    assert done.exit_code == 0
    assert "Of Bread and Wine" in done.stdout
    assert "File name too long" in done.stderr


def test_a_link_out_of_the_folder_is_not_followed_but_told(tmp_path: Path) -> None:
    vault, other = tmp_path / "vault", tmp_path / "other"
    vault.mkdir()
    other.mkdir()
    (other / "secret.txt").write_text(NOTE, encoding="utf-8")
    (vault / "own.txt").write_text(NOTE.replace("Bread", "Salt"), encoding="utf-8")
    (vault / "same.txt").symlink_to(vault / "own.txt")
    (vault / "out.txt").symlink_to(other / "secret.txt")
    done = asked("parse", vault)
    assert "Bread" not in done.stdout
    assert done.stdout.count("Salt") == 1
    assert "out.txt: a link that leads out of the folder" in done.stderr
    assert "Bread" in asked("parse", vault / "out.txt").stdout


@pytest.mark.parametrize("year", ["0001", "9998", "9999"])
def test_a_note_of_any_year_is_built(tmp_path: Path, year: str) -> None:
    (tmp_path / "a.txt").write_text(NOTE.replace("2024-09-05", f"{year}-12-31"), encoding="utf-8")
    done = asked("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--offline")
    assert done.exit_code == 0, done.exception


def test_no_name_from_outside_can_act_on_the_terminal(tmp_path: Path) -> None:
    packed = tmp_path / "notes.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(HOSTILE, NOTE.replace("Bread", "Bread\x9b31m\u202e"))
        archive.writestr(f"empty{HOSTILE}", "")
    out = tmp_path / "out"
    commands = [
        ("build", packed, "-o", out, "--offline"),
        ("parse", packed),
        ("parse", packed, "--json"),
        ("match", packed, "--offline"),
        ("match", packed, "--offline", "--json"),
        ("tags", packed),
        ("explain", "Of Bread", "-o", out),
        ("explain", HOSTILE, "-o", out),
        ("missing", "-o", out),
        ("trends", "-o", out),
        ("path", "Ann Lee", "Bob Kim", "-o", out),
        ("diff", out, out),
        ("export", "-o", out, "--format", "bibtex", "--to", tmp_path / "to\x9b"),
        ("build", tmp_path / HOSTILE, "-o", out, "--offline"),
        ("similar", HOSTILE, "-o", out),
        ("doctor", HOSTILE),
        ("export", f"--{HOSTILE}"),
        (HOSTILE,),
    ]
    for command in commands:
        done = asked(*command)
        shown = done.stdout + done.stderr
        assert not set(shown) & set(ACTS), (command, shown)
    for name in ("report.md", "skips.csv"):
        assert not set((out / name).read_text(encoding="utf-8-sig")) & set(ACTS), name
    code, said = spoken("explain", f"no {HOSTILE}", "-o", out)
    assert (code, set(said) & set(ACTS)) == (1, set())
