"""What is kept of earlier answers, told as if a service had said it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from pipeline.model.records import Facts, Reference, Skip
from pipeline.model.services import Answer, LookupResult, Payloads, Request, Source, State


class AnswerCache(Protocol):
    """What is kept of earlier answers, by source and key."""

    def known(
        self, source: str, keys: Iterable[str], not_before: date | None = None
    ) -> Mapping[str, bytes | None]:
        """The payload of each key that is kept; None where the source did not know it."""

    def days_of(self, source: str, keys: Iterable[str]) -> Mapping[str, date]:
        """The day of each payload."""

    def keep(self, source: str, payloads: Payloads, day: date) -> None:
        """Keeps the payloads of an answer, all or none."""

    def failing(self, source: str, keys: Iterable[str]) -> set[str]:
        """The keys that failed last time though the source answered others."""

    def note_failing(self, source: str, keys: Iterable[str], day: date) -> None:
        """Notes keys that failed though the source answered others."""


def remembered(
    source: Source, keys: Iterable[str], memory: AnswerCache, not_before: date | None = None
) -> Iterator[LookupResult]:
    """What is kept of the keys, told; nothing of the others."""
    payloads = memory.known(source.name, keys, not_before)
    days = memory.days_of(source.name, payloads)
    for key, payload in payloads.items():
        yield replace(told_of(source, key, payload, days[key]), kept=True)


def told_of(source: Source, key: str, payload: bytes | None, day: date) -> LookupResult:
    """What a payload says of its key; "failed" where it cannot be read."""
    if payload is None:
        return LookupResult(source.name, key, "unknown", day=day)
    records = list(source.read(Answer(Request(source.name, "kept:", (key,)), ((key, payload),))))
    facts = tuple(record for record in records if isinstance(record, Facts))
    works = tuple(record for record in records if isinstance(record, Reference))
    reasons = [record.reason for record in records if isinstance(record, Skip)]
    state: State = "found" if facts or works or not reasons else "failed"
    return LookupResult(source.name, key, state, facts, works, day, "; ".join(reasons) or None)
