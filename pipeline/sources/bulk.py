"""What `digest-graph bulk` cut out of public dumps, to facts: a source for each dump."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from sys import intern
from typing import Any

import orjson

from pipeline.records import Authorship, Facts, Reference, Skip
from pipeline.services import Answer, Request, Source

ARXIV, SEMANTIC_SCHOLAR, OPENALEX = "arxiv_dump", "semantic_scholar_dump", "openalex_dump"
_EVIDENCE = {SEMANTIC_SCHOLAR: "Semantic Scholar's dump", OPENALEX: "OpenAlex's dump"}


def _ask(name: str, arxiv_ids: Sequence[str]) -> Request:
    return Request(name, f"bulk:{name}", tuple(arxiv_ids))


def _read(answer: Answer) -> Iterator[Facts | Skip]:
    name = answer.request.source
    for key, piece in answer.pieces:
        if piece is None:
            continue
        try:
            yield _facts(name, orjson.loads(piece))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            yield Skip("sources", f"{name}/{key}", f"not a row of `bulk`: {error!r}.")


def _facts(source: str, row: Mapping[str, Any]) -> Facts:
    """The facts of one row of `tables.DUMPED`, as JSON."""
    known = dict(row)
    for name in ("authors", "categories"):
        known[name] = None if known[name] is None else tuple(known[name])
    for name in ("published", "updated"):
        known[name] = None if known[name] is None else date.fromisoformat(known[name])
    for name in ("references", "citations"):
        works = known[name]
        known[name] = None if works is None else tuple(_work(source, work) for work in works)
    people = known["authorships"] or ()
    known["authorships"] = tuple(map(_authorship, people)) or None
    known["former_titles"] = tuple(known["former_titles"] or ())
    return Facts(**known | {"source": source})


def _work(source: str, work: Mapping[str, Any]) -> Reference:
    # What many cite is in memory once.
    work = {name: intern(v) if isinstance(v, str) else v for name, v in work.items()}
    return Reference(**work, evidence=_EVIDENCE[source])


def _authorship(person: Mapping[str, Any]) -> Authorship:
    return Authorship(person["name"], tuple(person["ids"]), tuple(person["institutions"]))


SOURCES = tuple(
    Source(name, partial(_ask, name), _read, max_keys=5_000)
    for name in (ARXIV, SEMANTIC_SCHOLAR, OPENALEX)
)
