"""`digest-graph mcp`: the graph for a language model, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.build.loading import load_mcp
from pipeline.cli.options import Output
from pipeline.cli.terminal import say
from pipeline.model.errors import DataError, UsageError

app = typer.Typer()


@app.command(epilog="Example: digest-graph mcp -o ~/digests/outputs")
def mcp(output: Output = Path("outputs")) -> None:
    """Serve the graph to a language model: search, papers, paths, months, each with its evidence.

    It speaks the Model Context Protocol on standard input and output until that is closed, reads
    the build in the folder, the latest one at each question, and writes nothing. A program that
    talks to a model starts it; docs/mcp.md says how.
    """
    try:
        load_mcp()
        from pipeline.mcp_server.server import served
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "pydantic"):
            raise
        remedy = "Install it: pip install 'arxiv-digest-graph[mcp]'"
        raise UsageError(f"the package mcp is not installed. {remedy}") from None
    from pipeline.store.standard_input import standard_input
    from pipeline.store.tables import read_graph

    standard_input("A program that talks to a model starts this command and pipes to it.")
    try:
        read_graph(output)
    except DataError as error:
        # A build may come while it runs; until then each question is told the same.
        say(str(error), err=True)
    served(output).run("stdio")
