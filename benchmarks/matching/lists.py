"""Other people's lists: their entries with ids hidden, with ids shown, and with wrong ids.

Each folder of `../shared/wild` is a source, and each that `EVAL_LISTS=FOLDER` holds. What a list
prints as an entry's id is taken for right, but where the list is wrong, which is counted apart. So
is an entry that prints a name of its own for a paper instead of a title: see `printed`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from benchmarks.folders import SHARED
from benchmarks.gold import Known
from benchmarks.matching import left_out
from benchmarks.matching.invented import as_printed
from benchmarks.matching.printed import is_list_wrong, prints_title
from benchmarks.matching.reliability import Judgement, judgement, reliability
from benchmarks.matching.simple_rules import SIMPLE_RULES
from benchmarks.matching.sought import NONE_BY_HAND, Judged, Sought, judged, sought
from benchmarks.shares import Share, table
from pipeline.build.matching import may_change, told_by_files
from pipeline.catalogue.search import Catalogue
from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.match.decision import decided
from pipeline.match.titles import LONG_WORDS
from pipeline.model.folding import family_name, folded_title, title_words
from pipeline.model.records import Entry, Facts, InputFile, Match

WILD = SHARED / "wild"
FOUND_ALONE, FOUND_WITH_MORE = 0.55, 0.75
PRECISION, CAUGHT, KEPT = 0.9995, 0.95, 0.998
ABSENT_IN = 3500
KINDS = ("title alone", "title and date", "title and authors")
Z = 1.96


class Source(NamedTuple):
    """One list or bibliography: its name, and its entries that print an id and a title."""

    name: str
    entries: tuple[Entry, ...]


class Trial(NamedTuple):
    """An entry of a list: its id hidden, its paper taken out, its id shown, a wrong id shown.

    `shown` is None where the catalogue lacks the paper, `swapped` where the entry's title is not
    the paper's. With the paper its other ids are taken out: same title, a common author.
    """

    kind: str
    there: Judged
    out: Judged
    shown: Match | None
    swapped: Match | None
    misled: tuple[str, ...]
    list_wrong: bool
    titled: bool = True


def sources(folders: Iterable[Path]) -> Iterator[Source]:
    """What lies in each of the folders, by their names."""
    for folder in sorted(each for parent in folders for each in parent.iterdir() if each.is_dir()):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        named = [InputFile(p.name, partial(iter, [p.read_bytes()])) for p in files]
        read = (e for e in entries(named, FORMATS) if isinstance(e, Entry))
        yield Source(folder.name, tuple(e for e in read if e.arxiv_id and e.title))


def list_folders() -> list[Path]:
    """The folders of lists that are at hand."""
    asked = os.environ.get("EVAL_LISTS")
    folders = [WILD, *([Path(asked)] if asked else [])]
    return [folder for folder in folders if folder.is_dir()]


def invented_sources(drawn: Sequence[Entry]) -> Iterator[Source]:
    """The same entries as three lists: titles alone, with their month, with their authors.

    Some titles have a slip or are names: see `as_printed`. An entry's file is its paper's id.
    """
    own = [
        replace(entry, arxiv_id=entry.file, title=as_printed(entry.title or "", at))
        for at, entry in enumerate(drawn)
    ]
    bare = [replace(entry, authors=None, date=None) for entry in own]
    dated = [replace(entry, authors=None, date_precision="month") for entry in own]
    named = [replace(entry, date=None) for entry in own]
    for name, listed in zip(KINDS, (bare, dated, named), strict=True):
        yield Source(f"invented: {name}", tuple(listed))


def kind_of(entry: Entry) -> str:
    """What an entry has beside its title: one of `KINDS`."""
    if entry.authors:
        return KINDS[2]
    return KINDS[1] if entry.date or entry.published else KINDS[0]


def trials(listed: Sequence[Entry], catalogue: Catalogue) -> list[Trial]:
    """Each entry tried in every way, in order."""
    known = [Known(replace(entry, arxiv_id=None), entry.arxiv_id) for entry in listed]
    hidden = _with_fields(list(sought(known, catalogue)))
    shown = list(sought((Known(entry, entry.arxiv_id) for entry in listed), catalogue))
    turned = [*listed[1:], *listed[:1]]
    wrong = [replace(e, arxiv_id=o.arxiv_id) for e, o in zip(listed, turned, strict=True)]
    swapped = list(sought((Known(e, e.arxiv_id) for e in wrong), catalogue))
    titles: dict[str | None, list[str]] = defaultdict(list)
    for entry in listed:
        titles[entry.arxiv_id].append(entry.title or "")
    tried = zip(hidden, shown, swapped, strict=True)
    return [_trial(*each, titles[each[1].entry.arxiv_id]) for each in tried]


def _with_fields(hidden: Sequence[Sought]) -> list[Sought]:
    """The same, with what the other entries of a file tell, as the command takes it."""
    matched = [each.match() for each in hidden]
    told = told_by_files(matched, [each.found for each in hidden])
    of_files = [told.get(m.entry.file) if may_change(m) else None for m in matched]
    return [e.with_told(of) if of else e for e, of in zip(hidden, of_files, strict=True)]


def _trial(hidden: Sought, shown: Sought, swapped: Sought, beside: Sequence[str] = ()) -> Trial:
    without = _without_twins(hidden)
    facts = without.found.facts
    return Trial(
        kind=kind_of(hidden.entry),
        there=judged(hidden),
        out=judged(without),
        shown=_decided(shown) if shown.own else None,
        swapped=_decided(swapped) if _is_swap(hidden, swapped) else None,
        misled=tuple(n for n, rule in SIMPLE_RULES.items() if rule(hidden.entry, facts)),
        list_wrong=is_list_wrong(hidden, beside),
        titled=prints_title(hidden),
    )


def _without_twins(hidden: Sought) -> Sought:
    """The entry without its own paper, nor that under another id."""
    without, own = hidden.without_own(), hidden.own
    if own is None:
        return without
    kept = [other for other in without.found.facts if not _is_twin(own, other)]
    return without._replace(found=without.found._replace(facts=kept))


def _is_twin(own: Facts, other: Facts) -> bool:
    people = [set(map(family_name, facts.authors or ())) for facts in (own, other)]
    one = folded_title(own.title or "") == folded_title(other.title or "")
    return one and (not all(people) or bool(people[0] & people[1]))


def _decided(asked: Sought) -> Match:
    return decided(asked.entry, NONE_BY_HAND, asked.found)


def _is_swap(hidden: Sought, swapped: Sought) -> bool:
    if not hidden.own or not swapped.own or hidden.arxiv_id == swapped.arxiv_id:
        return False
    title = folded_title(hidden.entry.title or "")
    return title == folded_title(hidden.own.title or "") != folded_title(swapped.own.title or "")


def report(tried: dict[str, list[Trial]]) -> Iterator[str]:
    """Lines: a row for each source, the shares by kind with their targets, and the mistakes."""
    rows = {name: _row(of_one) for name, of_one in tried.items() if of_one}
    yield from table("lists, ids hidden", rows, COLUMNS)
    every = [trial for of_one in tried.values() for trial in of_one if not trial.list_wrong]
    yield from (share.line() for share in shares(every))
    yield _names_line(every)
    yield from table("simple rules, ids hidden", _beside(every), ("found", "absent taken"))
    for kind in KINDS:
        of_kind = [trial for trial in every if trial.kind == kind]
        if of_kind:
            yield from reliability(f"lists, {kind}", map(_judgement, of_kind))
    yield from left_out.report(
        {name: [_banded(t) for t in of_one if not t.list_wrong] for name, of_one in tried.items()}
    )
    yield from _mistakes(tried)


COLUMNS = (
    *("kind", "entries", "there", "found", "of 100 (95 %)", "wrong"),
    *("absent taken", "shown", "refused", "swapped", "caught", "list is wrong"),
)


def _row(everything: Sequence[Trial]) -> list[object]:
    tried = [trial for trial in everything if not trial.list_wrong]
    there = [t for t in tried if t.there.sought.own]
    shown = [t.shown for t in tried if t.shown]
    swapped = [t.swapped for t in tried if t.swapped]
    found = sum(t.there.right for t in there)
    return [
        max(KINDS, key=lambda kind: sum(t.kind == kind for t in tried)).replace("title ", ""),
        len(everything),
        len(there),
        found,
        interval(found, len(there)),
        sum(t.there.wrong for t in tried),
        sum(t.out.wrong for t in tried),
        len(shown),
        sum(match.arxiv_id is None for match in shown),
        len(swapped),
        sum(match.arxiv_id is None for match in swapped),
        len(everything) - len(tried),
    ]


def interval(right: int, of: int) -> str:
    """Wilson's interval of a share, in percent (https://doi.org/10.1080/01621459.1927.10502953).

    >>> interval(0, 100), interval(50, 100), interval(0, 0)
    ('0.0-3.7', '40.4-59.6', '-')
    """
    if not of:
        return "-"
    share, spread = right / of, Z * Z / of
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (max(0.0, (middle + side * half) / (1 + spread)) for side in (-1, 1))
    return f"{100 * low:.1f}-{100 * high:.1f}"


def shares(tried: Sequence[Trial]) -> list[Share]:
    """The shares that a target is set for, papers of the catalogue and others."""
    there = [t for t in tried if t.there.sought.own]
    alone = [t.there.right for t in there if t.kind == KINDS[0]]
    more = [t.there.right for t in there if t.kind != KINDS[0] and t.titled]
    taken = [t for t in tried if t.there.match.arxiv_id]
    shown = [t.shown for t in tried if t.shown]
    # A title of a word or two is as often a nickname.
    swapped = [t.swapped for t in tried if t.swapped]
    named = [m for m in swapped if len(title_words(m.entry.title or "")) >= LONG_WORDS]
    absent = sum(not t.out.wrong for t in tried)
    return [
        Share("lists: found, title alone", sum(alone), len(alone), FOUND_ALONE),
        Share("lists: found, title, date or authors", sum(more), len(more), FOUND_WITH_MORE),
        Share("lists: precision", sum(t.there.right for t in taken), len(taken), PRECISION),
        Share("lists: absent not taken", absent, len(tried), 1 - 1 / ABSENT_IN),
        Share("lists: shown links kept", sum(bool(m.arxiv_id) for m in shown), len(shown), KEPT),
        Share("lists: wrong links caught", _caught(swapped), len(swapped), CAUGHT),
        Share("lists: the same, five words or more", _caught(named), len(named), CAUGHT),
    ]


def _names_line(tried: Sequence[Trial]) -> str:
    """How many are found that print a name for a title; nothing is asked of these."""
    named = [t.there.right for t in tried if t.there.sought.own and not t.titled]
    return f"{'lists: found, a name for a title':<44}{sum(named):>16}/{len(named)}"


def _caught(swapped: Sequence[Match]) -> int:
    return sum(match.arxiv_id is None for match in swapped)


def _beside(tried: Sequence[Trial]) -> dict[str, list[object]]:
    return {
        "this project": [sum(t.there.right for t in tried), sum(t.out.wrong for t in tried)],
        **{name: ["-", sum(name in t.misled for t in tried)] for name in SIMPLE_RULES},
    }


def _banded(trial: Trial) -> left_out.Banded:
    return left_out.banded(trial.there.match, _judgement(trial))


def _judgement(trial: Trial) -> Judgement:
    return judgement(trial.there.match, trial.there.sought.arxiv_id, on_arxiv=True)


def _mistakes(tried: dict[str, list[Trial]]) -> Iterator[str]:
    for name, of_one in tried.items():
        for trial in of_one:
            for what, asked in (("wrong", trial.there), ("paper taken out", trial.out)):
                if asked.wrong:
                    whose = "the list is wrong, " if trial.list_wrong else ""
                    yield f"    {whose}{what}: {name}: {_told(asked)}"
            if trial.shown and not trial.list_wrong and trial.shown.arxiv_id is None:
                yield f"    refused: {name}: {trial.shown.reason}"


def _told(asked: Judged) -> str:
    match = asked.match
    ids = f"{asked.sought.arxiv_id} taken for {match.arxiv_id} by {match.decided_by}"
    return f'{ids}: "{match.entry.title}" / "{asked.chosen.title if asked.chosen else ""}"'
