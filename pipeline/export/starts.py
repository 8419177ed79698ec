"""When each node and each edge begins: on the timeline of the field, and on that of the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.days import first_days
from pipeline.export.text_columns import first_items
from pipeline.model.tables import DAY, endpoints

_EVER, _NEVER = -(2**31), 2**31 - 1
"""Before all days, and after."""

_ROUNDS = 50
_TO_PAPERS = ("cites", "mentions")


class Starts(NamedTuple):
    """The day that each node, and each edge, is there from, in the order of the tables.

    All are null where no node of the graph has a day. `source` and `target` are the rows of
    `nodes` at which the edges end.
    """

    nodes: pa.Array
    edges: pa.Array
    source: np.ndarray
    target: np.ndarray


def field_starts(nodes: pa.Table, edges: pa.Table) -> Starts:
    """How the field grew: a paper begins with its first version, else with its month or year.

    A person, tag or category begins with its first paper, a paper of which no day is known with
    the first that points at it; what nothing dates is there from the first day of all. An edge
    begins with the later of its ends.
    """
    node_days = pc.coalesce(first_days(nodes), first_entry_days(nodes))
    return _starts(nodes, edges, node_days, pa.nulls(edges.num_rows, DAY))


def reading_starts(nodes: pa.Table, edges: pa.Table) -> Starts:
    """How the reading grew: a paper begins on the day of its first entry.

    A tag and a mention begin with the first entry that says so, what was never read with the first
    read paper that leads there; the rest as in `field_starts`.
    """
    return _starts(nodes, edges, first_entry_days(nodes), first_items(edges["entry_dates"]))


def _starts(nodes: pa.Table, edges: pa.Table, node_days: pa.Array, edge_days: pa.Array) -> Starts:
    """Starts by the days of nodes and of edges themselves, null where they have none."""
    links = _Links(*endpoints(nodes, edges), _numbers(edge_days, _EVER))
    node_starts = _numbers(node_days, _NEVER)
    to_papers = pc.is_in(edges["kind"], pa.array(_TO_PAPERS)).to_numpy()
    node_starts = _spread(node_starts, links.of(to_papers & (node_starts == _NEVER)[links.target]))
    node_starts = _spread(node_starts, links.towards(node_starts == _NEVER))
    earliest = node_starts.min(initial=_NEVER)
    ends = links.source, links.target
    if earliest == _NEVER:
        return Starts(pa.nulls(nodes.num_rows, DAY), pa.nulls(edges.num_rows, DAY), *ends)
    node_starts = np.where(node_starts == _NEVER, earliest, node_starts).astype(np.int32)
    later = np.maximum(np.maximum(*(node_starts[end] for end in ends)), links.said)
    return Starts(pa.array(node_starts).cast(DAY), pa.array(later).cast(DAY), *ends)


class _Links(NamedTuple):
    """The rows of nodes at which edges begin and end, and from when on they are said."""

    source: np.ndarray
    target: np.ndarray
    said: np.ndarray

    def of(self, chosen: np.ndarray) -> _Links:
        return _Links(*(column[chosen] for column in self))

    def towards(self, chosen: np.ndarray) -> _Links:
        """The links that end at chosen nodes, and those that begin there turned round."""
        forward = self.of(chosen[self.target])
        turned_round = _Links(self.target, self.source, self.said).of(chosen[self.source])
        return _Links(
            *(np.concatenate(columns) for columns in zip(forward, turned_round, strict=True))
        )


def _spread(days: np.ndarray, links: _Links) -> np.ndarray:
    """`days`, and for nodes without one the first on which a link leads to them, by rounds."""
    for _ in range(_ROUNDS):
        first = np.full(len(days), _NEVER, np.int32)
        np.minimum.at(first, links.target, np.maximum(days[links.source], links.said))
        new = (days == _NEVER) & (first != _NEVER)
        if not new.any():
            break
        days = np.where(new, first, days)
        links = links.of((days == _NEVER)[links.target])
    return days


def first_entry_days(nodes: pa.Table) -> pa.Array:
    """The day of each paper's first entry, null where it has none."""
    return first_items(nodes["entry_dates"])


def _numbers(days: pa.Array | pa.ChunkedArray, unknown: int) -> np.ndarray:
    whole = days.combine_chunks() if isinstance(days, pa.ChunkedArray) else days
    if whole.null_count == len(whole):
        return np.full(len(whole), unknown, np.int32)
    numbers: np.ndarray = pc.fill_null(pc.cast(whole, pa.int32()), unknown).to_numpy()
    return numbers


Timeline = Callable[[pa.Table, pa.Table], Starts]
