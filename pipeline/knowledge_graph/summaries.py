"""What a graph holds as a whole: pairs, communities, tags and time, in pandas frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.bibliographic_coupling import coauthors, cocited, coupled
from pipeline.analyse.citations_vs_mentions import cited_and_mentioned
from pipeline.analyse.profiles import community_profiles
from pipeline.analyse.reach import author_reach
from pipeline.analyse.timeline import timeline
from pipeline.analyse.trends import tag_trends
from pipeline.knowledge_graph.frames import frame
from pipeline.knowledge_graph.views import Views
from pipeline.model.errors import DigestGraphError


class Summaries(Views):
    """What can be counted over a graph."""

    def coauthors(self, at_least: int = 1, connectors: Collection[str] = ()) -> pd.DataFrame:
        """People who wrote papers together, each pair once.

        Parameters
        ----------
        at_least
            Only pairs with so many papers in common.
        connectors
            Ambiguous authors are left out, unless `ambiguous` is named.

        Returns
        -------
        DataFrame
            `id, label, other, other_label`, `shared` (papers in common) and `salton` (by the
            geometric mean of the papers of each, 0 to 1). The most papers first, then the highest
            salton, then by id. A paper by more than 100 people joins none of them.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).coauthors()[["label", "other_label", "shared"]].values.tolist()
        [['ann', 'bo', 1]]
        """
        return self._pairs(coauthors(self._nodes, self._edges, at_least, connectors=connectors))

    def cocitation(self, at_least: int = 2) -> pd.DataFrame:
        """Works that papers cite together, each pair once.

        Parameters
        ----------
        at_least
            Only pairs that so many papers cite together.

        Returns
        -------
        DataFrame
            As `coauthors`; `shared` are the papers that cite both.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).cocitation()[["id", "other", "shared"]].values.tolist()
        [['w1', 'w2', 2]]
        """
        return self._pairs(cocited(self._nodes, self._edges, at_least))

    def coupling(self, at_least: int = 2) -> pd.DataFrame:
        """Papers that cite the same works, each pair once.

        Parameters
        ----------
        at_least
            Only pairs with so many references in common.

        Returns
        -------
        DataFrame
            As `coauthors`; `shared` are the works that both cite.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).coupling()[["id", "other", "shared"]].values.tolist()
        [['p1', 'p2', 2]]
        """
        return self._pairs(coupled(self._nodes, self._edges, at_least))

    def communities(self) -> pd.DataFrame:
        """What each community is about, and who is in it, by its number; the largest is 0.

        Those are the communities of the whole graph; `measured()` finds those of a part.

        Returns
        -------
        DataFrame
            `name` (two telling tags), `nodes`, `papers` and `read` (how many), `tags`, `authors`
            and `titles` (three each, the most telling or strongest first).

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).communities()[["name", "papers", "read"]].values.tolist()
        [['rl', 5, 3]]
        """
        return frame(community_profiles(self._nodes, self._edges)).set_index("community")

    def trends(self, by: Literal["month", "year"] = "month", at_least: int = 5) -> pd.DataFrame:
        """Which tags rise, which decline, and which took the place of another.

        Parameters
        ----------
        by
            The periods that are compared.
        at_least
            Only tags with so many papers.

        Returns
        -------
        DataFrame
            By id of the tag: `label, papers, first, last`, its share of the papers of the earlier
            and of the later half of the time (`early`, `late`), how many times the share grows in a
            year (`growth`, 99 times in 100 from `low` to `high`), `trend` (rise, decline, steady,
            unclear) and `successor`. Rises come first, then declines, the steepest first. The last
            six are missing where fewer than three periods have papers. See docs/measures.md.

        Examples
        --------
        >>> from pipeline.analyse.examples import RISING
        >>> Summaries(*RISING).trends()["trend"].to_dict()
        {'tag:agent': 'rise', 'tag:gan': 'decline'}
        """
        if by not in ("month", "year"):
            raise DigestGraphError(f'"{by}" is no period. Say `month` or `year`.')
        return frame(tag_trends(self._nodes, self._edges, by, at_least)).set_index("id")

    def timeline(self) -> pd.DataFrame:
        """What you read when: a row for each entry that has a day.

        Returns
        -------
        DataFrame
            `day, id, label, year, published`, `age_days` (how old the paper was that day) and
            `tags` (of that entry). By day, then by id.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).timeline().resample("MS", on="day").size().to_list()
        [1, 2]
        """
        return frame(timeline(self._nodes, self._edges))

    def author_reach(self, n: int | None = 20) -> pd.DataFrame:
        """How far the papers of each person reach.

        Parameters
        ----------
        n
            At most so many people; all, if None.

        Returns
        -------
        DataFrame
            By id: `label, ambiguous, confidence, doubt, spellings`, `papers` and `read` (how many),
            and how many `coauthors`, `tags` and `communities` these papers have. Most papers
            first, then most tags, then co-authors, then by id.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).author_reach()["papers"].to_dict()
        {'author:ann': 2, 'author:bo': 2}
        """
        return frame(author_reach(self._nodes, self._edges, n)).set_index("id")

    def cited_and_mentioned(self, n: int | None = None) -> pd.DataFrame:
        """What papers here cite, and what you mention.

        A paper whose references are not known cites nothing here: see `references_known`.

        Parameters
        ----------
        n
            At most so many; all, if None.

        Returns
        -------
        DataFrame
            By id: `label, year, in_digest`, and how many papers `cited` and `mentioned` each. The
            most mentioned first, then the most cited, then by id.

        Examples
        --------
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).cited_and_mentioned(1)[["cited", "mentioned"]].values.tolist()
        [[0, 1]]
        """
        return frame(cited_and_mentioned(self._nodes, self._edges, n)).set_index("id")

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
        >>> from pipeline.analyse.examples import READ
        >>> Summaries(*READ).cited_together()["cited_by"].to_dict()
        {'w2': 3, 'w1': 2}
        """
        titles = self.nodes["label"].to_dict()
        read = set(self.papers.index[self.papers["in_digest"]])
        citing: dict[str, list[str]] = defaultdict(list)
        cites = self.edges[self.edges["kind"] == "cites"]
        for source, target in zip(cites["source"], cites["target"], strict=True):
            if source in read:
                citing[target].append(titles[source])
        shared = {work: papers for work, papers in citing.items() if len(papers) >= at_least}
        cited_works = self.nodes.loc[list(shared), ["label", "year"]].rename(
            columns={"label": "title"}
        )
        cited_works["cited_by"] = pd.array([len(papers) for papers in shared.values()], "Int64")
        cited_works["papers"] = pd.Series(shared, dtype=object)
        return cited_works.sort_values(
            ["cited_by", "year", "title"], ascending=[False, False, True]
        )

    def coverage(self) -> pd.DataFrame:
        """What each source said of each paper: found, unknown, failed or not asked, and why.

        `references` is the length of the source's reference list, missing where it gives none.
        """
        is_here = pc.is_in(self._coverage["paper"], self._nodes["id"].combine_chunks())
        return frame(self._coverage.filter(is_here))

    def _pairs(self, pairs: pa.Table) -> pd.DataFrame:
        """The pairs with the labels of both."""
        labels = {
            side: self._nodes["label"].take(pc.index_in(pairs[side], value_set=self._nodes["id"]))
            for side in ("id", "other")
        }
        order = ["id", "label", "other", "other_label", "shared", "salton"]
        labelled = pairs.append_column("label", labels["id"])
        return frame(labelled.append_column("other_label", labels["other"]).select(order))
