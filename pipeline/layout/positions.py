"""Where every node lies."""

from __future__ import annotations

import random

import igraph
import numpy as np
import pyarrow as pa

from pipeline.tables import endpoints

SPRING_NODES = 600
"""Up to so many nodes, charges and springs are simulated; beyond, Fruchterman-Reingold's grid."""

SPACING = 40.0
"""About the distance of a node to its nearest, in the units of x, y and size."""


def with_positions(nodes: pa.Table, edges: pa.Table, seed: int = 1) -> pa.Table:
    """`nodes` with `x` and `y`: the same for the same graph and `seed`, the middle at 0, 0.

    The longer side of the picture lies flat, as pages are wider than high.
    """
    source, target = endpoints(nodes, edges)
    graph = igraph.Graph(nodes.num_rows, np.column_stack((source, target))).simplify()
    igraph.set_random_number_generator(random.Random(seed))
    try:
        places = np.array(_layout(graph).coords, float).reshape(-1, 2)
    finally:
        igraph.set_random_number_generator(random)
    places = np.round(_flat(places) * _scale(places), 2) + 0.0
    for axis, name in enumerate(("x", "y")):
        field = pa.field(name, pa.float64(), nullable=False)
        nodes = nodes.append_column(field, pa.array(places[:, axis]))
    return nodes


def _layout(graph: igraph.Graph) -> igraph.Layout:
    if graph.vcount() > SPRING_NODES:
        return graph.layout_fruchterman_reingold(grid=True)
    # A short spring and a strong charge open each paper's references into a dandelion.
    return graph.layout_graphopt(niter=1_000, node_charge=0.003, spring_length=10)


def _flat(places: np.ndarray) -> np.ndarray:
    """The places turned about their middle, so that they spread most from left to right."""
    if len(places) < 3:
        return places - places.mean(axis=0) if len(places) else places
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(centred.T))
    turned = centred @ axes[:, ::-1]
    # An eigenvector's sign is free; the first node lies right of and above the middle.
    mirrored: np.ndarray = turned * np.where(turned[0] < 0, -1, 1)
    return mirrored


def _scale(places: np.ndarray) -> float:
    """What to stretch by, so that the median distance to the nearest node is SPACING."""
    sample = places[:: max(1, len(places) // 2_000)]
    if len(sample) < 2:
        return 1.0
    apart = np.linalg.norm(sample[:, None] - sample[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = float(np.median(apart.min(axis=1)))
    return SPACING / nearest if nearest > 0 else 1.0
