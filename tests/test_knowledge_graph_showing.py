"""`g.show()` without a browser: what goes to the cell, and what a saved notebook keeps of it."""

from __future__ import annotations

import base64
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from page_checks import edges_between, nodes_of
from PIL import Image

from pipeline import KnowledgeGraph, load
from pipeline.analyse.communities import communities
from pipeline.export.explorer_cell import ExplorerCell
from pipeline.export.explorer_data import chunks, framed
from pipeline.export.explorer_frame import ExplorerFrame
from pipeline.export.explorer_page import page
from pipeline.export.explorer_script import style
from pipeline.model.errors import DigestGraphError, UsageError

S3C_MATH = "arxiv:2409.01524"
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="session")
def graph(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without anywidget."""
    monkeypatch.delitem(sys.modules, "pipeline.export.explorer_cell", raising=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without matplotlib."""
    for name in ("still", "figure", "pictures"):
        monkeypatch.delitem(sys.modules, f"pipeline.export.{name}", raising=False)
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)


def bundle_of(view: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    data, about = view._repr_mimebundle_()
    return data, about


def test_a_cell_gets_the_graph_in_binary_once(graph: KnowledgeGraph) -> None:
    view = graph.show(height_px=500)
    assert isinstance(view, ExplorerCell)
    state, found = view.get_state(), chunks(*graph.tables, communities(*graph.tables))
    assert (state["_graph"], state["_texts"]) == (framed(found), found.texts)
    assert (state["height_px"], state["selected"]) == (500, None)
    assert repr(view) == "ExplorerCell(334 nodes, 350 edges, selected=None)"


@pytest.mark.parametrize(
    "query", ["2409.01524", "https://arxiv.org/abs/2409.01524v2", S3C_MATH, "s3c-MATH"]
)
def test_any_form_of_an_id_selects(graph: KnowledgeGraph, query: str) -> None:
    view = graph.show()
    view.selected = query
    assert view.selected == graph.view.selected == S3C_MATH
    view.selected = None
    assert view.selected is None


@pytest.mark.parametrize(
    ("query", "told"), [("xyzzy", "nothing"), ("language models", "could be 2 nodes")]
)
def test_what_names_nothing_or_several_selects_nothing(
    graph: KnowledgeGraph, query: str, told: str
) -> None:
    view = graph.show()
    view.selected = S3C_MATH
    with pytest.raises(DigestGraphError, match=told):
        view.selected = query
    assert view.selected == S3C_MATH


def test_python_hears_of_each_selection(graph: KnowledgeGraph) -> None:
    view, heard = graph.show(), list[str | None]()
    assert isinstance(view, ExplorerCell)
    view.observe(lambda change: heard.append(change["new"]), "selected")
    view.set_state({"selected": S3C_MATH})
    view.set_state({"selected": None})
    assert heard == [S3C_MATH, None]


def test_the_last_view_is_kept_of_each_graph_alone(graph: KnowledgeGraph) -> None:
    one, other = graph.show(), graph.show()
    one.selected = S3C_MATH
    assert graph.view is other
    assert other.selected is None
    part = graph.around("2409.01524")
    with pytest.raises(DigestGraphError, match=r"Call `show\(\)`"):
        part.view  # noqa: B018
    with pytest.raises(DigestGraphError, match="nothing in this graph"):
        part.show().selected = "2409.02392"


def test_a_saved_notebook_keeps_a_small_picture_beside_the_widget(graph: KnowledgeGraph) -> None:
    data, about = bundle_of(graph.show())
    png = base64.b64decode(data["image/png"])
    assert Image.open(BytesIO(png)).size == (960, 672)
    assert len(png) < 60_000
    assert about == {"image/png": {"width": 900, "height": 630}}
    assert sorted(data) == [WIDGET, "image/png", "text/plain"]
    assert bundle_of(graph.show())[0]["image/png"] == data["image/png"]


def test_the_picture_of_a_large_graph_is_of_its_largest_nodes() -> None:
    nodes = nodes_of([f"Paper {number}" for number in range(3_000)], "paper")
    large = KnowledgeGraph(nodes, edges_between(nodes, ["so"]))
    data, _ = bundle_of(large.show())
    assert len(base64.b64decode(data["image/png"])) < 120_000


def test_an_empty_graph_is_shown_too(graph: KnowledgeGraph) -> None:
    empty = graph.part([])
    data, _ = bundle_of(empty.show())
    assert data["image/png"]
    with pytest.raises(DigestGraphError, match="nothing in this graph"):
        empty.show().selected = "2409.01524"


@pytest.mark.usefixtures("plain")
def test_without_matplotlib_a_saved_notebook_keeps_a_line_of_text(graph: KnowledgeGraph) -> None:
    data, _ = bundle_of(graph.show())
    assert sorted(data) == [WIDGET, "text/plain"]


@pytest.mark.usefixtures("bare")
def test_without_anywidget_the_page_is_shut_in_a_frame_over_a_picture(
    graph: KnowledgeGraph,
) -> None:
    part = graph.around("2409.01524")
    view = part.show(height_px=300)
    assert isinstance(view, ExplorerFrame)
    box = lxml.html.fromstring(view._repr_html_())
    picture, frame = box
    assert "height:300px" in box.get("style")
    assert picture.get("src").startswith("data:image/png;base64,")
    assert frame.get("srcdoc") == view.html
    assert view.html == page(*part.tables, communities(*part.tables)).decode()
    may = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
    assert frame.get("sandbox") == may
    assert view.selected is None
    with pytest.raises(UsageError, match="pip install anywidget"):
        view.selected = "2409.01524"


@pytest.mark.usefixtures("bare", "plain")
def test_with_neither_there_is_the_frame_alone(graph: KnowledgeGraph) -> None:
    (frame,) = lxml.html.fromstring(graph.show()._repr_html_())
    assert frame.tag == "iframe"


def test_the_styles_of_the_explorer_touch_nothing_else_on_a_page() -> None:
    inner = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", r"\1", style())
    selectors = [
        one.strip() for rule in re.findall(r"([^{}]*)\{", inner) for one in rule.split(",")
    ]
    assert len(selectors) > 100
    assert [one for one in selectors if not one.startswith(".digest-graph")] == []


def test_the_script_of_the_cell_asks_for_nothing() -> None:
    assert re.findall(r"\bimport\b|\bfetch\(|XMLHttpRequest|WebSocket", ExplorerCell._esm) == []
