"""Parts of a graph and other forms of it, each a graph with the same methods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import of_kinds
from pipeline.analyse.measures import remeasured
from pipeline.analyse.parts import PaperFilter, around, part_of, where
from pipeline.analyse.paths import WORDS
from pipeline.knowledge_graph.checking import count_of, texts_of, years_of
from pipeline.knowledge_graph.views import Views
from pipeline.model.errors import DigestGraphError

_PLACE = ("x", "y", "size", "color")


class Parts(Views):
    """What can be taken out of a graph."""

    def around(self, query: str, hops: int = 1, kinds: str | Iterable[str] = ()) -> Self:
        """The part of the graph within `hops` steps of a node, along edges of either direction.

        Parameters
        ----------
        query
            The node in the middle, as in `id_of`.
        hops
            How far to go; 0 is the node alone.
        kinds
            Only edges of these kinds (`cites`, `mentions`, `wrote`, `tagged`, `in_category`,
            `broader`, `relates_to`) are walked and kept; all, if none is named.

        Raises
        ------
        DigestGraphError
            As in `id_of`, and where there is no such kind of edge.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Parts(*READ).around("Ann", kinds="wrote")
        Parts(2 papers (2 read), 1 author; 2 edges)
        """
        chosen = _several(kinds)
        unknown = sorted(set(chosen).difference(WORDS))
        if unknown:
            raise DigestGraphError(f'"{unknown[0]}" is none of the edge kinds {tuple(WORDS)}')
        edges = of_kinds(self._edges, *chosen) if chosen else self._edges
        return self._with(*around(self._nodes, edges, self.id_of(query), count_of("hops", hops)))

    def where(
        self,
        *,
        tag: str | Iterable[str] = (),
        author: str | Iterable[str] = (),
        year: int | Iterable[int] | None = None,
        category: str | Iterable[str] = (),
        read: bool | None = None,
    ) -> Self:
        """The part of the papers that fit, with their authors, organisations, tags, categories.

        A paper has to fit all that is named, and of several tags, authors, years or categories
        one. A second `where` narrows the first: `g.where(tag="rl").where(tag="llm")`.

        Parameters
        ----------
        tag
            A tag or several, as in `id_of`; narrower ones are included.
        author
            People or organisations, as in `id_of`.
        year
            A year or several, as `range(2020, 2024)`, of the first version.
        category
            arXiv's categories as `cs.CL`, or all of one archive as `cs`.
        read
            True: papers that an entry is about; False: all others; None: both.

        Raises
        ------
        DigestGraphError
            As in `id_of`, and where no paper here is of such a category.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> g = Parts(*READ)
        >>> g.where(tag="rl", author="Bo"), g.where(year=range(2022, 2025))
        (Parts(1 paper (1 read), 2 authors, 1 tag; 3 edges), Parts(1 paper; 0 edges))
        """
        wanted = PaperFilter(
            tags=[self.id_of(name, "tag") for name in _several(tag)],
            creators=[self.id_of(name, "author", "organisation") for name in _several(author)],
            years=years_of(year),
            categories=[node_id for name in _several(category) for node_id in self._of(name)],
            read=read,
        )
        return self._with(*where(self._nodes, self._edges, wanted))

    def part(self, queries: Iterable[str]) -> Self:
        """The part of these nodes and the edges among them.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Parts(*READ).part(["p1", "w1", "#rl"])
        Parts(2 papers (1 read), 1 tag; 2 edges)
        """
        ids = pa.array([self.id_of(query) for query in queries], pa.string())
        return self._with(*part_of(self._nodes, self._edges, ids))

    def measured(self, seed: int = 1) -> Self:
        """The same nodes and edges, with degree, PageRank and communities of this part alone.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Parts(*READ).part(["p1", "w1"]).measured().nodes["degree"].to_dict()
        {'p1': 1, 'w1': 1}
        """
        return self._with(remeasured(self._nodes, self._edges, seed), self._edges)

    def placed(self, places: pd.DataFrame) -> Self:
        """The graph with the nodes elsewhere, as another program laid them.

        Parameters
        ----------
        places
            By id: `x`, `y`, `size` and `color` (`#rrggbb`), or some of them. What is missing, a
            column, a node or a value, stays as it was; ids that are not here count for nothing.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> moved = Parts(*READ).placed(pd.DataFrame({"x": [7.5]}, index=["p1"]))
        >>> moved.nodes.loc[["p1", "p2"], "x"].to_list()
        [7.5, 0.0]
        """
        nodes = self._nodes
        places_here = places.reindex(nodes["id"].to_pylist())
        for name in (column for column in _PLACE if column in places):
            field = nodes.schema.field(name)
            values = pa.array(places_here[name].astype(object), field.type, from_pandas=True)
            filled = pc.coalesce(values, nodes[name].combine_chunks())
            nodes = nodes.set_column(nodes.schema.get_field_index(name), field, filled)
        return self._with(nodes, self._edges)

    def _with(self, nodes: pa.Table, edges: pa.Table) -> Self:
        return type(self)(nodes, edges, self._coverage, self._folder)

    def _of(self, category: str) -> list[str]:
        """The ids of the categories of this name, or of this archive."""
        labels = {f"category:{name}": name for name in self.categories["label"]}
        asked = category.removeprefix("category:").casefold()
        category_ids = [
            i for i, name in labels.items() if f"{name}.".casefold().startswith(f"{asked}.")
        ]
        if not category_ids:
            category_names = ", ".join(sorted(labels.values())) or "none is known"
            raise DigestGraphError(
                f'no paper here is of the category "{category}": {category_names}'
            )
        return category_ids


def _several(names: str | Iterable[str]) -> list[str]:
    return [names] if isinstance(names, str) else texts_of(names)
