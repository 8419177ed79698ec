"""A part of a graph that is small enough to draw and hangs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import heappop, heappush
from math import inf

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
        self._kinds: list[str] = nodes["kind"].take(pa.array(rows)).to_pylist()
        self._links: Counter[int] = Counter()

    def grow(self, most: int, room: dict[str, float], others: float) -> None:
        """Chooses on, up to `most` in all, and so many of a kind."""
        count = Counter(self._kinds[place] for place in self.chosen)
        waiting = [self._claim(place) for place in self._links.keys() - self.chosen]
        waiting.sort()
        seeds = iter(self._strongest())
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
        for other in self._neighbours[place]:
            self._links[other] += 1
            if other not in self.chosen:
                heappush(waiting, self._claim(other))

    def _claim(self, place: int) -> tuple[int, int, int]:
        return -self._links[place], -len(self._neighbours[place]), place

    def _strongest(self) -> list[int]:
        """Papers first, then by links."""
        places = range(len(self._kinds))
        return sorted(
            places, key=lambda p: (self._kinds[p] != "paper", -len(self._neighbours[p]), p)
        )


def _neighbours(rows: np.ndarray, nodes: pa.Table, edges: pa.Table) -> list[list[int]]:
    """For each of the rows those beside it, each as often as there are edges, by place."""
    place = np.full(nodes.num_rows, -1)
    place[rows] = np.arange(len(rows))
    ends = (place[end] for end in endpoints(nodes, edges))
    found: list[list[int]] = [[] for _ in rows]
    for source, target in zip(*(end.tolist() for end in ends), strict=True):
        if source >= 0 and target >= 0 and source != target:
            found[source].append(target)
            found[target].append(source)
    return found
