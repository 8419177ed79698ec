"""When tags are used, and which tag took the place of another on papers that are alike."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import distinct_links, ends_of, of_kinds
from pipeline.model.succession import follows
from pipeline.model.tables import endpoints

FEWEST_USES = 3
FEWEST_IN_COMMON = 3
ALIKE = 0.3
"""Cosine of what the papers of two tags cite and are tagged with, for one to succeed the other."""


class Uses(NamedTuple):
    """Row numbers of tag and paper, and the day, of each use of a tag; each once, by tag."""

    tag: np.ndarray
    paper: np.ndarray
    day: np.ndarray


class Lives(NamedTuple):
    """Row numbers of the tags in order, their uses, the first and the last day of each."""

    tag: np.ndarray
    papers: np.ndarray
    first: np.ndarray
    last: np.ndarray


def uses_of(nodes: pa.Table, edges: pa.Table, barred: np.ndarray) -> Uses:
    """The uses that have a day, but for those of barred tags."""
    tagged = of_kinds(edges, "tagged")
    paper, tag = endpoints(nodes, tagged)
    days = tagged["entry_dates"].combine_chunks()
    edge = pc.list_parent_indices(days).to_numpy()
    day = pc.cast(pc.list_flatten(days), pa.int32()).to_numpy()
    is_counted = ~barred[tag[edge]]
    rows = np.column_stack(
        (tag[edge][is_counted], paper[edge][is_counted], day[is_counted])
    ).astype(np.int64)
    rows = np.unique(rows, axis=0)
    return Uses(rows[:, 0], rows[:, 1], rows[:, 2].astype("datetime64[D]"))


def lives_of(uses: Uses) -> Lives:
    """The tags that are used, by row number."""
    tags, starts, counts = np.unique(uses.tag, return_index=True, return_counts=True)
    if not len(tags):
        return Lives(tags, counts, uses.day, uses.day)
    first, last = (end.reduceat(uses.day, starts) for end in (np.minimum, np.maximum))
    return Lives(tags, counts, first, last)


def successors(nodes: pa.Table, edges: pa.Table, uses: Uses, lives: Lives) -> pa.Array:
    """The row number of the tag that took the place of each; missing where none did."""
    profiles = _Profiles(nodes, edges, uses)
    often = np.flatnonzero(lives.papers >= FEWEST_USES).tolist()
    days: list[tuple[date, date]] = list(
        zip(lives.first.tolist(), lives.last.tolist(), strict=True)
    )
    successor_rows: list[int | None] = [None] * len(lives.tag)
    for old in often:
        alike = [
            (profiles.cosine(int(lives.tag[old]), int(lives.tag[new])), -int(lives.tag[new]))
            for new in often
            if follows(days[old][1], days[new][0])
        ]
        best, row = max(alike, default=(0.0, 0))
        successor_rows[old] = -row if best >= ALIKE else None
    return pa.array(successor_rows, pa.int64())


class _Profiles:
    """What the papers of each tag cite and are tagged with, the rarer the weightier."""

    def __init__(self, nodes: pa.Table, edges: pa.Table, uses: Uses) -> None:
        count = nodes.num_rows
        citing, cited = ends_of(nodes, edges, "cites")
        paper = np.concatenate((uses.paper, citing))
        self._papers, self._items = distinct_links(paper, np.concatenate((uses.tag, cited)), count)
        sizes = np.bincount(self._items, minlength=count)
        self._rarity = np.log1p(len(np.unique(self._papers)) / np.maximum(sizes, 1))
        self._uses = uses
        self._known: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def cosine(self, old: int, new: int) -> float:
        """How like each other the papers of two tags are, 0 to 1; 0 for less than 3 in common."""
        (items, weights), (others, other_weights) = self._of(old), self._of(new)
        _, shared_places, shared_other_places = np.intersect1d(
            items, others, True, return_indices=True
        )
        if len(shared_places) < FEWEST_IN_COMMON:
            return 0.0
        lengths = float(np.linalg.norm(weights) * np.linalg.norm(other_weights))
        return float(weights[shared_places] @ other_weights[shared_other_places]) / lengths

    def _of(self, tag: int) -> tuple[np.ndarray, np.ndarray]:
        if tag not in self._known:
            papers = np.unique(self._uses.paper[self._uses.tag == tag])
            starts, ends = (
                np.searchsorted(self._papers, papers, side) for side in ("left", "right")
            )
            pieces = [self._items[a:b] for a, b in zip(starts, ends, strict=True)]
            items, counts = np.unique(np.concatenate(pieces), return_counts=True)
            others = items != tag
            self._known[tag] = items[others], (counts * self._rarity[items])[others]
        return self._known[tag]
