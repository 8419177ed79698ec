"""The papers that a dump is cut for: those of an output folder, or of a list of ids."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model.errors import UsageError
from pipeline.model.ids import normal_arxiv_id


def ids_at_hand(path: Path) -> list[str]:
    """The arXiv ids of an output folder, of its nodes.parquet, or of a list of ids, one a line.

    Raises UsageError where there is none.
    """
    table = path / "nodes.parquet" if path.is_dir() else path
    try:
        if table.suffix == ".parquet":
            nodes = pq.read_table(table.absolute(), columns=["arxiv_id", "in_digest"])
            printed = nodes.filter(nodes["in_digest"])["arxiv_id"].to_pylist()
        else:
            printed = table.read_text(encoding="utf-8").split()
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise UsageError(f"{table}: no papers can be read from it ({error}).") from error
    ids = sorted({arxiv_id for text in printed if text and (arxiv_id := normal_arxiv_id(text))})
    if not ids:
        raise UsageError(f"{table}: no arXiv id in it. Give the outputs of a build, or a list.")
    return ids


def dois_at_hand(path: Path) -> dict[str, str]:
    """The arXiv id of each DOI of a published version that an output folder knows."""
    table = path / "nodes.parquet" if path.is_dir() else path
    if table.suffix != ".parquet":
        return {}
    nodes = pq.read_table(table.absolute(), columns=["arxiv_id", "doi", "in_digest"]).to_pylist()
    at_hand = (node for node in nodes if node["in_digest"] and node["arxiv_id"] and node["doi"])
    return {node["doi"].casefold(): node["arxiv_id"] for node in at_hand}
