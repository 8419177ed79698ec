"""A graph that was built, or a part of it, as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.parts import around, described
from pipeline.errors import UsageError
from pipeline.export import FORMATS
from pipeline.knowledge_graph import KnowledgeGraph
from pipeline.reading import silent
from pipeline.records import Progress
from pipeline.store.outputs import staged, write_pieces
from pipeline.store.tables import read_graph
from pipeline.tables import EDGES, GraphFile, check_whole


class Part(NamedTuple):
    """Which part of a graph is meant: all that is named here narrows it down.

    `around` and `hops` keep what is near one node. `papers`, `tags` and `read` then keep papers,
    those that are named, that bear one of the tags, that were read, and what describes them.
    """

    around: str | None = None
    hops: int = 1
    papers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    read: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not (self.around or self.papers or self.tags or self.read)


class Exported(NamedTuple):
    """What was written: the files and how much of the graph is in them."""

    paths: tuple[Path, ...]
    nodes: int
    edges: int


def exported(
    outputs: Path, formats: tuple[str, ...], folder: Path, part: Part, progress: Progress = silent
) -> Exported:
    """The files of these formats in `folder`, from the tables in `outputs`.

    All are whole, or none is there. Raises UsageError where a format is unknown or a part would
    replace the files of the whole graph, DataError where the tables cannot be used, and OutputError
    where the folder cannot be written to.
    """
    files = _files(formats)
    if not part.is_all and folder.resolve() == outputs.resolve():
        remedy = "Give --to another folder."
        raise UsageError(f"{folder}: a part would replace the files of the whole graph. {remedy}")
    nodes, edges = read_graph(outputs)
    check_whole(nodes, edges, str(outputs))
    nodes, edges = part_of(nodes, edges, part)
    with staged(folder, "--to") as staging:
        for file in progress(files, "writing"):
            write_pieces(staging / file.file_name, file.pieces(nodes, edges))
    paths = tuple(folder / file.file_name for file in files)
    return Exported(paths, nodes.num_rows, edges.num_rows)


def part_of(nodes: pa.Table, edges: pa.Table, part: Part) -> tuple[pa.Table, pa.Table]:
    """The nodes and edges of a part.

    Raises DigestGraphError where nothing is called as it says, or several nodes are.
    """
    if part.around:
        middle = KnowledgeGraph(nodes, edges).id_of(part.around)
        nodes, edges = around(nodes, edges, middle, part.hops)
    if not (part.papers or part.tags or part.read):
        return nodes, edges
    kept = pc.equal(nodes["kind"], "paper")
    if part.papers:
        kept = pc.and_(kept, pc.is_in(nodes["id"], _named(nodes, "paper", part.papers)))
    if part.tags:
        of_tags = pc.is_in(edges["target"], _named(nodes, "tag", part.tags))
        tagged = edges.filter(pc.and_(of_tags, pc.equal(edges["kind"], "tagged")))["source"]
        kept = pc.and_(kept, pc.is_in(nodes["id"], tagged.combine_chunks()))
    if part.read:
        kept = pc.and_(kept, pc.fill_null(nodes["in_digest"], False))
    return described(nodes, edges, nodes["id"].filter(kept).combine_chunks())


def _files(formats: tuple[str, ...]) -> list[GraphFile]:
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        named = f"--format: {unknown[0]!r} is no format." if unknown else "--format: none is named."
        raise UsageError(f"{named} There are {', '.join(FORMATS)}.")
    return [file for name in dict.fromkeys(formats) for file in FORMATS[name]]


def _named(nodes: pa.Table, kind: str, queries: tuple[str, ...]) -> pa.Array:
    of_kind = KnowledgeGraph(
        nodes.filter(pc.equal(nodes["kind"], kind)), EDGES.schema().empty_table()
    )
    return pa.array([of_kind.id_of(query) for query in queries], pa.string())
