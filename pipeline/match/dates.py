"""How far the months of an entry lie from the month of a paper's id."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.match.venues import year_of
from pipeline.model.ids import month_of
from pipeline.model.records import Entry

_PRINTED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?")
_MONTHS = 12


class MonthRange(NamedTuple):
    """A first and a last month, counted as `month_of` does; `published` is when it appeared.

    What was published lies at any time behind the id's month; what is not is when it was read.
    """

    first: int
    last: int
    published: bool


def month_scores(entry: Entry, arxiv_id: str, *, reading: bool = True) -> dict[str, float | None]:
    """The scores `months`, `span` and `published` of the date that lies nearest to the id's month.

    `months` is 0 within the span that the entry states, below 0 where that ended before. Without
    `reading`, the day on which the entry was read does not count.
    """
    spans = [span for span in stated_spans(entry) if reading or span.published]
    if not spans:
        return {"months": None, "span": None, "published": None}
    month = month_of(arxiv_id)
    apart = [(_apart(span, month), span) for span in spans]
    months, span = min(apart, key=lambda each: (abs(each[0]), each[1].last - each[1].first))
    length = span.last - span.first + 1
    return {"months": float(months), "span": float(length), "published": float(span.published)}


def stated_spans(entry: Entry) -> list[MonthRange]:
    """The dates of an entry as spans of months: when the paper appeared, when it was read.

    Where it does not say when the paper appeared, the year in the name of its venue does.
    """
    spans = []
    if match := _PRINTED.fullmatch(entry.published or ""):
        spans.append(_span(int(match[1]), int(match[2]) if match[2] else None, published=True))
    elif year := year_of(entry.venue):
        spans.append(_span(year, None, published=True))
    if entry.date is not None:
        month = None if entry.date_precision == "year" else entry.date.month
        spans.append(_span(entry.date.year, month, published=False))
    return spans


def _span(year: int, month: int | None, *, published: bool) -> MonthRange:
    first = year * _MONTHS + (month or 1) - 1
    return MonthRange(first, first if month else first + _MONTHS - 1, published)


def _apart(span: MonthRange, month: int) -> int:
    if span.first <= month <= span.last:
        return 0
    return span.first - month if month < span.first else span.last - month
