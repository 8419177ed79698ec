"""All inputs of a build to entries; of many new files two processes read, each from its end."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import NamedTuple

from pipeline.build.reading import read_anew, read_file, silent, uncollected, unreadable
from pipeline.build.second_process import FEWEST_ENTRIES, SecondProcess
from pipeline.model.id_ledger import ledger_of
from pipeline.model.records import Entry, IdLedger, InputFile, Progress, Skip
from pipeline.store.memory import Memory
from pipeline.store.parsed import (
    ReadFile,
    fingerprint,
    keep_file,
    known_files,
    packed_file,
    unpacked_file,
)
from pipeline.store.standing import Standing

FEWEST_BYTES = 1_500_000
"""Of fewer a second process takes longer to begin than it saves."""
READS_NOTES = "pipeline.digests.reading"
"""A process that has loaded this reads a few notes sooner than a copy of it would."""
_ORDERED_BYTES = 250_000
_ORDERED_FILES = 50
_MOST_SENT_BYTES = 16_000_000
"""A larger file is read where it need not be in memory as a whole."""
_ORDERS = 2
"""So many are under way, so that the second process need not wait for the first."""


class _New(NamedTuple):
    """A file that is to be read: where it stands among all, and what it is kept under.

    One that `stood` as it did is known for certain to be what it was.
    """

    stood: bool
    number: int
    document: InputFile
    key: bytes
    size_bytes: int


class _ReadingOrder(NamedTuple):
    files: Sequence[_New]
    answer: Future[list[ReadFile] | None]


@uncollected()
def all_read(
    found_files: Sequence[InputFile | Skip],
    memory: Memory,
    standing: Standing | None = None,
    progress: Progress = silent,
    beside: SecondProcess | None = None,
) -> tuple[list[Entry | Skip], IdLedger]:
    """What all files are read as, in their order, and the ledger of the ids that they print."""
    file_of: dict[int, ReadFile] = {}
    for (number, file), _ in zip(
        _read(found_files, memory, standing, beside), progress(found_files, "reading"), strict=False
    ):
        file_of[number] = file
    files = [file_of[number] for number in range(len(found_files))]
    if standing:
        standing.keep()
    memory.settle()
    records = [record for file in files for record in file.records]
    return records, ledger_of([file.account for file in files])


def _read(
    found_files: Sequence[InputFile | Skip],
    memory: Memory,
    standing: Standing | None,
    beside: SecondProcess | None,
) -> Iterator[tuple[int, ReadFile]]:
    """Each file and where it stands, as it is read: those first that are known already."""
    new: deque[_New] = deque()
    for number, document in enumerate(found_files):
        if isinstance(document, Skip):
            yield number, read_file(document, memory)
            continue
        try:
            stood = bool(standing and standing.known(document.file))
            new.append(_New(stood, number, document, *fingerprint(document, standing)))
        except OSError as error:
            yield number, read_file(unreadable(document, error), memory)
    meanwhile = _read_by_copy([each for each in new if not each.stood], len(new), beside)
    read_before = known_files([each.key for each in new], memory)
    read_before |= {key: file for key, file in meanwhile(memory) if key not in read_before}
    yield from ((each.number, read_before[each.key]) for each in new if each.key in read_before)
    new = deque(each for each in new if each.key not in read_before)
    yield from _read_new(new, memory, _reader(new, len(found_files), beside))


def _read_by_copy(
    written: Sequence[_New], files: int, beside: SecondProcess | None
) -> Callable[[Memory], Iterator[tuple[bytes, ReadFile]]]:
    """What gives the files that a copy reads meanwhile, by key: few notes of a large vault."""
    is_worth_it = bool(beside and beside.copies and files >= FEWEST_ENTRIES)
    is_little = (
        0 < len(written) <= _ORDERED_FILES and sum(w.size_bytes for w in written) < _ORDERED_BYTES
    )
    if not (is_worth_it and is_little and beside) or READS_NOTES in sys.modules:
        return lambda _memory: iter(())
    copy = beside.copied(
        lambda: [packed_file(read_anew(each.document)) for each in written], list[bytes]
    )

    def files_read(memory: Memory) -> Iterator[tuple[bytes, ReadFile]]:
        packed = copy.result() if copy else None
        for each, content in zip(written, packed or (), strict=False):
            keep_file(each.key, file := unpacked_file(content), memory)
            yield each.key, file

    return files_read


def _reader(new: Sequence[_New], files: int, beside: SecondProcess | None) -> SecondProcess | None:
    """Who reads files too. Of a larger vault a second process begins, if only for what follows."""
    if beside is None or not new or beside.is_begun:
        return beside
    is_much = sum(each.size_bytes for each in new) >= FEWEST_BYTES
    if is_much or (files >= FEWEST_ENTRIES and not beside.copies):
        beside.begin()
    return beside if is_much and beside.pid else None


def _read_new(
    new: deque[_New], memory: Memory, beside: SecondProcess | None
) -> Iterator[tuple[int, ReadFile]]:
    orders: deque[_ReadingOrder] = deque()
    new = deque(sorted(new, key=lambda each: each.size_bytes <= _MOST_SENT_BYTES))
    while new or orders:
        while beside and new and len(orders) < _ORDERS and (order := _ordered(new, beside)):
            orders.append(order)
        if new:
            each = new.popleft()
            yield each.number, _read_here(each, memory)
        while orders and (not new or orders[0].answer.done()):
            done = orders.popleft()
            answer = done.answer.result()
            if answer is None:
                beside = None
                new.extend(done.files)
                continue
            for each, file in zip(done.files, answer, strict=True):
                keep_file(each.key, file, memory)
                yield each.number, file


def _ordered(new: deque[_New], beside: SecondProcess) -> _ReadingOrder | None:
    """The last files, one at least, given to the second process; None where that is too large."""
    files: list[_New] = []
    contents: list[tuple[str, bytes]] = []
    left_bytes = _MOST_SENT_BYTES
    while new and len(files) < _ORDERED_FILES and new[-1].size_bytes <= left_bytes:
        try:
            content = b"".join(new[-1].document.chunks())
        except OSError:
            break
        each = new.pop()
        files.append(each)
        contents.append((each.document.file, content))
        left_bytes = min(left_bytes, _ORDERED_BYTES) - each.size_bytes
    return _ReadingOrder(files, beside.read(contents)) if files else None


def _read_here(each: _New, memory: Memory) -> ReadFile:
    try:
        file = read_anew(each.document)
    except OSError as error:
        return read_file(unreadable(each.document, error), memory)
    keep_file(each.key, file, memory)
    return file
