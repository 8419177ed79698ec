"""Facts from a service: what is kept of it, and the rest through a fetch, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol

from pipeline.errors import AnswerError, FetchError, OfflineError, RestingError
from pipeline.records import Facts, Skip
from pipeline.services import Answer, Fetch, Pieces, Request, Source, State, Told

REFUSED_WHOLE = (200, 400, 413)
"""With these a service refuses a batch for one key of it, or for its size: halves may pass."""


class Memory(Protocol):
    """What is kept of earlier answers, by source and key."""

    def known(
        self, source: str, keys: Iterable[str], not_before: date | None = None
    ) -> Mapping[str, bytes | None]:
        """The piece of each key that is kept; None where the source did not know it."""

    def days_of(self, source: str, keys: Iterable[str]) -> Mapping[str, date]:
        """The day of each piece."""

    def keep(self, source: str, pieces: Pieces, day: date) -> None:
        """Keeps the pieces of an answer, all or none."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a service is asked: through which fetch, with which memory, and on which day (UTC).

    Pieces kept before `not_before` are asked for anew. `stopped` says when to ask no more.
    """

    fetch: Fetch
    memory: Memory
    day: date
    not_before: date | None = None
    stopped: Callable[[], bool] = lambda: False


def missing(source: Source, keys: Sequence[str], asking: Asking) -> list[str]:
    """The keys that a source would have to be asked for."""
    kept = asking.memory.known(source.name, keys, asking.not_before)
    return [key for key in dict.fromkeys(keys) if key not in kept]


def gathered(source: Source, keys: Sequence[str], asking: Asking) -> Iterator[Told]:
    """What a source says of each key, in no order: first what is kept, then what it is asked.

    A service that does not answer, or asks to be left alone, is not asked for the other keys.
    Each answer is kept before it is told, so that a run that is broken off goes on where it was.
    """
    kept = asking.memory.known(source.name, keys, asking.not_before)
    days = asking.memory.days_of(source.name, kept)
    for key, piece in kept.items():
        yield replace(_told(source, key, piece, days[key]), kept=True)
    others = [key for key in dict.fromkeys(keys) if key not in kept]
    if not source.drops:
        yield from _asked(source, others, asking)
        return
    doubtful = []
    for told in _asked(source, others, asking, believed=False):
        if told.state == "unknown":
            doubtful.append(told.key)
        else:
            yield told
    yield from _asked(source, doubtful, asking)


def _asked(
    source: Source, keys: Sequence[str], asking: Asking, *, believed: bool = True
) -> Iterator[Told]:
    """What the service answers; an "unknown" that is not yet `believed` is not kept."""
    coming = iter(keys)
    while batch := list(islice(coming, source.max_keys)):
        if asking.stopped():
            yield from _untold(source, [*batch, *coming], "not asked", "stopped before its turn")
            return
        try:
            for pieces in _answered(source, batch, asking.fetch):
                found = tuple((key, piece) for key, piece in pieces if believed or piece)
                asking.memory.keep(source.name, found, asking.day)
                for key, piece in pieces:
                    yield _told(source, key, piece, asking.day)
                    batch.remove(key)
        except OfflineError:
            yield from _untold(source, [*batch, *coming], "not asked", "no request was allowed")
        except FetchError as error:
            yield from _untold(source, batch, "failed", _reason(error))
            if _is_of_the_service(error):
                yield from _untold(source, coming, "not asked", _reason(error))


def _answered(source: Source, keys: Sequence[str], fetch: Fetch) -> Iterator[Pieces]:
    """The pieces of one request, or of the halves of it where it is refused as a whole."""
    try:
        yield fetch(source.ask(keys)).pieces
    except FetchError as error:
        splits = isinstance(error, AnswerError) or error.status in REFUSED_WHOLE
        if len(keys) == 1 or not splits:
            raise
        half = len(keys) // 2
        yield from _answered(source, keys[:half], fetch)
        yield from _answered(source, keys[half:], fetch)


def _is_of_the_service(error: FetchError) -> bool:
    """Whether other keys would fare no better: it rests, is down, or cannot be reached."""
    if isinstance(error, RestingError):
        return True
    return not isinstance(error, AnswerError) and (error.status is None or error.status >= 500)


def _reason(error: FetchError) -> str:
    if isinstance(error, RestingError):
        return f"{error.reason}; asked again after {error.until:%Y-%m-%d %H:%M} UTC"
    return error.reason


def _told(source: Source, key: str, piece: bytes | None, day: date) -> Told:
    if piece is None:
        return Told(source.name, key, "unknown", day=day)
    records = list(source.read(Answer(Request(source.name, "kept:", (key,)), ((key, piece),))))
    facts = tuple(record for record in records if isinstance(record, Facts))
    reasons = [record.reason for record in records if isinstance(record, Skip)]
    state: State = "found" if facts or not reasons else "failed"
    return Told(source.name, key, state, facts, day, "; ".join(reasons) or None)


def _untold(source: Source, keys: Iterable[str], state: State, reason: str) -> Iterator[Told]:
    for key in keys:
        yield Told(source.name, key, state, reason=reason)
