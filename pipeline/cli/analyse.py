"""`digest-graph similar|around|missing|trends|path|diff`: questions to a graph that was built."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, Output, Quiet
from pipeline.cli.taking import answer, taken_node
from pipeline.cli.terminal import say
from pipeline.model.counting import counted
from pipeline.model.errors import DigestGraphError

if TYPE_CHECKING:
    import pyarrow as pa

app = typer.Typer()
_NOTHING_ALIKE = "No paper shares a reference, a tag, an author or a mention with it."
_NOTHING_MISSING = "No work that you have not read is known to be cited by these papers."
_NO_TRENDS = "No tag is on so many papers with a day; --at-least 1 has all."
MostOption = Annotated[int, typer.Option("--most", "-n", min=1, help="At most so many.")]
Connectors = Annotated[
    str,
    typer.Option(
        "--connectors",
        "--through",
        metavar="NAMES",
        help="Let these join papers too, with commas: ambiguous (authors), meta (tags), category.",
    ),
]


class Period(StrEnum):
    """What a trend is counted by."""

    MONTH = "month"
    YEAR = "year"


@app.command(epilog="Example: digest-graph similar 2409.01524 -o outputs")
def similar(
    query: Annotated[
        str, typer.Argument(metavar="PAPER", help="An arXiv id in any form, or words of a title.")
    ],
    output: Output = Path("outputs"),
    most: MostOption = 20,
    connectors: Connectors = "",
    as_json: AsJson = False,
) -> None:
    """List the papers most like one, and why: references, tags, authors, mentions."""
    from pipeline.analyse import similar as measure
    from pipeline.store.tables import read_graph

    nodes, edges = read_graph(output)
    paper = taken_node(nodes, query, "paper")
    alike = measure.similar(nodes, edges, paper.id, most, _names(connectors))
    headings = {"id": "id", "score": "score", "year": "year", "label": "title", "reason": "why"}
    answer(alike, headings, as_json, [paper], _NOTHING_ALIKE)


@app.command(
    epilog="Examples: digest-graph around 2409.01524; digest-graph around '#rl' --kinds tagged"
)
def around(
    query: Annotated[
        str, typer.Argument(metavar="NODE", help="An arXiv id, words of a title, a name, a #tag.")
    ],
    output: Output = Path("outputs"),
    hops: Annotated[int, typer.Option("--hops", min=1, help="So many steps away, or less.")] = 1,
    kinds: Annotated[
        str, typer.Option(metavar="NAMES", help="Only these kinds of edge, with commas.")
    ] = "",
    most: MostOption = 40,
    as_json: AsJson = False,
) -> None:
    """List what lies around a paper, a person or a tag: who wrote it, its tags, what it cites.

    Steps go along edges of either direction, as `around` does in Python.
    """
    from pipeline.analyse.surroundings import surroundings
    from pipeline.store.tables import read_graph

    nodes, edges = read_graph(output)
    middle = taken_node(nodes, query)
    rows = surroundings(nodes, edges, middle.id, hops, _names(kinds))
    headings = {"step": "step", "words": "joined by", "id": "id", "label": "name"}
    headings |= {"via": "by way of"} if hops > 1 else {}
    answer(rows if as_json else rows.slice(0, most), headings, as_json, [middle])
    if not as_json and rows.num_rows > most:
        say(f"{rows.num_rows - most:,} more of {rows.num_rows:,}; --most {rows.num_rows} has all.")


@app.command(epilog="Example: digest-graph missing --tag rl --month 2024-09")
def missing(
    output: Output = Path("outputs"),
    tag: Annotated[
        str | None, typer.Option(help="Only what papers of this tag cite, or of a narrower one.")
    ] = None,
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="Only what papers of this month cite.")
    ] = None,
    most: MostOption = 20,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the works that your papers cite most and that you have not read."""
    from pipeline.analyse import missing as measure
    from pipeline.cli.answers import say_fitted
    from pipeline.model.spans import month_span
    from pipeline.store.tables import read_graph

    span = month_span(month) if month is not None else None
    nodes, edges = read_graph(output)
    of_tag = None if tag is None else taken_node(nodes, tag, "tag")
    tag_id = of_tag.id if of_tag else None
    missing_works = measure.missing(nodes, edges, most, tag_id, span)
    headings = {"id": "id", "cited_by": "cited by", "year": "year", "label": "title"}
    headings |= {"citing_labels": "cited by these"}
    silent = measure.silent(nodes, edges, tag_id, span)
    nothing = _NOTHING_MISSING if silent.of else "No paper that you read is of this month or tag."
    answer(missing_works, headings, as_json, [of_tag] if of_tag else (), nothing)
    if silent.papers and not quiet:
        note = f"The references of {silent.papers:,} of {counted(silent.of, 'paper')} are not known"
        say_fitted(f"{note}: they count for nothing here.", err=as_json)


