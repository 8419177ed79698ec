"""What cannot be read, or is no digest, costs itself alone and is told."""

from __future__ import annotations

import errno
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from loaded_commands import run
from test_commands import NOTE

from pipeline.build.reading import parsed, read_file
from pipeline.build.run import Inputs, build
from pipeline.model.errors import DigestGraphError
from pipeline.model.records import Entry, InputFile, Skip
from pipeline.store import archives
from pipeline.store.inputs import documents
from pipeline.store.kinds import kind_of
from pipeline.store.memory import memory_in


def titles(found: list[Entry | Skip]) -> list[str | None]:
    return [record.title for record in found if isinstance(record, Entry)]


def reasons(found: list[Entry | Skip]) -> list[str]:
    return [record.reason for record in found if isinstance(record, Skip)]


def test_a_note_that_vanishes_while_it_is_read_is_one_skip(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(NOTE)
    found = list(documents([tmp_path]))
    (tmp_path / "b.txt").unlink()
    with memory_in(None) as known:
        kept = [record for each in found for record in read_file(each, known).records]
    assert len(titles(kept)) == 1
    assert [(r.key, r.reason) for r in kept if isinstance(r, Skip)] == [
        (str(tmp_path / "b.txt"), "No such file or directory. It was left out; the rest was read."),
    ]  # fmt: skip


def test_a_disk_that_fails_in_the_middle_of_a_file_is_one_skip() -> None:
    def chunks() -> Iterator[bytes]:
        yield NOTE.encode()
        raise OSError(errno.EIO, "Input/output error")

    with memory_in(None) as known:
        kept = read_file(InputFile("a.txt", chunks), known).records
    assert reasons(list(kept)) == ["Input/output error. It was left out; the rest was read."]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_file_in_an_archive_is_told_however_it_is_packed(
    tmp_path: Path, method: int
) -> None:
    path = tmp_path / "v.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.txt", NOTE * 9)
        archive.writestr("b.txt", NOTE)
    content = bytearray(path.read_bytes())
    content[45:75] = b"\xff" * 30
    path.write_bytes(content)
    found = list(parsed([path]))
    assert len(titles(found)) == 1
    (reason,) = reasons(found)
    assert reason.startswith("damaged in the archive (")
    assert "None" not in reason


def test_a_file_without_a_name_ends_no_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "v.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), NOTE)
        archive.writestr("b.txt", NOTE)
    assert len(titles(list(parsed([tmp_path / "v.zip"])))) == 2


