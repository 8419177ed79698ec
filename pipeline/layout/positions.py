"""Where every node lies."""

from __future__ import annotations

import math
import random

import igraph
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.layout.apart import apart
from pipeline.layout.beside import GOLDEN_ANGLE, is_beside, stood_beside
from pipeline.layout.growth import grown, refitted
from pipeline.layout.land import softened
from pipeline.layout.links import Links, graph_of, groups, parts
from pipeline.layout.papers import Land, land_of
from pipeline.layout.regions import region_places
from pipeline.model.tables import endpoints

SPRING_NODES = 300
"""Up to so many nodes, charges and springs are simulated; beyond, communities become land."""

SPACING = 40.0
"""About the distance of a node to its nearest, in the units of x, y and size."""

_LEAST_GAP = 0.9
"""No two of a few nodes lie nearer than this part of SPACING, as papers are nearly as large."""

_FEW_PARTS = 200
"""Of so many connected parts each lies as near the middle as it can, of more about as near."""

_ROUNDS, _FEW_ROUNDS = 1_000, 100
_SPRING_SPACING = 50.0
"""About the distance of a node to its nearest at which charges and springs are at rest."""

_LASTING = 0.5
"""Where less than this share of the nodes, then or now, is old, the graph is laid out anew."""

_COMPARED = 8_000_000
_FARTHEST = 1e9
"""A former place farther out than any map is wide is not believed."""


def with_positions(
    nodes: pa.Table, edges: pa.Table, former: pa.Table | None = None, seed: int = 1
) -> pa.Table:
    """`nodes` with `x` and `y`: the same for the same graph, `former` and `seed`.

    Papers, tags and categories are the land (see `land_of`); authors and organisations stand
    beside a paper of theirs. Without `former` (`id`, `x`, `y` of an earlier build) the largest
    connected part lies in the middle, its longer side flat, as pages are wider than high; the
    others lie around it in a spiral, the larger ones nearer. Communities (`community` of `nodes`)
    become regions. With it, old nodes stay about where they were; if there is no new one, exactly.
    """
    land = land_of(nodes, edges, endpoints(nodes, edges))
    old = _old_places(nodes, former)
    if former is not None and not is_beside(old, land.beside, SPACING):
        former = None
    land_places = _land_places(nodes, land, old, former, seed)
    places = np.zeros((nodes.num_rows, 2))
    places[land.rows] = np.round(land_places, 2)
    places = stood_beside(places, land.beside, SPACING)
    for axis, name in enumerate(("x", "y")):
        field = pa.field(name, pa.float64(), nullable=False)
        nodes = nodes.append_column(field, pa.array(np.round(places[:, axis], 2) + 0.0))
    return nodes


def _land_places(
    nodes: pa.Table, land: Land, old: np.ndarray, former: pa.Table | None, seed: int
) -> np.ndarray:
    """Where the land lies: as it grew from what was, where that is most of it, else anew."""
    before = old[land.rows]
    lasting = np.count_nonzero(~np.isnan(old[:, 0]))
    if former is None or lasting <= _LASTING * max(nodes.num_rows, former.num_rows):
        community = nodes["community"].take(pa.array(land.rows)).to_numpy()
        return refitted(_new_places(community, land.pairs, seed), before)
    places = grown(before, land.pairs, SPACING)
    if np.isnan(before[:, 0]).any() and len(before) <= SPRING_NODES:
        return refitted(_sprung(land.pairs, _FEW_ROUNDS, places), before)
    return places


def _old_places(nodes: pa.Table, former: pa.Table | None) -> np.ndarray:
    """Where each node lay, not a number for those that are new."""
    if former is None:
        return np.full((nodes.num_rows, 2), np.nan)
    at = pc.index_in(nodes["id"], value_set=former["id"])
    axes = [pc.fill_null(pc.cast(former[axis], pa.float64()).take(at), math.nan) for axis in "xy"]
    places = np.column_stack([axis.to_numpy() for axis in axes])
    sound = (np.abs(places) < _FARTHEST).all(axis=1, keepdims=True)
    return np.where(sound, places, np.nan)


def _new_places(community: np.ndarray, pairs: Links, seed: int) -> np.ndarray:
    if not len(community):
        return np.zeros((0, 2))
    igraph.set_random_number_generator(random.Random(seed))
    try:
        return _packed(community, pairs)
    finally:
        igraph.set_random_number_generator(random)


def _packed(community: np.ndarray, pairs: Links) -> np.ndarray:
    """The places of every connected part, the largest in the middle."""
    places = np.zeros((len(community), 2))
    connected_parts = groups(pairs, parts(pairs, len(community)))
    largest_first = sorted(connected_parts, key=lambda part: -len(part[0]))
    covered, before = 0.0, largest_first[0][0]
    for rank, (members, own_pairs) in enumerate(largest_first):
        part_places = _part_places(community[members], own_pairs)
        radius = float(np.linalg.norm(part_places, axis=1).max()) + SPACING
        way = np.array([math.cos(rank * GOLDEN_ANGLE), math.sin(rank * GOLDEN_ANGLE)])
        # The parts so far fill a disc of the area that they cover; this one touches it.
        distance = math.sqrt(covered / math.pi) + radius if rank else 0.0
        if rank and len(largest_first) <= _FEW_PARTS:
            distance = _free_distance(places[before], way, radius)
            before = np.concatenate((before, members))
        places[members] = part_places + distance * way
        covered += math.pi * radius**2
    return places


def _free_distance(others: np.ndarray, way: np.ndarray, radius: float) -> float:
    """How far along `way` a disc lies beyond all of the others, but touches one."""
    along = others @ way
    aside_squared = (others**2).sum(axis=1) - along**2
    reach = np.sqrt(np.maximum(0.0, radius**2 - aside_squared))
    return float(np.max(along + reach, where=aside_squared < radius**2, initial=0.0))


def _part_places(community: np.ndarray, pairs: Links) -> np.ndarray:
    if len(community) == 1:
        return np.zeros((1, 2))
    if len(community) > SPRING_NODES:
        region = np.unique(community, return_inverse=True)[1]
        places = softened(region_places(region, pairs), region, pairs)
    else:
        # Few nodes come to rest soon, and parts of a few nodes can be thousands.
        rounds = min(_ROUNDS, max(_FEW_ROUNDS, 20 * len(community)))
        places = _sprung(pairs, rounds, np.full((len(community), 2), np.nan))
    return _flat(places) * _scale(places)


def _sprung(pairs: Links, rounds: int, start: np.ndarray) -> np.ndarray:
    """Places after so many rounds of charges and springs; at random first where any has none."""
    has_start = np.isfinite(start).all()
    # A short spring and a strong charge open each paper's references into a dandelion.
    layout = graph_of(len(start), pairs).layout_graphopt(
        niter=rounds,
        node_charge=0.003,
        spring_length=10,
        seed=(start * _SPRING_SPACING / SPACING).tolist() if has_start else None,
    )
    places = np.array(layout.coords, float)
    return apart(places * _scale(places), _LEAST_GAP * SPACING)


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
    step = max(1, math.ceil(len(places) ** 2 / _COMPARED))
    right, up = np.ascontiguousarray(places.T)
    nearest_squares = []
    for node in range(0, len(places), step):
        squares = (right - right[node]) ** 2 + (up - up[node]) ** 2
        squares[node] = np.inf
        nearest_squares.append(float(squares.min()))
    nearest = math.sqrt(float(np.median(nearest_squares)))
    return SPACING / nearest if nearest > 0 else 1.0
