"""Papers, people, tags and citations to the rows that the graph is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.graph import relations
from pipeline.graph.link_names import link_names
from pipeline.graph.own_citations import own_citations
from pipeline.graph.relations import Relations
from pipeline.model.identities import Citations, Creator, Tag, Work
from pipeline.model.ids import ARXIV_ID, note_name
from pipeline.model.paper_names import reader_names
from pipeline.model.records import Entry, Mention, Paper, ReferenceList
from pipeline.model.tables import Table, own_link

DIGEST = "digest"
ColumnValues = Mapping[str, Callable[[Any], object]]
"""What a record says in each column; one that is left out is null."""
RecordedRows = Iterable[Sequence[object]]


class Recorded(NamedTuple):
    """What the stages before found out. `tags` are by id.

    `notes` holds the paper of each note by the note's name, `category_names` arXiv's names.
    """

    papers: Sequence[Paper]
    works: Sequence[Work]
    citations: Sequence[Citations]
    tags: Mapping[str, Tag]
    notes: Mapping[str, str]
    category_names: Mapping[str, str]


class SignedTables(NamedTuple):
    """Those of the relations that say who signed what: `CREATORS` and `SIGNATURES`."""

    creators: pa.Table
    signatures: pa.Table


def signed_tables(creators: Sequence[Creator]) -> SignedTables:
    """The rows of people and organisations, in their order."""
    return SignedTables(_columns(relations.CREATORS, (_CREATOR, creators)), _signatures(creators))


def relations_of(known: Recorded) -> Relations[pa.Table]:
    """The tables of `relations`, from records; rows in the order of the records.

    Those that say who signed what are empty: they are `signed_tables`.
    """
    nameless = {paper.id for paper in known.papers if paper.title is None}
    nameless |= {work.id for work in known.works if work.title is None}
    names = link_names(known.papers, nameless)
    called: dict[str, Callable[[Any], object]] = {"called": lambda paper: names.get(paper.id)}
    spelt = {spelling: tag.id for tag in known.tags.values() for spelling in tag.spellings}
    return Relations(
        papers=_columns(
            relations.PAPERS,
            (_paper_columns(known.papers) | called, known.papers),
            (_WORK | called, known.works),
        ),
        **signed_tables(())._asdict(),
        tags=_columns(relations.TAGS, (_TAG, known.tags.values())),
        taggings=_rows(relations.TAGGINGS, _taggings(known.papers, spelt)),
        tag_relations=_rows(relations.TAG_RELATIONS, _tag_relations(known.tags.values())),
        category_names=_rows(relations.CATEGORY_NAMES, known.category_names.items()),
        citations=_citations(known.citations),
        mentions=_rows(relations.MENTIONS, _mentions(known.papers, known.notes)),
    )


def _columns(declared: Table, *parts: tuple[ColumnValues, Iterable[object]]) -> pa.Table:
    """The records of each part, one part after another."""
    columns = (
        chain.from_iterable(map(of.get(column.name, _unknown), records) for of, records in parts)
        for column in declared.columns
    )
    return _table(declared, columns)


def _unknown(_record: object) -> None:
    """What a record says in a column that it does not have."""


def _rows(declared: Table, rows: RecordedRows) -> pa.Table:
    """Rows that have every column, in its order."""
    return _table(declared, list(zip(*rows, strict=True)) or [()] * len(declared.columns))


def _table(declared: Table, columns: Iterable[Iterable[object]]) -> pa.Table:
    """Made a column at a time, so that little is held twice."""
    # What a column does not need after all goes back to the machine; Arrow's own pool keeps it.
    pool = pa.system_memory_pool()
    arrays = [
        pa.array(values, column.type, memory_pool=pool)
        for column, values in zip(declared.columns, columns, strict=True)
    ]
    return pa.table(arrays, schema=declared.schema())


def _signatures(creators: Sequence[Creator]) -> pa.Table:
    columns = (
        (creator.id for creator in creators for _ in creator.signatures),
        (signature.paper_id for creator in creators for signature in creator.signatures),
        (signature.position for creator in creators for signature in creator.signatures),
    )
    return _table(relations.SIGNATURES, columns)


def _citations(lists: Sequence[Citations]) -> pa.Table:
    columns = (
        (listed.citing for listed in lists for _ in listed.works),
        (work.id for listed in lists for work in listed.works),
        (listed.source for listed in lists for _ in listed.works),
        (work.evidence for listed in lists for work in listed.works),
    )
    return _table(relations.CITATIONS, columns)


def _taggings(papers: Iterable[Paper], spelt: Mapping[str, str]) -> RecordedRows:
    for paper in papers:
        saying: dict[str, list[Entry]] = defaultdict(list)
        for entry in paper.entries:
            for tag_id in dict.fromkeys(spelt[spelling] for spelling in entry.tags):
                saying[tag_id].append(entry)
        for tag_id, entries in saying.items():
            yield paper.id, tag_id, len(entries), _days(entries)


def _tag_relations(tags: Iterable[Tag]) -> RecordedRows:
    for tag in tags:
        for kind, others in (("broader", tag.broader), ("relates_to", tag.related)):
            for other in others:
                yield tag.id, kind, other


def _mentions(papers: Iterable[Paper], notes: Mapping[str, str]) -> RecordedRows:
    for paper in papers:
        mentions_of: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
        for entry in paper.entries:
            for mention in entry.mentions:
                target = _mentioned(mention, notes)
                if target and target != paper.id:
                    mentions_of[target].append((entry, mention.sentence))
        for target, mentioning in mentions_of.items():
            sentences = dict.fromkeys(sentence for _, sentence in mentioning)
            places = dict.fromkeys(f"{entry.file}:{entry.line_start}" for entry, _ in mentioning)
            days = _days(entry for entry, _ in mentioning)
            evidence = "; ".join(places), "\n".join(sentences)
            yield paper.id, target, len(sentences), *evidence, days


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


def _same(*names: str) -> ColumnValues:
    return {name: attrgetter(name) for name in names}


def _commentary(paper: Paper) -> str | None:
    return "\n\n".join(e.commentary for e in paper.entries if e.commentary) or None


def _spellings(paper: Paper) -> list[str] | None:
    """The title and what the reader calls the paper; None where nobody calls it otherwise."""
    names = reader_names(paper)
    return [*filter(None, (paper.title,)), *names] if names else None


def _paper_columns(papers: Iterable[Paper]) -> dict[str, Callable[[Any], object]]:
    cited_as = own_citations(papers)
    return {**_PAPER, "cited_as": lambda paper: cited_as.get(paper.id)}


def _exact_day(paper: Paper) -> date | None:
    """The day of the first version; None where it is but the first of the month of its id."""
    return None if paper.decided.get("published") == ARXIV_ID else paper.published


def _month(paper: Paper) -> int | None:
    """Of the first version, else as the entry states it that states the year."""
    if paper.published or paper.year is None:
        return paper.published.month if paper.published else None
    stated = next((entry.published for entry in paper.entries if entry.published), "")
    return int(stated[5:7]) if stated[5:7] else None


def _origins(paper: Paper) -> list[str]:
    """`field: source` for each known field; an id tells the month, and no day."""
    fields = ((field if by != ARXIV_ID else "month", by) for field, by in paper.decided.items())
    return [f"{field}: {by}" for field, by in fields]


def _counts(paper: Paper) -> list[dict[str, object]] | None:
    return [{"source": source, "count": n} for source, n in sorted(paper.cited_by)] or None


def _elsewhere(creator: Creator) -> list[dict[str, object]] | None:
    if creator.kind != "author":
        return None
    return [{"id": own_id, "source": by, "date": day} for own_id, by, day in creator.same_as]


_PAPER: ColumnValues = {
    **_same("id", "arxiv_id", "title", "year", "updated", "categories", "venue"),
    **_same("doi", "abstract", "comment", "topics", "repository", "upvotes"),
    "published": _exact_day,
    "month": _month,
    "first_author": lambda paper: paper.authors[0] if paper.authors else None,
    "in_digest": lambda paper: bool(paper.entries),
    "entry_dates": lambda paper: [entry.date for entry in paper.entries if entry.date],
    "commentary": _commentary,
    "authors_complete": lambda paper: paper.authors_complete if paper.authors else None,
    "references_known": lambda paper: _share_known(paper.reference_lists),
    "cited_by": _counts,
    "spellings": _spellings,
    "decided_by": _origins,
    "link": lambda paper: next(filter(None, map(own_link, paper.entries)), None),
    "authors_from": lambda paper: paper.decided.get("authors", DIGEST),
    "categories_from": lambda paper: paper.decided.get("categories"),
}
_WORK: dict[str, Callable[[Any], object]] = {
    **_same("id", "arxiv_id", "title", "first_author", "year", "doi"),
    "month": lambda work: work.published.month if work.published else None,
    "in_digest": lambda _: False,
    "entry_dates": lambda _: (),
    "references_known": lambda _: _share_known(()),
    "decided_by": lambda work: (f"month: {ARXIV_ID}",) if work.published else (),
}
_CREATOR: ColumnValues = {
    **_same("id", "kind", "name", "spellings", "reason"),
    "same_as": _elsewhere,
    "ambiguous": lambda creator: creator.ambiguous if creator.kind == "author" else None,
    "confidence": lambda creator: creator.confidence if creator.kind == "author" else None,
    "doubt": lambda creator: creator.doubt if creator.kind == "author" else None,
}
_TAG = _same("id", "label", "spellings", "broader", "meta")
