"""Semantic Scholar's papers, up to 500 a request, with whatever fields are asked for.

One answer may be 10 MB at most; asked for more, the service refuses the request as a whole, and
half the papers have to be asked for. https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import orjson

from pipeline.model.counting import counted
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

URL = "https://api.semanticscholar.org/graph/v1/paper/batch"
MAX_KEYS = 500

PAPERS_PER_STRANGER = 100
"""Of so many papers one may come back under another id: the service merges double preprints."""


def batch_source(name: str, fields: Sequence[str], gives: str) -> Source:
    """A source that asks for these fields of papers, which give the graph what `gives` says."""
    return Source(
        *(name, partial(_ask, name, fields), partial(_facts_of_answer, name)),
        max_keys=MAX_KEYS,
        gives=gives,
    )


def _ask(name: str, fields: Sequence[str], arxiv_ids: Sequence[str]) -> Request:
    """A request for these papers. What is no arXiv id is not sent."""
    body = orjson.dumps({"ids": [f"ARXIV:{arxiv_id}" for arxiv_id in _sent(arxiv_ids)]})
    url = f"{URL}?{urlencode({'fields': ','.join(fields)}, safe=',')}"
    return Request(name, url, tuple(arxiv_ids), body, _split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    sent = _sent(request.keys)
    papers = checked_json(request, reply)
    if not isinstance(papers, list) or len(papers) != len(sent):
        problem = counted(len(papers), "paper") if isinstance(papers, list) else "no list of papers"
        raise AnswerError(request.url, f"{problem} for {counted(len(sent), 'id')}", reply.status)
    if not all(paper is None or is_paper(paper) for paper in papers):
        raise AnswerError(request.url, "a paper without id or external ids", reply.status)
    papers_by_id = dict(zip(sent, papers, strict=True))
    strangers = _strangers(papers_by_id)
    if len(strangers) * PAPERS_PER_STRANGER > len(sent) or not set(strangers).isdisjoint(sent):
        problem = f"papers that were not asked for, or elsewhere than asked: {strangers[:3]}"
        raise AnswerError(request.url, problem, reply.status)
    payloads = {
        key: piece_of(request, paper) for key, paper in papers_by_id.items() if paper is not None
    }
    return tuple((key, payloads.get(normal_arxiv_id(key) or "")) for key in request.keys)


def _strangers(papers_by_id: Mapping[str, Any]) -> list[str]:
    """The ids of the papers that stand in the place of another one.

    A paper that bears no arXiv id, as one that was merged may, is the one that its place says.
    """
    own_id_of = {
        key: arxiv_id_of(paper) or "" for key, paper in papers_by_id.items() if paper is not None
    }
    nameless = list(own_id_of.values()).count("")
    # Where most of several papers bear none, it is the answer to another question.
    doubted = nameless > 1 and 2 * nameless > len(own_id_of)
    return [other for key, other in own_id_of.items() if other != key and (other or doubted)]


def _facts_of_answer(name: str, answer: Answer) -> Iterator[Facts | Skip]:
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            yield _facts(name, key, payload)
        except ValueError as error:
            problem = f"what Semantic Scholar sent cannot be read: {error}."
            yield Skip("sources", f"{name}/{key}", problem)


def _facts(name: str, key: str, payload: bytes) -> Facts:
    paper = paper_of(payload)
    arxiv_id = normal_arxiv_id(key)
    if arxiv_id is None or arxiv_id_of(paper) not in (None, arxiv_id):
        raise ValueError(f"it is about {arxiv_id_of(paper)}")
    return facts_of_paper(name, arxiv_id, paper)


def _sent(keys: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normal_arxiv_id, keys))))
