"""`digest-graph watch`: the graph grows while you write, and the open page with it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.build.asked import Asked, asks_nobody, network_options, seconds
from pipeline.build.loading import load_light
from pipeline.cli.options import (
    BulkFolderOption,
    CatalogueFolder,
    Email,
    Everything,
    Exclude,
    InputsArgument,
    NameOption,
    Offline,
    Output,
    Overrides,
    Quiet,
    Refresh,
    Sources,
)
from pipeline.cli.terminal import progress_of, say
from pipeline.model.counting import counted
from pipeline.model.errors import UsageError

if TYPE_CHECKING:
    from pipeline.build.run import Inputs as RunInputs
    from pipeline.build.watching import Redrawn

app = typer.Typer()
Port = Annotated[
    int, typer.Option(metavar="PORT", min=0, max=65535, help="Of the page [default: a free one].")
]

For = Annotated[
    str | None, typer.Option("--for", metavar="TIME", help="End after so long, such as 8h.")
]


@app.command(epilog="Example: digest-graph watch ~/vault -o outputs --offline")
def watch(
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
    bulk: BulkFolderOption = None,
    port: Port = 0,
    most: For = None,
    offline: Offline = False,
    quiet: Quiet = False,
) -> None:
    """Draw the graph anew whenever you save a note, and renew the page that is open.

    The page is served to this machine alone, at the address that is printed; the files in the
    output folder are those of `build`. Services answer meanwhile. Ctrl-C ends it.
    """
    load_light()
    from pipeline.build.run import Inputs as RunInputs

    network = network_options(Asked(offline, sources, email, refresh))
    asked = RunInputs(
        *(tuple(inputs or ()), overrides, output, everything, catalogue, network),
        bulk=bulk,
        exclude=tuple(exclude or ()),
        name=name,
    )
    try:
        _watch_and_tell(asked, (port, seconds(most, "--for")), quiet)
    except KeyboardInterrupt:
        say("Stopped; the outputs are whole.", err=True)


def _watch_and_tell(asked: RunInputs, serving: tuple[int, float | None], quiet: bool) -> None:
    from pipeline.build.inputs import KeptOpen
    from pipeline.build.network import opened_network
    from pipeline.build.run import write
    from pipeline.build.second_process import SecondProcess
    from pipeline.build.serving import served
    from pipeline.build.watching import changes, redrawn
    from pipeline.export.explorer_page import page_of
    from pipeline.store.inputs import found_inputs
    from pipeline.store.outputs import claimed

    found_inputs(asked.paths)
    (port, most_s), output = serving, asked.kept_in or Path()
    with ExitStack() as stack:
        stack.enter_context(claimed(output))
        network = stack.enter_context(opened_network(asked.network))
        kept_open = KeptOpen(
            network, stack.enter_context(SecondProcess(may_copy=asks_nobody(asked)))
        )
        try:
            server = stack.enter_context(served(port))
        except OSError as error:
            raise UsageError(f"--port {port}: {error.strerror}. Give another one.") from error
        progress = progress_of(quiet)
        for number, each in enumerate(redrawn(asked, changes(asked, most_s), kept_open, progress)):
            if each.graph:
                # Whoever looks at the page does not wait for the other files.
                server.renew(page_of(each.graph))
            if number == 0:
                say(f"Open {server.address}; it renews itself. Ctrl-C ends.")
            if not quiet:
                _tell(each)
            if each.graph:
                write(each.graph, output, is_claimed=True, beside=kept_open.beside)


def _tell(redrawn: Redrawn) -> None:
    if redrawn.graph is None:
        say(f"digest-graph: {redrawn.why_not} The page stays as it was.", err=True)
        return
    entries = counted(len(redrawn.graph.matches), "entry", "entries")
    nodes = counted(redrawn.graph.nodes.num_rows, "node")
    say(f"Drawn: {entries}, {nodes}; {redrawn.took_s:.1f} s.", err=True)
