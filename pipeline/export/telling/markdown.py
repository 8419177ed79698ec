"""A told month as Markdown, for a mail, a note or a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.markdown_text import inline, table
from pipeline.export.telling.words import by_span, listed, news, shift, shortened, summary, unheard
from pipeline.model.printing import printable
from pipeline.model.readable_tex import readable_title
from pipeline.model.spans import Row, SpanReport

MOST_MISSING = 30
_BAR = "█"
_BAR_CHARACTERS = 24


def markdown(report: SpanReport) -> bytes:
    """A told span of days in Markdown, in UTF-8."""
    sections = (
        ("Read", _read(report)),
        ("Mentioned", _mentioned(report)),
        ("Tags that rise", _tags(report, "rise")),
        ("Tags that fade", _tags(report, "fade")),
        ("Cited, and never read", _missing(report)),
        ("New about papers read before", _old(report)),
        ("Entries, before and now", _before(report)),
    )
    lines = [f"# {report.span.title}", "", inline(summary(report))]
    for heading, body in sections:
        lines += ["", f"## {heading}", "", *(list(map(printable, body)) or ["None."])]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _read(report: SpanReport) -> Iterator[str]:
    for row in report.read:
        tags = "".join(f" `#{tag}`" for tag in map(_plain, row["tags"]))
        again = "" if row["first"] else " (again)"
        yield f"- {row['day']}{again} {_titled(row)}{tags}"
        if row["commentary"]:
            yield f"  - {inline(shortened(row['commentary']))}"


def _mentioned(report: SpanReport) -> Iterator[str]:
    for row in report.mentioned:
        read = "" if row["in_digest"] else " (not read)"
        yield f"- {_titled(row)}{read}, with {inline(listed([row['by_label']]))}"
        if row["sentence"]:
            yield f"  - {inline(shortened(row['sentence']))}"


def _tags(report: SpanReport, change: str) -> Iterator[str]:
    for row in report.tags:
        if row["change"] == change:
            yield f"- {inline(row['label'])}: {shift(row)}"


def _missing(report: SpanReport) -> Iterator[str]:
    for row in report.missing[:MOST_MISSING]:
        year = f" ({row['year']})" if row["year"] else ""
        label = inline(readable_title(row["label"]))
        yield f"- {label}{year}: cited by {inline(listed(row['citing_labels']))}"
    if len(report.missing) > MOST_MISSING:
        yield f"- and {len(report.missing) - MOST_MISSING:,} more"
    if said := unheard(report):
        yield f"- {said}"


def _old(report: SpanReport) -> Iterator[str]:
    for row in report.old:
        yield f"- {_titled(row)}, first read on {row['first_read']}: {inline(news(row))}"


def _before(report: SpanReport) -> Iterator[str]:
    spans = by_span(report)
    most = max(count for _, count in spans) or 1
    bars = ((name, f"{count:,}", _BAR * round(_BAR_CHARACTERS * count / most))
            for name, count in spans)  # fmt: skip
    yield from table(("when", "entries", ""), bars)


def _titled(row: Row) -> str:
    url = row["url"] or ""
    title = inline(readable_title(row["label"]))
    is_link = url.startswith("https://") and not set(url) & set(" ()<>\n")
    return f"[{title}]({url})" if is_link else title


def _plain(tag: str) -> str:
    return " ".join(tag.replace("`", "'").split())
