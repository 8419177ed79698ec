"""What files were read as, kept beside the outputs, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from pipeline.model.records import Document, Entry, IdAccount, Mention, PrintedIn, Skip

NAME = ".parsed.sqlite"
WAIT_S = 1.0
"""How long to wait for another build of the same folder before reading without memory."""


class ParsedFiles:
    """Records by the content of their file, its name, and the code that read it.

    Where they cannot be written, as on a full disk, they are held in memory until the end of the
    run, and `unkept` says why.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._held: dict[str, Sequence[Entry | Skip]] = {}
        self.unkept: str | None = None
        self._code = _code_hash()
        self._accounts: dict[str, IdAccount] = {}
        for table, holds in (("parsed", "records"), ("printed", "account")):
            database.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, {holds} TEXT)"
            )

    def key_of(self, document: Document) -> str:
        """What the records of a document are kept under; another content is another key.

        Raises OSError where it cannot be read.
        """
        content = hashlib.sha256(f"{self._code}\0{document.file}\0".encode())
        for chunk in document.chunks():
            content.update(chunk)
        return content.hexdigest()

    def of(self, key: str) -> Sequence[Entry | Skip] | None:
        """The records that are kept under a key; None if there are none, or damaged ones."""
        if key in self._held:
            return self._held[key]
        asked = "SELECT records FROM parsed WHERE key = ?"
        try:
            row = self._database.execute(asked, (key,)).fetchone()
            return [_record(*known) for known in orjson.loads(row[0])] if row else None
        except (ValueError, TypeError, KeyError, sqlite3.Error):
            return None

    def keep(self, key: str, records: Sequence[Entry | Skip]) -> None:
        """Keeps the records under the key."""
        text = orjson.dumps([(type(record).__name__, record) for record in records]).decode()
        try:
            self._database.execute("INSERT OR REPLACE INTO parsed VALUES (?, ?)", (key, text))
        except sqlite3.Error as error:
            self._held[key] = records
            self.unkept = self.unkept or _unkept(error)

    def account_of(self, key: str) -> IdAccount | None:
        """Where the ids went that a file prints; None where that is not kept."""
        if key in self._accounts:
            return self._accounts[key]
        asked = "SELECT account FROM printed WHERE key = ?"
        try:
            row = self._database.execute(asked, (key,)).fetchone()
            known = orjson.loads(row[0]) if row else None
            return (
                IdAccount(known["file"], tuple(PrintedIn(**each) for each in known["printed"]))
                if known
                else None
            )
        except (ValueError, TypeError, KeyError, sqlite3.Error):
            return None

    def keep_account(self, key: str, account: IdAccount) -> None:
        """Keeps the account of a file under the key of its records."""
        try:
            kept = (key, orjson.dumps(account).decode())
            self._database.execute("INSERT OR REPLACE INTO printed VALUES (?, ?)", kept)
        except sqlite3.Error as error:
            self._accounts[key] = account
            self.unkept = self.unkept or _unkept(error)

    def close(self) -> None:
        """Writes what is kept, as far as that is possible."""
        try:
            self._database.commit()
        except sqlite3.Error as error:
            self.unkept = self.unkept or _unkept(error)
        finally:
            self._database.close()


@contextmanager
def parsed_files(folder: Path | None) -> Iterator[ParsedFiles]:
    """The parsed files of an output folder; in memory alone where it can hold none."""
    kept = _opened(folder)
    try:
        yield kept
    finally:
        kept.close()


def _opened(folder: Path | None) -> ParsedFiles:
    unkept = None
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _connected(str(folder / NAME))
        except sqlite3.OperationalError as error:
            # Another build that holds it is no fault to tell of.
            unkept = None if "locked" in str(error) else _unkept(error)
        except sqlite3.DatabaseError:
            # A damaged file holds nothing that cannot be read again.
            with suppress(OSError):
                (folder / NAME).unlink(missing_ok=True)
        except OSError as error:
            unkept = _unkept(error)
    kept = _connected(":memory:")
    kept.unkept = unkept
    return kept


def _unkept(error: Exception) -> str:
    why = getattr(error, "strerror", None) or str(error)
    return f"what was read of each file is not remembered ({why}); the next build reads all anew."


def _connected(place: str) -> ParsedFiles:
    database = sqlite3.connect(place, timeout=WAIT_S)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        # One build writes at a time; another finds it held here, once, and reads without memory.
        database.execute("BEGIN IMMEDIATE")
        return ParsedFiles(database)
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
    for folder in ("digests", "model"):
        for file in sorted((files("pipeline") / folder).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                code.update(file.read_bytes())
    return code.hexdigest()
