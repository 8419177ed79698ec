"""Semantic Scholar's papers: references, authors, venue, counts.

Who cites them is asked apart, as an answer may have 10 MB and takes too long with both: with the
authors of every reference 500 papers have 16 MB. https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from pipeline.sources.semantic_scholar_batches import batch_source

NAME = "semantic_scholar"
FIELDS = (
    "externalIds,title,venue,citationCount,referenceCount,authors",
    "references.externalIds,references.title,references.year",
)

SOURCE = batch_source(NAME, FIELDS, "references, citations and counts")
