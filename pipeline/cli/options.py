"""The options that several commands take, and what they say of the network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pipeline.model.errors import UsageError
from pipeline.settings.paths import usable_path
from pipeline.settings.project import PROJECT_NAME, Project, ProjectError, project


def _or_written(context: typer.Context, parameter: typer.CallbackParam, value: Any) -> Any:
    """What the command line says; where it is silent, what `digest-graph.toml` says.

    An empty text on the command line takes back what the file says.
    """
    source = context.get_parameter_source(parameter.name or "")
    if not context.resilient_parsing and source is not None and source.name == "DEFAULT":
        written = getattr(_project(context), parameter.opts[0].lstrip("-").replace("-", "_"))
        value = value if written in (None, ()) else written
    if value in ("", [""]):
        return None
    return usable_path(value) if isinstance(value, Path) else value


def _project(context: typer.Context) -> Project:
    """What the file says; `doctor`, which tells of its faults, goes on without one that has any."""
    try:
        return project()
    except ProjectError:
        if context.command.name != "doctor":
            raise
        return Project()


def _given(context: typer.Context, value: list[Path] | None) -> list[Path] | None:
    """The inputs of the command line, else those of `digest-graph.toml`."""
    return value if value or context.resilient_parsing else written_inputs()


def written_inputs() -> list[Path]:
    """The inputs of `digest-graph.toml`. Raises UsageError where it names none."""
    written = list(project().inputs)
    if not written:
        message = f"nothing to read. Give files or folders, or inputs in {PROJECT_NAME}"
        raise UsageError(f"{message}: `digest-graph init` writes it.")
    return written


INPUTS_HELP = (
    "Files, folders, patterns, .zip archives, - for standard input, Zotero's folder, or zotero: "
    "while it runs; any mix."
)
InputsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="INPUT",
        callback=_given,
        show_default=False,
        help=f"{INPUTS_HELP} [default: inputs of {PROJECT_NAME}]",
    ),
]
MaybeInputs = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="INPUT",
        show_default=False,
        help=f"{INPUTS_HELP} [default: inputs of {PROJECT_NAME}]",
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GLOB",
        callback=_or_written,
        help="Do not read this, as in a .gitignore: drafts/, *.tmp.md. Once or more.",
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="FOLDER", callback=_or_written, help="Where the results are."
    ),
]
NameOption = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        callback=_or_written,
        help="What the page calls your reading [default: the inputs' folder].",
    ),
]
Overrides = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        callback=_or_written,
        help="Your own decisions [default: overrides.toml, here or beside inputs].",
    ),
]
CatalogueFolder = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        metavar="DIR",
        callback=_or_written,
        help="A local catalogue of arXiv [default: the one `catalogue build` made, if any].",
    ),
]
BulkFolderOption = Annotated[
    Path | None,
    typer.Option(
        "--bulk",
        metavar="FOLDER",
        callback=_or_written,
        help="What public dumps say of papers [default: what `bulk` made, if anything].",
    ),
]
EngineOption = Annotated[
    Literal["duckdb", "spark"],
    typer.Option("--engine", help="What the tables are made with; Spark on a cluster."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")]
Offline = Annotated[
    bool,
    typer.Option(
        "--offline/--no-offline",
        envvar="DIGEST_GRAPH_OFFLINE",
        show_envvar=False,
        show_default=False,
        callback=_or_written,
        help="Make no network request; what was answered before is used.",
    ),
]
Sources = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        callback=_or_written,
        help="The services to ask, with commas; +NAME beside the usual ones.",
    ),
]
Email = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Told to the services, so that they can reach you."),
]
Refresh = Annotated[
    str | None,
    typer.Option(
        metavar="DAYS", callback=_or_written, help="Ask again for what is older, such as 30d."
    ),
]
FromSource = Annotated[
    bool,
    typer.Option(
        "--references-from-source/--no-references-from-source",
        show_default=False,
        callback=_or_written,
        help="Read references from each paper's source at arXiv too.",
    ),
]
Within = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", callback=_or_written, help="Ask for so long at most, such as 50s or 10m."
    ),
]
Everything = Annotated[
    bool,
    typer.Option(
        "--everything/--no-everything",
        show_default=False,
        callback=_or_written,
        help="Put notes about no paper into the graph too.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
