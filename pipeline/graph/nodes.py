"""The nodes: one row for each paper, cited work, person, organisation, tag and category."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.identities import Creator, Tag, Work
from pipeline.records import Paper, ReferenceList
from pipeline.tables import own_link

Row = dict[str, Any]
"""Column to value; a column that is left out is null."""


def paper_rows(papers: Iterable[Paper]) -> Iterator[Row]:
    """A row for each paper of the digests and each that they mention."""
    for paper in papers:
        link = next(filter(None, map(own_link, paper.entries)), None)
        yield {
            "id": paper.id,
            "kind": "paper",
            "label": paper.title or paper.arxiv_id or link or paper.id,
            "arxiv_id": paper.arxiv_id,
            "title": paper.title,
            "first_author": paper.authors[0] if paper.authors else None,
            "year": paper.year,
            "published": paper.published,
            "updated": paper.updated,
            "categories": paper.categories,
            "venue": paper.venue,
            "doi": paper.doi,
            "url": _url(paper.arxiv_id, paper.doi) or link,
            "in_digest": bool(paper.entries),
            "entry_dates": [entry.date for entry in paper.entries if entry.date],
            "abstract": paper.abstract,
            "commentary": "\n\n".join(e.commentary for e in paper.entries if e.commentary) or None,
            "authors_complete": paper.authors_complete if paper.authors else None,
            "references_known": _share_known(paper.reference_lists),
            "cited_by": [{"source": s, "count": n} for s, n in sorted(paper.cited_by)] or None,
            "comment": paper.comment,
            "topics": paper.topics,
            "repository": paper.repository,
            "upvotes": paper.upvotes,
            "decided_by": [f"{field}: {source}" for field, source in paper.decided.items()],
        }


def work_rows(works: Iterable[Work]) -> Iterator[Row]:
    """A row for each work that is cited and is not among the papers."""
    for work in works:
        yield {
            "id": work.id,
            "kind": "paper",
            "label": work.title or work.arxiv_id or work.doi or work.id,
            "arxiv_id": work.arxiv_id,
            "title": work.title,
            "first_author": work.first_author,
            "year": work.year,
            "doi": work.doi,
            "url": _url(work.arxiv_id, work.doi),
            "in_digest": False,
            "entry_dates": [],
            "references_known": _share_known(()),
            "decided_by": [],
        }


def creator_rows(creators: Iterable[Creator]) -> Iterator[Row]:
    """A row for each person and each organisation."""
    for creator in creators:
        yield {
            "id": creator.id,
            "kind": creator.kind,
            "label": creator.name,
            "name": creator.name,
            "spellings": creator.spellings,
            "same_as": _elsewhere(creator) if creator.kind == "author" else None,
            "ambiguous": creator.ambiguous if creator.kind == "author" else None,
        }


def _elsewhere(creator: Creator) -> list[Row]:
    return [{"id": own, "source": source, "date": day} for own, source, day in creator.same_as]


def tag_rows(tags: Iterable[Tag]) -> Iterator[Row]:
    """A row for each tag."""
    for tag in tags:
        yield {
            "id": tag.id,
            "kind": "tag",
            "label": tag.label,
            "spellings": tag.spellings,
            "broader": tag.broader,
            "meta": tag.meta,
        }


def category_rows(papers: Iterable[Paper], names: Mapping[str, str]) -> Iterator[Row]:
    """A row for each category that a paper is in; `names` holds arXiv's name of each."""
    for category in sorted({c for paper in papers for c in paper.categories or ()}):
        yield {
            "id": f"category:{category}",
            "kind": "category",
            "label": category,
            "name": names.get(category),
        }


def _url(arxiv_id: str | None, doi: str | None) -> str | None:
    if arxiv_id:
        return f"https://arxiv.org/abs/{arxiv_id}"
    return f"https://doi.org/{doi}" if doi else None


def _share_known(lists: Sequence[ReferenceList]) -> str:
    if not lists:
        return "none"
    return "all" if any(listed.complete for listed in lists) else "some"
