"""`g.show(color=, size=)`: colours and sizes that a reader gives, by a column or by values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from pipeline import KnowledgeGraph, load
from pipeline.analyse.communities import communities
from pipeline.export.explorer_data import NO_COLOUR, OwnColours, PageExtras
from pipeline.export.explorer_page import page
from pipeline.export.figure import figure
from pipeline.export.pictures import QUIET
from pipeline.knowledge_graph.own_looks import coloured, own_colours, own_sizes
from pipeline.model.errors import DigestGraphError

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def graph(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


def named(own: OwnColours, graph: KnowledgeGraph, node: str) -> str | None:
    place = int(own.of[list(graph.nodes.index).index(graph.id_of(node))])
    return None if place == NO_COLOUR else own.key[place][1]


def of(graph: KnowledgeGraph, color: object) -> OwnColours:
    return own_colours(graph.nodes, color, graph.id_of)


def test_a_column_of_kinds_a_number_and_colours_of_ones_own(graph: KnowledgeGraph) -> None:
    kinds = of(graph, "kind")
    assert named(kinds, graph, "#ocr") == "tag"
    assert [name for _, name in kinds.key] == ["paper", "author", "tag", "category"]
    ramp = of(graph, "pagerank")
    assert len(ramp.key) == 7
    assert max(ramp.of) == 6
    read = of(graph, "in_digest")
    assert named(read, graph, "2409.01704") == "True"
    assert named(read, graph, "#ocr") is None
    series = pd.Series({"2409.01704": "#ff0000", "S3cMath": "#00ff00"}, name="mine")
    mine = of(graph, series)
    assert (mine.title, named(mine, graph, "2409.01524")) == ("mine", "#00ff00")
    nodes = coloured(graph.tables[0], mine).to_pylist()
    assert {n["id"]: n["color"] for n in nodes}["arxiv:2409.01704"] == "#ff0000"


def test_more_kinds_than_colours_share_the_last(graph: KnowledgeGraph) -> None:
    papers = list(graph.papers.index[:30])
    many = of(graph, pd.Series([f"group {number % 15}" for number in range(30)], papers))
    assert len(many.key) == 11
    assert many.key[-1][1] == "others"


def test_areas_grow_with_numbers(graph: KnowledgeGraph) -> None:
    sizes = own_sizes(graph.nodes, pd.Series({"2409.01704": 4, "#ocr": 1}), graph.id_of)
    by_id = dict(zip(graph.nodes.index, sizes.to_pylist(), strict=True))
    big, small = by_id["arxiv:2409.01704"] - 5, by_id["tag:ocr"] - 5
    assert big == pytest.approx(2 * small)
    assert by_id["tag:rl"] == 5


@pytest.mark.parametrize(
    "looks",
    [
        {"color": "no such column"},
        {"color": 3},
        {"size": "kind"},
        {"size": pd.Series({"2409.01704": -1})},
        {"color": pd.Series({"nowhere at all": 1})},
    ],
)
def test_what_cannot_be_drawn_says_what_to_give(
    graph: KnowledgeGraph, looks: dict[str, object]
) -> None:
    with pytest.raises(DigestGraphError, match=r"Give|nothing in this graph"):
        graph.show(**looks)  # type: ignore[arg-type]


def test_the_explorer_begins_with_them_and_has_a_key(
    graph: KnowledgeGraph, browser: Browser, tmp_path: Path
) -> None:
    mine = of(graph, pd.Series({"2409.01704": "to do", "2409.01524": "done"}, name="state"))
    html = page(*graph.tables, communities(*graph.tables), PageExtras(own=mine))
    (tmp_path / "graph.html").write_bytes(html)
    shown = browser.new_page()
    shown.goto((tmp_path / "graph.html").as_uri())
    shown.locator(".key li").first.wait_for()
    assert shown.locator("input[value=own]").is_checked()
    assert sorted(shown.locator(".legend .key li").all_inner_texts()) == ["done", "to do"]
    assert shown.get_by_text("state", exact=True).count() == 1
    shown.close()
    plain = browser.new_page()
    (tmp_path / "plain.html").write_bytes(page(*graph.tables, communities(*graph.tables)))
    plain.goto((tmp_path / "plain.html").as_uri())
    plain.locator("input[value=kind]").wait_for(state="attached")
    assert plain.locator("input[value=own]").count() == 0
    plain.close()


def test_the_legend_of_a_picture_says_what_own_colours_tell_of(graph: KnowledgeGraph) -> None:
    papers = list(graph.papers.index[:2])
    mine = of(graph, pd.Series(["to read", "a" * 60], papers, name="mood"))
    key = [(f"#{colour:06x}", name) for colour, name in mine.key]
    (legend,) = figure(coloured(graph.tables[0], mine), graph.tables[1], 5, key).legends
    named = {
        text.get_text(): line
        for text, line in zip(legend.get_texts(), legend.get_lines(), strict=True)
    }
    assert named["to read"].get_color() == "#0072b2"
    assert {named[kind].get_markerfacecolor() for kind in ("tag", "author")} == {QUIET}
    assert max(map(len, named)) <= 40
