"""The graph in Jupyter: frames, parts, networkx, pictures and pages of one build."""

from __future__ import annotations

import shutil
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from pipeline import KnowledgeGraph, load
from pipeline.model.errors import DataError, DigestGraphError
from pipeline.model.tables import EDGES, NODES, Build

S3C_MATH, PHYSICS = "arxiv:2409.01524", "arxiv:2408.16293"
SNOWCODER, MATH_AGENTS, OCR = "arxiv:2409.02326", "arxiv:2409.02392", "arxiv:2409.01704"

NAMES = {
    S3C_MATH: "2409.01524|2409.01524v2| arXiv:2409.01524 |https://arxiv.org/pdf/2409.01524v1.pdf"
    f"|https://arxiv.org/abs/2409.01524|{S3C_MATH}|s3c-MATH",
    MATH_AGENTS: "2409.02392|Building math agents",
    OCR: "General OCR|via a Unified End-to-end Model",
    "tag:long-context": "long-context|#Long_Context|tag:long-context",
    "category:cs.CL": "cs.CL",
    "arxiv:1412.6980": "1412.6980",
    "author:zeyuanallenzhu": "Zeyuan Allen-Zhu|zeyuan allen zhu",
}
"""What a node of the digest that ships can be asked for by."""


@pytest.fixture(scope="session")
def graph(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


def graph_of(nodes: dict[str, str]) -> KnowledgeGraph:
    """A graph of nodes (id to label) that lie in a row; an id begins with its kind."""
    looks = {"size": 9.0, "color": "#d55e00", "y": 0.0}
    measured = looks | {"degree": 0, "pagerank": 0.1, "community": 0}
    rows = [
        measured | {"id": key, "kind": key.split(":")[0], "label": label, "x": 900.0 * place}
        for place, (key, label) in enumerate(sorted(nodes.items()))
    ]
    nodes_table = pa.Table.from_pylist(rows, NODES.schema())
    return KnowledgeGraph(nodes_table, EDGES.schema().empty_table())


def texts_of(picture: Any) -> list[Any]:
    return [text for axes in picture.axes for text in axes.texts]


def drawn(picture: Any) -> Any:
    """What the picture was drawn by."""
    canvas: Any = FigureCanvasAgg(picture)
    canvas.draw()
    return canvas.get_renderer()


def test_a_folder_without_a_build_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Run `digest-graph build") as raised:
        load(tmp_path)
    assert raised.value.path == tmp_path / "nodes.parquet"


def test_a_table_of_another_version_is_refused(seed_outputs: Path, tmp_path: Path) -> None:
    shutil.copy(seed_outputs / "nodes.parquet", tmp_path)
    edges = pq.read_table(seed_outputs / "edges.parquet")
    pq.write_table(edges.drop_columns(["sentence"]), tmp_path / "edges.parquet")
    with pytest.raises(DataError, match=r"edges\.parquet: .*sentence.*Build the graph again"):
        load(tmp_path)


def test_a_tilde_is_the_home_folder(seed_outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(seed_outputs.parent))
    assert len(load(f"~/{seed_outputs.name}").nodes) > 0


def test_the_kinds_add_up_to_the_nodes(graph: KnowledgeGraph) -> None:
    frames = (graph.papers, graph.authors, graph.organisations, graph.tags, graph.categories)
    assert sorted(i for frame in frames for i in frame.index) == list(graph.nodes.index)
    assert [len(frame) for frame in frames] == [239, 79, 0, 11, 5]
    assert graph.papers["in_digest"].sum() == 7


def test_whole_numbers_truths_texts_and_days_keep_their_types(graph: KnowledgeGraph) -> None:
    expected = {pa.int64(): "Int64", pa.bool_(): "boolean", pa.string(): "string"}
    expected |= {pa.float64(): "float64", pa.date32(): "datetime64[s]"}
    for frame, table in ((graph.nodes, NODES), (graph.edges, EDGES)):
        columns = [c for c in table.columns if c.type in expected and c.name != "id"]
        found = {column.name: str(frame[column.name].dtype) for column in columns}
        assert found == {column.name: expected[column.type] for column in columns}


def test_what_is_missing_is_missing(graph: KnowledgeGraph) -> None:
    assert graph.papers.at[OCR, "venue"] is pd.NA
    cited = graph.papers[~graph.papers["in_digest"]]
    assert cited["published"].isna().any()
    assert cited["commentary"].isna().all()
    assert graph.nodes.loc["tag:ocr", ["year", "in_digest", "title"]].isna().all()
    tagged = graph.edges[graph.edges["kind"] == "tagged"]
    assert tagged[["position", "primary", "sentence"]].isna().all(axis=None)


def test_the_repr_counts_what_is_there(graph: KnowledgeGraph) -> None:
    whole = "KnowledgeGraph(239 papers (7 read), 79 authors, 11 tags, 5 categories; 350 edges)"
    assert repr(graph) == whole
    assert repr(graph_of({"tag:a": "a"})) == "KnowledgeGraph(1 tag; 0 edges)"


@pytest.mark.parametrize(
    ("query", "node"),
    [(query, node) for node, names in NAMES.items() for query in names.split("|")],
)
def test_a_node_has_many_names(graph: KnowledgeGraph, query: str, node: str) -> None:
    assert graph.id_of(query).startswith(node)


def test_a_whole_name_goes_before_the_beginning_of_another() -> None:
    models = graph_of({"paper:1": "Qwen", "paper:2": "Qwen2", "paper:3": "Qwen2 report"})
    found = [models.id_of(name) for name in ("Qwen", "qwen 2", "report")]
    assert found == ["paper:1", "paper:2", "paper:3"]


def test_any_spelling_of_a_name_will_do(graph: KnowledgeGraph, seed_build: Build) -> None:
    place = seed_build.nodes.schema.get_field_index("spellings")
    names = [["T. B. Ye"] if label == "Tian Ye" else [] for label in graph.nodes["label"]]
    spelled = seed_build.nodes.set_column(place, NODES.schema().field(place), [names])
    assert KnowledgeGraph(spelled, seed_build.edges).id_of("T.B. Ye") == graph.id_of("Tian Ye")


def test_several_meanings_are_listed_the_strongest_first(graph: KnowledgeGraph) -> None:
    with pytest.raises(DigestGraphError, match='"models" could be') as raised:
        graph.id_of("models")
    _, *listed, more = str(raised.value).splitlines()
    degrees = [graph.nodes["degree"].to_dict()[line.split()[0]] for line in listed]
    assert degrees == sorted(degrees, reverse=True)
    assert (len(listed), more) == (10, "  …")


@pytest.mark.parametrize("query", ["2409.99999", "nobody at all", "", "   ", "!?"])
def test_what_nothing_is_called_is_an_error(graph: KnowledgeGraph, query: str) -> None:
    with pytest.raises(DigestGraphError, match="nothing in this graph is called"):
        graph.id_of(query)


@pytest.mark.parametrize("hops", [0, 1, 2, 3])
@pytest.mark.parametrize("kinds", [(), ("mentions",), ("cites", "mentions"), ("in_category",)])
def test_a_part_is_the_ball_around_its_node(
    graph: KnowledgeGraph, hops: int, kinds: tuple[str, ...]
) -> None:
    walked = [edge for edge in graph.nx.edges(keys=True) if not kinds or edge[2] in kinds]
    undirected = nx.MultiGraph(walked)
    undirected.add_node(S3C_MATH)
    ball = set(nx.ego_graph(undirected, S3C_MATH, hops))
    part = graph.around("2409.01524", hops, kinds)
    inside = {edge for edge in walked if edge[0] in ball and edge[1] in ball}
    assert list(part.nodes.index) == sorted(ball)
    assert set(part.nx.edges(keys=True)) == inside


def test_a_mention_leads_both_ways(graph: KnowledgeGraph) -> None:
    for end in (S3C_MATH, PHYSICS):
        part = graph.around(end, kinds="mentions")
        assert list(part.nodes.index) == [PHYSICS, S3C_MATH]
        assert part.edges["sentence"].str.contains("Physics of Language Models").all()


def test_a_kind_of_edge_that_is_none_is_an_error(graph: KnowledgeGraph) -> None:
    with pytest.raises(DigestGraphError, match=r'"cite" is none of the edge kinds .*cites'):
        graph.around("2409.01524", kinds=["mentions", "cite"])


def test_a_part_is_a_graph_with_the_same_methods(graph: KnowledgeGraph) -> None:
    part = graph.around("2409.02392", hops=2).around("Building Math Agents")
    assert isinstance(part, KnowledgeGraph)
    assert part.id_of("2409.02392") == MATH_AGENTS
    assert set(part.authors.index) < set(graph.authors.index)
    assert part.nx.number_of_edges() == len(part.edges)
    assert part.cited_together(1)["cited_by"].eq(1).all()
    assert texts_of(part.plot())
    pd.testing.assert_frame_equal(part.nodes, graph.nodes.loc[part.nodes.index])


def test_networkx_holds_the_tables_and_no_gaps(graph: KnowledgeGraph) -> None:
    nodes, edges = graph.nodes, graph.edges
    keys = list(zip(edges["source"], edges["target"], edges["kind"], strict=True))
    assert list(graph.nx.nodes) == list(nodes.index)
    assert sorted(graph.nx.edges(keys=True)) == sorted(keys)
    for column in ("label", "venue", "year", "in_digest", "degree", "x"):
        held = nx.get_node_attributes(graph.nx, column)
        assert held == nodes[column].dropna().to_dict()
    for column in ("kind", "weight", "position", "sentence"):
        held = nx.get_edge_attributes(graph.nx, column)
        assert held == edges[column].set_axis(keys).dropna().to_dict()


def test_the_works_that_two_papers_of_the_digest_cite(graph: KnowledgeGraph) -> None:
    found = graph.cited_together()
    code, math, ocr = (graph.nodes.at[node, "label"] for node in (SNOWCODER, MATH_AGENTS, OCR))
    assert list(zip(found.index, found["year"], found["papers"], strict=True)) == [
        ("arxiv:2406.11409", 2024, [code, math]),
        ("arxiv:2402.03300", 2024, [code, math]),
        ("arxiv:2407.10671", 2024, [code, math]),
        ("arxiv:2303.08774", 2023, [ocr, math]),
        ("arxiv:2307.09288", 2023, [code, math]),
    ]
    heads = [title.lower()[:5] for title in found["title"]]
    assert heads == ["codeg", "deeps", "qwen2", "gpt-4", "llama"]
    assert found["cited_by"].to_list() == [2] * 5
    by_anyone = graph.edges[graph.edges["kind"] == "cites"]["target"].value_counts()
    assert (by_anyone > 1).sum() > len(found), "papers that were only mentioned cite some too"


def test_none_cited_together_is_an_empty_frame_of_the_same_columns(graph: KnowledgeGraph) -> None:
    none, some = graph.cited_together(at_least=3), graph.cited_together()
    assert len(none) == 0
    assert none.dtypes.to_dict() == some.dtypes.to_dict()


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font:UserWarning")
@pytest.mark.parametrize("label", ["Costs $x^ and $", r"a_{b}$\frac$", "한국어 태그", "#%&~\\"])
def test_a_label_is_drawn_as_it_is_written(label: str) -> None:
    picture = graph_of({"tag:1": label}).plot()
    assert drawn(picture)
    assert [(t.get_text(), t.get_parse_math()) for t in texts_of(picture)] == [(label, False)]


@pytest.mark.parametrize("hops", [1, 2, 9])
def test_no_label_lies_over_another(graph: KnowledgeGraph, hops: int) -> None:
    picture = graph.around("2409.01524", hops).plot(labels=40)
    renderer = drawn(picture)
    boxes = [text.get_window_extent(renderer).padded(-1) for text in texts_of(picture)]
    assert 9 < len(boxes) <= 40
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_no_label_runs_off_the_page() -> None:
    picture = graph_of({"tag:1": "A name of some length, I", "tag:2": "A name as long, II"}).plot()
    boxes = [text.get_window_extent(drawn(picture)) for text in texts_of(picture)]
    assert [picture.bbox.containsx(x) for box in boxes for x in (box.x0, box.x1)] == [True] * 4


def test_the_papers_that_were_read_are_labelled_first(graph: KnowledgeGraph) -> None:
    titles = graph.papers[graph.papers["in_digest"]]["title"]
    labels = [text.get_text().replace("\n", " ") for text in texts_of(graph.plot(labels=7))]
    heads = {title.split(": ")[0][:16] for title in titles}
    assert {label[:16] for label in labels} == heads
    assert texts_of(graph.plot(labels=0)) == []


def test_a_cell_shows_a_small_picture_the_same_every_time(graph: KnowledgeGraph) -> None:
    pictures: list[Any] = [graph.plot(), graph.plot()]
    (png, shown), (again, _) = (picture._repr_png_() for picture in pictures)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(png) < 120_000
    assert shown == {"width": 900, "height": 630}
    assert png == again


def test_without_matplotlib_the_error_says_what_to_install(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "pipeline.export.figure", raising=False)
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModuleNotFoundError, match="pip install matplotlib"):
        graph.plot()


def test_an_empty_graph_is_a_graph() -> None:
    empty = graph_of({})
    assert repr(empty) == "KnowledgeGraph(no nodes: nothing fits what was asked for; 0 edges)"
    assert len(empty.papers) == len(empty.edges) == len(empty.cited_together()) == 0
    assert empty.nx.number_of_nodes() == 0
    assert drawn(empty.plot())
    with pytest.raises(DigestGraphError, match="nothing in this graph"):
        empty.around("anything")
