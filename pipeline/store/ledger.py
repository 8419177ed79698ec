"""The ledger: every validated answer, by source and key, kept over runs in one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from pipeline.model.errors import DataError
from pipeline.store.ledger_file import FAILURES, is_damage, of_many, opened, row_hash, transaction

T = TypeVar("T")

UNKNOWN_DAYS = 30
_KEPT = "SELECT source, key, day, content, hash FROM pieces WHERE source = ? AND key = ?"
_KEPT_OF_MANY = """
    SELECT source, key, day, content, hash FROM pieces WHERE source = ? AND key IN ({})"""
_ANY = "SELECT 1 FROM pieces WHERE source = ? LIMIT 1"
_KEEP = "INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?)"
_RESTING = "SELECT name, until, reason, refusals, hash FROM rests"
_REST = "INSERT OR REPLACE INTO rests VALUES (?, ?, ?, ?, ?)"
_WAKE = "DELETE FROM rests WHERE name = ?"
_FAILING = "SELECT key FROM failures WHERE source = ? AND key IN ({})"
_FAILED = "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)"
_RECOVERED = "DELETE FROM failures WHERE source = ? AND key = ?"
_CONTENTS = """
    SELECT source, count(content), count(*) - count(content), min(day), max(day)
    FROM pieces GROUP BY source ORDER BY source"""


class Rest(NamedTuple):
    """Until when a service is left alone (UTC), why, and after how many refusals in a row."""

    until: datetime
    reason: str
    refusals: int


class SourceHoldings(NamedTuple):
    """What the ledger holds of a source: papers found, papers unknown, first and last day."""

    source: str
    found: int
    unknown: int
    oldest: str
    newest: str


class _PayloadRow(NamedTuple):
    day: date
    content: bytes | None


def _today() -> date:
    return datetime.now(UTC).date()


class Ledger:
    """The ledger in a file, open while the `with` block lasts. Threads and processes may share it.

    A row whose hash is wrong is as if it were not there, and counted in `damaged`. A file that
    cannot be read is moved aside with what can be saved of it saved; `message` then says so, and
    is None otherwise. Every method raises DataError where the file cannot be used.
    """

    def __init__(
        self, path: Path, today: Callable[[], date] = _today, unknown_days: int = UNKNOWN_DAYS
    ) -> None:
        self.path = path
        self.damaged = 0
        self.message: str | None = None
        self._today = today
        self._unknown_days = unknown_days
        self._lock = threading.RLock()
        self._database: sqlite3.Connection | None = None
        self._inode: int | None = None

    def __enter__(self) -> Self:
        with self._lock:
            self._open(damaged=False)
        return self

    def __exit__(self, *error: object) -> None:
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None

    @property
    def size_bytes(self) -> int:
        """The bytes of the file, with those that are not yet folded into it."""
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def known(
        self, source: str, keys: Iterable[str], not_before: date | None = None
    ) -> dict[str, bytes | None]:
        """The piece of each key that is known; None where the source said it does not know it.

        Keys that have to be asked for are left out: those never asked, those last asked before
        `not_before`, and those that were unknown 30 days ago or more.
        """
        rows = self._rows(source, keys)
        return {key: row.content for key, row in rows.items() if self._holds(row, not_before)}

    def days_of(self, source: str, keys: Iterable[str]) -> dict[str, date]:
        """The day on which each key that was ever asked got its answer (UTC)."""
        return {key: row.day for key, row in self._rows(source, keys).items()}

    def keep(self, source: str, pieces: Iterable[tuple[str, bytes | None]], day: date) -> None:
        """Keeps the pieces of one answer: all of them, or, if the process dies, none.

        What was found stays where a later answer says "unknown". An older day never replaces a
        newer one, but one that is yet to come.
        """
        packed = [(key, None if text is None else zlib.compress(text)) for key, text in pieces]
        latest = max(day, self._today())

        def kept(database: sqlite3.Connection) -> None:
            for key, content in packed:
                before = self._row(database, source, key)
                if before is not None:
                    loses = content is None and before.content is not None
                    if loses or day < before.day <= latest:
                        continue
                row = (source, _storable(key), day.isoformat(), content)
                database.execute(_KEEP, (*row, row_hash(*row)))
                database.execute(_RECOVERED, row[:2])
            # In a damaged file a row can be written to where it is not found again.
            if any(self._row(database, source, key) is None for key, _ in packed):
                raise sqlite3.DatabaseError("what was written is not there")

        self._write(kept)

    def failing(self, source: str, keys: Iterable[str]) -> set[str]:
        """The keys that failed last time though the source answered others: poison, mostly."""
        by_stored = {_storable(key): key for key in keys}
        rows = self._done(lambda database: list(of_many(database, _FAILING, source, by_stored)))
        return {by_stored[key] for (key,) in rows}

    def note_failing(self, source: str, keys: Iterable[str], day: date) -> None:
        """Notes keys that failed though the source answered others, until an answer is kept."""
        rows = [(source, _storable(key), day.isoformat()) for key in keys]
        self._write(lambda database: database.executemany(_FAILED, rows))

    def rest_of(self, group: str) -> Rest | None:
        """The rest of a group of hosts, even one that is over; None if there is none."""
        return self.rests().get(group)

    def resting_until(self, group: str) -> datetime | None:
        """Until when a group is to be left alone, even if that is past; None if it never was."""
        rest = self.rest_of(group)
        return rest.until if rest else None

    def rests(self) -> dict[str, Rest]:
        """Every rest, by group, those that are over too."""
        return self._done(_rests)

    def rest(self, group: str, until: datetime, reason: str) -> None:
        """Lets a group rest until then, after one more refusal."""

        def rested(database: sqlite3.Connection) -> None:
            before = _rests(database).get(group)
            _put(database, group, Rest(until, reason, before.refusals + 1 if before else 1))

        self._write(rested)

    def move_rest(self, group: str, was: datetime, until: datetime) -> bool:
        """Whether the rest of a group still ended at `was`; if so it now ends at `until`.

        Of processes that try this at once, one succeeds.
        """

        def moved(database: sqlite3.Connection) -> bool:
            before = _rests(database).get(group)
            if before is None or before.until != was:
                return False
            _put(database, group, before._replace(until=until))
            return True

        return self._write(moved)

    def wake(self, group: str) -> None:
        """Forgets the rest of a group."""
        self._write(lambda database: database.execute(_WAKE, (group,)))

    def contents(self) -> tuple[SourceHoldings, ...]:
        """What is held of each source, by name, as the rows say it, unchecked."""
        return self._done(lambda database: tuple(map(_held, database.execute(_CONTENTS))))

    def _holds(self, row: _PayloadRow, not_before: date | None) -> bool:
        if not_before is not None and row.day < not_before:
            return False
        if row.content is not None:
            return True
        age = self._today() - row.day
        # A day that is yet to come was noted by a clock that was wrong.
        return timedelta(days=-1) <= age < timedelta(days=self._unknown_days)

    def _rows(self, source: str, keys: Iterable[str]) -> dict[str, _PayloadRow]:
        by_stored = {_storable(key): key for key in keys}

        def looked_up(database: sqlite3.Connection) -> dict[str, _PayloadRow]:
            row_of: dict[str, _PayloadRow] = {}
            if not database.execute(_ANY, (source,)).fetchone():
                return row_of
            for row in of_many(database, _KEPT_OF_MANY, source, by_stored):
                if checked_row := self._checked((source, row[1]), row):
                    row_of[by_stored[row[1]]] = checked_row
            return row_of

        rows = self._done(looked_up)
        return {key: rows[key] for key in by_stored.values() if key in rows}

    def _row(self, database: sqlite3.Connection, source: str, key: str) -> _PayloadRow | None:
        asked = (source, _storable(key))
        row = database.execute(_KEPT, asked).fetchone()
        return self._checked(asked, row) if row else None

    def _checked(self, asked: tuple[str, str], stored_row: tuple[Any, ...]) -> _PayloadRow | None:
        """The row; None, and counted as damaged, where it is not as it was written."""
        *row, digest = stored_row
        if tuple(row[:2]) == asked and row_hash(*row) == digest:
            content = None if row[3] is None else zlib.decompress(row[3])
            return _PayloadRow(date.fromisoformat(row[2]), content)
        self.damaged += 1
        return None

    def _write(self, action: Callable[[sqlite3.Connection], T]) -> T:
        def written(database: sqlite3.Connection) -> T:
            with transaction(database):
                return action(database)

        return self._done(written)

    def _done(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """What the action gives; where it finds damage, what it gives in a new ledger."""
        with self._lock:
            if self._database is None:
                raise DataError(self.path, "the ledger is not open", "Open it with `with`.")
            try:
                return action(self._database)
            except FAILURES as error:
                if not is_damage(error, self.path):
                    raise self._unusable(error) from error
                self._database.close()
            self._open(damaged=self._is_here())
            try:
                return action(self._database)
            except FAILURES as error:
                raise self._unusable(error) from error

    def _open(self, damaged: bool) -> None:
        try:
            self._database, message = opened(self.path, damaged)
            self._inode = self.path.stat().st_ino
        except (OSError, *FAILURES) as error:
            self._database = None
            raise self._unusable(error) from error
        self.message = message or self.message

    def _is_here(self) -> bool:
        """Whether the file is still the one that was opened; another process may have moved it."""
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return False

    def _unusable(self, error: Exception) -> DataError:
        remedy = "Make room for it, or give another place."
        return DataError(self.path, f"the ledger cannot be used ({error})", remedy)


def _storable(key: str) -> str:
    """The key without what SQLite cannot hold: halves of surrogate pairs."""
    return key.encode("utf-8", "backslashreplace").decode("utf-8")


def _held(row: tuple[str, int, int, str, str]) -> SourceHoldings:
    return SourceHoldings(*row)


def _rests(database: sqlite3.Connection) -> dict[str, Rest]:
    rests = {}
    for *row, digest in database.execute(_RESTING):
        if row_hash(*row) == digest:
            name, until, reason, refusals = row
            rests[name] = Rest(datetime.fromisoformat(until), reason, refusals)
    return rests


def _put(database: sqlite3.Connection, group: str, rest: Rest) -> None:
    row = (group, rest.until.isoformat(), rest.reason, rest.refusals)
    database.execute(_REST, (*row, row_hash(*row)))
