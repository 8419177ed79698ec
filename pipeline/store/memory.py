"""Results of stages, kept beside the outputs by the content of what they were made from.

Any pure function can be remembered: its key is the hash of all that it was given, and of the code.
Nothing rests on it: what is missing, damaged or cannot be written is worked out anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import msgspec

T = TypeVar("T")

NAME = ".memory.sqlite"
FORMER_NAME = ".parsed.sqlite"
WAIT_S = 1.0
"""How long to wait for another build of the same folder before working without memory."""
MOST_UNUSED = 2
"""Results that a build did not use are forgotten where they are so many times those it did."""
_KEPT = "SELECT result FROM results WHERE key = ?"
_KEEP = "INSERT OR REPLACE INTO results VALUES (?, ?)"
_SUFFIXES = (".py", ".toml", ".json", ".js", ".css", ".html")
_INSTALLED = (".dist-info", ".egg-info")
_CHECK_BYTES = 4
_KEY_BYTES = 16


class Memory:
    """Results by key. Where they cannot be written, as on a full disk, they are held until the end.

    `unkept` then says why.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._held: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self.unkept: str | None = None
        database.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, result BLOB)")

    def of(self, keys: Iterable[bytes], kind: type[T]) -> dict[bytes, T]:
        """The results that are kept under these keys, of this kind; none that is damaged."""
        decoder = msgspec.msgpack.Decoder(kind)
        results: dict[bytes, T] = {}
        for key in keys:
            if packed := self._packed(key):
                with suppress(msgspec.DecodeError):
                    results[key] = decoder.decode(packed)
                    self._used.add(key)
        return results

    def keep(self, results: Mapping[bytes, object]) -> None:
        """Keeps each result under its key."""
        encode = msgspec.msgpack.Encoder().encode
        rows = [(key, _checked(encode(result))) for key, result in results.items()]
        self._used.update(results)
        try:
            self._database.executemany(_KEEP, rows)
        except sqlite3.Error as error:
            self._held.update(rows)
            self.unkept = self.unkept or _unkept(error)

    def settle(self) -> None:
        """Writes what is kept so far, so that a run that is killed later has not lost it."""
        try:
            self._database.commit()
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            self.unkept = self.unkept or _unkept(error)

    def close(self) -> None:
        """Writes what is kept, as far as that is possible, and forgets what is of no use."""
        try:
            self._forget_unused()
            self._database.commit()
        except sqlite3.Error as error:
            self.unkept = self.unkept or _unkept(error)
        finally:
            self._database.close()

    def leave(self) -> None:
        """Writes what is kept, and forgets nothing."""
        with closing(self._database):
            self._database.commit()

    def _packed(self, key: bytes) -> bytes | None:
        if key in self._held:
            return _unchecked(self._held[key])
        try:
            row = self._database.execute(_KEPT, (key,)).fetchone()
        except sqlite3.Error:
            return None
        return _unchecked(row[0]) if row else None

    def _forget_unused(self) -> None:
        (count,) = self._database.execute("SELECT count(*) FROM results").fetchone()
        if count <= (MOST_UNUSED + 1) * len(self._used):
            return
        keys = [key for (key,) in self._database.execute("SELECT key FROM results")]
        unused = ((key,) for key in keys if key not in self._used)
        self._database.executemany("DELETE FROM results WHERE key = ?", unused)


def key_of(stage: str, *made_from: bytes | memoryview) -> bytes:
    """What the result of a stage is kept under: other inputs or other code are another key."""
    digest = hashlib.sha256(_code_hash())
    for part in (stage.encode(), *made_from):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()[:_KEY_BYTES]


@contextmanager
def memory_in(folder: Path | None) -> Iterator[Memory]:
    """The memory of an output folder; none beyond the block where it can hold none."""
    memory = _opened(folder)
    try:
        yield memory
    finally:
        memory.close()


@contextmanager
def as_remembered(folder: Path) -> Iterator[Memory | None]:
    """The memory of an output folder to look at, which stays as it is; None where there is none."""
    place = f"file:{quote(str((folder / NAME).absolute()))}?mode=ro"
    try:
        database = sqlite3.connect(place, uri=True, timeout=0)
    except sqlite3.Error:
        yield None
        return
    with closing(database):
        try:
            memory = Memory(database)
        except sqlite3.Error:
            yield None
            return
        yield memory


def remember(folder: Path, results: Mapping[bytes, object]) -> None:
    """Keeps results beside all others, where that is possible."""
    with suppress(sqlite3.Error):
        memory = _connected(_place(folder))
        memory.keep(results)
        memory.leave()


def _opened(folder: Path | None) -> Memory:
    unkept = None
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FORMER_NAME).unlink(missing_ok=True)
            return _connected(_place(folder))
        except sqlite3.OperationalError as error:
            # Another build that holds it is no fault to tell of.
            unkept = None if "locked" in str(error) else _unkept(error)
        except sqlite3.DatabaseError:
            # A damaged file holds nothing that cannot be worked out again.
            with suppress(OSError):
                (folder / NAME).unlink(missing_ok=True)
        except OSError as error:
            unkept = _unkept(error)
    memory = _connected(":memory:")
    memory.unkept = unkept
    return memory


def _unkept(error: Exception) -> str:
    why = getattr(error, "strerror", None) or str(error)
    return f"what was worked out is not remembered ({why}); the next build does all of it anew."


def _place(folder: Path) -> str:
    # SQLite takes a name that begins with `file:` for an address.
    return str((folder / NAME).absolute())


def _connected(place: str) -> Memory:
    database = sqlite3.connect(place, timeout=WAIT_S)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        # One build writes at a time; another finds it held here, once, and goes on without memory.
        database.execute("BEGIN IMMEDIATE")
        return Memory(database)
    except sqlite3.Error:
        database.close()
        raise


def _checked(packed: bytes) -> bytes:
    return zlib.crc32(packed).to_bytes(_CHECK_BYTES, "big") + packed


def _unchecked(row: object) -> bytes | None:
    if not isinstance(row, bytes) or len(row) <= _CHECK_BYTES:
        return None
    packed = row[_CHECK_BYTES:]
    return packed if _checked(packed) == row else None


@lru_cache(maxsize=1)
def _code_hash() -> bytes:
    """The hash of this package with all that ships, of the packages beside it, and of Python."""
    code = hashlib.sha256(sys.version.encode())
    code.update("\0".join(sorted(_packages())).encode())
    for name, file in sorted(_code(files("pipeline"), ""), key=lambda named: named[0]):
        code.update(f"{name}\0".encode())
        code.update(file.read_bytes())
    return code.digest()


def _code(folder: Traversable, place: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        name = f"{place}/{each.name}"
        if each.name.endswith(_SUFFIXES):
            yield name, each
        elif each.is_dir() and each.name != "__pycache__":
            yield from _code(each, name)


def _packages() -> Iterator[str]:
    """The packages that are installed, each with its version."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (each.name for each in folder.iterdir() if each.suffix in _INSTALLED)
