"""All inputs of a build to entries; of many new files two processes read, each from its end."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from typing import NamedTuple

from pipeline.build.finding import Listed
from pipeline.build.long_work import silent, uncollected
from pipeline.build.reading import read_anew, read_file, unreadable
from pipeline.build.second_process import FEWEST_ENTRIES, SecondProcess
from pipeline.model.id_ledger import ledger_of
from pipeline.model.records import Entry, IdLedger, InputFile, Progress, Skip
from pipeline.store.memory import Memory
from pipeline.store.parsed import (
    ReadFile,
    fingerprint,
    keep_file,
    known_files,
    unpacked_file,
)

FEWEST_BYTES = 1_500_000
"""Of fewer a second process takes longer to begin than it saves."""
_ORDERED_BYTES = 250_000
_ORDERED_FILES = 50
_MOST_SENT_BYTES = 16_000_000
"""A larger file is read where it need not be in memory as a whole."""
_ORDERS = 2
"""So many are under way, so that the second process need not wait for the first."""


class _New(NamedTuple):
    """A file that is to be read: where it stands among all, and what it is kept under."""

    number: int
    document: InputFile
    key: bytes
    size_bytes: int


class _ReadingOrder(NamedTuple):
    files: Sequence[_New]
    answer: Future[list[ReadFile] | None]


@uncollected()
def all_read(
    listed: Listed,
    memory: Memory,
    progress: Progress = silent,
    beside: SecondProcess | None = None,
) -> tuple[list[Entry | Skip], IdLedger]:
    """What all files are read as, in their order, and the ledger of the ids that they print."""
    file_of: dict[int, ReadFile] = {}
    for (number, file), _ in zip(
        _read(listed, memory, beside), progress(listed.files, "reading"), strict=False
    ):
        file_of[number] = file
    files = [file_of[number] for number in range(len(listed.files))]
    listed.standing.keep(memory)
    memory.settle()
    records = [record for file in files for record in file.records]
    return records, ledger_of([file.account for file in files])


def _read(
    listed: Listed, memory: Memory, beside: SecondProcess | None
) -> Iterator[tuple[int, ReadFile]]:
    """Each file and where it stands, as it is read: those first that are known already."""
    new: deque[_New] = deque()
    for number, document in enumerate(listed.files):
        if isinstance(document, Skip):
            yield number, read_file(document, memory)
            continue
        try:
            new.append(_New(number, document, *fingerprint(document, listed.standing)))
        except OSError as error:
            yield number, read_file(unreadable(document, error), memory)
    read_before = known_files([each.key for each in new], memory)
    read_before |= _read_ahead({each.key for each in new} - read_before.keys(), listed, memory)
    yield from ((each.number, read_before[each.key]) for each in new if each.key in read_before)
    new = deque(each for each in new if each.key not in read_before)
    yield from _read_new(new, memory, _reader(new, len(listed.files), beside))


def _read_ahead(keys: Collection[bytes], listed: Listed, memory: Memory) -> dict[bytes, ReadFile]:
    """What a copy has read of the files of these keys."""
    packed = listed.ahead.result() if keys and listed.ahead else None
    files = {key: unpacked_file(of_key) for key, of_key in (packed or {}).items() if key in keys}
    for key, file in files.items():
        keep_file(key, file, memory)
    return files


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
