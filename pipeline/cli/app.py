"""All commands in one program. Each is in a module of its own; `sections` has their order.

The stages are imported where a command runs them, as they load libraries that `--help` does
not need.
"""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli import (
    analyse,
    build,
    bulk,
    catalogue,
    docs,
    entries,
    evidence,
    export,
    init,
    looking,
    mcp,
    month,
    notes,
    page,
    people,
    watch,
)
from pipeline.cli.sections import Sections
from pipeline.cli.terminal import say

app = typer.Typer(
    cls=Sections,
    help="Turn the digests you write while reading arXiv into a graph you can walk.",
    epilog="Begin with: digest-graph init",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
MODULES = (
    *(init, build, page, looking, analyse, evidence, export, entries, people, bulk, docs, watch),
    *(notes, mcp, month),
)
for module in MODULES:
    app.add_typer(module.app)
app.add_typer(catalogue.app, name="catalogue")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        say(f"digest-graph {version('arxiv-digest-graph')}")
        raise typer.Exit


@app.callback()
def digest_graph(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", is_eager=True, callback=_version, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Turn the digests you write while reading arXiv into a graph you can walk."""
