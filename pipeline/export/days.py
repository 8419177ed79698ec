"""The day that each paper is there from, as far as anybody knows it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_MOST_YEARS = 9_999


def first_days(papers: pa.Table | pa.RecordBatch) -> pa.Array:
    """The day of the first version, else the first of its month, else of its year; else null."""
    return pc.coalesce(days_of_months(papers), _days_of(papers["year"], pa.scalar(1)))


def days_of_months(papers: pa.Table | pa.RecordBatch) -> pa.Array:
    """The day of the first version, else the first of its month; null where no month is known."""
    return pc.coalesce(papers["published"], _days_of(papers["year"], papers["month"]))


def have_months_alone(papers: pa.Table | pa.RecordBatch) -> pa.Array:
    """Whether the month of a paper is known, and not its day."""
    in_month = _days_of(papers["year"], papers["month"]).is_valid()
    return pc.and_(in_month, papers["published"].is_null())


def _days_of(years: pa.Array, months: pa.Array | pa.Scalar) -> pa.Array:
    """The first day of each month; null where it is none."""
    is_year = pc.and_(pc.greater(years, 999), pc.less_equal(years, _MOST_YEARS))
    is_month = pc.and_(pc.greater(months, 0), pc.less_equal(months, 12))
    two_digits = pc.utf8_lpad(pc.cast(months, pa.string()), 2, "0")
    texts = pc.binary_join_element_wise(pc.cast(years, pa.string()), two_digits, "01", "-")
    return pc.cast(pc.if_else(pc.and_(is_year, is_month), texts, None), pa.date32())
