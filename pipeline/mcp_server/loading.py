"""The graph of the last build in a folder, read anew once there is another."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.analyse.finding import NodeNames
from pipeline.analyse.linked import Linked
from pipeline.analyse.searching import Texts
from pipeline.analyse.similar import Likeness
from pipeline.store.json_lines import read_json_lines
from pipeline.store.outputs import build_mark, current
from pipeline.store.tables import read_graph

Row = dict[str, Any]


class LoadedGraph:
    """The tables of one build, with what is made of them on first use. It is never written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.nodes, self.edges = read_graph(folder)

    @cached_property
    def names(self) -> NodeNames:
        """What its nodes are called."""
        return NodeNames(self.nodes)

    @cached_property
    def texts(self) -> Texts:
        """Its words."""
        return Texts(self.nodes, self.edges)

    @cached_property
    def links(self) -> Linked:
        """What each of its nodes is joined to."""
        return Linked(self.nodes, self.edges)

    @cached_property
    def likeness(self) -> Likeness:
        """What its papers have in common."""
        return Likeness(self.nodes, self.edges)

    @cached_property
    def places(self) -> dict[str, list[str]]:
        """For each paper that was read the entries about it, as `FILE:LINE`."""
        records = read_json_lines(current(self.folder, "evidence.jsonl"))
        return {each["id"]: each["entries"] for each in records if each["about"] == "paper"}

    def rows(self, ids: list[str]) -> dict[str, Row]:
        """The nodes of these ids, with all that is known of each."""
        wanted = self.nodes.filter(pa.compute.is_in(self.nodes["id"], pa.array(ids, pa.string())))
        return {row["id"]: row for row in wanted.to_pylist()}


class LatestGraph:
    """The graph of a folder as it is by now."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: LoadedGraph | None = None
        self._mark: tuple[bytes, int] | None = None

    def now(self) -> LoadedGraph:
        """The graph of the last build. Raises DataError where there is none, or a damaged one."""
        mark = (build_mark(self._folder), self._written_ns())
        if self._loaded is None or mark != self._mark:
            self._loaded, self._mark = LoadedGraph(self._folder), mark
        return self._loaded

    def _written_ns(self) -> int:
        """When the nodes were written: a build of the same bytes as before is the same."""
        path = current(self._folder, "nodes.parquet")
        return path.stat().st_mtime_ns if path.is_file() else 0
