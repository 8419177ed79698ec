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

_BATCHES = batch_source(NAME, FIELDS, "who cites them")


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    for facts in _BATCHES.read(answer):
        if isinstance(facts, Facts):
            citation_count = facts.citation_count
            yield Facts(
                NAME, facts.arxiv_id, citations=facts.citations, citation_count=citation_count
            )
        elif isinstance(facts, Skip):
            yield facts


SOURCE = replace(_BATCHES, read=_facts_of_answer)
