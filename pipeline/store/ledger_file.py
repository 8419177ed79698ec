"""The file of the ledger: its tables, opening it, and saving what can be saved of a damaged one."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock

from pipeline.model.counting import counted

KEYS_AT_ONCE = 500
WAIT_S = 30.0
FAILURES = (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError)
"""What reading a damaged file has been seen to raise, or may."""

_TABLES = {
    "pieces": (
        "CREATE TABLE pieces (source TEXT, key TEXT, day TEXT, content BLOB, hash BLOB,"
        " PRIMARY KEY (source, key))"
    ),
    "rests": (
        "CREATE TABLE rests (name TEXT PRIMARY KEY, until TEXT, reason TEXT, refusals INTEGER,"
        " hash BLOB) WITHOUT ROWID"
    ),
    "failures": (
        "CREATE TABLE failures (source TEXT, key TEXT, day TEXT,"
        " PRIMARY KEY (source, key)) WITHOUT ROWID"
    ),
}


_SAVING = (
    (
        "INSERT OR IGNORE INTO pieces VALUES (?, ?, ?, ?, ?)",
        "SELECT * FROM pieces ORDER BY rowid",
        "SELECT * FROM pieces ORDER BY rowid DESC",
    ),
    (
        "INSERT OR IGNORE INTO rests VALUES (?, ?, ?, ?, ?)",
        "SELECT * FROM rests ORDER BY name",
        "SELECT * FROM rests ORDER BY name DESC",
    ),
)


def holds_nothing(path: Path) -> bool:
    """Whether there is no ledger, or one without a row."""
    if not path.exists():
        return True
    place = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        with closing(sqlite3.connect(place, uri=True, timeout=0)) as database:
            asked = (f"SELECT 1 FROM {table} LIMIT 1" for table in _TABLES)  # noqa: S608 - our own
            return not any(database.execute(each).fetchone() for each in asked)
    except FAILURES:
        return False


def row_hash(*values: object) -> bytes:
    """The SHA-256 of the values of a row, told apart by type and length."""
    parts = hashlib.sha256()
    for value in values:
        text = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        parts.update(f"{type(value).__name__} {len(text)} ".encode())
        parts.update(text)
    return parts.digest()


def of_many(
    database: sqlite3.Connection, query: str, source: str, keys: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query about many keys of a source, asked for some at a time."""
    all_keys = list(keys)
    for first in range(0, len(all_keys), KEYS_AT_ONCE):
        some_keys = all_keys[first : first + KEYS_AT_ONCE]
        yield from database.execute(
            query.format(",".join("?" * len(some_keys))), (source, *some_keys)
        )


def opened(path: Path, damaged: bool = False) -> tuple[sqlite3.Connection, str | None]:
    """The ledger in a file, made if it is missing, and what there is to say about it.

    A file that is no ledger, or one that is known to be `damaged`, is moved aside under a new
    name; the rows of it that can be read and have the right hash go into a new ledger. Raises
    OSError and sqlite3.Error where nothing can be opened here.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f"{path.name}.lock"), timeout=WAIT_S):
        if not damaged:
            try:
                return _connected(path), None
            except FAILURES as error:
                if not is_damage(error, path):
                    raise
        aside = _moved_aside(path)
        database = _connected(path)
        saved = _save(aside, database)
        answers = counted(saved, "answer was", "answers were")
        message = f"{path} was damaged. It was moved to {aside.name}; {answers} saved."
        return database, message


def is_damage(error: Exception, path: Path) -> bool:
    """Whether an error says that the file is wrong, not that it is locked, missing or full."""
    if not isinstance(error, sqlite3.OperationalError):
        return not isinstance(error, sqlite3.ProgrammingError)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A damaged header can forbid writing to a file that may be written.
    forbidden = code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK)
    return code == sqlite3.SQLITE_ERROR or (forbidden and os.access(path.parent, os.W_OK))


def _connected(path: Path) -> sqlite3.Connection:
    # What a reader asks about is nobody else's business; SQLite's other files follow this one.
    with suppress(OSError):
        path.touch(mode=0o600)
    place = path.absolute()  # SQLite takes a name that begins with `file:` for an address.
    database = sqlite3.connect(place, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        for pragma in ("journal_mode = WAL", "cell_size_check = ON", "trusted_schema = OFF"):
            database.execute(f"PRAGMA {pragma}").fetchall()
        with transaction(database):
            _make_tables(database)
    except BaseException:
        database.close()
        raise
    return database


def _make_tables(database: sqlite3.Connection) -> None:
    tables = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    if not tables.items() <= _TABLES.items():
        raise sqlite3.DatabaseError("these are not the tables of a ledger")
    for name, statement in _TABLES.items():
        if name not in tables:
            database.execute(statement)


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """A transaction that alone may write. It is undone where the block raises."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


def _moved_aside(path: Path) -> Path:
    names = (f"{path.name}.damaged-{number}" for number in count(1))
    aside = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return aside


def _save(aside: Path, database: sqlite3.Connection) -> int:
    """How many rows with the right hash could be read, from either end up to the damage."""
    saved = 0
    with closing(sqlite3.connect(aside.absolute())) as damaged, transaction(database):
        damaged.text_factory = database.text_factory
        for put, *readings in _SAVING:
            for reading in readings:
                with suppress(*FAILURES):
                    for row in damaged.execute(reading):
                        if row_hash(*row[:-1]) == row[-1]:
                            saved += database.execute(put, row).rowcount
    return saved
