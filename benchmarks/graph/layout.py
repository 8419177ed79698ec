"""Layout: how long it takes, how much of the graph it shows, and how still it stands.

The citations of these worlds are invented and know categories alone (`benchmarks.worlds.world`),
so that few neighbours can lie near. Who wrote what is real where the corpus is at hand.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import igraph
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.clock import best_s, row
from benchmarks.graph.nearness import nearness
from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import world
from pipeline.analyse.measures import with_measures
from pipeline.layout.links import Links, graph_of, links
from pipeline.layout.positions import with_positions
from pipeline.layout.regions import region_places
from pipeline.model.tables import endpoints

SIZES = (500, 10_000, 100_000)
WRITTEN = 60_000
LIMIT_S = 6.0
GROWTHS = (0.01, 0.1)
HUBS, BRANCHES = 150, 500
_FEW_ROUNDS = 50


class Graph(NamedTuple):
    """A measured graph under a name, with its pairs of linked nodes."""

    name: str
    nodes: pa.Table
    edges: pa.Table
    pairs: Links


def measured() -> Iterator[str]:
    """A line for each layout of each graph: seconds, and the two shares of `nearness`."""
    for papers in SIZES:
        nodes, edges = tables(world(papers))
        graph = _graph(f"{papers:,} papers", with_measures(nodes, edges), edges)
        yield from _ours(graph)
        yield from _peers(graph, of_umap=papers <= 500)
        yield from _growths(graph)
    written = _written(WRITTEN)
    yield from _ours(written)
    yield from _peers(written, of_umap=False)
    taken = best_s(lambda: region_places(*_hubs()))
    yield row(f"{HUBS} nodes, each of {BRANCHES} branches", taken, "limit", LIMIT_S)


def _hubs() -> tuple[np.ndarray, Links]:
    """Regions that are one node with many branches, as a tag is with papers that nothing joins."""
    nodes_of_hub = 1 + 2 * BRANCHES
    hub = np.arange(HUBS * BRANCHES) // BRANCHES * nodes_of_hub
    branch = hub + 1 + 2 * (np.arange(HUBS * BRANCHES) % BRANCHES)
    source, target = np.concatenate((hub, branch)), np.concatenate((branch, branch + 1))
    region = np.arange(HUBS * nodes_of_hub) // nodes_of_hub
    return region, links(source, target, len(region))


def _ours(graph: Graph) -> Iterator[str]:
    found: list[np.ndarray] = []
    taken = best_s(lambda: found.append(places_of(with_positions(graph.nodes, graph.edges))))
    yield row(f"{graph.name}, {graph.nodes.num_rows:,} nodes", taken, "limit", LIMIT_S)
    yield _shown("this layout", graph, found[-1])


def _peers(graph: Graph, *, of_umap: bool) -> Iterator[str]:
    whole = graph_of(graph.nodes.num_rows, graph.pairs)
    peers: dict[str, Callable[[], igraph.Layout]] = {
        f"igraph Fruchterman-Reingold, {_FEW_ROUNDS} rounds": lambda: (
            whole.layout_fruchterman_reingold(niter=_FEW_ROUNDS, grid=True)
        )
    }
    if of_umap:
        peers["igraph UMAP"] = whole.layout_umap
    for name, task in peers.items():
        igraph.set_random_number_generator(random.Random(1))
        begin = time.perf_counter()
        found = np.array(task().coords)
        taken = time.perf_counter() - begin
        yield f"{_shown(name, graph, found)}   {taken:.2f} s"
    igraph.set_random_number_generator(random)


def _shown(name: str, graph: Graph, places: np.ndarray) -> str:
    shares = nearness(places, graph.nodes["community"].to_numpy(), graph.pairs)
    return f"   {name:<41} of one community {shares.at_home:.1%}   kept {shares.kept:.1%}"


def _growths(graph: Graph) -> Iterator[str]:
    for share in GROWTHS:
        few = _before(graph, share)
        former = with_positions(few.nodes, few.edges)
        after = with_positions(graph.nodes, graph.edges, former.select(["id", "x", "y"]))
        at = pc.index_in(former["id"], value_set=after["id"]).to_numpy()
        old = places_of(former)
        moved = np.linalg.norm(places_of(after)[at] - old, axis=1) / np.ptp(old, axis=0).max()
        yield f"   {share:.0%} new papers: old nodes moved {np.median(moved):.3%} of the width"
        yield _shown("then", graph, places_of(after))


def _before(graph: Graph, share: float) -> Graph:
    """The graph without so many of its papers and what they alone link."""
    nodes = graph.nodes.num_rows
    papers = np.flatnonzero(pc.equal(graph.nodes["kind"], "paper").to_numpy())
    gone = np.zeros(nodes, bool)
    count = int(len(papers) * share)
    gone[np.random.default_rng(1).choice(papers, count, replace=False)] = True
    source, target = endpoints(graph.nodes, graph.edges)
    lasting = ~(gone[source] | gone[target])
    linked = np.zeros(nodes, bool)
    linked[source[lasting]] = linked[target[lasting]] = True
    return _graph("", graph.nodes.filter(pa.array(linked)), graph.edges.filter(pa.array(lasting)))


def _written(papers: int) -> Graph:
    """The largest connected part of who wrote what."""
    nodes, edges = tables(world(papers))
    edges = edges.filter(pc.equal(edges["kind"], "wrote"))
    whole = igraph.Graph(nodes.num_rows, zip(*endpoints(nodes, edges), strict=True))
    largest = np.zeros(nodes.num_rows, bool)
    largest[max(whole.connected_components(), key=len)] = True
    inside = pa.array(largest[endpoints(nodes, edges)[0]])
    nodes, edges = nodes.filter(pa.array(largest)), edges.filter(inside)
    return _graph(f"who wrote {papers:,} papers", with_measures(nodes, edges), edges)


def _graph(name: str, nodes: pa.Table, edges: pa.Table) -> Graph:
    return Graph(name, nodes, edges, links(*endpoints(nodes, edges), nodes.num_rows))


def places_of(nodes: pa.Table) -> np.ndarray:
    """x and y of each node."""
    return np.column_stack([nodes[axis].to_numpy() for axis in "xy"])
