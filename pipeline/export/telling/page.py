"""A told month as one page: no script, no request, light and dark, fit to print and to send."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

import pyarrow as pa

from pipeline.export.telling.drawings import bars, small_map
from pipeline.export.telling.markdown import MOST_MISSING
from pipeline.export.telling.own_words import said_html
from pipeline.export.telling.words import (
    MOST_SENTENCE,
    by_span,
    listed,
    news,
    shift,
    summary,
    unheard,
)
from pipeline.model.printing import printable
from pipeline.model.readable_tex import readable_title
from pipeline.model.spans import Row, SpanReport


def page(report: SpanReport, nodes: pa.Table) -> bytes:
    """A told span of days as HTML, in UTF-8; `nodes` say where its papers lie."""
    style = (files("pipeline") / "viewer" / "month.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    body = "\n".join(_body(report, nodes))
    text = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(report.span.title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return text.encode("utf-8", "replace")


def _body(report: SpanReport, nodes: pa.Table) -> Iterator[str]:
    yield f"<h1>{_text(report.span.title)}</h1>"
    yield f'<p class="summary">{_text(summary(report))}</p>'
    yield f"<figure>{bars(by_span(report))}</figure>"
    if report.read:
        yield f"<figure>{small_map(nodes, report.read)}</figure>"
    yield from _section("Read", map(_read, report.read))
    yield from _section("Mentioned", map(_mentioned, report.mentioned))
    for change, heading in (("rise", "Tags that rise"), ("fade", "Tags that fade")):
        rows = (row for row in report.tags if row["change"] == change)
        yield from _section(heading, map(_tag, rows))
    yield from _section("Cited, and never read", _missing(report))
    yield from _section("New about papers read before", map(_old, report.old))


def _section(heading: str, items: Iterable[str]) -> Iterator[str]:
    yield f"<section>\n<h2>{heading}</h2>"
    body = "\n".join(f"<li>{item}</li>" for item in items)
    yield f"<ul>\n{body}\n</ul>" if body else '<p class="quiet">None.</p>'
    yield "</section>"


def _read(row: Row) -> str:
    tags = "".join(f' <span class="tag">#{_text(tag)}</span>' for tag in row["tags"])
    again = "" if row["first"] else ", again"
    when = f'<span class="quiet day">{row["day"]}{again}</span>'
    return f"{_titled(row)} {when}{tags}{_said(row['commentary'])}"


def _mentioned(row: Row) -> str:
    read = "" if row["in_digest"] else ' <span class="quiet">not read</span>'
    beside = f'<span class="quiet">with {_text(listed([row["by_label"]]))}</span>'
    return f"{_titled(row)}{read} {beside}{_said(row['sentence'])}"


def _tag(row: Row) -> str:
    return f'<b>{_text(row["label"])}</b> <span class="quiet">{_text(shift(row))}</span>'


def _missing(report: SpanReport) -> Iterator[str]:
    for row in report.missing[:MOST_MISSING]:
        year = f" ({row['year']})" if row["year"] else ""
        by = f'<span class="quiet">cited by {_text(listed(row["citing_labels"]))}</span>'
        yield f"<b>{_text(readable_title(row['label']))}</b>{year} {by}"
    if len(report.missing) > MOST_MISSING:
        yield f"and {len(report.missing) - MOST_MISSING:,} more"
    if said := unheard(report):
        yield f'<span class="quiet">{said}</span>'


def _old(row: Row) -> str:
    first = f'<span class="quiet">first read on {row["first_read"]}</span>'
    return f"{_titled(row)} {first}<br>{_text(news(row))}"


def _said(text: str | None) -> str:
    return f"<blockquote>{said_html(text, MOST_SENTENCE)}</blockquote>" if text else ""


def _titled(row: Row) -> str:
    title = f"<b>{_text(readable_title(row['label']))}</b>"
    url = row["url"] or ""
    if not url.startswith("https://"):
        return title
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{title}</a>'


def _text(text: str) -> str:
    return escape(printable(text))
