"""What the build before left in the output folder, for this one to go on from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.model.records import Skip
from pipeline.model.tables import NODES, columns_of
from pipeline.store.outputs import settled

_OF_PAPERS = ("id", "kind", "label", "in_digest", "arxiv_id", "doi", "spellings")
_WROTE = ("source", "target", "position")


def former_signatures(folder: Path | None) -> Iterator[tuple[str, str, int, list[str]] | Skip]:
    """Who signed what: an author's id, a paper's id, the place in its list, the spellings.

    Nothing where there was no build; a Skip where it cannot be read.
    """
    if folder is None or not (folder / "edges.parquet").is_file():
        return
    folder = folder.absolute()
    settled(folder)
    try:
        edges = pq.read_table(folder / "edges.parquet", columns=[*_WROTE, "kind"]).filter(
            pc.field("kind") == "wrote"
        )
        nodes = pq.read_table(folder / "nodes.parquet", columns=["id", "kind", "spellings"])
        authors = nodes.filter(pc.field("kind") == "author")
        spellings = dict(zip(*(authors[c].to_pylist() for c in ("id", "spellings")), strict=True))
    except (OSError, KeyError, pa.ArrowException) as error:
        reason = f"cannot be read ({error}), so that authors may have other ids than before."
        yield Skip("identity", str(folder / "nodes.parquet"), reason)
        return
    for author, paper, position in zip(*(edges[c].to_pylist() for c in _WROTE), strict=True):
        if author in spellings:
            yield author, paper, position, spellings[author]


def former_papers(folder: Path | None) -> Iterator[pa.Table | Skip]:
    """The papers of an earlier build by id, with their names; a Skip where they cannot be read."""
    for nodes in _former_nodes(folder, _OF_PAPERS, "so that what is newly read is not told."):
        yield nodes if isinstance(nodes, Skip) else nodes.filter(pc.field("kind") == "paper")


def former_places(folder: Path | None) -> Iterator[pa.Table | Skip]:
    """`id`, `x`, `y`, `community` of the nodes of an earlier build; a Skip where unreadable."""
    lost = "so that nodes may lie elsewhere than before."
    yield from _former_nodes(folder, ("id", "x", "y", "community"), lost)


def _former_nodes(
    folder: Path | None, names: tuple[str, ...], lost: str
) -> Iterator[pa.Table | Skip]:
    """The table, where there is one of such columns; a Skip with what is lost without it."""
    wanted = columns_of(NODES, names)
    if folder is None:
        return
    path = folder.absolute() / f"{NODES.name}.parquet"
    try:
        with pq.ParquetFile(path) as file:
            if not {*wanted.names} <= {*file.schema_arrow.names}:
                return
            nodes = file.read(columns=wanted.names).replace_schema_metadata(None)
    except FileNotFoundError:
        return
    except (OSError, pa.ArrowException) as error:
        yield Skip("layout", str(path), f"cannot be read ({error}), {lost}")
        return
    if nodes.schema.equals(wanted):
        yield nodes
