"""Papers as Semantic Scholar's Graph API writes them, in JSON, to facts.

Any nested list, and any member of one, can be null. https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from pipeline.model.errors import AnswerError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Authorship, Facts, Reference
from pipeline.model.services import Reply, Request
from pipeline.sources.text_markup import without_markup

EVIDENCE = "Semantic Scholar"
_DIGITS = re.compile(r"[0-9]{1,12}")

# The service names arXiv itself as the venue of what appeared nowhere else.
_NO_VENUES = frozenset({"arxiv", "arxiv.org", "corr"})


def checked_json(request: Request, reply: Reply) -> Any:
    """What a reply holds. Raises AnswerError, with the service's own word, if it is no answer."""
    try:
        content = orjson.loads(reply.content)
    except orjson.JSONDecodeError as error:
        reason = f"Semantic Scholar sent no JSON ({error})"
        raise AnswerError(request.url, reason, reply.status) from None
    if reply.status != 200:
        message = (
            str(content.get("error") or content.get("message")) if isinstance(content, dict) else ""
        )
        reason = f"answered {reply.status}: {message[:200]}"
        raise AnswerError(request.url, reason, reply.status)
    return content


def piece_of(request: Request, paper: Mapping[str, Any]) -> bytes:
    """A paper as it is stored. Raises AnswerError where it is nested too deep for that."""
    try:
        return orjson.dumps(paper)
    except orjson.JSONEncodeError as error:
        raise AnswerError(request.url, f"a paper that cannot be kept ({error})") from None


def paper_of(payload: bytes) -> Mapping[str, Any]:
    """The paper that a stored payload is. Raises ValueError for anything else."""
    held = orjson.loads(payload)
    if not is_paper(held):
        raise ValueError("it is no paper with an id and external ids")
    return held  # type: ignore[no-any-return]


def is_paper(held: object) -> bool:
    """Whether this is a paper with the fields that every request of ours asks for."""
    return (
        isinstance(held, dict)
        and isinstance(held.get("paperId"), str)
        and isinstance(held.get("externalIds"), dict)
    )


def arxiv_id_of(paper: Mapping[str, Any]) -> str | None:
    """The arXiv id that a paper is known by, from its external ids or its arXiv DOI."""
    ids = paper.get("externalIds")
    printed_ids = [ids.get("ArXiv"), ids.get("DOI")] if isinstance(ids, dict) else []
    arxiv_ids = (normal_arxiv_id(printed) for printed in printed_ids if isinstance(printed, str))
    return next(filter(None, arxiv_ids), None)


def facts_of_paper(source: str, arxiv_id: str, paper: Mapping[str, Any]) -> Facts:
    """The facts of one paper. Fields of another type than expected count as not known.

    `references` is None where the list was withheld, is absent, or is empty though the service
    counts some. They are complete only where there are as many as it counts, and any at all:
    it counts none as well where it has not read the paper yet.
    """
    references = _works(paper.get("references"), paper.get("referenceCount"))
    authorships = _authorships(paper.get("authors"))
    return Facts(
        source=source,
        arxiv_id=arxiv_id,
        title=_words(paper.get("title")),
        authors=tuple(authorship.name for authorship in authorships) or None,
        venue=_venue(paper.get("venue")),
        doi=_doi(paper),
        references=references,
        references_complete=bool(references)
        and len(references or ()) == _count(paper.get("referenceCount")),
        citations=_works(paper.get("citations"), paper.get("citationCount")),
        citation_count=_count(paper.get("citationCount")),
        authorships=authorships or None,
    )


def _works(listed: object, count: object) -> tuple[Reference, ...] | None:
    if not isinstance(listed, list):
        return None
    works = tuple(filter(None, map(cited_work, listed)))
    return works if works or not (listed or _count(count)) else None


def cited_work(held: object) -> Reference | None:
    """One reference or citation; None where nothing says what it is."""
    if not isinstance(held, dict):
        return None
    title, arxiv_id, doi = _words(held.get("title")), arxiv_id_of(held), _doi(held)
    if not (title or arxiv_id or doi):
        return None
    names = _authorships(held.get("authors"))
    return Reference(
        title=title,
        first_author=names[0].name if names else None,
        year=_year(held.get("year")),
        arxiv_id=arxiv_id,
        doi=doi,
        evidence=EVIDENCE,
    )


def _authorships(listed: object) -> tuple[Authorship, ...]:
    people = listed if isinstance(listed, list) else []
    held = (person for person in people if isinstance(person, dict))
    named = ((_text(person.get("name")), _text(person.get("authorId"))) for person in held)
    return tuple(Authorship(name, (f"s2:{id_}",) if id_ else ()) for name, id_ in named if name)


def _doi(paper: Mapping[str, Any]) -> str | None:
    """The DOI of the published version: the one that arXiv gives to a preprint is passed over."""
    ids = paper.get("externalIds")
    doi = _text(ids.get("DOI")) if isinstance(ids, dict) else None
    return None if doi is None or normal_arxiv_id(doi) else doi


def _venue(held: object) -> str | None:
    venue = _words(held)
    return None if venue is None or venue.casefold() in _NO_VENUES else venue


def _words(held: object) -> str | None:
    printed = _text(held)
    return without_markup(printed) or None if printed else None


def _text(held: object) -> str | None:
    return " ".join(held.split()) or None if isinstance(held, str) else None


def _count(held: object) -> int | None:
    """A whole number from 0, also where it is written as a text."""
    number = int(held) if isinstance(held, str) and _DIGITS.fullmatch(held) else held
    return number if type(number) is int and number >= 0 else None


def _year(held: object) -> int | None:
    year = _count(held)
    return year if year and 1000 <= year <= 2999 else None
