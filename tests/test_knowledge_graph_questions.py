"""What a graph answers in Jupyter: found, alike, missing, why, when, and what changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import KnowledgeGraph, load
from pipeline.analyse.examples import READ, RISING, dated, graph
from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import EDGES, NODES

S3C_MATH, MATH_AGENTS = "arxiv:2409.01524", "arxiv:2409.02392"
SNOWCODER, OCR = "arxiv:2409.02326", "arxiv:2409.01704"

TOLD: dict[str, dict[str, Any]] = {
    "p1": {"label": "Schrödinger's Long-Context Cats", "abstract": "We feed cats. They purr."},
    "p2": {"label": "Dogs", "commentary": "개를 키우기. 긴 맥락을 강화학습으로 다룸."},
    "author:ann": {"label": "Ann Été", "spellings": ["Ann Été", "A. Ete"]},
    "tag:rl": {"label": "rl", "spellings": ["rl", "reinforcement_learning"]},
}
SHELF = graph(
    [("author:ann", "wrote", "p1"), ("p1", "tagged", "tag:rl"), ("p2", "tagged", "tag:강화학습")],
    **TOLD,
)


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("schrodinger", ["p1"]),
        ("LONG CONTEXT", ["p1"]),
        ("schrodingerslong", ["p1"]),
        ("cat", ["p1"]),
        ("ats", []),
        ("purr", ["p1"]),
        ("ete", ["author:ann", "p1"]),
        ("reinforcement learning", ["tag:rl", "p1"]),
        ("강화학습", ["tag:강화학습", "p2"]),
        ("학습", ["tag:강화학습", "p2"]),
        ("dogs 맥락", ["p2"]),
        ("dogs cats", []),
        ("", []),
        ("?!", []),
        ("(", []),
    ],
)
def test_a_search_finds_all_that_has_every_word(text: str, found: list[str]) -> None:
    assert list(KnowledgeGraph(*SHELF).search(text).index) == found


def test_a_search_says_where_the_words_stand_and_shows_the_sentence() -> None:
    g = KnowledgeGraph(*SHELF)
    (row,) = g.search("강화학습", kinds="paper").reset_index().to_dict("records")
    assert (list(row["found_in"]), row["passage"]) == (
        ["tag", "commentary"],
        "긴 맥락을 강화학습으로 다룸.",
    )
    (row,) = g.search("purr").to_dict("records")
    assert (list(row["found_in"]), row["passage"]) == (["abstract"], "They purr.")
    assert g.search("reinforcement")["passage"].isna().all()
    assert len(g.search("a", n=1)) == 1


def test_a_name_in_whole_goes_before_a_name_that_begins_so() -> None:
    models = graph([], a={"label": "Qwen2 report"}, b={"label": "Qwen2"}, c={"label": "Of Qwen2"})
    assert list(KnowledgeGraph(*models).search("qwen2").index) == ["b", "a", "c"]


def test_questions_take_nodes_by_any_of_their_names(seed: KnowledgeGraph) -> None:
    by_title, by_link = seed.similar("s3c-MATH"), seed.similar("https://arxiv.org/abs/2409.01524v2")
    pd.testing.assert_frame_equal(by_title, by_link)
    assert seed.missing(3, tag="#RL").equals(seed.missing(3, tag="tag:rl"))
    path = seed.path("Arctic-SnowCoder", "2409.02392", kinds="cites")
    assert list(path["kind"]) == ["paper"] * 3
    assert list(path.index[[0, 2]]) == [SNOWCODER, MATH_AGENTS]


def test_a_person_is_no_paper_to_be_similar_to(seed: KnowledgeGraph) -> None:
    with pytest.raises(DigestGraphError, match='no paper in this graph is called "Tian Ye"'):
        seed.similar("Tian Ye")


def test_no_path_is_no_rows(seed: KnowledgeGraph) -> None:
    assert seed.path(OCR, S3C_MATH, kinds="wrote").empty


def test_pairs_come_with_their_names(seed: KnowledgeGraph) -> None:
    pairs = seed.coauthors()
    label = seed.nodes["label"]
    assert list(pairs["other_label"]) == list(label[pairs["other"]])
    assert list(pairs["label"]) == list(label[pairs["id"]])
    assert set(seed.coupling(1)["id"]) <= set(seed.papers.index)
    assert seed.cocitation()["shared"].ge(2).all()


def test_communities_count_all_nodes_once(seed: KnowledgeGraph) -> None:
    found = seed.communities()
    assert found["nodes"].sum() == len(seed.nodes)
    assert found["papers"].sum() == len(seed.papers)
    assert found["read"].sum() == 7
    assert found["name"].str.len().gt(0).all()
    first = seed.nodes[seed.nodes["community"] == 0]
    assert set(found["titles"].to_list()[0]) <= set(first["label"])


def test_the_timeline_has_a_row_for_each_entry_with_its_own_tags() -> None:
    uses = [("p", "tagged", f"tag:{tag}", date(2024, 9, day)) for tag, day in (("a", 5), ("b", 7))]
    nodes, edges = dated(uses)
    place = nodes.schema.get_field_index("entry_dates")
    days = [[date(2024, 9, 5), date(2024, 9, 7)], [], None]
    nodes = nodes.set_column(place, NODES.schema().field(place), [days])
    found = KnowledgeGraph(nodes, edges).timeline()
    rows = found[["day", "id", "tags"]].to_dict("records")
    assert [(str(row["day"].date()), row["id"], list(row["tags"])) for row in rows] == [
        ("2024-09-05", "p", ["a"]),
        ("2024-09-07", "p", ["b"]),
    ]
    assert found["age_days"].isna().all()


def test_the_age_of_a_paper_is_that_of_the_day_it_was_read(seed: KnowledgeGraph) -> None:
    found = seed.timeline().set_index("id")
    assert len(found) == 7
    ages = (found["day"] - found["published"]).dt.days
    assert list(found["age_days"]) == list(ages)
    assert found["age_days"].between(0, 10).all()


def test_a_paper_by_very_many_makes_nobody_a_coauthor() -> None:
    many = [(f"author:{n:03}", "wrote", "big") for n in range(101)]
    few = [(f"author:{n:03}", "wrote", "small") for n in range(3)]
    found = KnowledgeGraph(*graph([*many, *few])).author_reach(None)
    assert list(found["coauthors"]) == [2, 2, 2] + [0] * 98
    assert list(found["papers"])[:4] == [2, 2, 2, 1]


def test_counts_of_citation_and_mention_are_of_papers(seed: KnowledgeGraph) -> None:
    found = seed.cited_and_mentioned()
    cites = seed.edges[seed.edges["kind"] == "cites"]["target"].value_counts()
    assert found["cited"][found["cited"] > 0].to_dict() == cites.to_dict()
    assert found["mentioned"].sum() == (seed.edges["kind"] == "mentions").sum()


def test_a_paper_that_cites_itself_is_not_cited() -> None:
    loops = graph([("a", "cites", "a"), ("a", "mentions", "a"), ("a", "cites", "b")])
    found = KnowledgeGraph(*loops).cited_and_mentioned()
    assert found[["cited", "mentioned"]].to_dict("index") == {"b": {"cited": 1, "mentioned": 0}}


def test_trends_are_by_tag() -> None:
    assert KnowledgeGraph(*RISING).trends(by="year")["trend"].isna().all()


def test_an_explanation_is_shown_as_it_is_written(seed: KnowledgeGraph) -> None:
    told = seed.explain("General OCR Theory")
    assert repr(told) == str(told)
    assert "Candidates" in told
    assert "bears the name" in seed.explain("Zeyuan Allen-Zhu")


def test_a_graph_from_nowhere_has_no_evidence_and_says_so() -> None:
    with pytest.raises(DigestGraphError, match=r"not loaded from a folder.*load\(folder\)"):
        KnowledgeGraph(*READ).explain("p1")


def test_what_changed_is_told_from_the_older_to_the_newer(seed: KnowledgeGraph) -> None:
    newer = seed.part(i for i in seed.nodes.index if i != "tag:ocr")
    changed = seed.diff(newer)
    assert sorted(zip(changed["change"], changed["what"], strict=True)) == [
        ("removed", "tag"),
        ("removed", "tagged"),
    ]
    assert list(newer.diff(seed)["change"].unique()) == ["added"]
    assert seed.diff(seed).empty


def test_an_empty_graph_answers_every_question() -> None:
    empty = KnowledgeGraph(NODES.schema().empty_table(), EDGES.schema().empty_table())
    assert len(empty.search("anything")) == len(empty.where(read=True).nodes) == 0
    for name in (
        "coauthors cocitation coupling communities trends timeline author_reach missing "
        "cited_and_mentioned coverage"
    ).split():
        found = getattr(empty, name)()
        assert len(found) == 0, name
        assert len(found.columns) > 2, name
    assert empty.igraph.vcount() == 0
    assert empty.diff(empty).empty


def test_what_follows_a_number_sign_is_a_tag_and_no_part_of_a_title(seed: KnowledgeGraph) -> None:
    assert seed.id_of("#rl") == seed.id_of("RL", "tag") == "tag:rl"
    with pytest.raises(DigestGraphError, match='no paper in this graph is called "#rl"'):
        seed.similar("#rl")


@pytest.mark.parametrize("month", ["2024", "2024-13", "September", "soon 2024"])
def test_a_month_that_is_none_is_an_error_and_not_an_empty_answer(
    seed: KnowledgeGraph, month: str
) -> None:
    with pytest.raises(DigestGraphError, match="no month"):
        seed.missing(month=month)


def test_a_period_that_is_none_is_an_error_and_not_an_empty_answer(seed: KnowledgeGraph) -> None:
    by: Any = "week"
    with pytest.raises(DigestGraphError, match="no period"):
        seed.trends(by)
