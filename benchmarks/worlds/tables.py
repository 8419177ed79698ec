"""The nodes and edges tables of a world, put together in Arrow; no measures, no places."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.worlds.world import SEED, World
from pipeline.graph.assembly import MEASURED
from pipeline.model.folding import folded_name
from pipeline.model.tables import EDGES, NODES, columns_of

TAGS_OF_CATEGORY = 5
READ = 0.05
"""Of the papers so many are read, and tagged with one or two tags of their primary category."""


def tables(found: World) -> tuple[pa.Table, pa.Table]:
    """The nodes and edges tables, in their order. Names that fold alike are one author."""
    papers = found.papers.append_column(
        "id", pc.binary_join_element_wise("arxiv:", found.papers["arxiv_id"], "")
    )
    read = np.random.default_rng(SEED).random(papers.num_rows) < READ
    signed = named(papers, "authors", author_ids(papers))
    in_category = named(papers, "categories", None)
    topics = tagged(papers.filter(pa.array(read)))
    ids = papers["id"].combine_chunks()
    ends = [ids.take(pa.array(found.citations[:, side])) for side in (0, 1)]
    edges = pa.concat_tables(
        [
            _edges("wrote", signed["to"], signed["from"], position=signed["position"]),
            _edges("in_category", in_category["from"], in_category["to"]),
            _edges("tagged", topics["from"], topics["to"]),
            _edges("cites", ends[0], ends[1]),
        ]
    )
    nodes = pa.concat_tables(
        [
            _papers(papers, read),
            _others("author", signed["to"], signed["name"]),
            _others("category", in_category["to"], in_category["name"]),
            _others("tag", topics["to"], topics["name"]),
        ]
    )
    in_order = [(name, "ascending") for name in EDGES.sorted_by]
    return nodes.sort_by("id"), edges.sort_by(in_order)


def author_ids(papers: pa.Table) -> dict[str, str]:
    """The author's node of each name."""
    names = pc.unique(pc.list_flatten(papers["authors"])).to_pylist()
    return {name: f"author:{folded_name(name) or name}" for name in names}


def named(papers: pa.Table, column: str, ids: dict[str, str] | None) -> pa.Table:
    """Paper, node and name of every item of a list column; each node once a paper."""
    names = pc.list_flatten(papers[column]).combine_chunks()
    parents = pc.list_parent_indices(papers[column]).combine_chunks()
    if ids is None:
        own = pc.binary_join_element_wise("category:", names, "")
    else:
        distinct = names.dictionary_encode()
        own = pa.array([ids[name] for name in distinct.dictionary.to_pylist()]).take(
            distinct.indices
        )
    starts = np.concatenate([[0], np.cumsum(pc.list_value_length(papers[column]).to_numpy())])
    position = np.arange(len(names)) - starts[parents.to_numpy()] + 1
    found = pa.table(
        {
            "from": papers["id"].combine_chunks().take(parents),
            "to": own,
            "name": names,
            "position": position,
        }
    )
    once = found.group_by(["from", "to"], use_threads=False).aggregate(
        [("name", "first"), ("position", "min")]
    )
    return once.rename_columns(["from", "to", "name", "position"])


def tagged(read: pa.Table) -> pa.Table:
    """Paper, node and name of each tag of papers that are read, each once."""
    chance = np.random.default_rng(SEED)
    drawn = chance.integers(0, TAGS_OF_CATEGORY, (read.num_rows, 2)).astype(str)
    primary = np.array(pc.list_element(read["categories"], 0).to_pylist(), str)
    tags = np.char.add(np.char.add(primary[:, None], "-"), drawn).ravel()
    ids = np.repeat(np.array(read["id"].to_pylist(), str), 2)
    pairs = np.unique(np.column_stack((ids, tags)), axis=0)
    names = pa.array(pairs[:, 1])
    to = pc.binary_join_element_wise("tag:", names, "")
    return pa.table({"from": pa.array(pairs[:, 0]), "to": to, "name": names})


def _edges(kind: str, source: pa.Array, target: pa.Array, **more: pa.Array) -> pa.Table:
    rows = len(source)
    columns = {
        "source": source,
        "target": target,
        "kind": pa.repeat(kind, rows),
        "sources": pa.array([["catalogue"]]).take(pa.array(np.zeros(rows, np.int32))),
        "weight": pa.repeat(1.0, rows),
        **more,
    }
    return _whole(columns, EDGES.schema(), rows)


def _papers(papers: pa.Table, read: np.ndarray) -> pa.Table:
    columns = {
        "id": papers["id"],
        "kind": pa.repeat("paper", papers.num_rows),
        "label": papers["title"],
        "arxiv_id": papers["arxiv_id"],
        "title": papers["title"],
        "first_author": pc.list_element(papers["authors"], 0),
        "year": pc.cast(pc.divide(papers["month"], 12), pa.int64()),
        "categories": papers["categories"],
        "in_digest": pa.array(read),
    }
    return _whole(columns, _unmeasured(), papers.num_rows)


def _others(kind: str, ids: pa.ChunkedArray, names: pa.ChunkedArray) -> pa.Table:
    once = pa.table({"id": ids, "name": names}).group_by("id", use_threads=False)
    found = once.aggregate([("name", "first")])
    columns = {
        "id": found["id"],
        "kind": pa.repeat(kind, found.num_rows),
        "label": found["name_first"],
        "name": found["name_first"],
    }
    return _whole(columns, _unmeasured(), found.num_rows)


def _unmeasured() -> pa.Schema:
    known = tuple(column.name for column in NODES.columns if column.name not in MEASURED)
    return columns_of(NODES, known)


def _whole(columns: dict[str, pa.Array], schema: pa.Schema, rows: int) -> pa.Table:
    filled = [columns.get(field.name, pa.nulls(rows, field.type)) for field in schema]
    return pa.table(filled, names=schema.names).cast(schema)
