"""Nodes and edges that two processes read at once, of which the machine holds one copy."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

_NAMES = ("nodes.arrow", "edges.arrow")


def write_mapped(folder: Path, nodes: pa.Table, edges: pa.Table) -> None:
    """The tables as Arrow files, for as long as both need them. Raises OSError."""
    for name, rows in zip(_NAMES, (nodes, edges), strict=True):
        with pa.OSFile(str(folder / name), "wb") as sink, pa.ipc.new_file(sink, rows.schema) as out:
            out.write_table(rows)


def mapped(folder: Path) -> tuple[pa.Table, pa.Table]:
    """Nodes and edges as they lie in the files; no byte of them is copied. Raises OSError."""
    nodes, edges = (
        pa.ipc.open_file(pa.memory_map(str(folder / name))).read_all() for name in _NAMES
    )
    return nodes, edges
