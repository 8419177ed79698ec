"""Where nodes lie: alike on every run, in regions, and where they were when a graph grows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from conftest import SEED
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import edges_table, nodes_table

from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import world
from pipeline.analyse.measures import with_measures
from pipeline.build.run import Inputs, build, write
from pipeline.layout.links import Links, links, parts
from pipeline.layout.positions import SPACING, with_positions
from pipeline.model.records import Skip
from pipeline.model.tables import Build, endpoints
from pipeline.store.former import former_places

NOWHERE = Path("nowhere at all")


def placed(table: pa.Table) -> np.ndarray:
    return np.column_stack([table[axis].to_numpy() for axis in "xy"])


def land(table: pa.Table) -> pa.Table:
    """The nodes but authors and organisations."""
    return table.filter(pc.invert(pc.is_in(table["kind"], pa.array(["author", "organisation"]))))


def graph(pairs: list[tuple[int, int]], nodes: int) -> tuple[pa.Table, pa.Table]:
    """A measured graph of tags that relate to each other."""
    rows = [{"id": f"tag:{n:05}", "kind": "tag", "label": str(n)} for n in range(nodes)]
    ends = sorted({(f"tag:{a:05}", f"tag:{b:05}") for a, b in pairs if a != b})
    related = [
        {"source": a, "target": b, "kind": "relates_to", "weight": 1.0, "sources": []}
        for a, b in ends
    ]
    edges = edges_table(related)
    return with_measures(nodes_table(rows), edges), edges


def without(nodes: pa.Table, edges: pa.Table, share: float) -> tuple[pa.Table, pa.Table]:
    """The graph before some of its papers came: without them and what only they link."""
    papers = np.flatnonzero(pc.equal(nodes["kind"], "paper").to_numpy())
    gone = np.zeros(nodes.num_rows, bool)
    gone[np.random.default_rng(3).choice(papers, int(len(papers) * share), replace=False)] = True
    source, target = endpoints(nodes, edges)
    lasting = ~(gone[source] | gone[target])
    linked = np.zeros(nodes.num_rows, bool)
    linked[source[lasting]] = linked[target[lasting]] = True
    return nodes.filter(pa.array(linked)), edges.filter(pa.array(lasting))


@pytest.fixture(scope="session")
def thousand() -> tuple[pa.Table, pa.Table]:
    nodes, edges = tables(world(600, NOWHERE))
    return with_measures(nodes, edges), edges


def test_the_same_graph_lies_the_same_way_and_another_seed_is_another_way(
    thousand: tuple[pa.Table, pa.Table],
) -> None:
    nodes, edges = thousand
    assert nodes.num_rows > 500
    first = with_positions(nodes, edges)
    assert first.equals(with_positions(nodes, edges))
    assert not first.equals(with_positions(nodes, edges, seed=2))


def test_the_nearest_on_the_page_are_of_the_same_community(
    thousand: tuple[pa.Table, pa.Table],
) -> None:
    table = land(with_positions(*thousand))
    places, community = placed(table), table["community"].to_numpy()
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :10]
    by_chance = ((np.bincount(community) / len(community)) ** 2).sum()
    assert (community[nearest] == community[:, None]).mean() > max(0.6, 3 * by_chance)
    assert np.median(apart.min(axis=1)) == pytest.approx(SPACING, rel=0.02)
    assert (apart.min(axis=1) < SPACING / 20).mean() < 0.02


def test_who_wrote_a_paper_alone_stands_beside_it(thousand: tuple[pa.Table, pa.Table]) -> None:
    nodes, edges = thousand
    places = placed(with_positions(nodes, edges))
    wrote = np.asarray(pc.equal(edges["kind"], "wrote"), bool)
    author, paper = (end[wrote] for end in endpoints(nodes, edges))
    once = np.bincount(author, minlength=nodes.num_rows)[author] == 1
    apart = np.linalg.norm(places[author] - places[paper], axis=1)
    assert apart[once].max() < 2 * SPACING
    papers = np.asarray(pc.equal(nodes["kind"], "paper"), bool)
    beside = np.array([np.linalg.norm(places[papers] - places[row], axis=1).min()
                       for row in np.unique(author)])  # fmt: skip
    assert np.median(beside) < SPACING / 2


def test_a_paper_that_nothing_links_lies_among_those_of_its_words() -> None:
    words = [
        f"{first}{second}" for first in "bcdfghjklm" for second in ("ark", "olt", "une", "ist")
    ]
    rows = [
        {"id": f"paper:{n:03}", "kind": "paper", "label": "", "title": f"Sparse {words[n // 10]}"}
        for n in range(400)
    ]
    alone = {"id": "paper:alone", "kind": "paper", "label": "", "title": f"About {words[12]}"}
    cited = [
        {"source": rows[n]["id"], "target": rows[m]["id"], "kind": "cites", "weight": 1.0}
        for n in range(400)
        for m in range(n + 1, min(400, n + 4))
    ]
    edges = edges_table([edge | {"sources": []} for edge in cited])
    nodes = with_measures(nodes_table([*rows, alone]), edges)
    places = placed(with_positions(nodes, edges))
    apart = np.linalg.norm(places - places[-1], axis=1)
    alike = np.array([words[12] in title for title in nodes["title"].to_pylist()])
    assert np.sort(apart[alike])[1:4].max() < np.quantile(apart, 0.15)


def test_a_layout_of_an_earlier_kind_is_not_followed(thousand: tuple[pa.Table, pa.Table]) -> None:
    nodes, edges = thousand
    x, y = np.random.default_rng(2).normal(0, 2_000, (2, nodes.num_rows))
    former = pa.table({"id": nodes["id"], "x": x, "y": y})
    moved = placed(with_positions(nodes, edges, former)) - np.column_stack((x, y))
    assert np.median(np.linalg.norm(moved, axis=1)) > SPACING


@pytest.mark.parametrize(("share", "median", "most"), [(0.01, 0.005, 0.03), (0.1, 0.02, 0.08)])
def test_old_nodes_stay_about_where_they_were_when_papers_come(
    thousand: tuple[pa.Table, pa.Table], share: float, median: float, most: float
) -> None:
    nodes, edges = thousand
    few_nodes, few_edges = without(nodes, edges, share)
    former = with_positions(few_nodes, few_edges)
    after = with_positions(nodes, edges, former.select(["id", "x", "y"]))
    before = land(former)
    at = pc.index_in(before["id"], value_set=after["id"]).to_numpy()
    moved = np.linalg.norm(placed(after)[at] - placed(before), axis=1)
    width = np.ptp(placed(before), axis=0).max()
    assert 0 < np.median(moved) < median * width
    assert moved.max() < most * width
    assert len(np.unique(placed(after), axis=0)) == after.num_rows


def test_new_nodes_lie_near_their_neighbours(thousand: tuple[pa.Table, pa.Table]) -> None:
    nodes, edges = thousand
    before = with_positions(*without(nodes, edges, 0.01))
    after = with_positions(nodes, edges, before.select(["id", "x", "y"]))
    new = pc.invert(pc.is_in(after["id"], value_set=before["id"])).to_numpy()
    pairs, places = links(*endpoints(nodes, edges), nodes.num_rows), placed(after)
    touching = new[pairs.first] | new[pairs.second]
    length = np.linalg.norm(places[pairs.first] - places[pairs.second], axis=1)
    assert np.median(length[touching]) < 0.7 * np.ptp(places, axis=0).max() / 2


def test_a_graph_that_is_mostly_new_is_laid_out_anew_facing_as_it_did() -> None:
    ring = [(n, n + 1) for n in range(39)]
    nodes, edges = graph(ring, 40)
    fresh = with_positions(nodes, edges)
    turned = fresh.slice(0, 15).select(["id", "x", "y"])
    turned = pa.table({"id": turned["id"], "x": pc.negate(turned["y"]), "y": turned["x"]})
    again = with_positions(nodes, edges, turned)
    assert not again.equals(fresh)
    old = placed(turned) - placed(turned).mean(axis=0)
    now = placed(again)[:15] - placed(again)[:15].mean(axis=0)
    assert np.abs(old - now).max() < 0.02


def test_nothing_one_node_and_isolated_nodes_have_places() -> None:
    for nodes in (0, 1, 2, 700):
        table = with_positions(*graph([], nodes))
        assert len(np.unique(placed(table), axis=0)) == nodes
        former = table.select(["id", "x", "y"])
        assert with_positions(*graph([], nodes), former).equals(table)
    one_more = placed(with_positions(*graph([], 701), former))
    assert np.linalg.norm(one_more[700] - one_more[:700], axis=1).min() > SPACING / 2


def test_no_two_of_a_few_nodes_lie_on_one_another() -> None:
    """Eight hubs that all share forty leaves would be drawn as one heap."""
    nodes, edges = graph([(hub, 8 + leaf) for hub in range(8) for leaf in range(40)], 48)
    places = placed(with_positions(nodes, edges))
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() > 0.85 * SPACING


def test_what_nothing_joins_lies_at_the_coast_of_the_rest() -> None:
    """A long tail to one side sends nobody as far away on all others."""
    tail = [(number, number + 1) for number in range(40)]
    nodes, edges = graph(tail, 45)
    places = placed(with_positions(nodes, edges))
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(gaps, np.inf)
    assert gaps[41:].min(axis=1).max() < 2 * SPACING


def test_two_parts_do_not_lie_on_each_other() -> None:
    halves = [(a + 600 * half, b) for half in (0, 1) for a in range(600) for b in [600 * half]]
    places = placed(with_positions(*graph(halves, 1_200)))
    middles = [places[:600].mean(axis=0), places[600:].mean(axis=0)]
    radius = [np.linalg.norm(places[s] - m, axis=1).max()
              for s, m in zip((slice(600), slice(600, None)), middles, strict=True)]  # fmt: skip
    assert np.linalg.norm(middles[0] - middles[1]) > sum(radius)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60), st.integers(0, 40))
def test_every_place_is_a_number_whatever_the_graph(pairs: list[tuple[int, int]], old: int) -> None:
    nodes, edges = graph(pairs, 40)
    former = pa.table({"id": nodes["id"].slice(0, old), "x": [1.0] * old, "y": [2.0] * old})
    assert np.isfinite(placed(with_positions(nodes, edges, former))).all()


def test_former_places_that_are_no_numbers_are_forgotten() -> None:
    nodes, edges = graph([(0, 1), (1, 2)], 3)
    former = pa.table(
        {"id": nodes["id"], "x": [0.0, float("nan"), 1e300], "y": [0.0, 1.0, float("inf")]}
    )
    assert np.isfinite(placed(with_positions(nodes, edges, former))).all()
    assert np.abs(placed(with_positions(nodes, edges, former))).max() < 1_000


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_parts_are_what_igraph_calls_components(pairs: list[tuple[int, int]]) -> None:
    import igraph

    ends = np.array(pairs, np.int64).reshape(-1, 2)
    found = parts(links(ends[:, 0], ends[:, 1], 30), 30)
    assert found.tolist() == igraph.Graph(30, pairs).connected_components().membership


def test_a_long_path_is_one_part() -> None:
    order = np.random.default_rng(1).permutation(20_000)
    low, high = np.sort(np.stack((order[:-1], order[1:])), axis=0)
    assert parts(Links(low, high, np.ones(len(low))), 20_000).max() == 0


def test_a_second_build_into_a_folder_changes_no_byte_and_a_torn_file_no_place(
    tmp_path: Path,
) -> None:
    inputs, table = Inputs((SEED,), kept_in=tmp_path), tmp_path / "nodes.parquet"
    write(build(inputs), tmp_path)
    first = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    write(build(inputs), tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in first} == first
    table.write_bytes(first[table.name][:500])
    (skip,) = former_places(tmp_path)
    assert isinstance(skip, Skip)
    assert "elsewhere than before" in skip.reason
    again = build(inputs)
    assert {each.reason.rpartition("so that ")[2] for each in again.skips} == {
        "authors may have other ids than before.",
        "nodes may lie elsewhere than before.",
        "what is newly read is not told.",
    }
    write(again, tmp_path)
    assert table.read_bytes() == first[table.name]


def test_former_places_are_of_one_form_or_none(tmp_path: Path) -> None:
    assert [*former_places(None), *former_places(tmp_path)] == []
    for columns in ({"id": ["a"]}, {"id": ["a"], "x": ["1"], "y": [2.0]}):
        pq.write_table(pa.table(columns), tmp_path / "nodes.parquet")
        assert list(former_places(tmp_path)) == []


def test_a_small_graph_opens_what_is_new_and_stays_about_where_it_was(seed_build: Build) -> None:
    edges = seed_build.edges
    nodes = seed_build.nodes.drop_columns(["x", "y"])
    gone = pc.index(nodes["id"], "arxiv:2409.02326").as_py()
    source, target = endpoints(nodes, edges)
    lasting = (source != gone) & (target != gone)
    linked = np.unique(np.concatenate((source[lasting], target[lasting])))
    before = with_positions(nodes.take(pa.array(linked)), edges.filter(pa.array(lasting)))
    after = placed(with_positions(nodes, edges, before.select(["id", "x", "y"])))
    width = np.ptp(placed(before), axis=0).max()
    moved = np.linalg.norm(after[linked] - placed(before), axis=1)
    assert np.median(moved) < 0.1 * width
    fresh = np.setdiff1d(np.arange(len(after)), linked)
    radius = np.linalg.norm(after[fresh] - after[gone], axis=1)
    around = np.linalg.norm(after - after[gone], axis=1) < np.quantile(radius, 0.8)
    assert np.isin(np.flatnonzero(around), fresh).mean() > 0.8
