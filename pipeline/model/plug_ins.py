"""Formats, sources and exporters of other packages, which name them as entry points.

A package says in its `pyproject.toml`, for each of the three groups what it has:
`[project.entry-points."arxiv_digest_graph.formats"]`, then `toy = "toy_digests:FORMAT"`. The name
is the one that users give; CONTRIBUTING.md has an example of each.
https://packaging.python.org/en/latest/specifications/entry-points/
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import PlugInError
from pipeline.model.records import Format
from pipeline.model.services import Source

if TYPE_CHECKING:
    from pipeline.model.tables import GraphFile

PREFIX = "arxiv_digest_graph"


def plugged_formats(own: Collection[str]) -> tuple[Format, ...]:
    """The digest formats of other packages, by name; `own` are the names that are taken.

    Raises PlugInError for one that cannot be loaded, is no `Format`, or has a name that is taken.
    """
    return tuple(_named(own, "formats", Format).values())


def plugged_sources(own: Collection[str] = ()) -> tuple[Source, ...]:
    """The services of other packages, by name. Raises PlugInError, also for one without hosts."""
    sources = _named(own, "sources", Source)
    for name, source in sources.items():
        if source.service is None:
            raise PlugInError("sources", name, "it says no `service`: its hosts and their pace")
    return tuple(sources.values())


def plugged_exporters(own: Collection[str]) -> Mapping[str, tuple[GraphFile, ...]]:
    """The files of each format that other packages write. Raises PlugInError."""
    # Loaded here, as whoever reads digests needs no tables.
    from pipeline.model.tables import GraphFile

    files_of = {}
    for name, files in _loaded("exporters"):
        written = (files,) if isinstance(files, GraphFile) else files
        if not isinstance(written, tuple) or not all(isinstance(f, GraphFile) for f in written):
            raise PlugInError("exporters", name, "it is no GraphFile, and no tuple of some")
        files_of[name] = written
    _check_free(own, "exporters", files_of)
    return files_of


def _named(taken: Collection[str], kind: str, type_: type[Any]) -> dict[str, Any]:
    plug_ins: dict[str, Any] = {}
    for name, value in _loaded(kind):
        if not isinstance(value, type_):
            raise PlugInError(kind, name, f"it is no {type_.__name__}")
        if value.name != name:
            raise PlugInError(kind, name, f"it calls itself {value.name}")
        plug_ins[name] = value
    _check_free(taken, kind, plug_ins)
    return plug_ins


def _check_free(taken: Collection[str], kind: str, names: Collection[str]) -> None:
    for name in names:
        if name in taken:
            raise PlugInError(kind, name, "that name is taken")


@cache
def _loaded(kind: str) -> tuple[tuple[str, Any], ...]:
    """Each entry point of a group, loaded, by name."""
    points = sorted(entry_points(group=f"{PREFIX}.{kind}"), key=lambda point: point.name)
    return tuple((point.name, _load(kind, point)) for point in points)


def _load(kind: str, point: EntryPoint) -> Any:
    try:
        return point.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        raise PlugInError(kind, point.name, f"{point.value} cannot be loaded: {error}") from error
