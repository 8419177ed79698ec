"""Which references name one work, and which of them is a paper at hand.

A reference with an arXiv id or a DOI is that work. One without is the work of the same folded
title whose first author agrees, at most `YEARS_APART` years away: the preprint, the published
version and a reprint of it are one work; two different ids never are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.folding import family_name, folded_title
from pipeline.organisations import is_organisation
from pipeline.ids import work_id
from pipeline.records import Citation, Paper, Reference, Work

YEARS_APART = 3


class _Named(NamedTuple):
    """A title with its first author and year, and the id that it is known by, if any."""

    title: str
    first_author: str | None
    year: int | None
    id: str | None


def cited_works(papers: Sequence[Paper]) -> tuple[list[Work], list[Citation]]:
    """The works that papers cite beyond themselves, by id, and every citation, in printed order.

    A reference without title, arXiv id and DOI names nothing and gives no citation.
    """
    known = {paper.id for paper in papers}
    referring = [
        (paper, reference)
        for paper in papers
        for reference in paper.references or ()
        if reference.title or reference.arxiv_id or reference.doi
    ]
    ids = _work_ids(papers, [reference for _, reference in referring])
    works: dict[str, list[Reference]] = defaultdict(list)
    citations = []
    for (paper, reference), (cited, evidence) in zip(referring, ids, strict=True):
        if cited not in known:
            works[cited].append(reference)
        citations.append(Citation(paper.id, cited, paper.decided["references"], evidence))
    return [_work(cited, works[cited]) for cited in sorted(works)], citations


def _work_ids(
    papers: Iterable[Paper], references: Sequence[Reference]
) -> Iterator[tuple[str, str]]:
    named: dict[str, list[_Named]] = defaultdict(list)
    for paper in papers:
        first = paper.authors[0] if paper.authors else None
        titles = {title for title in (paper.title, *(e.title for e in paper.entries)) if title}
        for title in sorted(titles):
            named[folded_title(title)].append(_Named(title, first, paper.year, paper.id))
    for reference in references:
        if reference.title:
            key = folded_title(reference.title)
            named[key].append(_named(reference))
    for reference in references:
        yield _found_id(reference, named.get(folded_title(reference.title or ""), []))


def _found_id(reference: Reference, same_title: Sequence[_Named]) -> tuple[str, str]:
    own = _own_id(reference)
    if own:
        return own, reference.evidence or "printed in the reference"
    agreeing = [other for other in same_title if _could_be_one(_named(reference), other)]
    ids = sorted({other.id for other in agreeing if other.id})
    if len(ids) == 1:
        return ids[0], "same title and first author as a work of this id"
    unnamed = [other for other in agreeing if not other.id]
    earliest = min(unnamed, key=lambda other: (other.year or 9999, other.first_author or ""))
    author = family_name(earliest.first_author or "")
    return work_id(folded_title(earliest.title), author, earliest.year), "named by title"


def _own_id(reference: Reference) -> str | None:
    if reference.arxiv_id:
        return f"arxiv:{reference.arxiv_id}"
    return f"doi:{reference.doi.casefold()}" if reference.doi else None


def _named(reference: Reference) -> _Named:
    title = reference.title or ""
    return _Named(title, reference.first_author, reference.year, _own_id(reference))


def _could_be_one(a: _Named, b: _Named) -> bool:
    if a.year and b.year and abs(a.year - b.year) > YEARS_APART:
        return False
    if not a.first_author or not b.first_author:
        return a.first_author == b.first_author
    # A team's report is cited under the team and under its first member alike.
    if is_organisation(a.first_author) or is_organisation(b.first_author):
        return True
    return family_name(a.first_author) == family_name(b.first_author)


def _work(own_id: str, references: Sequence[Reference]) -> Work:
    years = [reference.year for reference in references if reference.year]
    authors = [r.first_author for r in references if r.first_author]
    people = [author for author in authors if not is_organisation(author)]
    return Work(
        id=own_id,
        arxiv_id=next((r.arxiv_id for r in references if r.arxiv_id), None),
        doi=next((r.doi for r in references if r.doi), None),
        title=next((r.title for r in references if r.title), None),
        first_author=max(people or authors, key=len, default=None),
        year=min(years, default=None),
    )
