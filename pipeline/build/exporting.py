"""A graph that was built, or a part of it, as files for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.finding import NodeNames, Taken
from pipeline.analyse.measures import remeasured
from pipeline.analyse.parts import PaperFilter, around, where
from pipeline.analyse.projections import projected
from pipeline.build.long_work import silent
from pipeline.build.second_process import SecondProcess
from pipeline.build.sharing_out import FEWEST_ROWS, shared_out, taken_over
from pipeline.export import ALIASES, FORMATS
from pipeline.export.starts import field_starts, reading_starts
from pipeline.layout.looks import with_looks
from pipeline.layout.positions import with_positions
from pipeline.model.errors import UsageError
from pipeline.model.records import Progress
from pipeline.model.tables import GraphFile, check_whole
from pipeline.settings.paths import real_path
from pipeline.store.outputs import staged, write_pieces
from pipeline.store.tables import read_graph

_SLOWEST = ("graph.xlsx", "papers.ris", "papers.csl.json", "papers.csv", "reading.gexf")
"""These are begun first, so that neither process waits long for the other."""
_OF_PAPERS = frozenset(("papers.bib", "papers.ris", "papers.csl.json", "papers.csv"))
_COVERED, _ACROSS = 0.02, 25
"""How much of the land dots cover, and how many of the largest lie across it, at least."""


class GraphPart(NamedTuple):
    """Which part of a graph is meant: all that is named here narrows it down.

    `around` and `hops` keep what is near one node. `papers`, `tags` and `read` then keep papers,
    those that are named, that bear one of the tags, that were read, and what describes them.
    `view` then makes a simple weighted graph of it (see `projected`), and `relayout` lays it out
    anew.
    """

    around: str | None = None
    hops: int = 1
    papers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    read: bool = False
    view: str | None = None
    relayout: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        is_chosen = self.around or self.papers or self.tags or self.read
        return not (is_chosen or self.view or self.relayout)


class Exported(NamedTuple):
    """What was written: the files, how much of the graph is in them, and around which node.

    `papers` of the nodes are papers.
    """

    paths: tuple[Path, ...]
    nodes: int
    edges: int
    papers: int
    around: Taken | None = None

    def paths_of(self, papers_alone: bool) -> tuple[Path, ...]:
        """The files that hold papers alone, or those that hold nodes of every kind."""
        return tuple(path for path in self.paths if (path.name in _OF_PAPERS) == papers_alone)


def exported(
    outputs: Path,
    formats: tuple[str, ...],
    folder: Path,
    part: GraphPart,
    progress: Progress = silent,
) -> Exported:
    """The files of these formats in `folder`, from the tables in `outputs`.

    All are whole, or none is there. Raises UsageError where a format is unknown or a part would
    replace the files of the whole graph, DataError where the tables cannot be used, and OutputError
    where the folder cannot be written to.
    """
    files = _files(formats)
    if not part.is_all and real_path(folder) == real_path(outputs):
        remedy = "Give --to another folder."
        raise UsageError(f"{folder}: a part would replace the files of the whole graph. {remedy}")
    nodes, edges = read_graph(outputs)
    check_whole(nodes, edges, str(outputs))
    middle = NodeNames(nodes).taken(part.around) if part.around else None
    nodes, edges = part_of(nodes, edges, part)
    with staged(folder, "--to") as staging:
        _write_all(files, nodes, edges, staging, progress)
    paths = tuple(folder / file.file_name for file in files)
    papers = pc.sum(pc.equal(nodes["kind"], "paper")).as_py() or 0
    return Exported(paths, nodes.num_rows, edges.num_rows, papers, middle)


def _write_all(
    files: Sequence[GraphFile], nodes: pa.Table, edges: pa.Table, folder: Path, progress: Progress
) -> None:
    """Two files at a time: of a large graph in two processes, else in two threads."""
    is_large = nodes.num_rows + edges.num_rows >= FEWEST_ROWS and len(files) > 1
    with (
        SecondProcess() as process,
        taken_over(process if is_large else None, nodes, edges, folder) as beside,
    ):
        if beside is None:
            _write_in_threads(files, nodes, edges, folder, progress)
            return
        file_of = {file.file_name: file for file in files}
        names = sorted(file_of, key=lambda name: name not in _SLOWEST)
        written = shared_out(
            (), names, lambda name: _write(file_of[name], nodes, edges, folder), beside
        )
        for _ in zip(written, progress(names, "writing"), strict=True):
            pass


def _write_in_threads(
    files: Sequence[GraphFile], nodes: pa.Table, edges: pa.Table, folder: Path, progress: Progress
) -> None:
    """Two files at a time: Arrow lets another thread go on while it works."""
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(_write, file, nodes, edges, folder) for file in files]
        try:
            for each in progress(waiting, "writing"):
                each.result()
        finally:
            threads.shutdown(cancel_futures=True)


def _write(file: GraphFile, nodes: pa.Table, edges: pa.Table, folder: Path) -> None:
    write_pieces(folder / file.file_name, file.pieces(nodes, edges))


def part_of(nodes: pa.Table, edges: pa.Table, part: GraphPart) -> tuple[pa.Table, pa.Table]:
    """The nodes and edges of a part, as large as where they lie.

    Raises DigestGraphError where nothing is called as it says, or several nodes are, and where
    there is no such view.
    """
    nodes, edges = _narrowed(nodes, edges, part)
    if part.view:
        nodes, edges = projected(_dated(nodes, edges), edges, part.view)
        nodes = _looking(nodes, edges)
    if part.relayout:
        nodes = _relaid(nodes, edges)
    return (nodes if part.is_all else _fitting(nodes)), edges


def _dated(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`nodes`, people and tags too with the first day of each timeline: a view has no papers."""
    is_paper = pc.equal(nodes["kind"], "paper")
    columns = {
        "published": field_starts(nodes, edges).nodes,
        "entry_dates": _alone(reading_starts(nodes, edges).nodes),
    }
    for name, of_others in columns.items():
        place = nodes.schema.get_field_index(name)
        column = pc.if_else(is_paper, nodes[name], of_others)
        nodes = nodes.set_column(place, nodes.schema.field(name), column)
    return nodes


