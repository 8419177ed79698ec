"""The output folder: one build at a time, and all the files of a build at once or none.

Files are written to a folder beside the outputs. When all are on disk that folder is renamed:
this is the switch. Then they are moved into place, and whoever finds that this was broken off, a
reader or the next build, goes on with it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.model.errors import OutputError

STAGING_NAME = ".partial"
NEXT_NAME = ".next"
LOCK_NAME = ".lock"
MANIFEST_NAME = ".build.json"
MARKS_NAME = ".marks.json"
SETTLING_S = 10.0
"""How long a reader waits for a build that is being moved into place."""


@contextmanager
def claimed(folder: Path, option: str = "-o") -> Iterator[None]:
    """A block in which nobody else writes to `folder`, so that a second build hears of it at once.

    What an earlier build left half moved is moved into place first. A folder that was made for the
    block and stayed empty is taken away. Raises OutputError.
    """
    is_new = not folder.exists()
    with ExitStack() as stack:
        with _told_as_errors(folder, option):
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(FileLock(folder / LOCK_NAME, timeout=0))
            _move_into_place(folder)
        try:
            yield
        finally:
            if is_new:
                _take_away_if_empty(folder)


@contextmanager
def staged(folder: Path, option: str = "-o", *, is_claimed: bool = False) -> Iterator[Path]:
    """A folder beside the outputs to write to; its files take the place of the old ones at the end.

    If the block raises, or the process dies in it, `folder` stays as it was. Whoever has `claimed`
    the folder says so; else it is claimed for the block. Raises OutputError.
    """
    if not is_claimed:
        with claimed(folder, option), staged(folder, option, is_claimed=True) as staging:
            yield staging
        return
    with _told_as_errors(folder, option):
        staging = folder / STAGING_NAME
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        try:
            yield staging
            _publish(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def settled(folder: Path) -> None:
    """Moves into place what a build that was broken off had switched to, if there is such."""
    if not (folder / NEXT_NAME).is_dir():
        return
    # Where nothing may be written here, files are read where they are.
    with suppress(OSError, Timeout), FileLock(folder / LOCK_NAME, timeout=SETTLING_S):
        _move_into_place(folder)


def current(folder: Path, name: str) -> Path:
    """Where a file of the build that was switched to is, moved into place yet or not."""
    ahead = folder / NEXT_NAME / name
    return ahead if ahead.is_file() else folder / name


def build_mark(folder: Path) -> bytes:
    """What differs from build to build; the same before and after reading, it was one build."""
    try:
        return current(folder, MANIFEST_NAME).read_bytes()
    except OSError:
        return b""


def note_marks(staging: Path, marks: Mapping[str, str]) -> None:
    """Notes for the manifest what each file was made from, as a text that nothing else has."""
    (staging / MARKS_NAME).write_text(json.dumps(marks), encoding="utf-8")


def unchanged(folder: Path, marks: Mapping[str, str]) -> set[str]:
    """The files that were made from what these marks say, and are still as they were written."""
    manifest = _manifest_of(folder)
    return {
        name
        for name, mark in marks.items()
        if (known := manifest.get(name)) and known.pop("made_from", None) == mark
        if known == _told_of(folder / name)
    }


def is_whole(folder: Path) -> bool:
    """Whether every file of a build is as it was written, and can be known to be.

    Of what was exported to the same folder the size is looked at alone.
    """
    manifest = _manifest_of(folder)
    kept = {name: known for name, known in manifest.items() if known.pop("made_from", None)}
    exported = manifest.keys() - kept.keys()
    return (
        bool(kept)
        and all(known == _told_of(folder / name) for name, known in kept.items())
        and all(manifest[name].get("bytes") == _size_of(folder / name) for name in exported)
    )


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


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


@contextmanager
def _told_as_errors(folder: Path, option: str) -> Iterator[None]:
    try:
        yield
    except Timeout:
        remedy = f"Wait for it, or give {option} another folder."
        raise OutputError(folder, "another build is writing here", remedy) from None
    except OSError as error:
        remedy = f"Give {option} a folder that can be written to."
        raise OutputError(folder, f"cannot be written ({error.strerror})", remedy) from error


def _take_away_if_empty(folder: Path) -> None:
    with suppress(OSError):
        if [path.name for path in folder.iterdir()] == [LOCK_NAME]:
            (folder / LOCK_NAME).unlink()
            folder.rmdir()


def _publish(staging: Path, folder: Path) -> None:
    """The switch: from here on the new build is the one that is read."""
    for file in staging.iterdir():
        if (folder / file.name).is_dir():
            raise OutputError(folder / file.name, "is a folder", "Take it away and build again.")
        _sync(file)
    manifest = _manifest(staging, folder)
    (staging / MARKS_NAME).unlink(missing_ok=True)
    write_pieces(staging / MANIFEST_NAME, [manifest])
    _sync(staging)
    staging.rename(folder / NEXT_NAME)
    _sync(folder)
    _move_into_place(folder)


def _move_into_place(folder: Path) -> None:
    ahead = folder / NEXT_NAME
    if not ahead.is_dir():
        return
    for file in sorted(ahead.iterdir(), key=lambda path: (path.name == MANIFEST_NAME, path.name)):
        file.replace(folder / file.name)
    _sync(folder)
    ahead.rmdir()
    _sync(folder)


def _manifest(staging: Path, folder: Path) -> bytes:
    """The size of each file of a build; of tables, and where it may stay, its digest too."""
    marks = _read_json(staging / MARKS_NAME)
    manifest = _manifest_of(folder)
    files = [file for file in staging.iterdir() if file.name != MARKS_NAME]
    manifest |= {file.name: {"bytes": file.stat().st_size} for file in files}
    compared = [file for file in files if file.name in marks or file.suffix == ".parquet"]
    with ThreadPoolExecutor(2) as threads:
        for file, told in zip(compared, threads.map(_told_of, compared), strict=True):
            made_from = {"made_from": marks[file.name]} if file.name in marks else {}
            manifest[file.name] = {**(told or {}), **made_from}
    return json.dumps(manifest, indent=1, sort_keys=True).encode()


def _told_of(file: Path) -> dict[str, Any] | None:
    """What a manifest says of a file; None where it cannot be read."""
    digest = sha256()
    try:
        with file.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
            return {"bytes": stream.tell(), "sha256": digest.hexdigest()}
    except OSError:
        return None


def _manifest_of(folder: Path) -> dict[str, Any]:
    return {
        name: told
        for name, told in _read_json(folder / MANIFEST_NAME).items()
        if isinstance(told, dict)
    }


def _read_json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _sync(path: Path) -> None:
    """What is written at a path is on disk when this returns; folders too, where that can be."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
