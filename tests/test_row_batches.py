"""Rows are put together some at a time: as many as are short, and whatever their chunks are."""

from __future__ import annotations

import pyarrow as pa

from pipeline.export.row_batches import BATCH_BYTES, BATCH_ROWS, batches
from pipeline.export.text_columns import cell

PAPERS, PEOPLE = 5_000, 60_000


def test_people_are_taken_many_at_a_time_though_papers_stand_before_them() -> None:
    abstracts = pa.chunked_array([["long " * 400] * PAPERS, [None] * PEOPLE], pa.string())
    rows = pa.table({"id": pa.array(range(PAPERS + PEOPLE)), "abstract": abstracts})
    cut = list(batches(rows))
    assert pa.Table.from_batches(cut).equals(rows.combine_chunks())
    of_papers = [batch for batch in cut if batch["abstract"].null_count < len(batch)]
    assert all(batch.nbytes <= BATCH_BYTES for batch in of_papers)
    assert [len(batch) for batch in cut if batch not in of_papers][:2] == [BATCH_ROWS] * 2


def test_a_row_longer_than_a_batch_is_a_batch() -> None:
    rows = pa.table({"text": ["x" * (BATCH_BYTES + 1), "y" * (BATCH_BYTES + 1), "z"]})
    assert [len(batch) for batch in batches(rows)] == [1, 1, 1]
    assert list(batches(rows.slice(0, 0))) == []


def test_of_a_column_without_a_value_no_text_is_made() -> None:
    def refuse(_column: pa.Array) -> pa.Array:
        raise AssertionError("there is nothing to be made into text")

    assert cell(pa.nulls(3, pa.list_(pa.string())), refuse, "before", "after") == ""
