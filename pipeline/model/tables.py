"""The tables that everything after `graph` is made from: one declaration each, held by a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.errors import DataError
from pipeline.model.identities import Creator, Moved, Suggestion
from pipeline.model.kinds import EDGE_KINDS, NODE_KINDS, listed
from pipeline.model.records import Entry, IdLedger, Match, Paper, Skip
from pipeline.model.services import LookupResult

TEXT, WHOLE, REAL, TRUTH, DAY = pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()
TEXTS, DAYS = pa.list_(TEXT), pa.list_(DAY)
NAMED_IDS = pa.list_(pa.struct({"id": TEXT, "source": TEXT, "date": DAY}))
COUNTS = pa.list_(pa.struct({"source": TEXT, "count": WHOLE}))


class Column(NamedTuple):
    """A column: what it holds, in which unit, and whether every row must have it.

    The meaning of a column of nodes begins with the kinds that have it (`paper: ...`), if not all.
    """

    name: str
    type: pa.DataType
    meaning: str
    required: bool = False


class Table(NamedTuple):
    """A table: its columns in order, and the columns that its rows are sorted by, if any."""

    name: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...]

    def schema(self) -> pa.Schema:
        """The Arrow schema; a required column is not nullable."""
        return pa.schema([pa.field(c.name, c.type, nullable=not c.required) for c in self.columns])


NODES = Table(
    "nodes",
    (
        Column("id", TEXT, "stable across runs: `arxiv:2409.01524`, `tag:long-context`", True),
        Column("kind", TEXT, listed(list(NODE_KINDS)), True),
        Column("label", TEXT, "what to show", True),
        Column("arxiv_id", TEXT, "paper: without version"),
        Column("title", TEXT, "paper: as its source prints it, today's title first"),
        Column("first_author", TEXT, "paper: as printed"),
        Column("year", WHOLE, "paper: of the first version"),
        Column("month", WHOLE, "paper: of the first version, 1 to 12"),
        Column("published", DAY, "paper: day of the first version, UTC; null: not known"),
        Column("updated", DAY, "paper: day of the latest version, UTC"),
        Column("categories", TEXTS, "paper: arXiv's, the primary one first"),
        Column("venue", TEXT, "paper: where it appeared"),
        Column("doi", TEXT, "paper: of the published version"),
        Column("url", TEXT, "paper: its page"),
        Column("in_digest", TRUTH, "paper: whether an entry of the digests is about it"),
        Column("entry_dates", DAYS, "paper: days of its entries, in order"),
        Column("abstract", TEXT, "paper"),
        Column("commentary", TEXT, "paper: the reader's own words, entries in order"),
        Column("authors_complete", TRUTH, "paper: whether the author list is the whole one"),
        Column("references_known", TEXT, "paper: `all`, `some` or `none` of its references"),
        Column("comment", TEXT, "paper: what its authors told arXiv"),
        Column("topics", TEXTS, "paper: OpenAlex's"),
        Column("repository", TEXT, "paper: its code"),
        Column("upvotes", WHOLE, "paper: on Hugging Face"),
        Column("cited_by", COUNTS, "paper: citations in the world, by each source that counts"),
        Column("cited_as", TEXTS, "paper: by your own BibTeX, `field: text`, key and kind first"),
        Column("decided_by", TEXTS, "paper: provenance, `field: source` for each known field"),
        Column("name", TEXT, "author, organisation: best spelling; category: arXiv's name"),
        Column("spellings", TEXTS, "all of them; of a paper its title and the reader's names"),
        Column("same_as", NAMED_IDS, "author: ids elsewhere, with source and day"),
        Column("ambiguous", TRUTH, "author: kept apart from a namesake, or joined, without proof"),
        Column("confidence", REAL, "author: how likely all signatures are one person's, 0 to 1"),
        Column("doubt", TEXT, "author: what there is to doubt, in words; null: nothing"),
        Column("broader", TEXTS, "tag: ids of broader tags"),
        Column("meta", TRUTH, "tag: it tells of the note, not of the topic (`news`, `review`)"),
        Column("degree", WHOLE, "edges that begin or end here", True),
        Column("pagerank", REAL, "share of a random walk along all edges, 0 to 1", True),
        Column("community", WHOLE, "number of its Leiden community, the largest is 0", True),
        Column("x", REAL, "page position, to the right", True),
        Column("y", REAL, "page position, upwards", True),
        Column("size", REAL, "diameter in units of x and y", True),
        Column("color", TEXT, "`#rrggbb`", True),
    ),
    ("id",),
)

EDGES = Table(
    "edges",
    (
        Column("source", TEXT, "id of the node that it begins at", True),
        Column("target", TEXT, "id of the node that it ends at", True),
        Column("kind", TEXT, listed(list(EDGE_KINDS)), True),
        Column("sources", TEXTS, "its provenance: who says so, in order of name", True),
        Column("evidence", TEXT, "how it is known"),
        Column("weight", REAL, "how many times it is said, above 0", True),
        Column("position", WHOLE, "wrote: place in the author list, from 1"),
        Column("primary", TRUTH, "in_category: whether it is the primary one"),
        Column("sentence", TEXT, "mentions: the sentences of the commentary, one a line"),
        Column("entry_dates", DAYS, "tagged, mentions: days of the entries that say so"),
    ),
    ("source", "target", "kind"),
)

COVERAGE = Table(
    "coverage",
    (
        Column("paper", TEXT, "id of the paper", True),
        Column("source", TEXT, "who was asked", True),
        Column("state", TEXT, "found, unknown, failed or not asked", True),
        Column("day", DAY, "when it answered, UTC; null for what is on this machine"),
        Column("references", WHOLE, "works in its reference list; null: it gives no list"),
        Column("reason", TEXT, "why it said nothing"),
    ),
    ("paper", "source"),
)

COMMUNITIES = Table(
    "communities",
    (
        Column("community", WHOLE, "its number, as in `nodes`", True),
        Column("name", TEXT, "its most telling tags and title words, or its foremost label", True),
        Column("nodes", WHOLE, "how many nodes it has", True),
        Column("papers", WHOLE, "how many of them are papers", True),
        Column("tags", TEXTS, "labels of its most telling tags, the most telling first", True),
    ),
    ("community",),
)

CATALOGUE = Table(
    "catalogue",
    (
        Column("arxiv_id", TEXT, "without version; each one once", True),
        Column("title", TEXT, "as arXiv prints it, TeX and all", True),
        Column("former_titles", TEXTS, "those that older records had, the latest first"),
        Column("authors", TEXTS, "in the order printed"),
        Column("abstract", TEXT, "as arXiv prints it, on one line"),
        Column("categories", TEXTS, "arXiv's, the primary one first"),
        Column("published", DAY, "day of the first version, UTC"),
        Column("updated", DAY, "day of the latest change to the record"),
        Column("venue", TEXT, "arXiv's journal reference"),
        Column("doi", TEXT, "of the published version"),
        Column("comment", TEXT, "what the authors told arXiv"),
    ),
    (),
)

WORK = pa.struct(
    {"title": TEXT, "first_author": TEXT, "year": WHOLE, "arxiv_id": TEXT, "doi": TEXT}
)
AUTHORSHIP = pa.struct({"name": TEXT, "ids": TEXTS, "institutions": TEXTS})

DUMPED = Table(
    "dumped",
    (
        Column("arxiv_id", TEXT, "without version; once for each source", True),
        Column("source", TEXT, "the dump that says it", True),
        *(column for column in CATALOGUE.columns if column.name not in ("arxiv_id", "title")),
        Column("title", TEXT, "on one line"),
        Column("references", pa.list_(WORK), "works that it cites"),
        Column("references_complete", TRUTH, "whether those are all of them", True),
        Column("citations", pa.list_(WORK), "works that cite it"),
        Column("citation_count", WHOLE, "in the world"),
        Column("authorships", pa.list_(AUTHORSHIP), "its authors, with their ids"),
    ),
    ("arxiv_id", "source"),
)
"""What public dumps say of papers: `Facts` as rows."""


def columns_of(table: Table, names: tuple[str, ...]) -> pa.Schema:
    """The schema of the named columns of a table, in the table's order."""
    schema = table.schema()
    return pa.schema([field for field in schema if field.name in names])


