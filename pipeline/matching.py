"""Entries matched: every place that candidates come from, asked in turn, and one decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline.config import overrides_paths, read_overrides
from pipeline.fetch.bundled import fetch_bundled
from pipeline.match.candidates import CandidateIndex, Found, Place, combined
from pipeline.match.decision import decided
from pipeline.match.overriding import OverrideIndex
from pipeline.reading import parsed
from pipeline.records import Entry, Facts, Match, Override, Skip
from pipeline.services import Answer
from pipeline.sources import bundled, catalogue
from pipeline.store.catalogue_search import Catalogue
from pipeline.store.inputs import found_inputs

BATCH = 5000
"""Entries matched at a time. The catalogue reads its records once for all of them."""


def matched(
    paths: Sequence[Path], overrides: Path | None, known: Catalogue | None, *, printed_ids: bool
) -> Iterator[Match | Skip]:
    """What the entries of inputs are, in order, and what could not be read.

    Without `printed_ids` the links that entries carry are hidden, to measure matching on them.
    Raises UsageError where an input does not exist or the overrides cannot be used.
    """
    local = LocalSources(known)
    by_hand = all_overrides(overrides, found_inputs(paths))
    facts: list[Facts] = []
    for record in local.bundled_facts():
        if isinstance(record, Skip):
            yield record
        else:
            facts.append(record)
    places = local.places(facts)
    entries: list[Entry] = []
    for read in parsed(paths):
        if isinstance(read, Skip):
            yield read
        else:
            entries.append(read if printed_ids else replace(read, arxiv_id=None))
    yield from matches(entries, by_hand, places)


def all_overrides(asked: Path | None, inputs: Iterable[Path]) -> list[Override]:
    """The reader's own decisions: of the file asked for, else of those beside the inputs."""
    return [o for path in overrides_paths(asked, inputs) for o in read_overrides(path)]


def matches(
    entries: Iterable[Entry], overrides: Sequence[Override], places: Sequence[Place]
) -> Iterator[Match]:
    """What each entry is, in order. All the places give candidates; one decision weighs them."""
    by_hand = OverrideIndex(overrides)
    coming = iter(entries)
    while batch := list(islice(coming, BATCH)):
        found = [place(batch) for place in places]
        for entry, of_places in zip(batch, zip(*found, strict=True), strict=True):
            yield decided(entry, by_hand, combined(of_places))


class LocalSources:
    """The sources that need no network: the facts that ship, and a catalogue, if there is one."""

    def __init__(self, catalogue: Catalogue | None) -> None:
        self._catalogue = catalogue

    def names(self) -> tuple[str, ...]:
        """The sources that are asked, in order."""
        return (bundled.NAME,) if self._catalogue is None else (bundled.NAME, catalogue.NAME)

    def bundled_facts(self) -> Iterator[Facts | Skip]:
        """Everything that ships."""
        yield from bundled.SOURCE.read(fetch_bundled(bundled.SOURCE.ask(())))

    def facts_of(self, arxiv_ids: Sequence[str]) -> Iterator[Facts | Skip]:
        """What the catalogue says of papers."""
        if self._catalogue is not None:
            request = catalogue.SOURCE.ask(arxiv_ids)
            yield from catalogue.SOURCE.read(Answer(request, self._catalogue.pieces(arxiv_ids)))

    def places(self, facts: Iterable[Facts]) -> list[Place]:
        """Where candidates come from: facts in memory, and the catalogue."""
        index = CandidateIndex(facts)
        return [index.found] if self._catalogue is None else [index.found, self._near]

    def _near(self, entries: Sequence[Entry]) -> list[Found]:
        known = self._catalogue
        if known is None:
            return [Found(()) for _ in entries]
        return [
            Found([catalogue.facts_of_piece(piece) for piece in pieces], known.checked(entry.date))
            for entry, pieces in zip(entries, known.near(entries), strict=True)
        ]


def named_ids(found: Iterable[Match]) -> list[str]:
    """The arXiv ids that entries are, and those that their commentary mentions, in order."""
    named: set[str] = set()
    for match in found:
        named.update(filter(None, (match.arxiv_id, *(m.arxiv_id for m in match.entry.mentions))))
    return sorted(named)
