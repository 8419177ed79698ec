"""What edges link papers to, in order: their authors, their tags."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.tables import endpoints


class Beside(NamedTuple):
    """What edges of one kind link papers to: rows of papers, in order, and the rows beside them.

    `position` is the place of each in its list, from 1, and 0 where it has none.
    """

    paper: np.ndarray
    other: np.ndarray
    position: np.ndarray

    def of(self, papers: pa.Array) -> tuple[np.ndarray, pa.Array]:
        """How many rows are beside each of these papers, which are rows too, and all of them."""
        first, counts = self._spans(papers)
        rows_before = np.cumsum(counts) - counts
        other_rows = self.other[np.repeat(first - rows_before, counts) + np.arange(counts.sum())]
        return counts, pa.array(other_rows)

    def lack_the_first(self, papers: pa.Array) -> np.ndarray:
        """Whether the first of each list is not beside the paper, though others are."""
        first, counts = self._spans(papers)
        positions = np.append(self.position, 0)[np.minimum(first, len(self.position))]
        lacking: np.ndarray = (counts > 0) & (positions > 1)
        return lacking

    def _spans(self, papers: pa.Array) -> tuple[np.ndarray, np.ndarray]:
        first, last = (np.searchsorted(self.paper, papers, side) for side in ("left", "right"))
        return first, last - first


def authors_beside(nodes: pa.Table, edges: pa.Table) -> Beside:
    """The authors and organisations of papers, in the order of their lists."""
    return _beside(nodes, edges, "wrote", "target", "source")


def tags_beside(nodes: pa.Table, edges: pa.Table) -> Beside:
    """The tags of papers, by id."""
    return _beside(nodes, edges, "tagged", "source", "target")


def _beside(nodes: pa.Table, edges: pa.Table, kind: str, paper: str, other: str) -> Beside:
    """What edges of a kind have at the end `other`, by `position`, then by id."""
    of_kind = edges.select(["source", "target", "position"]).filter(pc.equal(edges["kind"], kind))
    rows = dict(zip(("source", "target"), endpoints(nodes, of_kind), strict=True))
    numbered = of_kind.append_column("paper", pa.array(rows[paper]))
    columns = ("paper", "position", other)
    order = pc.sort_indices(numbered, [(name, "ascending") for name in columns]).to_numpy()
    positions = pc.fill_null(of_kind["position"], 0).to_numpy()
    return Beside(rows[paper][order], rows[other][order], positions[order])
