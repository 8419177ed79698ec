"""What is done for Gephi alone: texts that its importers would change, what comes back of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_graphs import tables_of
from lxml import etree

from pipeline import KnowledgeGraph
from pipeline.export import gexf, graphml
from pipeline.model.errors import DigestGraphError

EXPORTED = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
<graph defaultedgetype="directed" mode="static">
<attributes class="node" mode="static">
<attribute id="kind" title="kind" type="string"/>
<attribute id="modularity_class" title="Modularity Class" type="integer"/>
<attribute id="pageranks" title="PageRank" type="double"/>
</attributes>
<nodes>
<node id="tag:a" label="A"><attvalues><attvalue for="kind" value="tag"/>
<attvalue for="modularity_class" value="0"/><attvalue for="pageranks" value="0.25"/></attvalues>
<viz:size value="4.5"/><viz:position x="1.0" y="-2.0" z="0.0"/>
<viz:color r="213" g="94" b="0"/></node>
<node id="tag:_x0001_" label="B"><attvalues><attvalue for="modularity_class" value="1"/></attvalues>
<viz:position x="2.0" y="2.0"/><viz:color hex="#009e73"/></node>
<node id="tag:elsewhere" label="C"/>
</nodes><edges/></graph></gexf>
"""
"""As Gephi 0.10's exporter writes: a column has a title, and an id in small letters."""


def test_gephi_finds_no_infinity_in_any_value_of_gexf() -> None:
    said = {
        "title": "REINFORCE",
        "doi": "10.1/INFOCOM",
        "url": "https://x.example/INF",
        "year": 2024,
    }
    node = {"id": "arxiv:2401.00010", "label": "INF", "commentary": "INF INF", **said}
    edge = {"source": node["id"], "target": node["id"], "sentence": "PPO 대신 REINFORCE"}
    tables = tables_of([node], [edge])
    data = b"".join(gexf.GRAPH_FILE.pieces(*tables))
    values = [e.get("value") for e in etree.fromstring(data).iter("{*}attvalue")]
    assert not any("INF" in value for value in values)
    assert {"REIN\u200dFORCE", "10.1/infOCOM", "https://x.example/IN%46"} <= set(values)
    assert b"".join(graphml.GRAPH_FILE.pieces(*tables)).count(b"INF") == 8


@pytest.fixture
def graph() -> KnowledgeGraph:
    nodes = [{"id": own, "kind": "tag"} for own in ("tag:\x01", "tag:a", "tag:z")]
    return KnowledgeGraph(*tables_of(nodes, []))


def test_what_gephi_made_comes_back_under_our_ids(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "made.gexf"
    path.write_text(EXPORTED, encoding="utf-8")
    made = graph.read_gephi(path)
    assert made.index.to_list() == ["tag:\x01", "tag:a"]
    assert made["modularity_class"].to_list() == [1, 0]
    assert made["pageranks"].dropna().to_list() == [0.25]
    assert "kind" not in made.columns
    moved = graph.placed(made).nodes[["x", "y", "size", "color"]].to_dict("index")
    assert moved["tag:a"] == {"x": 1.0, "y": -2.0, "size": 4.5, "color": "#d55e00"}
    assert moved["tag:\x01"]["color"] == "#009e73"
    assert moved["tag:z"]["x"] == 1.5


IN_GRAPHML = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/>
<key attr.name="r" attr.type="int" for="node" id="r"/>
<key attr.name="g" attr.type="int" for="node" id="g"/>
<key attr.name="b" attr.type="int" for="node" id="b"/>
<key attr.name="x" attr.type="float" for="node" id="x"/>
<key attr.name="y" attr.type="float" for="node" id="y"/>
<key attr.name="size" attr.type="float" for="node" id="size"/>
<key attr.name="Modularity Class" attr.type="int" for="node" id="modularity_class"/>
<graph edgedefault="directed"><node id="tag:a"><data key="label">A</data>
<data key="modularity_class">3</data><data key="size">4.5</data><data key="r">0</data>
<data key="g">158</data><data key="b">115</data><data key="x">1.5E2</data><data key="y">-2.0</data>
</node></graph></graphml>
"""


def test_graphml_of_gephi_comes_back_too(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "made.graphml").write_text(IN_GRAPHML)
    made = graph.read_gephi(tmp_path / "made.graphml")
    place = {"x": 150.0, "y": -2.0, "size": 4.5, "color": "#009e73"}
    assert made.to_dict("index") == {"tag:a": place | {"modularity_class": 3}}


@pytest.mark.parametrize("version", ["http://www.gexf.net/1.2draft", "http://www.gexf.net/1.3"])
def test_older_exporters_are_read_and_what_they_leave_out_is_black(
    graph: KnowledgeGraph, tmp_path: Path, version: str
) -> None:
    unpainted = EXPORTED.replace('<viz:color hex="#009e73"/>', "")
    (tmp_path / "made.gexf").write_text(unpainted.replace("http://gexf.net/1.3", version))
    made = graph.read_gephi(tmp_path / "made.gexf")
    assert made["color"].to_list() == ["#000000", "#d55e00"]


def test_our_own_file_comes_back_as_it_went(graph: KnowledgeGraph, tmp_path: Path) -> None:
    made = graph.read_gephi(graph.to_gexf(tmp_path))
    assert list(made.columns) == ["x", "y", "size", "color"]
    assert made.to_dict() == graph.nodes[["x", "y", "size", "color"]].to_dict()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read"),
        ("<html/>", "is no GEXF and no GraphML"),
        ("<gexf/>", "no node of it is in this"),
        ("<gexf><node id='tag:a'><size value='big'/></node></gexf>", "not as Gephi writes it"),
    ],
)
def test_a_file_that_is_not_of_this_graph_is_said(
    graph: KnowledgeGraph, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "made.gexf").write_text(text)
    with pytest.raises(DigestGraphError, match=said):
        graph.read_gephi(tmp_path / "made.gexf")
    with pytest.raises(DigestGraphError, match="cannot be read"):
        graph.read_gephi(tmp_path / "none.gexf")
