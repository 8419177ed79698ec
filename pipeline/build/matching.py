"""Entries matched: every place that candidates come from, asked in turn, and one decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, repeat
from pathlib import Path
from typing import NamedTuple

from pipeline.build.answers import titles_of
from pipeline.build.local_sources import LocalSources
from pipeline.build.network import Network
from pipeline.catalogue.search import Catalogue
from pipeline.match.candidates import Candidates, CandidateSource, combined
from pipeline.match.chance import is_dated_title, is_rare_title, is_read_before, is_read_late
from pipeline.match.decision import decided
from pipeline.match.evidence import archive_of
from pipeline.match.overriding import OverrideIndex
from pipeline.match.rules import ON_A_TITLE
from pipeline.model.ids import month_of
from pipeline.model.records import Entry, Facts, Match, Override, Skip
from pipeline.settings.overrides import overrides_paths, read_overrides
from pipeline.sources import arxiv_api, arxiv_titles

BATCH = 5000
"""Entries matched at a time. The catalogue reads its records once for all of them."""
SURE = 0.998
FEWEST_KNOWN = 8
"""The papers of a file say what it is about where so many are known."""
MOST_BEFORE = 0.2
"""Where more papers than this share came months after the days on which they would have been read,
these are days on which a list was begun. Of readers' days 1 in 100 are."""


def matched(
    read: Iterable[Entry | Skip],
    by_hand: Sequence[Override],
    catalogue: Catalogue | None,
    network: Network | None,
    *,
    printed_ids: bool,
) -> Iterator[Match | Skip]:
    """What the entries among what was `read` are, in order, and what could not be read.

    Without `printed_ids` the links that entries carry are hidden, to measure matching on them.
    """
    local = LocalSources(catalogue)
    facts: list[Facts] = []
    for fact in local.bundled_facts():
        if isinstance(fact, Skip):
            yield fact
        else:
            facts.append(fact)
    places = local.places(facts)
    entries: list[Entry] = []
    for record in read:
        if isinstance(record, Skip):
            yield record
        else:
            entries.append(record if printed_ids else replace(record, arxiv_id=None))
    searches = network.places() if network else ()
    while True:
        decisions = list(matches(entries, by_hand, places, searches, local.reaches()))
        if network is None or not _asked(decisions, local.reaches(), network):
            break
    yield from decisions


def _asked(decisions: Sequence[Match], reaches: date | None, network: Network) -> bool:
    """Whether anything was left to be asked that could settle entries; then it was."""
    missing = network.missing(questions_on_entries(decisions, reaches, network))
    network.ask(missing)
    network.asker.wait()
    return bool(missing)


def questions_on_entries(
    matched: Iterable[Match], reaches: date | None, network: Network
) -> dict[str, list[str]]:
    """What would settle entries: printed ids and titles, of arXiv and then of others."""
    still_open = [match.entry for match in matched if not is_settled(match, reaches)]
    titles = titles_of(still_open)
    questions = {arxiv_api.NAME: [entry.arxiv_id for entry in still_open if entry.arxiv_id]}
    for source in network.title_searches():
        questions[source.name] = titles
        if source.name == arxiv_titles.NAME:
            unsaid = set(network.answers.unsaid(source, titles))
            titles = [title for title in titles if title not in unsaid]
    return questions


def all_overrides(asked: Path | None, inputs: Iterable[Path]) -> list[Override]:
    """The reader's own decisions: of the file asked for, else of those beside the inputs."""
    return [o for path in overrides_paths(asked, inputs) for o in read_overrides(path)]


def matches(
    entries: Iterable[Entry],
    overrides: Sequence[Override],
    places: Sequence[CandidateSource],
    searches: Sequence[CandidateSource] = (),
    reaches: date | None = None,
) -> Iterator[Match]:
    """What each entry is, in order. All the places give candidates; one decision weighs them.

    The `searches` are asked in turn for those entries alone that are not settled yet, nor are
    older than the day that a catalogue `reaches`.
    """
    by_hand = OverrideIndex(overrides)
    coming = iter(entries)
    while batch := list(islice(coming, BATCH)):
        at_hand = [combined(each) for each in zip(*(p(batch) for p in places), strict=True)]
        decisions = [decided(*both) for both in zip(batch, repeat(by_hand), at_hand, strict=False)]
        for search in searches:
            still_open = [n for n, match in enumerate(decisions) if not is_settled(match, reaches)]
            hits = search([batch[number] for number in still_open])
            for number, further in zip(still_open, hits, strict=True):
                if further.facts or further.checked or further.no_such_id:
                    at_hand[number] = combined((at_hand[number], further))
                    decisions[number] = decided(batch[number], by_hand, at_hand[number])
        yield from _by_their_lists(batch, by_hand, at_hand, decisions)


