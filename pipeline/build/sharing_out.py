"""Files of a large graph, made by two processes at once, each one file at a time."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from tempfile import mkdtemp

import pyarrow as pa

from pipeline.build.second_process import SecondProcess
from pipeline.store.mapped_tables import write_mapped

FEWEST_ROWS = 150_000
"""Of fewer nodes and edges a second process takes longer to begin than it saves."""

MadeBeside = Callable[[str], bool]
"""Has a file made in the second process; whether it was."""


def shared_out(
    here: Iterable[str],
    either: Iterable[str],
    write: Callable[[str], None],
    beside: MadeBeside | None,
) -> Iterator[str]:
    """The names of files as they are written: those of `here` in this process, then the others.

    What the second process does not make, or all if there is none, is made here. Raises what
    `write` raises.
    """
    own, common, left = deque(here), deque(either), deque[str]()
    written: SimpleQueue[str | None] = SimpleQueue()

    def first() -> None:
        while name := _taken(own, common):
            write(name)
            written.put(name)

    def second() -> None:
        while beside and not left and (name := _taken(common)):
            if beside(name):
                written.put(name)
            else:
                left.append(name)

    with ThreadPoolExecutor(2) as threads:
        try:
            yield from _told(written, [threads.submit(_ended, written, t) for t in (first, second)])
        finally:
            # Whoever broke off waits for no more than what is being written.
            own.clear()
            common.clear()
    for name in left:
        write(name)
        yield name


@contextmanager
def taken_over(
    beside: SecondProcess | None, nodes: pa.Table, edges: pa.Table, folder: Path
) -> Iterator[MadeBeside | None]:
    """What has files of GRAPH_FILES or FORMATS made from these tables beside, into `folder`.

    None where there is no second process, or no room for what it reads.
    """
    if beside is None:
        yield None
        return
    beside.begin()
    # A process that outlives a killed build finds this folder gone, and so touches no other build.
    scratch = Path(mkdtemp(prefix=".beside-", dir=folder))
    try:
        yield _taking_over(beside, nodes, edges, scratch) if beside.is_begun else None
    finally:
        shutil.rmtree(scratch)


def _taking_over(
    beside: SecondProcess, nodes: pa.Table, edges: pa.Table, scratch: Path
) -> MadeBeside | None:
    try:
        write_mapped(scratch, nodes, edges)
    except OSError:
        return None

    def made_beside(name: str) -> bool:
        if not beside.write(scratch, name).result():
            return False
        (scratch / name).replace(scratch.parent / name)
        return True

    return made_beside


def _taken(*queues: deque[str]) -> str | None:
    for queue in queues:
        with suppress(IndexError):
            return queue.popleft()
    return None


def _ended(written: SimpleQueue[str | None], work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        written.put(None)


def _told(written: SimpleQueue[str | None], working: Sequence[Future[None]]) -> Iterator[str]:
    for _ in working:
        while name := written.get():
            yield name
    for each in working:
        each.result()
