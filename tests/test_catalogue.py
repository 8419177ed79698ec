"""The local catalogue: swapped in whole, found by what people type, damage told."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import PROJECT
from small_catalogue import (
    built,
    catalogue_of,
    ids_in,
    lines_of,
    page_of,
    record,
    record_in,
    sought,
    updated,
    written,
)

from pipeline.catalogue.building import records_of
from pipeline.catalogue.search import Catalogue, catalogue_or_none
from pipeline.catalogue.writing import new_catalogue, searched_by
from pipeline.model.errors import DataError, OutputError, UsageError
from pipeline.model.records import Facts

FIRST = record("2401.00001", "The First Title of a Paper")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return catalogue_of(tmp_path, FIRST, record("2401.00002", "Another Paper Altogether"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def replaced(file: Path, content: bytes) -> None:
    """Another file under the same name, as readers may still have the old one in memory."""
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def builds(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("build-*"))


def test_a_build_that_fails_leaves_the_old_catalogue_and_nothing_else(
    folder: Path, tmp_path: Path
) -> None:
    before = contents(folder)
    with pytest.raises(UsageError):
        built(folder, written(tmp_path, b"%PDF", "a.pdf"))
    with pytest.raises(UsageError):
        updated(folder, written(tmp_path, page_of({"2401.00001": "A"})[:-9], "a.xml"))
    assert contents(folder) == before
    assert ids_in(folder) == ["2401.00001", "2401.00002"]


def killed_build(folder: Path, snapshot: Path, when: Callable[[], bool]) -> None:
    command = [sys.executable, "-m", "pipeline", "catalogue", "build", str(snapshot)]
    command += ["--catalogue", str(folder)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=-3, stderr=-3) as process:
        while not when() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def still_running(folder: Path) -> list[str]:
    """What the processes of a killed build are called, as far as they live."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


