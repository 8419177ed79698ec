"""Kinds of node and edge, and columns: what is not made from their tables leaves none out."""

from __future__ import annotations

import re

import pyarrow as pa
from conftest import PROJECT

from pipeline.export import OWN_FORMATS, figure, jsonld, pyvis_page
from pipeline.export.explorer_data import EDGE_KINDS as PAGE_EDGES
from pipeline.export.explorer_data import KINDS as PAGE_NODES
from pipeline.knowledge_graph import views
from pipeline.layout.papers import WEIGHTS
from pipeline.model.kinds import EDGE_KINDS, NODE_KINDS
from pipeline.model.tables import EDGES, NODES, Build

VIEWER = PROJECT / "pipeline" / "viewer"
OF_THE_PAGE = ["between"]
"""Kinds that only the page has: edges between whole communities."""


def script(name: str) -> str:
    return (VIEWER / name).read_text(encoding="utf-8")


def listed(source: str, name: str) -> list[str]:
    """The texts of an array of a script."""
    found = re.search(rf"\b{name} = \[(.*?)\]", source, re.DOTALL)
    assert found, name
    return re.findall(r'"(\w+)"', found[1])


def test_the_page_has_every_kind_in_the_order_of_its_data() -> None:
    of_edges = re.findall(r'^  \{ name: "(\w+)"', script("edge_kinds.js"), re.MULTILINE)
    assert of_edges == [*PAGE_EDGES, *OF_THE_PAGE]
    assert listed(script("walking.js"), "KINDS") == [*PAGE_NODES, "group"]
    assert list(PAGE_EDGES) == list(EDGE_KINDS)
    assert list(PAGE_NODES) == ["read", *NODE_KINDS]


def test_the_page_names_every_kind_in_both_languages_and_draws_it() -> None:
    words = script("words.js")
    for kind in PAGE_NODES:
        for key in (kind, f"one{kind}"):
            assert re.search(rf'\b{key}: \["[^"]+", "[^"]+"\]', words), key
    drawn = re.search(r"NODE_LOOKS = .*?\[(.*?)\]", script("looks.js"), re.DOTALL)
    assert drawn
    assert len(re.findall(r"colour:", drawn[1])) == len(PAGE_NODES) + 1
    edges = script("edge_kinds.js")
    for says in ("heading", "to", "by"):
        in_both = re.findall(rf'\b{says}: \["[^"]+", "[^"]+"\]', edges)
        assert len(in_both) >= len(PAGE_EDGES), says


def test_every_kind_is_drawn_written_weighed_and_listed() -> None:
    assert set(figure._LINES) == set(pyvis_page._EDGE_KINDS) == set(EDGE_KINDS)
    assert set(pyvis_page._NODE_KINDS) - {"read"} == set(jsonld.TYPES) == set(NODE_KINDS)
    assert set(jsonld.PROPERTIES) == set(EDGE_KINDS)
    assert set(NODE_KINDS) <= set(figure.MARKERS)
    assert set(views._COLUMNS) == set(NODE_KINDS)
    assert set(WEIGHTS) <= set(EDGE_KINDS)


def test_the_documents_name_every_kind() -> None:
    page = (PROJECT / "docs" / "outputs.md").read_text(encoding="utf-8")
    for kind in EDGE_KINDS.values():
        (row,) = re.findall(rf"^\| .*`{kind.name}`.*", page, re.MULTILINE)
        assert all(end in row for end in (*kind.sources, *kind.targets)), row
    for node in NODE_KINDS:
        assert node in page.lower()


def test_the_edges_of_a_build_join_the_kinds_that_they_may(seed_build: Build) -> None:
    kind_of = dict(zip(*(seed_build.nodes[c].to_pylist() for c in ("id", "kind")), strict=True))
    assert set(kind_of.values()) <= set(NODE_KINDS)
    for edge in seed_build.edges.select(["source", "target", "kind"]).to_pylist():
        known = EDGE_KINDS[edge["kind"]]
        assert kind_of[edge["source"]] in known.sources
        assert kind_of[edge["target"]] in known.targets


def test_a_column_more_is_written_without_a_change_to_an_exporter(seed_build: Build) -> None:
    nodes, edges = seed_build.nodes, seed_build.edges
    assert nodes.column_names == [column.name for column in NODES.columns]
    assert edges.column_names == [column.name for column in EDGES.columns]
    more = [table.append_column("toy", pa.array(["x"] * len(table))) for table in (nodes, edges)]
    for name in ("gexf", "graphml", "cytoscape", "nodelink", "neo4j", "parquet"):
        for file in OWN_FORMATS[name]:
            assert b"toy" in b"".join(map(bytes, file.pieces(*more))), file.file_name
