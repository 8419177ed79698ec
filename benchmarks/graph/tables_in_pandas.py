"""The nodes and edges tables in pandas, as one would write them: a peer of the engine."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from pipeline.graph.relations import Relations

PAIR = ["source", "target"]


def tables_in_pandas(given: Relations[pa.Table]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The nodes and the edges, in the order of ours."""
    frames = given.each(lambda table: table.to_pandas())
    listed = frames.papers[["id", "categories", "categories_from"]].explode("categories")
    listed = listed.dropna(subset="categories")
    return _nodes(frames, listed), _edges(frames, listed)


def _nodes(given: Relations[pd.DataFrame], listed: pd.DataFrame) -> pd.DataFrame:
    papers = given.papers.assign(kind="paper")
    papers["label"] = papers["title"].fillna(papers["arxiv_id"]).fillna(papers["id"])
    papers["url"] = "https://arxiv.org/abs/" + papers["arxiv_id"]
    creators = given.creators.assign(label=given.creators["name"]).drop(columns="reason")
    names = listed[["categories"]].drop_duplicates().rename(columns={"categories": "category"})
    categories = names.merge(given.category_names, on="category", how="left")
    categories = categories.assign(
        id="category:" + categories["category"], kind="category", label=categories["category"]
    )
    parts = [papers, creators, given.tags.assign(kind="tag"), categories]
    return pd.concat(parts, ignore_index=True).sort_values("id")


def _edges(given: Relations[pd.DataFrame], listed: pd.DataFrame) -> pd.DataFrame:
    signed = given.signatures.groupby(["creator", "paper"], as_index=False)["position"].min()
    signed = signed.merge(given.creators[["id", "reason"]], left_on="creator", right_on="id")
    signed = signed.merge(
        given.papers[["id", "authors_from"]], left_on="paper", right_on="id", suffixes=("", "_of")
    )
    wrote = _named(signed, "creator", "paper", "wrote", "authors_from")
    first = listed["id"].duplicated().map({True: False, False: True})
    placed = listed.assign(primary=first, category="category:" + listed["categories"])
    placed = placed.drop_duplicates(["id", "category"])
    in_category = _named(placed, "id", "category", "in_category", "categories_from")
    taggings = given.taggings.assign(said_by="digest")
    tagged = _named(taggings, "paper", "tag", "tagged", "said_by")
    citations = given.citations[given.citations["citing"] != given.citations["cited"]]
    pairs = citations.groupby(["citing", "cited"], as_index=False).agg(
        {"said_by": "unique", "evidence": "first"}
    )
    cites = pairs.rename(columns={"citing": "source", "cited": "target", "said_by": "sources"})
    parts = [wrote, in_category, tagged, cites.assign(kind="cites", weight=1.0)]
    return pd.concat(parts, ignore_index=True).sort_values([*PAIR, "kind"])


def _named(frame: pd.DataFrame, source: str, target: str, kind: str, said_by: str) -> pd.DataFrame:
    named = frame.rename(columns={source: "source", target: "target", "reason": "evidence"})
    kept = [name for name in ("evidence", "position", "primary") if name in named]
    sources = [[name] for name in named[said_by]]
    return named[[*PAIR, *kept]].assign(kind=kind, weight=1.0, sources=sources)
