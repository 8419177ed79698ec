"""INSPIRE-HEP: references and citation counts in high energy physics and its neighbours.

https://github.com/inspirehep/rest-api-doc
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.model.ids import normal_arxiv_id, normal_orcid
from pipeline.model.records import Authorship, Facts, Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import (
    count,
    facts_of_pieces,
    fields,
    given_name_first,
    listed,
    only_piece,
    rows,
    text,
    words,
    work_ids,
    year,
)

NAME = "inspire"
_ADDRESS = "https://inspirehep.net/api/arxiv/"
_FIELDS = "arxiv_eprints,authors,citation_count,dois,publication_info,references,titles"
_EVIDENCE = "named by INSPIRE"


def _ask(arxiv_ids: Sequence[str]) -> Request:
    (arxiv_id,) = arxiv_ids
    return Request(
        NAME, f"{_ADDRESS}{arxiv_id}?fields={_FIELDS}", (arxiv_id,), split_by_key=_split_by_key
    )


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    return only_piece(request, reply, _facts)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(arxiv_id: str, record: object) -> Facts:
    paper = fields(fields(record).get("metadata"))
    own_ids = (text(row.get("value")) for row in rows(paper.get("arxiv_eprints")))
    if arxiv_id not in [normal_arxiv_id(printed_id) for printed_id in own_ids if printed_id]:
        raise ValueError("it is another paper than was asked for")
    listing = rows(paper.get("references"))
    references = tuple(filter(None, map(_reference, listing)))
    named = rows(paper.get("authors"))
    people = tuple(filter(None, map(_authorship, named)))
    dois = (work_ids(row.get("value"))[1] for row in rows(paper.get("dois")))
    journals = (words(row.get("journal_title")) for row in rows(paper.get("publication_info")))
    return Facts(
        NAME,
        arxiv_id,
        title=next((words(row.get("title")) for row in rows(paper.get("titles"))), None),
        authors=tuple(person.name for person in people) or None
        if len(people) == len(named)
        else None,
        venue=next(filter(None, journals), None),
        doi=next(filter(None, dois), None),
        references=references or None,
        references_complete=bool(references) and len(references) == len(listing),
        citation_count=count(paper.get("citation_count")),
        authorships=people or None,
    )


def _authorship(row: Mapping[str, object]) -> Authorship | None:
    name = text(row.get("full_name"))
    if name is None:
        return None
    id_rows = rows(row.get("ids"))
    ids = map(_id, id_rows)
    institutions = (text(affiliation.get("value")) for affiliation in rows(row.get("affiliations")))
    return Authorship(
        given_name_first(name), tuple(filter(None, ids)), tuple(filter(None, institutions))
    )


def _reference(row: Mapping[str, object]) -> Reference | None:
    cited = fields(row.get("reference"))
    dois = [work_ids(doi) for doi in listed(cited.get("dois"))]
    printed = [normal_arxiv_id(text(cited.get("arxiv_eprint")) or ""), *(a for a, _ in dois)]
    arxiv_id = next(filter(None, printed), None)
    doi = next((doi for _, doi in dois if doi), None)
    title = words(fields(cited.get("title")).get("title"))
    first = next((text(author.get("full_name")) for author in rows(cited.get("authors"))), None)
    if not (title or arxiv_id or doi):
        return None
    return Reference(
        title=title,
        first_author=given_name_first(first) if first else None,
        year=year(fields(cited.get("publication_info")).get("year")),
        arxiv_id=arxiv_id,
        doi=doi,
        evidence=_EVIDENCE if arxiv_id or doi else None,
    )


SOURCE = Source(NAME, _ask, _facts_of_answer, gives="references in physics")


def _id(id_row: Mapping[str, object]) -> str | None:
    """An ORCID, or the id by which INSPIRE tells authors apart (`inspire:J.Maldacena.1`)."""
    value = text(id_row.get("value"))
    if id_row.get("schema") == "INSPIRE BAI":
        return f"inspire:{value}" if value else None
    return normal_orcid(value) if id_row.get("schema") == "ORCID" else None
