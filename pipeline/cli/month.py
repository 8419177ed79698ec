"""`digest-graph month`: a month, a week, or all since a day, told on a page and in Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, Output, Quiet
from pipeline.cli.terminal import say
from pipeline.model.errors import DigestGraphError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.model.spans import Span, SpanReport

app = typer.Typer()
MonthArgument = Annotated[
    str | None,
    typer.Argument(metavar="YYYY-MM", help="[default: the last month that has an entry]"),
]
Week = Annotated[str | None, typer.Option(metavar="YYYY-Wnn", help="A week, as 2024-W36.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="All since a day, as 2024-09-01.")]
ToFileOption = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Where the two files go [default: beside the graph]."),
]


@app.command(
    epilog="Examples: digest-graph month 2024-09; digest-graph month --week 2024-W36 --to ~/mail"
)
def month(
    month: MonthArgument = None,
    week: Week = None,
    since: Since = None,
    output: Output = Path("outputs"),
    to: ToFileOption = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell of a month: read, mentioned, tags that rise and fade, what is left to read.

    Writes one page, without scripts, and the same as Markdown; both are fit to be sent.
    """
    from pipeline.analyse.telling import span_report
    from pipeline.export.telling.words import summary
    from pipeline.model.printing import json_line
    from pipeline.store.tables import read_graph

    if sum(option is not None for option in (month, week, since)) > 1:
        raise UsageError("a month, --week and --since: give one of them.")
    nodes, edges = read_graph(output)
    report = span_report(nodes, edges, _span(nodes, month, week, since))
    paths = _write(report, nodes, to or output)
    if as_json:
        say(json_line({"files": list(map(str, paths)), **report._asdict()}))
    elif not quiet:
        say(f"{summary(report)} Open {paths[0]}, or send {paths[1]}.")
        if report.days and not report.read:
            say(f"Your entries are of {min(report.days)} to {max(report.days)}.")


def _span(nodes: pa.Table, month: str | None, week: str | None, since: str | None) -> Span:
    from pipeline.model import spans

    if week is not None:
        return spans.week_span(week)
    if month is not None:
        return spans.month_span(month)
    days = [day for dates in nodes["entry_dates"].to_pylist() for day in dates or ()]
    if not days:
        raise DigestGraphError("no entry here has a day, so that no month can be told.")
    if since is not None:
        return spans.since_span(since, max(days))
    return spans.month_span(f"{max(days):%Y-%m}")


def _write(report: SpanReport, nodes: pa.Table, folder: Path) -> list[Path]:
    from pipeline.export.telling.markdown import markdown
    from pipeline.export.telling.page import page
    from pipeline.store.outputs import claimed, write_whole

    paths = [folder / f"{report.span.name}.{suffix}" for suffix in ("html", "md")]
    with claimed(folder, "--to"):
        write_whole(paths[0], [page(report, nodes)])
        write_whole(paths[1], [markdown(report)])
    return paths
