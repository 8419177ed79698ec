"""The files that a reader gives: found, in a fixed order, and read in pieces."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from glob import glob
from pathlib import Path
from typing import BinaryIO

from pipeline.config import OVERRIDES_NAME
from pipeline.errors import UsageError
from pipeline.records import Document, Skip

CHUNK_BYTES = 1 << 20
STANDARD_INPUT = Path("-")
MOST_MEMBER_BYTES = 256 << 20
"""A larger file within a `.zip` is no digest; it is left out unread."""


def found_inputs(paths: Iterable[Path]) -> list[Path]:
    """The inputs with patterns (`notes/*.md`) replaced by what they name, in order of names.

    Raises UsageError for the first that names nothing.
    """
    found: list[Path] = []
    for path in paths:
        named = [path] if path == STANDARD_INPUT or path.exists() else []
        named = named or [Path(name) for name in sorted(glob(str(path), recursive=True))]  # noqa: PTH207
        if not named:
            raise UsageError(f"{path}: no such file or folder. Give the digests that you have.")
        found += named
    return found


def documents(paths: Iterable[Path]) -> Iterator[Document | Skip]:
    """The files behind `paths`, each once: files as given, folders in the order of their names.

    `-` is standard input, and a `.zip` holds the files within it. Hidden files and folders and
    the overrides file are passed over; links to folders are not followed. A file that cannot be
    opened is a skip.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path == STANDARD_INPUT:
            content = sys.stdin.buffer.read()
            yield Document("-", len(content), partial(_pieces, content))
            continue
        for file in _files_of(path):
            try:
                status = file.stat()
                with file.open("rb"):
                    pass
            except OSError as error:
                yield Skip("digests", str(file), f"{error.strerror}. Make it readable.")
                continue
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                yield from _documents_of(file, status.st_size)


def _documents_of(file: Path, size_bytes: int) -> Iterator[Document | Skip]:
    if file.suffix.casefold() != ".zip":
        yield Document(file.as_posix(), size_bytes, partial(_chunks, partial(file.open, "rb")))
        return
    try:
        with zipfile.ZipFile(file) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
    except (zipfile.BadZipFile, OSError) as error:
        yield Skip("digests", str(file), f"no readable zip ({error}). Pack it again.")
        return
    for member in members:
        name = f"{file.as_posix()}/{member.filename}"
        if member.is_dir() or any(part.startswith((".", "__")) for part in Path(name).parts[1:]):
            continue
        if member.file_size > MOST_MEMBER_BYTES or member.flag_bits & 1:
            reason = "locked" if member.flag_bits & 1 else f"{member.file_size >> 20} MB large"
            yield Skip("digests", name, f"{reason}. Unpack it and give the file itself.")
            continue
        yield Document(name, member.file_size, partial(_member_chunks, file, member.filename))


def _files_of(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name != OVERRIDES_NAME:
                yield Path(folder, name)


def _chunks(opened: partial[BinaryIO]) -> Iterator[bytes]:
    with opened() as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def _member_chunks(file: Path, member: str) -> Iterator[bytes]:
    with zipfile.ZipFile(file) as archive, archive.open(member) as stream:
        left = MOST_MEMBER_BYTES
        while left > 0 and (chunk := stream.read(CHUNK_BYTES)):
            left -= len(chunk)
            yield chunk


def _pieces(content: bytes) -> Iterator[bytes]:
    yield from (content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES))
