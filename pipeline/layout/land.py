"""From rounds to land: borders blur, gaps close, nodes lie evenly."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from pipeline.layout.density import blurred, density, slopes
from pipeline.layout.links import Links, strengths, sums

_COARSE, _FINE = (16, 24, 32), (48, 64, 96, 128)
"""The widths of the blurs of a flow, as parts of the width of the map."""

_PULLS, _PULL, _FARTHEST = 2, 0.2, 1 / 25
_SEA = 0.25
"""Land is where the density around is more than this share of the land's median density."""

_SEA_DENSITY = 0.5
"""Of the land's median density: thinner seas let coasts fray, denser ones press them flat."""


def softened(places: np.ndarray, region: np.ndarray, pairs: Links) -> np.ndarray:
    """Places drawn to neighbours in other regions, then evened; the width of the map stays."""
    pull = _Abroad(region, pairs)
    width = float(np.ptp(places, axis=0).max())
    for _ in range(_PULLS):
        places = pull.pulled(places, width * _FARTHEST)
        places = evened(places, (width / part for part in _COARSE))
    # A flow finer than the distance of two nodes would only follow their chance places.
    finest = width / math.sqrt(len(places))
    return evened(places, (width / part for part in _FINE if width / part > finest))


class _Abroad:
    """The pull of neighbours in other regions: the square of their share of a node's links."""

    def __init__(self, region: np.ndarray, pairs: Links) -> None:
        strength, ones = strengths(pairs, len(region)), np.ones(len(region))
        abroad = region[pairs.first] != region[pairs.second]
        self._pairs = Links(*(part[abroad] for part in pairs))
        self._strength = strength[abroad]
        self._total = np.maximum(sums(self._pairs, self._strength, ones), 1e-12)
        self._share = self._total / np.maximum(sums(pairs, strength, ones), 1e-12)

    def pulled(self, places: np.ndarray, farthest: float) -> np.ndarray:
        """The places one step nearer to the neighbours abroad, none by more than `farthest`."""
        towards = [sums(self._pairs, self._strength, axis) / self._total for axis in places.T]
        has_any = (self._total > 1e-12)[:, None]
        way = np.where(has_any, np.column_stack(towards) - places, 0.0)
        step = no_longer(way * (_PULL * self._share**2)[:, None], farthest)
        pulled: np.ndarray = places + step
        return pulled


def evened(places: np.ndarray, blurs: Iterable[float]) -> np.ndarray:
    """Places from which the dense has flowed to the thin, once for each blur.

    It is the diffusion of density-equalising maps (https://doi.org/10.1073/pnas.0400280101), with
    a sea around that keeps the coast, so that gaps within the land close.
    """
    for blur in blurs:
        field = density(places, np.ones(len(places)), blur)
        local_density = field.at(places)
        middle = float(np.median(local_density))
        sea = blurred(field, 2 * blur).values < _SEA * middle
        filled = field._replace(values=np.where(sea, _SEA_DENSITY * middle, field.values))
        slope = slopes(blurred(filled, blur / 2), places)
        places = places - flow(slope, local_density, middle, blur)
    return places


def flow(slope: np.ndarray, local_density: np.ndarray, middle: float, blur: float) -> np.ndarray:
    """How far each node is carried up this slope of density in a time that evens out `blur`."""
    speed = slope / (np.maximum(local_density, 0.0) + 0.1 * middle)[:, None]
    return no_longer(speed * blur**2 / 2, blur)


def no_longer(steps: np.ndarray, longest: float) -> np.ndarray:
    """The steps, those longer than `longest` cut to it."""
    length = np.linalg.norm(steps, axis=1, keepdims=True)
    shortened: np.ndarray = steps * np.minimum(1.0, longest / np.maximum(length, 1e-12))
    return shortened
