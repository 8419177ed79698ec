"""A graph that was drawn, as the files of an output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from pipeline.build.reading import silent, uncollected
from pipeline.build.second_process import SecondProcess
from pipeline.build.serving_orders import MADE_BESIDE
from pipeline.export import BUILD_FILES, GRAPH_FILES
from pipeline.model.records import Progress
from pipeline.model.tables import COMMUNITIES, COVERAGE, EDGES, NODES, Build, Piece
from pipeline.store.outputs import staged, write_pieces
from pipeline.store.tables import write_table

MOST_SIDE_BY_SIDE = 50_000
"""Files of a graph of more nodes are written one by one, so that memory holds one at a time."""
Pieces = Callable[[], Iterator[Piece]]


@uncollected()
def write(
    found: Build,
    folder: Path,
    progress: Progress = silent,
    *,
    is_claimed: bool = False,
    beside: SecondProcess | None = None,
) -> None:
    """Every file of a build, into `folder`, which holds the old ones until all are written.

    Whoever has claimed the folder (`store.outputs.claimed`) says so. Some are made in the second
    process `beside`, where it is begun. Raises OutputError where the folder cannot be written to.
    """
    side_by_side = found.nodes.num_rows <= MOST_SIDE_BY_SIDE
    with staged(folder, is_claimed=is_claimed) as staging:
        pieces_of = _pieces_of(found)
        if beside and beside.is_begun and side_by_side:
            pieces_of = _made_beside(beside.files(found), pieces_of)
        for table, rows in (
            (NODES, found.nodes),
            (EDGES, found.edges),
            (COVERAGE, found.coverage),
            (COMMUNITIES, found.communities),
        ):
            write_table(staging, table, rows)
        with ThreadPoolExecutor(2 if side_by_side else 1) as threads:
            waiting = [
                threads.submit(_written, staging / name, pieces)
                for name, pieces in sorted(pieces_of.items(), key=lambda of: of[0] in MADE_BESIDE)
            ]
            for each in progress(waiting, "writing"):
                each.result()


def _pieces_of(build: Build) -> Mapping[str, Pieces]:
    """What makes each file, by its name."""
    made = {f.file_name: partial(f.pieces, build.nodes, build.edges) for f in GRAPH_FILES}
    return made | {f.file_name: partial(f.pieces, build) for f in BUILD_FILES}


def _made_beside(
    coming: Future[dict[str, bytes] | None], pieces_of: Mapping[str, Pieces]
) -> Mapping[str, Pieces]:
    """As `pieces_of`; what the second process makes is waited for, and made here if that died."""

    def pieces(name: str) -> Iterator[Piece]:
        made = coming.result()
        yield from [made[name]] if made else pieces_of[name]()

    return {**pieces_of, **{name: partial(pieces, name) for name in MADE_BESIDE}}


def _written(path: Path, pieces: Pieces) -> None:
    write_pieces(path, pieces())
