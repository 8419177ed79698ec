"""Semantic Scholar's papers, up to 500 a request: references, citations, authors, counts.

One answer may be 10 MB at most; asked for more, the service refuses the request as a whole, and
half the papers have to be asked for. https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import orjson

from pipeline.model.errors import AnswerError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.semantic_scholar_papers import (
    arxiv_id_of,
    checked_json,
    facts_of_paper,
    is_paper,
    paper_of,
    piece_of,
)

NAME = "semantic_scholar"
URL = "https://api.semanticscholar.org/graph/v1/paper/batch"

# An answer may have 10 MB: with the authors of every reference 500 papers have 16.
_OF_A_WORK = ("externalIds", "title", "year")
FIELDS = (
    "externalIds,title,venue,citationCount,referenceCount,authors",
    *(f"{works}.{field}" for works in ("references", "citations") for field in _OF_A_WORK),
)

_PAPERS_PER_STRANGER = 100
"""Of so many papers one may come back under another id: the service merges double preprints."""


def _ask(arxiv_ids: Sequence[str]) -> Request:
    """A request for these papers. What is no arXiv id is not sent."""
    body = orjson.dumps({"ids": [f"ARXIV:{arxiv_id}" for arxiv_id in _sent(arxiv_ids)]})
    url = f"{URL}?{urlencode({'fields': ','.join(FIELDS)}, safe=',')}"
    return Request(NAME, url, tuple(arxiv_ids), body, _split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    sent = _sent(request.keys)
    papers = checked_json(request, reply)
    if not isinstance(papers, list) or len(papers) != len(sent):
        what = f"{len(papers)} papers" if isinstance(papers, list) else "no list of papers"
        raise AnswerError(request.url, f"{what} for {len(sent)} ids", reply.status)
    if not all(paper is None or is_paper(paper) for paper in papers):
        raise AnswerError(request.url, "a paper without id or external ids", reply.status)
    found = dict(zip(sent, papers, strict=True))
    strangers = _strangers(found)
    if len(strangers) * _PAPERS_PER_STRANGER > len(sent) or not set(strangers).isdisjoint(sent):
        what = f"papers that were not asked for, or elsewhere than asked: {strangers[:3]}"
        raise AnswerError(request.url, what, reply.status)
    payloads = {key: piece_of(request, paper) for key, paper in found.items() if paper is not None}
    return tuple((key, payloads.get(normal_arxiv_id(key) or "")) for key in request.keys)


def _strangers(found: Mapping[str, Any]) -> list[str]:
    """The ids of the papers that stand in the place of another one; `""` for no arXiv id."""
    known = {key: arxiv_id_of(paper) or "" for key, paper in found.items() if paper is not None}
    return [arxiv_id for key, arxiv_id in known.items() if arxiv_id != key]


def _read(answer: Answer) -> Iterator[Facts | Skip]:
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            yield _facts(key, payload)
        except ValueError as error:
            what = f"what Semantic Scholar sent cannot be read: {error}."
            yield Skip("sources", f"{NAME}/{key}", what)


def _facts(key: str, payload: bytes) -> Facts:
    paper = paper_of(payload)
    arxiv_id = normal_arxiv_id(key)
    if arxiv_id is None or arxiv_id_of(paper) != arxiv_id:
        raise ValueError(f"it is about {arxiv_id_of(paper)}")
    return facts_of_paper(NAME, arxiv_id, paper)


def _sent(keys: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normal_arxiv_id, keys))))


SOURCE = Source(NAME, _ask, _read, max_keys=500)
