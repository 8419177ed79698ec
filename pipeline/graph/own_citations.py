"""How the reader's own bibliography cites each paper: by which key, as what, where it appeared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from pipeline.model.records import Paper

KEY, OTHER_KEYS = "key", "ids"
"""The field of the key, and, as BibLaTeX calls it, that of the others of one paper."""


def own_citations(papers: Iterable[Paper]) -> Mapping[str, list[str]]:
    """`field: text` for each paper that a bibliography of the reader's cites, by id.

    The first of its records tells; keys of the others are told as `ids`. A key that two papers
    have is neither's, as nobody could tell what it cites; BibTeX knows no large and small letters.
    """
    cited = [paper for paper in papers if any(entry.citation for entry in paper.entries)]
    keys = {paper.id: _keys(paper) for paper in cited}
    claims: dict[str, set[str]] = {}
    for paper_id, of_paper in keys.items():
        for key in of_paper:
            claims.setdefault(key.casefold(), set()).add(paper_id)
    return {
        paper.id: _said(paper, [k for k in keys[paper.id] if len(claims[k.casefold()]) == 1])
        for paper in cited
    }


def _keys(paper: Paper) -> list[str]:
    pairs = chain.from_iterable(entry.citation for entry in paper.entries)
    named = [said.split(",") for name, said in pairs if name in (KEY, OTHER_KEYS)]
    return list({key.strip().casefold(): key.strip() for key in chain(*named)}.values())


def _said(paper: Paper, keys: list[str]) -> list[str]:
    first = next(entry.citation for entry in paper.entries if entry.citation)
    named = [(KEY, key) for key in keys[:1]] + [(OTHER_KEYS, ",".join(keys[1:]))] * (len(keys) > 1)
    fields = [*named, *(pair for pair in first if pair[0] not in (KEY, OTHER_KEYS))]
    return [f"{name}: {text}" for name, text in fields]
