"""Works that a reference list prints with a title alone: their ids, by the rules of matching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from pipeline.build.matching import matches
from pipeline.match.candidates import CandidateSource
from pipeline.model.records import Entry, Facts, Match, Reference
from pipeline.store.memory import Memory, key_of

EVIDENCE = "its title, authors and year are that paper's"


class _Found(NamedTuple):
    arxiv_id: str | None


class ReferenceIds:
    """Looks references up in places where candidates come from, each once, however often asked.

    What places of this `mark` gave is remembered in `memory`, where there is one.
    """

    def __init__(
        self, places: Sequence[CandidateSource], mark: bytes = b"", memory: Memory | None = None
    ) -> None:
        self._places = places
        self._mark = mark
        self._memory = memory
        self._known: dict[Reference, str | None] = {}

    def matched(self, references: Sequence[Reference]) -> Iterator[Match]:
        """What each reference with a title is, in order; decided as an entry of a digest is."""
        return matches(map(_as_entry, references if self._places else ()), (), self._places)

    def completed(self, facts: Iterable[Facts]) -> list[Facts]:
        """The facts; references of a title, but no id nor DOI, with the ids that were found."""
        listed = list(facts)
        if not self._places:
            return listed
        bare = (r for known in listed for r in known.references or () if _is_bare(r))
        new = [r for r in dict.fromkeys(bare) if r not in self._known]
        self._look_up(new)
        return [self._with_ids(known) for known in listed]

    def _look_up(self, references: Sequence[Reference]) -> None:
        encode = msgspec.msgpack.Encoder().encode
        keys = [key_of("reference", self._mark, encode(each)) for each in references]
        known = self._memory.of(keys, _Found) if self._memory else {}
        new = [n for n, key in enumerate(keys) if key not in known]
        told = self.matched([references[n] for n in new])
        made = {keys[n]: _Found(match.arxiv_id) for n, match in zip(new, told, strict=True)}
        if self._memory:
            self._memory.keep(made)
        known |= made
        for reference, key in zip(references, keys, strict=True):
            self._known[reference] = known[key].arxiv_id

    def _with_ids(self, facts: Facts) -> Facts:
        if not facts.references or not any(map(self._known.get, facts.references)):
            return facts
        return replace(facts, references=tuple(map(self._with_id, facts.references)))

    def _with_id(self, reference: Reference) -> Reference:
        arxiv_id = self._known.get(reference)
        return replace(reference, arxiv_id=arxiv_id, evidence=EVIDENCE) if arxiv_id else reference


def _is_bare(reference: Reference) -> bool:
    return bool(reference.title) and not reference.arxiv_id and not reference.doi


def _as_entry(reference: Reference) -> Entry:
    author = reference.first_author
    return Entry(
        file="",
        line_start=0,
        line_end=0,
        date=None,
        title=reference.title,
        authors=(author,) if author else None,
        authors_complete=False,
        abstract=None,
        commentary=None,
        tags=(),
        arxiv_id=None,
        links=(),
        mentions=(),
        published=str(reference.year) if reference.year else None,
    )
