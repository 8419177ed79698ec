"""Memory of a large graph that a stage has used, back to the machine before the next one."""

from __future__ import annotations

import ctypes
from contextlib import suppress

import pyarrow as pa

from pipeline.identity.forgetting import forget_names


def give_back() -> None:
    """Gives back what is free but kept: names that were taken apart, and what allocators hold.

    Where the C library is another than glibc, the last stays with the process.
    """
    forget_names()
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):
        # https://man7.org/linux/man-pages/man3/malloc_trim.3.html
        ctypes.CDLL(None).malloc_trim(0)
