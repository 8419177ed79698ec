"""The sources that need no network: the facts that ship, the local catalogue, public dumps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from pipeline.bulk.folder import BulkFolder
from pipeline.catalogue.search import Catalogue
from pipeline.fetch.bundled import fetch_bundled
from pipeline.identity.rarity import Rarity
from pipeline.match.candidates import CandidateIndex, Candidates, CandidateSource
from pipeline.match.evidence import Background
from pipeline.model.records import Entry, Facts, Reference, Skip
from pipeline.model.services import Answer, Payloads
from pipeline.sources import bulk, bundled, catalogue
from pipeline.store.memory import Memory, key_of


class _LocalRecord(NamedTuple):
    record: bytes | None


class LocalSources:
    """The sources that need no network: the facts that ship, and what else there is of them."""

    def __init__(
        self,
        catalogue: Catalogue | None,
        dumped: BulkFolder | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._dumped = dumped
        self._memory = memory

    def names(self) -> tuple[str, ...]:
        """The sources that are asked, in order."""
        of_catalogue = (catalogue.NAME,) if self._catalogue else ()
        return (bundled.NAME, *of_catalogue, *(self._dumped.sources if self._dumped else ()))

    def reaches(self) -> date | None:
        """The day of the newest record of the catalogue; None where there is none."""
        return self._catalogue.newest if self._catalogue else None

    def bundled_facts(self) -> Iterator[Facts | Skip]:
        """Everything that ships."""
        yield from _of_papers(bundled.SOURCE.read(fetch_bundled(bundled.SOURCE.ask(()))))

    def catalogued(self, arxiv_ids: Sequence[str]) -> Iterator[Facts]:
        """What the catalogue says of papers, without what of it cannot be read."""
        if self._catalogue is not None and arxiv_ids:
            request = catalogue.SOURCE.ask(arxiv_ids)
            read = catalogue.SOURCE.read(Answer(request, self._pieces(arxiv_ids)))
            yield from (known for known in read if isinstance(known, Facts))

    def facts_of(self, arxiv_ids: Sequence[str]) -> Iterator[Facts | Skip]:
        """What the catalogue and public dumps say of papers."""
        if self._catalogue is not None:
            request = catalogue.SOURCE.ask(arxiv_ids)
            yield from _of_papers(catalogue.SOURCE.read(Answer(request, self._pieces(arxiv_ids))))
        if self._dumped is not None:
            yield from _facts_of_dumps(self._dumped, arxiv_ids)

    def places(self, facts: Iterable[Facts]) -> list[CandidateSource]:
        """Where candidates come from: facts in memory, and the catalogue."""
        return [CandidateIndex(facts).candidates_of, *self.catalogue_places()]

    def mark(self) -> bytes:
        """What marks the state of the catalogue: the same bytes while nothing in it changes."""
        return self._catalogue.mark if self._catalogue else b""

    def author_names(self) -> Rarity | None:
        """How common names are among the authors of the catalogue; None where there is none."""
        return self._catalogue.author_names() if self._catalogue else None

    def catalogue_places(self) -> list[CandidateSource]:
        """The catalogue as a place that candidates come from; none where there is none."""
        return [] if self._catalogue is None else [self._near]

    def _pieces(self, arxiv_ids: Sequence[str]) -> Payloads:
        """The records of the catalogue, those remembered that it was asked for before."""
        if self._catalogue is None or self._memory is None:
            return self._catalogue.pieces(arxiv_ids) if self._catalogue else ()
        keys = {i: key_of("catalogue record", self.mark(), i.encode()) for i in arxiv_ids}
        record_of_key = self._memory.of(keys.values(), _LocalRecord)
        new = self._catalogue.pieces([i for i, key in keys.items() if key not in record_of_key])
        made = {keys[arxiv_id]: _LocalRecord(piece) for arxiv_id, piece in new}
        self._memory.keep(made)
        record_of_key |= made
        return tuple((i, record_of_key[key].record) for i, key in keys.items())

    def _near(self, entries: Sequence[Entry]) -> list[Candidates]:
        opened = self._catalogue
        if opened is None:
            return [Candidates(()) for _ in entries]
        return [
            Candidates(
                [catalogue.facts_of_piece(piece) for piece in pieces],
                opened.checked(entry.date),
                background=Background(*opened.title_rarity(entry.title)),
            )
            for entry, pieces in zip(entries, opened.near(entries), strict=True)
        ]


def _of_papers(told: Iterable[Facts | Reference | Skip]) -> Iterator[Facts | Skip]:
    """What a source says of papers; of works that papers cite none of these says anything."""
    return (record for record in told if not isinstance(record, Reference))


def _facts_of_dumps(dumped: BulkFolder, arxiv_ids: Sequence[str]) -> Iterator[Facts | Skip]:
    """What public dumps say of papers, one dump after the other, from one pass over the folder."""
    asked = {source.name: (source, source.ask(arxiv_ids)) for source in bulk.SOURCES}
    said: dict[str, list[Facts | Skip]] = {name: [] for name in asked}
    for name, piece in dumped.pieces(arxiv_ids):
        if name in asked:
            source, request = asked[name]
            said[name] += _of_papers(source.read(Answer(request, (("dumped", piece),))))
    return chain.from_iterable(said.values())
