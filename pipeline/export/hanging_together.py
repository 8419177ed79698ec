"""A part of a graph that is small enough to draw and hangs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.model.tables import endpoints

_SHARES = {"paper": 0.5, "tag": 0.2}
"""At most so much of the room is for nodes of a kind, until others have had theirs."""

_OTHERS = 0.3


def hanging_together(rows: np.ndarray, nodes: pa.Table, edges: pa.Table, most: int) -> np.ndarray:
    """At most so many of these rows of `nodes`, each linked to the rest where that can be.

    It grows from the paper with most links among these rows: next comes what has most links to
    what is there, then to all, ties by id; papers, tags and people each get a share. Where nothing
    more is linked to it, it begins again beside.
    """
    if len(rows) <= most:
        return rows
    growth = _Growth(rows, nodes, edges)
    growth.grow(most, {kind: most * share for kind, share in _SHARES.items()}, most * _OTHERS)
    growth.grow(most, {}, inf)
    return np.sort(rows[sorted(growth.chosen)])


class _Growth:
    """What is chosen so far, by place in `rows`, and how many links lead there from each other."""

    def __init__(self, rows: np.ndarray, nodes: pa.Table, edges: pa.Table) -> None:
        self.chosen: set[int] = set()
        self._neighbours = _neighbours(rows, nodes, edges)
        self._kinds = nodes["kind"].take(pa.array(rows)).to_pylist()
        self._links: Counter[int] = Counter()

    def grow(self, most: int, room: dict[str, float], others: float) -> None:
        """Chooses on, up to `most` in all, and so many of a kind."""
        count = Counter(self._kinds[place] for place in self.chosen)
        waiting = [self._claim(place) for place in self._links.keys() - self.chosen]
        waiting.sort()
        seeds = map(int, self._strongest())
        while len(self.chosen) < most:
            place = self._next(waiting, seeds)
            if place is None:
                return
            kind = self._kinds[place]
            if count[kind] < room.get(kind, others):
                count[kind] += 1
                self._choose(place, waiting)

    def _next(self, waiting: list[tuple[int, int, int]], seeds: Iterator[int]) -> int | None:
        """What has most links to what is chosen, else what has most of all."""
        while waiting:
            links, _, place = heappop(waiting)
            if place not in self.chosen and -links == self._links[place]:
                return place
        return next((place for place in seeds if place not in self.chosen), None)

    def _choose(self, place: int, waiting: list[tuple[int, int, int]]) -> None:
        self.chosen.add(place)
        for other in self._neighbours.of(place):
            self._links[other] += 1
            if other not in self.chosen:
                heappush(waiting, self._claim(other))

    def _claim(self, place: int) -> tuple[int, int, int]:
        return -self._links[place], -self._neighbours.count(place), place

    def _strongest(self) -> np.ndarray:
        """Papers first, then by links."""
        is_other = [kind != "paper" for kind in self._kinds]
        by_links: np.ndarray = np.lexsort((-self._neighbours.counts, is_other))
        return by_links


class _Neighbours(NamedTuple):
    """The ends of the edges, by place, and how many links each place has."""

    source: np.ndarray
    target: np.ndarray
    counts: np.ndarray

    def of(self, place: int) -> list[int]:
        """The places beside one, each as often as there are edges."""
        # Asked for a few hundred places, a look through all edges costs less than their order.
        outwards, inwards = self.target[self.source == place], self.source[self.target == place]
        return [*outwards.tolist(), *inwards.tolist()]

    def count(self, place: int) -> int:
        """How many links lead there."""
        return int(self.counts[place])


def _neighbours(rows: np.ndarray, nodes: pa.Table, edges: pa.Table) -> _Neighbours:
    place = np.full(nodes.num_rows, -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    source, target = endpoints(nodes, edges)
    for end in (source, target):
        np.take(place, end, out=end)
    inside = (source >= 0) & (target >= 0) & (source != target)
    source, target = source[inside], target[inside]
    counts = sum(np.bincount(end, minlength=len(rows)) for end in (source, target))
    return _Neighbours(source, target, np.asarray(counts))
