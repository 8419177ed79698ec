"""`digest-graph build`: what is there at once, who is being asked, what is missing at last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.build.asked import Asked, asks_nobody, network_options
from pipeline.build.asked import Inputs as RunInputs
from pipeline.build.loading import load_light
from pipeline.cli.options import (
    AsJson,
    BulkFolderOption,
    CatalogueFolder,
    Email,
    EngineOption,
    Everything,
    Exclude,
    FromSource,
    InputsArgument,
    NameOption,
    Offline,
    Output,
    Overrides,
    Quiet,
    Refresh,
    Sources,
    Within,
)
from pipeline.cli.terminal import (
    is_left_out,
    left_out,
    plan_lines,
    progress_of,
    say,
    watching,
)
from pipeline.model.counting import counted
from pipeline.model.printing import json_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.build.finding import Listed
    from pipeline.build.run import Drawn
    from pipeline.build.unchanged import Said
    from pipeline.model.tables import Build

app = typer.Typer()
MOST_SKIPS_TOLD = 5
_HELD: list[Build] = []
"""The last graph, to the end of the process, which comes sooner than it can be taken apart."""


@app.command(
    epilog="Example: digest-graph build ~/digests 2024-09-05.txt -o outputs",
)
def build(
    inputs: InputsArgument = None,
    exclude: Exclude = None,
    output: Output = Path("outputs"),
    name: NameOption = None,
    overrides: Overrides = None,
    everything: Everything = False,
    catalogue: CatalogueFolder = None,
    sources: Sources = None,
    email: Email = None,
    refresh: Refresh = None,
    references_from_source: FromSource = False,
    within: Within = None,
    bulk: BulkFolderOption = None,
    engine: EngineOption = "duckdb",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked of each service, and stop.")
    ] = False,
    offline: Offline = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Build the graph of your digests: page, tables, GraphML, GEXF, report.

    It is drawn at once from what is at hand. What is missing is then asked of the services,
    politely, and kept, and the graph is drawn anew. Stop it at any time: the outputs are the best
    so far, and the next run goes on from there.
    """
    network = network_options(
        Asked(offline, sources, email, refresh, references_from_source, within)
    )
    asked = RunInputs(
        *(tuple(inputs or ()), overrides, output, everything, catalogue, network, engine, bulk),
        tuple(exclude or ()),
        name,
    )
    if dry_run:
        tell_plan(asked, as_json, quiet)
    else:
        build_and_tell(asked, output, as_json, quiet)


def tell_plan(asked: RunInputs, as_json: bool, quiet: bool) -> None:
    """Prints what a build would ask of whom."""
    load_light()
    from pipeline.build.run import planned

    plans = planned(asked, progress_of(quiet))
    as_objects = (json_line(plan._asdict()) for plan in plans.each)
    for line in as_objects if as_json else plan_lines(plans):
        say(line)


def build_and_tell(asked: RunInputs, output: Path, as_json: bool, quiet: bool) -> None:
    """Writes the graph at once, and again as services answer; says so, and what is missing.

    After Ctrl-C what was answered is written before KeyboardInterrupt is raised.
    """
    from pipeline.build.reading_ahead import reading_ahead
    from pipeline.build.unchanged import last_time, rules_mark
    from pipeline.store.outputs import claimed

    # Who would lose a race for the folder hears of it before the work, not after it.
    with claimed(output):
        rules = rules_mark(asked, as_json, quiet)
        last = last_time(asked, rules)
        if last.said is None:
            with reading_ahead(last.listed) as listed:
                _build_and_tell(asked, rules, listed, as_json=as_json, quiet=quiet)
        for each in last.said or ():
            say(each.text, err=each.err)


