"""`digest-graph parse|match|tags`: what was understood of digests, before any graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.build.asked import Asked, network_options
from pipeline.cli.options import (
    AsJson,
    CatalogueFolder,
    Email,
    Exclude,
    InputsArgument,
    MaybeInputs,
    Offline,
    Overrides,
    Quiet,
    Refresh,
    Sources,
    written_inputs,
)
from pipeline.cli.terminal import progress_of, say, told, watching
from pipeline.model.errors import UsageError

app = typer.Typer()


@app.command(epilog="Example: digest-graph parse ~/vault --json > entries.jsonl")
def parse(
    inputs: InputsArgument = None,
    exclude: Exclude = None,
    ids: Annotated[
        bool,
        typer.Option(
            "--ids", help="Say where each printed arXiv id went: own, mention, or nowhere and why."
        ),
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Print what was understood of your digests: an entry a line."""
    from pipeline.build.reading import accounts, parsed
    from pipeline.cli.answers import room
    from pipeline.cli.listing import id_json_lines, id_lines, json_lines, table_lines

    if ids:
        for line in (id_json_lines if as_json else id_lines)(
            accounts(inputs or (), progress_of(quiet), exclude or ())
        ):
            say(line)
        return
    read = told(parsed(inputs or (), progress_of(quiet), exclude or ()), quiet)
    for line in json_lines(read) if as_json else table_lines(read, room()):
        say(line)


@app.command(epilog="Example: digest-graph match ~/vault --json > matches.jsonl")
def match(
    inputs: InputsArgument = None,
    exclude: Exclude = None,
    overrides: Overrides = None,
    ignore_printed_ids: Annotated[
        bool,
        typer.Option("--ignore-printed-ids", help="Hide the links of entries, to test matching."),
    ] = False,
    as_json: AsJson = False,
    catalogue: CatalogueFolder = None,
    sources: Sources = None,
    email: Email = None,
    refresh: Refresh = None,
    offline: Offline = False,
    quiet: Quiet = False,
) -> None:
    """Print which arXiv id each entry is, how surely, and why.

    Entries that the facts that ship and the catalogue leave open are looked for at arXiv and
    Semantic Scholar.
    """
    from pipeline.build.matching import all_overrides, matched
    from pipeline.build.network import opened_network
    from pipeline.build.reading import parsed
    from pipeline.catalogue.search import catalogue_or_none
    from pipeline.cli.answers import room
    from pipeline.cli.listing import match_json_lines, match_table_lines
    from pipeline.settings.home import catalogue_folder
    from pipeline.store.inputs import found_inputs

    options = network_options(Asked(offline, sources, email, refresh))
    with (
        catalogue_or_none(catalogue, catalogue_folder()) as papers,
        watching(quiet) as watch,
        opened_network(options, watch) as network,
    ):
        records = parsed(inputs or (), exclude=exclude or ())
        by_hand = all_overrides(overrides, found_inputs(inputs or ()))
        outcomes = matched(records, by_hand, papers, network, printed_ids=not ignore_printed_ids)
        matches = told(outcomes, quiet)
        for line in match_json_lines(matches) if as_json else match_table_lines(matches, room()):
            say(line)


@app.command(epilog="Examples: digest-graph tags ~/vault; digest-graph tags -o outputs")
def tags(
    inputs: MaybeInputs = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Of the graph that is here instead."),
    ] = None,
    exclude: Exclude = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List your tags, and which may be one, as lines for tags.toml.

    Of digests, or with -o of a graph that was built, where suggestions are in report.md.
    """
    from pipeline.build.reading import parsed
    from pipeline.cli.tags import graph_tag_lines, rules_beside, tag_json_lines, tag_lines

    if output is not None:
        if inputs:
            raise UsageError("-o names a graph, and INPUT digests: give one of the two.")
        for line in graph_tag_lines(output, as_json):
            say(line)
        return
    inputs = inputs or written_inputs()
    rules = rules_beside(inputs)
    entries = told(parsed(inputs, progress_of(quiet), exclude or ()), quiet)
    for line in (tag_json_lines if as_json else tag_lines)(entries, rules):
        say(line)
