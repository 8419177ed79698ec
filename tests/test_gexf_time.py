"""`graph.gexf` against the schema of GEXF 1.3, and its papers on the timeline of Gephi."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from conftest import PROJECT
from hypothesis import given, settings
from invented_graphs import Row, Tables, graphs, tables_of
from lxml import etree

from pipeline.export import gexf
from pipeline.store.tables import read_graph

SCHEMA = etree.XMLSchema(etree.parse(PROJECT / "tests" / "data" / "gexf.xsd"))


def written(tables: Tables) -> bytes:
    return b"".join(gexf.GRAPH_FILE.pieces(*tables))


def starts(nodes: list[Row]) -> dict[str, str | None]:
    root = etree.fromstring(written(tables_of(nodes, [])))
    return {node.get("id"): node.get("start") for node in root.iter("{*}node")}


def test_the_file_keeps_to_the_schema(seed_outputs: Path) -> None:
    SCHEMA.assertValid(etree.parse(seed_outputs / "graph.gexf"))


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_any_text_keeps_to_the_schema(tables: Tables) -> None:
    SCHEMA.assertValid(etree.fromstring(written(tables)))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('version="1.3"', 'version="1.2"'),
        ('start="2024-09-05"', 'start="2024"'),
        ('id="tag:a"', 'id="tag:b"'),
        ('target="tag:b"', 'target="tag:c"'),
        ('type="double"', 'type="date"'),
        ('<viz:size value="3"/>', ""),
        ('mode="dynamic"', 'mode="dynamical"'),
    ],
)
def test_the_schema_refuses_what_gexf_forbids(right: str, wrong: str) -> None:
    nodes: list[Row] = [{"id": "tag:a", "published": date(2024, 9, 5)}, {"id": "tag:b"}]
    tables = tables_of(nodes, [{"source": "tag:a", "target": "tag:b"}])
    text = written(tables).decode().partition("\n")[2]
    assert SCHEMA.validate(etree.fromstring(text))
    assert not SCHEMA.validate(etree.fromstring(text.replace(right, wrong, 1)))


def test_a_paper_is_there_from_its_first_day_on() -> None:
    assert starts(
        [
            {"id": "a", "published": date(2024, 9, 5), "year": 2023},
            {"id": "b", "year": 2017},
            {"id": "c"},
            {"id": "d", "year": 17},
            {"id": "e", "year": 20170},
        ]
    ) == {"a": "2024-09-05", "b": "2017-01-01", "c": None, "d": None, "e": None}


def test_networkx_knows_the_first_day_too(seed_outputs: Path) -> None:
    graph = nx.read_gexf(seed_outputs / "graph.gexf")
    nodes, _ = read_graph(seed_outputs)
    known: dict[str, Any] = {row["id"]: row for row in nodes.to_pylist()}
    first = {own: said["start"] for own, said in graph.nodes.items() if "start" in said}
    wanted = {own: row["published"] or row["year"] for own, row in known.items()}
    assert first == {
        own: f"{day}-01-01" if isinstance(day, int) else str(day)
        for own, day in wanted.items()
        if day
    }
    assert nx.read_gexf(BytesIO(written(tables_of([{"id": "a"}], [])))).nodes["a"]["label"] == "A"
