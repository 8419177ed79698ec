"""A vault of 3,854 notes that grows by one: a build from nothing, unchanged, after a note, watched.

Seconds of all processors, and by the clock, which tells too who else works on the machine.
Without a catalogue, and with one of all records of `../shared/corpus`, where they are here.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.clock import row
from benchmarks.folders import CORPUS, PROJECT
from benchmarks.worlds.vault import NOTES, vault
from pipeline.build.asked import Asked, network_options
from pipeline.build.inputs import KeptOpen
from pipeline.build.network import opened_network
from pipeline.build.run import Inputs, write
from pipeline.build.second_process import SecondProcess
from pipeline.build.watching import redrawn
from pipeline.export.explorer_page import page_of

LIMIT_S = 2.0
UNCHANGED_S = 1.0
OF_FIRST = 1 / 3
NOTE = "2024-09-05\n\nhttps://arxiv.org/abs/2409.0{0}\n\nA Note of Number {0} (Ann Lee)\n\n#new\n"


class Taken(NamedTuple):
    """Seconds of all processors, and of the clock."""

    all_s: float
    clock_s: float

    def since(self, before: Taken) -> Taken:
        """The seconds in between."""
        return Taken(self.all_s - before.all_s, self.clock_s - before.clock_s)


def measured(notes: int = NOTES) -> Iterator[str]:
    """Each build beside its limit."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DIGEST_GRAPH_HOME"] = str(folder / "home")
        vault(folder / "vault", notes)
        yield from _measured(folder, notes, None)
        if CORPUS.is_file():
            catalogue = folder / "catalogue"
            _run(folder, "catalogue", "build", str(CORPUS), "--catalogue", str(catalogue))
            yield from _measured(folder, notes, catalogue)


def _measured(folder: Path, notes: int, catalogue: Path | None) -> Iterator[str]:
    out = folder / f"out-{catalogue is not None}"
    with_it = ["--catalogue", str(catalogue)] if catalogue else []
    of = f"{notes:,} notes{', catalogue' if catalogue else ''}"
    build = ("build", "vault", "-o", str(out), "--offline", *with_it)
    first = _run(folder, *build)
    again = _run(folder, *build)
    yield row(f"{of}: unchanged", again.all_s, "a third of the first", first.all_s * OF_FIRST)
    yield row(f"{of}: the same by the clock", again.clock_s, "limit", UNCHANGED_S)
    _save(folder, 1001)
    grown = _run(folder, *build)
    yield row(f"{of}: a new note", grown.all_s, "limit", LIMIT_S)
    yield row(f"{of}: the same by the clock", grown.clock_s, "limit", LIMIT_S)
    watched = _watched(folder, out, catalogue)
    yield row(f"{of}: a save, watched", watched.all_s, "limit", LIMIT_S)
    yield row(f"{of}: the same by the clock", watched.clock_s, "limit", LIMIT_S)


def _watched(folder: Path, out: Path, catalogue: Path | None) -> Taken:
    """From a save to the page, in a process that watches already."""
    network = network_options(Asked(offline=True))
    asked = Inputs((folder / "vault",), kept_in=out, catalogue=catalogue, network=network)
    taken = []
    saves = (bool(_save(folder, number)) for number in range(4))
    with opened_network(network) as opened, SecondProcess(may_copy=True) as beside:
        for each in redrawn(asked, saves, KeptOpen(opened, beside)):
            if each.graph:
                page_of(each.graph)
                taken.append(_now().since(_SAVED[0]))
                write(each.graph, out, beside=beside)
    return Taken(*map(min, zip(*taken[1:], strict=True)))


def _now() -> Taken:
    # A copy that told people apart counts too.
    spent = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Taken(sum(each.ru_utime + each.ru_stime for each in spent), time.perf_counter())


_SAVED = [_now()]


def _save(folder: Path, number: int) -> Path:
    path = folder / "vault" / "a new note.md"
    path.write_text(NOTE.format(1000 + number), encoding="utf-8")
    _SAVED[0] = _now()
    return path


def _run(folder: Path, *arguments: str) -> Taken:
    # What is installed has its bytecode beside it, whatever this run is told to leave undone.
    told = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    surroundings = told | {"PYTHONPATH": str(PROJECT)}
    began = _now()
    command = [sys.executable, "-m", "pipeline", *arguments, "--quiet"]
    subprocess.run(command, cwd=folder, env=surroundings, check=True)
    return _now().since(began)
