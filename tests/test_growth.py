"""A build that goes on from the last one gives what a build without any memory gives."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from listed_notes import met
from small_catalogue import catalogue_of, record

from pipeline.build import forking, second_process, shared_reading, whole_stages, writing
from pipeline.build.inputs import NOTHING_OPEN, KeptOpen
from pipeline.build.packing import read_parts, write_parts
from pipeline.build.reading_ahead import reading_ahead
from pipeline.build.run import Inputs, build, builds, write
from pipeline.build.second_process import SecondProcess
from pipeline.build.watching import redrawn
from pipeline.model.tables import Build
from pipeline.store import standing
from pipeline.store.memory import NAME, Memory, key_of, memory_in
from pipeline.store.outputs import LOCK_NAME, MANIFEST_NAME, write_pieces

TITLES = [f"{word} Networks That Learn {word} Maps" for word in ("Sparse", "Deep", "Wide", "Odd")]
NOTE = """2024-09-0{number}

{title}
(Ann Lee, Bo Kim, Cé Müller)
We show that maps are learned from what was seen before, in {number} ways.
먼저 읽은 [[note{other}]] 생각이 난다. https://arxiv.org/abs/2401.0000{other}
#maps #learning-{number}
"""


def noted(vault: Path, number: int) -> None:
    vault.mkdir(exist_ok=True)
    other = (number + 1) % len(TITLES)
    text = NOTE.format(number=number + 1, title=TITLES[number], other=other)
    (vault / f"note{number}.md").write_text(text, encoding="utf-8")


def changed(note: Path, was: str, now: str) -> Path:
    text = note.read_text(encoding="utf-8")
    assert was in text
    note.write_text(text.replace(was, now), encoding="utf-8")
    return note


def files_of(folder: Path) -> dict[str, bytes]:
    left_out = {NAME, f"{NAME}-wal", f"{NAME}-shm", LOCK_NAME}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in left_out}


def forget(folder: Path) -> None:
    for name in (NAME, f"{NAME}-wal", f"{NAME}-shm"):
        (folder / name).unlink(missing_ok=True)


def changes_in(vault: Path) -> dict[str, Callable[[], object]]:
    """What may happen to a vault of three notes, one after the other."""
    note0, note1, note2 = (vault / f"note{number}.md" for number in range(3))
    by_hand = vault / "overrides.toml"
    rule = f'[[entry]]\ntitle = "{TITLES[0]}"\narxiv_id = "2401.00003"\n'
    return {
        "a note more": lambda: noted(vault, 3),
        "an author": lambda: changed(note0, "Bo Kim", "B. Kim"),
        "an author more": lambda: changed(note0, "Cé Müller", "Cé Müller, Di Roe"),
        "a tag": lambda: changed(note2, "#maps", "#atlas"),
        "a mention": lambda: changed(note2, "2401.00003", "2401.00000"),
        "a title": lambda: changed(note2, "Wide Networks", "Wider Networks"),
        "a day": lambda: changed(note0, "2024-09-01", "2024-09-21"),
        "a letter of the same length": lambda: changed(note1, "먼저", "나중"),
        "a note less": note1.unlink,
        "another name": lambda: note2.rename(vault / "renamed.md"),
        "a tags file": lambda: (vault / "tags.toml").write_text('[alias]\natlas = "maps"\n'),
        "overrides": lambda: by_hand.write_text(rule),
        "other overrides": lambda: changed(by_hand, "2401.00003", "not on arXiv"),
        "a tag renamed": lambda: changed(vault / "tags.toml", "maps", "atlases"),
        "nothing": lambda: None,
    }


def test_a_build_after_any_change_is_that_of_a_build_that_remembers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As of a larger vault, in which two processes work, and of one that was written long ago.
    for module in (whole_stages, writing, shared_reading):
        monkeypatch.setattr(module, "FEWEST_ENTRIES", 1)
    monkeypatch.setattr(standing, "TICK_NS", 0)
    monkeypatch.setattr(standing, "FINE_NS", 0)
    records = [record(f"2401.0000{n}", title) for n, title in enumerate(TITLES)]
    catalogue = catalogue_of(tmp_path, *records)
    vault, grown, anew = (tmp_path / name for name in ("vault", "grown", "anew"))

    def built(folder: Path, kept_open: KeptOpen = NOTHING_OPEN) -> dict[str, bytes]:
        inputs = Inputs((vault,), kept_in=folder, catalogue=catalogue)
        (drawn,) = builds(inputs, every_s=None, kept_open=kept_open)
        write(drawn.graph, folder, beside=kept_open.beside)
        return files_of(folder)

    for number in range(3):
        noted(vault, number)
    with SecondProcess(may_copy=True) as beside:
        built(grown, KeptOpen(beside=beside))
        for what, change in changes_in(vault).items():
            shutil.copytree(grown, anew, dirs_exist_ok=True)
            forget(anew)
            change()
            with reading_ahead(met(vault, grown)) as now:
                assert built(grown, KeptOpen(None, beside, now)) == built(anew), what


@pytest.mark.parametrize("can_fork", [False, forking.CAN_FORK])
@pytest.mark.parametrize("dies", [False, True])
def test_a_copy_of_the_process_makes_the_same_files_or_leaves_them_to_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: bool, can_fork: bool
) -> None:
    first_process = os.getpid()

    def written(path: Path, pieces: Iterable[bytes]) -> None:
        by_copy = os.getpid() != first_process
        makers[path.name] = "copy" if by_copy else "first"
        if by_copy and dies:
            path.write_bytes(b"half")
            os._exit(1)
        write_pieces(path, pieces)

    makers: dict[str, str] = {}
    for module in (whole_stages, writing):
        monkeypatch.setattr(module, "FEWEST_ENTRIES", 1)
    monkeypatch.setattr(second_process, "CAN_FORK", can_fork)
    monkeypatch.setattr("pipeline.build.writing.write_pieces", written)
    noted(tmp_path / "vault", 0)
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    write(build(Inputs((tmp_path / "vault",), kept_in=alone)), alone)
    makers.clear()
    with SecondProcess(may_copy=True) as beside:
        inputs = Inputs((tmp_path / "vault",), kept_in=shared)
        (drawn,) = builds(inputs, every_s=None, kept_open=KeptOpen(beside=beside))
        write(drawn.graph, shared, beside=beside)
    assert (files_of(alone), makers.get("graph.html")) == (files_of(shared), "first")
    assert ("pyvis.html" in makers) == (dies or not can_fork)


@pytest.mark.parametrize("dies", [False, True])
def test_a_second_process_makes_the_same_files_and_a_dead_one_leaves_them_to_the_first(
    tmp_path: Path, dies: bool
) -> None:
    for number in range(3):
        noted(tmp_path / "vault", number)
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    with SecondProcess() as beside:
        beside.begin()
        assert beside.pid
        if dies:
            os.kill(beside.pid, signal.SIGKILL)
        for folder, kept_open in ((alone, NOTHING_OPEN), (shared, KeptOpen(beside=beside))):
            inputs = Inputs((tmp_path / "vault",), kept_in=folder)
            (drawn,) = builds(inputs, every_s=None, kept_open=kept_open)
            write(drawn.graph, folder, beside=kept_open.beside)
        assert beside.is_begun != dies
    assert files_of(alone) == files_of(shared)


def test_what_was_read_since_the_build_before_is_new_until_the_next(tmp_path: Path) -> None:
    vault, outputs = tmp_path / "vault", tmp_path / "outputs"

    def built() -> Build:
        made = build(Inputs((vault,), kept_in=outputs))
        write(made, outputs)
        return made

    noted(vault, 0)
    assert (built().newly_read, built().newly_read) == ((), ())
    noted(vault, 1)
    (new,) = built().newly_read
    again = built()
    titles = dict(zip(*(again.nodes[name].to_pylist() for name in ("id", "title")), strict=True))
    assert titles[new] == TITLES[1]
    assert (again.newly_read, again.name) == ((), "vault")


def test_what_is_remembered_is_used_and_other_inputs_are_another_key(tmp_path: Path) -> None:
    assert key_of("a", b"b", b"c") != key_of("a", b"bc")
    assert key_of("a", b"b") != key_of("b", b"b")
    with memory_in(tmp_path) as memory:
        memory.keep({b"k": ("one", 1.0)})
    with memory_in(tmp_path) as memory:
        assert memory.of([b"k", b"l"], tuple[str, float]) == {b"k": ("one", 1.0)}
        assert memory.of([b"k"], int) == {}


@pytest.mark.parametrize("damaged", [b"", b"x", b"\0\0\0\0\x01", None])
def test_a_damaged_result_is_as_if_it_were_not_there(damaged: bytes | None) -> None:
    database = sqlite3.connect(":memory:")
    memory = Memory(database)
    memory.keep({b"k": 1})
    database.execute("UPDATE results SET result = ?", (damaged,))
    assert memory.of([b"k"], int) == {}


def test_results_that_builds_no_longer_use_are_forgotten(tmp_path: Path) -> None:
    for number in range(9):
        with memory_in(tmp_path) as memory:
            memory.keep({bytes([number]): number})
    with memory_in(tmp_path) as memory:
        left = memory.of([bytes([number]) for number in range(9)], int)
    assert 8 in left.values()
    assert len(left) <= 4


def test_what_is_watched_gives_the_bytes_of_builds_that_remember_nothing(tmp_path: Path) -> None:
    vault, watched, anew = (tmp_path / name for name in ("vault", "watched", "anew"))
    noted(vault, 0)
    changes: list[Callable[[], None]] = [
        lambda: noted(vault, 1),
        lambda: noted(vault, 2),
        (vault / "note0.md").unlink,
    ]

    def changed() -> Iterator[bool]:
        for change in changes:
            change()
            yield True

    inputs = Inputs((vault,), kept_in=watched)
    with SecondProcess() as beside:
        beside.begin()
        for each in redrawn(inputs, changed(), KeptOpen(beside=beside)):
            assert each.graph
            write(each.graph, watched, beside=beside)
            forget(anew)
            write(build(inputs._replace(kept_in=anew)), anew)
            assert files_of(watched) == files_of(anew)


def test_a_file_that_would_be_the_same_stays_and_one_that_is_damaged_or_gone_is_made_anew(
    tmp_path: Path,
) -> None:
    vault, folder = tmp_path / "vault", tmp_path / "out"
    noted(vault, 0)

    def built() -> dict[str, int]:
        write(build(Inputs((vault,), kept_in=folder)), folder)
        return {name: (folder / name).stat().st_mtime_ns for name in files_of(folder)}

    built()
    first, contents = built(), files_of(folder)
    page = (folder / "graph.html").read_bytes()
    (folder / "graph.html").write_bytes(page[:-1] + b"x")
    (folder / "graph.gexf").unlink()
    second = built()
    anew = {name for name, made in second.items() if first[name] != made}
    assert anew == {"graph.html", "graph.gexf", MANIFEST_NAME}
    assert files_of(folder) == contents
    noted(vault, 1)
    third = built()
    assert {name for name, made in second.items() if third[name] == made} <= {"skips.csv"}


def test_an_answer_that_is_cut_anywhere_is_none() -> None:
    stream = BytesIO()
    parts = [b"files", b"", b"x" * 300]
    write_parts(stream, parts)
    whole = stream.getvalue()
    assert read_parts(BytesIO(whole)) == parts
    assert not any(read_parts(BytesIO(whole[:end])) for end in range(len(whole)))
