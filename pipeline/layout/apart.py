"""A few nodes that do not lie on one another."""

from __future__ import annotations

import numpy as np

_PUSHES, _PUSH = 200, 0.45


def apart(places: np.ndarray, gap: float) -> np.ndarray:
    """The places with any two nearer than `gap` pushed from each other until hardly any are.

    Takes the square of the places in time and memory; two at one place stay there.
    """
    for _ in range(_PUSHES):
        between = places[:, None] - places[None]
        distance = np.maximum(np.linalg.norm(between, axis=2), 1e-9)
        np.fill_diagonal(distance, gap)
        overlap = np.maximum(0.0, gap - distance) / distance
        if overlap.max(initial=0.0) < 0.01:
            break
        places = places + _PUSH * (between * overlap[..., None]).sum(axis=1)
    return places
