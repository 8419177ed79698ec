"""Processes that a measurement begins."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def silent() -> None:
    """Nothing of this process is printed from here on."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)


def exit_code(child: int) -> int:
    """Waits for a process; its exit code, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def memory_gb(process: int) -> float:
    """What a process and all that it began hold, pages that they share counted once (Linux)."""
    held_kb = 0
    for number in _family(process):
        with suppress(OSError):
            lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
            held_kb += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held_kb / 2**20


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
