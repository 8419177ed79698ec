"""A file that stands as it did is not read again, and one that was written to always is."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.model.records import InputFile
from pipeline.store import inputs, standing
from pipeline.store.inputs import documents
from pipeline.store.memory import memory_in
from pipeline.store.parsed import Fingerprint, fingerprint
from pipeline.store.standing import Standing


def looked_at(folder: Path) -> dict[str, Fingerprint]:
    """The fingerprints of the notes, of which those that stand as they did are not opened."""
    with memory_in(folder / "out") as memory:
        known = Standing(memory)
        found = documents([folder], folder / "out", standing=known)
        prints = {
            Path(d.file).name: fingerprint(d, known) for d in found if isinstance(d, InputFile)
        }
        known.keep(memory)
    return prints


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(standing, "TICK_NS", 0)
    monkeypatch.setattr(standing, "FINE_NS", 0)
    path = tmp_path / "a.md"
    path.write_text("one")
    return path


def test_what_stands_as_it_did_is_not_opened(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = looked_at(note.parent)

    def read(*_asked: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(inputs, "_chunks", read)
    assert looked_at(note.parent) == first


def test_a_change_of_the_same_length_and_time_is_seen(note: Path) -> None:
    first, told = looked_at(note.parent), note.stat()
    note.write_text("two")
    os.utime(note, ns=(told.st_atime_ns, told.st_mtime_ns))
    second = looked_at(note.parent)
    assert second["a.md"].key != first["a.md"].key
    (note.parent / "b.md").write_text("six")
    os.utime(note.parent / "b.md", ns=(told.st_atime_ns, told.st_mtime_ns))
    (note.parent / "b.md").replace(note)
    assert looked_at(note.parent)["a.md"].key not in {first["a.md"].key, second["a.md"].key}


def test_what_was_written_just_now_is_read_again(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "FINE_NS", 10**12)
    monkeypatch.setattr(standing, "TICK_NS", 10**12)
    told = note.stat()
    looked_at(note.parent)
    assert standing.status_of(told) is None
    old = time.time_ns() - 10 * 10**12
    as_if_old = os.stat_result((*told[:7], 0, 0, 0), {"st_mtime_ns": old, "st_ctime_ns": old})
    assert standing.status_of(as_if_old)


def test_a_file_that_is_no_digest_stays_none_until_it_is_written_to(note: Path) -> None:
    (note.parent / "b.md").write_bytes(b"\x89PNG")
    assert looked_at(note.parent).keys() == {"a.md"}
    assert looked_at(note.parent).keys() == {"a.md"}
    (note.parent / "b.md").write_text("a note")
    assert looked_at(note.parent).keys() == {"a.md", "b.md"}
