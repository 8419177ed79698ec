"""All that a graph can be asked, in one object, and how it is read from disk."""

from __future__ import annotations

from pathlib import Path

from pipeline.knowledge_graph.files import WritableGraph
from pipeline.knowledge_graph.gephi import FromGephi
from pipeline.knowledge_graph.networks import Networks
from pipeline.knowledge_graph.parts import Parts
from pipeline.knowledge_graph.pictures import Pictures
from pipeline.knowledge_graph.questions import Questions
from pipeline.knowledge_graph.showing import Showing
from pipeline.knowledge_graph.summaries import Summaries
from pipeline.store.tables import read_coverage, read_graph


def load(folder: str | Path = "outputs") -> KnowledgeGraph:
    """The graph that `make graph` or `digest-graph build` wrote into a folder.

    Raises DataError where it holds no build, a damaged one, or one of another version.
    """
    place = Path(folder).expanduser()
    return KnowledgeGraph(*read_graph(place), read_coverage(place), place)


class KnowledgeGraph(
    Parts, Questions, Summaries, Pictures, Showing, Networks, FromGephi, WritableGraph
):
    """A paper-author-tag-citation graph, or a part of one. It is never changed in place.

    Degree, PageRank, community and position in a part are those of the whole graph. Text, whole
    numbers and truth values are pandas' nullable types: what is not known is `pd.NA`. Wherever a
    method asks for a node, it takes all that `id_of` knows.

    Examples
    --------
    The digest that ships, built in memory; `load("outputs")` reads a build from disk.

    >>> from pipeline.build.run import Inputs, build
    >>> found = build(Inputs((Path("digests/2024-09-05.txt"),)))
    >>> g = KnowledgeGraph(found.nodes, found.edges)
    >>> g
    KnowledgeGraph(239 papers (7 read), 79 authors, 11 tags, 5 categories; 350 edges)
    >>> g.around("2409.01524", kinds=["mentions", "tagged"])
    KnowledgeGraph(2 papers (1 read), 1 tag; 2 edges)
    >>> g.where(tag="code").search("snowcoder")["label"].to_list()[0][:16]
    'Arctic-SnowCoder'
    """
