"""How files stood when they were last read, so that what stands as it did is not read again.

A file is taken for the same where its device, number, size and times of change are, as git takes
it (https://git-scm.com/docs/racy-git). One that was changed just before it was read is read again:
a further change within one tick of its clock would show in none of these.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from pipeline.model.records import InputFile, Skip
from pipeline.store.memory import Memory, key_of

TICK_NS, FINE_NS = 2_100_000_000, 100_000_000
"""No clock of a file system is coarser than 2 s, and one that counts finer than 0.01 s not than
0.1 s (https://learn.microsoft.com/windows/win32/sysinfo/file-times)."""
_COARSE_NS = 10_000_000


class Status(NamedTuple):
    """What of a file changes whenever somebody writes to it."""

    device: int
    number: int
    size_bytes: int
    written_ns: int
    changed_ns: int


class Stood(NamedTuple):
    """What a file of that status was: what kind if it was passed over, else its digest."""

    status: Status
    kind: str | None
    digest: bytes


def status_of(told: os.stat_result) -> Status | None:
    """The status of a file; None where it says too little of what may have been written to it."""
    tick_ns = FINE_NS if told.st_ctime_ns % _COARSE_NS else TICK_NS
    # On Windows no time tells of a write whose own time was set back.
    if os.name == "nt" or time.time_ns() - max(told.st_mtime_ns, told.st_ctime_ns) < tick_ns:
        return None
    return Status(told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)


class Standing:
    """What is known of files by name, as they stood; those that were not met are forgotten."""

    def __init__(self, memory: Memory) -> None:
        self._key = key_of("standing")
        self._before = memory.of([self._key], dict[str, Stood]).get(self._key, {})
        self._status: dict[str, Status | None] = {}
        self._now: dict[str, Stood] = {}

    def meet(self, file: str, told: os.stat_result) -> Stood | None:
        """What a file is that has this status; None where that is not known."""
        status, stood = status_of(told), self._before.get(file)
        if file in self._status or status is None:
            # Two files may be shown by one name, as not all names are text.
            self._status[file] = None
            self._now.pop(file, None)
            return None
        self._status[file] = status
        if stood is None or stood.status != status:
            return None
        self._now[file] = stood
        return stood

    def known(self, file: str) -> Stood | None:
        """What is known of a file that was met."""
        return self._now.get(file)

    def is_written(self, file: str) -> bool:
        """Whether a file was met, and may have been written to since it was last read."""
        return file in self._status and file not in self._now

    def note(self, file: str, kind: str | None = None, digest: bytes = b"") -> None:
        """Notes what a file was found to be after it was met."""
        if status := self._status.get(file):
            self._now[file] = Stood(status, kind, digest)

    def mark(self, found: Iterable[InputFile | Skip]) -> bytes | None:
        """What other files have another of; None where one does not stand as it did."""
        parts: list[object] = []
        for each in found:
            if isinstance(each, Skip):
                parts.append(each)
            elif stood := self._now.get(each.file):
                parts.append((each.file, stood.digest))
            else:
                return None
        return key_of("standing", msgspec.msgpack.encode(parts))

    def keep(self, memory: Memory) -> None:
        """Remembers what was met."""
        if self._now != self._before:
            memory.keep({self._key: self._now})
