"""New notes that a copy of the process reads while the first one loads what draws a graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from listed_notes import met

from pipeline.build import forking, shared_reading
from pipeline.build.inputs import KeptOpen
from pipeline.build.reading import read_anew
from pipeline.build.reading_ahead import MOST_BYTES, MOST_FILES, reading_ahead
from pipeline.build.run import Inputs, build, builds
from pipeline.model.records import InputFile
from pipeline.store import standing
from pipeline.store.parsed import ReadFile

NEEDS_COPY = pytest.mark.skipif(not forking.CAN_FORK, reason="no copy of a process can be made")


def noted(vault: Path, author: str, name: str = "a.md") -> None:
    (vault / name).write_text(f"2024-09-05\n\nhttps://arxiv.org/abs/2409.00001\nMaps ({author})\n")


@NEEDS_COPY
@pytest.mark.parametrize("is_written_to", [False, True])
def test_a_note_that_was_read_ahead_is_read_again_only_where_it_was_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_written_to: bool
) -> None:
    def read(document: InputFile) -> ReadFile:
        read_here.append(document.file)
        return read_anew(document)

    read_here: list[str] = []
    for name in ("TICK_NS", "FINE_NS"):
        monkeypatch.setattr(standing, name, 0)
    monkeypatch.setattr(shared_reading, "read_anew", read)
    vault = tmp_path / "vault"
    vault.mkdir()
    inputs = Inputs((vault,), kept_in=tmp_path / "grown")
    noted(vault, "Ann Lee")
    build(inputs)
    noted(vault, "Bo Kim", "b.md")
    read_here.clear()
    with reading_ahead(met(vault, tmp_path / "grown")) as now:
        assert now
        assert now.ahead
        assert len(now.ahead.result() or ()) == 1
        if is_written_to:
            noted(vault, "Bo Park", "b.md")
        (drawn,) = builds(inputs, every_s=None, kept_open=KeptOpen(listed=now))
    assert len(read_here) == is_written_to
    anew = build(Inputs((vault,)))
    assert drawn.graph.papers == build(inputs).papers == anew.papers


@NEEDS_COPY
def test_many_notes_and_large_ones_are_not_read_ahead(tmp_path: Path) -> None:
    vault, folder = tmp_path / "vault", tmp_path / "grown"
    vault.mkdir()
    noted(vault, "Ann Lee")
    build(Inputs((vault,), kept_in=folder))
    noted(vault, "Bo Kim" + " " * MOST_BYTES, "b.md")
    with reading_ahead(met(vault, folder)) as now:
        assert now
        assert now.ahead
        assert len(now.ahead.result() or ()) <= 1
    for number in range(MOST_FILES):
        noted(vault, "Di Roe", f"c{number}.md")
    with reading_ahead(met(vault, folder)) as now:
        assert now
        assert now.ahead is None
    with reading_ahead(None) as now:
        assert now is None
