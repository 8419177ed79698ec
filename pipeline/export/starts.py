"""When each node and each edge begins: on the timeline of the field, and on that of the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.days import first_days
from pipeline.export.text_columns import first_items, whole
from pipeline.model.tables import DAY, endpoints

_EVER, _NEVER = -(2**31), 2**31 - 1
"""Before all days, and after."""
_UNTOLD = _NEVER - 1
"""A day that there was and that nobody wrote down."""

_ROUNDS = 50
_LINKS_AT_ONCE = 200_000
_TO_PAPERS = ("cites", "mentions")


class Starts(NamedTuple):
    """The day that each node is there from, and with them that of each edge.

    All are null where no node of the graph has a day. `source` and `target` are the rows of
    `nodes` at which the edges end. An edge begins with the later of its ends, and `as_said` not
    before the first entry that says so.
    """

    nodes: pa.Array
    source: np.ndarray
    target: np.ndarray
    as_said: bool

    def with_ends(self, edges: pa.Table) -> pa.Table:
        """`edges` with the rows of `nodes` at which they `begin` and `end`."""
        edges = edges.append_column("begin", pa.array(self.source))
        return edges.append_column("end", pa.array(self.target))

    def of(self, edges: pa.RecordBatch) -> pa.Array:
        """The days that some edges, with their ends, are there from."""
        later = [self.nodes.take(edges[end]) for end in ("begin", "end")]
        said = [first_items(edges["entry_dates"])] if self.as_said else []
        return pc.max_element_wise(*later, *said)


def field_starts(nodes: pa.Table, edges: pa.Table) -> Starts:
    """How the field grew: a paper begins with its first version, else with its month or year.

    A person, tag or category begins with its first paper, a paper of which no day is known with
    the first that points at it; what nothing dates is there from the first day of all.
    """
    node_days = _numbers(pc.coalesce(first_days(nodes), first_entry_days(nodes)), _NEVER)
    # Said at any time, without a number for each edge in memory.
    ever = np.broadcast_to(np.int32(_EVER), edges.num_rows)
    return _starts(nodes, edges, node_days, ever)


def reading_starts(nodes: pa.Table, edges: pa.Table) -> Starts:
    """How the reading grew: a paper begins on the day of its first entry.

    A tag and a mention begin with the first entry that says so, what was never read with the first
    read paper that leads there; the rest as in `field_starts`. What was read on a day that no
    entry tells has none, nor has what only such papers lead to.
    """
    said = np.empty(edges.num_rows, np.int32)
    start = 0
    for batch in edges.select(["entry_dates"]).to_batches(_LINKS_AT_ONCE):
        said[start : start + len(batch)] = _numbers(first_entry_days(batch), _EVER)
        start += len(batch)
    days = _numbers(first_entry_days(nodes), _NEVER)
    is_read = pc.fill_null(whole(nodes["in_digest"]), False).to_numpy(zero_copy_only=False)
    days = np.where(is_read & (days == _NEVER), _UNTOLD, days)
    return _starts(nodes, edges, days, said)._replace(as_said=True)


def _starts(nodes: pa.Table, edges: pa.Table, starts: np.ndarray, said: np.ndarray) -> Starts:
    """Starts by the days of nodes, `_NEVER` where they have none, and of edges."""
    ends = endpoints(nodes, edges)
    to_papers = pc.is_in(edges["kind"], pa.array(_TO_PAPERS)).to_numpy()
    starts = _spread(starts, [_DatedLinks(*ends, said, to_papers)])
    everywhere = np.broadcast_to(True, edges.num_rows)
    ways = [_DatedLinks(*way, said, everywhere) for way in (ends, ends[::-1])]
    starts = _spread(starts, ways)
    earliest = starts.min(initial=_NEVER)
    starts = np.where(starts == _NEVER, earliest, starts).astype(np.int32)
    return Starts(pa.array(starts, mask=starts >= _UNTOLD).cast(DAY), *ends, False)


class _DatedLinks(NamedTuple):
    """The rows of nodes from and to which links lead, since when they are said, and which count."""

    source: np.ndarray
    target: np.ndarray
    said: np.ndarray
    counting: np.ndarray

    def first_days(self, days: np.ndarray, wanted: np.ndarray, first: np.ndarray) -> None:
        """Lowers `first` to the days on which links lead to the wanted nodes, some at a time."""
        for start in range(0, len(self.source), _LINKS_AT_ONCE):
            source, target, said, counting = (
                column[start : start + _LINKS_AT_ONCE] for column in self
            )
            chosen = wanted[target] & counting
            if chosen.any():
                led = np.maximum(days[source[chosen]], said[chosen])
                np.minimum.at(first, target[chosen], led)


def _spread(days: np.ndarray, ways: Sequence[_DatedLinks]) -> np.ndarray:
    """`days`, and for nodes without one the first on which a link leads to them, by rounds."""
    for _ in range(_ROUNDS):
        wanted = days == _NEVER
        first = np.full(len(days), _NEVER, np.int32)
        for links in ways if wanted.any() else ():
            links.first_days(days, wanted, first)
        if (first == _NEVER).all():
            break
        days = np.where(wanted, first, days)
    return days


def first_entry_days(rows: pa.Table | pa.RecordBatch) -> pa.Array:
    """The day of each row's first entry, null where it has none."""
    return first_items(rows["entry_dates"])


def _numbers(days: pa.Array | pa.ChunkedArray, unknown: int) -> np.ndarray:
    one_piece = whole(days)
    if one_piece.null_count == len(one_piece):
        return np.full(len(one_piece), unknown, np.int32)
    numbers: np.ndarray = pc.fill_null(pc.cast(one_piece, pa.int32()), unknown).to_numpy()
    return numbers


Timeline = Callable[[pa.Table, pa.Table], Starts]