def checked(table: Table, data: pa.Table, place: str) -> pa.Table:
    """`data`, if it is what the table declares: columns, types, no gaps where none may be, order.

    Raises DataError that names `place` and what is wrong.
    """
    remedy = "Build the graph again with this version."
    wanted = table.schema()
    if not data.schema.equals(wanted):
        declared, found = ({f.name: f.type for f in each} for each in (wanted, data.schema))
        names = sorted(n for n in declared | found if declared.get(n) != found.get(n))
        difference = f"it differs in {', '.join(names)}" if names else "its order differs"
        raise DataError(place, f"not the {table.name} table: {difference}", remedy)
    for field in wanted:
        if not field.nullable and data[field.name].null_count:
            raise DataError(place, f"{table.name}.{field.name} has gaps", remedy)
    if not _are_in_order([data[name] for name in table.sorted_by]):
        raise DataError(place, f"{table.name} is not in order", remedy)
    return data


def _are_in_order(keys: Iterable[pa.ChunkedArray]) -> bool:
    tied = pa.scalar(True)
    for key in keys:
        if pc.any(pc.and_(tied, pc.greater(key[:-1], key[1:]))).as_py():
            return False
        tied = pc.and_(tied, pc.equal(key[:-1], key[1:]))
    return True


def own_link(entry: Entry) -> str | None:
    """The link that an entry is about: the first that its commentary does not print."""
    said = entry.commentary or ""
    return next((link for link in entry.links if link not in said), None)


