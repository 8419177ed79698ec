"""The reader's vault on disk: what is in it, and one note put in the place of another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.errors import DataError
from pipeline.notes.vault import Vault
from pipeline.store.vault import notes_of, put


def test_a_folder_that_cannot_be_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.md").write_bytes(b"mine")
    assert list(notes_of(tmp_path)) == [tmp_path / "a.md"]
    listed = os.scandir

    def scandir(path: Path) -> Any:
        if path == tmp_path / "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr("pipeline.store.walking.os.scandir", scandir)
    with pytest.raises(DataError, match="closed: Permission denied"):
        list(notes_of(tmp_path))


def test_a_note_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed.md").write_bytes(b"which block it holds is not known")
    assert Vault(tmp_path, tmp_path / "Papers", {}).root == tmp_path

    def content_of(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pipeline.notes.vault.content_of", content_of)
    with pytest.raises(DataError, match=r"closed\.md: Permission denied"):
        Vault(tmp_path, tmp_path / "Papers", {})


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_bytes(b"saved by an editor")
    assert not put(note, b"as it was read", b"with a block")
    assert not put(note, None, b"a new note")
    assert note.read_bytes() == b"saved by an editor"
    assert put(note, b"saved by an editor", b"with a block")
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]


def test_a_note_keeps_its_rights_and_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"a")
    (tmp_path / "real.md").chmod(0o640)
    (tmp_path / "note.md").symlink_to("real.md")
    assert put(tmp_path / "note.md", b"a", b"b")
    assert (tmp_path / "note.md").is_symlink()
    assert (tmp_path / "real.md").stat().st_mode & 0o777 == 0o640
