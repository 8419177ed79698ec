"""Crossref, asked for the title of a work that papers cite: those that it could be, with DOIs.

One title a request; what comes back is held against it where the work is decided on.
https://api.crossref.org/swagger-ui/index.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import orjson

from pipeline.model.errors import AnswerError
from pipeline.model.folding import folded_title
from pipeline.model.records import Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.crossref_lists import SELECTED, URL, listed_works, work_of
from pipeline.sources.json_answers import rows, works_of_pieces

NAME = "crossref_titles"
ROWS = 5
MAX_CHARACTERS = 300
"""A longer title is looked for by its beginning."""


def _ask(titles: Sequence[str]) -> Request:
    (title,) = titles
    # Half a character cannot be sent.
    sent = title[:MAX_CHARACTERS].encode("utf-8", "ignore").decode()
    asked = {"query.bibliographic": sent, "rows": ROWS, "select": SELECTED}
    url = f"{URL}?{urlencode(asked, safe=',')}"
    return Request(NAME, url, tuple(titles), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    """The works that bear the title, of those that came: a search always finds something."""
    (title,) = request.keys
    listed = listed_works(request, reply)
    if listed.total and not listed.works:
        raise AnswerError(request.url, f"no works of {listed.total}", reply.status)
    same = [item for item in listed.works.values() if bears(title, work_of(item))]
    return ((title, orjson.dumps(same) if same else None),)


def bears(title: str, work: Reference) -> bool:
    """Whether a work bears a title, with its subtitle or without."""
    own = work.title or ""
    return folded_title(title) in {folded_title(own), folded_title(own.partition(": ")[0])} - {""}


def _works_of_answer(answer: Answer) -> Iterator[Reference | Skip]:
    return works_of_pieces(answer, NAME, lambda held: [work_of(item) for item in rows(held)])


SOURCE = Source(NAME, _ask, _works_of_answer, keyed_by="title")
