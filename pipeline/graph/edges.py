"""The edges: one row for each pair of nodes and kind, with everyone who says so."""

from __future__ import annotations

from functools import partial

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.graph.nodes import categories_of
from pipeline.graph.relations import Relations
from pipeline.model.engines import Frame, queried

DIGEST = "digest"
TAGS_FILE = "tags.toml"
SAID_OF_PAIRS = """
WITH hashed AS (
  SELECT *, xxhash64(citing, cited) AS pair FROM given
  WHERE citing <> cited AND (xxhash64(citing, cited) & 1) = {half}
), again AS (
  SELECT pair FROM hashed GROUP BY pair HAVING count(*) > 1
)
SELECT citing, cited, said_by, NULL AS several, evidence FROM hashed ANTI JOIN again USING (pair)
UNION ALL
SELECT citing, cited, min(said_by), array_sort(array_distinct(array_agg(said_by))),
  array_join(array_sort(array_distinct(array_agg(evidence))), '; ')
FROM hashed SEMI JOIN again USING (pair) GROUP BY citing, cited
"""
"""Most pairs are said once, so hashes of pairs are counted first, and texts compared of those alone
that come twice; two pairs of one hash are parted by the last line."""


def edges_by_part(given: Relations[Frame]) -> tuple[Frame, ...]:
    """Every edge once, in no order; a column that a part does not have is null.

    The citations, which are most, come in halves, so that one at a time is in memory.
    """
    others = (
        wrote(given),
        in_category(given.papers),
        tagged(given.taggings),
        tag_relations(given.tag_relations),
        mentions(given.mentions),
    )
    halves = (cites(given.citations, half) for half in (0, 1))
    return nw.concat(others, how="diagonal"), *halves


def wrote(given: Relations[Frame]) -> Frame:
    """Author or organisation to paper, by the first place in its author list."""
    places = given.signatures.group_by("creator", "paper").agg(nw.col("position").min())
    reasons = given.creators.select(creator=nw.col("id"), evidence=nw.col("reason"))
    list_sources = given.papers.select(paper=nw.col("id"), said_by=nw.col("authors_from"))
    authorships = places.join(reasons, on="creator").join(list_sources, on="paper")
    return _edges(authorships, ("creator", "paper"), "position", "evidence", kind=nw.lit("wrote"))


def in_category(papers: Frame) -> Frame:
    """Paper to category."""
    node = nw.concat_str(nw.lit("category:"), nw.col("category"))
    memberships = categories_of(papers).with_columns(category=node)
    return _edges(memberships, ("paper", "category"), "primary", kind=nw.lit("in_category"))


def tagged(taggings: Frame) -> Frame:
    """Paper to tag; the weight counts the entries that say so."""
    sourced = taggings.with_columns(said_by=nw.lit(DIGEST))
    return _edges(sourced, ("paper", "tag"), "entry_dates", kind=nw.lit("tagged"), weight=_TIMES)


def tag_relations(relations: Frame) -> Frame:
    """Tag to broader tag, and to a tag that it relates to, as the reader's tags file says."""
    sourced = relations.with_columns(said_by=nw.lit(TAGS_FILE))
    return _edges(sourced, ("tag", "other"), "kind")


def cites(citations: Frame, half: int) -> Frame:
    """Paper to cited work, one half or the other (0, 1) of the pairs.

    A work that one list names twice is cited once, and none by itself.
    """
    pairs = queried(citations, SAID_OF_PAIRS.format(half=half), partial(_said_of_pairs, half))
    sources = nw.coalesce(nw.col("several"), nw.list(nw.col("said_by")))
    return _edges(pairs, ("citing", "cited"), "evidence", kind=nw.lit("cites"), sources=sources)


def _said_of_pairs(half: int, citations: pa.Table) -> pa.Table:
    """What `SAID_OF_PAIRS` selects, all in the first half, as few rows need no halves."""
    others = citations.filter(pc.not_equal(citations["citing"], citations["cited"]))
    said = [("said_by", "min"), ("said_by", "distinct"), ("evidence", "distinct")]
    pairs = others.slice(0, 0 if half else None).group_by(["citing", "cited"]).aggregate(said)
    evidence = pc.binary_join(_sorted_lists(pairs["evidence_distinct"]), "; ")
    several = _sorted_lists(pairs["said_by_distinct"])
    columns = (pairs["citing"], pairs["cited"], pairs["said_by_min"], several, evidence)
    return pa.table(columns, ["citing", "cited", "said_by", "several", "evidence"])


def _sorted_lists(lists: pa.ChunkedArray) -> pa.Array:
    """The lists, each with its items in the order of their bytes."""
    whole = lists.combine_chunks()
    items = pa.table([pc.list_parent_indices(whole), pc.list_flatten(whole)], ["list", "item"])
    order = items.sort_by([("list", "ascending"), ("item", "ascending")])
    sizes = pc.list_value_length(whole).to_numpy()
    offsets = pa.array([0, *sizes.cumsum()], pa.int32())
    return pa.ListArray.from_arrays(offsets, order["item"].combine_chunks())


def mentions(mentioned: Frame) -> Frame:
    """Paper to the paper that its commentary points at; the weight counts the sentences."""
    sourced = mentioned.with_columns(kind=nw.lit("mentions"), said_by=nw.lit(DIGEST))
    columns = ("kind", "evidence", "sentence", "entry_dates")
    return _edges(sourced, ("paper", "other"), *columns, weight=_TIMES)


_TIMES = nw.col("times").cast(nw.Float64)


def _edges(pairs: Frame, ends: tuple[str, str], *columns: str, **overrides: nw.Expr) -> Frame:
    """Edges between two columns of ids; `said_by` says each once, unless it is `made` otherwise."""
    every = {
        "source": nw.col(ends[0]),
        "target": nw.col(ends[1]),
        "sources": nw.list(nw.col("said_by")),
        "weight": nw.lit(1.0),
    }
    return pairs.select(*columns, **(every | overrides))
