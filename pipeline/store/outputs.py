"""The output folder: one build at a time, every file whole or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.model.errors import OutputError

STAGING_NAME = ".partial"
LOCK_NAME = ".lock"


@contextmanager
def staged(folder: Path, option: str = "-o") -> Iterator[Path]:
    """A folder beside the outputs to write to; its files are moved into `folder` at the end.

    If the block raises, or the process dies in it, `folder` stays as it was; every file is whole
    at any moment. A second build of the same folder is refused while the first one lasts. Raises
    OutputError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK_NAME, timeout=0):
            staging = folder / STAGING_NAME
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir()
            try:
                yield staging
                _publish(staging, folder)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except Timeout:
        remedy = f"Wait for it, or give {option} another folder."
        raise OutputError(folder, "another build is writing here", remedy) from None
    except OSError as error:
        remedy = f"Give {option} a folder that can be written to."
        raise OutputError(folder, f"cannot be written ({error.strerror})", remedy) from error


def write_pieces(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """A file of these bytes, on disk before this returns."""
    with path.open("wb") as stream:
        stream.writelines(pieces)
        stream.flush()
        os.fsync(stream.fileno())


def write_whole(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """A file of these bytes, that is there whole or not at all, whenever the process dies."""
    partial = path.with_name(f".{path.name}.partial")
    write_pieces(partial, pieces)
    partial.replace(path)


def _publish(staging: Path, folder: Path) -> None:
    found = sorted(staging.iterdir())
    for file in found:
        if (folder / file.name).is_dir():
            raise OutputError(folder / file.name, "is a folder", "Take it away and build again.")
    for file in found:
        file.replace(folder / file.name)
