"""The nodes: one row for each paper, cited work, person, organisation, tag and category."""

from __future__ import annotations

import narwhals as nw

from pipeline.graph.relations import Relations
from pipeline.model.engines import Frame, exploded


def all_nodes(given: Relations[Frame]) -> Frame:
    """Every node, in no order; a column that a kind does not have is null."""
    parts = (
        paper_nodes(given.papers),
        creator_nodes(given.creators),
        tag_nodes(given.tags),
        category_nodes(given.papers, given.category_names),
    )
    return nw.concat(parts, how="diagonal")


def paper_nodes(papers: Frame) -> Frame:
    """A node for each paper and each cited work."""
    arxiv_page = nw.concat_str(nw.lit("https://arxiv.org/abs/"), nw.col("arxiv_id"))
    published_page = nw.concat_str(nw.lit("https://doi.org/"), nw.col("doi"))
    return papers.with_columns(
        kind=nw.lit("paper"),
        label=nw.coalesce("title", "called", "arxiv_id", "link", "doi", "id"),
        url=nw.coalesce(arxiv_page, published_page, "link"),
    ).drop("link", "called", "authors_from", "categories_from")


def creator_nodes(creators: Frame) -> Frame:
    """A node for each person and each organisation."""
    return creators.with_columns(label=nw.col("name")).drop("reason")


def tag_nodes(tags: Frame) -> Frame:
    """A node for each tag."""
    return tags.with_columns(kind=nw.lit("tag"))


def category_nodes(papers: Frame, names: Frame) -> Frame:
    """A node for each category that a paper is in, with arXiv's name for it."""
    categories = categories_of(papers).select("category").unique()
    return categories.join(names, on="category", how="left").select(
        "name",
        id=nw.concat_str(nw.lit("category:"), nw.col("category")),
        kind=nw.lit("category"),
        label=nw.col("category"),
    )


def categories_of(papers: Frame) -> Frame:
    """`paper`, `category`, `primary` and `said_by`: a row for each category of each paper."""
    listed = papers.filter(nw.col("categories").list.len() > 0).select(
        paper=nw.col("id"),
        category=nw.col("categories"),
        first=nw.col("categories").list.get(0),
        said_by=nw.col("categories_from"),
    )
    memberships = exploded(listed, "category").unique()
    return memberships.with_columns(primary=nw.col("category") == nw.col("first")).drop("first")
