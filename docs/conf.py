"""The site of these pages (`make docs`), with what the program itself can say of its parts.

Two pages hold a mark that is filled while the site is made: the help of every command, and the
columns of every table. Nothing is fetched, neither here nor by who reads the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import typer

from pipeline.cli.app import app as commands
from pipeline.model import tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from typer.core import TyperCommand, TyperGroup

project = html_title = "arxiv-digest-graph"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
smartquotes = False
myst_heading_anchors = 3
# One backtick is code in our docstrings, as in Markdown.
default_role = "code"
add_module_names = False
autodoc_member_order = "bysource"
napoleon_google_docstring = False
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"

HELP_WIDTH = 92
WORDS = {
    "string": "text",
    "int64": "whole number",
    "double": "number",
    "bool": "true or false",
    "date32[day]": "day",
}


def setup(app: Sphinx) -> None:
    """Fills the marks of a page as it is read, and makes docstrings fit for Sphinx."""

    def fill(_app: Sphinx, _page: str, source: list[str]) -> None:
        source[0] = filled(source[0])

    def fit(_app: Sphinx, kind: str, *rest: list[str]) -> None:
        rest[-1][:] = fitted(rest[-1], kind)

    app.connect("source-read", fill)
    # Before napoleon (500), which takes "Papers by id: all" of a property for "type: meaning".
    app.connect("autodoc-process-docstring", fit, priority=400)


def fitted(lines: list[str], kind: str) -> list[str]:
    r"""A docstring as reStructuredText wants it: code ends where a word goes on behind it.

    >>> fitted(["all `month`s"], "function"), fitted(["Papers by id: all"], "property")
    (['all `month`\\ s'], ['', 'Papers by id: all'])
    """
    found = [re.sub(r"(?<!`)(`[^`]+`)(?=\w)", r"\1\\ ", line) for line in lines]
    return ["", *found] if kind == "property" else found


def filled(text: str) -> str:
    """A page in which help, and the columns of the tables that it names, stand where marked."""
    if "<!-- help -->" in text:
        text = text.replace("<!-- help -->", "\n".join(help_lines()))
    if "<!-- columns -->" in text:
        declared = [table for table in vars(tables).values() if isinstance(table, tables.Table)]
        named = [table for table in declared if f"`{table.name}.parquet`" in text]
        lines = (line for table in named for line in column_lines(table))
        text = text.replace("<!-- columns -->", "\n".join(lines))
    return text


def help_lines() -> Iterator[str]:
    """A section a command: what `--help` prints, in the order in which `--help` lists them."""
    for name, command in commands_of("digest-graph", typer.main.get_command(commands)):
        context = command.make_context(
            name,
            [],
            resilient_parsing=True,
            terminal_width=HELP_WIDTH,
            max_content_width=HELP_WIDTH,
        )
        yield from (f"### {name}", "", "```text", command.get_help(context).rstrip(), "```", "")


def commands_of(
    name: str, command: TyperCommand | TyperGroup
) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """A command and those below it, each with the words that call it."""
    yield name, command
    for below, one in getattr(command, "commands", {}).items():
        yield from commands_of(f"{name} {below}", one)


def column_lines(table: tables.Table) -> Iterator[str]:
    """A section: name, type and meaning of each column."""
    yield from (f"### {table.name}.parquet", "", f"In order of {', '.join(table.sorted_by)}.", "")
    yield from ("| column | holds | meaning |", "|---|---|---|")
    for column in table.columns:
        maybe = "" if column.required else ", or nothing"
        yield f"| `{column.name}` | {in_words(column.type)}{maybe} | {column.meaning} |"
    yield ""


def in_words(kind: pa.DataType) -> str:
    """An Arrow type in words.

    >>> in_words(pa.list_(pa.date32())), in_words(pa.struct({"id": pa.string()}))
    ('list of day', '{id}')
    """
    if pa.types.is_list(kind):
        return f"list of {in_words(kind.value_type)}"
    if pa.types.is_struct(kind):
        return f"{{{', '.join(field.name for field in kind)}}}"
    return WORDS.get(str(kind), str(kind))
