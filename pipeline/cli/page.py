"""`digest-graph open`: the page of a build, in the browser."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

import typer

from pipeline.cli.options import AsJson, Output
from pipeline.cli.terminal import say
from pipeline.model.errors import DigestGraphError
from pipeline.model.printing import json_line

app = typer.Typer()
PAGE = "graph.html"
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


@app.command(name="open", epilog="Example: digest-graph open -o outputs")
def open_page(output: Output = Path("outputs"), as_json: AsJson = False) -> None:
    """Open the page of the graph in your browser; where there is none, say where it lies."""
    page = output / PAGE
    if not page.is_file():
        raise DigestGraphError(f"{page}: no such page. `digest-graph build` makes it.")
    address = page.absolute().as_uri()
    opened = _has_screen() and webbrowser.open(address)
    if as_json:
        say(json_line({"page": str(page), "address": address, "opened": opened}))
    elif opened:
        say(f"Opened {page}.")
    else:
        say(f"There is no browser to open it in here. The page is {page.absolute()}")


def _has_screen() -> bool:
    """Whether a browser would have a screen to show the page on."""
    if sys.platform in ("darwin", "win32"):
        return True
    return any(os.environ.get(name) for name in _SCREENS)
