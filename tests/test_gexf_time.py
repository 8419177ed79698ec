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
from pipeline.export.starts import reading_starts

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
            {"id": "c", "year": 2014, "month": 12},
            {"id": "d", "year": 1999, "month": 13},
            {"id": "e", "year": 17, "entry_dates": [date(2020, 2, 3), date(2021, 1, 1)]},
            {"id": "f", "year": 20170},
        ]
    ) == {
        "a": "2024-09-05",
        "b": "2017-01-01",
        "c": "2014-12-01",
        "d": "1999-01-01",
        "e": "2020-02-03",
        "f": "1999-01-01",
    }
    assert starts([{"id": "a"}, {"id": "b", "year": 17}]) == {"a": None, "b": None}


PAPERS: list[Row] = [
    {"id": "arxiv:1", "published": date(2020, 5, 1), "entry_dates": [date(2024, 2, 1)]},
    {"id": "arxiv:2", "year": 2019, "entry_dates": [date(2024, 3, 1)]},
    {"id": "arxiv:3", "published": date(2018, 7, 1)},
    *({"id": own, "kind": own.split(":")[0]} for own in ("author:a", "author:b", "tag:t", "tag:u")),
    {"id": "work:4"},
]
SAID: list[Row] = [
    {"source": "arxiv:1", "target": "arxiv:3", "kind": "cites"},
    {"source": "arxiv:1", "target": "tag:t", "kind": "tagged", "entry_dates": [date(2024, 2, 9)]},
    {"source": "arxiv:1", "target": "work:4", "kind": "cites"},
    {
        "source": "arxiv:2",
        "target": "work:4",
        "kind": "mentions",
        "entry_dates": [date(2024, 3, 1)],
    },
    {"source": "author:a", "target": "arxiv:1", "kind": "wrote"},
    {"source": "author:a", "target": "arxiv:2", "kind": "wrote"},
    {"source": "author:b", "target": "work:4", "kind": "wrote"},
    {"source": "tag:u", "target": "tag:t", "kind": "broader"},
]


def begins(pieces: Any) -> dict[str, str]:
    """When each node, and each edge, begins, to networkx."""
    graph = nx.read_gexf(BytesIO(b"".join(pieces(*tables_of(PAPERS, SAID)))))
    ends = {f"{source} {target}": day for source, target, day in graph.edges(data="start")}
    return dict(graph.nodes(data="start")) | ends


def test_everything_begins_with_its_first_paper_and_an_edge_with_its_later_end() -> None:
    assert begins(gexf.GRAPH_FILE.pieces) == {
        "arxiv:1": "2020-05-01",
        "arxiv:2": "2019-01-01",
        "arxiv:3": "2018-07-01",
        "author:a": "2019-01-01",
        "author:b": "2019-01-01",
        "work:4": "2019-01-01",
        "tag:t": "2020-05-01",
        "tag:u": "2020-05-01",
        "arxiv:1 arxiv:3": "2020-05-01",
        "arxiv:1 tag:t": "2020-05-01",
        "arxiv:1 work:4": "2020-05-01",
        "arxiv:2 work:4": "2019-01-01",
        "author:a arxiv:1": "2020-05-01",
        "author:a arxiv:2": "2019-01-01",
        "author:b work:4": "2019-01-01",
        "tag:u tag:t": "2020-05-01",
    }


def test_on_the_timeline_of_the_reader_everything_begins_when_it_was_first_read_of() -> None:
    assert begins(gexf.READING_FILE.pieces) == {
        "arxiv:1": "2024-02-01",
        "arxiv:2": "2024-03-01",
        "arxiv:3": "2024-02-01",
        "author:a": "2024-02-01",
        "author:b": "2024-02-01",
        "work:4": "2024-02-01",
        "tag:t": "2024-02-09",
        "tag:u": "2024-02-09",
        "arxiv:1 arxiv:3": "2024-02-01",
        "arxiv:1 tag:t": "2024-02-09",
        "arxiv:1 work:4": "2024-02-01",
        "arxiv:2 work:4": "2024-03-01",
        "author:a arxiv:1": "2024-02-01",
        "author:a arxiv:2": "2024-03-01",
        "author:b work:4": "2024-02-01",
        "tag:u tag:t": "2024-02-09",
    }


def test_nothing_of_a_build_is_under_every_time_filter(seed_outputs: Path) -> None:
    graph = nx.read_gexf(seed_outputs / "graph.gexf")
    assert all(graph.nodes[node].get("start") for node in graph)
    for source, target, day in graph.edges(data="start"):
        assert day == max(graph.nodes[source]["start"], graph.nodes[target]["start"])
    assert graph.nodes["arxiv:1412.6980"]["start"] == "2014-12-01"
    assert nx.read_gexf(BytesIO(written(tables_of([{"id": "a"}], [])))).nodes["a"]["label"] == "A"


def test_what_was_read_on_no_known_day_has_no_start_in_the_reading() -> None:
    nodes: list[Row] = [
        {"id": "arxiv:1", "in_digest": True, "entry_dates": [date(2024, 2, 1)]},
        {"id": "arxiv:2", "in_digest": True},
        {"id": "tag:a", "kind": "tag"},
        {"id": "tag:b", "kind": "tag"},
        {"id": "tag:c", "kind": "tag"},
    ]
    edges: list[Row] = [
        {"source": paper, "target": tag, "kind": "tagged"}
        for paper, tag in (("arxiv:1", "tag:a"), ("arxiv:2", "tag:a"), ("arxiv:2", "tag:b"))
    ]
    found = reading_starts(*tables_of(nodes, edges))
    days = [day and day.isoformat() for day in found.nodes.to_pylist()]
    assert days == ["2024-02-01", None, "2024-02-01", None, "2024-02-01"]
