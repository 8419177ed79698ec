"""What is not read: by --exclude, by a `.digestignore`, by Obsidian's own settings."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from test_commands import NOTE
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.model.errors import UsageError
from pipeline.model.records import InputFile, Skip
from pipeline.store.inputs import documents


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(NOTE, encoding="utf-8")


def read(root: Path, *exclude: str) -> list[str]:
    found = documents([root], exclude=exclude)
    return [Path(d.file).relative_to(root).as_posix() for d in found if isinstance(d, InputFile)]


def told(root: Path, *exclude: str) -> list[str]:
    return [str(s) for s in documents([root], exclude=exclude) if isinstance(s, Skip)]


def test_the_deepest_ignore_file_has_the_last_word(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.tmp.md", "keep/b.tmp.md", "keep/c.tmp.md", "top.md", "keep/top.md")
    (tmp_path / ".digestignore").write_text("# mine\n*.tmp.md\n/top.md\n", encoding="utf-8")
    (tmp_path / "keep" / ".digestignore").write_text("!b.tmp.md\n", encoding="utf-8")
    assert read(tmp_path) == ["a.md", "keep/b.tmp.md", "keep/top.md"]
    (said,) = told(tmp_path)
    assert "left out as you wish: 3 files by .digestignore" in said


def test_the_ignore_file_where_one_works_holds_for_the_folders_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "notes/a.md", "notes/drafts/b.md", "drafts/c.md")
    (tmp_path / ".digestignore").write_text("drafts/\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [d.file for d in documents([Path("notes")]) if isinstance(d, InputFile)] == [
        "notes/a.md"
    ]
    # Whoever names a folder, or a file, wants it.
    assert read(Path("drafts")) == ["c.md"]
    assert [d.file for d in documents([Path("notes/drafts/b.md")])] == ["notes/drafts/b.md"]  # type: ignore[union-attr]


def test_the_copies_that_programs_keep_of_notes_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "a.md~", "#a.md#", "~$a.md", "b/c~d.md", "b/c.md~")
    write(tmp_path, "graph/logseq/config.edn", "graph/logseq/bak/a.md", "graph/pages/a.md")
    write(tmp_path, "logseq/mine.md")
    assert read(tmp_path) == ["a.md", "b/c~d.md", "graph/pages/a.md", "logseq/mine.md"]
    (said,) = told(tmp_path)
    assert "4 files by your editor, which keeps copies there" in said
    assert "1 folder by Logseq, which keeps backups there" in said
    assert [d.file for d in documents([tmp_path / "a.md~"]) if isinstance(d, InputFile)]


def test_an_ignore_file_may_say_that_a_copy_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.md~", "b.md~")
    (tmp_path / ".digestignore").write_text("!a.md~\n", encoding="utf-8")
    assert read(tmp_path) == ["a.md~"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("b/", ["a.md", "d.txt"]),
        ("*.md", ["d.txt"]),
        ("vault/a.md", ["d.txt", "b/c.md"]),
        ("/b/c.md", ["a.md", "d.txt"]),
    ],
)
def test_exclude_is_of_the_input_or_of_where_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, left: list[str]
) -> None:
    write(tmp_path / "vault", "a.md", "b/c.md", "d.txt")
    monkeypatch.chdir(tmp_path)
    assert read(Path("vault"), pattern) == left
    done = CliRunner().invoke(app, ["parse", "vault", "--exclude", pattern, "--json"])
    files = [json.loads(line)["file"] for line in done.stdout.splitlines()]
    assert files == [f"vault/{name}" for name in left]


def test_a_file_that_is_named_is_excluded_too(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    found = documents([tmp_path / "a.md", tmp_path / "b.md"], exclude=["b.*"])
    assert [type(each).__name__ for each in found] == ["InputFile", "Skip"]


def test_exclude_is_of_what_an_archive_holds_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "vault.zip", "w") as archive:
        for name in ("drafts/a.md", "b.md"):
            archive.writestr(name, NOTE)
    (found, left) = documents([tmp_path / "vault.zip"], exclude=["drafts/"])
    assert isinstance(found, InputFile)
    assert found.file.endswith("vault.zip/b.md")
    assert "1 file by --exclude" in str(left)


def test_what_obsidian_hides_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "Archive/b.md", "archive.md", ".trash/c.md", "x/2024-daily.md", "q.md")
    (tmp_path / ".obsidian").mkdir()
    filters = ["Archive/", r"/\d{4}-daily/", "/(a+)+$/", "/[/", 3]
    (tmp_path / ".obsidian" / "app.json").write_text(json.dumps({"userIgnoreFilters": filters}))
    assert read(tmp_path) == ["a.md", "archive.md", "q.md"]
    said = told(tmp_path)
    assert [line for line in said if '"/(a+)+$/" is no expression' in line]
    assert [line for line in said if '"/[/" is no expression' in line]
    assert "1 file by Obsidian's excluded files, 1 folder by Obsidian's excluded files" in said[-1]


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"userIgnoreFilters": "x"}', b"[" * 100_000])
def test_settings_of_obsidian_that_are_damaged_ignore_nothing(
    tmp_path: Path, content: bytes
) -> None:
    write(tmp_path, "a.md")
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "app.json").write_bytes(content)
    assert read(tmp_path) == ["a.md"]


def test_a_line_that_is_no_pattern_is_told_and_the_others_hold(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    (tmp_path / ".digestignore").write_bytes(b"\xef\xbb\xbfa.md\n!\n\xff\n")
    assert read(tmp_path) == ["b.md"]
    assert ".digestignore:2" in told(tmp_path)[0]
    with pytest.raises(UsageError, match='--exclude: "!" is no pattern'):
        read(tmp_path, "!")
