"""The files below a folder, in a fixed order, without those that are not to be read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pipeline.model.records import Skip
from pipeline.settings.overrides import OVERRIDES_NAME
from pipeline.settings.paths import leads_to_folder, real_path
from pipeline.settings.project import PROJECT_NAME
from pipeline.settings.tags import TAGS_NAME
from pipeline.store.ignored import Ignored

ZOTERO_NAME = "zotero.sqlite"
ZOTERO_FOLDERS = frozenset(
    "storage styles translators locate cache logs intermediates better-bibtex pipes".split()
)
"""Folders beside the database of Zotero that hold files which it tells of."""

_JOURNALS = ("-wal", "-shm", "-journal")
"""What SQLite puts behind the name of a database for files of its own beside it."""


def shown_name(file: Path) -> str:
    """A file's name as text, each byte that is no UTF-8 as its escape."""
    return os.fsencode(file.as_posix()).decode("utf-8", "backslashreplace")


def files_of(
    path: Path,
    without: Path | None = None,
    exclude: Sequence[str] = (),
    closed: list[OSError] | None = None,
) -> Iterator[Path | Skip]:
    """The file, or the files below a folder that are to be read, and skips for all others.

    The errors of folders that cannot be listed are put into `closed` besides.
    The folder `without` is passed over, what is ignored (see `ignored`), what Zotero keeps in
    folders beside its database, and the journals of databases.
    """
    ignored = Ignored(path, exclude)
    if not path.is_dir():
        if not ignored.has(path, (), is_folder=False):
            yield path
        yield from ignored.told()
        return
    closed = [] if closed is None else closed
    root = real_path(path)
    for folder, files, links in _walked(path, without, ignored, closed):
        for file in files:
            each = file.name
            if each == OVERRIDES_NAME and folder != path:
                reason = f"not used: overrides are read beside the inputs. Move it to {path}."
                yield Skip("match", shown_name(file), reason)
            elif each in links and not real_path(file).is_relative_to(root):
                reason = "a link that leads out of the folder. Give the file itself to read it."
                yield Skip("digests", shown_name(file), reason)
            elif each not in (OVERRIDES_NAME, TAGS_NAME, PROJECT_NAME):
                yield file
    for error in closed:
        name = shown_name(Path(error.filename))
        yield Skip("digests", name, f"{error.strerror}. Make it readable.")
    yield from ignored.told()


def _walked(
    path: Path, without: Path | None, ignored: Ignored, closed: list[OSError]
) -> Iterator[tuple[Path, list[Path], set[str]]]:
    """Each folder with its files, in order, and the names of those that are links.

    The errors of others go to `closed`.
    However deep they are: `os.walk` of Python 3.11 calls itself for each level.
    """
    unvisited = [(path, ignored.above())]
    unread = (without.name, without.stat().st_ino) if without and without.is_dir() else None
    while unvisited:
        folder, layers = unvisited.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted((e for e in entries if e.name[0] != "."), key=lambda e: e.name)
        except OSError as error:
            closed.append(error)
            continue
        layers = ignored.within(folder, layers)
        below = [e for e in listed if e.is_dir(follow_symlinks=False)]
        folders = [folder / e.name for e in below if (e.name, e.inode()) != unread]
        links = {e.name for e in listed if e.is_symlink()}
        named = {e.name for e in listed}
        files = [
            folder / e.name
            for e in listed
            if not leads_to_folder(e) and not _is_journal(e.name, named)
        ]
        if ZOTERO_NAME in named:
            folders = [subfolder for subfolder in folders if subfolder.name not in ZOTERO_FOLDERS]
        yield folder, [f for f in files if not ignored.has(f, layers, is_folder=False)], links
        folders_left = [f for f in folders if not ignored.has(f, layers, is_folder=True)]
        unvisited += ((subfolder, layers) for subfolder in reversed(folders_left))


def _is_journal(name: str, named: Collection[str]) -> bool:
    """Whether a file is a part of a database that lies beside it."""
    return any(name.endswith(end) and name.removesuffix(end) in named for end in _JOURNALS)
