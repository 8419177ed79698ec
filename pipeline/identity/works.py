"""Deduplication of references: which name one work, and which of them is a paper at hand.

A reference with an arXiv id or a DOI is that work. One without is the work of the same folded
title whose first author agrees, at most `YEARS_APART` years away. So are a preprint and its
published version where no source says so: one arXiv id and the DOIs of that title, if both print
the first author. Two arXiv ids are never one work, nor two DOIs without a preprint between them.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from pipeline.model.folding import family_name, folded_title
from pipeline.model.identities import Citations, CitedWork, Work
from pipeline.model.ids import earliest_day, work_id
from pipeline.model.organisations import is_organisation
from pipeline.model.records import Paper, Reference

YEARS_APART = 3
LONG_TITLE_LETTERS = 25
SHORT_TITLE_LETTERS = 12
"""A shorter title is no proof that two ids are one work."""


class _TitledWork(NamedTuple):
    """A title with its first author and year, and the id that it is known by, if any."""

    title: str
    first_author: str | None
    year: int | None
    id: str | None


def deduplicate_references(papers: Sequence[Paper]) -> tuple[list[Work], list[Citations]]:
    """The works that papers cite beyond themselves, by id, and who cites which, list by list.

    A reference without title, arXiv id and DOI names nothing and gives no citation.
    """
    paper_ids = {paper.id for paper in papers}
    # Many papers cite one work in the same words: what it is is found out once.
    distinct: defaultdict[Reference, int] = defaultdict(count().__next__)
    lists = [
        (paper.id, listed.source, array("L", map(distinct.__getitem__, listed.references)))
        for paper in papers
        for listed in paper.reference_lists
    ]
    ids = _Ids(papers, list(filter(_names_a_work, distinct)))
    cited_works = [
        ids.of(reference) if _names_a_work(reference) else None for reference in distinct
    ]
    works: dict[str, list[Reference]] = defaultdict(list)
    for reference, cited in zip(distinct, cited_works, strict=True):
        if cited and cited.id not in paper_ids:
            works[cited.id].append(reference)
    citations = [
        Citations(paper_id, source, cites)
        for paper_id, source, numbers in lists
        if (cites := tuple(filter(None, map(cited_works.__getitem__, numbers))))
    ]
    citations += _citing(papers, paper_ids, ids)
    return [_work(cited, works[cited]) for cited in sorted(works)], citations


def _names_a_work(reference: Reference) -> bool:
    return bool(reference.title or reference.arxiv_id or reference.doi)


def _citing(papers: Iterable[Paper], paper_ids: Container[str], ids: _Ids) -> Iterator[Citations]:
    """Of the works that cite a paper, those at hand alone: the rest would be the world."""
    for paper in papers:
        for source, reference in paper.citations:
            citing = ids.of(reference)
            if citing.id in paper_ids:
                yield Citations(citing.id, source, (CitedWork(paper.id, citing.evidence),))


class _Ids:
    """The id of each reference, by what all references and papers together tell of it."""

    def __init__(self, papers: Iterable[Paper], references: Sequence[Reference]) -> None:
        self._named: dict[str, list[_TitledWork]] = defaultdict(list)
        self._by_doi: dict[str, str] = {}
        for reference in references:
            if reference.arxiv_id and reference.doi:
                self._by_doi.setdefault(reference.doi.casefold(), f"arxiv:{reference.arxiv_id}")
        for paper in papers:
            if paper.doi:
                self._by_doi[paper.doi.casefold()] = paper.id
            first = paper.authors[0] if paper.authors else None
            titles = {title for title in (paper.title, *(e.title for e in paper.entries)) if title}
            for title in sorted(titles):
                self._named[folded_title(title)].append(
                    _TitledWork(title, first, paper.year, paper.id)
                )
        for reference in references:
            if reference.title:
                self._named[folded_title(reference.title)].append(self._of_reference(reference))
        self._preprints = {
            published: preprint
            for title, named in self._named.items()
            if len(title) >= SHORT_TITLE_LETTERS
            for published, preprint in _published(named)
        }

    def of(self, reference: Reference) -> CitedWork:
        """The work that a reference names."""
        work_key = self._own(reference)
        if work_key in self._preprints:
            return CitedWork(
                self._preprints[work_key], "same title and first author as this preprint"
            )
        if work_key:
            return CitedWork(work_key, reference.evidence or "printed in the reference")
        this = self._of_reference(reference)
        same_title = self._named.get(folded_title(reference.title or ""), [this])
        agreeing = [other for other in same_title if _could_be_one(this, other)]
        ids = sorted({self._preprints.get(other.id, other.id) for other in agreeing if other.id})
        if len(ids) == 1:
            return CitedWork(ids[0], "same title and first author as a work of this id")
        unnamed = [other for other in agreeing if not other.id] or [this]
        earliest = min(unnamed, key=lambda other: (other.year or 9999, other.first_author or ""))
        author = family_name(earliest.first_author or "")
        work_key = work_id(folded_title(earliest.title), author, earliest.year)
        return CitedWork(work_key, "named by title")

    def _own(self, reference: Reference) -> str | None:
        if reference.arxiv_id:
            return f"arxiv:{reference.arxiv_id}"
        doi = reference.doi and reference.doi.casefold()
        return self._by_doi.get(doi, f"doi:{doi}") if doi else None

    def _of_reference(self, reference: Reference) -> _TitledWork:
        own_id = self._own(reference)
        return _TitledWork(reference.title or "", reference.first_author, reference.year, own_id)


def _published(named: Sequence[_TitledWork]) -> Iterator[tuple[str, str]]:
    """The DOIs of one title, each with the only preprint of that title whose author agrees."""
    preprints = {other.id for other in named if other.id and other.id.startswith("arxiv:")}
    if len(preprints) != 1:
        return
    (preprint,) = preprints
    of_preprint = [other for other in named if other.id == preprint and other.first_author]
    for other in named:
        is_published = other.id and other.id.startswith("doi:") and other.first_author
        if (
            other.id
            and is_published
            and any(_could_be_one(other, preprint_named) for preprint_named in of_preprint)
        ):
            yield other.id, preprint


def _could_be_one(a: _TitledWork, b: _TitledWork) -> bool:
    if a.year and b.year and abs(a.year - b.year) > YEARS_APART:
        return False
    if not a.first_author or not b.first_author:
        # One source prints no authors; a long title is enough then, a short one is not.
        long = len(folded_title(a.title)) >= LONG_TITLE_LETTERS
        return long or a.first_author == b.first_author
    # A team's report is cited under the team and under its first member alike.
    if is_organisation(a.first_author) or is_organisation(b.first_author):
        return True
    return family_name(a.first_author) == family_name(b.first_author)


def _work(own_id: str, references: Sequence[Reference]) -> Work:
    years = [reference.year for reference in references if reference.year]
    authors = [r.first_author for r in references if r.first_author]
    people = [author for author in authors if not is_organisation(author)]
    arxiv_id = next((r.arxiv_id for r in references if r.arxiv_id), None)
    # Bibliographies print the year of the published version, or a wrong one.
    published = earliest_day(arxiv_id) if arxiv_id else None
    return Work(
        id=own_id,
        arxiv_id=arxiv_id,
        doi=next((r.doi for r in references if r.doi), None),
        title=next((r.title for r in references if r.title), None),
        first_author=max(people or authors, key=len, default=None),
        year=published.year if published else min(years, default=None),
        published=published,
    )
