"""Questions to a graph about one node or a few, answered in pandas frames."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

import pandas as pd
import pyarrow as pa

from pipeline.analyse.changes import changes
from pipeline.analyse.finding import Taken
from pipeline.analyse.missing import missing
from pipeline.analyse.paths import shortest_path
from pipeline.analyse.searching import Texts
from pipeline.analyse.similar import similar
from pipeline.explain.papers import explanation
from pipeline.knowledge_graph.checking import count_of, text_of
from pipeline.knowledge_graph.frames import frame
from pipeline.knowledge_graph.views import Views
from pipeline.model.errors import DigestGraphError
from pipeline.model.spans import month_span


class ShownText(str):
    """Lines of text that a notebook shows as they are."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Questions(Views):
    """What can be asked of a graph."""

    def search(
        self, text: str, n: int | None = 20, kinds: str | Iterable[str] = ()
    ) -> pd.DataFrame:
        """Nodes that have all the words of a text, best first.

        Words are looked for in titles and names, in the tags and authors of papers, in your
        commentary and in abstracts. Case, accents, hyphens and TeX do not count; a word finds those
        that begin with it, and in Korean, Chinese and Japanese wherever it stands.

        Parameters
        ----------
        text
            Words.
        n
            At most so many nodes; all, if None.
        kinds
            Only nodes of these kinds, such as `paper`.

        Returns
        -------
        DataFrame
            By id: `kind, label, year, in_digest`, `found_in` (name, tag, author, commentary,
            abstract), `passage` (the sentence with most of the words) and `score`. Ties by id.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Questions(*READ).search("ann")["found_in"].map(list).to_dict()
        {'author:ann': ['name'], 'p1': ['author'], 'p2': ['author']}
        """
        chosen = [kinds] if isinstance(kinds, str) else list(kinds)
        return _by_id(self._texts.found(text_of(text, '"long context"'), count_of("n", n), chosen))

    def similar(self, query: str, n: int = 20, connectors: Collection[str] = ()) -> pd.DataFrame:
        """The papers most like one, and why.

        Parameters
        ----------
        query
            A paper, as in `id_of`.
        n
            At most so many.
        connectors
            Ambiguous authors and meta tags make nothing alike, unless `ambiguous` or `meta` is
            named.

        Returns
        -------
        DataFrame
            By id: `label, year, in_digest, score` (0 to 1), `reason` in words, and the ids of the
            `references`, `tags` and `authors` that both have; `steps` along mentions. The most
            like come first, ties by id. How it is counted: docs/measures.md.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Questions(*READ).similar("p1")["reason"].to_list()[0]
        '2 shared references; tag rl; author ann'
        """
        paper = self.taken(query, "paper")
        alike = similar(self._nodes, self._edges, paper.id, count_of("n", n), connectors)
        return _about(_by_id(alike), paper)

    def missing(
        self, n: int | None = 20, *, tag: str | None = None, month: str | None = None
    ) -> pd.DataFrame:
        """Works that the papers you read cite most, and that you have not read.

        A paper whose references are not known cites nothing here: see `references_known`.

        Parameters
        ----------
        n
            At most so many; all, if None.
        tag
            Only what papers of this tag cite, or of one that is narrower.
        month
            Only what papers with an entry in this month cite, as `2024-09` or `Sep 2024`;
            DigestGraphError, if it is none.

        Returns
        -------
        DataFrame
            By id: `label, year, cited_by`, and the papers that cite it: `citing` (ids) and
            `citing_labels`. The most cited first, then the latest, then by label.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Questions(*READ).missing(tag="rl")["cited_by"].to_dict()
        {'w1': 2, 'w2': 2}
        """
        span = None if month is None else month_span(month)
        tag_id = None if tag is None else self.id_of(tag, "tag")
        return _by_id(missing(self._nodes, self._edges, count_of("n", n), tag_id, span))

    def path(
        self,
        start: str,
        goal: str,
        *,
        kinds: str | Iterable[str] = (),
        connectors: Collection[str] = (),
    ) -> pd.DataFrame:
        """The nodes on a shortest way from one to another, and what joins each to the one before.

        Parameters
        ----------
        start, goal
            Nodes of any kind, as in `id_of`.
        kinds
            Only edges of these kinds are walked; all, if none is named.
        connectors
            No path leads through ambiguous authors, meta tags and categories. Name `ambiguous`,
            `meta` or `category` to let it.

        Returns
        -------
        DataFrame
            By id, in order: `step` (from 0), `kind`, `label`, `edges` (their kinds) and `words`. Of
            several shortest paths the first by ids. Empty where no path joins the two.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> found = Questions(*READ).path("Ann", "w1")
        >>> list(zip(found.index, found["words"].fillna("")))
        [('author:ann', ''), ('p1', 'wrote'), ('w1', 'cites')]
        """
        walked = [kinds] if isinstance(kinds, str) else list(kinds)
        taken = self.taken(start), self.taken(goal)
        ends = taken[0].id, taken[1].id
        way = shortest_path(self._nodes, self._edges, ends, walked, connectors)
        return _about(_by_id(way), *taken)

    def explain(self, query: str) -> ShownText:
        """Why a paper, an entry or a person is what the graph says, in words.

        Every candidate with its scores, who says what, and for a person what proves that several
        papers are theirs. It is read from the evidence beside the tables that were loaded.

        Parameters
        ----------
        query
            A node as in `id_of`, a name that several people may bear, or `FILE:LINE` of a digest.

        Raises
        ------
        DigestGraphError
            As in `id_of`, and where the graph was not loaded from a folder.
        """
        if self._folder is None:
            remedy = "Read it with `load(folder)`, where the evidence lies, and ask again."
            raise DigestGraphError(f"this graph was not loaded from a folder. {remedy}")
        return ShownText(explanation(query, self._folder))

    def diff(self, other: Views) -> pd.DataFrame:
        """What changed from this graph to another one, such as a later build, by ids.

        Returns
        -------
        DataFrame
            `change` (merged, renamed, read, added, removed), `what` (the kind of a node or of an
            edge), `id, label`, and `other, other_label`: what it is now, or the other end of the
            edge. By change in this order, then by what, id and other. See docs/measures.md.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> nodes, edges = READ
        >>> Questions(nodes, edges.slice(1)).diff(Questions(nodes, edges))["what"].to_list()
        ['wrote']
        """
        return frame(changes(self.tables, other.tables))

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self._nodes, self._edges)


def _about(answer: pd.DataFrame, *nodes: Taken) -> pd.DataFrame:
    """The answer, which says above its first row which nodes it is about."""
    answer.attrs["taken"] = [node.id for node in nodes]
    return answer.rename_axis(columns=" to ".join(f"{node.id} {node.label}" for node in nodes))


def _by_id(table: pa.Table) -> pd.DataFrame:
    return frame(table).set_index("id")
