"""Crossref: what the publisher of a DOI deposited: references, venue, ORCIDs, citation count.

arXiv's own DOIs are not there. https://api.crossref.org/swagger-ui/index.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from pipeline.model.ids import normal_orcid
from pipeline.model.records import Authorship, Facts, Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import (
    count,
    facts_of_pieces,
    fields,
    listed,
    only_piece,
    rows,
    text,
    words,
    work_ids,
    year,
)
from pipeline.sources.text_markup import without_markup

# What reads printed references is loaded where there are some, as its patterns take a while.
NAME = "crossref"
_ADDRESS = "https://api.crossref.org/works/"
_EVIDENCE = "deposited at Crossref"
_PRINTING = ("journal-title", "unstructured", "article-title", "volume-title")


def _ask(published_keys: Sequence[str]) -> Request:
    (key,) = published_keys
    doi = key.partition(" ")[2]
    return Request(NAME, f"{_ADDRESS}{quote(doi, safe='')}", (key,), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    return only_piece(request, reply, _facts)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(key: str, record: object) -> Facts:
    arxiv_id, _, doi = key.partition(" ")
    work = fields(fields(record).get("message"))
    if (text(work.get("DOI")) or "").casefold() != doi:
        raise ValueError("it is another work than was asked for")
    listing = rows(work.get("reference"))
    references = tuple(filter(None, map(_reference, listing)))
    deposited = count(work.get("reference-count"))
    return Facts(
        NAME,
        arxiv_id,
        venue=next(filter(None, map(words, listed(work.get("container-title")))), None),
        doi=doi,
        references=references or None,
        references_complete=bool(references) and len(references) == deposited,
        citation_count=count(work.get("is-referenced-by-count")),
        authorships=tuple(filter(None, map(_authorship, rows(work.get("author"))))) or None,
    )


def _authorship(row: Mapping[str, object]) -> Authorship | None:
    """An author; None for one without a name, which some publishers deposit."""
    parts = (words(row.get("given")), words(row.get("family")))
    name = " ".join(filter(None, parts)) or words(row.get("name"))
    if not name:
        return None
    institutions = (words(affiliation.get("name")) for affiliation in rows(row.get("affiliation")))
    orcid = normal_orcid(row.get("ORCID"))
    return Authorship(name, (orcid,) if orcid else (), tuple(filter(None, institutions)))


def _reference(row: Mapping[str, object]) -> Reference | None:
    from pipeline.sources.eprint_ids import printed_works
    from pipeline.sources.printed_references import printed_reference

    of_doi, doi = work_ids(row.get("DOI"))
    texts = (text(row.get(key)) or "" for key in _PRINTING)
    printed = [work for each in texts for work in printed_works(without_markup(each)[:5_000])[:1]]
    arxiv_id = of_doi or next((work.arxiv_id for work in printed if work.arxiv_id), None)
    doi = doi or (None if arxiv_id else next((work.doi for work in printed if work.doi), None))
    whole = printed_reference(text(row.get("unstructured")) or "")
    title = words(row.get("article-title")) or words(row.get("volume-title")) or whole.title
    if not (title or arxiv_id or doi):
        return None
    return Reference(
        title=title,
        first_author=words(row.get("author")) or whole.first_author,
        year=year(text(row.get("year"))) or whole.year,
        arxiv_id=arxiv_id,
        doi=doi,
        evidence=_EVIDENCE if arxiv_id or doi else None,
    )


SOURCE = Source(
    NAME,
    _ask,
    _facts_of_answer,
    keyed_by="published_doi",
    gives="references and venues of published papers",
)