def test_a_killed_build_changes_nothing_leaves_no_process_and_the_next_one_cleans_up(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = written(tmp_path, lines_of(record(f"2402.{n:05}", "T") for n in range(1, 30_000)), "m")
    monkeypatch.setenv("OF_THIS_TEST", str(folder))
    before = contents(folder)
    killed_build(folder, many, lambda: len(still_running(folder)) >= 4)
    assert builds(folder) == ["build-1", "build-2"]
    assert before.items() <= contents(folder).items()
    assert ids_in(folder) == ["2401.00001", "2401.00002"]
    deadline = time.monotonic() + 10
    while still_running(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert still_running(folder) == []
    built(folder, written(tmp_path, lines_of([FIRST]), "one.json"))
    assert (builds(folder), ids_in(folder)) == (["build-2"], ["2401.00001"])


def test_a_first_build_killed_at_any_moment_does_not_stand_in_the_way(tmp_path: Path) -> None:
    snapshot = written(tmp_path, lines_of([FIRST]))
    left = tmp_path / "left"
    (left / "build-1" / "index").mkdir(parents=True)
    written(left, b"", ".lock")
    written(left / "build-1", b"PAR1", "records.parquet")
    written(left, b"build-1", "current.new")
    assert built(left, snapshot).records == 1
    assert ids_in(left) == ["2401.00001"]


def test_two_builds_at_once_are_one_too_many(folder: Path, tmp_path: Path) -> None:
    snapshot = written(tmp_path, lines_of([FIRST]))
    with new_catalogue(folder) as writer:
        for second in (built, updated):
            with pytest.raises(OutputError, match="another run is writing here"):
                second(folder, snapshot)
        records = records_of([Facts("catalogue", "2401.00009", title="Slow")])
        writer.add(records, searched_by(records))
        writer.finish(["slow.json"])
    assert ids_in(folder) == ["2401.00009"]


def test_a_reader_goes_on_in_the_old_catalogue_while_a_new_one_takes_its_place(
    folder: Path, tmp_path: Path
) -> None:
    with Catalogue(folder) as reader:
        built(folder, written(tmp_path, lines_of([record("2401.00005", "A New Paper")])))
        ((_, piece),) = reader.pieces(["2401.00002"])
        assert piece
        assert json.loads(piece)["title"] == "Another Paper Altogether"
        assert len(reader.near([sought("Another Paper Altogether")])[0]) == 2
    assert ids_in(folder) == ["2401.00005"]


def test_opening_while_builds_take_each_others_place_never_fails(tmp_path: Path) -> None:
    snapshot = written(tmp_path, lines_of([FIRST]))
    built(tmp_path / "c", snapshot)
    done = threading.Event()

    def rebuild() -> None:
        for _ in range(12):
            built(tmp_path / "c", snapshot)
        done.set()

    rebuilding = threading.Thread(target=rebuild)
    rebuilding.start()
    while not done.is_set():
        assert record_in(tmp_path / "c", "2401.00001")
    rebuilding.join()


def test_a_folder_that_holds_other_things_is_never_touched(tmp_path: Path) -> None:
    snapshot = written(tmp_path, lines_of([FIRST]))
    for name in ("notes.md", "build-tools/a.txt", "build-1/mine.txt", "current/a.txt"):
        other = tmp_path / name.replace("/", "-")
        written((other / name).parent, b"mine", Path(name).name)
        with pytest.raises(OutputError, match=r"holds other files.*--catalogue"):
            built(other, snapshot)
        assert (other / name).read_bytes() == b"mine"


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    snapshot = written(tmp_path, lines_of([FIRST]))
    for place in (snapshot, snapshot / "deeper", Path("/proc/nowhere")):
        with pytest.raises(OutputError, match=r"cannot be written .*Give --catalogue"):
            built(place, snapshot)


def test_no_catalogue_is_an_error_only_where_one_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no catalogue here.*catalogue build FILE"):
        Catalogue(tmp_path / "none")
    with pytest.raises(DataError, match="no catalogue here"):
        updated(tmp_path / "none", written(tmp_path, lines_of([FIRST])))
    assert not (tmp_path / "none").exists()
    with catalogue_or_none(None, tmp_path / "none") as known:
        assert known is None


@pytest.mark.parametrize("damage", ["missing", "empty", "half"])
def test_a_file_that_is_missing_or_cut_is_told_when_the_catalogue_is_opened(
    folder: Path, damage: str
) -> None:
    needed = [p for p in folder.rglob("*") if p.is_file() and p.name != "skips"]
    for file in (p for p in needed if p.suffix != ".lock" and p.name != ".lock"):
        whole = file.read_bytes()
        if file.name == "current" and damage != "empty":
            continue
        file.unlink()
        if damage != "missing":
            file.write_bytes(whole[: len(whole) // 2 if damage == "half" else 0])
        with pytest.raises(DataError, match=r"damaged.*Build the catalogue again"):
            Catalogue(folder)
        replaced(file, whole)
    assert len(ids_in(folder)) == 2


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (b"[]", "damaged"),
        (b"{}", "damaged"),
        (b'{"version": 0}', "made by another version"),
        (b'{"version": 1}', "damaged \\(no duplicates"),
    ],
)
def test_a_catalogue_of_another_version_says_so(folder: Path, about: bytes, said: str) -> None:
    (folder / "build-1" / "about.json").write_bytes(about)
    with pytest.raises(DataError, match=rf"{said}.*Build the catalogue again"):
        Catalogue(folder)


@pytest.mark.parametrize("name", [b"build-9", b"", b"../..", b"\xff\xfe", b"build-"])
def test_a_damaged_name_of_the_build_in_use_is_told_and_a_new_build_mends_it(
    folder: Path, tmp_path: Path, name: bytes
) -> None:
    (folder / "current").write_bytes(name)
    for asked, usual in ((folder, None), (None, folder)):
        with (
            pytest.raises(DataError, match="Build the catalogue again"),
            catalogue_or_none(asked, usual),
        ):
            pass
    built(folder, written(tmp_path, lines_of([FIRST])))
    assert ids_in(folder) == ["2401.00001"]


def test_where_the_name_of_the_build_in_use_cannot_be_read_no_build_is_taken_away(
    folder: Path, tmp_path: Path
) -> None:
    current = folder / "current"
    name = current.read_bytes()
    current.unlink()
    current.symlink_to(current)
    with pytest.raises(DataError, match=r"current: cannot be read.*take this file away"):
        Catalogue(folder)
    with pytest.raises(DataError, match=r"current: cannot be read.*take this file away"):
        built(folder, written(tmp_path, lines_of([FIRST])))
    replaced(current, name)
    assert ids_in(folder) == ["2401.00001", "2401.00002"]


def test_an_index_that_cannot_be_written_is_told_with_its_file_and_what_to_do(
    folder: Path, tmp_path: Path
) -> None:
    def write_without_its_folder(records: pa.Table) -> None:
        with new_catalogue(folder) as writer:
            writer.add(records, searched_by(records))
            (folder / "build-2" / "index").rename(tmp_path / "elsewhere")
            writer.finish([])

    told = r"build-2/index: cannot be written \(No such file or directory\)\. Give --catalogue"
    with pytest.raises(OutputError, match=told):
        write_without_its_folder(records_of([Facts("arxiv", "2401.00003", "Third")]))
    assert ids_in(folder) == ["2401.00001", "2401.00002"]


def test_a_flipped_byte_never_gives_another_record(folder: Path) -> None:
    right = {arxiv_id: record_in(folder, arxiv_id) for arxiv_id in ids_in(folder)}
    files = [p for p in folder.glob("build-*/**/*") if p.suffix in (".parquet", ".fast")]
    told = 0
    for file in files:
        whole = file.read_bytes()
        for place in range(0, len(whole), len(whole) // 40):
            replaced(file, whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
            try:
                assert {arxiv_id: record_in(folder, arxiv_id) for arxiv_id in right} == right
            except DataError as error:
                told += "Build the catalogue again" in str(error)
        replaced(file, whole)
    assert told > 20
