"""The size and colour of every node."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

COLORS = {
    "read": "#d55e00",
    "paper": "#e69f00",
    "author": "#0072b2",
    "organisation": "#56b4e9",
    "tag": "#009e73",
    "category": "#cc79a7",
}
"""One colour a kind, `read` for the papers of the digests. They stay apart for colour-blind eyes:
Okabe and Ito's palette (https://jfly.uni-koeln.de/color/)."""

_SMALLEST = {
    "read": 18.0,
    "paper": 6.5,
    "author": 7.0,
    "organisation": 9.0,
    "tag": 13.0,
    "category": 12.0,
}


def with_looks(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`nodes` with `size`, which grows with the logarithm of the edges, and `color` by kind.

    Authors make no paper larger: a report that hundreds signed is not weightier for it.
    """
    read = pc.fill_null(nodes["in_digest"], False)
    look = pc.if_else(read, "read", nodes["kind"]).to_pylist()
    smallest = np.array([_SMALLEST[name] for name in look], float)
    signed = pc.index_in(edges.filter(pc.equal(edges["kind"], "wrote"))["target"], nodes["id"])
    counted = nodes["degree"].to_numpy() - np.bincount(signed, minlength=nodes.num_rows)
    size = smallest * (1 + 0.6 * np.log10(np.maximum(counted, 1)))
    columns = {
        "size": pa.array(np.round(size, 2)),
        "color": pa.array([COLORS[name] for name in look], pa.string()),
    }
    for name, column in columns.items():
        nodes = nodes.append_column(pa.field(name, column.type, nullable=False), column)
    return nodes
