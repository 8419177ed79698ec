"""OpenReview: at which conference a paper was accepted, found by its title and authors.

One title a request. Most of what a search finds was only submitted, rejected or withdrawn, which
the note's `venue` and `venueid` say; that is no venue.
https://docs.openreview.net/reference/api-v2/openapi-definition
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
)
from pipeline.sources.titled_works import is_the_paper, titled

NAME = "openreview"
HITS = 25
MAX_CHARACTERS = 300
_ADDRESS = "https://api2.openreview.net/notes/search"
_NOT_ACCEPTED = re.compile(
    r"submi(?:tted|ssion)|withdrawn|reject|under review|preprint|draft|\b(?:corr|arxiv|blind)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"^(?:accepted|published)\s+(?:by|at|to|in)\s+", re.IGNORECASE)
_PRESENTED = re.compile(
    r"(?<![\s(-])[\s(-]++(?:poster|oral|spotlight|talk|highlight|notable[\w\s%-]*|accept\w*|regular|long|short"
    r"|main)(?:\s+(?:poster|oral|paper|presentation))?\)?$",
    re.IGNORECASE,
)


def _ask(titled_keys: Sequence[str]) -> Request:
    (key,) = titled_keys
    # Half a character cannot be sent.
    term = titled(key).title[:MAX_CHARACTERS].encode("utf-8", "ignore").decode()
    asked = {"term": term, "type": "terms", "content": "all", "source": "forum", "limit": HITS}
    return Request(NAME, f"{_ADDRESS}?{urlencode(asked)}", (key,), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    return found_piece(request, reply, _facts)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(key: str, said: object) -> Facts | None:
    """What the first accepted note of this title and these authors says."""
    listing = fields(said)
    if "notes" not in listing or listing.get("searchUnavailable"):
        raise ValueError("it is no list of notes")
    for note in rows(listing["notes"]):
        content = fields(note.get("content"))
        title, venue = words(_value(content.get("title"))), _accepted(content)
        names = _value(content.get("authors"))
        people = [text(name) or "" for name in listed(names if isinstance(names, list) else None)]
        if venue and title and is_the_paper(key, title, people):
            return Facts(NAME, titled(key).arxiv_id, venue=venue)
    return None


def _accepted(content: dict[str, object]) -> str | None:
    """The conference and year of a note, such as `ICLR 2024`; None where it was not accepted."""
    venue = text(_value(content.get("venue")))
    venue_id = text(_value(content.get("venueid"))) or ""
    if not venue or _NOT_ACCEPTED.search(venue) or _NOT_ACCEPTED.search(venue_id):
        return None
    return _PRESENTED.sub("", _TAKEN.sub("", venue)) or None


def _value(field: object) -> object:
    """What a field holds: notes of the first version of the API have no `value` around it."""
    return field.get("value") if isinstance(field, dict) else field


SOURCE = Source(NAME, _ask, _facts_of_answer, keyed_by="titled", gives="venues and DOIs")
