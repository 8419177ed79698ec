"""Where nodes lie by community: regions beside their neighbours, and regions within regions."""

from __future__ import annotations

import math

import numpy as np

from pipeline.layout.links import Links, graph_of, groups

_LEAF_NODES = 600
"""A region of more nodes is split into regions of its own."""

_FEW_NODES = 5
_WHOLE = 0.9
"""Where a part of a region has more than this share of it, the region is not split."""

_SPRINGS, _REGION_SPRINGS = 30, 500
_PUSHES, _PUSHED_REGIONS = 60, 1_000
_DRAWN, _PUSH = 0.97, 0.7


def region_places(region: np.ndarray, pairs: Links) -> np.ndarray:
    """A place for each node, one node a unit of area; every region is a round of its own size.

    `region` numbers the region of each node from 0, without gaps. Draws on igraph's generator.
    """
    middles = _middles(region, pairs)
    places = np.empty((len(region), 2))
    for members, region_links in groups(pairs, region):
        places[members] = _inside(len(members), region_links)
    region_xy: np.ndarray = _turned(places, middles, pairs, region) + middles[region]
    return region_xy


def _middles(region: np.ndarray, pairs: Links) -> np.ndarray:
    """The middle of each region: linked ones near, none on another, radius by root of the size."""
    size = np.bincount(region)
    first_region, second_region = region[pairs.first], region[pairs.second]
    code = (
        np.minimum(first_region, second_region) * len(size)
        + np.maximum(first_region, second_region)
    )[first_region != second_region]
    pair_codes, pair = np.unique(code, return_inverse=True)
    low, high = np.divmod(pair_codes, len(size))
    joined = np.bincount(pair, pairs.weight[first_region != second_region], len(pair_codes))
    graph = graph_of(len(size), Links(low, high, joined / np.sqrt(size[low] * size[high])))
    layout = graph.layout_fruchterman_reingold(
        weights="weight" if len(low) else None, niter=_REGION_SPRINGS
    )
    places = _filling(np.array(layout.coords, float).reshape(-1, 2), float(size.sum()))
    return _apart(places, np.sqrt(size / math.pi))


def _filling(places: np.ndarray, area: float) -> np.ndarray:
    """The places about 0, 0, spread as a disc of this area is."""
    centred: np.ndarray = places - places.mean(axis=0)
    spread = math.sqrt(float((centred**2).sum(axis=1).mean()))
    return centred * (math.sqrt(area / math.pi / 2) / max(spread, 1e-9))


def _apart(places: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """The places drawn together, then pushed until no two rounds overlap by much."""
    if not 1 < len(places) <= _PUSHED_REGIONS:
        return places
    wanted = radius[:, None] + radius[None]
    share = radius[None] ** 2 / (radius[:, None] ** 2 + radius[None] ** 2)
    for push in range(_PUSHES):
        places = places * (_DRAWN if push < _PUSHES // 2 else 1.0)
        between = places[:, None] - places[None]
        distance = np.maximum(np.linalg.norm(between, axis=2), 1e-9)
        overlap = np.maximum(0.0, wanted - distance) / distance
        places = places + _PUSH * (between * (overlap * share)[..., None]).sum(axis=1)
    return places


def _inside(nodes: int, pairs: Links) -> np.ndarray:
    """Places of one region's nodes about 0, 0, one node a unit of area."""
    if nodes == 1:
        return np.zeros((1, 2))
    graph = graph_of(nodes, pairs)
    if nodes > _LEAF_NODES:
        membership = graph.community_leiden(
            "modularity", weights="weight", n_iterations=1
        ).membership
        region = _of_some_size(np.unique(membership, return_inverse=True)[1], pairs)
        if np.bincount(region).max() < _WHOLE * nodes:
            return region_places(region, pairs)
    layout = graph.layout_fruchterman_reingold(
        weights="weight" if len(pairs.first) else None, niter=_SPRINGS, grid=True
    )
    return _filling(np.array(layout.coords, float), nodes)


def _of_some_size(region: np.ndarray, pairs: Links) -> np.ndarray:
    """The regions, each of a few nodes taken into the larger one that it is linked to most.

    Around a node of many links are hundreds of such, and places for regions cost their square.
    """
    size = np.bincount(region)
    ends = region[pairs.first], region[pairs.second]
    few, other = np.concatenate(ends), np.concatenate(ends[::-1])
    is_few = (size[few] <= _FEW_NODES) & (size[other] > _FEW_NODES)
    code, link = np.unique((few * len(size) + other)[is_few], return_inverse=True)
    weight = np.bincount(link, np.tile(pairs.weight, 2)[is_few], len(code))
    few, other = np.divmod(code, len(size))
    order = np.lexsort((other, -weight, few))
    foremost = order[np.diff(few[order], prepend=-1) != 0]
    taken_into = np.arange(len(size))
    taken_into[few[foremost]] = other[foremost]
    return np.unique(taken_into[region], return_inverse=True)[1]


def _turned(
    places: np.ndarray, middles: np.ndarray, pairs: Links, region: np.ndarray
) -> np.ndarray:
    """Each region turned, and mirrored where that is better, to face the regions it links to."""
    across = np.flatnonzero(region[pairs.first] != region[pairs.second])
    from_region = region[np.concatenate((pairs.first[across], pairs.second[across]))]
    to_region = region[np.concatenate((pairs.second[across], pairs.first[across]))]
    node = np.concatenate((pairs.first[across], pairs.second[across]))
    point, middle = (xy[:, 0] + 1j * xy[:, 1] for xy in (places, middles))
    way = middle[to_region] - middle[from_region]
    way /= np.maximum(np.abs(way), 1e-9)
    fits = [
        _summed(from_region, way * seen[node].conj(), len(middles))
        for seen in (point, point.conj())
    ]
    mirrored = np.abs(fits[1]) > np.abs(fits[0])
    fit = np.where(mirrored, fits[1], fits[0])
    turn = np.where(np.abs(fit) > 0, fit / np.maximum(np.abs(fit), 1e-9), 1.0)
    seen = np.where(mirrored[region], point.conj(), point) * turn[region]
    return np.column_stack((seen.real, seen.imag))


def _summed(number: np.ndarray, values: np.ndarray, numbers: int) -> np.ndarray:
    real, imaginary = (np.bincount(number, part, numbers) for part in (values.real, values.imag))
    return real + 1j * imaginary
