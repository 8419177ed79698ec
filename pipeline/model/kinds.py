"""The kinds of node and of edge: the one table of each, from which the rest is made or checked.

Tables, measures, exporters and pages take names, words, colours and order from here;
`tests/test_kinds.py` says what of the explorer, of the documents and of a stage's own weights
leaves a kind out. The columns of nodes and edges are in `tables`.
"""

from __future__ import annotations

from typing import NamedTuple


class NodeKind(NamedTuple):
    """A kind of node: its id's beginning, its names in a legend, and its type at schema.org."""

    name: str
    prefix: str
    many: str
    one: str
    schema_type: str


class EdgeKind(NamedTuple):
    """A kind of edge, from one of `sources` to one of `targets`.

    `words` say it along its direction and against it, `heading` in a legend. `color` is drawn with
    `opacity` (0 to 1). `schema_property` is what it says of its source; of its target for `wrote`.
    """

    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    words: tuple[str, str]
    heading: str
    color: str
    opacity: float
    schema_property: str


NODE_KINDS = {
    kind.name: kind
    for kind in (
        NodeKind("paper", "arxiv:", "Cited works", "A cited work", "ScholarlyArticle"),
        NodeKind("author", "author:", "Authors", "Author", "Person"),
        NodeKind("organisation", "org:", "Organisations", "Organisation", "Organization"),
        NodeKind("tag", "tag:", "Tags", "Tag", "DefinedTerm"),
        NodeKind("category", "category:", "Categories", "Category", "DefinedTerm"),
    )
}
"""By name. A paper without arXiv id begins with `doi:` or `work:`."""

_PAPER, _TAG, _CREATORS = ("paper",), ("tag",), ("author", "organisation")
EDGE_KINDS = {
    kind.name: kind
    for kind in (
        EdgeKind(
            *("mentions", _PAPER, _PAPER, ("mentions", "is mentioned by"), "You mention"),
            *("#d55e00", 0.95, "mentions"),
        ),
        EdgeKind(
            *("cites", _PAPER, _PAPER, ("cites", "is cited by"), "Cites"),
            *("#b9a27a", 0.55, "citation"),
        ),
        EdgeKind(
            *("wrote", _CREATORS, _PAPER, ("wrote", "was written by"), "Wrote"),
            *("#6aa5d0", 0.5, "author"),
        ),
        EdgeKind(
            *("tagged", _PAPER, _TAG, ("is tagged", "is the tag of"), "Tagged"),
            *("#009e73", 0.7, "keywords"),
        ),
        EdgeKind(
            *("in_category", _PAPER, ("category",), ("is in", "holds"), "In category"),
            *("#cc79a7", 0.45, "about"),
        ),
        EdgeKind(
            *("broader", _TAG, _TAG, ("is a kind of", "is broader than"), "Broader"),
            *("#007a56", 0.7, "broader"),
        ),
        EdgeKind(
            *("relates_to", _TAG, _TAG, ("relates to", "relates to"), "Relates to"),
            *("#007a56", 0.5, "related"),
        ),
    )
}
"""By name, the strongest first, in the order of a legend."""


def listed(names: list[str]) -> str:
    """Names in a sentence.

    >>> listed(["tag", "paper", "author"])
    'tag, paper or author'
    """
    return f"{', '.join(names[:-1])} or {names[-1]}"
