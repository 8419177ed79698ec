"""The folder of a catalogue: the build in use, and the one that is being made.

Each build is a folder inside, and `current` names the one in use, so that a build that is broken
off changes nothing.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.model.errors import DataError, OutputError
from pipeline.store.outputs import write_pieces

VERSION = 1
CURRENT, NEXT, LOCK = "current", "current.new", ".lock"
RECORDS, INDEX, ABOUT, SKIPS = "records.parquet", "index", "about.json", "skips"
NAMES = "names.parquet"
REMEDY = "Build the catalogue again."
UNREAD = "Try again; if it stays so, take this file away and build the catalogue again."
ROOM = "Give --catalogue a folder that can be written to, on a disk with room."

TRIES, BETWEEN_S = 30, 0.1
"""What is still there after that, the next build takes away."""
_BUILD = re.compile(r"build-(\d{1,9})")


@contextmanager
def replacement(folder: Path) -> Iterator[Path]:
    """A folder to make a catalogue in; it becomes the one in use when the block ends.

    If the block raises, or the process dies, the old one stays. Raises OutputError where the
    folder holds other things, cannot be written to, or is being written by another run.
    """
    try:
        if _is_used(folder):
            raise OutputError(folder, "holds other files", "Give --catalogue a folder of its own.")
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            yield from _swapped_in(folder)
    except Timeout:
        raise OutputError(folder, "another run is writing here", "Wait for it.") from None
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise OutputError(folder, reason, ROOM) from error


def _swapped_in(folder: Path) -> Iterator[Path]:
    used = _current_name(folder)
    for unused in _builds(folder, without=used):
        shutil.rmtree(unused)
    new_build = folder / f"build-{int(used[6:]) + 1 if used else 1}"
    new_build.mkdir()
    try:
        yield new_build
        write_pieces(folder / NEXT, [new_build.name.encode()])
        (folder / NEXT).replace(folder / CURRENT)
        used = new_build.name
    finally:
        for unused in _builds(folder, without=used):
            _take_away(unused)


def _take_away(folder: Path) -> None:
    """Takes a build away, even while the threads of a broken-off index still write into it."""
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(BETWEEN_S)


def current_build(folder: Path) -> Path | None:
    """The folder of the build in use; None where there is no catalogue.

    Raises DataError where the file that names it is damaged, or cannot be read.
    """
    name = _current_name(folder)
    if name is None and (folder / CURRENT).exists():
        raise DataError(folder / CURRENT, "damaged", REMEDY)
    return folder / name if name else None


def mark_of(build: Path) -> bytes:
    """What is the same as long as a build is: where it lies, when it was made, what is counted."""
    state = (build / RECORDS).stat()
    place = f"{build.absolute()}\0{state.st_size}\0{state.st_mtime_ns}\0"
    return place.encode("utf-8", "surrogateescape") + (build / ABOUT).read_bytes()


def _current_name(folder: Path) -> str | None:
    """The name of the build in use, if one is.

    Raises DataError where it is there and cannot be read: no build may be taken away then.
    """
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise DataError(folder / CURRENT, reason, UNREAD) from error
    return name if _BUILD.fullmatch(name) else None


def _builds(folder: Path, without: str | None) -> list[Path]:
    folders = (path for path in folder.iterdir() if path.is_dir() and not _is_foreign(path))
    return sorted(path for path in folders if path.name != without)


def _is_used(folder: Path) -> bool:
    """Whether a folder holds something else than a catalogue; hidden files do not count."""
    if not folder.is_dir() or _current_name(folder):
        return False
    return any(_is_foreign(path) for path in folder.iterdir() if not path.name.startswith("."))


def _is_foreign(path: Path) -> bool:
    if path.is_symlink() or not path.is_dir():
        return path.is_symlink() or path.name not in (CURRENT, NEXT)
    catalogue_names = {RECORDS, INDEX, NAMES, ABOUT, SKIPS}
    return not _BUILD.fullmatch(path.name) or any(
        p.name not in catalogue_names for p in path.iterdir()
    )
