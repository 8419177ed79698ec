"""Semantic Scholar's best match for a title as a person typed it, one title a request.

https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data/operation/get_graph_paper_title_search
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import orjson

from pipeline.model.errors import AnswerError
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.model.unicode_forms import nfkc
from pipeline.sources.semantic_scholar_papers import (
    arxiv_id_of,
    checked_json,
    facts_of_paper,
    is_paper,
    paper_of,
    piece_of,
)

NAME = "semantic_scholar_titles"
URL = "https://api.semanticscholar.org/graph/v1/paper/search/match"
FIELDS = "externalIds,title,venue,citationCount,authors"
MAX_CHARACTERS = 300
"""A longer title is looked for by its beginning."""

_SPACED = re.compile(r"[\x00-\x1f\x7f]|[-\u2010-\u2015](?=\w)")
_UNKNOWN = "Title match not found"


def _ask(titles: Sequence[str]) -> Request:
    """A request for the first of these titles: the service takes one at a time."""
    title = next(iter(titles), "")
    url = f"{URL}?{urlencode({'query': _plain(title), 'fields': FIELDS}, safe=',')}"
    return Request(NAME, url, tuple(titles[:1]), split_by_key=_split_by_key)


def _plain(title: str) -> str:
    """A title with its hyphens as spaces: the service finds nothing for a word with a hyphen."""
    text = nfkc(title).encode("utf-8", "ignore").decode()
    return " ".join(_SPACED.sub(" ", text).split())[:MAX_CHARACTERS]


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    if reply.status == 404 and _says_unknown(reply.content):
        return tuple((key, None) for key in request.keys)
    held = checked_json(request, reply)
    data = held.get("data") if isinstance(held, dict) else None
    if data == []:
        return tuple((key, None) for key in request.keys)
    if not (isinstance(data, list) and data and is_paper(data[0])):
        raise AnswerError(request.url, "Semantic Scholar sent no match", reply.status)
    return tuple((key, piece_of(request, data[0])) for key in request.keys)


def _says_unknown(content: bytes) -> bool:
    try:
        held = orjson.loads(content)
    except orjson.JSONDecodeError:
        return False
    return isinstance(held, dict) and held.get("error") == _UNKNOWN


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    """Facts for a match that is on arXiv; nothing for another one."""
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            paper = paper_of(payload)
        except ValueError as error:
            problem = f"what Semantic Scholar sent cannot be read: {error}."
            yield Skip("sources", f"{NAME}/{key}", problem)
            continue
        arxiv_id = arxiv_id_of(paper)
        if arxiv_id:
            yield facts_of_paper(NAME, arxiv_id, paper)


SOURCE = Source(
    NAME, _ask, _facts_of_answer, keyed_by="title", gives="the ids of entries that print none"
)
