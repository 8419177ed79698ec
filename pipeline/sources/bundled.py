"""The facts that ship with the package: one TOML file a paper in `pipeline/data/papers/`.

A file is named by its arXiv id and holds what is known; a key that is left out is not known.
`pipeline/data/README.md` lists the keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Reference, Skip
from pipeline.model.services import Answer, Request, Source

NAME = "bundled"


def _ask(arxiv_ids: Sequence[str]) -> Request:
    return Request(NAME, "bundled:papers", tuple(arxiv_ids))


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    asked = set(answer.request.keys)
    for name, content in answer.payloads:
        try:
            facts = _facts(tomllib.loads((content or b"").decode("utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            yield Skip("sources", f"{NAME}/{name}", f"not as data/README.md says: {error!r}.")
            continue
        if not asked or facts.arxiv_id in asked:
            yield facts


def _facts(record: dict[str, Any]) -> Facts:
    references = record.get("references")
    facts = Facts(
        source=NAME,
        arxiv_id=_arxiv_id(record["arxiv_id"]),
        title=_text(record.get("title")),
        former_titles=_texts(record.get("former_titles")) or (),
        authors=_texts(record.get("authors")),
        former_authors=_texts(record.get("former_authors")),
        abstract=_text(record.get("abstract")),
        categories=_texts(record.get("categories")),
        published=_date(record.get("published")),
        updated=_date(record.get("updated")),
        venue=_text(record.get("venue")),
        doi=_text(record.get("doi")),
        references=None if references is None else tuple(map(_reference, references)),
        references_complete=record.get("references_complete", False),
    )
    unknown = set(record) - set(Facts.__dataclass_fields__)
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    return facts


def _reference(record: object) -> Reference:
    if not isinstance(record, dict):
        raise TypeError(f"{record!r} is no reference")
    printed, year = record.get("arxiv_id"), record.get("year")
    return Reference(
        title=_text(record.get("title")),
        first_author=_text(record.get("first_author")),
        year=None if year is None else int(year),
        arxiv_id=None if printed is None else _arxiv_id(printed),
        doi=_text(record.get("doi")),
        evidence=_text(record.get("evidence")),
    )


def _arxiv_id(value: object) -> str:
    arxiv_id = normal_arxiv_id(value) if isinstance(value, str) else None
    if arxiv_id is None:
        raise ValueError(f"{value!r} is no arXiv id")
    return arxiv_id


def _text(value: object) -> str | None:
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise ValueError(f"{value!r} is no text")
    return value


def _texts(values: object) -> tuple[str, ...] | None:
    if values is None:
        return None
    if not isinstance(values, list) or not all(map(_text, values)):
        raise ValueError(f"{values!r} is no list of texts")
    return tuple(values)


def _date(value: object) -> date | None:
    if value is not None and type(value) is not date:
        raise ValueError(f"{value!r} is no date")
    return value


SOURCE = Source(NAME, _ask, _facts_of_answer)
