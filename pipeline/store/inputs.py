"""The files that a reader gives: found, in a fixed order, and read in pieces."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from glob import glob
from pathlib import Path
from typing import BinaryIO

from pipeline.model.errors import UsageError
from pipeline.model.records import Document, Skip
from pipeline.settings.overrides import OVERRIDES_NAME
from pipeline.settings.paths import real_path, usable_path
from pipeline.settings.tags import TAGS_NAME

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
        named = [path] if path == STANDARD_INPUT or _is_there(path) else []
        named = named or [Path(name) for name in sorted(glob(str(path), recursive=True))]  # noqa: PTH207
        if not named:
            raise UsageError(f"{path}: no such file or folder. Give the digests that you have.")
        found += named
    return found


def _is_there(path: Path) -> bool:
    """Whether there is such a file. One whose name is not UTF-8 can be read."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return usable_path(path).exists()


def documents(paths: Iterable[Path], without: Path | None = None) -> Iterator[Document | Skip]:
    """The files behind `paths`, each once: files as given, folders in the order of their names.

    `-` is standard input, and a `.zip` holds the files within it. Hidden files and folders, the
    folder `without` (the outputs) and the overrides file are passed over; links to folders are not
    followed. What cannot be opened is a skip.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path == STANDARD_INPUT:
            if sys.stdin is None:
                raise UsageError("-: standard input is closed. Pipe the notes in, or name files.")
            content = sys.stdin.buffer.read()
            yield Document("-", partial(_pieces, content))
            continue
        for file in _files_of(path, real_path(without) if without else None):
            refused = file if isinstance(file, Skip) else _refused(file)
            if refused or isinstance(file, Skip):
                yield from [refused] if refused else []
                continue
            status = file.stat()
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                yield from _documents_of(file)


def _refused(file: Path) -> Skip | None:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return Skip("digests", _shown(file), "no regular file. Give a pipe as - instead.")
        with file.open("rb"):
            return None
    except OSError as error:
        return Skip("digests", _shown(file), f"{error.strerror}. Make it readable.")


def _shown(file: Path) -> str:
    """A file's name as text, each byte that is no UTF-8 as its escape."""
    return os.fsencode(file.as_posix()).decode("utf-8", "backslashreplace")


def _documents_of(file: Path) -> Iterator[Document | Skip]:
    if file.suffix.casefold() != ".zip":
        yield Document(_shown(file), partial(_chunks, partial(file.open, "rb")))
        return
    try:
        with zipfile.ZipFile(file) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
    except (zipfile.BadZipFile, OSError) as error:
        yield Skip("digests", str(file), f"no readable zip ({error}). Pack it again.")
        return
    for member in members:
        name = f"{_shown(file)}/{member.filename}"
        if member.is_dir() or any(part.startswith((".", "__")) for part in Path(name).parts[1:]):
            continue
        if member.file_size > MOST_MEMBER_BYTES or member.flag_bits & 1:
            reason = "locked" if member.flag_bits & 1 else f"{member.file_size >> 20} MB large"
            yield Skip("digests", name, f"{reason}. Unpack it and give the file itself.")
            continue
        yield Document(name, partial(_member_chunks, file, member.filename))


def _files_of(path: Path, without: Path | None) -> Iterator[Path | Skip]:
    if not path.is_dir():
        yield path
        return
    closed: list[OSError] = []
    root = real_path(path)
    for folder, names in _walked(path, without, closed):
        for each in names:
            file = folder / each
            if each == OVERRIDES_NAME and folder != path:
                reason = f"not used: overrides are read beside the inputs. Move it to {path}."
                yield Skip("match", _shown(file), reason)
            elif file.is_symlink() and not real_path(file).is_relative_to(root):
                reason = "a link that leads out of the folder. Give the file itself to read it."
                yield Skip("digests", _shown(file), reason)
            elif each not in (OVERRIDES_NAME, TAGS_NAME):
                yield file
    for error in closed:
        name = _shown(Path(error.filename))
        yield Skip("digests", name, f"{error.strerror}. Make it readable.")


def _walked(
    path: Path, without: Path | None, closed: list[OSError]
) -> Iterator[tuple[Path, list[str]]]:
    """Each folder with the names of its files, in order; the errors of others go to `closed`.

    However deep they are: `os.walk` of Python 3.11 calls itself for each level.
    """
    left = [path]
    unread = (without.name, without.stat().st_ino) if without and without.is_dir() else None
    while left:
        folder = left.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted((e for e in entries if e.name[0] != "."), key=lambda e: e.name)
        except OSError as error:
            closed.append(error)
            continue
        folders = [e for e in listed if e.is_dir(follow_symlinks=False)]
        yield folder, [e.name for e in listed if not e.is_dir()]
        left += (folder / e.name for e in reversed(folders) if (e.name, e.inode()) != unread)


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
