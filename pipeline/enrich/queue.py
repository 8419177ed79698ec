"""The questions to one source that are still open, a batch at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pipeline.enrich.remembering import Memory, remembered, told_of
from pipeline.model.services import LookupResult, Payloads, Source, State

SMALLEST = 25
"""A batch that is too heavy for a service is halved down to so many keys, and no further."""


class Batch(NamedTuple):
    """Keys to ask for at once.

    An "unknown" is `believed`, or doubted. A failure is `final`, or the batch is tried once more
    after all others.
    """

    keys: tuple[str, ...]
    believed: bool
    final: bool = False


class SourceQueue:
    """What one source is still to be asked: new keys, doubtful ones, and last those that failed.

    A source that drops keys is believed that it does not know one when it said so twice, the
    second time beside a key that it knows where there is one: an empty answer may be no answer at
    all. Keys that failed in an earlier run come last, each alone.
    """

    def __init__(self, source: Source, memory: Memory, day: date) -> None:
        self.source = source
        self.answers = 0
        self._memory = memory
        self._day = day
        self._size = source.max_keys
        self._parts: deque[Batch] = deque()
        self._fresh: deque[str] = deque()
        self._doubtful: deque[str] = deque()
        self._last: deque[Batch] = deque()
        self._known_good_key: str | None = None

    def __len__(self) -> int:
        parts = (*self._parts, *self._last)
        return len(self._fresh) + len(self._doubtful) + sum(len(part.keys) for part in parts)

    @property
    def requests(self) -> int:
        """How many requests are still to be sent, if none fails."""
        waiting = len(self._fresh) + len(self._doubtful)
        return -(-waiting // self._size) + len(self._parts) + len(self._last)

    def has_untried(self) -> bool:
        """Whether more is left than what failed before."""
        return bool(self._parts or self._fresh or self._doubtful)

    def add(self, keys: Iterable[str]) -> None:
        """Keys to be asked for, each one once."""
        asked = tuple(dict.fromkeys(keys))
        failing = self._memory.failing(self.source.name, asked)
        self._fresh.extend(key for key in asked if key not in failing)
        believed = not self.source.drops
        self._last.extend(Batch((k,), believed, final=True) for k in asked if k in failing)

    def next(self) -> Batch | None:
        """The next batch to ask for, which leaves the queue; None where nothing is left."""
        if self._parts:
            return self._parts.popleft()
        if self._fresh and len(self._doubtful) < self._size:
            return Batch(_taken(self._fresh, self._size), believed=not self.source.drops)
        if self._doubtful:
            return self._doubted()
        return self._last.popleft() if self._last else None

    def answered(self, batch: Batch, payloads: Payloads) -> Iterator[LookupResult]:
        """What an answer tells; it is kept first. An "unknown" not yet `believed` is put off."""
        self.answers += 1
        sure = tuple((k, p) for k, p in payloads if batch.believed or p is not None)
        self._memory.keep(self.source.name, sure, self._day)
        for key, payload in payloads:
            if key not in batch.keys:
                continue
            if payload is not None:
                self._known_good_key = self._known_good_key or key
                yield told_of(self.source, key, payload, self._day)
            elif batch.believed:
                yield self._unknown(key)
            else:
                self._doubtful.append(key)

    def halved(self, batch: Batch) -> None:
        """Asks for the halves of a batch instead, next."""
        half = len(batch.keys) // 2
        parts = (batch._replace(keys=batch.keys[:half]), batch._replace(keys=batch.keys[half:]))
        self._parts.extendleft(reversed(parts))

    def lightened(self, batch: Batch) -> None:
        """Halves a batch that was too heavy, and those that are still to come."""
        self._size = max(SMALLEST, min(self._size, len(batch.keys) // 2))
        self.halved(batch)

    def put_aside(self, batch: Batch) -> None:
        """Tries a batch once more after all others."""
        self._last.append(batch._replace(final=True))

    def put_back(self, batches: Iterable[Batch]) -> None:
        """Asks for these batches again, next, and as many keys at once as at first."""
        self._size = self.source.max_keys
        for batch in (*self._parts, *batches):
            (self._doubtful if batch.believed and self.source.drops else self._fresh).extendleft(
                reversed(batch.keys)
            )
        self._parts.clear()

    def failed(self, batch: Batch, reason: str, state: State = "failed") -> Iterator[LookupResult]:
        """What is told of the keys of a batch that got no answer, for good in this run."""
        if self.answers and state == "failed":
            self._memory.note_failing(self.source.name, batch.keys, self._day)
        return (LookupResult(self.source.name, k, state, reason=reason) for k in batch.keys)

    def abandoned(self, reason: str) -> Iterator[LookupResult]:
        """What is told of all keys that are left, which are not asked for after all."""
        while batch := self.next():
            state: State = "failed" if batch.final and len(batch.keys) == 1 else "not asked"
            yield from (LookupResult(self.source.name, k, state, reason=reason) for k in batch.keys)

    def _doubted(self) -> Batch:
        """Doubtful keys beside one that the source knows, where there is one."""
        with_good_key = (
            self.source.keyed_by == "arxiv_id" and self._size > 1 and self._known_good_key
        )
        keys = _taken(self._doubtful, self._size - 1 if with_good_key else self._size)
        return Batch(keys, believed=True)

    def asked_with(self, batch: Batch) -> tuple[str, ...]:
        """The keys that a request for a batch names: its own, and one that is known to be known."""
        good = self._known_good_key
        with_good_key = batch.believed and self.source.drops and self.source.keyed_by == "arxiv_id"
        many = self.source.max_keys > len(batch.keys)
        return (*batch.keys, good) if with_good_key and many and good else batch.keys

    def _unknown(self, key: str) -> LookupResult:
        """What is told of a key that the source does not know, or no longer knows."""
        unknown = LookupResult(self.source.name, key, "unknown", day=self._day)
        before = (t for t in remembered(self.source, [key], self._memory) if t.state == "found")
        return next(before, unknown)


def _taken(keys: deque[str], number: int) -> tuple[str, ...]:
    return tuple(keys.popleft() for _ in range(min(number, len(keys))))
