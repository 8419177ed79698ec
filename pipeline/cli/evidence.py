"""`digest-graph explain|review|doctor`: why things are so, and what is left to the reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, CatalogueFolder, Offline, Output
from pipeline.cli.terminal import say
from pipeline.model.printing import json_line

if TYPE_CHECKING:
    from pipeline.explain.undecided import Undecided

app = typer.Typer()


@app.command(
    epilog="Examples: digest-graph explain 2409.01524; digest-graph explain notes/may.txt:9; "
    'digest-graph explain "Yang Liu"',
)
def explain(
    query: Annotated[
        str,
        typer.Argument(
            help="An arXiv id in any form, FILE:LINE or FILE, a person's name, or words of a title."
        ),
    ],
    output: Output = Path("outputs"),
    as_json: AsJson = False,
) -> None:
    """Say why an entry, a paper or a person is what the graph says it is."""
    from pipeline.cli.answers import say_fitted
    from pipeline.explain.papers import explanation, json_explanation

    if as_json:
        say(json_explanation(query, output))
        return
    say_fitted(explanation(query, output))


@app.command(epilog="Example: digest-graph review -o outputs")
def review(
    output: Output = Path("outputs"),
    overrides: Annotated[
        Path, typer.Option(metavar="FILE", help="Where your decisions are written.")
    ] = Path("overrides.toml"),
    as_json: AsJson = False,
) -> None:
    """Walk the undecided entries; your decisions go to overrides.toml, one by one.

    With --json nothing is asked: it lists what is undecided.
    """
    if as_json:
        from pipeline.explain.undecided import undecided_entries

        for undecided in undecided_entries(output):
            say(json_line(_undecided_row(undecided)))
        return
    from rich.console import Console

    from pipeline.explain.review import review as reviewed

    reviewed(output, overrides, input, Console(highlight=False).print)


def _undecided_row(undecided: Undecided) -> dict[str, object]:
    entry, candidates = undecided.entry, [candidate.arxiv_id for candidate in undecided.candidates]
    place = {"file": entry.file, "line_start": entry.line_start, "title": entry.title}
    return {**place, "reason": undecided.reason, "candidates": candidates}


@app.command(epilog="Example: digest-graph doctor --offline")
def doctor(
    as_json: AsJson = False,
    catalogue: CatalogueFolder = None,
    offline: Offline = False,
) -> None:
    """Say which services answer, what is kept, which keys are set, and what to do next."""
    from pipeline.cli.answers import narrowed, room
    from pipeline.doctor import examined, json_text, text_lines
    from pipeline.settings.keys import usable_settings
    from pipeline.settings.paths import shadows
    from pipeline.settings.project import ProjectError, project

    settings = usable_settings()
    try:
        project()
    except ProjectError as error:
        settings = replace(settings, faults=tuple(dict.fromkeys([*settings.faults, str(error)])))
    settings = replace(settings, warnings=(*settings.warnings, *shadows()))
    findings = examined(settings, catalogue, offline=offline)
    if as_json:
        say(json_text(findings))
        return
    for line in text_lines(findings):
        for part in narrowed(line, room()):
            say(part)
