"""Works, links and people of a dump to what it says of papers, as rows of `tables.DUMPED`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.bulk.dumps import Row


class Touched(NamedTuple):
    """What of a dump touches papers: works, links between them, and ORCIDs by person's id."""

    source: str
    ids_begin: str
    works: Iterable[Row]
    links: Iterable[Row]
    orcids: Mapping[str, str]


def dumped_rows(touched: Touched, wanted: Iterable[str] | None) -> Iterator[Row]:
    """A row for each paper that has an arXiv id, or for the `wanted` ones; by id.

    Of several works with one arXiv id, the most cited speaks for all.
    """
    works = {work["work"]: work for work in touched.works}
    cited, citing = defaultdict(set), defaultdict(set)
    for link in touched.links:
        cited[link["citing"]].add(link["cited"])
        citing[link["cited"]].add(link["citing"])
    only = None if wanted is None else set(wanted)
    for arxiv_id, work in sorted(_by_arxiv_id(works).items()):
        if only is not None and arxiv_id not in only:
            continue
        references = _described(cited[work["work"]], works)
        named = (person for person in work["people"] or () if person["name"])
        people = [_authorship(person, touched) for person in named]
        yield {
            "arxiv_id": arxiv_id,
            "source": touched.source,
            "title": work["title"],
            "authors": [person["name"] for person in people] or None,
            "venue": work["venue"],
            "doi": work["doi"],
            "references": references or None,
            "references_complete": 0 < len(references) == work["reference_count"],
            "citations": _described(citing[work["work"]], works) or None,
            "citation_count": work["citation_count"],
            "authorships": people or None,
        }


def _by_arxiv_id(works: Mapping[str, Row]) -> dict[str, Row]:
    named = [work for work in works.values() if work["arxiv_id"]]
    named.sort(key=lambda work: (work["citation_count"] or 0, work["work"]))
    return {work["arxiv_id"]: work for work in named}


def _described(ids: Iterable[str], works: Mapping[str, Row]) -> list[Row]:
    """The works of these ids that the dump describes well enough to name them, by id."""
    references = (_reference(works[work_id]) for work_id in sorted(ids) if work_id in works)
    return [work for work in references if work["title"] or work["arxiv_id"] or work["doi"]]


def _reference(work: Row) -> Row:
    names = (person["name"] for person in work["people"] or ())
    named_fields = {name: work[name] for name in ("title", "year", "arxiv_id", "doi")}
    return {**named_fields, "first_author": next(filter(None, names), None)}


def _authorship(person: Row, touched: Touched) -> Row:
    person_id = person["id"]
    orcid = person["orcid"] or touched.orcids.get(person_id)
    ids = [
        f"{touched.ids_begin}:{person_id}" if person_id else None,
        f"orcid:{orcid}" if orcid else None,
    ]
    institutions = person["institutions"] or []
    return {"name": person["name"], "ids": [*filter(None, ids)], "institutions": institutions}
