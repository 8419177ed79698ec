"""What the commands print and how: counts, skips, and progress on standard error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import typer

from pipeline.model.counting import counted
from pipeline.model.printing import printable
from pipeline.model.records import Progress, Skip

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import ProgressColumn, TaskID

    from pipeline.build.asking import OnResult, ProgressOf
    from pipeline.build.plans import Plans
    from pipeline.model.services import LookupResult

T = TypeVar("T")


def progress_of(quiet: bool) -> Progress:
    """A bar on standard error, if that is a terminal."""
    from pipeline.build.long_work import silent

    if quiet:
        return silent
    from rich.progress import track

    console = progress_console()

    def shown(items: Iterable[T], stage: str, /) -> Iterable[T]:
        return track(items, stage, console=console, transient=True)

    return shown if console.is_terminal else silent


def told(records: Iterable[T | Skip], quiet: bool) -> Iterator[T]:
    """The records; the skips among them are told on the way, unless `quiet`."""
    for record in records:
        if not isinstance(record, Skip):
            yield record
        elif not quiet:
            tell(record)


def say(text: str, *, err: bool = False) -> None:
    """Prints lines of text, on standard output or error; none can act on the terminal."""
    typer.echo("\n".join(map(printable, text.split("\n"))), err=err)


def tell(skip: Skip) -> None:
    """Prints which record was left out, and why, on standard error."""
    say(left_out(skip), err=True)


def is_left_out(skip: Skip) -> bool:
    """Whether something is missing, and not only to be looked at."""
    return skip.stage != "encoding"


def left_out(skip: Skip) -> str:
    """Which record was left out, or is to be looked at, and why."""
    how = "left out" if is_left_out(skip) else "look at"
    return printable(f"{how}: {skip.key}: {skip.reason}")


def progress_console() -> Console:
    """Where progress is shown: standard error."""
    from rich.console import Console

    return Console(stderr=True)


def _bars(console: Console) -> Bars:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed or 0:.1f}/s")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[kept]} kept"),
    )
    return Bars(*columns, console=console, transient=True)


@contextmanager
def watching(quiet: bool) -> Iterator[ProgressOf]:
    """A bar for each service that answers, with its rate, what is left and what was kept.

    Only on a terminal.
    """
    from pipeline.build.asking import silent_progress

    if quiet or not (console := progress_console()).is_terminal:
        yield silent_progress
        return
    with _bars(console) as bars:
        shown: dict[str, TaskID] = {}
        remembered: Counter[str] = Counter()
        done: Counter[str] = Counter()
        totals: Counter[str] = Counter()

        def watch(source: str, keys: int, /) -> OnResult:
            totals[source] += keys
            if source in shown:
                bars.update(shown[source], total=totals[source])

            def on_result(result: LookupResult) -> None:
                done[source] += 1
                remembered[source] += result.kept
                # A service that never answers gets no bar.
                if source not in shown and result.state in ("found", "unknown"):
                    shown[source] = bars.add_task(source, total=totals[source], kept=0)
                if source in shown:
                    bars.update(shown[source], completed=done[source], kept=remembered[source])

            return on_result

        yield watch


@contextmanager
def reading_bar(quiet: bool) -> Iterator[Callable[[Path], BinaryIO]]:
    """How files are opened: with a bar of the bytes that are read, where there is a terminal."""
    from rich.progress import Progress

    console = progress_console()
    if quiet or not console.is_terminal:
        yield lambda path: path.open("rb")
        return
    with Progress(*_byte_columns(), console=console, transient=True) as bar:
        yield lambda path: bar.open(path, "rb", description=path.name)


def _byte_columns() -> tuple[ProgressColumn, ...]:
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    description = TextColumn("{task.description}")
    return description, BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()


def plan_lines(plans: Plans) -> Iterator[str]:
    """A line for each service: how much it would be asked, as a range where answers decide."""
    for plan in plans.each:
        keys = counted(plan.keys, "key")
        line = f"{plan.source:<27}{keys:>13} now, {counted(plan.least, 'request'):>14}"
        if plan.least < plan.most:
            line += f" at least, {plan.most:,} at most, {plan.requests:,} likely"
        yield line
    least, likely, most = map(_duration, (plans.least_s, plans.likely_s, plans.most_s))
    times = least if least == most else f"{least} at least, {most} at most, {likely} likely"
    yield f"Services are asked side by side: {times}. Nothing was asked."


def _duration(seconds: float) -> str:
    minutes, rest_s = divmod(round(seconds), 60)
    return f"{minutes} min {rest_s} s" if minutes else f"{rest_s} s"
