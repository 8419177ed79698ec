"""The commands: arguments in, one call, counts out.

The stages are imported where a command runs them, as they load libraries that `--help` does
not need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pipeline.records import Entry, Progress, Skip

if TYPE_CHECKING:
    from pipeline.tables import Build

T = TypeVar("T")
MOST_SKIPS_TOLD = 5
INPUTS_HELP = "Files, folders, patterns, .zip archives, or - for standard input; any mix."

app = typer.Typer(
    help="Turn the digests you write while reading arXiv into a graph you can walk.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the results are.")
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Make no network request (this version makes none).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


@app.command(
    epilog="Example: digest-graph build ~/digests 2024-09-05.txt -o outputs",
)
def build(
    inputs: Annotated[list[Path], typer.Argument(help=INPUTS_HELP)],
    output: Output = Path("outputs"),
    overrides: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Your own decisions [default: overrides.toml, here or beside inputs].",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Put notes about no paper into the graph too.")
    ] = False,
    offline: Offline = False,
    quiet: Quiet = False,
) -> None:
    """Build the graph of your digests: page, tables, GraphML, GEXF, report."""
    from pipeline.run import Inputs, write
    from pipeline.run import build as built

    progress = _progress(quiet)
    found = built(Inputs(tuple(inputs), overrides, output, everything), progress)
    write(found, output, progress)
    if not quiet:
        for skip in found.skips[:MOST_SKIPS_TOLD]:
            _tell(skip)
        typer.echo(_counted(found, output))


@app.command(epilog="Example: digest-graph parse ~/vault --json > entries.jsonl")
def parse(
    inputs: Annotated[list[Path], typer.Argument(help=INPUTS_HELP)],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
    offline: Offline = False,
    quiet: Quiet = False,
) -> None:
    """Print what was understood of your digests: an entry a line."""
    from pipeline.listing import json_lines, table_lines
    from pipeline.reading import parsed

    for line in (json_lines if as_json else table_lines)(
        _told(parsed(inputs, _progress(quiet)), quiet)
    ):
        typer.echo(line)


@app.command(
    epilog="Examples: digest-graph explain 2409.01524; digest-graph explain notes/may.txt:9",
)
def explain(
    query: Annotated[
        str, typer.Argument(help="An arXiv id in any form, FILE:LINE, or words of a title.")
    ],
    output: Output = Path("outputs"),
    offline: Offline = False,
    quiet: Quiet = False,
) -> None:
    """Say why an entry or a paper is what the graph says it is."""
    from pipeline.explanation import explanation

    typer.echo(explanation(query, output))


def _progress(quiet: bool) -> Progress:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)

    def shown(items: Iterable[T], stage: str, /) -> Iterable[T]:
        return track(items, stage, console=console, transient=True)

    def silent(items: Iterable[T], stage: str, /) -> Iterable[T]:
        return items

    return shown if console.is_terminal and not quiet else silent


def _told(records: Iterable[Entry | Skip], quiet: bool) -> Iterator[Entry]:
    """The entries; the skips among them are told on the way, unless `quiet`."""
    for record in records:
        if isinstance(record, Entry):
            yield record
        elif not quiet:
            _tell(record)


def _tell(skip: Skip) -> None:
    typer.echo(f"left out: {skip.key}: {skip.reason}", err=True)


def _counted(found: Build, output: Path) -> str:
    matched = sum(match.verdict == "matched" for match in found.matches)
    counts = [
        f"{_count(len(found.matches), 'entry', 'entries')}, {matched} matched",
        f"{_count(found.nodes.num_rows, 'node')}, {_count(found.edges.num_rows, 'edge')}",
    ]
    if found.skips:
        counts.insert(1, f"{_count(len(found.skips), 'record')} left out (skips.csv)")
    return f"{'; '.join(counts)}. Open {output / 'graph.html'}, read {output / 'report.md'}."


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
