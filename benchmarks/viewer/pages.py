"""Graphs of a size that is asked for, and our explorer's page of each."""

from __future__ import annotations

import base64
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.worlds.tables import tables
from benchmarks.worlds.world import world
from pipeline.analyse.communities import communities
from pipeline.analyse.measures import with_measures
from pipeline.export import explorer_page
from pipeline.export.explorer_data import chunks
from pipeline.layout.looks import with_looks
from pipeline.model.tables import NODES

SIDE = 40.0


class Graph(NamedTuple):
    """A graph of the size that is asked for."""

    nodes: pa.Table
    edges: pa.Table
    communities: pa.Table


def graph_of(nodes: int, edges: int) -> Graph:
    """So many nodes of a world with real titles, and so many of the edges between them.

    Communities lie side by side and their nodes at random in them: it is drawing that is measured.
    """
    found, ends = _world_of(nodes)
    chance = np.random.default_rng(1)
    rows = np.sort(chance.choice(found.num_rows, nodes, replace=False))
    found = found.take(rows)
    ids = found["id"]
    inside = pc.and_(*(pc.is_in(ends[side], ids) for side in ("source", "target")))
    ends = ends.filter(inside)
    if ends.num_rows > edges:
        ends = ends.take(np.sort(chance.choice(ends.num_rows, edges, replace=False)))
    measured = with_looks(with_measures(found, ends), ends)
    placed = _placed(measured, chance)
    shown = placed.select([column.name for column in NODES.columns])
    return Graph(shown, ends, communities(shown, ends))


def _world_of(nodes: int) -> tuple[pa.Table, pa.Table]:
    """A world of at least so many nodes, and few more, so that most edges stay."""
    papers = nodes // 4
    while (found := tables(world(papers)))[0].num_rows < nodes:
        papers = round(papers * 1.12)
    return found


def _placed(nodes: pa.Table, chance: np.random.Generator) -> pa.Table:
    community = nodes["community"].to_numpy()
    size = np.sqrt(np.bincount(community)) * SIDE
    turn = np.arange(len(size)) * np.pi * (3 - np.sqrt(5))
    out = np.sqrt(np.cumsum(size**2) / 2)
    angle, apart = chance.random((2, len(community)))
    for name, along in (("x", np.cos), ("y", np.sin)):
        middle = (out * along(turn))[community]
        at = middle + along(angle * 2 * np.pi) * np.sqrt(apart) * size[community] / 2
        places = pa.array(np.round(at, 2))  # As a build has them.
        nodes = nodes.append_column(pa.field(name, pa.float64(), nullable=False), places)
    return nodes


def explorer(graph: Graph) -> bytes:
    """Our page of a graph."""
    return explorer_page.page(*graph)


def data_bytes(graph: Graph) -> int:
    """How much of our page is the graph itself."""
    found = chunks(*graph)
    return sum(len(base64.b64encode(chunk)) for chunk in found)