def endpoints(nodes: pa.Table, edges: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """The row numbers in `nodes` at which each edge begins and ends, in the order of `edges`.

    Raises DataError where an edge names a node that is not there.
    """
    rows = np.empty((2, edges.num_rows), np.int32)
    for row, end in enumerate(("source", "target")):
        for start, run in _rows_by_run(nodes["id"], edges[end], "edges"):
            rows[row, start : start + len(run)] = run
    return rows[0], rows[1]


def check_whole(nodes: pa.Table, edges: pa.Table, place: str) -> None:
    """Raises DataError where two nodes have one id, or an edge names a node that is not there."""
    ids = nodes["id"]
    if pc.any(pc.equal(ids.slice(1), ids.slice(0, max(len(ids) - 1, 0)))).as_py():
        raise DataError(place, "two nodes have one id", "Build the graph again.")
    for end in ("source", "target"):
        for _ in _rows_by_run(ids, edges[end], place):
            pass


def _rows_by_run(
    ids: pa.ChunkedArray, ends: pa.ChunkedArray, place: str
) -> Iterator[tuple[int, np.ndarray]]:
    """The rows of the ends among `ids`, a run at a time, so that what it takes does not grow."""
    for start in range(0, len(ends), 1_000_000):
        rows = pc.index_in(ends.slice(start, 1_000_000), ids)
        if rows.null_count:
            raise DataError(place, "an edge names a node that is not there", "Build it again.")
        yield start, rows.to_numpy()


class Build(NamedTuple):
    """Everything that a run found out: what the exporters write their files from.

    `sources` names the sources that were asked, in order; `files` counts the input files;
    `told` is what became of each question to a source, `coverage` that as a table; `communities`
    names those of `nodes`; `suggestions` are for the tags file, and nothing here follows them;
    `moved` are the authors who were joined or parted since the build before; `printed` accounts for
    the arXiv ids that the inputs print; `name` is what the inputs are called; `newly_read` are the
    ids of papers that were not read in the build before, none where there was no build.
    """

    nodes: pa.Table
    edges: pa.Table
    matches: Sequence[Match]
    papers: Sequence[Paper]
    creators: Sequence[Creator]
    skips: tuple[Skip, ...]
    sources: tuple[str, ...]
    files: int
    told: tuple[LookupResult, ...] = ()
    coverage: pa.Table = COVERAGE.schema().empty_table()
    communities: pa.Table = COMMUNITIES.schema().empty_table()
    suggestions: tuple[Suggestion, ...] = ()
    moved: tuple[Moved, ...] = ()
    printed: IdLedger = IdLedger()
    name: str | None = None
    newly_read: tuple[str, ...] = ()


Piece: TypeAlias = bytes | memoryview
"""A run of bytes of a file."""


class GraphFile(NamedTuple):
    """A file that is made from the nodes and edges alone: its name, and what writes it."""

    file_name: str
    pieces: Callable[[pa.Table, pa.Table], Iterator[Piece]]


class BuildFile(NamedTuple):
    """A file that tells of a whole run, not of the graph alone: its name, and what writes it."""

    file_name: str
    pieces: Callable[[Build], Iterator[Piece]]
