"""`digest-graph docs`: the pages of the documentation, which every installation has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import AsJson
from pipeline.cli.terminal import say
from pipeline.model.errors import DataError, UsageError

app = typer.Typer()
_HERE = Path(__file__).parent.parent
FOLDERS = (_HERE / "docs", _HERE.parent / "docs")
"""Where the pages lie: in what was installed from a wheel, and in a checkout."""


@app.command(epilog="Examples: digest-graph docs; digest-graph docs formats")
def docs(
    page: Annotated[
        str | None, typer.Argument(metavar="[PAGE]", help="Its name; else all are listed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a page of the documentation, or list all pages; needs no network."""
    from pipeline.model.printing import json_line

    pages = _pages()
    if page is None:
        rows = [
            {"page": name, "title": _title(path), "file": str(path)} for name, path in pages.items()
        ]
        for row in rows:
            say(json_line(row) if as_json else f"{row['page']:<12} {row['title']}")
        return
    path = pages.get(page.casefold().removeprefix("docs/").removesuffix(".md"))
    if path is None:
        raise UsageError(f'there is no page "{page}". There are {", ".join(pages)}.')
    text = path.read_text(encoding="utf-8")
    if as_json:
        say(json_line({"page": path.stem, "title": _title(path), "file": str(path), "text": text}))
    else:
        _show(text)


def _pages() -> dict[str, Path]:
    """The pages by name, the first one to read first."""
    for folder in FOLDERS:
        pages = sorted(folder.glob("*.md"), key=lambda path: (path.stem != "index", path.stem))
        if pages:
            return {path.stem: path for path in pages}
    raise DataError(FOLDERS[0], "has no pages", "Install the program again.")


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return next((line[2:].strip() for line in file if line.startswith("# ")), path.stem)


def _show(text: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    if console.is_terminal:
        console.print(Markdown(text))
    else:
        say(text.rstrip("\n"))
