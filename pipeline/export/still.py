"""A small picture of a graph, for where the explorer does not run: on GitHub, on paper."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.explorer_data import OwnColours
from pipeline.export.figure import figure
from pipeline.model.tables import endpoints

_MOST_NODES, _LABELS, _DOTS_A_INCH, _COLOURS = 1_000, 25, 96, 64


def still(
    nodes: pa.Table, edges: pa.Table, own: OwnColours | None = None
) -> tuple[bytes, dict[str, int]]:
    """The graph as it lies in PNG, or its largest 1,000 nodes, and the width and height in px.

    The legend says what colours of the reader's `own` tell of.
    """
    if nodes.num_rows > _MOST_NODES:
        by_size = nodes.sort_by([("size", "descending"), ("id", "ascending")])
        largest = by_size["id"].slice(0, _MOST_NODES)
        ends = endpoints(nodes, edges)
        inside = pc.is_in(nodes["id"], largest)
        both_ends_inside = pc.and_(*(inside.combine_chunks().take(pa.array(end)) for end in ends))
        nodes, edges = nodes.filter(inside), edges.filter(both_ends_inside)
    key = [(f"#{colour:06x}", name) for colour, name in own.key] if own else []
    if own and key:
        key[0] = key[0][0], f"{own.title}: {key[0][1]}"
    return figure(nodes, edges, _LABELS, key).png(_DOTS_A_INCH, _COLOURS)
