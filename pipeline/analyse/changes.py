"""What changed from one build to another, by ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import of_kinds

Row = dict[str, Any]
_COLUMNS = ("change", "what", "id", "label", "other", "other_label")
_SCHEMA = pa.schema([(name, pa.string()) for name in _COLUMNS])
_NAMES = ("arxiv_id", "doi", "spellings")
_TOLD = ("cites", "mentions", "tagged", "wrote")


def changes(old: tuple[pa.Table, pa.Table], new: tuple[pa.Table, pa.Table]) -> pa.Table:
    """`change, what, id, label, other, other_label`: a row for each difference of two builds.

    Each build is its nodes and its edges. `change` is `merged` (the node `id` is gone, and is
    `other` now, which was there before), `renamed` (the same, and `other` is new), `read` (a
    paper that is in the digest now), `added` or `removed`; `what` is the kind of a node, or
    `cites`, `mentions`, `tagged` or `wrote` for an edge from `id` to `other`. A node that is
    gone is known again by its arXiv id, its DOI or one of its spellings, if one node alone of its
    kind has it now; an author also has to have written a paper of theirs. Edges of such nodes
    are no change. Sorted by change in this order, then by what, id and other.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ, RING
    >>> nodes, edges = READ
    >>> changes((nodes, edges.slice(1)), READ).select(["change", "what", "id", "other"]).to_pylist()
    [{'change': 'added', 'what': 'wrote', 'id': 'author:ann', 'other': 'p1'}]
    >>> changes(READ, READ).num_rows
    0
    """
    before, after = (_by_id(nodes) for nodes, _ in (old, new))
    successor_of = dict(_known_again(before, after, _papers_of(old[1]), _papers_of(new[1])))
    rows = [*_node_rows(before, after, successor_of), *_edge_rows(old, new, successor_of)]
    order = ("merged", "renamed", "read", "added", "removed")
    rows.sort(key=lambda r: (order.index(r["change"]), r["what"], r["id"], r["other"] or ""))
    return pa.Table.from_pylist(rows, _SCHEMA)


def newly_read(before: pa.Table, nodes: pa.Table) -> list[str]:
    """The ids of the papers that were not read in an earlier build, by its papers, in order.

    A paper whose id is another now is known again, as in `changes`. Of `before`, the columns
    `id, kind, label, in_digest, arxiv_id, doi, spellings` are looked at.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> newly_read(READ[0].slice(3), READ[0])
    ['p1']
    """
    papers, former_papers = (of.filter(pc.field("kind") == "paper") for of in (nodes, before))
    read, read_before = (
        set(of.filter(pc.field("in_digest"))["id"].to_pylist()) for of in (papers, former_papers)
    )
    # All rows are looked at only where a paper is gone, which is seldom.
    gone = former_papers.filter(pc.invert(pc.is_in(former_papers["id"], papers["id"])))
    again = dict(_known_again(_by_id(gone), _by_id(papers), {}, {})) if gone.num_rows else {}
    return sorted(read - {again.get(node_id, node_id) for node_id in read_before})


def _by_id(nodes: pa.Table) -> dict[str, Row]:
    columns = nodes.select(["id", "kind", "label", "in_digest", *_NAMES])
    return {row["id"]: row for row in columns.to_pylist()}


def _papers_of(edges: pa.Table) -> dict[str, set[str]]:
    papers: dict[str, set[str]] = defaultdict(set)
    wrote = of_kinds(edges, "wrote")
    for source, target in zip(
        wrote["source"].to_pylist(), wrote["target"].to_pylist(), strict=True
    ):
        papers[source].add(target)
    return papers


def _names(row: Row) -> Iterator[tuple[str, str, str]]:
    for column in _NAMES:
        value = row[column]
        for name in value if isinstance(value, list) else [value]:
            if name:
                yield row["kind"], column, name
    if row["kind"] == "paper":
        yield row["kind"], "spellings", row["label"]


def _known_again(
    before: Mapping[str, Row],
    after: Mapping[str, Row],
    wrote: Mapping[str, set[str]],
    writes: Mapping[str, set[str]],
) -> Iterator[tuple[str, str]]:
    """The nodes that are gone, and what each is now."""
    ids_of_name: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for node_id, row in after.items():
        for name in _names(row):
            ids_of_name[name].add(node_id)
    papers = {node_id: node_id for node_id in after}
    # Papers first: an author is known again by papers, whose ids may have changed too.
    for node_id in sorted(before.keys() - after.keys(), key=lambda i: before[i]["kind"] != "paper"):
        row = before[node_id]
        candidates = {other for name in _names(row) for other in ids_of_name[name]}
        if row["kind"] == "author":
            former_papers = {papers.get(paper) for paper in wrote.get(node_id, ())}
            candidates = {other for other in candidates if former_papers & writes.get(other, set())}
        if len(candidates) == 1:
            papers[node_id] = next(iter(candidates))
            yield node_id, papers[node_id]


def _node_rows(
    before: Mapping[str, Row], after: Mapping[str, Row], successor_of: Mapping[str, str]
) -> Iterator[Row]:
    for node_id, other in successor_of.items():
        change = "merged" if other in before else "renamed"
        yield _row(change, before[node_id]["kind"], before[node_id], after[other])
    for node_id in before.keys() - after.keys() - successor_of.keys():
        yield _row("removed", before[node_id]["kind"], before[node_id])
    came_from = {other: node_id for node_id, other in successor_of.items()}
    for node_id, row in after.items():
        was = before.get(node_id) or before.get(came_from.get(node_id, ""))
        if was is None:
            yield _row("added", row["kind"], row)
        elif row["in_digest"] and not was["in_digest"]:
            yield _row("read", row["kind"], row)


def _edge_rows(
    old: tuple[pa.Table, pa.Table], new: tuple[pa.Table, pa.Table], successor_of: Mapping[str, str]
) -> Iterator[Row]:
    labels = [
        dict(zip(n["id"].to_pylist(), n["label"].to_pylist(), strict=True)) for n, _ in (old, new)
    ]
    before, after = (set(_compared_edges(edges)) for _, edges in (old, new))
    same = {
        (kind, successor_of.get(a, a), successor_of.get(b, b)): (kind, a, b)
        for kind, a, b in before
    }
    for change, edges, names in (
        ("removed", (same[edge] for edge in same.keys() - after), labels[0]),
        ("added", after - same.keys(), labels[1]),
    ):
        for kind, source, target in edges:
            ends = ({"id": end, "label": names[end]} for end in (source, target))
            yield _row(change, kind, *ends)


def _compared_edges(edges: pa.Table) -> Iterable[tuple[str, str, str]]:
    compared = of_kinds(edges, *_TOLD)
    return zip(*(compared[name].to_pylist() for name in ("kind", "source", "target")), strict=True)


def _row(change: str, what: str, node: Row, other: Row | None = None) -> Row:
    ends = [node["id"], node["label"], *((other["id"], other["label"]) if other else (None, None))]
    return dict(zip(_COLUMNS, [change, what, *ends], strict=True))
