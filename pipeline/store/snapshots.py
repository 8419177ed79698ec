"""Files of metadata records, however they are packed, as batches of raw records in order."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Literal, NamedTuple, cast

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model.errors import UsageError
from pipeline.model.zip_damage import ZIP_DAMAGE

BATCH = 4096
"""Records in a batch."""
BATCH_BYTES = 16 * 2**20
"""A batch of lines ends with the one that brings it to so many bytes."""
MOST_LINE_BYTES = 4 * 2**20
"""A longer line is no record: the longest of arXiv's has 70 kB."""
MOST_XML_BYTES = 64 * 2**20
MOST_LIST_BYTES = 2**30
LOOKED_AT_BYTES = 64 * 2**10
_BOM, _BLANK = b"\xef\xbb\xbf", b" \t\r\n"
_LIST = re.compile(rb"\s*\{\s*\"items\"\s*:\s*\[")
_AGAIN = "Download it again."
_DAMAGED = (*ZIP_DAMAGE, pa.ArrowException)

OpenFile = Callable[[Path], BinaryIO]


class RawBatch(NamedTuple):
    """Records of one file as they stand in it.

    `items` are lines (None: too long to read), rows as mappings, or one page of OAI-PMH; a file
    that is none of these has none. `first` is the number of the first of them, from 1.
    """

    file: str
    kind: Literal["lines", "rows", "oai", "none"]
    first: int
    items: Sequence[Any]


def raw_batches(
    paths: Iterable[Path],
    opened: OpenFile,
    *,
    last_first: bool = False,
    heads: tuple[bytes, ...] = (),
) -> Iterator[RawBatch]:
    """The records of files: JSON lines, plain or in .gz or .zip; Parquet; OAI-PMH pages (XML).

    A file that is one object with a list `items` is the rows of that list.

    What a file is, its first bytes say, not its name; one that begins with one of `heads` is of
    lines too. A folder stands for its files, by name, but
    hidden ones; with `last_first` the files come in the opposite order. Raises UsageError where a
    path does not exist, or cannot be read to its end.
    """
    files = [file for path_given in paths for file in _files(path_given)]
    for path in reversed(files) if last_first else files:
        try:
            with opened(path) as stream:
                yield from _of_stream(str(path), stream, heads)
        except _DAMAGED as error:
            raise UsageError(f"{path}: cannot be read to its end ({error}). {_AGAIN}") from error
        except OSError as error:
            why = error.strerror or error
            raise UsageError(f"{path}: cannot be read to its end ({why}). {_AGAIN}") from error


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if _is_shown(file.relative_to(path)))
        files = [file for file in files if file.is_file()]
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise UsageError(f"{path}: no such file. Give the arXiv metadata snapshot, or OAI pages.")
    return files


def _is_shown(path: Path) -> bool:
    return not any(part.startswith(".") for part in path.parts)


def _of_stream(file: str, stream: BinaryIO, heads: tuple[bytes, ...]) -> Iterator[RawBatch]:
    start = stream.read(4)
    stream.seek(0)
    if start == b"PAR1":
        yield from _rows(file, stream)
    elif start.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(stream) as archive:
            for member in sorted(archive.namelist()):
                if not member.endswith("/") and not member.startswith("__MACOSX"):
                    with archive.open(member) as unpacked:
                        # OpenCitations packs archives into archives.
                        inner = cast(BinaryIO, unpacked)
                        yield from _of_stream(f"{file}/{member}", inner, heads)
    elif start.startswith(b"\x1f\x8b"):
        with gzip.open(stream) as unpacked:
            yield from _text_batches(file, cast(IO[bytes], unpacked), heads)
    else:
        yield from _text_batches(file, stream, heads)


def _text_batches(file: str, unpacked: IO[bytes], heads: tuple[bytes, ...]) -> Iterator[RawBatch]:
    with io.BufferedReader(cast(io.RawIOBase, unpacked), LOOKED_AT_BYTES) as stream:
        if stream.peek(3)[:3] == _BOM:
            stream.read(3)
        start = stream.peek()
        if start.lstrip(_BLANK).startswith(b"<"):
            yield RawBatch(file, "oai", 1, [_page(file, stream)])
        elif _LIST.match(start):
            yield RawBatch(file, "rows", 1, _listed(file, stream))
        elif start.startswith(heads or b"{") or any(
            line.lstrip(_BLANK).startswith(b"{") for line in start.split(b"\n")
        ):
            yield from _line_batches(file, stream)
        else:
            yield RawBatch(file, "none", 1, [])


def _line_batches(file: str, stream: IO[bytes]) -> Iterator[RawBatch]:
    first, batch, size_bytes = 1, list[bytes | None](), 0
    for line in _lines(stream):
        batch.append(line)
        size_bytes += len(line or b"")
        if len(batch) == BATCH or size_bytes >= BATCH_BYTES:
            yield RawBatch(file, "lines", first, batch)
            first, batch, size_bytes = first + len(batch), [], 0
    if batch:
        yield RawBatch(file, "lines", first, batch)


def _page(file: str, stream: IO[bytes]) -> bytes:
    page = stream.read(MOST_XML_BYTES + 1)
    if len(page) > MOST_XML_BYTES:
        raise UsageError(f"{file}: too large for a page of OAI-PMH. Give it page by page.")
    return page.lstrip(_BLANK)


def _listed(file: str, stream: IO[bytes]) -> list[Any]:
    """The records of a file that is one list of them, as Crossref puts out."""
    content = stream.read(MOST_LIST_BYTES + 1)
    try:
        if len(content) <= MOST_LIST_BYTES:
            return list(orjson.loads(content)["items"])
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{file}: cannot be read to its end ({error}). {_AGAIN}") from error
    raise UsageError(f"{file}: too large for one list of records.")


def _lines(stream: IO[bytes]) -> Iterator[bytes | None]:
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
