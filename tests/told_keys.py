"""A service of one method, a memory of one dictionary, and what is told between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pipeline.enrich.gathering import Asking, gathered
from pipeline.enrich.queue import SourceQueue
from pipeline.model.errors import FetchError
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, LookupResult, Payloads, Request, Source

DAY = date(2026, 11, 23)
URL = "https://export.arxiv.org/api/query"
DOWN = FetchError(URL, "the service is out of order (500)", 500)
KEYS = [f"2401.{number:05d}" for number in range(100)]


class Kept:
    """A memory in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[bytes | None, date]] = {}
        self.poison: set[str] = set()

    def known(
        self, source: str, keys: Iterable[str], not_before: date | None = None
    ) -> Mapping[str, bytes | None]:
        rows = {key: self.rows[key] for key in keys if key in self.rows}
        return {key: row[0] for key, row in rows.items() if row[1] >= (not_before or date.min)}

    def days_of(self, source: str, keys: Iterable[str]) -> Mapping[str, date]:
        return {key: self.rows[key][1] for key in keys}

    def keep(self, source: str, pieces: Payloads, day: date) -> None:
        for key, piece in pieces:
            if piece is not None or self.rows.get(key, (None,))[0] is None:
                self.rows[key] = (piece, day)
            self.poison.discard(key)

    def failing(self, source: str, keys: Iterable[str]) -> set[str]:
        return self.poison & set(keys)

    def note_failing(self, source: str, keys: Iterable[str], day: date) -> None:
        self.poison |= set(keys)


Service = Callable[[tuple[str, ...]], Mapping[str, bytes]]
"""What a service knows of some keys; it may raise."""


class Asked:
    """A service behind a fetch that notes the keys of each request."""

    def __init__(self, service: Service) -> None:
        self.requests: list[tuple[str, ...]] = []
        self._service = service

    def fetch(self, request: Request) -> Answer:
        self.requests.append(request.keys)
        known = self._service(request.keys)
        return Answer(request, tuple((key, known.get(key)) for key in request.keys))


def source(
    size: int = 8, *, drops: bool = False, keyed_by: Literal["arxiv_id", "title"] = "arxiv_id"
) -> Source:
    def read(answer: Answer) -> Iterator[Facts | Skip]:
        for key, piece in answer.payloads:
            if piece == b"damaged":
                yield Skip("sources", key, "it is damaged")
            elif piece is not None:
                yield Facts("s", key, title=piece.decode())

    def ask(keys: Iterable[str]) -> Request:
        return Request("s", URL, tuple(keys))

    return Source("s", ask, read, size, keyed_by, drops)


class Waits:
    """Lets time pass at once, and notes how much; says whether the host is asked again."""

    def __init__(self, goes_on: bool = True) -> None:
        self.waits_s: list[float] = []
        self._goes_on = goes_on

    def __call__(self, wait_s: float, _answers: int) -> bool:
        self.waits_s.append(wait_s)
        return self._goes_on


def all_known(keys: tuple[str, ...]) -> Mapping[str, bytes]:
    return dict.fromkeys(keys, b"title")


def knowing(known: Iterable[str]) -> Service:
    held = set(known)
    return lambda keys: {key: b"title" for key in keys if key in held}


def asked_of(
    asked: Asked, keys: Iterable[str], of: Source, memory: Kept | None = None, **how: object
) -> Iterator[LookupResult]:
    """What is told of keys that a service is asked for."""
    kept = memory if memory is not None else Kept()
    queue = SourceQueue(of, kept, DAY)
    queue.add(keys)
    return gathered([queue], Asking(asked.fetch, kept, DAY, **how))  # type: ignore[arg-type]


def told_by(
    asked: Asked, keys: Sequence[str], of: Source, memory: Kept | None = None, **how: object
) -> dict[str, LookupResult]:
    """What was told of each key, once."""
    told = list(asked_of(asked, keys, of, memory, **how))
    assert sorted(t.key for t in told) == sorted(set(keys))
    return {t.key: t for t in told}


def keys_in(told: Mapping[str, LookupResult], state: str) -> set[str]:
    return {key for key, answer in told.items() if answer.state == state}


def failing(*poison: str, error: FetchError = DOWN) -> Service:
    """A service that fails on whatever names one of these keys."""

    def service(keys: tuple[str, ...]) -> Mapping[str, bytes]:
        if set(poison) & set(keys):
            raise error
        return all_known(keys)

    return service
