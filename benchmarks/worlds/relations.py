"""The relations of a world: what the stages before `graph` would have found out about it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.worlds.tables import READ, author_ids, named, tagged
from benchmarks.worlds.world import SEED, World
from pipeline.graph import relations
from pipeline.graph.relations import Relations
from pipeline.model.tables import Table

SOURCE = "catalogue"


def world_relations(found: World) -> Relations[pa.Table]:
    """Every relation of a world. Names that fold alike are one author."""
    papers = found.papers.append_column(
        "id", pc.binary_join_element_wise("arxiv:", found.papers["arxiv_id"], "")
    )
    read = np.random.default_rng(SEED).random(papers.num_rows) < READ
    signed = named(papers, "authors", author_ids(papers))
    topics = tagged(papers.filter(pa.array(read)))
    creators = signed.group_by("to", use_threads=False).aggregate([("name", "first")])
    tags = topics.group_by("to", use_threads=False).aggregate([("name", "first")])
    ids = papers["id"].combine_chunks()
    citing, cited = (ids.take(pa.array(found.citations[:, side])) for side in (0, 1))
    return Relations(
        papers=_papers(papers, read),
        creators=_whole(
            relations.CREATORS,
            {"id": creators["to"], "name": creators["name_first"]},
            kind="author",
            ambiguous=False,
            reason="the name alone",
        ),
        signatures=_whole(
            relations.SIGNATURES,
            {"creator": signed["to"], "paper": signed["from"], "position": signed["position"]},
        ),
        tags=_whole(relations.TAGS, {"id": tags["to"], "label": tags["name_first"]}, meta=False),
        taggings=_taggings(topics),
        tag_relations=_whole(relations.TAG_RELATIONS, {}),
        category_names=_whole(relations.CATEGORY_NAMES, {}),
        citations=_whole(
            relations.CITATIONS,
            {"citing": citing, "cited": cited},
            said_by=SOURCE,
            evidence="printed in the reference",
        ),
        mentions=_whole(relations.MENTIONS, {}),
    )


def _papers(papers: pa.Table, read: np.ndarray) -> pa.Table:
    columns = {
        "id": papers["id"],
        "arxiv_id": papers["arxiv_id"],
        "title": papers["title"],
        "first_author": pc.list_element(papers["authors"], 0),
        "year": pc.divide(papers["month"], 12),
        "categories": papers["categories"],
        "in_digest": pa.array(read),
    }
    return _whole(
        relations.PAPERS,
        columns,
        references_known="all",
        authors_from=SOURCE,
        categories_from=SOURCE,
    )


def _taggings(topics: pa.Table) -> pa.Table:
    days = pa.nulls(topics.num_rows, relations.TAGGINGS.schema().field("entry_dates").type)
    columns = {"paper": topics["from"], "tag": topics["to"], "entry_dates": days.fill_null([])}
    return _whole(relations.TAGGINGS, columns, times=1)


def _whole(table: Table, columns: dict[str, pa.Array], **same: object) -> pa.Table:
    """The rows of `columns`, with the `same` value in each row of others, and gaps in the rest."""
    rows = len(next(iter(columns.values()), ()))
    filled = [
        columns.get(field.name, pa.repeat(pa.scalar(same.get(field.name), field.type), rows))
        for field in table.schema()
    ]
    return pa.table(filled, names=table.schema().names).cast(table.schema())
