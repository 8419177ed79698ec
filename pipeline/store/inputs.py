"""The files that a reader gives: found, in a fixed order, and read in pieces."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from pipeline.config import OVERRIDES_NAME
from pipeline.errors import UsageError
from pipeline.records import Document, Skip

CHUNK_BYTES = 1 << 20


def check_inputs(paths: Iterable[Path]) -> None:
    """Raises UsageError for the first path that does not exist."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder. Give the digests that you have.")


def documents(paths: Iterable[Path]) -> Iterator[Document | Skip]:
    """The files behind `paths`, each once: files as given, folders in the order of their names.

    Hidden files and folders and the overrides file are passed over; links to folders are not
    followed. A file that cannot be opened is a skip.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
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
                yield Document(file.as_posix(), status.st_size, partial(_chunks, file))


def _files_of(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name != OVERRIDES_NAME:
                yield Path(folder, name)


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
