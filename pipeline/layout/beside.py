"""Where authors and organisations stand: beside the paper of theirs that lies most among them."""

from __future__ import annotations

import math

import numpy as np

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
STEP = 0.22
"""Of the spacing of papers: how far apart those lie that stand beside one paper."""

_FIRST = 2.0


def stood_beside(
    places: np.ndarray, signed: tuple[np.ndarray, np.ndarray], spacing: float
) -> np.ndarray:
    """`places` (a row for each node) with those of all that wrote something.

    `signed` are rows: who wrote, and what. Each stands at the one of its papers that is nearest to
    the middle of all of them, in a sunflower in which those of more papers are farther in.
    """
    writer, host, papers = hosts(places, signed)
    order = np.lexsort((writer, -papers, host))
    rank = np.empty(len(writer))
    count = np.bincount(host, minlength=len(places))
    start = np.cumsum(count) - count
    rank[order] = np.arange(len(writer)) - start[host[order]]
    moved = places.copy()
    distance = STEP * spacing * np.sqrt(rank + _FIRST)
    angle = (rank + 1) * GOLDEN_ANGLE
    around = np.column_stack((np.cos(angle), np.sin(angle)))
    moved[writer] = places[host] + distance[:, None] * around
    return moved


def hosts(
    places: np.ndarray, signed: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each that wrote something, the paper that it stands at, and how many it wrote."""
    author, paper = signed
    count = np.bincount(author, minlength=len(places))
    middle = (
        np.column_stack([np.bincount(author, places[paper, axis], len(places)) for axis in (0, 1)])
        / np.maximum(count, 1)[:, None]
    )
    distances = np.linalg.norm(places[paper] - middle[author], axis=1)
    order = np.lexsort((paper, np.round(distances, 6), author))
    first = np.diff(author[order], prepend=-1) != 0
    nearest = order[first]
    return author[nearest], paper[nearest], count[author[nearest]]


def is_beside(places: np.ndarray, signed: tuple[np.ndarray, np.ndarray], spacing: float) -> bool:
    """Whether these places (some not numbers) were made so: the first stands so at most papers."""
    is_placed = ~np.isnan(places[signed[0], 0]) & ~np.isnan(places[signed[1], 0])
    if not is_placed.any():
        return True
    writer, host, _ = hosts(places, (signed[0][is_placed], signed[1][is_placed]))
    nearest = np.full(len(places), np.inf)
    np.minimum.at(nearest, host, np.linalg.norm(places[writer] - places[host], axis=1))
    usual = float(np.median(nearest[np.unique(host)]))
    return abs(usual - STEP * spacing * math.sqrt(_FIRST)) < STEP * spacing / 2
