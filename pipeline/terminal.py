"""What the commands share: the options they all take, progress, and how things are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pipeline.records import Progress, Skip

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

INPUTS_HELP = "Files, folders, patterns, .zip archives, or - for standard input; any mix."
Inputs = Annotated[list[Path], typer.Argument(help=INPUTS_HELP)]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the results are.")
]
Overrides = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Your own decisions [default: overrides.toml, here or beside inputs]."
    ),
]
CatalogueFolder = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        metavar="DIR",
        help="A local catalogue of arXiv [default: the one `catalogue build` made, if any].",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")]
Offline = Annotated[
    bool, typer.Option("--offline", help="Make no network request (this version makes none).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def progress_of(quiet: bool) -> Progress:
    """A bar on standard error, if that is a terminal."""
    from rich.progress import track

    console = progress_console()

    def shown(items: Iterable[T], stage: str, /) -> Iterable[T]:
        return track(items, stage, console=console, transient=True)

    def silent(items: Iterable[T], _stage: str, /) -> Iterable[T]:
        return items

    return shown if console.is_terminal and not quiet else silent


def told(records: Iterable[T | Skip], quiet: bool) -> Iterator[T]:
    """The records; the skips among them are told on the way, unless `quiet`."""
    for record in records:
        if not isinstance(record, Skip):
            yield record
        elif not quiet:
            tell(record)


def tell(skip: Skip) -> None:
    """A record that was left out, and why."""
    typer.echo(f"left out: {skip.key}: {skip.reason}", err=True)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "node"), count(2_000, "entry", "entries")
    ('1 node', '2,000 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def progress_console() -> Console:
    """Where progress is shown: standard error."""
    from rich.console import Console

    return Console(stderr=True)