@pytest.mark.parametrize("damage", ["content", "method", "offset", "cut"])
def test_a_damaged_archive_costs_what_is_damaged(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "v.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", NOTE)
        archive.writestr("b.txt", NOTE.replace("Title", "Name"))
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    if damage == "content":
        content[content.index(b"Title")] ^= 1
    elif damage == "method":
        content[second + 10] = 99
    elif damage == "offset":
        content[second + 42] += 2
    else:
        content = content[: len(content) // 2]
    path.write_bytes(bytes(content))
    (tmp_path / "c.txt").write_text(NOTE.replace("Title", "Heading"))
    found = list(parsed([tmp_path]))
    assert len(titles(found)) == (1 if damage == "cut" else 2)
    assert len(reasons(found)) == 1


def test_a_name_that_stands_twice_in_an_archive_gives_both_contents(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "v.zip", "w") as archive:
        archive.writestr("a.txt", NOTE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", NOTE.replace("Title", "Name"))
    first, second = titles(list(parsed([tmp_path / "v.zip"])))
    assert (first, second) == ("A Title That Nobody Knows", "A Name That Nobody Knows")


def test_an_archive_within_an_archive_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("a.txt", NOTE)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(tmp_path / "inner.zip", "Part-1.zip")
    (entry,) = parsed([tmp_path / "outer.zip"])
    assert isinstance(entry, Entry)
    assert entry.file == f"{tmp_path}/outer.zip/Part-1.zip/a.txt"


def test_what_an_archive_says_of_names_and_sizes_costs_no_other_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "v.zip", "w") as archive:
        for name in ("0.txt", "../up.txt", "a/../b.txt", "c.txt"):
            archive.writestr(name, NOTE.replace("Title", f"Title of {name[-5]}"))
        archive.writestr(".hidden/d.txt", NOTE)
    content = (tmp_path / "v.zip").read_bytes()
    place = content.index(b"PK\x01\x02") + 20
    (tmp_path / "v.zip").write_bytes(content[:place] + b"\xff" * 7 + b"\x7f" + content[place + 8 :])
    for depth in range(2):
        with zipfile.ZipFile(tmp_path / f"{depth}.zip", "w") as archive:
            archive.write(tmp_path / ("v.zip" if depth == 0 else "0.zip"), "inner.zip")
    found = list(parsed([tmp_path / "v.zip"]))
    assert [str(title)[11] for title in titles(found)] == ["p", "b", "c"]
    assert "MB large" in reasons(found)[0]
    assert titles(list(parsed([tmp_path / "0.zip"]))) == titles(found)
    assert "lies in one itself" in reasons(list(parsed([tmp_path / "1.zip"])))[0]


def test_an_archive_beyond_measure_is_read_up_to_it_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with zipfile.ZipFile(tmp_path / "v.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", b" " * 2_000_000)
        for number in range(1, 6):
            archive.writestr(f"{number}.txt", NOTE)
    found = list(documents([tmp_path / "v.zip"]))
    assert sum(isinstance(document, InputFile) for document in found) == 2
    large, many = [document for document in found if isinstance(document, Skip)]
    assert "times its size" in large.reason
    assert "6 files, of which 3 were read" in many.reason


@pytest.mark.parametrize("pages", [2, 3])
def test_a_memory_that_cannot_be_written_is_told_and_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    (tmp_path / "a.txt").write_text(NOTE + "한 줄.\n" * 2_000)
    connect = sqlite3.connect

    def full(place: str, timeout: float) -> sqlite3.Connection:
        database = connect(place, timeout=timeout)
        if place != ":memory:":
            database.execute(f"PRAGMA max_page_count = {pages}")
        return database

    monkeypatch.setattr(sqlite3, "connect", full)
    found = build(Inputs((tmp_path / "a.txt",), kept_in=tmp_path / "out"))
    assert titles([match.entry for match in found.matches])[0] == "A Title That Nobody Knows"
    assert "full" in next(skip.reason for skip in found.skips if skip.key == "memory")
    assert titles(list(parsed([tmp_path / "a.txt"])))[0] == "A Title That Nobody Knows"


OTHERS = {
    "model.py": "# https://arxiv.org/abs/2310.10638\n@torch.no_grad()\ndef step(x): #noqa\n",
    "requirements.txt": "torch==2.4\n",
    "train.txt": "2024-09-05 10:00:00,123 INFO start\n" * 5,
    "site.html": "<!DOCTYPE html><html><a href='https://arxiv.org/abs/2310.10638'>x</a></html>",
    "page.txt": "<html><body>https://arxiv.org/abs/2310.10638</body></html>",
    "run": "#!/bin/sh\necho 2310.10638\n",
    "paper.pdf": "%PDF-1.5\n",
    "a.png": "\x89PNG",
}


def test_files_that_are_no_digests_are_counted_in_one_line_by_kind(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    for name, content in OTHERS.items():
        (tmp_path / "src" / name).write_text(content)
    (tmp_path / "note.txt").write_text(NOTE)
    found = list(parsed([tmp_path]))
    assert titles(found) == ["A Title That Nobody Knows"]
    (reason,) = reasons(found)
    assert reason.startswith("no digests, and passed over: PDFs without an arXiv id in their")
    assert reason.endswith(
        "names (1), images (1), logs (1), settings (1), source code (2), web pages (2)."
    )


@pytest.mark.parametrize("name", ["a.doc", "old.XLS", "library.enl", "book.epub"])
def test_a_file_of_another_program_is_told_what_to_export(name: str) -> None:
    kind = kind_of(name, b"PK\x03\x04")
    assert kind
    assert kind.remedy


def test_a_build_of_nothing_says_what_it_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Nothing.\n")
    (tmp_path / "b.py").write_text("x = 1\n")
    with pytest.raises(DigestGraphError, match=r"Looked at: 1 of \.md\.") as failed:
        build(Inputs((tmp_path,)))
    assert "source code (1)" in str(failed.value)
    assert run("build", tmp_path, "-o", tmp_path / "out").returncode == 1
