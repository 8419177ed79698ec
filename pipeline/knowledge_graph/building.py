"""A graph built from digests in a notebook: `from pipeline import build; g = build("~/vault")`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from pipeline.build.asked import Asked, network_options
from pipeline.build.long_work import silent
from pipeline.build.run import Inputs, write
from pipeline.build.run import build as built
from pipeline.knowledge_graph.whole import KnowledgeGraph
from pipeline.model.errors import UsageError
from pipeline.model.records import Progress
from pipeline.settings.project import PROJECT_NAME, project

T = TypeVar("T")
_OFFLINE = "DIGEST_GRAPH_OFFLINE"


def build(
    *inputs: str | Path | Iterable[str | Path],
    output: str | Path | None = None,
    offline: bool | None = None,
    exclude: Sequence[str] = (),
    quiet: bool = False,
) -> KnowledgeGraph:
    """The graph of these files and folders, with a bar while it is made.

    Parameters
    ----------
    *inputs
        Files, folders, patterns and archives, or lists of them, as for `digest-graph build`; `~`
        is the home. Where none is given, and for what else is left out, `digest-graph.toml` beside
        the notebook says.
    output
        A folder for the files of a build, from which `load` reads it again; without one nothing
        is written, and `explain` has nothing to read.
    offline
        Ask no service; what was answered before is used.
    exclude
        What is not read, as in a `.gitignore`.
    quiet
        Show no bar.

    Raises
    ------
    UsageError
        Where nothing is named, or what is named is not there.
    DigestGraphError
        Where nothing in it is an entry.
    """
    said = project()
    paths = tuple(_paths(inputs)) if inputs else said.inputs
    if not paths:
        raise UsageError(
            f'nothing to read. Name folders: build("~/vault"), or make {PROJECT_NAME}.'
        )
    place = said.output if output is None and not inputs else output
    folder = None if place is None else Path(place).expanduser()
    if offline is None:
        offline = bool(os.environ.get(_OFFLINE)) or bool(said.offline)
    network = network_options(Asked(offline, said.sources, said.email, said.refresh))
    options = Inputs(paths, said.overrides, folder, bool(said.everything), said.catalogue, network)
    chosen = options._replace(bulk=said.bulk, exclude=(*exclude, *said.exclude))
    with nullcontext(silent) if quiet else _bar() as progress:
        made = built(chosen, progress)
        if folder is None:
            return KnowledgeGraph(made.nodes, made.edges, made.coverage)
        write(made, folder, progress)
    return KnowledgeGraph(made.nodes, made.edges, made.coverage, folder)


def _paths(inputs: Iterable[object]) -> Iterator[Path]:
    for each in inputs:
        if isinstance(each, (str, Path)):
            yield Path(each).expanduser()
        elif isinstance(each, Iterable) and not isinstance(each, bytes):
            yield from _paths(each)
        else:
            raise UsageError(f'{each!r} is no path. Give one, such as build("~/vault").')


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar below the cell, or on a terminal, of each stage in turn; it is gone after the block."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    console = Console()
    if not (find_spec("ipywidgets") if console.is_jupyter else console.is_terminal):
        yield silent
        return
    with Bars(console=console, transient=True) as bars:

        def shown(items: Iterable[T], stage: str, /) -> Iterator[T]:
            for task in bars.task_ids:
                bars.remove_task(task)
            yield from bars.track(items, description=stage)

        try:
            yield shown
        finally:
            # What rich tells a terminal last would stay in a notebook, as an empty line.
            console.quiet = console.is_jupyter
