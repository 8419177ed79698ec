"""Files of a large graph: two processes make them, and they are those that one makes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pipeline.build import exporting, writing
from pipeline.build.run import Inputs, build
from pipeline.build.second_process import SecondProcess
from pipeline.build.sharing_out import shared_out
from pipeline.export import FORMATS
from pipeline.export.gexf import GRAPH_FILE
from pipeline.store.outputs import LOCK_NAME, MANIFEST_NAME

FEW = ("csv", "vosviewer", "ris", "canvas")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != LOCK_NAME}


@pytest.mark.parametrize("name", ["written", "none is begun"])
def test_two_processes_export_the_files_of_one(
    seed_outputs: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporting.exported(seed_outputs, FEW, tmp_path / "alone", exporting.Part())
    monkeypatch.setattr(exporting, "FEWEST_ROWS", 0)
    if name == "none is begun":
        monkeypatch.setattr(os, "cpu_count", lambda: 1)
    done = exporting.exported(seed_outputs, FEW, tmp_path / "shared", exporting.Part())
    assert files_of(tmp_path / "alone") == files_of(tmp_path / "shared")
    assert len(done.paths) == sum(len(FORMATS[each]) for each in FEW)


@pytest.mark.parametrize("dies", [False, True])
def test_a_large_build_is_written_by_two_as_by_one(
    tmp_path: Path, dies: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_SIDE_BY_SIDE", 0)
    (tmp_path / "note.txt").write_text("Segregation of Grains\nhttps://arxiv.org/abs/2101.00123\n")
    built = build(Inputs((tmp_path / "note.txt",)))
    with SecondProcess() as beside:
        beside.begin()
        assert beside.pid
        if dies:
            os.kill(beside.pid, signal.SIGKILL)
        writing.write(built, tmp_path / "shared", beside=beside)
        assert beside.is_begun != dies
    writing.write(built, tmp_path / "alone")
    assert files_of(tmp_path / "alone") == files_of(tmp_path / "shared")
    assert {GRAPH_FILE.file_name, MANIFEST_NAME} < files_of(tmp_path / "alone").keys()


def test_what_the_second_does_not_make_is_made_here_and_a_fault_ends_both() -> None:
    made: list[str] = []
    names = list(shared_out(["own"], ["a", "b", "c"], made.append, lambda name: name == "a"))
    assert sorted(names) == ["a", "b", "c", "own"]
    assert {"own", "b", "c"} == {*made, "b", "c"} - {"a"}

    def fails(_name: str) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        list(shared_out(["own"], ["a"], fails, lambda _: True))
