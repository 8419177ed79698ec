"""Parts of a graph in Jupyter, and the names by which its nodes are asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import built_from

from pipeline import KnowledgeGraph, load
from pipeline.analyse.examples import READ, graph
from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import endpoints

LIBRARY = graph(
    [
        ("p1", "tagged", "tag:rl"),
        ("p2", "tagged", "tag:dpo"),
        ("p3", "tagged", "tag:ocr"),
        ("tag:dpo", "broader", "tag:rlhf"),
        ("tag:rlhf", "broader", "tag:rl"),
        ("author:ann", "wrote", "p1"),
        ("author:ann", "wrote", "p2"),
        ("org:team", "wrote", "p3"),
        ("p1", "in_category", "category:cs.CL"),
        ("p2", "in_category", "category:cs.LG"),
        ("p3", "in_category", "category:math.CO"),
        ("p1", "cites", "p2"),
    ],
    p1={"in_digest": True, "year": 2020, "entry_dates": [date(2024, 9, 5)]},
    p2={"in_digest": False, "year": 2021},
    p3={"in_digest": True, "year": 2023},
)


@pytest.fixture
def library() -> KnowledgeGraph:
    return KnowledgeGraph(*LIBRARY)


def papers_of(part: KnowledgeGraph) -> str:
    return " ".join(part.papers.index)


@pytest.mark.parametrize(
    ("asked", "papers"),
    [
        ({"tag": "rl"}, "p1 p2"),
        ({"tag": ["ocr", "#dpo"]}, "p2 p3"),
        ({"author": "Ann"}, "p1 p2"),
        ({"author": "team"}, "p3"),
        ({"year": 2021}, "p2"),
        ({"year": range(2020, 2022)}, "p1 p2"),
        ({"year": []}, ""),
        ({"year": np.int64(2023)}, "p3"),
        ({"category": "cs.LG"}, "p2"),
        ({"category": "cs"}, "p1 p2"),
        ({"category": ["CS.CL", "math"]}, "p1 p3"),
        ({"read": True}, "p1 p3"),
        ({"read": False}, "p2"),
        ({"tag": "rl", "author": "ann", "read": True}, "p1"),
        ({}, "p1 p2 p3"),
    ],
)
def test_a_part_has_the_papers_that_fit_all_that_is_named(
    library: KnowledgeGraph, asked: dict[str, object], papers: str
) -> None:
    assert papers_of(library.where(**asked)) == papers  # type: ignore[arg-type]


def test_a_part_of_papers_brings_what_describes_them_and_the_edges_among_all(
    library: KnowledgeGraph,
) -> None:
    part = library.where(tag="rl").where(read=True)
    assert list(part.nodes.index) == ["author:ann", "category:cs.CL", "p1", "tag:rl"]
    assert sorted(part.edges["kind"]) == ["in_category", "tagged", "wrote"]
    assert sorted(library.where(author="ann").edges["kind"]).count("cites") == 1


def test_a_category_that_is_not_here_names_those_that_are(library: KnowledgeGraph) -> None:
    with pytest.raises(DigestGraphError, match=r'category "c": cs\.CL, cs\.LG, math\.CO'):
        library.where(category="c")


def test_a_tag_is_no_author(library: KnowledgeGraph) -> None:
    with pytest.raises(
        DigestGraphError, match='no author or organisation in this graph is called "rl"'
    ):
        library.where(author="rl")


def test_a_part_of_named_nodes_takes_any_of_their_names(library: KnowledgeGraph) -> None:
    part = library.part(["ann", "#rl", "p1", "p1"])
    assert list(part.nodes.index) == ["author:ann", "p1", "tag:rl"]
    assert len(part.edges) == 2
    assert len(library.part([]).nodes) == 0


def test_a_part_can_be_measured_by_itself_and_the_whole_stays_as_it_was(
    library: KnowledgeGraph,
) -> None:
    part = library.around("ann").measured()
    assert part.nodes["degree"].to_dict() == {"author:ann": 2, "p1": 2, "p2": 2}
    assert part.nodes["pagerank"].sum() == pytest.approx(1)
    assert library.nodes["degree"].eq(0).all()
    assert list(part.nodes.columns) == list(library.nodes.columns)


def test_places_of_another_program_are_taken_where_they_are_known(library: KnowledgeGraph) -> None:
    places = pd.DataFrame({"x": [1, None], "color": ["#ff0000", "#00ff00"]}, index=["p1", "p2"])
    moved = library.placed(pd.concat([places, places.rename(index={"p1": "gone", "p2": "too"})]))
    assert moved.nodes.loc[["p1", "p2", "p3"], "x"].to_list() == [1, 0, 0]
    assert moved.nodes.loc["p2", "color"] == "#00ff00"
    assert library.nodes.loc["p1", "x"] == 0
    assert moved.nodes.drop(columns=["x", "color"]).equals(
        library.nodes.drop(columns=["x", "color"])
    )


def test_a_name_that_is_nearly_right_is_told(tmp_path: Path) -> None:
    text = "General OCR Theory: Towards OCR-2.0\n(Haoran Wei, Chenglong Liu)\n#ocr\n"
    build = built_from(tmp_path, text)
    g = KnowledgeGraph(build.nodes, build.edges)
    for asked, meant in {
        "Genral OCR Theroy": "General OCR Theory",
        "Haoran Wie": "Haoran Wei",
        "#orc": "ocr",
    }.items():
        with pytest.raises(DigestGraphError, match="these are called alike:") as raised:
            g.id_of(asked)
        assert meant in str(raised.value)
    with pytest.raises(DigestGraphError) as raised:
        g.id_of("Zygmunt")
    assert "alike" not in str(raised.value)


def test_igraph_holds_the_tables_in_their_order(library: KnowledgeGraph) -> None:
    found = library.igraph
    assert found.is_directed()
    assert found.vs["name"] == list(library.nodes.index)
    assert found.es["kind"] == library.edges["kind"].to_list()
    pairs = list(zip(*(ends.tolist() for ends in endpoints(*LIBRARY)), strict=True))
    assert found.get_edgelist() == pairs
    assert found.vs.find("p1")["year"] == 2020
    assert "full_name" in found.vs.attributes()


def test_the_tables_are_those_that_measures_take() -> None:
    g = KnowledgeGraph(*READ)
    assert all(one is other for one, other in zip(g.tables, READ, strict=True))


def test_a_part_of_a_loaded_graph_still_knows_its_folder(seed_outputs: Path) -> None:
    part = load(seed_outputs).where(tag="ocr").around("General OCR Theory")
    assert "confidence" in part.explain("General OCR Theory")
    assert len(part.coverage()) > 0
