"""A told month as Markdown, for a mail, a note or a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.markdown_text import inline, table
from pipeline.export.telling.words import by_span, listed, news, shift, shortened, summary, unheard
from pipeline.model.printing import printable
from pipeline.model.spans import Row, Told

MOST_MISSING = 30
_BAR = "█"
_BAR_CHARACTERS = 24


def markdown(told: Told) -> bytes:
    """A told span of days in Markdown, in UTF-8."""
    sections = (
        ("Read", _read(told)),
        ("Mentioned", _mentioned(told)),
        ("Tags that rise", _tags(told, "rise")),
        ("Tags that fade", _tags(told, "fade")),
        ("Cited, and never read", _missing(told)),
        ("New about papers read before", _old(told)),
        ("Entries, before and now", _before(told)),
    )
    lines = [f"# {told.span.title}", "", inline(summary(told))]
    for heading, body in sections:
        lines += ["", f"## {heading}", "", *(list(map(printable, body)) or ["None."])]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _read(told: Told) -> Iterator[str]:
    for row in told.read:
        tags = "".join(f" `#{tag}`" for tag in map(_plain, row["tags"]))
        again = "" if row["first"] else " (again)"
        yield f"- {row['day']}{again} {_titled(row)}{tags}"
        if row["commentary"]:
            yield f"  - {inline(shortened(row['commentary']))}"


def _mentioned(told: Told) -> Iterator[str]:
    for row in told.mentioned:
        read = "" if row["in_digest"] else " (not read)"
        yield f"- {_titled(row)}{read}, with {inline(listed([row['by_label']]))}"
        if row["sentence"]:
            yield f"  - {inline(shortened(row['sentence']))}"


def _tags(told: Told, change: str) -> Iterator[str]:
    for row in told.tags:
        if row["change"] == change:
            yield f"- {inline(row['label'])}: {shift(row)}"


def _missing(told: Told) -> Iterator[str]:
    for row in told.missing[:MOST_MISSING]:
        year = f" ({row['year']})" if row["year"] else ""
        yield f"- {inline(row['label'])}{year}: cited by {inline(listed(row['citing_labels']))}"
    if len(told.missing) > MOST_MISSING:
        yield f"- and {len(told.missing) - MOST_MISSING:,} more"
    if said := unheard(told):
        yield f"- {said}"


def _old(told: Told) -> Iterator[str]:
    for row in told.old:
        yield f"- {_titled(row)}, first read on {row['first_read']}: {inline(news(row))}"


def _before(told: Told) -> Iterator[str]:
    spans = by_span(told)
    most = max(count for _, count in spans) or 1
    bars = ((name, f"{count:,}", _BAR * round(_BAR_CHARACTERS * count / most))
            for name, count in spans)  # fmt: skip
    yield from table(("when", "entries", ""), bars)


def _titled(row: Row) -> str:
    url = row["url"] or ""
    title = inline(row["label"])
    is_link = url.startswith("https://") and not set(url) & set(" ()<>\n")
    return f"[{title}]({url})" if is_link else title


def _plain(tag: str) -> str:
    return " ".join(tag.replace("`", "'").split())
