"""DataCite, where arXiv registers its DOIs: the DOI of the version that was published.

Fifty papers a request: `dois?ids=10.48550/arxiv.ID,...`. What arXiv knows of a published version
stands there as a related identifier. https://support.datacite.org/docs/api-get-lists
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import orjson

from pipeline.model.errors import AnswerError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import (
    facts_of_pieces,
    fields,
    parsed,
    rows,
    text,
    work_ids,
)

NAME = "datacite"
MAX_KEYS = 50
_ADDRESS = "https://api.datacite.org/dois"
_PUBLISHED = ("isversionof", "ispreprintof", "ispreviousversionof")


def _ask(arxiv_ids: Sequence[str]) -> Request:
    sent = ",".join(f"10.48550/arxiv.{arxiv_id}" for arxiv_id in _sent(arxiv_ids))
    url = f"{_ADDRESS}?ids={sent}&page[size]={MAX_KEYS}&disable-facets=true"
    return Request(NAME, url, tuple(arxiv_ids), split_by_key=_split_by_key)


def _sent(arxiv_ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normal_arxiv_id, arxiv_ids))))


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    if reply.status != 200:
        raise AnswerError(request.url, f"answered {reply.status}", reply.status)
    try:
        listing = fields(parsed(reply.content))
        records = [fields(row.get("attributes")) for row in rows(listing["data"])]
        by_id = {_arxiv_id(record): record for record in records}
    except (KeyError, ValueError, TypeError) as error:
        reason = f"what came back is not the answer: {error}"
        raise AnswerError(request.url, reason, reply.status) from error
    strange = by_id.keys() - set(_sent(request.keys))
    if strange:
        what = f"records that were not asked for: {sorted(map(str, strange))[:3]}"
        raise AnswerError(request.url, what, reply.status)
    kept = {own: orjson.dumps(_kept(record)) for own, record in by_id.items() if _doi_of(record)}
    return tuple((key, kept.get(normal_arxiv_id(key))) for key in request.keys)


def _kept(record: Mapping[str, object]) -> dict[str, object]:
    """What is read of a record, which is twenty times as large."""
    return {name: record[name] for name in ("doi", "relatedIdentifiers")}


def _arxiv_id(record: Mapping[str, object]) -> str | None:
    return work_ids(record.get("doi"))[0]


def _doi_of(record: Mapping[str, object]) -> str | None:
    """The DOI of the published version; None where none is told, or the preprint's own."""
    related = rows(record.get("relatedIdentifiers"))
    named = (r for r in related if (text(r.get("relationType")) or "").lower() in _PUBLISHED)
    dois = (work_ids(row.get("relatedIdentifier"))[1] for row in named)
    return next(filter(None, dois), None)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(arxiv_id: str, held: object) -> Facts:
    record = fields(held)
    if _arxiv_id(record) != arxiv_id:
        raise ValueError("it is another paper than was asked for")
    doi = _doi_of(record)
    if doi is None:
        raise ValueError("it names no published version")
    return Facts(NAME, arxiv_id, doi=doi)


SOURCE = Source(NAME, _ask, _facts_of_answer, max_keys=MAX_KEYS, gives="DOIs of published versions")
