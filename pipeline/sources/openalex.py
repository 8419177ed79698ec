"""OpenAlex: people with their ids and institutions, topics, venue, DOI and citation count.

One work a request, which costs nothing: `works/doi:10.48550/arxiv.ID`. A preprint that was
merged into its journal version is found by this address alone. References are left out: they
are bare OpenAlex ids, and for preprints the list is often empty though the paper cites.
https://developers.openalex.org/api-entities/works
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.model.ids import normal_arxiv_id, normal_orcid
from pipeline.model.records import Authorship, Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import (
    count,
    facts_of_pieces,
    fields,
    given_name_first,
    only_piece,
    rows,
    text,
    words,
    work_ids,
)

NAME = "openalex"
_ADDRESS = "https://api.openalex.org/works/doi:10.48550/arxiv."
_SELECTED = (
    "id,doi,title,publication_date,authorships,topics,cited_by_count,primary_location,locations"
)
_AUTHORS_CUT_AT = 100
_NO_VENUES = ("repository", "metadata")


def _ask(arxiv_ids: Sequence[str]) -> Request:
    (arxiv_id,) = arxiv_ids
    return Request(
        NAME, f"{_ADDRESS}{arxiv_id}?select={_SELECTED}", (arxiv_id,), split_by_key=_split_by_key
    )


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    return only_piece(request, reply, _facts)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(arxiv_id: str, record: object) -> Facts:
    work = fields(record)
    primary = work.get("primary_location")
    places = [*([fields(primary)] if primary else []), *rows(work.get("locations"))]
    if arxiv_id not in _printed_ids(work, places):
        raise ValueError("it is another work than was asked for")
    listing = rows(work.get("authorships"))
    people = tuple(filter(None, map(_authorship, listing)))
    whole = people and len(people) == len(listing) < _AUTHORS_CUT_AT
    topics = (text(topic.get("display_name")) for topic in rows(work.get("topics")))
    return Facts(
        NAME,
        arxiv_id,
        title=words(work.get("title")),
        authors=tuple(person.name for person in people) if whole else None,
        published=_day(work.get("publication_date")),
        venue=next(filter(None, map(_venue, places)), None),
        doi=work_ids(work.get("doi"))[1],
        citation_count=count(work.get("cited_by_count")),
        authorships=people or None,
        topics=tuple(filter(None, topics)) or None,
    )


def _printed_ids(
    work: Mapping[str, object], places: Sequence[Mapping[str, object]]
) -> set[str | None]:
    """The arXiv ids by which a work is known: of its DOI, and of the places where it can be read.

    A merged work has the DOI of the journal, and arXiv among its places.
    """
    links = [text(place.get(key)) for place in places for key in ("landing_page_url", "pdf_url")]
    return {work_ids(work.get("doi"))[0], *(normal_arxiv_id(link) for link in links if link)}


def _authorship(row: Mapping[str, object]) -> Authorship | None:
    """An author; None for one without a name, which costs itself alone."""
    author = fields(row.get("author"))
    printed = text(row.get("raw_author_name"))
    name = given_name_first(printed) if printed else text(author.get("display_name"))
    if name is None:
        return None
    author_id = (text(author.get("id")) or "").rpartition("/")[2]
    ids = (
        f"openalex:{author_id}" if author_id.startswith("A") else None,
        normal_orcid(author.get("orcid")),
    )
    institutions = (text(row.get("display_name")) for row in rows(row.get("institutions")))
    return Authorship(name, tuple(filter(None, ids)), tuple(filter(None, institutions)))


def _venue(place: Mapping[str, object]) -> str | None:
    """The journal or conference of a place where a work can be read.

    A repository is none, nor is a register such as DataCite's, whose type is `metadata`.
    """
    host = fields(place.get("source"))
    return None if host.get("type") in _NO_VENUES else words(host.get("display_name"))


def _day(value: object) -> date | None:
    """A day; None where the text is none, as a month alone or the 31st of June."""
    try:
        return date.fromisoformat(text(value) or "")
    except ValueError:
        return None


SOURCE = Source(NAME, _ask, _facts_of_answer, gives="ids of people, venues and topics")
