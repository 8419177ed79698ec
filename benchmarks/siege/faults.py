"""The n-th call that fails: every open, read, write, sync and rename of a command, by strace."""

from __future__ import annotations

import random
import re
import shutil
import signal
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.siege.commands import Besieged, State
from benchmarks.siege.rows import Outcome, Row, within

CALLS = "openat,read,pread64,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,mkdir"
FAULTS = ("error=EIO", "error=ENOSPC", "signal=KILL")
_CALL = re.compile(r"^\d+\s+(\w+)\(")
_PATH = re.compile(r"(?<!AT_FDCWD)[\"<]((?:/|\.)[^\">]*)[\">]")
"""The file of a call, not the folder that the process is in."""

_BESIDE = re.compile(r"-(?:shm|wal|journal)$")
"""How files end that SQLite keeps beside a database, of which the database is named."""

MOVED = "nodes may lie elsewhere than before"
PLACED = frozenset("nodes.parquet graph.html graph.graphml graph.gexf pyvis.html".split())
"""Files that say where nodes lie: a build that tells of `MOVED` may leave others than before."""


class Fault(NamedTuple):
    """The `when`-th call on a path, and what becomes of it."""

    call: str
    path: str
    when: int
    what: str


def failing_calls(besieged: Besieged, kept: Path, most_s: float) -> Iterator[Row]:
    """A row for each kind of fault; none where there is no strace."""
    if not shutil.which("strace"):
        return
    calls = _calls(besieged, kept)
    random.Random(1).shuffle(calls)
    for what in FAULTS:
        row = Row(f"{besieged.name}: a call fails ({what.split('=')[1]})")
        faults = (Fault(call, path, when, what) for call, path, when in calls)
        for fault in within(faults, most_s / len(FAULTS)):
            row.count(*_tried(besieged, kept, fault))
        yield row


def _calls(besieged: Besieged, kept: Path) -> list[tuple[str, str, int]]:
    """The calls of one run on what lies in the besieged place: name, path, which of its kind."""
    besieged.restore(kept)
    log = kept.parent / "strace.log"
    trace = ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", f"trace={CALLS}"]
    besieged.command.run(*trace)
    counts: dict[tuple[str, str], int] = {}
    for line in log.read_text(errors="replace").splitlines():
        call, path = _CALL.match(line), _PATH.search(line)
        if call and path and path[1].startswith(str(kept.parent)):
            key = call[1], path[1]
            counts[key] = counts.get(key, 0) + 1
    return [
        (*key, when) for key, number in counts.items() for when in {1, (number + 1) // 2, number}
    ]


def _tried(besieged: Besieged, kept: Path, fault: Fault) -> tuple[Outcome, str]:
    besieged.restore(kept)
    inject = f"inject={fault.call}:{fault.what}:when={fault.when}"
    trace = [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-P",
        fault.path,
        "-e",
        f"trace={fault.call}",
    ]
    done = besieged.command.run(*trace, "-e", inject)
    if _is_told(besieged, fault.path):
        passed = PLACED if MOVED in _skips(besieged) else frozenset()
        again = besieged.command.run()
        now = _without(besieged.seen(), passed)
        right = now in (_without(besieged.after, passed), _without(besieged.settled, passed))
        # Beside a build that ended, nothing is new to the next one: it has to remember again.
        remembers = _is_memory(fault.path) and not _is_told(besieged, fault.path)
        mended = not again.returncode and (remembers or right)
        return ("survived", "") if mended else ("lost", f"{fault}: a second run does not mend it")
    return judged(besieged, done.returncode, done.stderr, str(fault))


def _is_told(besieged: Besieged, path: str) -> bool:
    """Whether a build went on without an input, older build, memory or ledger, and names it."""
    told = _skips(besieged)
    return _BESIDE.sub("", Path(path).name) in told or (
        _is_memory(path) and "\nstore,memory," in told
    )


def _skips(besieged: Besieged) -> str:
    skips = besieged.folder / "skips.csv"
    return skips.read_text(encoding="utf-8") if skips.is_file() else ""


def _without(files: State, names: Collection[str]) -> State:
    return {name: content for name, content in files.items() if name not in names}


def _is_memory(path: str) -> bool:
    return Path(path).name.startswith(".memory")


def killed(besieged: Besieged, kept: Path, kills: int, most_s: float) -> Row:
    """Killed at random moments of its run."""
    row, chance = Row(f"{besieged.name}: killed at a random moment"), random.Random(2)
    besieged.restore(kept)
    begun = time.monotonic()
    besieged.command.run()
    whole_s = time.monotonic() - begun
    for _ in within(range(kills), most_s):
        besieged.restore(kept)
        wait_s = chance.uniform(0.2, 1.0) * whole_s
        done = besieged.command.run("timeout", "-s", "KILL", f"{wait_s:.3f}")
        row.count(*judged(besieged, done.returncode, done.stderr, f"killed after {wait_s:.3f} s"))
    return row


def judged(besieged: Besieged, code: int, said: str, example: str) -> tuple[Outcome, str]:
    """How a trial ended: by what it said, what is there, and what a second run makes of it."""
    now = besieged.seen()
    if now not in besieged.whole:
        return "wrong", f"{example}: neither the old nor the new is there"
    if "Traceback" in said or code not in (0, 1, 2, -signal.SIGKILL, 137):
        return "wrong", f"{example}: exit {code}, {said.strip().splitlines()[-1:]}"
    if code == 0 and now != besieged.after:
        return "lost", f"{example}: said to be done, and is not"
    again = besieged.command.run()
    # What was done already is not new to a second run, and its report says so.
    mended = now == besieged.after or besieged.seen() == besieged.after
    if again.returncode or not mended:
        return "lost", f"{example}: a second run does not mend it ({again.stderr.strip()[-200:]})"
    return "survived", ""
