"""Limits on time that hold on a slow or busy machine as well: what a program itself spends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

SOON_S = 20.0
"""Ends sooner, also under load, what does not wait for something that never comes."""


@contextmanager
def soon_done(at_most_s: float = 10.0) -> Iterator[None]:
    """Fails if this process spends more seconds of a processor on what is in the block.

    The bound is many times what is needed: it is passed by what hangs, or grows by squares.
    """
    begun_s = time.process_time()
    yield
    spent_s = time.process_time() - begun_s
    assert spent_s < at_most_s, f"{spent_s:.1f} s of a processor"


@contextmanager
def soon_back(at_most_s: float = SOON_S) -> Iterator[None]:
    """Fails if the block lasts longer by the clock: for what waits and should not.

    What it guards against waits for minutes, or for ever.
    """
    begun_s = time.monotonic()
    yield
    lasted_s = time.monotonic() - begun_s
    assert lasted_s < at_most_s, f"{lasted_s:.1f} s"
