"""The same work on every other item by a copy of this process, on a processor of its own."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from typing import TypeVar

import msgspec

T = TypeVar("T")
R = TypeVar("R")

CAN_FORK = sys.platform == "linux" and (os.cpu_count() or 1) > 1
"""Elsewhere a copy of a process may not use what the system's libraries hold."""


def by_two(make: Callable[[T], R], items: Sequence[T], kind: type[list[R]]) -> list[R]:
    """What `make` gives of each item, in order; of every other one where it is no copy's.

    It must change nothing that counts here, and use neither threads nor files; a list of what it
    gives is of a `kind` that MessagePack holds. Where no copy can be, or it dies, all is made here.
    """
    if not CAN_FORK or len(items) < 2:
        return list(map(make, items))
    reading, writing = os.pipe()
    try:
        pid = _forked()
    except OSError:
        os.close(reading)
        os.close(writing)
        return list(map(make, items))
    if pid == 0:
        _answer(writing, make, items[1::2])
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        try:
            own = list(map(make, items[::2]))
            answer = stream.read()
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    others = _unpacked(answer, kind)
    if len(others) != len(items) // 2:
        others = list(map(make, items[1::2]))
    in_turn = chain.from_iterable(zip(own, others, strict=False))
    return [*in_turn, *own[len(others) :]]


def _forked() -> int:
    with warnings.catch_warnings():
        # Other threads of this process wait; the copy takes none of their locks.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _answer(writing: int, make: Callable[[T], R], items: Sequence[T]) -> None:
    """Ends the copy, whatever happens, without what the first process does when it ends."""
    try:
        packed = msgspec.msgpack.encode(list(map(make, items)))
        with os.fdopen(writing, "wb") as stream:
            stream.write(packed)
    finally:
        os._exit(0)


def _unpacked(answer: bytes, kind: type[list[R]]) -> list[R]:
    with suppress(msgspec.DecodeError):
        return msgspec.msgpack.decode(answer, type=kind)
    return []
