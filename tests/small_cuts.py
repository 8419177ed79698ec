"""Requests to the fake services, with small checks of their answers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from lxml import etree

from pipeline.model.errors import AnswerError
from pipeline.model.services import Payloads, Reply, Request

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


def arxiv_request(ids: Sequence[str]) -> Request:
    """The papers of these ids, by the query API."""
    query = f"id_list={','.join(ids)}&max_results={len(ids)}"
    return Request("arxiv", f"https://export.arxiv.org/api/query?{query}", tuple(ids), None, _atom)


def scholar_request(ids: Sequence[str]) -> Request:
    """The papers of these ids, by Semantic Scholar's batch."""
    body = json.dumps({"ids": [f"ARXIV:{arxiv_id}" for arxiv_id in ids]}).encode()
    url = "https://api.semanticscholar.org/graph/v1/paper/batch?fields=title,externalIds"
    return Request("semantic_scholar", url, tuple(ids), body, _batch)


def openalex_request(arxiv_id: str) -> Request:
    """One work of OpenAlex."""
    url = f"https://api.openalex.org/works/doi:10.48550/arxiv.{arxiv_id}"
    return Request("openalex", url, (arxiv_id,), None, _work)


def _atom(request: Request, reply: Reply) -> Payloads:
    feed = etree.fromstring(reply.content, etree.XMLParser(resolve_entities=False))
    entries = {}
    for entry in feed.findall(f"{_ATOM}entry"):
        arxiv_id = re.sub(r".*/abs/|v\d+$", "", entry.findtext(f"{_ATOM}id", ""))
        entries[arxiv_id] = entry.findtext(f"{_ATOM}title", "").encode()
    whole = int(feed.findtext(_TOTAL, "-1")) == len(entries)
    if reply.status != 200 or not whole or not set(entries) <= set(request.keys):
        raise AnswerError(request.url, "another feed than was asked for", reply.status)
    return tuple((arxiv_id, entries.get(arxiv_id)) for arxiv_id in request.keys)


def _batch(request: Request, reply: Reply) -> Payloads:
    works = json.loads(reply.content)
    if reply.status != 200 or not isinstance(works, list) or len(works) != len(request.keys):
        raise AnswerError(request.url, "another batch than was asked for", reply.status)
    for arxiv_id, work in zip(request.keys, works, strict=True):
        if work is not None and work["externalIds"]["ArXiv"] != arxiv_id:
            raise AnswerError(request.url, "a batch of other papers", reply.status)
    titles = [work and work["title"].encode() for work in works]
    return tuple(zip(request.keys, titles, strict=True))


def _work(request: Request, reply: Reply) -> Payloads:
    if reply.status == 404:
        return ((request.keys[0], None),)
    work = json.loads(reply.content)
    if not work["locations"][0]["landing_page_url"].endswith(request.keys[0]):
        raise AnswerError(request.url, "another work than was asked for", reply.status)
    return ((request.keys[0], work["title"].encode()),)
