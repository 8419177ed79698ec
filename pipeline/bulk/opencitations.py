"""The lines of OpenCitations' public dumps, CSV, to rows: who cites whom, and what works are.

The Index names works by OMID (`omid:br/0612345`), its forerunner COCI by DOI; what an OMID is, the
dump of OpenCitations Meta says: `omid:br/0612345 doi:10.1/x`. A line tells by its columns which of
the three it is of. https://opencitations.net/download
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.model.ids import normal_arxiv_id

Row = dict[str, Any]
HEADS = (b"oci,citing", b'"oci","citing"', b"citing,cited", b'"citing","cited"',
         b"id,title", b'"id","title"', b'"id","citing"', b"id,citing")  # fmt: skip
"""How a file of these begins."""
_LINK_COLUMNS, _META_COLUMNS = (2, 5, 7), 11
_TITLE, _AUTHOR, _VENUE, _DAY = 1, 2, 5, 7
_HEADERS = {"citing", "title"}
_DOI = re.compile(r"10\.\d{4,9}/\S{1,400}")
_BRACKETS = re.compile(r"\s?\[[^\[\]]*\]")


def link_rows(cells: Sequence[str]) -> list[Row]:
    """The link of a line of citations; none of a line that is of Meta, or a header."""
    if len(cells) not in _LINK_COLUMNS or _HEADERS & set(cells):
        return _none_or_bad(cells)
    citing, cited = cells[:2] if len(cells) == 2 else cells[1:3]
    ends = {"citing": _work(citing), "cited": _work(cited)}
    if not all(ends.values()):
        raise ValueError(f"{citing[:40]!r} or {cited[:40]!r} is no id of a work")
    return [ends]


def work_rows(cells: Sequence[str]) -> list[Row]:
    """The work of a line of Meta, by OMID and by each DOI; none of a line of citations."""
    if len(cells) != _META_COLUMNS or _HEADERS & set(cells):
        return _none_or_bad(cells)
    names = cells[0].split()
    dois = [doi for name in names if (doi := _doi(name))]
    printed = (name for name in names if name.startswith(("arxiv:", "doi:")))
    arxiv_ids = (normal_arxiv_id(name.partition(":")[2]) for name in printed)
    people = [_BRACKETS.sub("", name).strip() for name in cells[_AUTHOR].split("; ")]
    year = cells[_DAY][:4]
    facts = {
        "arxiv_id": next(filter(None, arxiv_ids), None),
        "doi": next((doi for doi in dois if not normal_arxiv_id(doi)), None),
        "title": " ".join(cells[_TITLE].split()) or None,
        "year": int(year) if year.isdecimal() else None,
        "venue": _BRACKETS.sub("", cells[_VENUE]).strip() or None,
        "people": [{"name": _given_first(name)} for name in people if name] or None,
    }
    own = [name for name in names if name.startswith("omid:")]
    if not (own or dois):
        raise ValueError(f"{cells[0][:80]!r} holds neither OMID nor DOI")
    return [{"work": name, **facts} for name in (*own, *dois)]


def cells_of(line: bytes) -> list[str]:
    """The cells of a line. Raises ValueError for what is no line of CSV."""
    try:
        return next(csv.reader([line.decode("utf-8")], strict=True), [])
    except csv.Error as error:
        raise ValueError(f"not CSV ({error})") from None


def _none_or_bad(cells: Sequence[str]) -> list[Row]:
    if len(cells) in (*_LINK_COLUMNS, _META_COLUMNS):
        return []
    raise ValueError(f"{len(cells)} columns, neither of citations nor of Meta")


def _work(printed: str) -> str | None:
    """The id by which a work is known in links: its OMID, or its DOI."""
    names = printed.split()
    omid = next((name for name in names if name.startswith("omid:")), None)
    return omid or next(filter(None, map(_doi, names)), None)


def _doi(name: str) -> str | None:
    doi = _DOI.fullmatch(name.casefold().removeprefix("doi:"))
    return doi[0] if doi else None


def _given_first(name: str) -> str:
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name


def works_by_doi(ends: Iterable[str]) -> Iterator[Row]:
    """The works that ids of links name by themselves: those that are DOIs."""
    for end in ends:
        if _doi(end):
            arxiv_id = normal_arxiv_id(end)
            yield {"work": end, "arxiv_id": arxiv_id, "doi": None if arxiv_id else end}


def joined(works: Iterable[Row], links: Iterable[Row], own: Mapping[str, str]) -> tuple[
    list[Row], list[Row]
]:  # fmt: skip
    """Works and links, in which preprint and published version of a paper are one work.

    `own` is the arXiv id of each work that is a version of a paper at hand.
    """
    described = {work["work"]: work for work in works}
    papers = [{"work": f"arxiv:{i}", "arxiv_id": i} for i in sorted(set(own.values()))]
    others = [work for key, work in described.items() if key not in own]
    moved = [
        {end: f"arxiv:{own[link[end]]}" if link[end] in own else link[end] for end in link}
        for link in links
    ]
    blank = dict.fromkeys(("arxiv_id", "doi", "title", "year", "venue", "people"))
    blank |= dict.fromkeys(("citation_count", "reference_count"))
    return [blank | work for work in (*papers, *others)], moved
