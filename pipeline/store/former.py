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


def former_papers(folder: Path | None) -> pa.Table | None:
    """The papers of an earlier build by id, with their names, or None where they cannot be read."""
    nodes = _former_nodes(folder, _OF_PAPERS)
    return None if nodes is None else nodes.filter(pc.field("kind") == "paper")


def former_places(folder: Path | None) -> pa.Table | None:
    """`id`, `x`, `y` and `community` of the nodes of an earlier build, or None if unreadable."""
    return _former_nodes(folder, ("id", "x", "y", "community"))


def _former_nodes(folder: Path | None, names: tuple[str, ...]) -> pa.Table | None:
    wanted = columns_of(NODES, names)
    if folder is None:
        return None
    try:
        path = folder.absolute() / f"{NODES.name}.parquet"
        nodes = pq.read_table(path, columns=wanted.names).replace_schema_metadata(None)
    except (OSError, pa.ArrowException):
        return None
    return nodes if nodes.schema.equals(wanted) else None
