"""What is measured on a graph, beside networkx on random graphs, and by hand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.analyse import bibliographic_coupling
from pipeline.analyse.bibliographic_coupling import coauthors, cocited, coupled
from pipeline.analyse.bridges import bridges
from pipeline.analyse.centrality import betweenness, degrees, pageranks
from pipeline.analyse.examples import READ, RING, TWO_RINGS, graph
from pipeline.analyse.groups import communities, components, cores, lasting_communities
from pipeline.analyse.measures import with_measures
from pipeline.model.errors import DataError, DigestGraphError
from pipeline.model.tables import EDGES, NODES

Tables = tuple[pa.Table, pa.Table]
EMPTY = (NODES.schema().empty_table(), EDGES.schema().empty_table())
MEASURES = (degrees, pageranks, betweenness, components, communities, cores)
SHARED = (coauthors, cocited, coupled)
NAMES = "abcdefgh"

pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30)
"""Citations of few papers: with rings, papers that cite themselves, and the same one twice."""


def cited(found: list[tuple[str, str]]) -> Tables:
    return graph(((a, "cites", b) for a, b in found), **{name: {} for name in NAMES})


def values(found: pa.Table) -> dict[str, Any]:
    return dict(zip(*(column.to_pylist() for column in found.columns), strict=True))


def directed(found: list[tuple[str, str]]) -> nx.MultiDiGraph:
    made = nx.MultiDiGraph(found)
    made.add_nodes_from(NAMES)
    return made


def simple(found: list[tuple[str, str]]) -> nx.Graph:
    made = nx.Graph((a, b) for a, b in found if a != b)
    made.add_nodes_from(NAMES)
    return made


@settings(deadline=None)
@given(pairs)
def test_degree_and_pagerank_are_those_of_networkx(found: list[tuple[str, str]]) -> None:
    made, tables = directed(found), cited(found)
    assert values(degrees(*tables)) == dict(made.degree())
    walked = np.linalg.matrix_power(nx.google_matrix(made, nodelist=list(NAMES)), 1000)[0]
    assert list(values(pageranks(*tables)).values()) == pytest.approx(walked.tolist(), abs=1e-8)


@settings(deadline=None)
@given(pairs)
def test_betweenness_and_cores_are_those_of_networkx(found: list[tuple[str, str]]) -> None:
    made, tables = simple(found), cited(found)
    expected = nx.betweenness_centrality(made)
    assert values(betweenness(*tables)) == pytest.approx(expected, abs=1e-12)
    assert values(cores(*tables)) == nx.core_number(made)


@settings(deadline=None)
@given(pairs)
def test_components_are_those_of_networkx_the_largest_first(found: list[tuple[str, str]]) -> None:
    groups: dict[int, set[str]] = {}
    for name, number in values(components(*cited(found))).items():
        groups.setdefault(number, set()).add(name)
    expected = sorted(nx.connected_components(simple(found)), key=lambda g: (-len(g), min(g)))
    assert [groups[number] for number in range(len(groups))] == expected


@settings(deadline=None)
@given(pairs)
def test_cocitation_and_coupling_are_products_of_the_matrix(found: list[tuple[str, str]]) -> None:
    matrix = nx.to_numpy_array(nx.DiGraph(directed(found)), nodelist=list(NAMES))
    np.fill_diagonal(matrix, 0)
    tables = cited(found)
    for measure, product in ((cocited, matrix.T @ matrix), (coupled, matrix @ matrix.T)):
        rows = measure(*tables, at_least=1).to_pylist()
        sizes = np.sqrt(np.outer(np.diag(product), np.diag(product)))
        expected = {
            (NAMES[i], NAMES[j]): (product[i, j], product[i, j] / sizes[i, j])
            for i, j in combinations(range(len(NAMES)), 2)
            if product[i, j]
        }
        assert {(r["id"], r["other"]): (r["shared"], r["salton"]) for r in rows} == {
            pair: (count, pytest.approx(salton)) for pair, (count, salton) in expected.items()
        }
        order = [(-row["shared"], -row["salton"], row["id"], row["other"]) for row in rows]
        assert order == sorted(order)
        often = [row for row in rows if row["shared"] >= 2]
        assert measure(*tables, at_least=2).to_pylist() == often


@given(pairs, st.integers(1, 9))
def test_pairs_do_not_depend_on_how_many_are_counted_at_once(
    found: list[tuple[str, str]], at_once: int
) -> None:
    tables = cited(found)
    with pytest.MonkeyPatch.context() as patch:
        whole = cocited(*tables, at_least=1)
        patch.setattr(bibliographic_coupling, "PAIRS_AT_ONCE", at_once)
        assert cocited(*tables, at_least=1).equals(whole)


@settings(deadline=None)
@given(pairs, st.integers(0, 5))
def test_the_same_graph_and_seed_have_the_same_measures(
    found: list[tuple[str, str]], seed: int
) -> None:
    bare = [
        name for name in NODES.schema().names if name not in {"degree", "pagerank", "community"}
    ]
    nodes, edges = cited(found)
    once = with_measures(nodes.select(bare), edges, seed)
    assert once.equals(with_measures(nodes.select(bare), edges, seed))
    assert set(once["community"].to_pylist()) == set(range(len(set(once["community"].to_pylist()))))


@pytest.mark.parametrize("measure", [*MEASURES, *SHARED, bridges])
def test_an_empty_graph_has_an_empty_measure(measure: Any) -> None:
    found = measure(*EMPTY)
    assert found.num_rows == 0
    assert found.schema.field("id").type == pa.string()
    assert found.schema.equals(measure(*TWO_RINGS).schema)


@pytest.mark.parametrize("measure", MEASURES)
def test_an_edge_to_a_node_that_is_not_there_is_said(measure: Any) -> None:
    with pytest.raises(DataError, match="not there"):
        measure(RING[0].slice(1), RING[1])


def test_two_rings_and_one_edge_are_two_communities_with_two_bridges() -> None:
    assert list(values(communities(*TWO_RINGS)).values()) == [0, 0, 0, 1, 1, 1]
    nodes, edges = TWO_RINGS
    place = nodes.schema.get_field_index("community")
    found = bridges(nodes.set_column(place, "community", [[0, 0, 0, 1, 1, 1]]), edges).to_pylist()
    assert [row["id"] for row in found] == ["a", "d"]
    assert found[0] | {"participation": 0.4444, "joins": 1, "share": 0.3333} == found[0]


BETWEEN = [("a", "cites", "b"), ("b", "cites", "c"), ("c", "cites", "a")]
BEYOND = [("x", "cites", "y"), ("y", "cites", "z"), ("z", "cites", "x")]


def bridged(kind: str, **known: bool) -> Tables:
    """Two rings of papers that nothing joins but one node of this kind."""
    edge = "wrote" if kind == "author" else "tagged"
    ends = [(f"{kind}:t", paper) for paper in ("a", "b", "x")]
    edges = [(*end[::-1], edge) if kind == "tag" else (*end, edge) for end in ends]
    rows = [*BETWEEN, *BEYOND, *((source, kind, target) for source, target, kind in edges)]
    return graph(rows, **{f"{kind}:t": known})


@pytest.mark.parametrize(
    ("kind", "name"), [("author", "ambiguous"), ("tag", "meta"), ("category", "category")]
)
def test_what_is_no_bridge_joins_nothing_unless_it_is_allowed_to(kind: str, name: str) -> None:
    known = {} if kind == "category" else {name: True}
    tables = bridged(kind, **known)
    apart, joined = (values(components(*tables, connectors=t)) for t in ((), (name,)))
    assert apart["a"] != apart["x"]
    assert apart[f"{kind}:t"] == apart["a"]
    assert joined["a"] == joined["x"]
    assert values(betweenness(*tables))[f"{kind}:t"] == 0
    assert values(betweenness(*tables, connectors=(name,)))[f"{kind}:t"] > 0


@pytest.mark.parametrize(("kind", "name"), [("author", "ambiguous"), ("tag", "meta")])
def test_communities_do_not_grow_together_through_what_is_no_bridge(kind: str, name: str) -> None:
    paper_pairs = [(paper, f"{kind}:t") for paper in "abcdefghijkl"]
    edges = [(a, "tagged", t) if kind == "tag" else (t, "wrote", a) for a, t in paper_pairs]
    tables = graph(edges, **{f"{kind}:t": {name: True}})
    assert len(set(values(communities(*tables)).values())) == 12
    assert set(values(communities(*tables, connectors=(name,))).values()) == {0}
    # It lies with one of them, the first.
    assert values(communities(*tables))[f"{kind}:t"] == values(communities(*tables))["a"]


def test_ambiguous_people_and_organisations_are_no_coauthors() -> None:
    people = ("author:ann", "author:bo", "author:cy", "org:qwen")
    edges = [(person, "wrote", "p") for person in people]
    tables = graph(edges, **{"author:cy": {"ambiguous": True}})
    found = coauthors(*tables)
    assert list(zip(found["id"].to_pylist(), found["other"].to_pylist(), strict=True)) == [
        ("author:ann", "author:bo")
    ]
    assert coauthors(*tables, connectors=("ambiguous",)).num_rows == 3


def test_what_many_share_joins_nobody_and_still_counts_for_each() -> None:
    assert coupled(*READ, at_least=1, most_citing=2)["shared"].to_pylist() == [1]
    assert coupled(*READ, at_least=1, most_citing=2)["salton"].to_pylist() == [pytest.approx(0.5)]
    assert cocited(*READ, most_references=1).num_rows == 0
    assert coauthors(*READ, most_authors=1).num_rows == 0


def test_only_what_can_be_let_through_can_be_named() -> None:
    with pytest.raises(DigestGraphError, match='"authors" is none of ambiguous, meta, category'):
        components(*RING, connectors=("authors",))


def test_communities_of_a_build_last_in_the_next_until_others_are_far_better() -> None:
    ring = [(f"{name}{n}", "cites", f"{name}{(n + 1) % 5}") for name in "ab" for n in range(5)]
    nodes, edges = graph(ring)
    halves = pa.table({"id": nodes["id"], "community": [0, 0, 0, 1, 1, 2, 2, 2, 3, 3]})
    found = lasting_communities(nodes, edges, halves)["community"].to_pylist()
    assert found == [0] * 5 + [1] * 5
    grown, more = graph([*ring, ("new", "cites", "b1"), ("c1", "cites", "c2")])
    kept = pa.table({"id": nodes["id"], "community": [7] * 5 + [4] * 5})
    after = lasting_communities(grown, more, kept)
    numbers = dict(zip(*(column.to_pylist() for column in after.columns), strict=True))
    assert len({numbers[f"b{n}"] for n in range(5)} | {numbers["new"]}) == 1
    assert numbers["c1"] == numbers["c2"] not in (numbers["a0"], numbers["b0"])
    mixed = pa.table({"id": nodes["id"], "community": [0, 1] * 5})
    anew = lasting_communities(nodes, edges, mixed)["community"].to_pylist()
    assert anew == [0] * 5 + [1] * 5
    empty, none = graph([])
    assert lasting_communities(empty, none, halves).num_rows == 0
