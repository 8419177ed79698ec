"""What files were read as, kept beside the outputs, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from pipeline.model.records import Document, Entry, Mention, Skip

NAME = ".parsed.sqlite"
WAIT_S = 1.0
"""How long to wait for another build of the same folder before reading without memory."""


class ParsedFiles:
    """Records by the content of their file, its name, and the code that read it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._code = _code_hash()
        database.execute("CREATE TABLE IF NOT EXISTS parsed (key TEXT PRIMARY KEY, records TEXT)")

    def key_of(self, document: Document) -> str:
        """What the records of a document are kept under; another content is another key."""
        content = hashlib.sha256(f"{self._code}\0{document.file}\0".encode())
        for chunk in document.chunks():
            content.update(chunk)
        return content.hexdigest()

    def of(self, key: str) -> list[Entry | Skip] | None:
        """The records that are kept under a key; None if there are none, or damaged ones."""
        asked = "SELECT records FROM parsed WHERE key = ?"
        try:
            row = self._database.execute(asked, (key,)).fetchone()
            return [_record(*known) for known in orjson.loads(row[0])] if row else None
        except (ValueError, TypeError, KeyError, sqlite3.Error):
            return None

    def keep(self, key: str, records: Sequence[Entry | Skip]) -> None:
        """Keeps the records under the key."""
        text = orjson.dumps([(type(record).__name__, record) for record in records]).decode()
        self._database.execute("INSERT OR REPLACE INTO parsed VALUES (?, ?)", (key, text))


@contextmanager
def parsed_files(folder: Path | None) -> Iterator[ParsedFiles]:
    """The parsed files of an output folder; in memory alone where it can hold none."""
    database, kept = _opened(folder)
    try:
        yield kept
        database.commit()
    finally:
        database.close()


def _opened(folder: Path | None) -> tuple[sqlite3.Connection, ParsedFiles]:
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _connected(str(folder / NAME))
        except (OSError, sqlite3.OperationalError):
            return _connected(":memory:")
        except sqlite3.DatabaseError:
            # A damaged file holds nothing that cannot be read again.
            (folder / NAME).unlink(missing_ok=True)
    return _connected(":memory:")


def _connected(place: str) -> tuple[sqlite3.Connection, ParsedFiles]:
    database = sqlite3.connect(place, timeout=WAIT_S)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        # One build writes at a time; another finds it held here, once, and reads without memory.
        database.execute("BEGIN IMMEDIATE")
        return database, ParsedFiles(database)
    except sqlite3.Error:
        database.close()
        raise


def _record(kind: str, known: dict[str, Any]) -> Entry | Skip:
    if kind == "Skip":
        return Skip(**known)
    day = known["date"]
    known["date"] = date.fromisoformat(day) if day else None
    known["mentions"] = tuple(Mention(**mention) for mention in known["mentions"])
    for name in ("authors", "tags", "links", "names"):
        known[name] = None if known[name] is None else tuple(known[name])
    return Entry(**known)


def _code_hash() -> str:
    code = hashlib.sha256()
    for folder in ("digests", "."):
        for file in sorted((files("pipeline") / folder).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                code.update(file.read_bytes())
    return code.hexdigest()
