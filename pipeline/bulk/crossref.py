"""Records of Crossref to links: who cites which DOI, by what publishers deposited there.

Its public data file holds works, each with its references: JSON lines (since 2025), or files that
are one list `items`. https://www.crossref.org/learning/public-data-file/
COMET has turned it round, into the works that cite each paper of arXiv, as JSON lines and as
Parquet, where the id has another name.
https://huggingface.co/datasets/cometadata/crossref-arxiv-citations
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.model.ids import normal_arxiv_id, printed_ids

_DOI = re.compile(r"10\.\d{4,9}/\S{1,400}")
_NAMES_OF_ID = ("arxiv_id", "cited_id", "arxiv_doi")
_PRINTING = ("unstructured", "journal-title", "article-title", "volume-title")

Row = dict[str, Any]


def links_of(record: Mapping[str, Any]) -> list[Row]:
    """The links of a record: of a work, of a list of works, or of a paper that works cite.

    Raises ValueError where it is none of these. A work in a list that is no work has a `problem`.
    """
    if isinstance(record.get("items"), list):
        return [row for item in record["items"] for row in _of_item(item)]
    if "cited_by" in record:
        return _rows(_dois(record["cited_by"], "doi"), (_cited(record),))
    return _rows((_own_doi(record),), filter(None, map(_named, _dicts(record.get("reference")))))


def _rows(citing: Iterable[str], cited: Iterable[str]) -> list[Row]:
    ends = list(dict.fromkeys(cited))
    return [{"citing": a, "cited": b} for a in dict.fromkeys(citing) for b in ends if a != b]


def _of_item(item: object) -> list[Row]:
    try:
        return links_of(item) if isinstance(item, dict) else [{"problem": "this is no object"}]
    except ValueError as error:
        return [{"problem": str(error)}]


def _cited(record: Mapping[str, Any]) -> str:
    """The paper of arXiv that works cite, by the DOI that arXiv gives it."""
    named = (record.get(name) for name in _NAMES_OF_ID)
    ids = (normal_arxiv_id(name) for name in named if isinstance(name, str))
    arxiv_id = next(filter(None, ids), None)
    if arxiv_id is None:
        raise ValueError(f"{str(record.get('arxiv_id'))[:80]!r} is no arXiv id")
    return _doi_of_preprint(arxiv_id)


def _own_doi(record: Mapping[str, Any]) -> str:
    doi = _doi(record.get("DOI"))
    if doi is None:
        raise ValueError("neither a work of Crossref nor a paper with the works that cite it")
    return doi


def _named(reference: Mapping[str, Any]) -> str | None:
    """What a reference names: its DOI, else the paper of arXiv that its text prints."""
    doi = _doi(reference.get("DOI"))
    texts = (reference.get(name) for name in _PRINTING)
    printed = " ".join(text for text in texts if isinstance(text, str))
    ids = () if doi or "arxiv" not in printed.lower() else printed_ids(printed)
    return doi or next((_doi_of_preprint(found.arxiv_id) for found in ids), None)


def _dois(rows: object, name: str) -> Iterator[str]:
    return filter(None, (_doi(row.get(name)) for row in _dicts(rows)))


def _dicts(rows: object) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _doi(printed: object) -> str | None:
    """A DOI in small letters; that of a preprint as arXiv writes it, without a version."""
    if not isinstance(printed, str):
        return None
    doi = _DOI.search(printed)
    arxiv_id = normal_arxiv_id(doi[0]) if doi else None
    return _doi_of_preprint(arxiv_id) if arxiv_id else doi and doi[0].casefold()


def _doi_of_preprint(arxiv_id: str) -> str:
    return f"10.48550/arxiv.{arxiv_id.casefold()}"
