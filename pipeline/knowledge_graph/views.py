"""The tables of a graph as pandas has them, and what its nodes are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.finding import NodeNames, Taken
from pipeline.knowledge_graph.checking import text_of
from pipeline.knowledge_graph.frames import frame
from pipeline.model.counting import counted
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.tables import COVERAGE

_COLUMNS = {
    "paper": (
        "title first_author year month published categories venue doi url in_digest entry_dates "
        "abstract commentary comment topics repository upvotes references_known arxiv_id degree "
        "pagerank community"
    ),
    "author": "name spellings ambiguous degree pagerank community",
    "organisation": "name spellings degree pagerank community",
    "tag": "label spellings broader meta degree pagerank community",
    "category": "label name degree",
}
_PLURALS = {kind: f"{kind}s" for kind in _COLUMNS} | {"category": "categories"}


class Views:
    """The nodes and edges of a graph, and what its nodes are called.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    coverage
        What each source said of each paper; none, if None.
    folder
        Where the build lies that they are of, for its evidence; nowhere, if None.
    """

    def __init__(
        self,
        nodes: pa.Table,
        edges: pa.Table,
        coverage: pa.Table | None = None,
        folder: Path | None = None,
    ) -> None:
        self._nodes = nodes
        self._edges = edges
        self._coverage = COVERAGE.schema().empty_table() if coverage is None else coverage
        self._folder = folder

    def __repr__(self) -> str:
        number_of = Counter(self._nodes["kind"].to_pylist())
        read = pc.sum(self._nodes["in_digest"]).as_py()
        counts = [
            counted(number_of[kind], kind, plural)
            + (f" ({read} read)" if kind == "paper" and read else "")
            for kind, plural in _PLURALS.items()
            if number_of[kind]
        ]
        edges = counted(self._edges.num_rows, "edge")
        if not counts:
            return f"{type(self).__name__}(no nodes: nothing fits what was asked for; {edges})"
        return f"{type(self).__name__}({', '.join(counts)}; {edges})"

    def __len__(self) -> int:
        """How many nodes there are."""
        count: int = self._nodes.num_rows
        return count

    def __bool__(self) -> bool:
        """Whether there is any node."""
        return len(self) > 0

    def __iter__(self) -> Iterator[str]:
        """The ids of the nodes, in order."""
        ids: list[str] = self._nodes["id"].to_pylist()
        return iter(ids)

    def __contains__(self, query: object) -> bool:
        """Whether a node is called so: `"2409.01524" in g`; several called so are there too."""
        if not isinstance(query, str):
            return False
        return query in self._ids or bool(self._names.fits(query)) or self._is_id(query)

    def __getitem__(self, query: str | Iterable[str]) -> Any:
        """All that is known of a node, or a frame of several, by what `id_of` takes.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> g = Views(*READ)
        >>> g["#rl"]["kind"], len(g[["p1", "Ann"]]), "p1" in g, len(g)
        ('tag', 2, True, 8)
        """
        if isinstance(query, str) or not isinstance(query, Iterable):
            return self._row_of(self.id_of(query))
        return self.nodes.loc[[self.id_of(each) for each in query]]

    def paper(self, query: str) -> Any:
        """All that is known of a paper, by what `id_of` takes.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Views(*READ).paper("p1")["kind"]
        'paper'
        """
        return self._row_of(self.id_of(query, "paper"))

    def _row_of(self, node_id: str) -> pd.Series[Any]:
        """What is known of a node, as Python has it, in the columns of its kind."""
        (row,) = self._nodes.filter(pc.equal(self._nodes["id"], node_id)).to_pylist()
        columns = dict.fromkeys(["kind", "label", *_COLUMNS[row["kind"]].split()])
        values = {name: pd.NA if row[name] is None else row[name] for name in columns}
        return pd.Series(values, name=node_id, dtype=object)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self._nodes["id"].to_pylist())

    def _is_id(self, query: str) -> bool:
        return f"arxiv:{normal_arxiv_id(query)}" in self._ids

    @cached_property
    def nodes(self) -> pd.DataFrame:
        """All nodes by id, with the columns of `nodes.parquet`."""
        return frame(self._nodes).set_index("id")

    @cached_property
    def edges(self) -> pd.DataFrame:
        """All edges, a row each, with the columns of `edges.parquet`."""
        return frame(self._edges)

    @property
    def papers(self) -> pd.DataFrame:
        """Papers by id: those that you read (`in_digest`), those mentioned and those cited."""
        return self._of_kind("paper")

    @property
    def authors(self) -> pd.DataFrame:
        """People by id; `degree` is the number of their papers here."""
        return self._of_kind("author")

    @property
    def organisations(self) -> pd.DataFrame:
        """Companies, teams and collaborations that sign papers, by id."""
        return self._of_kind("organisation")

    @property
    def tags(self) -> pd.DataFrame:
        """Tags by id; `degree` is the number of papers that bear one."""
        return self._of_kind("tag")

    @property
    def categories(self) -> pd.DataFrame:
        """arXiv categories by id."""
        return self._of_kind("category")

    @property
    def tables(self) -> tuple[pa.Table, pa.Table]:
        """The nodes and the edges in Arrow, as the functions of docs/measures.md take them."""
        return self._nodes, self._edges

    def id_of(self, query: str, *kinds: str) -> str:
        """The id of the one node that `query` names.

        It is a node id, an arXiv id in any form, or what fits best, in this order: your own name
        of a paper; a whole name or tag in any spelling; what a title has before its colon; words
        that a name begins with; words in it, or the initials of a title; beginnings of words.
        What follows a `#` is a whole tag. `taken` says how, and what is called alike.

        Parameters
        ----------
        query
            What the node is called.
        *kinds
            Only `paper`, `author`, `organisation`, `tag` or `category`; any, if none is named.

        Raises
        ------
        DigestGraphError
            Where nothing is called so, naming what is called alike, or several nodes are, naming
            the strongest of them.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Views(*READ).id_of("#RL"), Views(*READ).id_of("Ann", "author")
        ('tag:rl', 'author:ann')
        """
        return self.taken(query, *kinds).id

    def taken(self, query: str, *kinds: str) -> Taken:
        """The node that `query` names, as in `id_of`, how it was found, and what is called alike.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Views(*READ).taken("bo").line()
        'author:bo  bo'
        """
        text = text_of(query, '"2409.01524", "General OCR Theory" or "#ocr"')
        return self._names.taken(text, *kinds)

    @cached_property
    def _names(self) -> NodeNames:
        return NodeNames(self._nodes)

    def _of_kind(self, kind: str) -> pd.DataFrame:
        return self.nodes.loc[self.nodes["kind"] == kind, _COLUMNS[kind].split()]
