"""The notes of a vault: which hold a block, which are the reader's own, how they are linked to."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePath

from pipeline.model.written_blocks import blocks_in
from pipeline.notes.flavours import Note
from pipeline.notes.names import comparable, file_name, with_id
from pipeline.notes.own_names import logseq_page, org_id
from pipeline.notes.own_words import OF_FILE
from pipeline.notes.texts import NoteText
from pipeline.store.vault import (
    content_of,
    logseq_settings,
    notes_of,
    notes_within,
    program_of,
    unknown,
)


def vault_around(into: Path, own_notes: Iterable[Path]) -> Path:
    """The folder of the vault that a folder is in.

    It is the nearest around it in which Obsidian or Logseq keeps its settings, else the nearest
    that holds a note of the reader, else the folder itself. The home folder and those around it
    are nobody's vault because of a note somewhere below them.
    """
    around = [into, *into.parents]
    for folder in around:
        if program_of(folder):
            return folder
    home = Path(os.path.realpath(Path("~").expanduser()))
    folders_with_notes = {parent for note in own_notes for parent in note.parents}
    folders_with_notes -= {home, *home.parents}
    return next((folder for folder in around if folder in folders_with_notes), into)


class Vault:
    """The notes below a folder, read once. Raises DataError for one that cannot be read.

    `own` are the reader's notes about one paper each, by the id of the paper.
    """

    def __init__(self, root: Path, into: Path, own: Mapping[str, Path]) -> None:
        self.root = root
        self._into = into
        self._marked: dict[Path, bytes] = {}
        self._known: set[Path] = set()
        self.holding: dict[str, list[Path]] = defaultdict(list)
        self._names: dict[str, int] = defaultdict(int)
        self._taken: set[str] = set()
        for path in notes_of(root) if root.is_dir() else ():
            self._keep(path)
        for path in notes_within(into):
            self._keep(path)
        self._logseq_settings = logseq_settings(root)
        self._own = {node_id: path for node_id, path in own.items() if path in self._known}
        self._new: dict[str, Path] = {}

    def _keep(self, path: Path) -> None:
        path = Path(os.path.realpath(path))
        if path in self._known:
            return
        self._known.add(path)
        self._names[comparable(path.stem)] += 1
        self._taken.add(comparable(str(path)))
        try:
            content = content_of(path) or b""
        except OSError as error:
            raise unknown(path, error) from error
        if b"digest-graph" in content:
            self._marked[path] = content
            for block in blocks_in(content.decode("utf-8", "replace").splitlines()):
                if path not in self.holding[block.node_id]:
                    self.holding[block.node_id].append(path)

    def content(self, path: Path) -> bytes | None:
        """The bytes of a note; None where there is none that can be read."""
        with suppress(OSError):
            return self._marked.get(path) or content_of(path)
        return None

    def notes_about(self, node_id: str) -> list[Path]:
        """The notes that hold its block, else the reader's own about it, else the one to come."""
        notes = self.holding.get(node_id) or [
            path for path in (self._own.get(node_id), self._new.get(node_id)) if path
        ]
        return notes[:1] if node_id not in self.holding else notes

    def make_room(self, node_id: str, label: str, suffix: str) -> Path | None:
        """The place of a note to come; None where other files have all the names that it could.

        A note that this program wrote, and from which its block was taken, is such a place.
        """
        name = file_name(label, node_id)
        for each in (name, with_id(name, node_id)):
            path = self._into / f"{each}{suffix}"
            if comparable(str(path)) not in self._taken or self._is_left_over(path):
                self._new[node_id] = path
                self._taken.add(comparable(str(path)))
                self._names[comparable(path.stem)] += path not in self._known
                return path
        return None

    def _is_left_over(self, path: Path) -> bool:
        content = self._marked.get(path)
        if content is None or path in self._new.values():
            return False
        try:
            note = NoteText(content)
        except UnicodeDecodeError:
            return False
        return note.has_written_head and not note.places

    def note(self, node_id: str, linking: Path) -> Note | None:
        """The note about a node, as one that lies at `linking` links to it; None for none.

        A file of the reader's within the vault is one, too, by its path.
        """
        if node_id.startswith(OF_FILE):
            file = Path(node_id.removeprefix(OF_FILE))
            about = [file] if file.is_relative_to(self.root) and file.is_file() else []
        else:
            about = self.notes_about(node_id)
        if not about:
            return None
        path = about[0]
        way = PurePath(os.path.relpath(path, linking.parent)).as_posix()
        inside = path.is_relative_to(self.root)
        from_root = path.relative_to(self.root) if inside else PurePath(way)
        alone = self._names[comparable(path.stem)] == 1 and path in self._known | {
            *self._new.values()
        }
        text = (self.content(path) or b"").decode("utf-8", "replace")
        return Note(
            from_root.with_suffix("").as_posix(),
            way,
            path.stem if alone else None,
            logseq_page(path, text, self._logseq_settings),
            org_id(text) if path.suffix.casefold() == ".org" else None,
        )
