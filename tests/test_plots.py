"""The plots of a graph: what they show, and what they say where there is nothing to show."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from pipeline import KnowledgeGraph, load
from pipeline.analyse.examples import READ, RISING, graph
from pipeline.export.plots.communities import COLORS
from pipeline.layout.looks import COLORS as LOOKS
from pipeline.model.tables import EDGES, NODES

PLOTS = ("months", "trends", "citations", "authors", "communities")
EMPTY = KnowledgeGraph(NODES.schema().empty_table(), EDGES.schema().empty_table())

SETTINGS = dict(mpl.rcParams)

every_plot = pytest.mark.parametrize("name", PLOTS)


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


def plot(g: KnowledgeGraph, name: str, *asked: Any) -> Any:
    return getattr(g, f"plot_{name}")(*asked)


def texts(picture: Any) -> list[str]:
    """All that is written in a picture, drawn to have its ticks."""
    canvas: Any = FigureCanvasAgg(picture)
    canvas.draw()
    found = [*picture.texts, *(text for axes in picture.axes for text in axes.texts)]
    for axes in picture.axes:
        found += [axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]
        found += axes.get_xticklabels() + axes.get_yticklabels()
    return [text.get_text() for text in found if text.get_text()]


@every_plot
def test_a_plot_of_nothing_says_so(name: str) -> None:
    *_, why = texts(plot(EMPTY, name))
    assert re.match(r"No |Nothing |There is nothing ", why)


@every_plot
def test_a_plot_is_small_and_the_same_every_time(seed: KnowledgeGraph, name: str) -> None:
    (png, shown), (again, _) = (plot(seed, name)._repr_png_() for _ in range(2))
    assert png == again
    assert len(png) < 120_000
    assert shown["width"] == 900
    assert Image.open(BytesIO(png)).convert("RGB").getpixel((0, 0)) == (0xFB, 0xFA, 0xF7)


@every_plot
def test_a_plot_leaves_the_settings_of_matplotlib_alone(seed: KnowledgeGraph, name: str) -> None:
    texts(plot(seed, name))
    assert dict(mpl.rcParams) == SETTINGS


@every_plot
def test_labels_are_drawn_as_written(name: str) -> None:
    labels = dict.fromkeys(("p1", "author:ann"), r"Costs $x^$ or $\frac$")
    nodes, edges = READ
    place = nodes.schema.get_field_index("label")
    column = [labels.get(i, "a_b") for i in nodes["id"].to_pylist()]
    g = KnowledgeGraph(nodes.set_column(place, NODES.schema().field(place), [column]), edges)
    assert texts(plot(g, name))


def test_months_are_all_there_from_first_to_last() -> None:
    picture = plot(KnowledgeGraph(*READ), "months")
    bars, tags = picture.axes[:2]
    assert [bar.get_height() for bar in bars.patches] == [1, 2]
    assert [text.get_text() for text in tags.get_xticklabels()] == ["2024-09", "2024-10"]


def test_a_tag_of_many_months_is_a_row_with_its_count(seed: KnowledgeGraph) -> None:
    rows = texts(plot(seed, "months", 3))
    assert [text for text in rows if text.startswith("long-context")] == ["long-context  2"]
    assert sum(bool(re.fullmatch(r"\S+  \d+", text)) for text in rows) == 3


def test_rises_stand_above_declines_with_their_growth() -> None:
    said = texts(plot(KnowledgeGraph(*RISING), "trends"))
    assert said.index("agent  50") < said.index("gan  50")
    growth = [text for text in said if text.endswith("a year")]
    assert [text[0] for text in growth] == ["×", "÷"]


def test_a_trend_of_less_than_three_months_is_not_drawn(seed: KnowledgeGraph) -> None:
    assert texts(seed.plot_trends(at_least=1))[-1].startswith("A trend needs three months")


def test_where_no_references_are_known_the_plot_says_so() -> None:
    mentions = graph([("p1", "mentions", "p2")])
    (*_, why) = texts(plot(KnowledgeGraph(*mentions), "citations"))
    assert why.startswith("No references are known")


def test_works_that_lie_farthest_out_are_named_and_others_counted(seed: KnowledgeGraph) -> None:
    said = "\n".join(texts(plot(seed, "citations")))
    assert "In-context Pretraining\nPhysics of Language Models" in said
    assert re.search(r"\nand \d+ more", said)
    assert "more" not in "".join(texts(plot(seed, "citations", 0)))


def test_an_author_who_may_be_several_has_a_question_mark() -> None:
    doubted = graph([("author:ann", "wrote", "p")], **{"author:ann": {"ambiguous": True}})
    assert "ann ?" in texts(plot(KnowledgeGraph(*doubted), "authors"))


def test_each_of_the_largest_communities_has_a_number_and_a_name(seed: KnowledgeGraph) -> None:
    picture = plot(seed, "communities")
    here, key = ([text.get_text() for text in axes.texts] for axes in picture.axes)
    numbers = [str(number) for number in range(1, min(len(seed.communities()), len(COLORS)) + 1)]
    assert here == numbers
    assert [text for text in key if text.isdigit()] == numbers
    assert any("ocr" in text for text in key)


def test_colours_are_those_of_the_graph() -> None:
    assert set(LOOKS.values()) <= set(COLORS)
