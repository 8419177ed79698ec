"""How often papers are cited by other authors, and mentioned by you."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import distinct_links, ends_of


def cited_and_mentioned(nodes: pa.Table, edges: pa.Table, most: int | None = None) -> pa.Table:
    """`id, label, year, in_digest, cited, mentioned`: how many papers here cite and mention each.

    `cited` counts the papers that cite it, `mentioned` those whose entries mention it; a paper that
    cites itself does not count. What is neither is left out. The most mentioned first, then the
    most cited, then by id. A paper whose references are not known cites nothing here.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    most
        At most so many; all, if None.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> cited_and_mentioned(*READ).select(["id", "cited", "mentioned"]).to_pylist()[:2]
    [{'id': 'p3', 'cited': 0, 'mentioned': 1}, {'id': 'w2', 'cited': 3, 'mentioned': 0}]
    """
    counted = nodes.select(["id", "label", "year", "in_digest"])
    for name, kind in (("cited", "cites"), ("mentioned", "mentions")):
        source, target = ends_of(nodes, edges, kind)
        not_self = source != target
        _, pointed_at = distinct_links(source[not_self], target[not_self], nodes.num_rows)
        counts = np.bincount(pointed_at, minlength=nodes.num_rows).astype(np.int64)
        counted = counted.append_column(name, pa.array(counts))
    is_pointed_at = pc.greater(pc.add(counted["cited"], counted["mentioned"]), 0)
    order = [("mentioned", "descending"), ("cited", "descending"), ("id", "ascending")]
    return counted.filter(is_pointed_at).sort_by(order).slice(0, most)
