"""What was read when."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import of_kinds
from pipeline.model.tables import endpoints

_COLUMNS = ("day", "id", "label", "year", "published", "age_days", "tags")


def timeline(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`day, id, label, year, published, age_days, tags`: a row for each entry that has a day.

    `day` is that of the entry, `age_days` how old the paper was then, missing where its day is
    not known, and `tags` the labels of the tags of that entry. By day, then by id. A paper of two
    entries has two rows.

    Examples
    --------
    >>> from pipeline.analyse.examples import RISING, READ
    >>> [str(day) for day in timeline(*READ)["day"].to_pylist()]
    ['2024-09-05', '2024-10-07', '2024-10-08']
    """
    dates = nodes["entry_dates"].combine_chunks()
    rows = pc.list_parent_indices(dates)
    days = pc.list_flatten(dates)
    entries = nodes.select(["id", "label", "year", "published"]).take(rows)
    age = pc.subtract(pc.cast(days, pa.int32()), pc.cast(entries["published"], pa.int32()))
    columns = {
        "day": days,
        "age_days": pc.cast(age, pa.int64()),
        "tags": _tags(nodes, edges, rows.to_numpy(), days),
    }
    for name, column in columns.items():
        entries = entries.append_column(name, column)
    return entries.select(_COLUMNS).sort_by([("day", "ascending"), ("id", "ascending")])


def _tags(nodes: pa.Table, edges: pa.Table, rows: np.ndarray, days: pa.Array) -> pa.Array:
    """The labels of the tags of the entry of this paper (row) and day, in order."""
    tagged = of_kinds(edges, "tagged")
    paper, tag = endpoints(nodes, tagged)
    dates = tagged["entry_dates"].combine_chunks()
    use = pc.list_parent_indices(dates).to_numpy()
    labels = nodes["label"].take(pa.array(tag[use])).to_pylist()
    tags_of_entry: dict[tuple[int, object], list[str]] = {}
    uses = zip(paper[use].tolist(), pc.list_flatten(dates).to_pylist(), labels, strict=True)
    for row, day, label in uses:
        tags_of_entry.setdefault((row, day), []).append(label)
    entries = zip(rows.tolist(), days.to_pylist(), strict=True)
    return pa.array(
        [sorted(tags_of_entry.get(entry, ())) for entry in entries], pa.list_(pa.string())
    )
