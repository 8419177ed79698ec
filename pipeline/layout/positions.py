"""Where every node lies."""

from __future__ import annotations

import math
import random

import igraph
import numpy as np
import pyarrow as pa

from pipeline.tables import endpoints

SPRING_NODES = 400
"""Up to so many nodes, charges and springs are simulated; beyond, Fruchterman-Reingold's grid."""

SPACING = 40.0
"""About the distance of a node to its nearest, in the units of x, y and size."""

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def with_positions(nodes: pa.Table, edges: pa.Table, seed: int = 1) -> pa.Table:
    """`nodes` with `x` and `y`: the same for the same graph and `seed`, the middle at 0, 0.

    The largest connected part lies in the middle, its longer side flat, as pages are wider than
    high; the others lie around it in a spiral, the larger ones nearer.
    """
    source, target = endpoints(nodes, edges)
    graph = igraph.Graph(nodes.num_rows, np.column_stack((source, target))).simplify()
    igraph.set_random_number_generator(random.Random(seed))
    try:
        places = np.round(_places(graph), 2) + 0.0
    finally:
        igraph.set_random_number_generator(random)
    for axis, name in enumerate(("x", "y")):
        field = pa.field(name, pa.float64(), nullable=False)
        nodes = nodes.append_column(field, pa.array(places[:, axis]))
    return nodes


def _places(graph: igraph.Graph) -> np.ndarray:
    places = np.zeros((graph.vcount(), 2))
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part[0]))
    covered = 0.0
    for rank, part in enumerate(parts):
        own = _part_places(graph.induced_subgraph(part))
        radius = float(np.linalg.norm(own, axis=1).max()) + SPACING
        # The parts so far fill a disc of the area that they cover; this one touches it.
        distance = math.sqrt(covered / math.pi) + radius if rank else 0.0
        angle = rank * _GOLDEN_ANGLE
        places[part] = own + distance * np.array([math.cos(angle), math.sin(angle)])
        covered += math.pi * radius**2
    return places


def _part_places(part: igraph.Graph) -> np.ndarray:
    if part.vcount() > SPRING_NODES:
        layout = part.layout_fruchterman_reingold(grid=True)
    else:
        # A short spring and a strong charge open each paper's references into a dandelion.
        layout = part.layout_graphopt(niter=1_000, node_charge=0.003, spring_length=10)
    places = np.array(layout.coords, float)
    return _flat(places) * _scale(places)


def _flat(places: np.ndarray) -> np.ndarray:
    """The places turned about their middle, so that they spread most from left to right."""
    centred: np.ndarray = places - places.mean(axis=0)
    if len(places) < 3:
        return centred
    _, axes = np.linalg.eigh(np.cov(centred.T))
    turned: np.ndarray = centred @ axes[:, ::-1]
    # An eigenvector's sign is free; the first node lies right of and above the middle.
    return turned * np.where(turned[0] < 0, -1.0, 1.0)


def _scale(places: np.ndarray) -> float:
    """What to stretch by, so that the median distance to the nearest node is SPACING."""
    sample = places[:: max(1, len(places) // 2_000)]
    if len(sample) < 2:
        return 1.0
    apart = np.linalg.norm(sample[:, None] - sample[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = float(np.median(apart.min(axis=1)))
    return SPACING / nearest if nearest > 0 else 1.0
