"""A graph to look at: a still picture and plots."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from pipeline.analyse.citations_vs_mentions import cited_and_mentioned
from pipeline.analyse.profiles import community_profiles
from pipeline.analyse.reach import author_reach
from pipeline.analyse.timeline import timeline
from pipeline.analyse.trends import tag_trends
from pipeline.knowledge_graph.views import Views

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Pictures(Views):
    """What can be drawn of a graph.

    A plot is a matplotlib figure: `g.plot().savefig("graph.svg")` keeps it. Where there is nothing
    to draw, it says so. Raises ModuleNotFoundError without matplotlib and Pillow.
    """

    def plot(self, labels: int = 25) -> Figure:
        """A still picture of the graph as it lies, with at most `labels` labels, largest first."""
        with _plotting():
            from pipeline.export.figure import figure
        return figure(*self.tables, labels)

    def plot_months(self, most_tags: int = 12) -> Figure:
        """Papers that you read by month, and the `most_tags` tags that they bear most.

        The numbers are those of `timeline()`.
        """
        with _plotting():
            from pipeline.export.plots.months import months
        return months(timeline(*self.tables), most_tags)

    def plot_trends(
        self, by: Literal["month", "year"] = "month", at_least: int = 5, most: int = 24
    ) -> Figure:
        """Tags that rise and fall: the share of each in the earlier and the later half of the time.

        At most `most` tags; the numbers are those of `trends(by, at_least)`.
        """
        with _plotting():
            from pipeline.export.plots.rise_and_fall import rise_and_fall
        return rise_and_fall(tag_trends(*self.tables, by, at_least), most)

    def plot_citations(self, labels: int = 16) -> Figure:
        """Citation against mention: how often authors cite a work, and how often you mention it.

        At most `labels` names; the numbers are those of `cited_and_mentioned()`.
        """
        with _plotting():
            from pipeline.export.plots.citation_and_mention import citation_and_mention
        return citation_and_mention(cited_and_mentioned(*self.tables), labels)

    def plot_authors(self, n: int = 20) -> Figure:
        """How far the papers of the `n` foremost authors reach; see `author_reach(n)`."""
        with _plotting():
            from pipeline.export.plots.reach import reach
        return reach(author_reach(*self.tables, n))

    def plot_communities(self) -> Figure:
        """The communities as they lie, with names; see `communities()`."""
        with _plotting():
            from pipeline.export.plots.communities import communities
        return communities(*self.tables, community_profiles(*self.tables))


@contextmanager
def _plotting() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        remedy = "`pip install matplotlib pillow`, or use show(), which needs nothing more"
        raise ModuleNotFoundError(f"a plot needs {error.name}: {remedy}") from error
