"""The commands: arguments in, one call, counts out.

The stages are imported where a command runs them, as they load libraries that `--help` does
not need.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import analyse, bulk, catalogue, export, people
from pipeline.cli.options import (
    AsJson,
    Asked,
    BulkFolder,
    CatalogueFolder,
    Email,
    EngineOption,
    FromSource,
    Inputs,
    Offline,
    Output,
    Overrides,
    Quiet,
    Refresh,
    Sources,
    Within,
    network_options,
)
from pipeline.cli.terminal import (
    progress_of,
    say,
    told,
    watching,
)

app = typer.Typer(
    help="Turn the digests you write while reading arXiv into a graph you can walk.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(catalogue.app, name="catalogue")
app.command(
    epilog="Example: digest-graph export -o outputs --format bibtex --tag ocr --to ocr-papers"
)(export.export)
app.add_typer(analyse.app)
app.add_typer(people.app)
app.command(epilog="Example: digest-graph bulk outputs --semantic-scholar s2/ --openalex works/")(
    bulk.bulk
)


@app.command(
    epilog="Example: digest-graph build ~/digests 2024-09-05.txt -o outputs",
)
def build(
    inputs: Inputs,
    output: Output = Path("outputs"),
    overrides: Overrides = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Put notes about no paper into the graph too.")
    ] = False,
    catalogue: CatalogueFolder = None,
    sources: Sources = None,
    email: Email = None,
    refresh: Refresh = None,
    references_from_source: FromSource = False,
    within: Within = None,
    bulk: BulkFolder = None,
    engine: EngineOption = "duckdb",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked of each service, and stop.")
    ] = False,
    offline: Offline = False,
    quiet: Quiet = False,
) -> None:
    """Build the graph of your digests: page, tables, GraphML, GEXF, report.

    It is drawn at once from what is at hand. What is missing is then asked of the services,
    politely, and kept, and the graph is drawn anew. Stop it at any time: the outputs are the best
    so far, and the next run goes on from there.
    """
    from pipeline.build.run import Inputs as RunInputs
    from pipeline.cli.building import build_and_tell, tell_plan

    network = network_options(
        Asked(offline, sources, email, refresh, references_from_source, within)
    )
    asked = RunInputs(
        *(tuple(inputs), overrides, output, everything, catalogue, network, engine, bulk)
    )
    if dry_run:
        tell_plan(asked, quiet)
    else:
        build_and_tell(asked, output, quiet)


@app.command(epilog="Example: digest-graph parse ~/vault --json > entries.jsonl")
def parse(
    inputs: Inputs,
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
    from pipeline.cli.listing import id_json_lines, id_lines, json_lines, table_lines

    if ids:
        for line in (id_json_lines if as_json else id_lines)(accounts(inputs, progress_of(quiet))):
            say(line)
        return
    for line in (json_lines if as_json else table_lines)(
        told(parsed(inputs, progress_of(quiet)), quiet)
    ):
        say(line)


@app.command(epilog="Example: digest-graph match ~/vault --json > matches.jsonl")
def match(
    inputs: Inputs,
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
    from pipeline.build.matching import matched
    from pipeline.build.network import opened_network
    from pipeline.catalogue.search import catalogue_or_none
    from pipeline.cli.listing import match_json_lines, match_table_lines
    from pipeline.settings.home import catalogue_folder

    options = network_options(Asked(offline, sources, email, refresh))
    with (
        catalogue_or_none(catalogue, catalogue_folder()) as known,
        watching(quiet) as watch,
        opened_network(options, watch) as network,
    ):
        hidden = ignore_printed_ids
        found = matched(inputs, overrides, known, network, printed_ids=not hidden)
        for line in (match_json_lines if as_json else match_table_lines)(told(found, quiet)):
            say(line)


@app.command(epilog="Example: digest-graph tags ~/vault")
def tags(
    inputs: Inputs,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List your tags, and which may be one, as lines for tags.toml."""
    from pipeline.build.reading import parsed
    from pipeline.cli.tags import rules_beside, tag_json_lines, tag_lines

    rules = rules_beside(inputs)
    entries = told(parsed(inputs, progress_of(quiet)), quiet)
    for line in (tag_json_lines if as_json else tag_lines)(entries, rules):
        say(line)


@app.command(
    epilog="Examples: digest-graph explain 2409.01524; digest-graph explain notes/may.txt:9; "
    'digest-graph explain "Yang Liu"',
)
def explain(
    query: Annotated[
        str,
        typer.Argument(
            help="An arXiv id in any form, FILE:LINE, a person's name, or words of a title."
        ),
    ],
    output: Output = Path("outputs"),
    as_json: AsJson = False,
) -> None:
    """Say why an entry, a paper or a person is what the graph says it is."""
    from pipeline.explain.papers import explanation, json_explanation

    say((json_explanation if as_json else explanation)(query, output))


@app.command(epilog="Example: digest-graph review -o outputs")
def review(
    output: Output = Path("outputs"),
    overrides: Annotated[
        Path, typer.Option(metavar="FILE", help="Where your decisions are written.")
    ] = Path("overrides.toml"),
) -> None:
    """Walk the undecided entries; your decisions go to overrides.toml, one by one."""
    from rich.console import Console

    from pipeline.explain.review import review as reviewed

    reviewed(output, overrides, input, Console(highlight=False).print)


@app.command(epilog="Example: digest-graph doctor --offline")
def doctor(
    as_json: AsJson = False,
    catalogue: CatalogueFolder = None,
    offline: Offline = False,
) -> None:
    """Say which services answer, what is kept, which keys are set, and what to do next."""
    from pipeline.doctor import examined, json_text, text_lines
    from pipeline.settings.keys import settings

    findings = examined(settings(), catalogue, offline=offline)
    for line in [json_text(findings)] if as_json else text_lines(findings):
        say(line)
