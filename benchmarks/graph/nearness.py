"""How much of a graph can be seen in its layout: who lies nearest to whom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.layout.links import Links

NEAREST = 10
_SAMPLE, _BATCH = 2_000, 250


class Nearness(NamedTuple):
    """Two shares, 0 to 1, each the mean over up to 2,000 nodes, the same ones each time.

    `at_home`: of a node's 10 nearest nodes on the page, those of its community.
    `kept`: of the neighbours in the graph that could be among a node's 10 nearest (all it has, at
    most 10), those that are; isolated nodes are not counted.
    """

    at_home: float
    kept: float


def nearness(places: np.ndarray, community: np.ndarray, pairs: Links) -> Nearness:
    """How near the linked and those of one community lie."""
    nodes = len(places)
    sample = np.random.default_rng(1).permutation(nodes)[:_SAMPLE]
    batches = [sample[at : at + _BATCH] for at in range(0, len(sample), _BATCH)]
    nearest = np.concatenate([_nearest(places, batch) for batch in batches])
    low, high = np.minimum(sample[:, None], nearest), np.maximum(sample[:, None], nearest)
    code, known = low * nodes + high, pairs.first * nodes + pairs.second
    linked = known[np.searchsorted(known, code).clip(max=len(known) - 1)] == code
    degree = np.bincount(np.concatenate(pairs[:2]), minlength=nodes)[sample]
    kept = linked.sum(axis=1)[degree > 0] / np.minimum(degree[degree > 0], NEAREST)
    at_home = community[nearest] == community[sample][:, None]
    return Nearness(float(at_home.mean()), float(kept.mean()))


def _nearest(places: np.ndarray, some: np.ndarray) -> np.ndarray:
    right, up = (axis[some][:, None] - axis[None] for axis in places.T)
    apart = right**2 + up**2
    apart[np.arange(len(some)), some] = np.inf
    return np.argpartition(apart, NEAREST, axis=1)[:, :NEAREST]
