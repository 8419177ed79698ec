"""What communities are called."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from made_tables import edges_table, nodes_table

from pipeline.analyse.communities import communities
from pipeline.model.tables import COMMUNITIES, Build, checked


def graph(papers: dict[str, tuple[int, str, str]], meta: str = "") -> tuple[pa.Table, pa.Table]:
    """Papers by id: their community, title and tags; tags are of community 9."""
    tags = sorted({tag for _, _, own in papers.values() for tag in own.split()})
    rows: list[dict[str, Any]] = [
        {"id": f"tag:{tag}", "kind": "tag", "label": tag, "meta": tag == meta} for tag in tags
    ]
    rows += [
        {"id": f"arxiv:{own}", "kind": "paper", "label": title, "title": title}
        for own, (_, title, _) in papers.items()
    ]
    edges = [
        {"source": f"arxiv:{own}", "target": f"tag:{tag}", "kind": "tagged", "weight": 1.0,
         "sources": []}
        for own, (_, _, listed) in sorted(papers.items()) for tag in sorted(listed.split())
    ]  # fmt: skip
    nodes = nodes_table(rows)
    home = {f"arxiv:{own}": community for own, (community, _, _) in papers.items()}
    numbers = [home.get(node, 9) for node in nodes["id"].to_pylist()]
    measured = {"community": pa.array(numbers), "pagerank": pa.array([0.1] * len(numbers))}
    for name, column in measured.items():
        nodes = nodes.append_column(name, column)
    return nodes, edges_table(edges)


def names(papers: dict[str, tuple[int, str, str]], meta: str = "") -> dict[int, str]:
    table = checked(COMMUNITIES, communities(*graph(papers, meta)), "here")
    return {row["community"]: row["name"] for row in table.to_pylist()}


PAPERS = {
    "1": (0, "Galaxies of the Early Universe", "cosmology survey"),
    "2": (0, "Galaxies Seen Late", "cosmology"),
    "3": (1, "Sparse Attention", "llm survey"),
    "4": (1, "Faster Attention Kernels", "llm attention-kernels"),
}


def test_a_name_is_the_telling_tags_and_then_words_that_titles_share() -> None:
    assert names(PAPERS)[0] == "cosmology · survey · galaxies"


def test_a_word_that_a_tag_holds_is_not_said_again() -> None:
    assert names(PAPERS)[1] == "llm · attention-kernels"


def test_a_meta_tag_names_nothing() -> None:
    assert names(PAPERS, meta="survey")[0] == "cosmology · galaxies"


def test_a_community_without_tags_and_shared_words_is_called_as_its_foremost_node() -> None:
    assert names({"2": (0, "One", ""), "1": (0, "Other", "")}) == {0: "Other"}


def test_a_word_that_all_communities_share_tells_less_than_one_of_its_own() -> None:
    same = {f"{n}": (n % 2, f"Models with {'cats' if n % 2 else 'dogs'}", "") for n in range(8)}
    assert [name.split(" · ")[0] for name in names(same).values()] == ["dogs", "cats"]


def test_counts_and_tags_stand_beside_the_name_and_nothing_gives_no_rows() -> None:
    rows = communities(*graph(PAPERS)).to_pylist()
    assert [(row["nodes"], row["papers"]) for row in rows] == [(2, 2), (2, 2), (4, 0)]
    assert rows[0]["tags"] == ["cosmology", "survey"]
    assert communities(*graph({})).num_rows == 0


def test_every_community_of_the_digest_that_ships_has_a_name(seed_build: Build) -> None:
    numbers = set(seed_build.nodes["community"].to_pylist())
    assert set(seed_build.communities["community"].to_pylist()) == numbers
    assert all(seed_build.communities["name"].to_pylist())
