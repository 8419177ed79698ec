"""Semantic Scholar's papers: who cites them, as far as the service lists it.

Titles are not asked for: of the works that cite a paper the graph takes those at hand alone, and
these are known by their ids. https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer
from pipeline.sources.semantic_scholar_batches import batch_source

NAME = "semantic_scholar_citations"
FIELDS = ("externalIds,citationCount", "citations.externalIds")

_BATCHES = batch_source(NAME, FIELDS)


def _read(answer: Answer) -> Iterator[Facts | Skip]:
    for known in _BATCHES.read(answer):
        if isinstance(known, Skip):
            yield known
        else:
            counted = known.citation_count
            yield Facts(NAME, known.arxiv_id, citations=known.citations, citation_count=counted)


SOURCE = replace(_BATCHES, read=_read)
