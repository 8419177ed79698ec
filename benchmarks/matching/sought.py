"""Entries with what a catalogue finds for them, matched with their own paper there and without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from benchmarks.gold import Known
from pipeline.build.local_sources import LocalSources
from pipeline.build.matching import ToldByFile
from pipeline.catalogue.search import Catalogue
from pipeline.match.candidates import Candidates
from pipeline.match.decision import decided
from pipeline.match.evidence import Background
from pipeline.match.overriding import OverrideIndex
from pipeline.model.records import Candidate, Entry, Facts, Match
from pipeline.sources.catalogue import facts_of_piece

BATCH = 2500
NONE_BY_HAND = OverrideIndex(())


class Sought(NamedTuple):
    """An entry, the id that it is (None: not known), its record if there is one, what was found.

    `others` is what is found where the catalogue does not have the entry's own paper; None where
    that is what was found, but for the own paper.
    """

    entry: Entry
    arxiv_id: str | None
    own: Facts | None
    found: Candidates
    others: Candidates | None = None

    def match(self) -> Match:
        """What the entry is taken for."""
        return decided(self.entry, NONE_BY_HAND, self.found)

    def with_told(self, told: ToldByFile) -> Sought:
        """The same, with what the list's other papers tell."""
        found, others = (
            candidates
            and candidates._replace(background=candidates.background._replace(**told._asdict()))
            for candidates in (self.found, self.others)
        )
        return self._replace(found=found or self.found, others=others)

    def without_own(self) -> Sought:
        """The same, as if the catalogue did not have the entry's own paper."""
        others = [known for known in self.found.facts if known.arxiv_id != self.arxiv_id]
        return self._replace(own=None, found=self.others or self.found._replace(facts=others))


def sought(known: Iterable[Known], catalogue: Catalogue) -> Iterator[Sought]:
    """Each entry with its candidates, in order. The catalogue alone is asked."""
    sources = LocalSources(catalogue)
    coming = iter(known)
    while batch := list(islice(coming, BATCH)):
        records = _records(sources, [arxiv_id for _, arxiv_id in batch if arxiv_id])
        entries, ids = [entry for entry, _ in batch], [arxiv_id for _, arxiv_id in batch]
        found = _as_found(catalogue, entries, catalogue.near(entries))
        others = _as_found(catalogue, entries, catalogue.near(entries, ids))
        for row in zip(entries, ids, found, others, strict=True):
            yield Sought(*row[:2], records.get(row[1] or ""), *row[2:])


def _as_found(
    catalogue: Catalogue, entries: Sequence[Entry], near: Sequence[Sequence[bytes]]
) -> list[Candidates]:
    return [
        Candidates(
            [facts_of_piece(piece) for piece in pieces],
            catalogue.checked(entry.date),
            background=Background(*catalogue.title_rarity(entry.title)),
        )
        for entry, pieces in zip(entries, near, strict=True)
    ]


def _records(sources: LocalSources, ids: Sequence[str]) -> dict[str, Facts]:
    facts = sources.facts_of(sorted(set(ids)))
    return {known.arxiv_id: known for known in facts if isinstance(known, Facts)}


class Judged(NamedTuple):
    """A decision on an entry, against the id that the entry is."""

    sought: Sought
    match: Match

    @property
    def right(self) -> bool:
        """Whether the id of the entry was found."""
        return self.match.arxiv_id is not None and self.match.arxiv_id == self.sought.arxiv_id

    @property
    def wrong(self) -> bool:
        """Whether another id was found than gold's; where gold is silent nothing is wrong."""
        found = self.match.arxiv_id
        return found is not None and self.sought.arxiv_id is not None and not self.right

    @property
    def missed(self) -> bool:
        """Whether a paper of the catalogue was not found."""
        return self.sought.own is not None and self.match.arxiv_id is None

    @property
    def chosen(self) -> Candidate | None:
        """The candidate that was taken."""
        return next((c for c in self.match.candidates if c.arxiv_id == self.match.arxiv_id), None)


def judged(asked: Sought) -> Judged:
    """The decision on an entry. Of its candidates the first few are kept."""
    match = asked.match()
    kept = [c for c in match.candidates[1:] if c.arxiv_id in (match.arxiv_id, asked.arxiv_id)]
    return Judged(
        asked._replace(found=Candidates(()), others=None),
        replace(match, candidates=(*match.candidates[:1], *kept)),
    )
