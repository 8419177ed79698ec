"""Which node a command took for the words that were typed, said on the first line of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.analyse.finding import Taken


def taken_node(nodes: pa.Table, query: str, *kinds: str) -> Taken:
    """The one node, of these kinds if any is named, that the words mean.

    Raises DigestGraphError where none or several are meant.
    """
    from pipeline.analyse.finding import NodeNames

    return NodeNames(nodes).taken(query, *kinds)


def answer(
    rows: pa.Table,
    headings: Mapping[str, str],
    as_json: bool,
    taken: Iterable[Taken] = (),
    nothing: str = "Nothing.",
) -> None:
    """Prints a line for each node that was taken, then the table, as `answers.printed` does.

    Of no rows it says `nothing`. Where the answer is JSON, all but the table goes to standard
    error.
    """
    from pipeline.cli.answers import printed, say_fitted

    for node in taken:
        say_fitted(node.line(), err=as_json)
    if rows.num_rows:
        printed(rows, headings, as_json)
    else:
        say_fitted(nothing, err=as_json)
