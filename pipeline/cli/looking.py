"""`digest-graph search|list`: what a graph that was built holds."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, Output
from pipeline.cli.taking import answer, taken_node
from pipeline.cli.terminal import say
from pipeline.model.errors import DigestGraphError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

app = typer.Typer()
MostOption = Annotated[int, typer.Option("--most", "-n", min=1, help="At most so many.")]
_PAPERS = {"id": "id", "year": "year", "read": "read", "cited": "cited", "label": "title"}
_PAPERS |= {"tags": "tags"}
_CREATORS = ("author", "organisation")
_OTHERS = {"id": "id", "papers": "papers", "label": "name"}
_FOUND = {"id": "id", "kind": "kind", "year": "year", "label": "name", "found_in": "found in"}


class Kind(StrEnum):
    """What can be listed, as a reader calls it."""

    PAPERS = "papers"
    AUTHORS = "authors"
    ORGANISATIONS = "organisations"
    TAGS = "tags"
    CATEGORIES = "categories"

    @property
    def of_node(self) -> str:
        """The kind of node."""
        return "category" if self is Kind.CATEGORIES else self.removesuffix("s")


class Order(StrEnum):
    """What papers are listed by."""

    READ = "read"
    YEAR = "year"
    CITED = "cited"
    NAME = "name"


@app.command(
    epilog="Examples: digest-graph search instruction tuning; digest-graph search rl --kind papers"
)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="All have to be there.")],
    output: Output = Path("outputs"),
    kind: Annotated[list[Kind] | None, typer.Option(help="Only these; once or more.")] = None,
    most: MostOption = 20,
    as_json: AsJson = False,
) -> None:
    """Find what has all of these words: in titles, names, tags, abstracts and your own words.

    Case, accents, hyphens and TeX do not count; a word finds those that begin with it, and in
    Korean, Chinese and Japanese wherever it stands. As on the page, author:dao, tag:rl (or '#rl')
    and 2020..2022 narrow it down, and '"a phrase"' stands in quotes.
    """
    from pipeline.analyse.searching import Texts
    from pipeline.store.tables import read_graph

    asked = " ".join(words)
    kinds = [wanted.of_node for wanted in kind or ()]
    nodes, edges = read_graph(output)
    rows = Texts(nodes, edges).found(asked, None, kinds)
    if not rows.num_rows:
        raise DigestGraphError(_nothing(nodes, asked, kinds))
    answer(rows.slice(0, most), _FOUND | {"passage": "in these words"}, as_json)
    _tell_rest(rows.num_rows, most, as_json)


@app.command(
    name="list",
    epilog="Examples: digest-graph list; digest-graph list --tag rl --unread --by cited; "
    "digest-graph list authors",
)
def list_nodes(
    kind: Annotated[Kind, typer.Argument(help="What to list.")] = Kind.PAPERS,
    output: Output = Path("outputs"),
    tag: Annotated[list[str] | None, typer.Option(help="Only of one of these tags.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="Only by one of these people.")] = None,
    year: Annotated[list[int] | None, typer.Option(help="Only of one of these years.")] = None,
    read: Annotated[
        bool | None, typer.Option("--read/--unread", help="Only what you read, or did not.")
    ] = None,
    by: Annotated[Order | None, typer.Option(help="The order of papers [default: read].")] = None,
    most: MostOption = 20,
    as_json: AsJson = False,
) -> None:
    """List the papers of the graph, the last read first; or its people, tags or categories.

    With papers that are narrowed down, people, tags and categories are those of these papers.
    """
    from pipeline.analyse import listing
    from pipeline.analyse.parts import PaperFilter, where
    from pipeline.store.tables import read_graph

    if by is not None and kind is not Kind.PAPERS:
        raise UsageError("--by is the order of papers; all others stand by their papers here.")
    nodes, edges = read_graph(output)
    tags = [taken_node(nodes, name, "tag") for name in tag or ()]
    creators = [taken_node(nodes, name, *_CREATORS) for name in author or ()]
    wanted = PaperFilter(
        tags=[taken.id for taken in tags],
        creators=[taken.id for taken in creators],
        years=year or None,
        read=read,
    )
    part = where(nodes, edges, wanted) if any((tag, author, year, read is not None)) else None
    if kind is Kind.PAPERS:
        among = part[0]["id"].combine_chunks() if part else None
        rows = listing.papers(nodes, edges, (by or Order.READ).value, among)
    else:
        rows = listing.others(*(part or (nodes, edges)), kind.of_node)
    if not rows.num_rows:
        raise DigestGraphError(f"no {kind} here, or none that fits all that is asked for.")
    headings = _PAPERS if kind is Kind.PAPERS else _OTHERS
    answer(rows.slice(0, most), headings, as_json, [*tags, *creators])
    _tell_rest(rows.num_rows, most, as_json)


def _tell_rest(total: int, most: int, as_json: bool) -> None:
    if total > most:
        say(f"{total - most:,} more of {total:,}; --most {total} has all.", err=as_json)


def _nothing(nodes: pa.Table, asked: str, kinds: list[str]) -> str:
    from pipeline.analyse.finding import NodeNames

    if not asked.strip():
        raise UsageError("search: no word is given. Give one, such as `digest-graph search ocr`.")
    return NodeNames(nodes).unknown(asked, *kinds)