@app.command(epilog="Example: digest-graph trends --by year")
def trends(
    output: Output = Path("outputs"),
    by: Annotated[Period, typer.Option(help="The periods that are compared.")] = Period.MONTH,
    at_least: Annotated[
        int, typer.Option("--at-least", min=1, help="Only tags of so many papers.")
    ] = 5,
    connectors: Connectors = "",
    as_json: AsJson = False,
) -> None:
    """Say which tags rise, which decline, and which took the place of another."""
    from pipeline.analyse.trends import tag_trends
    from pipeline.store.tables import read_graph

    nodes, edges = read_graph(output)
    trend_rows = tag_trends(nodes, edges, by.value, at_least, _names(connectors))
    headings = {"label": "tag", "papers": "papers", "first": "first", "last": "last"}
    headings |= {"early": "early", "late": "late", "trend": "trend", "growth": "a year, times"}
    headings |= {"low": "at least", "high": "at most"}
    answer(trend_rows, headings | {"successor": "successor"}, as_json, nothing=_NO_TRENDS)


@app.command(epilog='Example: digest-graph path 2409.01524 "General OCR Theory"')
def path(
    start: Annotated[
        str, typer.Argument(metavar="A", help="An arXiv id, words of a title, a name, a #tag.")
    ],
    goal: Annotated[str, typer.Argument(metavar="B", help="The same.")],
    output: Output = Path("outputs"),
    kinds: Annotated[
        str, typer.Option(metavar="NAMES", help="Only these kinds of edge, with commas.")
    ] = "",
    connectors: Connectors = "",
    as_json: AsJson = False,
) -> None:
    """Say how one node leads to another, by the shortest way."""
    from pipeline.analyse.paths import in_words, shortest_path
    from pipeline.cli.answers import say_fitted
    from pipeline.store.tables import read_graph

    nodes, edges = read_graph(output)
    taken = taken_node(nodes, start), taken_node(nodes, goal)
    ends = taken[0].id, taken[1].id
    steps = shortest_path(nodes, edges, ends, _names(kinds), _names(connectors))
    if not steps.num_rows:
        raise DigestGraphError(_no_path(ends))
    headings = {"step": "step", "id": "id", "words": "joined by", "label": "name"}
    answer(steps, headings, as_json, taken)
    if not as_json:
        say_fitted(f"{in_words(steps)}.")


@app.command(epilog="Example: digest-graph diff outputs-of-may outputs")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The folder of the older build.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The folder of the newer build.")],
    most: MostOption = 100,
    as_json: AsJson = False,
) -> None:
    """Say what was added, removed and merged between two builds."""
    from pipeline.analyse.changes import changes
    from pipeline.store.tables import read_graph

    change_rows = changes(read_graph(old), read_graph(new))
    headings = {"change": "change", "what": "what", "id": "id", "other": "to", "label": "name"}
    if as_json or change_rows.num_rows:
        answer(change_rows if as_json else change_rows.slice(0, most), headings, as_json)
    if not as_json:
        say(_summed(change_rows, most))


def _summed(change_rows: pa.Table, most: int) -> str:
    if not change_rows.num_rows:
        return "Nothing changed."
    pairs = zip(change_rows["change"].to_pylist(), change_rows["what"].to_pylist(), strict=True)
    counts = Counter(pairs).items()
    counted = ", ".join(f"{number:,} {what} {change}" for (change, what), number in counts)
    others = change_rows.num_rows - most
    return (
        f"{counted}{f'; {others:,} of them are not listed (--most, --json)' if others > 0 else ''}."
    )


def _no_path(ends: tuple[str, str]) -> str:
    message = f"no path joins {ends[0]} and {ends[1]}"
    return f"{message}. Categories, meta tags and ambiguous authors join nothing; see --connectors."


def _names(asked: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in asked.split(",") if name.strip())
