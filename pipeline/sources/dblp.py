"""DBLP: where a paper of computer science appeared, found by its title and authors.

One title a request. `CoRR` is arXiv itself and no venue. The service asks for a pause between
requests, and answers 429 with a time otherwise. https://dblp.org/faq/13501473.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import (
    facts_of_pieces,
    fields,
    found_piece,
    listed,
    rows,
    text,
    words,
    work_ids,
)
from pipeline.sources.titled_works import is_the_paper, titled

NAME = "dblp"
HITS = 20
MOST_WORDS = 20
_ADDRESS = "https://dblp.org/search/publ/api"
_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\s\d{4}$")
_NOT_PUBLISHED = ("informal", "editorship", "data and artifacts")


def _ask(titled_keys: Sequence[str]) -> Request:
    """A request for one title, without the signs that mean something to the search."""
    (key,) = titled_keys
    words = _WORDS.findall(titled(key).title)[:MOST_WORDS]
    url = f"{_ADDRESS}?{urlencode({'q': ' '.join(words), 'h': HITS, 'format': 'json'})}"
    return Request(NAME, url, (key,), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    return found_piece(request, reply, _facts)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(key: str, said: object) -> Facts | None:
    """What the first hit of this title and these authors says that is no preprint."""
    result = fields(fields(said).get("result"))
    if "hits" not in result:
        raise ValueError("it is no list of hits")
    for hit in rows(fields(result["hits"]).get("hit")):
        info = fields(hit.get("info"))
        venue = _venue(info)
        if venue and is_the_paper(key, words(info.get("title")) or "", _authors(info)):
            doi = work_ids(info.get("doi"))[1]
            return Facts(NAME, titled(key).arxiv_id, venue=venue, doi=doi)
    return None


def _venue(info: Mapping[str, object]) -> str | None:
    """Where a work appeared; None for a preprint, for data, and for a volume itself."""
    kind = (text(info.get("type")) or "").casefold()
    named = info.get("venue")
    venue = words(next(iter(named), None) if isinstance(named, list) else named)
    return None if kind.startswith(_NOT_PUBLISHED) or venue == "CoRR" else venue


def _authors(info: Mapping[str, object]) -> Iterator[str]:
    """The names, without the number that tells namesakes apart; one author alone is no list."""
    named = fields(info.get("authors")).get("author")
    for author in listed(named if isinstance(named, list) else [named] if named else []):
        name = words(fields(author).get("text")) if isinstance(author, dict) else words(author)
        yield _NUMBER.sub("", name or "")


SOURCE = Source(NAME, _ask, _facts_of_answer, keyed_by="titled", gives="venues and DOIs")
