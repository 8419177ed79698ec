"""Files of a large graph: two processes make them, and they are those that one makes."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

import pytest

from pipeline.build import ahead, drawing, exporting, signing, whole_stages, writing
from pipeline.build.forking import CAN_FORK
from pipeline.build.inputs import KeptOpen
from pipeline.build.packing import Shelved
from pipeline.build.run import Inputs, build, builds
from pipeline.build.second_process import Coming, SecondProcess
from pipeline.build.sharing_out import shared_out
from pipeline.export import FORMATS
from pipeline.model.records import Entry, Skip
from pipeline.store.outputs import LOCK_NAME, MANIFEST_NAME, is_whole

T = TypeVar("T")
FEW = ("csv", "vosviewer", "ris", "canvas")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != LOCK_NAME}


@pytest.mark.parametrize("name", ["written", "none is begun"])
def test_two_processes_export_the_files_of_one(
    seed_outputs: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporting.exported(seed_outputs, FEW, tmp_path / "alone", exporting.GraphPart())
    monkeypatch.setattr(exporting, "FEWEST_ROWS", 0)
    if name == "none is begun":
        monkeypatch.setattr(os, "cpu_count", lambda: 1)
    done = exporting.exported(seed_outputs, FEW, tmp_path / "shared", exporting.GraphPart())
    assert files_of(tmp_path / "alone") == files_of(tmp_path / "shared")
    assert len(done.paths) == sum(len(FORMATS[each]) for each in FEW)


@pytest.mark.parametrize("dies", [False, True])
def test_a_large_build_is_drawn_and_written_by_two_as_a_small_one_is(
    tmp_path: Path, dies: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = "Segregation of Grains\n(Ana Brandt, Wei Zhou)\nhttps://arxiv.org/abs/2101.00123\n"
    (tmp_path / "note.txt").write_text(entry)
    inputs = Inputs((tmp_path / "note.txt",))
    writing.write(build(inputs), tmp_path / "small")
    monkeypatch.setattr(drawing, "MOST_KEPT", 0)
    monkeypatch.setattr(writing, "MOST_SIDE_BY_SIDE", 0)
    with SecondProcess() as beside:
        beside.begin()
        assert beside.pid
        if dies:
            os.kill(beside.pid, signal.SIGKILL)
        writing.write(build(inputs), tmp_path / "large", beside=beside)
        assert beside.is_begun != dies
    small, large = files_of(tmp_path / "small"), files_of(tmp_path / "large")
    assert is_whole(tmp_path / "large")
    assert b"Ana Brandt" in large["evidence.jsonl"]
    assert small.keys() == large.keys()
    assert {name for name in small if small[name] != large[name]} == {MANIFEST_NAME}


class _Dying(SecondProcess):
    """Which dies before it says who signed the papers."""

    def signers(self, question: Iterable[bytes], kind: type[T]) -> Coming[T] | None:
        coming = super().signers(chain(question, iter(self._killed, None)), kind)
        assert coming
        return coming

    def _killed(self) -> None:
        assert self.pid
        os.kill(self.pid, signal.SIGKILL)


class _Alone(SecondProcess):
    """Which cannot be begun."""

    def begin(self) -> None:
        pass


@pytest.mark.skipif(not CAN_FORK, reason="no copies here")
@pytest.mark.parametrize("process", [SecondProcess, _Dying, _Alone])
def test_people_found_in_another_process_are_those_found_here(
    tmp_path: Path, process: type[SecondProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"Grains {number} (Ana Brandt, W. Zhou, Wei Zhou Team)" for number in range(3)]
    (tmp_path / "note.txt").write_text("\n\n".join(lines))
    inputs = Inputs((tmp_path / "note.txt",))
    alone = build(inputs)
    monkeypatch.setattr(signing, "MOST_PAPERS", 0)
    with process(may_copy=True) as beside:
        (drawn,) = builds(inputs, every_s=None, kept_open=KeptOpen(beside=beside))
    assert len(alone.creators) > 1
    assert drawn.graph._replace(creators=alone.creators) == alone
    assert list(drawn.graph.creators) == list(alone.creators)


class _Looked(Generic[T]):
    """What is coming, and the titles of all entries that are held when it is waited for."""

    def __init__(self, coming: Coming[T], held_titles: list[str | None]) -> None:
        self._coming, self._held_titles = coming, held_titles

    def result(self) -> T | None:
        entries = (each for each in gc.get_objects() if isinstance(each, Entry))
        self._held_titles += [entry.title for entry in entries]
        return self._coming.result()


class _Looking(SecondProcess):
    """Which notes what is held of the entries while people are told apart."""

    held_titles: ClassVar[list[str | None]] = []

    def signers(self, question: Iterable[bytes], kind: type[T]) -> Coming[T] | None:
        coming = super().signers(question, kind)
        assert coming
        return _Looked(coming, self.held_titles)


@pytest.mark.skipif(not CAN_FORK, reason="no copies here")
@pytest.mark.parametrize("many", [True, False])
def test_nothing_is_held_of_many_entries_while_another_process_tells_people_apart(
    tmp_path: Path, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = f"Grains that Nobody Holds, {many}"
    (tmp_path / "note.txt").write_text(f"{title} (Ana Brandt, W. Zhou)\n#grains\n")
    monkeypatch.setattr(signing, "MOST_PAPERS", 0)
    monkeypatch.setattr(whole_stages, "FEWEST_ENTRIES", 0)
    monkeypatch.setattr(ahead, "MOST_ENTRIES", 0 if many else 9)
    monkeypatch.setattr(drawing, "MOST_KEPT", 0 if many else 9)
    with _Looking(may_copy=True) as beside:
        (drawn,) = builds(
            Inputs((tmp_path / "note.txt",)), every_s=None, kept_open=KeptOpen(beside=beside)
        )
    assert (title in _Looking.held_titles) != many
    assert [match.entry.title for match in drawn.graph.matches] == [title]
    assert [paper.entries[0].title for paper in drawn.graph.papers] == [title]


def test_what_is_shelved_is_as_it_was() -> None:
    skips = [Skip("match", str(number), "") for number in range(1_201)]
    shelved = Shelved.of(skips, Skip)
    assert (list(shelved), len(shelved)) == (skips, len(skips))
    assert (shelved[700], shelved[-1], shelved[498:502]) == (skips[700], skips[-1], skips[498:502])


def test_what_the_second_does_not_make_is_made_here_and_a_fault_ends_both() -> None:
    made: list[str] = []
    names = list(shared_out(["own"], ["a", "b", "c"], made.append, lambda name: name == "a"))
    assert sorted(names) == ["a", "b", "c", "own"]
    assert {"own", "b", "c"} == {*made, "b", "c"} - {"a"}

    def fails(_name: str) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        list(shared_out(["own"], ["a"], fails, lambda _: True))
