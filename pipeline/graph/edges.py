"""The edges: one row for each pair of nodes and kind, with everyone who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pipeline.graph.nodes import Row
from pipeline.identities import Citation, Creator, Tag
from pipeline.ids import note_name
from pipeline.records import Paper

DIGEST = "digest"
TAGS_FILE = "tags.toml"


def wrote_rows(creators: Iterable[Creator], papers: Iterable[Paper]) -> Iterator[Row]:
    """Author or organisation to paper, by the place in its author list."""
    says = {paper.id: paper.decided.get("authors", DIGEST) for paper in papers}
    for creator in creators:
        positions: dict[str, int] = {}
        for signature in creator.signatures:
            place = positions.get(signature.paper_id, signature.position)
            positions[signature.paper_id] = min(place, signature.position)
        for paper_id, position in positions.items():
            yield {
                **_edge(creator.id, paper_id, "wrote", says[paper_id]),
                "evidence": creator.reason,
                "position": position,
            }


def tagged_rows(papers: Iterable[Paper], tags: Mapping[str, Tag]) -> Iterator[Row]:
    """Paper to tag; `tags` is by spelling. The weight counts the entries that say so."""
    for paper in papers:
        days: dict[str, list[date | None]] = defaultdict(list)
        for entry in paper.entries:
            for tag_id in {tags[spelling].id for spelling in entry.tags}:
                days[tag_id].append(entry.date)
        for tag_id, dates in days.items():
            yield {
                **_edge(paper.id, tag_id, "tagged", DIGEST, len(dates)),
                "entry_dates": sorted({day for day in dates if day}),
            }


def tag_relation_rows(tags: Iterable[Tag]) -> Iterator[Row]:
    """Tag to broader tag, and to a tag that it relates to, as the reader's tags file says."""
    for tag in tags:
        for kind, others in (("broader", tag.broader), ("relates_to", tag.related)):
            for other in others:
                yield _edge(tag.id, other, kind, TAGS_FILE)


def category_edge_rows(papers: Iterable[Paper]) -> Iterator[Row]:
    """Paper to category."""
    for paper in papers:
        for rank, category in enumerate(dict.fromkeys(paper.categories or ())):
            source = paper.decided["categories"]
            edge = _edge(paper.id, f"category:{category}", "in_category", source)
            yield {**edge, "primary": rank == 0}


def cites_rows(citations: Iterable[Citation]) -> Iterator[Row]:
    """Paper to cited work; a work that one list names twice is cited once."""
    found: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in citations:
        if citation.citing != citation.cited:
            found[citation.citing, citation.cited].append(citation)
    for (citing, cited), same in found.items():
        sources = sorted({citation.source for citation in same})
        evidence = "; ".join(dict.fromkeys(citation.evidence for citation in same))
        edge = _edge(citing, cited, "cites", sources[0])
        yield {**edge, "sources": sources, "evidence": evidence}


def mentions_rows(papers: Iterable[Paper], notes: Mapping[str, str]) -> Iterator[Row]:
    """Paper to the paper that its commentary points at; the weight counts the sentences.

    `notes` holds the paper of each note by the note's name.
    """
    for paper in papers:
        found: dict[str, list[tuple[str, str, date | None]]] = defaultdict(list)
        for entry in paper.entries:
            place = f"{entry.file}:{entry.line_start}"
            for mention in entry.mentions:
                target = notes.get(note_name(mention.note or ""))
                if mention.arxiv_id:
                    target = f"arxiv:{mention.arxiv_id}"
                if target and target != paper.id:
                    found[target].append((mention.sentence, place, entry.date))
        for target, said_of in found.items():
            sentences, places, days = zip(*said_of, strict=True)
            distinct = list(dict.fromkeys(sentences))
            yield {
                **_edge(paper.id, target, "mentions", DIGEST, len(distinct)),
                "evidence": "; ".join(dict.fromkeys(places)),
                "sentence": "\n".join(distinct),
                "entry_dates": sorted({day for day in days if day}),
            }


def _edge(source: str, target: str, kind: str, said_by: str, times: int = 1) -> Row:
    return {
        "source": source,
        "target": target,
        "kind": kind,
        "sources": [said_by],
        "weight": float(times),
    }
