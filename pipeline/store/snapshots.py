"""Files of metadata records, however they are packed, as batches of raw records in order."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError

BATCH = 4096
"""Records in a batch."""
MOST_LINE_BYTES = 16 * 2**20
"""A longer line is no record: the longest of arXiv's has 70 kB."""
MOST_XML_BYTES = 64 * 2**20
_AGAIN = "Download it again."

Opened = Callable[[Path], BinaryIO]


class RawBatch(NamedTuple):
    """Records of one file as they stand in it.

    `items` are lines (None: too long to read), rows as mappings, or one page of OAI-PMH; `first`
    is the number of the first of them, from 1.
    """

    file: str
    kind: Literal["lines", "rows", "oai"]
    first: int
    items: Sequence[Any]


def raw_batches(paths: Iterable[Path], opened: Opened) -> Iterator[RawBatch]:
    """The records of files: JSON lines, plain or in .gz or .zip; Parquet; OAI-PMH pages (XML).

    What a file is, its first bytes say, not its name. A folder stands for its files, by name.
    Raises UsageError where a path does not exist, is none of these, or is cut off.
    """
    for path in [file for given in paths for file in _files(given)]:
        try:
            with opened(path) as stream:
                yield from _of_stream(str(path), stream)
        except (EOFError, OSError, zipfile.BadZipFile, zlib.error, pa.ArrowException) as error:
            raise UsageError(f"{path}: cannot be read to its end ({error}). {_AGAIN}") from error


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    else:
        found = [path] if path.is_file() else []
    if not found:
        raise UsageError(f"{path}: no such file. Give the arXiv metadata snapshot, or OAI pages.")
    return found


def _of_stream(file: str, stream: BinaryIO) -> Iterator[RawBatch]:
    start = stream.read(4)
    stream.seek(0)
    if start == b"PAR1":
        yield from _rows(file, stream)
    elif start.startswith(b"PK"):
        with zipfile.ZipFile(stream) as archive:
            for member in sorted(archive.namelist()):
                if not member.endswith("/") and not member.startswith("__MACOSX"):
                    with archive.open(member) as unpacked:
                        yield from _text_batches(f"{file}/{member}", cast(BinaryIO, unpacked))
    elif start.startswith(b"\x1f\x8b"):
        with gzip.open(stream) as unpacked:
            yield from _text_batches(file, cast(BinaryIO, unpacked))
    else:
        yield from _text_batches(file, stream)


def _text_batches(file: str, stream: BinaryIO) -> Iterator[RawBatch]:
    lines = _lines(stream)
    start = next(lines, b"")
    if (start or b"").lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield RawBatch(file, "oai", 1, [_page(file, start or b"", stream)])
        return
    lines, first = chain([start], lines), 1
    while batch := list(islice(lines, BATCH)):
        yield RawBatch(file, "lines", first, batch)
        first += len(batch)


def _page(file: str, start: bytes, stream: BinaryIO) -> bytes:
    page = start + stream.read(MOST_XML_BYTES)
    if len(page) > MOST_XML_BYTES:
        raise UsageError(f"{file}: too large for a page of OAI-PMH. Give it page by page.")
    return page


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    while line := stream.readline(MOST_LINE_BYTES):
        if len(line) < MOST_LINE_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(MOST_LINE_BYTES)) and not rest.endswith(b"\n"):
            pass
        yield None


def _rows(file: str, stream: BinaryIO) -> Iterator[RawBatch]:
    first = 1
    for batch in pq.ParquetFile(stream).iter_batches(BATCH):
        yield RawBatch(file, "rows", first, batch.to_pylist())
        first += batch.num_rows
