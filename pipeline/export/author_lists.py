"""What edges link papers to, in order: their authors, their tags."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.tables import endpoints

_NO_PLACE = 2**62


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


def authors_and_tags(nodes: pa.Table, edges: pa.Table) -> tuple[Beside, Beside]:
    """The authors and organisations of papers, in the order of their lists, and their tags."""
    source, target = endpoints(nodes, edges)
    by_id = pc.rank(nodes["id"], tiebreaker="first").to_numpy()
    beside = partial(_beside, edges, by_id)
    return beside("wrote", target, source), beside("tagged", source, target)


def _beside(
    edges: pa.Table, by_id: np.ndarray, kind: str, papers: np.ndarray, others: np.ndarray
) -> Beside:
    """What edges of a kind have beside papers, by `position`, then by id."""
    of_kind = pc.equal(edges["kind"], kind).to_numpy()
    papers, others = papers[of_kind], others[of_kind]
    position = pc.fill_null(edges["position"].filter(pa.array(of_kind)), _NO_PLACE).to_numpy()
    order = np.lexsort((by_id[others], position, papers))
    place = np.where(position == _NO_PLACE, 0, position)
    return Beside(papers[order], others[order], place[order])


def one_text(counts: np.ndarray, texts: pa.Array, between: str) -> pa.Array:
    """So many of the texts for each paper as one, in order; null where it has none."""
    ends = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    joined_texts = pc.binary_join(pa.ListArray.from_arrays(ends, texts), between)
    return pc.if_else(pa.array(counts > 0), joined_texts, pa.scalar(None, pa.string()))
