"""Matches of entries to what is at hand, remembered file by file; searches are asked on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain, groupby
from typing import NamedTuple

import msgspec

from pipeline.build.matching import is_settled, matches
from pipeline.match.candidates import CandidateSource
from pipeline.model.records import Candidate, Entry, Match, Override, Progress, Verdict
from pipeline.store.memory import Memory, key_of


class Places(NamedTuple):
    """Where candidates come from without a service, the reader's own word, and a mark of both.

    Places of one mark, in bytes, give the same candidates. `reaches` is the newest day of the
    catalogue.
    """

    overrides: Sequence[Override]
    local: Sequence[CandidateSource]
    reaches: date | None
    mark: bytes


class _Decided(NamedTuple):
    """A match without its entry."""

    arxiv_id: str | None
    verdict: Verdict
    confidence: float
    decided_by: str
    reason: str
    candidates: tuple[Candidate, ...]
    checked: date | None
    override: Override | None


def local_matches(
    entries: Sequence[Entry], places: Places, memory: Memory, progress: Progress
) -> list[list[Match]]:
    """What each entry is by what is at hand, file by file, in order.

    Only files are matched that are not remembered as they are now: what one is hangs on its own
    entries alone, and on the `places`.
    """
    encode = msgspec.msgpack.Encoder().encode
    of_files = [list(group) for _, group in groupby(entries, key=lambda entry: entry.file)]
    rules = encode(places.overrides), places.mark
    keys = [key_of("matching", *rules, encode(of_file)) for of_file in of_files]
    remembered = memory.of(keys, tuple[_Decided, ...])
    new = [number for number, key in enumerate(keys) if key not in remembered]
    coming = matches(
        chain.from_iterable(of_files[number] for number in progress(new, "matching")),
        places.overrides, places.local, (), places.reaches,
    )  # fmt: skip
    new_matches = {
        keys[number]: tuple(_bare(next(coming)) for _ in of_files[number]) for number in new
    }
    memory.keep(new_matches)
    decided_of_file = remembered | new_matches
    return [
        [
            Match(entry, *decided)
            for entry, decided in zip(of_file, decided_of_file[key], strict=True)
        ]
        for of_file, key in zip(of_files, keys, strict=True)
    ]


def with_searches(
    local: Sequence[Sequence[Match]], places: Places, searches: Sequence[CandidateSource]
) -> list[Match]:
    """The matches, those of the files anew of which a search has something to say.

    As `matches` has it, the searches are asked in turn for what is not settled yet.
    """
    anew: set[int] = set()
    for search in searches:
        quiet = [number for number in range(len(local)) if number not in anew]
        open_ones = [(n, m.entry) for n in quiet for m in local[n] if not _is_settled(m, places)]
        for (number, _), further in zip(open_ones, search([e for _, e in open_ones]), strict=True):
            if further.facts or further.checked or further.no_such_id:
                anew.add(number)
    changed = [match.entry for number in sorted(anew) for match in local[number]]
    coming = matches(changed, places.overrides, places.local, searches, places.reaches)
    return [
        next(coming) if number in anew else match
        for number, of_file in enumerate(local)
        for match in of_file
    ]


def _is_settled(match: Match, places: Places) -> bool:
    return is_settled(match, places.reaches)


def _bare(match: Match) -> _Decided:
    return _Decided(*(getattr(match, name) for name in _Decided._fields))
