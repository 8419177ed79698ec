"""Cytoscape's picture, VOSviewer, Cypher, canvas and JSON-LD: what each program needs to find."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import rdflib
from foreign_readers import written
from invented_graphs import NASTY, Row, Tables, tables_of

from pipeline.analyse.projections import projected
from pipeline.export import canvas
from pipeline.export.hanging_together import hanging_together
from pipeline.store.tables import read_graph

XSD = rdflib.XSD
SCHEMA_ORG = rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> Tables:
    return Tables(*read_graph(seed_outputs))


def tables_with(texts: tuple[str, ...]) -> Tables:
    nodes: list[Row] = [
        {"id": f"arxiv:{n}", "label": f"L{t}", "title": t} for n, t in enumerate(texts)
    ]
    edges = [{"source": "arxiv:0", "target": row["id"], "sentence": row["title"]} for row in nodes]
    return tables_of(nodes, edges)


def test_cytoscape_opens_as_a_picture(seed: Tables) -> None:
    (data,) = written("cytoscape", seed)
    told = json.loads(data)
    assert told["layout"] == {"name": "preset"}
    drawn = {entry["selector"]: entry["style"] for entry in told["style"]}
    assert drawn["node"]["background-color"] == "data(color)"
    columns = set(told["elements"]["nodes"][0]["data"])
    used = set(re.findall(r"data\((\w+)\)", json.dumps(told["style"])))
    assert used <= columns
    assert drawn["node"]["label"] == "data(short)"
    assert max(len(node["data"]["short"]) for node in told["elements"]["nodes"]) <= 37


@pytest.mark.parametrize("make", [lambda seed: seed, lambda _: tables_with(NASTY)])
def test_vosviewer_finds_items_by_number_and_links_between_them(make: Any, seed: Tables) -> None:
    tables = make(seed)
    found: list[Any] = [
        pd.read_csv(io.BytesIO(data), sep="\t", header=head, quoting=csv.QUOTE_NONE)  # type: ignore[call-overload]
        for data, head in zip(written("vosviewer", tables), ("infer", None), strict=True)
    ]
    items, links = found
    assert items["id"].to_list() == list(range(1, tables.nodes.num_rows + 1))
    assert (items["cluster"] >= 1).all()
    ids = tables.nodes["id"].to_pylist()
    pairs = {frozenset((ids[a - 1], ids[b - 1])): weight for a, b, weight in links.to_numpy()}
    graph = nx.Graph()
    for row in tables.edges.to_pylist():
        if row["source"] != row["target"]:
            known = graph.get_edge_data(row["source"], row["target"], {"weight": 0})
            graph.add_edge(row["source"], row["target"], weight=known["weight"] + row["weight"])
    assert pairs == {frozenset((a, b)): weight for a, b, weight in graph.edges(data="weight")}


def test_cypher_reads_every_column_and_every_kind_of_edge(seed: Tables) -> None:
    script, *files = (data.decode() for data in written("cypher", seed))
    nodes, edges = (list(csv.DictReader(io.StringIO(text, ""))) for text in files)
    assert set(re.findall(r"row\.(\w+)", script)) == {*nodes[0], *edges[0]}
    for row in edges:
        said = f"row.kind = '{row['kind']}' AND row.begins = '{row['begins']}'"
        assert f"{said} AND row.ends = '{row['ends']}'" in script
        assert f"-[r:{row['kind'].upper()}]->" in script
    assert [row["id"] for row in nodes] == seed.nodes["id"].to_pylist()
    assert "published: date(row.published)" in script
    assert "categories: [item IN split(row.categories, ';') | item]" in script
    assert script.count("{") == script.count("}")


def test_no_guard_changes_a_text_on_its_way_into_a_database() -> None:
    texts = ("=1+1", "-x", "@a", "'b", 'c "d"', "a,b\nc")
    tables = tables_with(texts)
    for name, at in (("cypher", 1), ("neo4j", 0)):
        rows = list(csv.reader(io.StringIO(written(name, tables)[at].decode(), "")))
        place = next(n for n, column in enumerate(rows[0]) if column.startswith("title"))
        assert [row[place] for row in rows[1:]] == list(texts)


def overlap(one: Row, other: Row) -> bool:
    """Whether two cards cover each other anywhere."""
    return all(
        one[at] < other[at] + other[side] and other[at] < one[at] + one[side]
        for at, side in (("x", "width"), ("y", "height"))
    )


def test_a_canvas_has_cards_none_on_another_and_arrows_between_them(seed: Tables) -> None:
    part = tables_with(tuple(text for text in NASTY if "\0" not in text))
    for tables in (seed, part):
        (data,) = written("canvas", tables)
        told = json.loads(data)
        ids = {card["id"] for card in told["nodes"]}
        assert 0 < len(ids) <= canvas.MOST_CARDS
        assert all(card["type"] == "text" and card["text"] for card in told["nodes"])
        assert not any(overlap(*pair) for pair in combinations(told["nodes"], 2))
        assert all(
            type(card[side]) is int for card in told["nodes"] for side in ("x", "y", "width")
        )
        assert {end for edge in told["edges"] for end in (edge["fromNode"], edge["toNode"])} <= ids
    (data,) = written("canvas", seed)
    assert "**Xiong 2024**\n[Building Math" in json.loads(data)["nodes"][-1]["text"] or any(
        "**Xiong 2024**\n[Building Math" in card["text"] for card in json.loads(data)["nodes"]
    )


def test_a_crowd_of_cards_lies_wider_than_the_map_and_none_on_another() -> None:
    rows = [{"id": f"author:a{n}", "kind": "author", "x": n % 7, "y": n % 11} for n in range(250)]
    (data,) = written("canvas", tables_of(rows, []))
    cards = json.loads(data)["nodes"]
    assert len(cards) == 250
    assert not any(overlap(*pair) for pair in combinations(cards, 2))


def test_a_title_is_no_markup_on_a_canvas() -> None:
    title = "[[Note]] #tag <b> *x*"
    (data,) = written("canvas", tables_of([{"id": "arxiv:1", "title": title, "label": title}], []))
    (card,) = json.loads(data)["nodes"]
    assert card["text"].endswith(r"\[\[Note\]\] \#tag \<b\> \*x\*")


def in_rdf(tables: Tables) -> rdflib.Graph:
    (data,) = written("jsonld", tables)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return rdflib.Graph().parse(data=data, format="json-ld")


def test_days_are_typed_and_the_readers_words_are_a_dated_review() -> None:
    days = [date(2024, 9, 5), date(2024, 9, 7)]
    read = {
        "id": "arxiv:1",
        "published": date(2024, 9, 3),
        "commentary": "좋\0다",
        "entry_dates": days,
    }
    by_id = {"year": 2007, "month": 6}
    graph = in_rdf(
        tables_of([read, {"id": "work:2", "year": 2014}, {"id": "arxiv:3", **by_id}], [])
    )
    told: list[Any] = list(graph.objects(None, SCHEMA_ORG.datePublished))
    said = {(str(one), one.datatype) for one in told}
    assert said == {
        ("2024-09-03", XSD.date),
        ("2007-06", XSD.gYearMonth),
        ("2014", XSD.gYear),
        ("2024-09-07", XSD.date),
    }
    (review,) = graph.objects(None, SCHEMA_ORG.review)
    assert str(graph.value(review, SCHEMA_ORG.reviewBody)) == "좋다"
    assert str(graph.value(review, SCHEMA_ORG.datePublished)) == "2024-09-07"
    graph.serialize(format="xml")


@pytest.mark.parametrize(
    ("view", "directed"), [("authors", False), ("tags", False), ("papers", True)]
)
def test_a_view_runs_both_ways_to_every_reader_or_one(
    seed: Tables, view: str, directed: bool
) -> None:
    tables = Tables(*projected(*seed, view))
    seen = [
        nx.read_gexf(io.BytesIO(*written("gexf", tables))),
        nx.read_graphml(io.BytesIO(*written("graphml", tables))),
        nx.node_link_graph(json.loads(*written("nodelink", tables)), edges="edges"),
        nx.cytoscape_graph(json.loads(*written("cytoscape", tables))),
    ]
    for graph in seen:
        assert graph.is_directed() == directed
        assert graph.number_of_edges() == tables.edges.num_rows
        assert graph.size("weight") == sum(tables.edges["weight"].to_pylist())
    table = pd.read_csv(io.BytesIO(written("csv", tables)[1]))
    assert set(table["Type"]) == {"Directed" if directed else "Undirected"}


def test_what_is_shown_of_a_large_graph_hangs_together() -> None:
    nodes: list[Row] = [{"id": f"arxiv:{n:03}", "in_digest": True} for n in range(200)]
    nodes += [{"id": f"author:{n:03}", "kind": "author"} for n in range(200)]
    nodes += [{"id": f"tag:{n:02}", "kind": "tag"} for n in range(20)]
    edges: list[Row] = [
        {"source": f"author:{n:03}", "target": f"arxiv:{n:03}", "kind": "wrote"} for n in range(200)
    ]
    edges += [
        {"source": f"arxiv:{n:03}", "target": f"tag:{n % 20:02}", "kind": "tagged"}
        for n in range(200)
    ]
    edges += [{"source": f"arxiv:{n:03}", "target": f"arxiv:{n + 1:03}"} for n in range(199)]
    tables = tables_of(nodes, edges)
    rows = hanging_together(np.arange(420), *tables, most=100)
    kept = [nodes[row]["id"] for row in rows]
    assert len(kept) == 100
    assert min(sum(i.startswith(kind) for i in kept) for kind in ("arxiv", "author", "tag")) >= 10
    graph = nx.Graph((row["source"], row["target"]) for row in edges).subgraph(kept)
    assert nx.is_connected(graph)
    assert hanging_together(np.arange(420), *tables, most=420).tolist() == list(range(420))
    alone = tables_of(nodes, [])
    assert len(hanging_together(np.arange(420), *alone, most=100)) == 100
