"""arXiv's query API, asked by id: the current version of up to 100 papers a request.

https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from pipeline.model.counting import counted
from pipeline.model.errors import AnswerError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.arxiv_feed import URL, checked_feed, facts_of_piece, piece_of

NAME = "arxiv"
KNOWN = "1706.03762"
"""A paper that arXiv surely has. A busy server sends an empty feed, which looks like any other."""


def _ask(arxiv_ids: Sequence[str]) -> Request:
    """A request for these papers. What is no arXiv id is not sent: it would fail all the others."""
    sent = _sent(arxiv_ids)
    # The default is ten results; none at all is a server error.
    fields = {"id_list": ",".join(sent), "start": 0, "max_results": max(1, len(sent))}
    return Request(
        NAME, f"{URL}?{urlencode(fields, safe=',/')}", tuple(arxiv_ids), split_by_key=_split_by_key
    )


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    sent = _sent(request.keys)
    total, entries = checked_feed(request, reply, len(sent))
    strange = sorted(entries.keys() - set(sent))
    if strange or total > len(sent):
        papers, ids = counted(total, "paper"), counted(len(sent), "id")
        problem = f"arXiv answered with {papers} for {ids}, among them {strange[:3]}"
        raise AnswerError(request.url, problem, reply.status)
    payloads = {arxiv_id: piece_of([entry], 1) for arxiv_id, entry in entries.items()}
    return tuple((key, payloads.get(normal_arxiv_id(key) or "")) for key in request.keys)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            yield _facts(key, payload)
        except ValueError as error:
            yield Skip("sources", f"{NAME}/{key}", f"what arXiv sent cannot be read: {error}.")


def _facts(key: str, payload: bytes) -> Facts:
    pieces = facts_of_piece(NAME, payload)
    arxiv_ids = [facts.arxiv_id for facts in pieces]
    if arxiv_ids != [normal_arxiv_id(key)]:
        raise ValueError(f"it is about {arxiv_ids[:3]}")
    return pieces[0]


def _sent(keys: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normal_arxiv_id, keys))))


SOURCE = Source(
    NAME,
    _ask,
    _facts_of_answer,
    max_keys=100,
    drops=True,
    gives="titles, authors and dates",
    known_key=KNOWN,
)
