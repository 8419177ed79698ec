"""The small tables that the graph is made from: one declaration each, and all of them together.

They hold what the stages before found out, as rows: names and titles are folded and ids are made
by then, so that an engine compares texts and never reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic, NamedTuple, TypeVar

from pipeline.model.tables import DAYS, NODES, TEXT, WHOLE, Column, Table

T = TypeVar("T")
U = TypeVar("U")


def _of_nodes(kind: str, shared: Collection[str], made: Collection[str] = ()) -> tuple[Column, ...]:
    """The columns of nodes whose meaning begins with `kind`, and the `shared` ones, in order.

    `made` are left out: the nodes get them from other columns.
    """
    return tuple(
        column
        for column in NODES.columns
        if column.name in shared or (kind in _kinds(column) and column.name not in made)
    )


def _kinds(column: Column) -> list[str]:
    return column.meaning.partition(":")[0].split(", ")


PAPERS = Table(
    "papers",
    (
        *_of_nodes("paper", ("id", "spellings"), made=("kind", "url")),
        Column("link", TEXT, "that its entry is about"),
        Column("called", TEXT, "what the reader calls it, else its id and the note with it"),
        Column("authors_from", TEXT, "who decided its authors"),
        Column("categories_from", TEXT, "who decided its categories"),
    ),
    (),
)
"""Those of the digests, those that they mention, and the works that are cited. Each id once."""

CREATORS = Table(
    "creators",
    (
        *_of_nodes("author", ("id", "kind", "spellings")),
        Column("reason", TEXT, "why these signatures are one person's"),
    ),
    (),
)
"""People and organisations. Each id once."""

SIGNATURES = Table(
    "signatures",
    (
        Column("creator", TEXT, "id of the person or organisation", True),
        Column("paper", TEXT, "id of the paper", True),
        Column("position", WHOLE, "place in the author list, from 1", True),
    ),
    (),
)

TAGS = Table("tags", _of_nodes("tag", ("id", "label", "spellings")), ())

TAGGINGS = Table(
    "taggings",
    (
        Column("paper", TEXT, "id of the paper", True),
        Column("tag", TEXT, "id of the tag", True),
        Column("times", WHOLE, "entries that say so", True),
        Column("entry_dates", DAYS, "their days, each once, in order", True),
    ),
    (),
)

TAG_RELATIONS = Table(
    "tag_relations",
    (
        Column("tag", TEXT, "id of the tag", True),
        Column("kind", TEXT, "broader or relates_to", True),
        Column("other", TEXT, "id of the other tag", True),
    ),
    (),
)

CATEGORY_NAMES = Table(
    "category_names",
    (
        Column("category", TEXT, "as arXiv writes it: cs.CL", True),
        Column("name", TEXT, "arXiv's name for it", True),
    ),
    (),
)

CITATIONS = Table(
    "citations",
    (
        Column("citing", TEXT, "id of the paper that cites", True),
        Column("cited", TEXT, "id of the work that is cited", True),
        Column("said_by", TEXT, "the source that says so", True),
        Column("evidence", TEXT, "how the work is known", True),
    ),
    (),
)
"""One row for each reference of each list, so a pair may come more than once."""

MENTIONS = Table(
    "mentions",
    (
        Column("paper", TEXT, "id of the paper whose commentary it is", True),
        Column("other", TEXT, "id of the paper that it points at", True),
        Column("times", WHOLE, "sentences", True),
        Column("evidence", TEXT, "the entries, by file and line", True),
        Column("sentence", TEXT, "the sentences, one a line", True),
        Column("entry_dates", DAYS, "days of the entries, each once, in order", True),
    ),
    (),
)


class Relations(NamedTuple, Generic[T]):
    """All that a graph is made from, as Arrow tables or as an engine's frames."""

    papers: T
    creators: T
    signatures: T
    tags: T
    taggings: T
    tag_relations: T
    category_names: T
    citations: T
    mentions: T

    def each(self, change: Callable[[T], U]) -> Relations[U]:
        """The same with every table changed."""
        return Relations(*map(change, self))
