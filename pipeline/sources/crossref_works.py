"""Crossref, asked for a hundred DOIs at once: what the works are called that papers cite.

https://api.crossref.org/swagger-ui/index.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import orjson

from pipeline.model.counting import counted
from pipeline.model.errors import AnswerError
from pipeline.model.records import Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.crossref_lists import SELECTED, URL, listed_works, work_of
from pipeline.sources.json_answers import fields, works_of_pieces

NAME = "crossref_works"
MAX_KEYS = 100


def _ask(dois: Sequence[str]) -> Request:
    """A request for these DOIs. One with a comma is not sent: it would be taken for two."""
    names = ",".join(f"doi:{quote(doi, safe='/')}" for doi in _sent(dois))
    url = f"{URL}?filter={names}&rows={MAX_KEYS}&select={SELECTED}"
    return Request(NAME, url, tuple(dois), split_by_key=_split_by_key)


def _sent(dois: Sequence[str]) -> list[str]:
    return [doi for doi in dict.fromkeys(dois) if "," not in doi]


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    listed = listed_works(request, reply)
    if strange := sorted(listed.works.keys() - set(_sent(request.keys))):
        what = f"works that were not asked for: {strange[:3]}"
        raise AnswerError(request.url, what, reply.status)
    if listed.total > len(listed.works):
        what = f"{counted(len(listed.works), 'work')} of {listed.total}"
        raise AnswerError(request.url, what, reply.status)
    pieces = {doi: orjson.dumps(item) for doi, item in listed.works.items()}
    return tuple((doi, pieces.get(doi)) for doi in request.keys)


def _works_of_answer(answer: Answer) -> Iterator[Reference | Skip]:
    return works_of_pieces(answer, NAME, lambda held: [work_of(fields(held))])


SOURCE = Source(NAME, _ask, _works_of_answer, max_keys=MAX_KEYS, keyed_by="doi")
