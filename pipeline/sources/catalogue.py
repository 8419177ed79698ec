"""The records of the local catalogue to facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import orjson

from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Request, Source

NAME = "catalogue"
SCHEME = "catalogue:"
_LISTS = ("authors", "categories")
_DAYS = ("published", "updated")


def _ask(arxiv_ids: Sequence[str]) -> Request:
    return Request(NAME, f"{SCHEME}records", tuple(arxiv_ids))


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            yield facts_of_piece(payload)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            yield Skip("sources", f"{NAME}/{key}", f"not a record of the catalogue: {error!r}.")


def facts_of_piece(payload: bytes) -> Facts:
    """The facts of one record, JSON with the columns of `tables.CATALOGUE`."""
    record = orjson.loads(payload)
    for name in _LISTS:
        record[name] = None if record[name] is None else tuple(record[name])
    for name in _DAYS:
        record[name] = None if record[name] is None else date.fromisoformat(record[name])
    record["former_titles"] = tuple(record["former_titles"] or ())
    return Facts(NAME, **record)


SOURCE = Source(NAME, _ask, _facts_of_answer, max_keys=100_000)
