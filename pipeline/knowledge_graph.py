"""The graph in Jupyter: `from pipeline import load; g = load("outputs")`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.parts import around
from pipeline.errors import DigestGraphError
from pipeline.folding import folded_title
from pipeline.frames import frame
from pipeline.ids import normal_arxiv_id
from pipeline.store.tables import read_coverage, read_graph
from pipeline.tables import COVERAGE

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.figure import Figure

_COLUMNS = {
    "paper": (
        "title first_author year published categories venue doi url in_digest entry_dates abstract "
        "commentary comment topics repository upvotes references_known arxiv_id degree pagerank "
        "community"
    ),
    "author": "name spellings ambiguous degree pagerank community",
    "organisation": "name spellings degree pagerank community",
    "tag": "label spellings broader meta degree pagerank community",
    "category": "label name degree",
}
_PLURALS = {kind: f"{kind}s" for kind in _COLUMNS} | {"category": "categories"}
_EDGE_KINDS = ("broader", "cites", "in_category", "mentions", "relates_to", "tagged", "wrote")
_MOST_NAMED = 10


def load(folder: str | Path = "outputs") -> KnowledgeGraph:
    """The graph that `make graph` or `digest-graph build` wrote into a folder.

    Raises DataError where it holds no build, a damaged one, or one of another version.
    """
    place = Path(folder).expanduser()
    return KnowledgeGraph(*read_graph(place), read_coverage(place))


class KnowledgeGraph:
    """A paper-author-tag-citation graph, or a part of one. It is never changed in place.

    Degree, PageRank, community and position in a part are those of the whole graph. Text, whole
    numbers and truth values are pandas' nullable types: what is not known is `pd.NA`.

    Examples
    --------
    The digest that ships, built in memory; `load("outputs")` reads a build from disk.

    >>> from pipeline.run import Inputs, build
    >>> found = build(Inputs((Path("digests/2024-09-05.txt"),)))
    >>> g = KnowledgeGraph(found.nodes, found.edges)
    >>> g
    KnowledgeGraph(239 papers (7 read), 79 authors, 11 tags, 5 categories; 350 edges)
    >>> g.id_of("https://arxiv.org/abs/2409.01524v2"), g.id_of("DataSculpt"), g.id_of("#OCR")
    ('arxiv:2409.01524', 'arxiv:2409.00997', 'tag:ocr')
    >>> g.around("2409.01524", kinds=["mentions", "tagged"])
    KnowledgeGraph(2 papers (1 read), 1 tag; 2 edges)
    """

    def __init__(self, nodes: pa.Table, edges: pa.Table, coverage: pa.Table | None = None) -> None:
        self._nodes = nodes
        self._edges = edges
        self._coverage = COVERAGE.schema().empty_table() if coverage is None else coverage

    def __repr__(self) -> str:
        found = Counter(self._nodes["kind"].to_pylist())
        read = pc.sum(self._nodes["in_digest"]).as_py()
        counts = [
            f"{found[kind]} {kind if found[kind] == 1 else plural}"
            + (f" ({read} read)" if kind == "paper" and read else "")
            for kind, plural in _PLURALS.items()
            if found[kind]
        ]
        return f"KnowledgeGraph({', '.join(counts) or 'no nodes'}; {self._edges.num_rows} edges)"

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

    @cached_property
    def nx(self) -> nx.MultiDiGraph:
        """The graph in networkx, made on first use; the key of an edge is its kind.

        What is not known is left out of the attributes.
        """
        import networkx

        graph = networkx.MultiDiGraph()
        for row in self._nodes.to_pylist():
            graph.add_node(row.pop("id"), **_known(row))
        for row in self._edges.to_pylist():
            graph.add_edge(row.pop("source"), row.pop("target"), key=row["kind"], **_known(row))
        return graph

    def id_of(self, query: str) -> str:
        """The id of the one node that `query` names.

        It is a node id, an arXiv id in any form, a name or a tag in any of its spellings, or the
        words that a title begins with, or else holds. Raises DigestGraphError where nothing is
        called so, or several nodes are: it names the strongest of them.
        """
        for exact in (query, f"arxiv:{normal_arxiv_id(query)}"):
            if pc.index(self._nodes["id"], exact).as_py() >= 0:
                return exact
        asked = folded_title(query)
        for fits in (str.__eq__, str.startswith, str.__contains__) if asked else ():
            found = {i for name, ids in self._called.items() if fits(name, asked) for i in ids}
            if len(found) == 1:
                return found.pop()
            if found:
                raise DigestGraphError(self._several(query, found))
        raise DigestGraphError(f'nothing in this graph is called "{query}"')

    def around(self, query: str, hops: int = 1, kinds: str | Iterable[str] = ()) -> KnowledgeGraph:
        """The part of the graph within `hops` steps of a node, along edges of either direction.

        Parameters
        ----------
        query
            The node in the middle, as in `id_of`.
        hops
            How far to go; 0 is the node alone.
        kinds
            Only edges of these kinds (`cites`, `mentions`, `wrote`, `tagged`, `in_category`) are
            walked and kept; all, if none is named.

        Raises
        ------
        DigestGraphError
            As in `id_of`, and where there is no such kind of edge.
        """
        walked = self._walked([kinds] if isinstance(kinds, str) else list(kinds))
        edges = self._edges.filter(pa.array(walked))
        nodes, edges = around(self._nodes, edges, self.id_of(query), hops)
        return KnowledgeGraph(nodes, edges, self._coverage)

    def coverage(self) -> pd.DataFrame:
        """What each source said of each paper: found, unknown, failed or not asked, and why.

        `references` is the length of the source's reference list, missing where it gives none.
        """
        here = pc.is_in(self._coverage["paper"], self._nodes["id"].combine_chunks())
        return frame(self._coverage.filter(here))

    def cited_together(self, at_least: int = 2) -> pd.DataFrame:
        """Works that several of the papers you read cite, by id.

        A paper whose reference list is not known cites nothing here: see `references_known`.

        Parameters
        ----------
        at_least
            How many of them have to cite a work.

        Returns
        -------
        DataFrame
            `title`, `year`, `cited_by` (how many cite it) and `papers` (their titles, by id). The
            most cited come first, then the latest, then by title.

        Examples
        --------
        >>> from pipeline.run import Inputs, build
        >>> found = build(Inputs((Path("digests/2024-09-05.txt"),)))
        >>> KnowledgeGraph(found.nodes, found.edges).cited_together()["year"].to_list()
        [2024, 2024, 2024, 2023, 2023]
        """
        titles = self.nodes["label"].to_dict()
        read = set(self.papers.index[self.papers["in_digest"]])
        citing: dict[str, list[str]] = defaultdict(list)
        cites = self.edges[self.edges["kind"] == "cites"]
        for source, target in zip(cites["source"], cites["target"], strict=True):
            if source in read:
                citing[target].append(titles[source])
        shared = {work: papers for work, papers in citing.items() if len(papers) >= at_least}
        found = self.nodes.loc[list(shared), ["label", "year"]].rename(columns={"label": "title"})
        found["cited_by"] = pd.array([len(papers) for papers in shared.values()], "Int64")
        found["papers"] = pd.Series(shared, dtype=object)
        return found.sort_values(["cited_by", "year", "title"], ascending=[False, False, True])

    def plot(self, labels: int = 25) -> Figure:
        """A still picture of the graph as it lies, with at most `labels` labels, largest first.

        Raises ModuleNotFoundError without matplotlib.
        """
        try:
            from pipeline.export.figure import figure
        except ModuleNotFoundError as error:
            remedy = "`pip install matplotlib`, or use show(), which needs nothing more"
            raise ModuleNotFoundError(f"plot() needs {error.name}: {remedy}") from error
        return figure(self._nodes, self._edges, labels)

    def show(self, height_px: int = 640) -> Page:
        """The page of this part in the cell: drag, zoom, click, search. Needs no network.

        A graph of more than 500 nodes is shown by its strongest 500, the papers you read first.
        """
        from pipeline.export.pyvis_page import page

        return Page(page(self._nodes, self._edges), height_px)

    def _of_kind(self, kind: str) -> pd.DataFrame:
        return self.nodes.loc[self.nodes["kind"] == kind, _COLUMNS[kind].split()]

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        """The ids of the nodes by each of their labels and spellings, folded."""
        called: dict[str, list[str]] = defaultdict(list)
        columns = (self._nodes[name].to_pylist() for name in ("id", "label", "spellings"))
        for node_id, label, spellings in zip(*columns, strict=True):
            for name in dict.fromkeys(map(folded_title, (label, *(spellings or ())))):
                called[name].append(node_id)
        return called

    def _several(self, query: str, found: set[str]) -> str:
        strongest = self._nodes.filter(pc.is_in(self._nodes["id"], pa.array(found))).sort_by(
            [("degree", "descending"), ("id", "ascending")]
        )
        listed = strongest.select(["id", "label"]).slice(0, _MOST_NAMED).to_pylist()
        named = [f'"{query}" could be {len(found)} nodes; give the id of one:']
        named += [f"  {row['id']}  {row['label']}" for row in listed]
        named += ["  …"] if len(found) > len(listed) else []
        return "\n".join(named)

    def _walked(self, kinds: list[str]) -> np.ndarray:
        unknown = sorted(set(kinds).difference(_EDGE_KINDS))
        if unknown:
            raise DigestGraphError(f'"{unknown[0]}" is none of the edge kinds {_EDGE_KINDS}')
        return np.asarray(pc.is_in(self._edges["kind"], pa.array(kinds or _EDGE_KINDS)), bool)


class Page:
    """An interactive page that Jupyter shows in a frame of its own, shut off from the notebook."""

    def __init__(self, html: str, height_px: int) -> None:
        self.html = html
        self.height_px = height_px

    def _repr_html_(self) -> str:
        may = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
        return (
            f'<iframe sandbox="{may}" title="graph" style="width:100%;border:0" '
            f'height="{self.height_px}" srcdoc="{escape(self.html)}"></iframe>'
        )


def _known(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}
