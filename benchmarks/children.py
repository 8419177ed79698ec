"""Processes that a measurement forks."""

from __future__ import annotations

import os


def silent() -> None:
    """Nothing of this process is printed from here on."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)


def exit_code(child: int) -> int:
    """Waits for a process; its exit code, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
