"""Few new notes, read by a copy of this process while it loads all that draws a graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from pipeline.build.finding import Listed
from pipeline.build.forking import CAN_FORK, Copied
from pipeline.build.reading import read_anew
from pipeline.model.records import InputFile
from pipeline.store.parsed import fingerprint, packed_file

MOST_FILES = 50
MOST_BYTES = 250_000
"""More are read sooner by two processes, each from its end."""


@contextmanager
def reading_ahead(listed: Listed | None) -> Iterator[Listed | None]:
    """What was listed, and in the block what a copy reads of it, where that is of use."""
    written = [
        each
        for each in (listed.files if listed else ())
        if isinstance(each, InputFile) and listed and listed.standing.is_written(each.file)
    ]
    if not (listed and CAN_FORK and 0 < len(written) <= MOST_FILES):
        yield listed
        return
    try:
        copy = Copied(partial(_read, written), dict[bytes, bytes])
    except OSError:
        yield listed
        return
    try:
        yield listed._replace(ahead=copy)
    finally:
        copy.end()


def _read(written: Sequence[InputFile]) -> dict[bytes, bytes]:
    """What the files are read as, packed, by fingerprint; the first ones, if they are large."""
    packed: dict[bytes, bytes] = {}
    left_bytes = MOST_BYTES
    for each in written:
        with suppress(OSError):
            content = _content(each, left_bytes)
            left_bytes -= len(content)
            if left_bytes < 0:
                break
            # The key is of what was read, though the file be written to meanwhile.
            read = InputFile(each.file, partial(iter, (content,)))
            packed[fingerprint(read).key] = packed_file(read_anew(read))
    return packed


def _content(document: InputFile, most_bytes: int) -> bytes:
    """The bytes of a file, as far as it has not more than so many, and a little more."""
    content = bytearray()
    for chunk in document.chunks():
        content += chunk
        if len(content) > most_bytes:
            break
    return bytes(content)
