"""What a told month says, in words that the page and the Markdown share."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import date

from pipeline.model.counting import counted
from pipeline.model.readable_tex import readable_title
from pipeline.model.spans import Row, Span, SpanReport, spans_before

SPANS = 12
MOST_SENTENCE = 320


def summary(report: SpanReport) -> str:
    """The whole of it in one line."""
    again = sum(not row["first"] for row in report.read)
    parts = [
        f"{counted(len(report.read), 'paper')} read"
        + (f", {again} of them again" if again else ""),
        f"{counted(len(report.mentioned), 'mention')} of other papers",
    ]
    if report.missing or not report.unheard:
        parts.append(f"{counted(len(report.missing), 'work')} cited that you have not read")
    return f"{report.span.first} to {report.span.last}: {'; '.join(parts)}."


def by_span(report: SpanReport) -> list[tuple[str, int]]:
    """How many entries each month or week had, up to this one, by name."""
    spans = list(spans_before(report.span, SPANS))
    counts = Counter(_name_of(day, spans) for day in report.days)
    return [(_short(span), counts[span.name]) for span in spans]


def news(row: Row) -> str:
    """What was new about an old paper."""
    said = [f"read again on {', '.join(map(str, row['again']))}"] if row["again"] else []
    for name, words in (("mentioned_by", "mentioned with"), ("cited_by", "cited by")):
        if row[name]:
            said.append(f"{words} {listed(row[name])}")
    return "; ".join(said)


def listed(labels: Sequence[str], most: int = 3) -> str:
    """Some titles, and how many more there are."""
    names = [f"“{shortened(readable_title(label), 60)}”" for label in dict.fromkeys(labels)]
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def unheard(report: SpanReport) -> str | None:
    """How many papers cite nothing here as nobody told what they cite; None where there is none."""
    if not report.unheard:
        return None
    papers = counted(len(report.read), "paper")
    return f"The references of {report.unheard:,} of these {papers} are not known."


def shift(row: Row) -> str:
    """How a tag changed."""
    usual = f"{row['expected']:.1f} would be as many as in the year before"
    return f"{counted(row['papers'], 'paper')}; {usual}"


def shortened(text: str, characters: int = MOST_SENTENCE) -> str:
    """The beginning of a text, on one line."""
    return textwrap.shorten(" ".join(text.split()), characters, placeholder=" …")


def _name_of(day: date, spans: Sequence[Span]) -> str | None:
    return next((span.name for span in spans if span.holds(day)), None)


def _short(span: Span) -> str:
    return span.name.partition("-")[2]
