"""The measures that every build has."""

from __future__ import annotations

import pyarrow as pa

from pipeline.analyse.centrality import degrees, pageranks
from pipeline.analyse.groups import communities, lasting_communities
from pipeline.model.tables import endpoints

_MEASURES = ("degree", "pagerank", "community")


def with_measures(
    nodes: pa.Table, edges: pa.Table, seed: int = 1, former: pa.Table | None = None
) -> pa.Table:
    """`nodes` with `degree`, `pagerank` and `community` of each, the same for the same `seed`.

    See `degrees`, `pageranks` and `communities`, in which ambiguous authors and meta tags join
    nothing. Communities of an earlier build (`former`: `id` and `community`) last.
    """
    ends = endpoints(nodes, edges)
    grouped = (
        communities(nodes, edges, seed, ends=ends)
        if former is None
        else lasting_communities(nodes, edges, former, seed, ends)
    )
    measures = (
        degrees(nodes, edges, ends),
        pageranks(nodes, edges, ends=ends),
        grouped,
    )
    for table in measures:
        name = table.column_names[1]
        field = pa.field(name, table[name].type, nullable=False)
        nodes = nodes.append_column(field, table[name])
    return nodes


def remeasured(nodes: pa.Table, edges: pa.Table, seed: int = 1) -> pa.Table:
    """`nodes` with `degree`, `pagerank` and `community` in this graph, whatever they were."""
    bare = nodes.drop_columns([name for name in _MEASURES if name in nodes.column_names])
    return with_measures(bare, edges, seed).select(nodes.column_names)
