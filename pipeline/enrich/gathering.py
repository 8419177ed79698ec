"""Facts from the sources, through one fetch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.records import Facts, Skip
from pipeline.services import Fetch, Source


def all_facts(sources: Iterable[Source], fetch: Fetch) -> Iterator[Facts | Skip]:
    """Every paper that each source knows, in the order of the sources."""
    for source in sources:
        yield from source.read(fetch(source.ask(())))
