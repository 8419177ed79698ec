"""`digest-graph init`: from nothing to a graph, with questions and without."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest
from test_commands import NOTE
from typer.testing import CliRunner, Result

from pipeline.cli.app import app
from pipeline.model.errors import UsageError
from pipeline.settings.note_programs import note_programs
from pipeline.settings.project import PROJECT_NAME, project

KEY = "s2k-Of-Bread-and-Wine"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where one works, with a home of one's own beside it."""
    for name in ("here", "person"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    for name in ("XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DIGEST_GRAPH_HOME", str(tmp_path / "person" / "data"))
    return tmp_path / "here"


def vault(path: Path) -> Path:
    (path / ".obsidian").mkdir(parents=True)
    (path / "a.md").write_text(NOTE, encoding="utf-8")
    return path


def obsidian_knows(*vaults: Path) -> None:
    config = Path.home() / ".config" / "obsidian"
    config.mkdir(parents=True)
    listed = {str(number): {"path": str(path)} for number, path in enumerate(vaults)}
    (config / "obsidian.json").write_text(json.dumps({"vaults": listed}), encoding="utf-8")


def asked(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["init", *map(str, arguments)])


def test_a_folder_and_no_terminal_are_enough(here: Path) -> None:
    (here / "notes").mkdir()
    (here / "notes" / "a.txt").write_text(NOTE, encoding="utf-8")
    done = asked("notes", "--email", "ann@example.org", "--exclude", "drafts/", "-o", "drawn")
    assert done.exit_code == 0, done.exception
    assert (here / "drawn" / "graph.html").is_file()
    said = project()
    assert (said.inputs, said.exclude, said.email) == (
        (Path("notes"),), ("drafts/",), "ann@example.org",
    )  # fmt: skip
    lines = (here / PROJECT_NAME).read_text(encoding="utf-8").split("\n\n")
    assert all(block.startswith("# ") for block in lines)


def test_yes_takes_the_vaults_and_the_library_that_are_found(here: Path, tmp_path: Path) -> None:
    listed = vault(tmp_path / "elsewhere" / 'Fädchen "x"')
    vault(Path.home() / "Documents" / "beside")
    obsidian_knows(listed, tmp_path / "gone")
    (listed / ".obsidian" / "templates.json").write_text('{"folder": "Vorlagen"}', encoding="utf-8")
    library = Path.home() / "Zotero" / "zotero.sqlite"
    library.parent.mkdir()
    library.touch()
    done = asked("--yes", "--no-build", "--json")
    assert done.exit_code == 0, done.exception
    assert project().inputs == (listed, Path.home() / "Documents" / "beside", library)
    assert project().exclude == ("/Vorlagen/",)
    assert json.loads(done.stdout)["file"] == PROJECT_NAME


@pytest.mark.parametrize("content", ["{", "[]", '{"vaults": [1]}', '{"vaults": {"a": 3}}'])
def test_a_list_of_vaults_that_is_damaged_names_none(here: Path, content: str) -> None:
    obsidian_knows()
    (Path.home() / ".config" / "obsidian" / "obsidian.json").write_text(content, encoding="utf-8")
    assert note_programs() == []


def test_a_library_that_was_moved_is_found(here: Path, tmp_path: Path) -> None:
    profile = Path.home() / ".zotero" / "zotero" / "ab12.default"
    profile.mkdir(parents=True)
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "zotero.sqlite").touch()
    line = f'user_pref("extensions.zotero.dataDir", {json.dumps(str(tmp_path / "library"))});\n'
    (profile / "prefs.js").write_text(line, encoding="utf-8")
    (profile.parent / "loop").symlink_to("loop")
    assert [place.path for place in note_programs()] == [tmp_path / "library" / "zotero.sqlite"]


def test_a_file_that_is_there_stays(here: Path) -> None:
    (here / "notes").mkdir()
    (here / PROJECT_NAME).write_text("# mine\n", encoding="utf-8")
    for arguments in (["notes"], ["notes", "--yes"]):
        done = asked(*arguments, "--no-build")
        assert isinstance(done.exception, UsageError)
        assert "--replace" in str(done.exception)
    assert (here / PROJECT_NAME).read_text(encoding="utf-8") == "# mine\n"
    assert asked("notes", "--no-build", "--replace").exit_code == 0
    assert project().inputs == (Path("notes"),)


def test_without_anybody_to_ask_it_says_what_to_give(here: Path) -> None:
    assert "nothing was found. Give folders: digest-graph init" in str(asked().exception)
    assert "nothing was found" in str(asked("--yes").exception)
    (here / "digests").mkdir()
    assert "--yes would take digests" in str(asked().exception)
    assert "no such file or folder" in str(asked("nowhere").exception)
    assert not (here / PROJECT_NAME).exists()


def talked(*turns: tuple[str, str]) -> str:
    """What a terminal shows of `init`, where each question has an answer typed in turn."""
    child, terminal = os.forkpty()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "pipeline", "init"])
    shown, ends_s = "", time.monotonic() + 120
    left = list(turns)
    while time.monotonic() < ends_s:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        shown += piece.decode("utf-8", "replace")
        if left and left[0][0] in shown.rsplit("\n", 1)[-1]:
            os.write(terminal, left.pop(0)[1].encode() + b"\n")
            shown += "\n"
    os.waitpid(child, 0)
    assert not left, shown
    return shown


@pytest.mark.skipif(not hasattr(os, "forkpty"), reason="no terminals here")
def test_on_a_terminal_it_asks_and_the_key_is_neither_shown_nor_in_the_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = vault(here / "mine")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    shown = talked(
        ("commas [all]", "7"),
        ("commas [all]", f"1, {found}"),
        ("e-mail address", "no address"),
        ("e-mail address", "ann@example.org"),
        ("Have you keys", "y"),
        ("semantic_scholar", KEY),
        ("openalex", ""),
        ("opencitations", ""),
    )
    assert "7: no such number, file or folder" in shown
    assert ": this is no mail address" in shown
    assert "Open outputs/graph.html" in shown
    written = (here / PROJECT_NAME).read_text(encoding="utf-8")
    assert 'email = "ann@example.org"' in written
    assert KEY not in shown + written
    kept = Path.home() / "data" / "config.toml"
    assert KEY in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0
