"""`graph.graphml` and `graph.gexf`: Gephi's rules, and what every reader finds in them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pyarrow as pa
import pytest
from conftest import PROJECT, SEED, missing
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_graphs import NASTY, Row, Tables, graphs, tables_of, texts
from lxml import etree

from pipeline.export import gexf, graphml, row_batches
from pipeline.export.short_names import MOST_CHARACTERS, with_short_labels
from pipeline.export.xml_columns import name_tokens
from pipeline.store.tables import read_graph

Graph = tuple[dict[Any, Row], dict[Any, Row]]
"""Nodes by id, and edges by source, target and kind, each with all that is said of it."""

WRITERS = {file.file_name: file.pieces for file in (graphml.GRAPH_FILE, gexf.GRAPH_FILE)}
SCHEMA = etree.XMLSchema(etree.parse(PROJECT / "tests" / "data" / "graphml.xsd"))
SCRIPT = PROJECT / "tests" / "node" / "read_graph.mjs"
NODE = shutil.which("node", path=f"{PROJECT}/.venv/bin{os.pathsep}{os.environ['PATH']}") or ""
ASCII_ONLY = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
OWN, UNTOLD = ("id", "source", "target", "kind"), ("cited_by", "same_as")


def written(build: Tables, file_name: str) -> bytes:
    return b"".join(WRITERS[file_name](*build))


def told(row: Row) -> Row:
    """A row as an XML file can tell it: lists and days as text, nothing empty or forbidden."""
    texts = {k: "; ".join(map(str, v)) for k, v in row.items() if isinstance(v, list)}
    texts |= {k: str(v) for k, v in row.items() if isinstance(v, str | date)}
    row |= {k: re.sub(FORBIDDEN, "", text) for k, text in texts.items() if k not in OWN}
    return {k: v for k, v in row.items() if k not in UNTOLD and v not in (None, "")}


def graph_of(build: Tables) -> Graph:
    nodes, edges = (
        map(told, table.to_pylist()) for table in (with_short_labels(build.nodes), build.edges)
    )
    said = ((row["source"], row["target"], row | {"relation": row["kind"]}) for row in edges)
    return as_graph(((row.pop("id"), row) for row in nodes), said, str)


def plain_id(token: str) -> str:
    return re.sub("_x([0-9A-F]{4,6})_", lambda code: chr(int(code[1], 16)), token)


def as_graph(nodes: Any, edges: Any, named: Any = plain_id) -> Graph:
    listed = [((named(s), named(t), row.get("kind", row["relation"])), row) for s, t, row in edges]
    by_ends = {
        key: {k: spelt(k, v) for k, v in row.items() if k not in (*OWN, "start")}
        for key, row in listed
    }
    assert len(by_ends) == len(listed)
    return {named(node): flat(row) for node, row in nodes}, by_ends


def spelt(name: str, value: Any) -> Any:
    """A value without what is done in GEXF for Gephi to leave it as it is."""
    if name == "doi":
        return value.casefold()
    return value.replace("IN\u200dF", "INF") if isinstance(value, str) else value


def flat(node: Row) -> Row:
    """A node with place, size and colour among the rest, wherever its reader keeps them."""
    viz = node.pop("viz", {"position": {}})
    node |= viz.pop("position") | viz
    for name in ("z", "start", "first_read"):
        node.pop(name, None)
    channels = re.findall(r"\d+", str(node["color"]))
    if not str(node["color"]).startswith("#"):
        node["color"] = "#" + bytes(map(int, channels[:3])).hex()
    return {name: spelt(name, value) for name, value in node.items()}


def by_networkx(file_name: str, data: bytes) -> Graph:
    graph = (nx.read_gexf if "gexf" in file_name else nx.read_graphml)(BytesIO(data))
    return as_graph(graph.nodes(data=True), graph.edges(data=True))


def by_graphology(path: Path) -> Graph:
    """What Gephi Lite reads."""
    if not NODE or not SCRIPT.with_name("node_modules").is_dir():
        missing("Node or tests/node/node_modules")
    ran = subprocess.run([NODE, SCRIPT, path], capture_output=True, encoding="utf-8", check=True)
    graph = json.loads(ran.stdout)
    edges = ((e["source"], e["target"], e["attributes"]) for e in graph["edges"])
    return as_graph(((node["key"], node["attributes"]) for node in graph["nodes"]), edges)


def by_igraph(path: Path) -> Graph:
    """Numbers are real, and what is not said is empty, false or not a number."""
    graph = igraph.Graph.Read_GraphML(str(path))
    edges = ((e.source_vertex["id"], e.target_vertex["id"], e.attributes()) for e in graph.es)
    return as_graph(((v["id"], v.attributes()) for v in graph.vs), edges)


def check_every_reader(build: Tables, folder: Path) -> None:
    for file_name in WRITERS:
        data = written(build, file_name)
        (folder / file_name).write_bytes(data)
        assert by_networkx(file_name, data) == graph_of(build)
        assert by_graphology(folder / file_name) == graph_of(build)
    SCHEMA.assertValid(etree.parse(folder / "graph.graphml"))
    for seen, wanted in zip(by_igraph(folder / "graph.graphml"), graph_of(build), strict=True):
        assert seen.keys() == wanted.keys()
        assert {key: {k: seen[key].get(k) for k in row} for key, row in wanted.items()} == wanted


def elements(root: Any, *names: str) -> list[Any]:
    return list(root.iter(*(f"{{*}}{name}" for name in names)))


def said(holder: Any) -> dict[str, str]:
    """What a node or an edge says, by column: each once, and never an empty text."""
    values = elements(holder, "data", "attvalue")
    names = [v.get("for") or v.get("key").removeprefix("edge_") for v in values]
    by_name = {name: v.get("value") or v.text for name, v in zip(names, values, strict=True)}
    assert all(by_name.values())
    assert len(by_name) == len(values)
    return by_name


@pytest.fixture(params=WRITERS)
def root(request: pytest.FixtureRequest, seed_outputs: Path) -> Any:
    return etree.parse(seed_outputs / request.param).getroot()


def test_every_reader_finds_the_graph_of_the_tables(seed_outputs: Path, tmp_path: Path) -> None:
    build = Tables(*read_graph(seed_outputs))
    for file_name in WRITERS:
        assert (seed_outputs / file_name).read_bytes() == written(build, file_name)
    check_every_reader(build, tmp_path)


def test_two_kinds_between_one_pair_stay_two_edges(tmp_path: Path) -> None:
    ends = {"source": "arxiv:2409.01524", "target": "arxiv:2408.16293"}
    nodes = [{"id": own} for own in ends.values()]
    build = tables_of(nodes, [ends | {"kind": kind} for kind in ("cites", "mentions")])
    check_every_reader(build, tmp_path)


def test_text_that_could_break_a_file_reaches_every_reader_whole(tmp_path: Path) -> None:
    nodes = [{"id": text, "label": "|".join(NASTY), "spellings": [*NASTY]} for text in NASTY]
    edges = [{"source": text, "target": text, "sentence": text} for text in NASTY]
    check_every_reader(tables_of(nodes, edges), tmp_path)


def test_an_empty_graph_is_a_graph(tmp_path: Path) -> None:
    check_every_reader(tables_of([], []), tmp_path)


@pytest.mark.parametrize("file_name", WRITERS)
def test_a_graph_of_many_batches_is_whole(
    file_name: str, seed_outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_batches, "BATCH_ROWS", 7)
    tables = Tables(*read_graph(seed_outputs))
    assert written(tables, file_name) == (seed_outputs / file_name).read_bytes()


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_text_survives_but_for_what_xml_forbids(build: Tables) -> None:
    for file_name in WRITERS:
        data = written(build, file_name)
        assert by_networkx(file_name, data) == graph_of(build)
        assert len(elements(etree.fromstring(data), "node")) == build.nodes.num_rows
    SCHEMA.assertValid(etree.fromstring(written(build, "graph.graphml")))


@settings(deadline=None)
@given(st.lists(texts, min_size=1))
def test_distinct_ids_stay_distinct_name_tokens(ids: list[str]) -> None:
    assert [plain_id(token) for token in name_tokens(pa.array(ids)).to_pylist()] == ids


def test_two_builds_give_the_same_bytes_whatever_the_locale(
    seed_outputs: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder, locale in ((first, {}), (second, ASCII_ONLY)):
        command = [sys.executable, "-m", "pipeline", "build", str(SEED), "-o", str(folder)]
        environment = {**os.environ, **locale, "PYTHONHASHSEED": folder.name}
        subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, check=True)
    files = {path.name: path.read_bytes() for path in first.glob("[!.]*")}
    assert files == {path.name: path.read_bytes() for path in second.glob("[!.]*")}
    for name in ("nodes.parquet", "graph.html", "pyvis.html"):
        assert files[name] == (seed_outputs / name).read_bytes(), name
    assert all(b'<meta charset="utf-8">' in files[name] for name in ("graph.html", "pyvis.html"))


@pytest.mark.parametrize("empty", [None, [], [""], ["\0"]])
def test_what_is_not_known_is_not_written(empty: list[str] | None) -> None:
    unknown = {"id": "tag:a", "spellings": empty, "name": "" if empty else None}
    known = {"id": "tag:b", "spellings": ["B"], "name": "b", "broader": []}
    for file_name in WRITERS:
        data = written(tables_of([unknown, known], []), file_name)
        silent, speaking = map(said, elements(etree.fromstring(data), "node"))
        assert silent.keys() == speaking.keys() - {"spellings", "name"}
        assert {"spellings": "B", "name": "b"}.items() <= speaking.items()
        assert b"broader" not in data


def test_the_schema_refuses_what_graphml_forbids() -> None:
    nodes = [{"id": "tag:a"}, {"id": "tag:b"}, {"id": "tag:c"}]
    build = tables_of(nodes, [{"source": "tag:a", "target": "tag:b"}])
    text = written(build, "graph.graphml").decode().partition("\n")[2]
    assert SCHEMA.validate(etree.fromstring(text))
    for wrong, right in {
        'id="c/d"': 'id="tag:c"', 'id="tag:a"': 'id="tag:c"', 'target="tag:d"': 'target="tag:b"',
        ' key="sort"': ' key="kind"', '<key id="label"/><graph ': "<graph ",
        'for="nodes"': 'for="node"', '"liststring"': '"string"', ' kind="cites"': ' label="cites"',
    }.items():  # fmt: skip
        assert not SCHEMA.validate(etree.fromstring(text.replace(right, wrong, 1)))


def test_gephi_knows_every_column_before_its_first_value(root: Any) -> None:
    known = set()
    for e in elements(root, "key", "attribute", "data", "attvalue"):
        if e.get("id"):
            known.add(e.get("id"))
        assert (e.get("id") or e.get("key") or e.get("for")) in known
    assert all(map(said, elements(root, "node", "edge")))


def test_gephi_takes_no_column_for_another_or_for_its_own(root: Any) -> None:
    declared = elements(root, "key", "attribute")
    types = {e.get("attr.type") or e.get("type") for e in declared}
    assert types == {"boolean", "long", "double", "string"}
    names = [e.get("attr.name") or e.get("title") for e in declared]
    holders = [e.get("for") or e.getparent().get("class") for e in declared]
    assert set(holders) == {"node", "edge"}
    assert len(set(zip(holders, map(str.lower, names), strict=True))) == len(declared)
    gephis = {"label", "x", "y", "size", "color", "weight"}
    assert gephis <= {e.get("id") for e in declared} or gephis.isdisjoint(names)
    assert {"id", "r", "g", "b", "z", "nodelabel", "edgelabel"}.isdisjoint(names)


def test_gephi_loses_no_node_and_no_edge(root: Any) -> None:
    nodes, edges = elements(root, "node"), elements(root, "edge")
    for group in (nodes, edges):
        ids = [e.get("id") for e in group]
        assert len(set(ids)) == len(ids) > 0
        assert all(re.fullmatch(r"\S+", own) for own in ids)
    assert {e.get(end) for e in edges for end in OWN[1:3]} <= {e.get("id") for e in nodes}
    assert all(float(e.get("weight") or said(e)["weight"]) > 0 for e in edges)


def test_what_a_reader_sees_first_is_short_and_the_title_is_a_column(root: Any) -> None:
    nodes, _ = by_networkx(f"graph.{etree.QName(root).localname}", etree.tostring(root))
    assert (nodes["arxiv:2409.02392"]["label"], nodes["tag:ocr"]["label"]) == ("Xiong 2024", "ocr")
    assert nodes["arxiv:2409.02392"]["title"].startswith("Building Math Agents")
    assert all(len(node["label"]) <= MOST_CHARACTERS for node in nodes.values())
    assert all(node["label"] == node["short"] for node in nodes.values())


def test_every_edge_is_directed_and_says_its_kind(root: Any) -> None:
    assert "directed" in elements(root, "graph")[0].values()
    for e in elements(root, "edge"):
        assert (e.get("directed"), e.get("type")) == (None, None)
        assert (e.get("label") or e.get("kind")) == said(e)["relation"]


def test_gephi_sees_labels_places_sizes_and_colours(root: Any) -> None:
    nodes, _ = by_networkx(f"graph.{etree.QName(root).localname}", etree.tostring(root))
    assert any(node["x"] or node["y"] for node in nodes.values())
    assert all(node["label"] and node["size"] > 0 for node in nodes.values())
    assert all(re.fullmatch("#[0-9a-f]{6}", node["color"]) for node in nodes.values())
    assert all(e.keys()[0] == "value" for e in elements(root, "size"))
    assert elements(root, "desc", "default") == []
