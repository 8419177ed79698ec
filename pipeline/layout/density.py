"""How dense nodes lie, as a field on a grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

_FEWEST_CELLS, _MOST_CELLS = 16, 1_024
_CELLS_A_BLUR = 2
_MARGIN, _MARGIN_BLURS = 0.15, 4


class DensityGrid(NamedTuple):
    """A square grid of values: `low` is its corner, `cell` the width of a cell, rows go upwards."""

    low: np.ndarray
    cell: float
    values: np.ndarray

    def at(self, places: np.ndarray) -> np.ndarray:
        """The value at each place, between the four cells around it."""
        interpolated = np.zeros(len(places))
        for corner, share in _corners(places, self.low, self.cell, len(self.values)):
            interpolated += share * self.values.ravel()[corner]
        return interpolated


def density(places: np.ndarray, weights: np.ndarray, blur: float) -> DensityGrid:
    """The weight on each unit of the page, under a Gaussian of width `blur`, with a margin."""
    low, high = places.min(axis=0), places.max(axis=0)
    width = float((high - low).max()) * (1 + 2 * _MARGIN) + 2 * _MARGIN_BLURS * blur
    wanted = np.clip(_CELLS_A_BLUR * width / blur, _FEWEST_CELLS, _MOST_CELLS)
    cells = int(2 ** np.ceil(np.log2(wanted)))
    corner, cell = (low + high - width) / 2, width / cells
    values = np.zeros(cells * cells)
    for number, share in _corners(places, corner, cell, cells):
        values += np.bincount(number, share * weights, minlength=cells * cells)
    return blurred(DensityGrid(corner, cell, values.reshape(cells, cells) / cell**2), blur)


def blurred(field: DensityGrid, blur: float) -> DensityGrid:
    """The field under a Gaussian of this width; what leaves at one side comes in at the other."""
    cells = len(field.values)
    upwards = np.fft.fftfreq(cells, field.cell)[:, None] ** 2
    rightwards = np.fft.rfftfreq(cells, field.cell)[None] ** 2
    passed = np.exp(-2 * (np.pi * blur) ** 2 * (upwards + rightwards))
    values = np.fft.irfft2(np.fft.rfft2(field.values) * passed, field.values.shape)
    return field._replace(values=values)


def slopes(field: DensityGrid, places: np.ndarray) -> np.ndarray:
    """How steeply the field rises at each place, to the right and upwards."""
    up, right = np.gradient(field.values, field.cell)
    return np.column_stack([field._replace(values=rise).at(places) for rise in (right, up)])


def _corners(
    places: np.ndarray, low: np.ndarray, cell: float, cells: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The four cells around each place, by number, and its share of each."""
    scaled = np.clip((places - low) / cell - 0.5, 0, cells - 1.001)
    first = scaled.astype(np.int64)
    right, up = (scaled - first).T
    number = first[:, 1] * cells + first[:, 0]
    yield number, (1 - right) * (1 - up)
    yield number + 1, right * (1 - up)
    yield number + cells, (1 - right) * up
    yield number + cells + 1, right * up
