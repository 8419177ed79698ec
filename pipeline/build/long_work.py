"""What any long work here begins with: progress for nobody, and no search for cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def silent(items: Iterable[T], _stage: str, /) -> Iterable[T]:
    """Progress for nobody."""
    return items


@contextmanager
def uncollected() -> Iterator[None]:
    """Python does not look for cycles here: records have none, and there are millions."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            # What was made meanwhile is old: looked through at once, it takes a tenth of a second.
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
