"""What the graph says of one's reading: similar, missing, trends, paths, changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_measures import EMPTY, NAMES, cited, pairs, simple

from pipeline.analyse.changes import changes
from pipeline.analyse.examples import READ, RISING, dated, graph
from pipeline.analyse.missing import missing, silent
from pipeline.analyse.paths import WORDS, in_words, shortest_path
from pipeline.analyse.similar import similar
from pipeline.analyse.trends import tag_trends
from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import EDGES

CITES = [(paper, "cites", f"w{n}") for paper in ("p", "q") for n in range(3)]


def first(found: pa.Table) -> dict[str, Any]:
    row: dict[str, Any] = found.to_pylist()[0]
    return row


def test_a_similar_paper_says_all_that_both_have() -> None:
    more = [("p", "mentions", "m"), ("q", "mentions", "m"), ("author:ann", "wrote", "p")]
    more += [("author:ann", "wrote", "q"), *((paper, "tagged", "tag:rl") for paper in "pq")]
    found = first(similar(*graph([*CITES, *more]), "p", most=1))
    assert found["id"] == "q"
    assert found["reason"] == "3 shared references; tag rl; author ann; mentioned 2 steps away"
    assert found["score"] == pytest.approx(0.4 + 0.3 / 2 + 0.2 + 0.1)
    assert (found["references"], found["steps"]) == (["w0", "w1", "w2"], 2)


@pytest.mark.parametrize(
    ("edge", "known", "through"),
    [
        (("author:x", "wrote"), {"ambiguous": True}, "ambiguous"),
        (("tag:x", "tagged"), {"meta": True}, "meta"),
    ],
)
def test_ambiguous_people_and_meta_tags_make_nothing_similar(
    edge: tuple[str, str], known: dict[str, bool], through: str
) -> None:
    end, kind = edge
    edges = [(end, kind, p) if kind == "wrote" else (p, kind, end) for p in ("p", "q")]
    tables = graph(edges, **{end: known})
    assert similar(*tables, "p").num_rows == 0
    assert similar(*tables, "p", connectors=(through,))["id"].to_pylist() == ["q"]


@settings(deadline=None)
@given(pairs, st.sampled_from(NAMES))
def test_references_alone_are_scored_by_their_cosine(
    found: list[tuple[str, str]], own: str
) -> None:
    lists = {name: {b for a, b in found if a == name != b} for name in NAMES}
    expected = {
        name: 0.4 * len(lists[own] & lists[name]) / (len(lists[own]) * len(lists[name])) ** 0.5
        for name in NAMES
        if name != own and lists[own] & lists[name]
    }
    table = similar(*cited(found), own)
    assert dict(zip(table["id"].to_pylist(), table["score"].to_pylist(), strict=True)) == {
        name: pytest.approx(score, abs=5.1e-5) for name, score in expected.items()
    }
    assert table["score"].to_pylist() == sorted(table["score"].to_pylist(), reverse=True)


def test_missing_papers_are_those_cited_and_not_read_with_who_cites_them() -> None:
    found = missing(*READ).to_pylist()
    assert [(row["id"], row["citing"]) for row in found] == [
        ("w2", ["p1", "p2", "p3"]),
        ("w1", ["p1", "p2"]),
    ]
    nodes, edges = graph([("p", "cites", "q")], p={"in_digest": True}, q={"in_digest": True})
    assert missing(nodes, edges).num_rows == 0


def test_missing_papers_of_a_tag_are_those_of_narrower_tags_too_whatever_the_ring() -> None:
    edges = [("p", "tagged", "tag:ppo"), ("p", "cites", "w"), ("q", "cites", "v")]
    edges += [("tag:ppo", "broader", "tag:rl"), ("tag:rl", "broader", "tag:ppo")]
    tables = graph(edges, p={"in_digest": True}, q={"in_digest": True})
    assert missing(*tables, tag_id="tag:rl")["id"].to_pylist() == ["w"]
    assert silent(*tables, tag_id="tag:rl") == (0, 1)
    with pytest.raises(DigestGraphError, match="tag:none"):
        missing(*tables, tag_id="tag:none")


def test_missing_papers_of_a_month_are_those_that_its_papers_cite() -> None:
    assert missing(*READ, month="2024-10")["cited_by"].to_pylist() == [2, 1]
    assert missing(*READ, month="2023-01").num_rows == 0


def test_papers_without_references_are_counted_as_silent() -> None:
    nodes, edges = READ
    assert silent(nodes, edges.filter(pa.array([False] * edges.num_rows))) == (3, 3)
    assert silent(nodes, edges) == (0, 3)


def test_a_tag_that_rises_beside_one_that_declines() -> None:
    up, down = tag_trends(*RISING).to_pylist()
    assert (up["id"], up["trend"], down["id"], down["trend"]) == (
        "tag:agent", "rise", "tag:gan", "decline",
    )  # fmt: skip
    assert up["low"] > 1 > down["high"]
    # From one in ten to five in ten within nine months, held back by one paper more.
    assert (up["early"], up["late"]) == (0.3, 0.7)
    assert 3 < up["growth"] < 9
    assert tag_trends(*RISING, by="year")["trend"].to_pylist() == [None, None]


def test_tags_by_chance_alone_are_steady() -> None:
    chance = np.random.default_rng(3)
    days = [date(2022, 1, 1) + timedelta(days=int(day)) for day in chance.integers(0, 900, 3000)]
    tags = chance.integers(0, 100, 3000)
    found = tag_trends(
        *dated((f"p{n}", "tagged", f"tag:{tags[n]}", day) for n, day in enumerate(days))
    )["trend"].to_pylist()
    assert len(found) == 100
    assert found.count("steady") >= 95


def test_one_burst_is_no_trend() -> None:
    uses = [
        (f"p{m}n{n}", "tagged", "tag:all", date(2024, m, 1)) for m in range(1, 13) for n in range(9)
    ]
    burst = [(f"p10n{n}", "tagged", "tag:burst", date(2024, 10, 1)) for n in range(12)]
    found = tag_trends(*dated([*uses, *burst])).to_pylist()
    assert {row["label"]: row["trend"] for row in found}["burst"] == "unclear"


def test_a_tag_that_a_few_papers_bear_is_not_called_steady_nor_told_in_many_digits() -> None:
    """None of eight papers of two months bears it, then three of eight: that says nothing yet."""
    days = [date(2024, month, 1 + n) for month in (11, 12, 1, 2) for n in range(4)]
    days = [day if day.month > 2 else day.replace(year=2025) for day in days]
    uses = [(f"p{n}", "tagged", "tag:all", day) for n, day in enumerate(days)]
    uses += [(f"p{n}", "tagged", "tag:new", days[n]) for n in (10, 13, 15)]
    found = {row["label"]: row for row in tag_trends(*dated(uses), at_least=1).to_pylist()}
    new = found["new"]
    assert (new["trend"], new["growth"], new["low"], new["high"]) == ("unclear", None, None, None)
    assert (new["early"], new["late"]) == (0, 0.375)
    assert found["all"]["trend"] in ("steady", "unclear")
    numbers = [row[name] for row in found.values() for name in ("low", "growth", "high")]
    assert all(number is None or 1 / 1000 <= number <= 1000 for number in numbers)


def succession(shared: str) -> pa.Table:
    """Two tags, one after the other, whose papers cite the same works or others."""
    uses = []
    for n in range(5):
        for tag, year, works in (("old", 2022, "s"), ("new", 2023, shared)):
            paper, day = f"{tag}{n}", date(year, 6 + n, 1)
            uses.append((paper, "tagged", f"tag:{tag}", day))
            uses += [(paper, "cites", f"{works}{k}", day) for k in range(4)]
    return tag_trends(*dated(uses))


def test_a_tag_that_ends_is_succeeded_by_one_that_begins_on_like_papers() -> None:
    found = {row["id"]: row["successor"] for row in succession("s").to_pylist()}
    assert found == {"tag:old": "tag:new", "tag:new": None}
    assert set(succession("other")["successor"].to_pylist()) == {None}


def test_meta_tags_have_no_trend_unless_they_are_let_through() -> None:
    nodes, edges = RISING
    place = nodes.schema.get_field_index("meta")
    meta = pa.array([kind == "tag" for kind in nodes["kind"].to_pylist()])
    nodes = nodes.set_column(place, nodes.schema.field(place), meta)
    assert tag_trends(nodes, edges).num_rows == 0
    assert tag_trends(nodes, edges, connectors=("meta",)).num_rows == 2


@settings(deadline=None)
@given(pairs, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_path_is_as_short_as_networkx_finds_it_and_each_step_is_an_edge(
    found: list[tuple[str, str]], start: str, goal: str
) -> None:
    plain = simple(found)
    path = shortest_path(*cited(found), (start, goal))["id"].to_pylist()
    if not nx.has_path(plain, start, goal):
        assert path == []
        return
    assert path == min(nx.all_shortest_paths(plain, start, goal))


def test_a_path_is_told_in_words_for_every_kind_of_edge() -> None:
    assert set(WORDS) == set("broader cites in_category mentions relates_to tagged wrote".split())
    tables = graph([("p", "cites", "q"), ("q", "mentions", "p"), ("author:ann", "wrote", "q")])
    path = shortest_path(*tables, ("p", "author:ann"))
    assert in_words(path) == "p cites and is mentioned by q, which was written by ann"
    assert path["edges"].to_pylist() == [[], ["cites", "mentions"], ["wrote"]]
    assert in_words(shortest_path(*tables, ("p", "p"))) == "p"


def test_no_path_leads_through_what_is_no_bridge_and_it_may_be_an_end() -> None:
    edges = [("author:x", "wrote", "p"), ("author:x", "wrote", "q")]
    tables = graph(edges, **{"author:x": {"ambiguous": True}})
    assert shortest_path(*tables, ("p", "q")).num_rows == 0
    assert shortest_path(*tables, ("p", "q"), connectors=("ambiguous",)).num_rows == 3
    assert shortest_path(*tables, ("p", "author:x")).num_rows == 2
    assert shortest_path(*tables, ("p", "author:x"), kinds=("cites",)).num_rows == 0
    with pytest.raises(DigestGraphError, match="none of the kinds"):
        shortest_path(*tables, ("p", "q"), kinds=("quotes",))


def told(old: Any, new: Any) -> list[tuple[Any, ...]]:
    rows = changes(old, new).select(["change", "what", "id", "other"]).to_pylist()
    return [tuple(row.values()) for row in rows]


def test_two_builds_differ_by_what_came_and_went() -> None:
    old = graph([("p", "cites", "w"), ("p", "cites", "v")], p={"in_digest": True})
    new = graph(
        [("p", "cites", "w"), ("p", "tagged", "tag:rl")],
        p={"in_digest": True}, w={"in_digest": True},
    )  # fmt: skip
    assert told(old, new) == [
        ("read", "paper", "w", None),
        ("added", "tag", "tag:rl", None),
        ("added", "tagged", "p", "tag:rl"),
        ("removed", "cites", "p", "v"),
        ("removed", "paper", "v", None),
    ]
    assert told(new, new) == told(EMPTY, EMPTY) == []


def test_a_work_that_got_an_arxiv_id_is_renamed_and_its_citations_are_no_change() -> None:
    known = {"doi": "10.1/x"}
    old = graph([("p", "cites", "doi:10.1/x")], **{"doi:10.1/x": known})
    new = graph([("p", "cites", "arxiv:1")], **{"arxiv:1": known})
    assert told(old, new) == [("renamed", "paper", "doi:10.1/x", "arxiv:1")]
    both = graph([("p", "cites", "doi:10.1/x")], **{"doi:10.1/x": known, "arxiv:1": {}})
    assert told(both, new) == [("merged", "paper", "doi:10.1/x", "arxiv:1")]


def test_a_person_is_known_again_only_with_a_paper_of_theirs() -> None:
    spelled = {"spellings": ["Ann Lee"]}
    old = graph([("author:annlee2", "wrote", "p")], **{"author:annlee2": spelled})
    same = graph([("author:annlee", "wrote", "p")], **{"author:annlee": spelled})
    assert told(old, same) == [("renamed", "author", "author:annlee2", "author:annlee")]
    edges = [("author:annlee", "wrote", "q"), ("author:bo", "wrote", "p")]
    other = graph(edges, **{"author:annlee": spelled})
    assert ("removed", "author", "author:annlee2", None) in told(old, other)


@given(pairs, pairs)
def test_every_edge_that_differs_is_told_once(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    found = told(cited(old), cited(new))
    assert {row[2:] for row in found if row[0] == "added"} == set(new) - set(old)
    assert {row[2:] for row in found if row[0] == "removed"} == set(old) - set(new)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("measure", [missing, tag_trends])
def test_nothing_read_gives_no_rows(measure: Any) -> None:
    assert measure(*EMPTY).schema.equals(measure(*READ).schema)
    assert measure(*EMPTY).num_rows == 0
    nodes, _ = READ
    assert measure(nodes, EDGES.schema().empty_table()).num_rows == 0
