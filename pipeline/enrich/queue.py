"""The questions to one source that are still open, a batch at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from pipeline.enrich.remembering import AnswerCache, remembered, told_of
from pipeline.model.errors import DroppedKeyError
from pipeline.model.services import LookupResult, Payloads, Reply, Request, Source, State

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
    second time beside a key that it has where there is one: an empty answer may be no answer at
    all. Keys that failed in an earlier run come last, each alone.
    """

    def __init__(self, source: Source, memory: AnswerCache, day: date) -> None:
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
        self._stated_key = source.known_key

    def __len__(self) -> int:
        parts = (*self._parts, *self._last)
        return len(self._fresh) + len(self._doubtful) + sum(len(part.keys) for part in parts)

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
        """What an answer tells; it is kept first. An "unknown" not yet `believed` is put off.

        Where the source did not even have the key that it is said to have, no "unknown" is kept.
        """
        self.answers += 1
        payloads = tuple((key, payload) for key, payload in payloads if key in batch.keys)
        kept_unknown = batch.believed and self._stated_key == self.source.known_key
        sure = tuple((k, p) for k, p in payloads if kept_unknown or p is not None)
        self._memory.keep(self.source.name, sure, self._day)
        for key, payload in payloads:
            if payload is not None:
                self._known_good_key = self._known_good_key or key
                yield told_of(self.source, key, payload, self._day)
            elif batch.believed:
                yield self._unknown(key)
            else:
                self._doubtful.append(key)

    def is_divisible(self, batch: Batch) -> bool:
        """Whether parts of a batch are other requests: a file for all keys is one and the same."""
        return len(batch.keys) > 1 and not self.source.is_one_file

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

    def dropped(self, batch: Batch) -> None:
        """Tries a batch once more after all others, without the key that the source should have."""
        self._stated_key = None
        self.put_aside(batch)

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
        """Doubtful keys, with room for one that the source has, where one is known."""
        known_key = self._known_good_key or self._stated_key
        with_known_key = self.source.keyed_by == "arxiv_id" and self._size > 1 and known_key
        keys = _taken(self._doubtful, self._size - 1 if with_known_key else self._size)
        return Batch(keys, believed=True)

    def request_for(self, batch: Batch) -> Request:
        """The request for the keys of a batch, and for one that the source has where it is doubted.

        Its answer is none (DroppedKeyError) if it does not know that one.
        """
        known_key = self._key_beside(batch)
        request = self.source.ask(self.asked_with(batch))
        if known_key is None:
            return request
        return replace(request, split_by_key=partial(_with_key, known_key, request))

    def asked_with(self, batch: Batch) -> tuple[str, ...]:
        """The keys that a request for a batch names: its own, and one that the source has."""
        known_key = self._key_beside(batch)
        beside = known_key and known_key not in batch.keys
        return (*batch.keys, known_key) if known_key and beside else batch.keys

    def _key_beside(self, batch: Batch) -> str | None:
        doubted = batch.believed and self.source.drops and self.source.keyed_by == "arxiv_id"
        if not doubted or len(batch.keys) >= self.source.max_keys:
            return None
        return self._known_good_key or (self._stated_key if len(batch.keys) > 1 else None)

    def _unknown(self, key: str) -> LookupResult:
        """What is told of a key that the source does not know, or no longer knows."""
        unknown = LookupResult(self.source.name, key, "unknown", day=self._day)
        before = (t for t in remembered(self.source, [key], self._memory) if t.state == "found")
        return next(before, unknown)


def _with_key(known_key: str, asked: Request, request: Request, reply: Reply) -> Payloads:
    payloads = asked.split_by_key(request, reply) if asked.split_by_key else ()
    if dict(payloads).get(known_key) is None:
        reason = f"sent nothing on {known_key}, which is there"
        raise DroppedKeyError(request.url, reason, reply.status)
    return payloads


def _taken(keys: deque[str], number: int) -> tuple[str, ...]:
    return tuple(keys.popleft() for _ in range(min(number, len(keys))))