def _by_their_lists(
    batch: Sequence[Entry],
    by_hand: OverrideIndex,
    at_hand: Sequence[Candidates],
    decisions: Sequence[Match],
) -> Iterator[Match]:
    """The matches; those that rest on a title alone anew, by the other papers of their file."""
    told_by_file = told_by_files(decisions, at_hand)
    for entry, candidates, match in zip(batch, at_hand, decisions, strict=True):
        of_file = told_by_file.get(entry.file) if entry.title else None
        free = not entry.arxiv_id or (of_file is not None and of_file.posted)
        if of_file and may_change(match) and free:
            background = candidates.background._replace(**of_file._asdict())
            yield decided(entry, by_hand, candidates._replace(background=background))
        else:
            yield match


class ToldByFile(NamedTuple):
    """What the papers of a file tell of each other, as `Background` has it."""

    fields: Mapping[str, float]
    late: float | None
    posted: bool = False
    newest: tuple[int, int] | None = None


def told_by_files(
    decisions: Sequence[Match], at_hand: Sequence[Candidates]
) -> dict[str, ToldByFile]:
    """Of each file how often its papers are of each archive, and are read late, 0 to 1.

    Where many came after their days of reading, the file was posted then, and added to.
    Of the archives those count that are known on more than a title, or surely; of the newest months
    those of a rare title too; of the days of reading those of long and rare titles, whatever was
    decided.
    """
    months: dict[str, list[int]] = defaultdict(list)
    archives: dict[str, Counter[str]] = defaultdict(Counter)
    read_late: dict[str, list[bool]] = defaultdict(list)
    read_before: dict[str, list[bool]] = defaultdict(list)
    for match, candidates in zip(decisions, at_hand, strict=True):
        if match.arxiv_id and (match.confidence >= SURE or not may_change(match)):
            archives[match.entry.file].update(_archives_of(match.arxiv_id, candidates))
        if match.arxiv_id and (not may_change(match) or _has_rare_title(match)):
            months[match.entry.file].append(month_of(match.arxiv_id))
        if match.candidates and is_dated_title(match.candidates[0].scores):
            read_late[match.entry.file].append(is_read_late(match.candidates[0].scores))
            read_before[match.entry.file].append(is_read_before(match.candidates[0].scores))
    told_by_file = {
        file: ToldByFile(
            _shares(archives[file]),
            _share_true(read_late[file]),
            (_share_true(read_before[file]) or 0.0) > MOST_BEFORE,
            _two_newest(months[file]),
        )
        for file in {**archives, **read_late, **months}
    }
    return {file: of_file for file, of_file in told_by_file.items() if of_file != _NOTHING_TOLD}


_NOTHING_TOLD = ToldByFile({}, None)


def _share_true(known: Sequence[bool]) -> float | None:
    return round(sum(known) / len(known), 4) if len(known) >= FEWEST_KNOWN else None


def may_change(match: Match) -> bool:
    """Whether a match is open, or rests on a title alone."""
    return match.verdict == "undecided" or match.decided_by in ON_A_TITLE


def _has_rare_title(match: Match) -> bool:
    scores = (paper.scores for paper in match.candidates if paper.arxiv_id == match.arxiv_id)
    return any(is_rare_title(of_paper) for of_paper in scores)


def _two_newest(months: Sequence[int]) -> tuple[int, int] | None:
    """The newest months, that of a paper itself among them; None where too few others are known."""
    next_newest, newest = sorted(months)[-2:] if len(months) > FEWEST_KNOWN else (0, 0)
    return (newest, next_newest) if newest else None


def _archives_of(arxiv_id: str, candidates: Candidates) -> Iterator[str]:
    for facts in candidates.facts:
        if facts.arxiv_id == arxiv_id and (archive := archive_of(facts)):
            yield archive


def _shares(archives: Counter[str]) -> dict[str, float]:
    """How often each archive is named, 0 to 1; nothing where too few are known to tell."""
    papers = archives.total()
    return {name: n / papers for name, n in archives.items()} if papers >= FEWEST_KNOWN else {}


def is_settled(match: Match, reaches: date | None) -> bool:
    """Whether no search can add to a match: it is decided, or its time was looked through."""
    if match.decided_by == "printed_id_unchecked":
        return False
    day = match.entry.date
    looked_through = reaches is not None and day is not None and day <= reaches
    return match.verdict != "undecided" or match.entry.title is None or looked_through