def _alone(days: pa.Array) -> pa.Array:
    """Lists of a day each, null where there is none."""
    lists = pa.ListArray.from_arrays(pa.array(range(len(days) + 1), pa.int32()), days)
    return pc.if_else(days.is_valid(), lists, pa.scalar(None, lists.type))


def _fitting(nodes: pa.Table) -> pa.Table:
    """`nodes` no smaller than that their dots cover a fiftieth of where they lie."""
    size, x, y = (nodes[name].to_numpy() for name in ("size", "x", "y"))
    if len(size) < 2:
        return nodes
    sides = np.ptp(x), np.ptp(y)
    larger = np.sqrt(_COVERED * sides[0] * sides[1] / (np.pi / 4 * np.square(size).sum()))
    larger = max(1.0, min(larger, max(sides) / (_ACROSS * size.max())))
    column = pa.array(np.round(size * larger, 2))
    place = nodes.schema.get_field_index("size")
    return nodes.set_column(place, nodes.schema.field("size"), column)


def _looking(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`nodes` as large as their degrees here make them."""
    looks = with_looks(nodes.drop_columns(["size", "color"]), edges)
    return looks.select(nodes.column_names)


def _relaid(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """`nodes` elsewhere, as if there were no others."""
    measured = remeasured(nodes.drop_columns(["x", "y"]), edges)
    return with_positions(measured, edges).select(nodes.column_names)


def _narrowed(nodes: pa.Table, edges: pa.Table, part: GraphPart) -> tuple[pa.Table, pa.Table]:
    names = NodeNames(nodes)
    if part.around:
        nodes, edges = around(nodes, edges, names.id_of(part.around), part.hops)
        names = NodeNames(nodes)
    if not (part.papers or part.tags or part.read):
        return nodes, edges
    papers = tuple(names.id_of(query, "paper") for query in part.papers)
    tags = tuple(names.id_of(query, "tag") for query in part.tags)
    return where(nodes, edges, PaperFilter(papers, tags, read=part.read or None))


def _files(formats: tuple[str, ...]) -> list[GraphFile]:
    formats = tuple(name if name in FORMATS else ALIASES.get(name, name) for name in formats)
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        problem = (
            f"--format: {unknown[0]!r} is no format." if unknown else "--format: none is named."
        )
        raise UsageError(f"{problem} There are {', '.join(FORMATS)}.")
    return [file for name in dict.fromkeys(formats) for file in FORMATS[name]]