def _build_and_tell(
    asked: RunInputs, rules: bytes | None, listed: Listed | None, *, as_json: bool, quiet: bool
) -> None:
    load_light()
    from pipeline.build.inputs import KeptOpen
    from pipeline.build.run import builds, write
    from pipeline.build.second_process import SecondProcess

    progress, output = progress_of(quiet), asked.kept_in or Path()
    with SecondProcess(may_copy=asks_nobody(asked)) as beside, watching(quiet) as watch:
        drawing = builds(asked, progress, watch, kept_open=KeptOpen(None, beside, listed))
        for number, last in enumerate(drawing):
            drawn = last
            try:
                write(drawn.graph, output, progress, is_claimed=True, beside=beside)
            except KeyboardInterrupt as stopped:
                # What was being written is not there; the graph of all that was answered will be.
                drawn = drawing.throw(stopped)
                write(drawn.graph, output, progress, is_claimed=True, beside=beside)
            if drawn.left_s is None:
                _HELD[:] = [drawn.graph]
                _tell_end(drawn, asked, rules, as_json=as_json, quiet=quiet)
            elif number == 0 and not quiet:
                time_left, page = _in_words(drawn.left_s or 0.0), output / "graph.html"
                say(f"Open {page}; asking services, {time_left} left, Ctrl-C keeps all.", err=True)


def _tell_end(
    drawn: Drawn, asked: RunInputs, rules: bytes | None, *, as_json: bool, quiet: bool
) -> None:
    """Says what was built, and remembers it for the next time, if that would be the same."""
    from pipeline.build.unchanged import Said, keep_said

    output, said = asked.kept_in or Path(), list[Said]()
    if as_json:
        said.append(Said(json_line(_counts(drawn.graph, asked, output)), err=False))
    elif not quiet:
        said += _end(drawn.graph, asked, output)
    for each in said:
        say(each.text, err=each.err)
    # What is new, or was moved, since the build before is not so any more after the next; and
    # what could not be read of that may be read of this one.
    unread = any(Path(skip.key).parent == output.absolute() for skip in drawn.graph.skips)
    if not (drawn.graph.newly_read or drawn.graph.moved or unread):
        keep_said(asked, rules, drawn.read, said)


def _end(built: Build, asked: RunInputs, output: Path) -> Iterator[Said]:
    from pipeline.build.silent_services import silent_services
    from pipeline.build.unchanged import Said
    from pipeline.build.wanting import nobody_answered
    from pipeline.settings.paths import shadows

    for skip in built.skips[:MOST_SKIPS_TOLD]:
        yield Said(left_out(skip), err=True)
    yield Said(_counted(built, output), err=False)
    client = asked.network.client if asked.network else None
    missing = _wanting(built, asked)
    for sentence in shadows():
        yield Said(f"{sentence}.", err=True)
    if client and not nobody_answered(built):
        for sentence in silent_services(built.told):
            yield Said(sentence, err=True)
    if missing:
        yield Said(missing, err=True)


def _wanting(graph: Build, asked: RunInputs) -> str | None:
    from pipeline.build.wanting import Means, wanting

    client = asked.network.client if asked.network else None
    keys = frozenset(client.credentials) if client else frozenset()
    return wanting(graph, Means(keys, offline=client is None))


def _counts(graph: Build, asked: RunInputs, output: Path) -> dict[str, object]:
    """What a build made, for scripts."""
    verdicts = [match.verdict for match in graph.matches]
    return {
        "entries": len(verdicts),
        **{
            verdict: verdicts.count(verdict) for verdict in ("matched", "not_on_arxiv", "undecided")
        },
        "left_out": sum(map(is_left_out, graph.skips)),
        "nodes": graph.nodes.num_rows,
        "edges": graph.edges.num_rows,
        "output": str(output),
        "page": str(output / "graph.html"),
        "missing": _wanting(graph, asked),
    }


def _in_words(seconds: float) -> str:
    """A time that is left, in words.

    >>> _in_words(20.0), _in_words(80.0), _in_words(3600.0)
    ('about 20 s', 'about 2 min', 'about 60 min')
    """
    return f"about {seconds:.0f} s" if seconds < 60 else f"about {-(-seconds // 60):.0f} min"


def _counted(built: Build, output: Path) -> str:
    from pipeline.model.id_ledger import ledger_line

    matched = sum(match.verdict == "matched" for match in built.matches)
    counts = [
        f"{counted(len(built.matches), 'entry', 'entries')}, {matched} matched",
        f"{counted(built.nodes.num_rows, 'node')}, {counted(built.edges.num_rows, 'edge')}",
    ]
    left_out_records = sum(map(is_left_out, built.skips))
    if left_out_records:
        counts.insert(1, f"{counted(left_out_records, 'record')} left out (skips.csv)")
    counts.append(ledger_line(built.printed).rstrip("."))
    return f"{'; '.join(counts)}. Open {output / 'graph.html'}, read {output / 'report.md'}."
