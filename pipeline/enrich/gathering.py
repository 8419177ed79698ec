"""Facts from a service: what is kept of it, and the rest through a fetch, a batch at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from pipeline.model.errors import AnswerError, FetchError, OfflineError, RestingError
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Fetch, LookupResult, Payloads, Request, Source, State

REFUSED_WHOLE = (200, 400, 413)
"""With these a service refuses a batch for one key of it, or for its size: halves may pass."""
REFUSED_ALL = (401, 402, 407)
"""With these it would refuse every other key too: a wrong key of ours, a proxy."""
MOST_IN_A_ROW = 5
"""A service that fails on so many single keys, and on nothing between them, is out of order."""


class Memory(Protocol):
    """What is kept of earlier answers, by source and key."""

    def known(
        self, source: str, keys: Iterable[str], not_before: date | None = None
    ) -> Mapping[str, bytes | None]:
        """The payload of each key that is kept; None where the source did not know it."""

    def days_of(self, source: str, keys: Iterable[str]) -> Mapping[str, date]:
        """The day of each payload."""

    def keep(self, source: str, payloads: Payloads, day: date) -> None:
        """Keeps the payloads of an answer, all or none."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a service is asked: through which fetch, with which memory, and on which day (UTC).

    Payloads kept before `not_before` are asked for anew. `stopped` gives the reason to ask no more,
    once there is one.
    """

    fetch: Fetch
    memory: Memory
    day: date
    not_before: date | None = None
    stopped: Callable[[], str | None] = lambda: None


def missing(source: Source, keys: Sequence[str], asking: Asking) -> list[str]:
    """The keys that a source would have to be asked for."""
    kept = asking.memory.known(source.name, keys, asking.not_before)
    return [key for key in dict.fromkeys(keys) if key not in kept]


def gathered(source: Source, keys: Sequence[str], asking: Asking) -> Iterator[LookupResult]:
    """What a source says of each key, once, in no order: first what is kept, then what is asked.

    A service that does not answer, or asks to be left alone, is not asked for the other keys.
    Each answer is kept before it is told, so that a run that is broken off goes on where it was.
    What was to be asked anew, and could not be, is told as it was kept, with the reason.
    """
    kept = asking.memory.known(source.name, keys, asking.not_before)
    yield from _kept_told(source, kept, asking.memory)
    others = [key for key in dict.fromkeys(keys) if key not in kept]
    older = asking.memory.known(source.name, others) if asking.not_before else {}
    known_good_key = next((key for key, payload in kept.items() if payload), None)
    for told in _BatchedLookup(source, asking, known_good_key).told_of(others):
        if told.state in ("found", "unknown") or told.key not in older:
            yield told
        else:
            for before in _kept_told(source, {told.key: older[told.key]}, asking.memory):
                yield replace(before, reason=f"as it was kept; {told.reason}")


def remembered(
    source: Source, keys: Iterable[str], memory: Memory, not_before: date | None = None
) -> Iterator[LookupResult]:
    """What is kept of the keys, told; nothing of the others."""
    yield from _kept_told(source, memory.known(source.name, keys, not_before), memory)


class _BatchedLookup:
    """The questions of one source to its service, a batch at a time.

    `known_good_key` is a key that the service is known to know.

    A source that drops keys is believed that it does not know one when it said so twice, the
    second time beside that key where there is one: an empty answer may be no answer at all.
    """

    def __init__(self, source: Source, asking: Asking, known_good_key: str | None) -> None:
        self._source = source
        self._asking = asking
        self._known_good_key = known_good_key
        self._doubtful: list[str] = []
        self._failed_in_a_row = 0
        self._ends: str | None = None

    def told_of(self, keys: Sequence[str]) -> Iterator[LookupResult]:
        """What the service says of each key; doubtful ones are asked again a batch at a time."""
        size = self._source.max_keys
        for first in range(0, len(keys), size):
            yield from self._told(keys[first : first + size], believed=not self._source.drops)
            if len(self._doubtful) >= size:
                yield from self._told_again(size)
        while self._doubtful:
            yield from self._told_again(size)

    def _told_again(self, size: int) -> Iterator[LookupResult]:
        by_id = self._source.keyed_by == "arxiv_id" and size > 1
        batch = self._doubtful[: size - 1 if self._known_good_key and by_id else size]
        del self._doubtful[: len(batch)]
        seen = [self._known_good_key] if self._known_good_key and by_id else []
        yield from (t for t in self._told([*batch, *seen], believed=True) if t.key not in seen)

    def _told(self, batch: Sequence[str], *, believed: bool) -> Iterator[LookupResult]:
        """A batch, or the halves of it where it is refused as a whole, down to single keys."""
        parts = deque([list(batch)])
        while parts:
            part = parts.popleft()
            self._ends = self._ends or self._asking.stopped()
            if self._ends:
                yield from self._untold(part, "not asked", self._ends)
                continue
            try:
                payloads = self._asking.fetch(self._source.ask(part)).payloads
            except FetchError as error:
                if len(part) > 1 and _splits(error):
                    half = len(part) // 2
                    parts.extendleft((part[half:], part[:half]))
                else:
                    yield from self._failed(part, error)
            else:
                self._failed_in_a_row = 0
                yield from self._kept(payloads, believed=believed)

    def _kept(self, payloads: Payloads, *, believed: bool) -> Iterator[LookupResult]:
        """The payloads of an answer, kept; an "unknown" that is not yet `believed` is put off."""
        source, asking = self._source, self._asking
        sure = tuple((key, payload) for key, payload in payloads if believed or payload is not None)
        asking.memory.keep(source.name, sure, asking.day)
        for key, payload in payloads:
            if payload is not None:
                self._known_good_key = self._known_good_key or key
                yield _told(source, key, payload, asking.day)
            elif believed:
                yield self._unknown(key)
            else:
                self._doubtful.append(key)

    def _unknown(self, key: str) -> LookupResult:
        """What is told of a key that the service does not know, or no longer knows."""
        source, asking = self._source, self._asking
        held = {k: p for k, p in asking.memory.known(source.name, [key]).items() if p is not None}
        unknown = LookupResult(source.name, key, "unknown", day=asking.day)
        return next(_kept_told(source, held, asking.memory), unknown)

    def _failed(self, keys: Sequence[str], error: FetchError) -> Iterator[LookupResult]:
        reason = _reason(error)
        self._failed_in_a_row += 1
        if _is_of_the_service(error) or self._failed_in_a_row == MOST_IN_A_ROW:
            self._ends = reason
        spared = isinstance(error, OfflineError) or _rests(error)
        yield from self._untold(keys, "not asked" if spared else "failed", reason)

    def _untold(self, keys: Iterable[str], state: State, reason: str) -> Iterator[LookupResult]:
        return (LookupResult(self._source.name, key, state, reason=reason) for key in keys)


def _kept_told(
    source: Source, kept: Mapping[str, bytes | None], memory: Memory
) -> Iterator[LookupResult]:
    days = memory.days_of(source.name, kept)
    for key, payload in kept.items():
        yield replace(_told(source, key, payload, days[key]), kept=True)


def _splits(error: FetchError) -> bool:
    return isinstance(error, AnswerError) or error.status in REFUSED_WHOLE


def _is_of_the_service(error: FetchError) -> bool:
    """Whether other keys would fare no better: it rests, is down, or cannot be reached."""
    if isinstance(error, AnswerError):
        return False
    status = error.status
    resting = isinstance(error, RestingError)
    return resting or status is None or status >= 500 or status in REFUSED_ALL


def _rests(error: FetchError) -> bool:
    """Whether it rested from before, so that this was not asked at all."""
    return isinstance(error, RestingError) and error.status is None


def _reason(error: FetchError) -> str:
    if isinstance(error, OfflineError):
        return "no request was allowed"
    if isinstance(error, RestingError):
        return f"{error.reason}; asked again after {error.until:%Y-%m-%d %H:%M} UTC"
    return error.reason


def _told(source: Source, key: str, payload: bytes | None, day: date) -> LookupResult:
    if payload is None:
        return LookupResult(source.name, key, "unknown", day=day)
    records = list(source.read(Answer(Request(source.name, "kept:", (key,)), ((key, payload),))))
    facts = tuple(record for record in records if isinstance(record, Facts))
    reasons = [record.reason for record in records if isinstance(record, Skip)]
    state: State = "found" if facts or not reasons else "failed"
    return LookupResult(source.name, key, state, facts, day, "; ".join(reasons) or None)
