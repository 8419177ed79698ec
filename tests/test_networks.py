"""`g.nx` and `g.to_networkx`: handed on to whatever takes a networkx graph."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from invented_graphs import Row, tables_of
from pyvis.network import Network

from pipeline import KnowledgeGraph, load
from pipeline.model.errors import DigestGraphError


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


def drawn_by_pyvis(graph: Any, path: Path) -> None:
    network = Network(notebook=False)
    network.from_nx(graph)
    path.write_text(network.generate_html(), encoding="utf-8")


WRITERS: dict[str, Callable[[Any, Path], object]] = {
    "graphml": nx.write_graphml,
    "gexf": nx.write_gexf,
    "gml": nx.write_gml,
    "node-link": lambda graph, path: path.write_text(json.dumps(nx.node_link_data(graph))),
    "cytoscape": lambda graph, path: path.write_text(json.dumps(nx.cytoscape_data(graph))),
    "pyvis": drawn_by_pyvis,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_takes_the_graph(seed: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    for graph in (seed.nx.copy(), seed.to_networkx("citations", rich=True), seed.to_networkx()):
        WRITERS[name](graph, tmp_path / "graph")
        assert (tmp_path / "graph").stat().st_size > 0


def test_what_networkx_wrote_it_reads_again(seed: KnowledgeGraph, tmp_path: Path) -> None:
    nx.write_graphml(seed.nx, tmp_path / "graph")
    again = nx.read_graphml(tmp_path / "graph")
    assert dict(again.nodes(data=True)) == dict(seed.nx.nodes(data=True))


def test_what_xml_forbids_stops_no_writer_and_changes_no_other_text(tmp_path: Path) -> None:
    rows = [{"id": "arxiv:1", "title": "a\x01\x0bb\0", "abstract": "\ufffe한국어 <&> 😀\n\t\u202e"}]
    graph = KnowledgeGraph(*tables_of(rows, [])).nx
    for name, again in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        WRITERS[name](graph, tmp_path / "graph")
        found = again(tmp_path / "graph").nodes["arxiv:1"]
        assert (found["title"], found["abstract"]) == ("ab", "한국어 <&> 😀\n\t\u202e")


def test_values_are_plain_and_what_is_not_known_is_left_out() -> None:
    paper = {
        "id": "arxiv:2409.00001",
        "published": date(2024, 9, 5),
        "categories": ["cs.CL", "cs.LG"],
        "topics": [],
        "cited_by": [{"source": "openalex", "count": 3}, {"source": "inspire", "count": 0}],
    }
    same = [{"id": "orcid:1", "source": "openalex", "date": None}]
    author = {"id": "author:a", "kind": "author", "same_as": same, "ambiguous": False}
    tables = tables_of([paper, author], [{"source": "author:a", "target": paper["id"]}])
    graph = KnowledgeGraph(*tables).nx
    known = graph.nodes["arxiv:2409.00001"]
    assert known["published"] == "2024-09-05"
    assert known["categories"] == "cs.CL; cs.LG"
    assert known["cited_by"] == "openalex: 3; inspire: 0"
    assert {"topics", "title", "year"}.isdisjoint(known)
    assert graph.nodes["author:a"]["same_as"] == "orcid:1"
    assert graph.nodes["author:a"]["ambiguous"] is False


def test_pagerank_is_computed_at_once(seed: KnowledgeGraph) -> None:
    assert sum(nx.pagerank(seed.nx).values()) == pytest.approx(1)


def test_a_view_is_a_simple_weighted_graph_of_one_kind(seed: KnowledgeGraph) -> None:
    for view, kind, directed in (
        ("citations", "paper", True),
        ("mentions", "paper", True),
        ("coauthors", "author", False),
        ("tags", "tag", False),
    ):
        graph = seed.to_networkx(view)
        assert (graph.is_directed(), graph.is_multigraph()) == (directed, False)
        assert set(nx.get_node_attributes(graph, "kind").values()) == {kind}
        assert all(weight > 0 for _, _, weight in graph.edges(data="weight"))
    pairs = seed.coauthors()
    graph = seed.to_networkx("coauthors")
    assert {frozenset(pair) for pair in graph.edges} == {
        frozenset(pair) for pair in zip(pairs["id"], pairs["other"], strict=True)
    }
    assert graph.size("weight") == pairs["shared"].sum()
    assert seed.to_networkx("citations").size() == (seed.edges["kind"] == "cites").sum()


def test_all_edges_between_two_nodes_are_one_with_the_sum_of_their_weights() -> None:
    ends: Row = {"source": "arxiv:1", "target": "arxiv:2"}
    edges = [ends | {"kind": kind, "weight": 2.0} for kind in ("cites", "mentions")]
    g = KnowledgeGraph(*tables_of([{"id": "arxiv:1"}, {"id": "arxiv:2"}], edges))
    assert list(g.to_networkx().edges(data=True)) == [
        ("arxiv:1", "arxiv:2", {"weight": 4.0, "kinds": "cites; mentions"})
    ]
    assert g.to_networkx("citations").size("weight") == 2


def test_a_view_that_is_none_names_those_that_are(seed: KnowledgeGraph) -> None:
    with pytest.raises(DigestGraphError, match="citations, mentions"):
        seed.to_networkx("citation")
