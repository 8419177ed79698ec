"""Papers, people, tags and citations to the rows that the graph is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline import relations
from pipeline.identities import Citation, Creator, Tag, Work
from pipeline.ids import note_name
from pipeline.records import Entry, Mention, Paper, ReferenceList
from pipeline.relations import Relations
from pipeline.tables import Table, own_link

DIGEST = "digest"
Row = dict[str, Any]
"""Column to value; a column that is left out is null."""


class Recorded(NamedTuple):
    """What the stages before found out. `tags` are by id.

    `notes` holds the paper of each note by the note's name, `category_names` arXiv's names.
    """

    papers: Sequence[Paper]
    works: Sequence[Work]
    creators: Sequence[Creator]
    citations: Sequence[Citation]
    tags: Mapping[str, Tag]
    notes: Mapping[str, str]
    category_names: Mapping[str, str]


def relations_of(known: Recorded) -> Relations[pa.Table]:
    """The tables of `relations`, from records; rows in the order of the records."""
    spelt = {spelling: tag.id for tag in known.tags.values() for spelling in tag.spellings}
    said = known.citations
    papers = [*map(_paper, known.papers), *map(_work, known.works)]
    signatures = (
        (creator.id, signature.paper_id, signature.position)
        for creator in known.creators
        for signature in creator.signatures
    )
    return Relations(
        papers=_table(relations.PAPERS, papers),
        creators=_table(relations.CREATORS, map(_creator, known.creators)),
        signatures=_columns(relations.SIGNATURES, signatures),
        tags=_table(relations.TAGS, map(_tag, known.tags.values())),
        taggings=_table(relations.TAGGINGS, _taggings(known.papers, spelt)),
        tag_relations=_columns(relations.TAG_RELATIONS, _tag_relations(known.tags.values())),
        category_names=_columns(relations.CATEGORY_NAMES, known.category_names.items()),
        citations=_columns(
            relations.CITATIONS, ((c.citing, c.cited, c.source, c.evidence) for c in said)
        ),
        mentions=_table(relations.MENTIONS, _mentions(known.papers, known.notes)),
    )


def _table(declared: Table, rows: Iterable[Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), declared.schema())


def _columns(declared: Table, rows: Iterable[Sequence[object]]) -> pa.Table:
    """Rows that have every column, in its order: twice as fast as `_table`."""
    columns = list(zip(*rows, strict=True)) or [()] * len(declared.columns)
    return pa.table(list(map(list, columns)), schema=declared.schema())


def _paper(paper: Paper) -> Row:
    said = [entry.commentary for entry in paper.entries if entry.commentary]
    return {
        "id": paper.id,
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "first_author": paper.authors[0] if paper.authors else None,
        "year": paper.year,
        "published": paper.published,
        "updated": paper.updated,
        "categories": paper.categories,
        "venue": paper.venue,
        "doi": paper.doi,
        "in_digest": bool(paper.entries),
        "entry_dates": [entry.date for entry in paper.entries if entry.date],
        "abstract": paper.abstract,
        "commentary": "\n\n".join(said) or None,
        "authors_complete": paper.authors_complete if paper.authors else None,
        "references_known": _share_known(paper.reference_lists),
        "comment": paper.comment,
        "topics": paper.topics,
        "repository": paper.repository,
        "upvotes": paper.upvotes,
        "cited_by": [{"source": s, "count": n} for s, n in sorted(paper.cited_by)] or None,
        "decided_by": [f"{field}: {source}" for field, source in paper.decided.items()],
        "link": next(filter(None, map(own_link, paper.entries)), None),
        "authors_from": paper.decided.get("authors", DIGEST),
        "categories_from": paper.decided.get("categories"),
    }


def _work(work: Work) -> Row:
    return {
        "id": work.id,
        "arxiv_id": work.arxiv_id,
        "title": work.title,
        "first_author": work.first_author,
        "year": work.year,
        "doi": work.doi,
        "in_digest": False,
        "entry_dates": [],
        "references_known": _share_known(()),
        "decided_by": [],
    }


def _creator(creator: Creator) -> Row:
    is_person = creator.kind == "author"
    elsewhere = [{"id": own, "source": by, "date": day} for own, by, day in creator.same_as]
    return {
        "id": creator.id,
        "kind": creator.kind,
        "name": creator.name,
        "spellings": creator.spellings,
        "same_as": elsewhere if is_person else None,
        "ambiguous": creator.ambiguous if is_person else None,
        "reason": creator.reason,
    }


def _tag(tag: Tag) -> Row:
    return {name: getattr(tag, name) for name in relations.TAGS.schema().names}


def _taggings(papers: Iterable[Paper], spelt: Mapping[str, str]) -> Iterator[Row]:
    for paper in papers:
        saying: dict[str, list[Entry]] = defaultdict(list)
        for entry in paper.entries:
            for tag_id in {spelt[spelling] for spelling in entry.tags}:
                saying[tag_id].append(entry)
        for tag_id, entries in saying.items():
            days = _days(entries)
            yield {"paper": paper.id, "tag": tag_id, "times": len(entries), "entry_dates": days}


def _tag_relations(tags: Iterable[Tag]) -> Iterator[tuple[str, str, str]]:
    for tag in tags:
        for kind, others in (("broader", tag.broader), ("relates_to", tag.related)):
            for other in others:
                yield tag.id, kind, other


def _mentions(papers: Iterable[Paper], notes: Mapping[str, str]) -> Iterator[Row]:
    for paper in papers:
        found: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
        for entry in paper.entries:
            for mention in entry.mentions:
                target = _mentioned(mention, notes)
                if target and target != paper.id:
                    found[target].append((entry, mention.sentence))
        for target, said in found.items():
            sentences = dict.fromkeys(sentence for _, sentence in said)
            places = dict.fromkeys(f"{entry.file}:{entry.line_start}" for entry, _ in said)
            yield {
                "paper": paper.id,
                "other": target,
                "times": len(sentences),
                "evidence": "; ".join(places),
                "sentence": "\n".join(sentences),
                "entry_dates": _days(entry for entry, _ in said),
            }


def _mentioned(mention: Mention, notes: Mapping[str, str]) -> str | None:
    if mention.arxiv_id:
        return f"arxiv:{mention.arxiv_id}"
    return notes.get(note_name(mention.note or ""))


def _days(entries: Iterable[Entry]) -> list[date]:
    return sorted({entry.date for entry in entries if entry.date})


def _share_known(lists: Sequence[ReferenceList]) -> str:
    if not lists:
        return "none"
    return "all" if any(listed.complete for listed in lists) else "some"
