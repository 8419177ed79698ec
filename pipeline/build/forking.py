"""Work for a copy of this process, on a processor of its own: all that is at hand is its too."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from threading import Lock
from typing import BinaryIO, Generic, TypeVar

import msgspec

T = TypeVar("T")
R = TypeVar("R")

CAN_FORK = sys.platform == "linux" and (os.cpu_count() or 1) > 1
"""Elsewhere a copy of a process may not use what the system's libraries hold."""


class Copied(Generic[R]):
    """What a copy of this process makes meanwhile, from what is at hand now.

    It must change nothing that counts here, and wait for no other thread. What it gives is of a
    `kind` that MessagePack holds. Raises OSError where no copy can be.
    """

    def __init__(self, make: Callable[[], R], kind: type[R]) -> None:
        self._kind = kind
        self._result: R | None = None
        self._taking = Lock()
        reading, writing = os.pipe()
        try:
            self._pid = _forked()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if self._pid == 0:
            _answer(writing, make)
        os.close(writing)
        self._stream: BinaryIO | None = os.fdopen(reading, "rb")

    def result(self) -> R | None:
        """What the copy made, waited for; None where it died or failed."""
        with self._taking:
            if self._stream:
                try:
                    answer = self._stream.read()
                finally:
                    self.end()
                with suppress(msgspec.DecodeError):
                    self._result = msgspec.msgpack.decode(answer, type=self._kind)
            return self._result

    @property
    def is_going(self) -> bool:
        """Whether nobody has taken what it makes yet, nor ended it."""
        return self._stream is not None

    def end(self) -> None:
        """Ends the copy, whatever it does."""
        if self._stream:
            self._stream.close()
            self._stream = None
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def by_two(make: Callable[[T], R], items: Sequence[T], kind: type[list[R]]) -> list[R]:
    """What `make` gives of each item, in order; of every other one where it is no copy's.

    A list of what it gives is of a `kind` as `Copied` has it. Where no copy can be, or it dies, all
    is made here.
    """
    if not CAN_FORK or len(items) < 2:
        return list(map(make, items))
    try:
        copy = Copied(lambda: list(map(make, items[1::2])), kind)
    except OSError:
        return list(map(make, items))
    try:
        own, others = list(map(make, items[::2])), copy.result()
    finally:
        copy.end()
    if others is None or len(others) != len(items) // 2:
        others = list(map(make, items[1::2]))
    in_turn = chain.from_iterable(zip(own, others, strict=False))
    return [*in_turn, *own[len(others) :]]


def _forked() -> int:
    with warnings.catch_warnings():
        # Other threads of this process wait; the copy takes none of their locks.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _answer(writing: int, make: Callable[[], object]) -> None:
    """Ends the copy, whatever happens, without what the first process does when it ends."""
    try:
        packed = msgspec.msgpack.encode(make())
        with os.fdopen(writing, "wb") as stream:
            stream.write(packed)
    finally:
        os._exit(0)
