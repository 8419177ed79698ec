"""What happened in a span of days: read, mentioned, tags that rise and fade, news of old papers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import excluded_connectors, of_kinds
from pipeline.analyse.missing import missing, silent
from pipeline.analyse.tag_lives import uses_of
from pipeline.analyse.timeline import timeline
from pipeline.model.spans import Row, Span, SpanReport

YEAR = timedelta(days=365)
FEWEST = 2
"""So many papers at least a tag has, or was to be expected to have, to rise or to fade."""
TIMES = 2.0
"""It has so many times the papers that were to be expected, or so many times fewer."""


def span_report(nodes: pa.Table, edges: pa.Table, span: Span) -> SpanReport:
    """All that happened in a span of days."""
    entries = timeline(nodes, edges)
    return SpanReport(
        span,
        papers_read(nodes, entries, span),
        mentioned(nodes, edges, span),
        tag_shifts(nodes, edges, span),
        missing(nodes, edges, None, None, span).to_pylist(),
        silent(nodes, edges, None, span).papers,
        news_of_old(nodes, edges, span),
        entries["day"].to_pylist(),
    )


def papers_read(nodes: pa.Table, entries: pa.Table, span: Span) -> list[Row]:
    """`id, label, url, day, tags, commentary, first`: a row for each paper, by day, then by id.

    `entries` are those of `timeline`; `first` is whether it was not read before.
    """
    read_of_paper: dict[str, Row] = {}
    for row in entries.to_pylist():
        if span.holds(row["day"]):
            read = read_of_paper.setdefault(row["id"], {"day": row["day"], "tags": []})
            read["tags"] += [tag for tag in row["tags"] if tag not in read["tags"]]
    named = ["id", "label", "url", "commentary", "entry_dates"]
    papers = _rows_of(nodes.select(named), read_of_paper)
    return [
        {name: papers[paper][name] for name in named[:4]}
        | read
        | {"first": papers[paper]["entry_dates"][0] >= span.first}
        for paper, read in read_of_paper.items()
    ]


def mentioned(nodes: pa.Table, edges: pa.Table, span: Span) -> list[Row]:
    """`id, label, url, in_digest, by, by_label, sentence`: what an entry of the span points at."""
    mentions = [edge for edge in of_kinds(edges, "mentions").to_pylist() if _in_span(edge, span)]
    ends = {end for edge in mentions for end in (edge["source"], edge["target"])}
    papers = _rows_of(nodes.select(["id", "label", "url", "in_digest"]), ends)
    return [
        papers[edge["target"]]
        | {
            "by": edge["source"],
            "by_label": papers[edge["source"]]["label"],
            "sentence": edge["sentence"],
        }
        for edge in mentions
    ]


def tag_shifts(nodes: pa.Table, edges: pa.Table, span: Span) -> list[Row]:
    """`id, label, papers, before, expected, change`: a row for each tag that rises or fades.

    `papers` bear it in the span, `before` in the year before that; `expected` are as many as its
    share of that year's papers, with half a paper more, would be of this span's. It has a `change`
    of `rise` from two papers and twice what was expected on, of `fade` where two were expected and
    it has less than half of that. The least likely come first (the deviance of Poisson,
    https://doi.org/10.2307/2344614), then by label. Meta tags are left out; nothing is told where
    the year before has no papers.

    >>> from pipeline.analyse.examples import RISING
    >>> from pipeline.model.spans import month_span
    >>> [(row["label"], row["change"]) for row in tag_shifts(*RISING, month_span("2024-10"))]
    [('gan', 'fade')]
    """
    uses = uses_of(nodes, edges, excluded_connectors(nodes, (), known=("meta",)))
    now, before = Counter[int](), Counter[int]()
    papers: dict[str, set[int]] = {"now": set(), "before": set()}
    year = Span(span.first - min(YEAR, span.first - date.min), span.first, "", "")
    seen: set[tuple[str, int, int]] = set()
    for tag, paper, day in zip(*(each.tolist() for each in uses), strict=True):
        when = "now" if span.holds(day) else "before" if year.holds(day) else None
        if when and (when, tag, paper) not in seen:
            seen.add((when, tag, paper))
            (now if when == "now" else before)[tag] += 1
            papers[when].add(paper)
    if not papers["before"]:
        return []
    share = len(papers["now"]) / (len(papers["before"]) + 1)
    rows = [
        {"tag": tag, "papers": now[tag], "before": before[tag],
         "expected": (before[tag] + 0.5) * share}
        for tag in now | before
    ]  # fmt: skip
    shifted = [row | {"change": change} for row in rows if (change := _change(row))]
    labels = nodes.select(["id", "label"]).take(pa.array([r["tag"] for r in shifted], pa.int64()))
    named = [row | name for row, name in zip(shifted, labels.to_pylist(), strict=True)]
    return sorted(named, key=lambda row: (-_deviance(row), row["label"]))


def news_of_old(nodes: pa.Table, edges: pa.Table, span: Span) -> list[Row]:
    """`id, label, url, first_read, again, mentioned_by, cited_by`: papers read before the span.

    Those of which it brought something: another entry (`again` are its days), a mention, or a
    paper first read in it that cites them (`mentioned_by`, `cited_by` are labels). Those of most
    news come first, then those read first, then by id.
    """
    read = nodes.filter(pc.fill_null(nodes["in_digest"], False))
    papers = {row["id"]: row for row in read.select(
        ["id", "label", "url", "entry_dates"]).to_pylist() if row["entry_dates"]}  # fmt: skip
    old = {i for i, row in papers.items() if row["entry_dates"][0] < span.first}
    new = {i for i, row in papers.items() if span.holds(row["entry_dates"][0])}
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in of_kinds(edges, "mentions", "cites").to_pylist():
        source, target = edge["source"], edge["target"]
        says = _in_span(edge, span) if edge["kind"] == "mentions" else source in new
        if target in old and says and source != target:
            links[target][edge["kind"]].append(papers.get(source, {}).get("label", source))
    rows = [_news(papers[i], links[i], span) for i in sorted(old)]
    with_news = [row for row in rows if _size(row)]
    return sorted(with_news, key=lambda row: (-_size(row), row["first_read"], row["id"]))


def _news(paper: Row, links: dict[str, list[str]], span: Span) -> Row:
    return {
        **{name: paper[name] for name in ("id", "label", "url")},
        "first_read": paper["entry_dates"][0],
        "again": [day for day in paper["entry_dates"] if span.holds(day)],
        "mentioned_by": links["mentions"],
        "cited_by": links["cites"],
    }


def _size(row: Row) -> int:
    return sum(len(row[name]) for name in ("again", "mentioned_by", "cited_by"))


def _change(row: Row) -> str | None:
    if row["papers"] >= FEWEST and row["papers"] >= TIMES * row["expected"]:
        return "rise"
    if row["expected"] >= FEWEST and row["papers"] * TIMES < row["expected"]:
        return "fade"
    return None


def _deviance(row: Row) -> float:
    """How unlikely so many papers are where others are to be expected."""
    papers, expected = float(row["papers"]), float(row["expected"])
    return 2 * ((papers * math.log(papers / expected) if papers else 0.0) - (papers - expected))


def _in_span(edge: Row, span: Span) -> bool:
    return any(span.holds(day) for day in edge["entry_dates"] or ())


def _rows_of(nodes: pa.Table, ids: Any) -> dict[str, Row]:
    kept = nodes.filter(pc.is_in(nodes["id"], pa.array(sorted(ids), pa.string())))
    return {row["id"]: row for row in kept.to_pylist()}
