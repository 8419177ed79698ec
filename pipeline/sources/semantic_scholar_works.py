"""Semantic Scholar, asked for many DOIs at once: what works are called that Crossref does not have.

https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data/operation/post_graph_get_papers
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import orjson

from pipeline.model.errors import AnswerError
from pipeline.model.records import Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import works_of_pieces
from pipeline.sources.semantic_scholar_batches import MAX_KEYS, PAPERS_PER_STRANGER, URL
from pipeline.sources.semantic_scholar_papers import checked_json, cited_work, is_paper, piece_of

NAME = "semantic_scholar_works"
FIELDS = "externalIds,title,year,authors"


def _ask(dois: Sequence[str]) -> Request:
    body = orjson.dumps({"ids": [f"DOI:{doi}" for doi in dict.fromkeys(dois)]})
    url = f"{URL}?{urlencode({'fields': FIELDS}, safe=',')}"
    return Request(NAME, url, tuple(dois), body, _split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    sent = list(dict.fromkeys(request.keys))
    papers = checked_json(request, reply)
    if not isinstance(papers, list) or len(papers) != len(sent):
        raise AnswerError(request.url, f"not a place for each of {len(sent)} DOIs", reply.status)
    paper_of_doi = {
        doi: paper for doi, paper in zip(sent, papers, strict=True) if paper is not None
    }
    if not all(map(is_paper, paper_of_doi.values())):
        raise AnswerError(request.url, "a paper without id or external ids", reply.status)
    strangers = [doi for doi, paper in paper_of_doi.items() if _doi_of(paper) not in (doi, None)]
    if len(strangers) * PAPERS_PER_STRANGER > len(sent):
        what = f"other works in the place of {strangers[:3]}"
        raise AnswerError(request.url, what, reply.status)
    pieces = {doi: piece_of(request, paper) for doi, paper in paper_of_doi.items()}
    return tuple((doi, pieces.get(doi)) for doi in request.keys)


def _doi_of(paper: Mapping[str, Any]) -> str | None:
    doi = paper["externalIds"].get("DOI")
    return doi.casefold() if isinstance(doi, str) else None


def _works_of_answer(answer: Answer) -> Iterator[Reference | Skip]:
    def work(held: object) -> list[Reference]:
        return [known for paper in (held,) if is_paper(paper) and (known := cited_work(paper))]

    return works_of_pieces(answer, NAME, work)


SOURCE = Source(NAME, _ask, _works_of_answer, max_keys=MAX_KEYS, keyed_by="doi")
