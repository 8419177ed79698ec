"""What `digest-graph bulk` cut out of public dumps, to facts: a source for each dump."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice, repeat
from sys import intern
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.records import Authorship, Facts, Reference, Skip
from pipeline.model.services import Answer, Request, Source

T = TypeVar("T")

ARXIV, SEMANTIC_SCHOLAR, OPENALEX = "arxiv_dump", "semantic_scholar_dump", "openalex_dump"
OPENCITATIONS, CROSSREF = "opencitations_dump", "crossref_dump"
_EVIDENCE = {
    SEMANTIC_SCHOLAR: "Semantic Scholar's dump",
    OPENALEX: "OpenAlex's dump",
    OPENCITATIONS: "OpenCitations' dump",
    CROSSREF: "deposited at Crossref, by its dump",
}
_DAMAGED = (ValueError, TypeError, KeyError, OverflowError, OSError, pa.ArrowException)


def _ask(name: str, arxiv_ids: Sequence[str]) -> Request:
    return Request(name, f"bulk:{name}", tuple(arxiv_ids))


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    """The facts of payloads that are each some rows of `tables.DUMPED`, as an Arrow stream."""
    name = answer.request.source
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            facts = list(_facts(name, pa.ipc.open_stream(payload).read_all()))
        except _DAMAGED as error:
            yield Skip("sources", f"{name}/{key}", f"no rows of `bulk`: {error!r}.")
        else:
            yield from facts


def _facts(source: str, rows: pa.Table) -> Iterator[Facts]:
    works = partial(_works, _EVIDENCE.get(source))
    lists = {
        "former_titles": [titles or () for titles in _lists(rows["former_titles"], _texts)],
        "authors": _lists(rows["authors"], _texts),
        "categories": _lists(rows["categories"], _texts),
        "references": _lists(rows["references"], works),
        "citations": _lists(rows["citations"], works),
        "authorships": [people or None for people in _lists(rows["authorships"], _authorships)],
    }
    others = {name: rows[name].to_pylist() for name in {*rows.column_names} - {*lists, "source"}}
    columns = lists | others | {"title": list(_texts(rows["title"]))}
    for values in zip(*columns.values(), strict=True):
        yield Facts(source, **dict(zip(columns, values, strict=True)))


def _lists(
    column: pa.ChunkedArray, records: Callable[[pa.ChunkedArray], Iterable[T]]
) -> list[tuple[T, ...] | None]:
    """The lists of a column, of what `records` makes of all their items; None stays None."""
    items = iter(records(pc.list_flatten(column)))
    sizes = pc.list_value_length(column).to_pylist()
    return [None if size is None else tuple(islice(items, size)) for size in sizes]


def _texts(column: pa.ChunkedArray) -> Iterator[str]:
    return (text and intern(text) for text in column.to_pylist())


def _works(evidence: str | None, column: pa.ChunkedArray) -> Iterator[Reference]:
    return map(_work, *(field.to_pylist() for field in column.flatten()), repeat(evidence))


@lru_cache(maxsize=65536)
def _work(*fields: Any) -> Reference:
    """What many cite is in memory once, and so are its texts."""
    shared: list[Any] = [intern(v) if isinstance(v, str) else v for v in fields]
    return Reference(*shared)


def _authorships(column: pa.ChunkedArray) -> Iterator[Authorship]:
    for person in column.to_pylist():
        yield Authorship(person["name"], tuple(person["ids"]), tuple(person["institutions"]))


SOURCES = tuple(
    Source(name, partial(_ask, name), _facts_of_answer, max_keys=5_000)
    for name in (ARXIV, SEMANTIC_SCHOLAR, OPENALEX, OPENCITATIONS, CROSSREF)
)
