"""The rows of a table some at a time, so that what is made of them takes little memory."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

BATCH_ROWS = 16_000
BATCH_BYTES = 2_500_000
"""Of a table of ten columns; of one of more, less: each column of a batch has its own texts."""


def batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """The rows of a table, some at a time, however it is cut into chunks.

    They are fewer where rows are long, as those with abstracts are, and have many columns that are
    not empty: papers, people and tags each stand together.
    """
    start = 0
    while start < table.num_rows:
        some_rows = table.slice(start, BATCH_ROWS)
        while (fitting := _fitting_rows(some_rows)) < some_rows.num_rows:
            some_rows = some_rows.slice(0, fitting)
        yield from some_rows.combine_chunks().to_batches()
        start += some_rows.num_rows


def _fitting_rows(rows: pa.Table) -> int:
    """How many rows go into a batch, at least one, if all are as long as these on average."""
    filled = sum(column.null_count < len(column) for column in rows.columns)
    most_bytes = BATCH_BYTES * 10 // max(filled, 10)
    fitting: int = most_bytes * rows.num_rows // max(rows.nbytes, 1)
    return max(fitting, 1)
