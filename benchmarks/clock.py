"""Timing: the best of several runs, in seconds, by the clock or of the processor."""

from __future__ import annotations

import time
from collections.abc import Callable


def best_s(task: Callable[[], object], runs: int = 3) -> float:
    """The shortest of `runs` runs, in seconds."""
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        task()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def best_processor_s(task: Callable[[], object], runs: int = 3) -> float:
    """The least processor time of `runs` runs, of all threads and the system, in seconds."""
    taken = []
    for _ in range(runs):
        begin = time.process_time()
        task()
        taken.append(time.process_time() - begin)
    return min(taken)


def row(name: str, taken_s: float, peer: str, peer_s: float) -> str:
    """A line: what was measured, beside its peer or limit, and the ratio of the two."""
    return f"{name:<44}{taken_s:9.3f} s   {peer:<34}{peer_s:9.3f} s   x{taken_s / peer_s:.2f}"
