"""The reader's vault: its notes as they are on disk, and one note put in the place of another."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.model.errors import DataError
from pipeline.store.walking import files_of

SUFFIXES = (".md", ".markdown", ".org")
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_OBSIDIAN = ".obsidian"
_LOGSEQ = Path("logseq", "config.edn")


def program_of(folder: Path) -> str | None:
    """Whose vault a folder is, `obsidian` or `logseq`, by the settings in it; None for no vault.

    A folder in which a vault is called `logseq` is none by that.
    """
    if (folder / _OBSIDIAN).is_dir():
        return "obsidian"
    return "logseq" if (folder / _LOGSEQ).is_file() else None


def logseq_settings(folder: Path) -> str:
    """The settings of a vault of Logseq as they are written; nothing where there are none."""
    try:
        return (folder / _LOGSEQ).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def notes_of(vault: Path) -> Iterator[Path]:
    """The notes of a vault, in order; not those that are hidden, ignored, or led to by a link.

    Raises DataError at the end where a folder cannot be listed: what is in it cannot be told.
    """
    closed: list[OSError] = []
    for file in files_of(vault, closed=closed):
        if isinstance(file, Path) and file.suffix.casefold() in SUFFIXES:
            yield file
    for error in closed:
        raise unknown(Path(error.filename), error)


def unknown(path: Path, error: OSError) -> DataError:
    """What is to be raised where it cannot be told which papers have a note already."""
    remedy = "Make it readable. What notes it holds is not known, so none was written."
    return DataError(path, str(error.strerror), remedy)


def notes_within(folder: Path) -> Iterator[Path]:
    """All notes below a folder of ours, in order, also such as a build is told to leave out."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        plain = path.is_file() and not path.is_symlink()
        if plain and not hidden and path.suffix.casefold() in SUFFIXES:
            yield path


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None where there is none. Raises OSError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def put(path: Path, before: bytes | None, after: bytes | None) -> bool:
    """Makes `after` of a file that holds `before`; whole or not at all. None is no file.

    False, and nothing is done, where it holds something else by now. What a link leads to is
    written, its rights stay. Raises OSError, PermissionError for a file that nobody may write.
    """
    real = Path(os.path.realpath(path))
    if content_of(real) != before:
        return False
    if before is not None and not real.stat().st_mode & _WRITABLE:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(real))
    if after is None:
        real.unlink(missing_ok=True)
        return True
    real.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=".digest-graph-", dir=real.parent)
    staged = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        _take_rights(real, staged)
        staged.replace(real)
    finally:
        with suppress(FileNotFoundError):
            staged.unlink()
    return True


def take_away_if_empty(folder: Path) -> None:
    """Removes a folder that holds nothing."""
    with suppress(OSError):
        folder.rmdir()


def _take_rights(file: Path, staged: Path) -> None:
    """The staged file may be read by whoever may read the one that it replaces."""
    if file.exists():
        shutil.copymode(file, staged)
    else:
        mask = os.umask(0)
        os.umask(mask)
        staged.chmod(0o666 & ~mask)
