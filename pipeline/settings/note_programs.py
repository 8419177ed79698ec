"""Where Obsidian and Zotero keep what a reader writes on this machine."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_config_path, user_documents_path

from pipeline.settings.paths import leads_to_folder, real_path

MOST_BYTES = 1 << 20
"""Of a settings file of such a program; a larger one is not looked at."""
MOST_FOLDERS = 500
"""Of a folder so many folders are looked at for vaults; others are given by hand."""

_LIBRARY = "zotero.sqlite"
_SET = re.compile(r'user_pref\("extensions\.zotero\.dataDir", ("(?:[^"\\]|\\.)*")\);')


class NoteLibrary(NamedTuple):
    """A folder or file that may be read, and what it is: `Obsidian vault`, `Zotero library`."""

    path: Path
    what: str


def note_programs() -> list[NoteLibrary]:
    """The vaults of Obsidian and the library of Zotero that are here, each once, in this order.

    Vaults are those that Obsidian's own list names
    (https://help.obsidian.md/Files+and+folders/How+Obsidian+stores+data), and folders with
    `.obsidian` in them: the working folder, and those in it, at home and among the documents.
    """
    places = [
        *(NoteLibrary(path, "Obsidian vault") for path in (*_listed_vaults(), *_vaults_beside())),
        *(NoteLibrary(path, "Zotero library") for path in _zotero_libraries()),
    ]
    once = {real_path(place.path): place for place in reversed(places)}
    return [place for place in places if once[real_path(place.path)] is place]


def template_folder(vault: Path) -> str | None:
    """The folder within a vault that Obsidian's templates lie in, if it is a vault and has one."""
    try:
        read = json.loads(_text(vault / ".obsidian" / "templates.json") or "{}")
    except (ValueError, RecursionError):
        return None
    folder = read.get("folder") if isinstance(read, dict) else None
    return folder.strip("/") or None if isinstance(folder, str) else None


def _listed_vaults() -> Iterator[Path]:
    home = Path.home()
    folders = (
        user_config_path("obsidian", appauthor=False, roaming=True),
        home / ".var" / "app" / "md.obsidian.Obsidian" / "config" / "obsidian",
        home / "snap" / "obsidian" / "current" / ".config" / "obsidian",
    )
    for folder in folders:
        try:
            read = json.loads(_text(folder / "obsidian.json") or "{}")
        except (ValueError, RecursionError):
            continue
        vaults = read.get("vaults") if isinstance(read, dict) else None
        for vault in vaults.values() if isinstance(vaults, dict) else ():
            path = vault.get("path") if isinstance(vault, dict) else None
            if isinstance(path, str) and _is_folder(Path(path)):
                yield Path(path)


def _vaults_beside() -> Iterator[Path]:
    home = Path.home()
    cloud = home / "Library" / "Mobile Documents" / "iCloud~md~obsidian" / "Documents"
    folders = (Path(), home, user_documents_path(), cloud)
    for folder in dict.fromkeys(folders):
        for inner in (folder, *_folders_in(folder)):
            if _is_folder(inner / ".obsidian"):
                yield inner


def _zotero_libraries() -> Iterator[Path]:
    home = Path.home()
    profiles = (
        home / ".zotero" / "zotero",
        home / "Library" / "Application Support" / "Zotero" / "Profiles",
        user_config_path("Zotero", appauthor="Zotero", roaming=True) / "Profiles",
    )
    set_folders = [Path(set_) for folder in profiles for set_ in _data_folders(folder)]
    usual = (home / "Zotero", home / "snap" / "zotero-snap" / "common" / "Zotero")
    for folder in (*set_folders, *usual):
        if (folder / _LIBRARY).is_file():
            yield folder / _LIBRARY


def _data_folders(profiles: Path) -> Iterator[str]:
    for profile in _folders_in(profiles):
        for setting in _SET.finditer(_text(profile / "prefs.js")):
            try:
                yield json.loads(setting[1])
            except ValueError:
                continue


def _folders_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            named = sorted(e.name for e in entries if e.name[0] != "." and leads_to_folder(e))
    except OSError:
        return []
    return [folder / name for name in named[:MOST_FOLDERS]]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
