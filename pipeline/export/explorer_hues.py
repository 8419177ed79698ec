"""Which hue a region of the explorer would have, so that a later build keeps its colour."""

from __future__ import annotations

import zlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import first_items

HUES = 7
"""Those of the explorer's that are easiest to tell apart."""
MOST_REGIONS = 80


def wished_hues(nodes: pa.Table) -> list[tuple[int, int]]:
    """For each of the largest communities its number and a hue, from 0 to 6; the eldest first.

    Both come from the paper of it that was read first, else has the least id: what is read later
    changes neither. The page gives hues in this order, and another one to what touches its like.
    """
    papers = nodes.filter(pc.equal(nodes["kind"], "paper")).select(
        ["id", "community", "entry_dates", "in_digest"]
    )
    community = papers["community"].to_numpy()
    numbers, sizes = np.unique(community, return_counts=True)
    largest = numbers[np.lexsort((numbers, -sizes))][:MOST_REGIONS]
    own = papers.filter(pc.is_in(papers["community"], pa.array(largest)))
    keys = pa.table({
        "unread": pc.invert(pc.fill_null(own["in_digest"], False)),
        "day": first_items(own["entry_dates"]), "id": own["id"], "community": own["community"],
    })  # fmt: skip
    eldest = keys.sort_by([(name, "ascending") for name in ("unread", "day", "id")])
    _, rows = np.unique(eldest["community"].to_numpy(), return_index=True)
    first = eldest.take(pa.array(np.sort(rows)))
    ids = first["id"].to_pylist()
    hues = [zlib.crc32(paper.encode()) % HUES for paper in ids]
    return list(zip(first["community"].to_pylist(), hues, strict=True))
