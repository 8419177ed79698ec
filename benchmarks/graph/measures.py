"""Measures at 100,000 papers: bare igraph beside them, networkx and pandas at fewer papers.

The peers make their graph from the same edges as row numbers, igraph by the quickest way that we
know: `(numpy)` is its own way for arrays. The PageRank of networkx is the one in pure Python, as
scipy is not among our packages, and its communities are Louvain's, as it has no Leiden. Ours
begin at the tables, with ids as text, each time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from benchmarks.clock import best_s, row
from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import world
from pipeline.analyse.bibliographic_coupling import cocited, coupled
from pipeline.analyse.centrality import pageranks
from pipeline.analyse.groups import ROUNDS, communities, components
from pipeline.analyse.joining import of_kinds
from pipeline.analyse.similar import similar
from pipeline.model.tables import endpoints

PAPERS, FEWER = 100_000, 20_000
MOST_REFERENCES, MOST_CITING = 500, 100

Tables = tuple[pa.Table, pa.Table]


def measured() -> Iterator[str]:
    """Each measure beside its peers."""
    large, small = tables(world(PAPERS)), tables(world(FEWER))
    yield from _beside_igraph(large)
    yield from _beside_networkx(small)
    yield from _beside_pandas(small)
    for name, measure in (("co-citation", cocited), ("coupling", coupled)):
        taken_s = best_s(partial(measure, *large), runs=1)
        yield row(f"{name}, {PAPERS:,} papers", taken_s, "a minute", 60)
    paper = large[1]["source"][-1].as_py()
    yield row(f"similar, {PAPERS:,} papers", best_s(lambda: similar(*large, paper)), "a second", 1)


def _beside_igraph(large: Tables) -> Iterator[str]:
    nodes, edges = large
    source, target = endpoints(nodes, edges)
    count, pairs = nodes.num_rows, np.column_stack((source, target))

    def bare(directed: bool) -> igraph.Graph:
        return igraph.Graph(count, zip(source.tolist(), target.tolist(), strict=True), directed)

    peers: dict[str, tuple[Callable[..., pa.Table], Callable[[], object]]] = {
        "PageRank": (pageranks, lambda: bare(True).pagerank()),
        "PageRank (numpy)": (pageranks, lambda: igraph.Graph(count, pairs, True).pagerank()),
        "components": (components, lambda: bare(False).connected_components().membership),
        "communities": (communities, lambda: _leiden(bare(False))),
    }
    size = f"{PAPERS:,} papers, {edges.num_rows:,} edges"
    for name, (ours, peer) in peers.items():
        taken_s, peer_s = best_s(partial(ours, *large)), best_s(peer)
        yield row(f"{name}, {size}", taken_s, "bare igraph", peer_s)


def _leiden(graph: igraph.Graph) -> list[int]:
    random.seed(1)
    found: list[int] = graph.community_leiden("modularity", n_iterations=ROUNDS).membership
    return found


def _beside_networkx(small: Tables) -> Iterator[str]:
    source, target = endpoints(*small)

    def made(kind: type[nx.Graph]) -> nx.Graph:
        return kind(list(zip(source.tolist(), target.tolist(), strict=True)))

    peers: dict[str, tuple[Callable[..., pa.Table], Callable[[], object]]] = {
        "PageRank": (pageranks, lambda: _pagerank_python(made(nx.DiGraph))),
        "components": (components, lambda: list(nx.connected_components(made(nx.Graph)))),
        "communities": (
            communities,
            lambda: nx.community.louvain_communities(made(nx.Graph), seed=1),
        ),
    }
    for name, (ours, peer) in peers.items():
        taken_s, peer_s = best_s(partial(ours, *small)), best_s(peer, runs=1)
        yield row(f"{name}, {FEWER:,} papers", taken_s, "networkx", peer_s)


def _beside_pandas(small: Tables) -> Iterator[str]:
    nodes, edges = small
    cites = of_kinds(edges, "cites").select(["source", "target"]).to_pandas()
    peers: dict[str, tuple[Callable[..., pa.Table], Callable[[], object]]] = {
        "co-citation": (cocited, lambda: _shared(cites, "target", "source", MOST_REFERENCES)),
        "coupling": (coupled, lambda: _shared(cites, "source", "target", MOST_CITING)),
    }
    for name, (ours, peer) in peers.items():
        taken_s, peer_s = best_s(partial(ours, nodes, edges)), best_s(peer, runs=1)
        yield row(f"{name}, {FEWER:,} papers", taken_s, "pandas", peer_s)


def _shared(cites: pd.DataFrame, owner: str, item: str, most: int) -> pd.DataFrame:
    few = cites[cites.groupby(item)[owner].transform("size") <= most]
    pairs = few.merge(few, on=item)
    ends = [f"{owner}_x", f"{owner}_y"]
    counts = pairs[pairs[ends[0]] < pairs[ends[1]]].groupby(ends).size()
    return counts[counts >= 2].sort_values(ascending=False).reset_index()
