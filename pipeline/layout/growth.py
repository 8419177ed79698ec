"""Where the nodes of a graph lie that grew: the old about where they were, the new among them."""

from __future__ import annotations

import numpy as np

from pipeline.layout.beside import GOLDEN_ANGLE
from pipeline.layout.density import density, slopes
from pipeline.layout.land import flow
from pipeline.layout.links import Links, parts, strengths, sums

_ROUNDS = 30
_BLURS = (8, 4, 2, 8, 4, 2)
"""Widths of the flow that makes room, in spacings."""


def grown(places: np.ndarray, pairs: Links, spacing: float) -> np.ndarray:
    """`places`, with one for each node whose place is not a number, at its neighbours' mean.

    Around them the others make room; where nothing is new, none moves. What is linked to no old
    node lies around the rest. `spacing` is the usual distance of a node to its nearest.
    """
    new = np.isnan(places[:, 0])
    if not new.any():
        return places
    grown_places = _around(_at_neighbours(places, pairs), pairs, spacing)
    grown_places[new] += _opened(grown_places[new], spacing)
    room = density(places[~new], np.ones(int((~new).sum())), 8 * spacing)
    middle = float(np.median(room.at(places[~new])))
    sign = np.concatenate((np.ones(len(grown_places)), -np.ones(int((~new).sum()))))
    for blur in _BLURS:
        width = blur * spacing
        excess = density(np.concatenate((grown_places, places[~new])), sign, width)
        local_density = density(grown_places, np.ones(len(grown_places)), width).at(grown_places)
        grown_places = grown_places - flow(
            slopes(excess, grown_places), local_density, middle, width
        )
    return grown_places


def refitted(places: np.ndarray, former: np.ndarray) -> np.ndarray:
    """`places` moved, turned, and mirrored where that is better, to where the known lay before."""
    is_placed = ~np.isnan(former[:, 0])
    if not is_placed.any():
        return places
    point, goal = (xy[:, 0] + 1j * xy[:, 1] for xy in (places, former))
    goal = goal[is_placed] - goal[is_placed].mean()
    fits = [(goal * seen[is_placed].conj()).sum() for seen in (point, point.conj())]
    seen, fit = (point, fits[0]) if abs(fits[0]) >= abs(fits[1]) else (point.conj(), fits[1])
    turned = seen * (fit / abs(fit) if abs(fit) > 0 else 1.0)
    turned += former[is_placed].mean(axis=0) @ np.array([1, 1j]) - turned[is_placed].mean()
    return np.column_stack((turned.real, turned.imag))


def _at_neighbours(places: np.ndarray, pairs: Links) -> np.ndarray:
    """The new at the mean of their neighbours, found round by round from the old outwards."""
    new = np.isnan(places[:, 0])
    touching = new[pairs.first] | new[pairs.second]
    strength = strengths(pairs, len(places))[touching]
    near = Links(*(part[touching] for part in pairs))
    filled, placed = np.where(new[:, None], 0.0, places), ~new
    for _ in range(_ROUNDS):
        total = sums(near, strength, placed.astype(float))
        reached = new & (total > 0)
        for axis in (0, 1):
            mean = sums(near, strength, np.where(placed, filled[:, axis], 0.0))
            filled[reached, axis] = mean[reached] / total[reached]
        placed = placed | reached
    filled[~placed] = np.nan
    return filled


def _around(places: np.ndarray, pairs: Links, spacing: float) -> np.ndarray:
    """Each part that is linked to nothing placed, beyond the rest, in a ring."""
    loose = np.flatnonzero(np.isnan(places[:, 0]))
    if not len(loose):
        return places
    number = np.full(len(places), -1)
    number[loose] = np.arange(len(loose))
    inside = (number[pairs.first] >= 0) & (number[pairs.second] >= 0)
    loose_links = Links(
        number[pairs.first[inside]], number[pairs.second[inside]], pairs.weight[inside]
    )
    part = parts(loose_links, len(loose))
    radius = np.sqrt(np.bincount(part)) * spacing
    distances = np.linalg.norm(places, axis=1)
    reach = float(np.nanmax(distances, initial=0.0)) + radius.max() + 2 * spacing
    # Areas of rings grow with the square of the radius, so later parts lie farther out.
    distance = np.sqrt(reach**2 + np.cumsum((2 * radius) ** 2))
    angle = np.arange(len(radius)) * GOLDEN_ANGLE
    middles = distance[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
    filled = places.copy()
    filled[loose] = middles[part]
    return filled


def _opened(places: np.ndarray, spacing: float) -> np.ndarray:
    """What to add to each place, so that those at one and the same open into a sunflower."""
    cell = np.round(places / spacing).astype(np.int64)
    _, first, spot = np.unique(cell, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(spot, kind="stable")
    count = np.bincount(spot, minlength=len(first))
    rank = np.empty(len(places))
    rank[order] = np.arange(len(places)) - np.repeat(np.cumsum(count) - count, count)
    distance = spacing * 0.6 * np.sqrt(rank + 0.5)
    angle = (rank + 1) * GOLDEN_ANGLE
    spots: np.ndarray = distance[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
    return spots
