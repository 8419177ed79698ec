"""Near-identical titles of `gold/hard_pairs.jsonl`: is one paper taken for another, or missed?

The entry is one side of a pair, written in the middle of its id's month; the other side alone is
at hand, or both. How rare a title's words are is what the whole catalogue says. The labels were
given by rule, and some of them are weak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from benchmarks.gold import Known, rows
from benchmarks.matching.reliability import Judgement, judgement
from benchmarks.matching.sought import Judged, Sought, judged
from benchmarks.shares import table
from pipeline.match.candidates import Candidates
from pipeline.match.evidence import NOTHING_KNOWN, Background
from pipeline.model.ids import month_of
from pipeline.model.records import Entry, Facts

TWO_IDS = "same_title_same_authors_two_ids"
AUTHORS = ("both", "not both")
"""Who prints authors: the entry and the catalogue, or at most one of them."""


class Side(NamedTuple):
    """One paper of a pair."""

    arxiv_id: str
    title: str
    authors: tuple[str, ...] | None


class Pair(NamedTuple):
    """Two papers, or two titles of one. A pair listed twice is here once."""

    kind: str
    a: Side
    b: Side
    same: bool


class Trial(NamedTuple):
    """A pair asked one way: who prints authors, and what the entry was taken for."""

    pair: Pair
    authors: str
    alone: Judged
    beside: Judged | None

    @property
    def accepted(self) -> bool:
        """Whether the other side was taken while it was alone in the catalogue."""
        return self.alone.match.arxiv_id is not None


def pairs() -> list[Pair]:
    """The pairs of the file."""
    found = (
        Pair(row["kind"], _side(row, "a"), _side(row, "b"), row["same_paper"])
        for row in rows("hard_pairs.jsonl")
    )
    return list(dict.fromkeys(found))


def _side(row: dict[str, Any], side: str) -> Side:
    names = tuple(row[f"authors_{side}"] or ()) or None
    return Side(row[f"id_{side}"], row[f"title_{side}"], names)


def trials(
    asked: Iterable[Pair], known: Callable[[str | None], Background] = lambda _: NOTHING_KNOWN
) -> Iterator[Trial]:
    """Each pair both ways round, for each of `AUTHORS`; `known` tells how rare a title is."""
    for pair in asked:
        for mine, other in ((pair.a, pair.b), (pair.b, pair.a)):
            for authors in AUTHORS:
                entry = entry_of(mine._replace(authors=_printed(mine, authors)))
                yield _trial(pair, entry, (mine, other), authors, known(mine.title))


def _trial(
    pair: Pair, entry: Entry, sides: tuple[Side, Side], authors: str, known: Background
) -> Trial:
    mine, other = sides
    at_hand = [
        Facts("hard_pairs", s.arxiv_id, title=s.title, authors=_printed(s, authors))
        for s in (other, mine)
    ]
    own = next(facts for facts in at_hand if facts.arxiv_id == mine.arxiv_id)
    one, both = (Candidates(facts, background=known) for facts in (at_hand[:1], at_hand))
    alone = judged(Sought(entry, mine.arxiv_id, own if pair.same else None, one))
    beside = None if pair.same else judged(Sought(entry, mine.arxiv_id, own, both))
    return Trial(pair, authors, alone, beside)


def _printed(side: Side, authors: str) -> tuple[str, ...] | None:
    return side.authors if authors == AUTHORS[0] else None


def entry_of(side: Side, day: int = 15) -> Entry:
    """An entry as a reader would write a paper down on a day of its id's month."""
    year, month = divmod(month_of(side.arxiv_id), 12)
    nothing = {"abstract": None, "commentary": None, "tags": (), "links": (), "mentions": ()}
    return Entry(
        file=side.arxiv_id,
        line_start=1,
        line_end=1,
        date=date(year, month + 1, day),
        title=side.title,
        authors=side.authors,
        authors_complete=True,
        arxiv_id=None,
        **nothing,  # type: ignore[arg-type]
    )


def known_side(side: Side, day: int = 15) -> Known:
    """The entry of a paper, with its id."""
    return Known(entry_of(side, day), side.arxiv_id)


def report(tried: list[Trial]) -> Iterator[str]:
    """Lines: by kind how often the other side was taken, and each wrong one."""
    different = [t for t in tried if not t.pair.same and t.pair.kind != TWO_IDS]
    two_ids = [t for t in tried if t.pair.kind == TWO_IDS]
    same = [t for t in tried if t.pair.same]
    columns = ("asked", *(f"taken, {name}" for name in AUTHORS))
    yield "hard pairs, each asked both ways; the authors printed by both, or by one or none"
    yield from table("two papers: the other one taken for it", _accepted(different), columns)
    yield from table("two ids, often one work: the other taken", _accepted(two_ids), columns)
    yield from table("renamed, one paper: found", _accepted(same), columns)
    yield from table("both papers at hand", _beside(tried), ("right", "the other", "undecided"))
    yield from _each_pair("taken for one", (t for t in different if t.accepted))
    yield from _each_pair("the other chosen", (t for t in tried if t.beside and t.beside.wrong))
    yield from _each_pair("not found", _missed(same))


def _each_pair(what: str, tried: Iterable[Trial]) -> Iterator[str]:
    """A line for each pair, whichever way round and whoever prints the authors."""
    ways: dict[Pair, Counter[str]] = {}
    for trial in tried:
        ways.setdefault(trial.pair, Counter())[trial.authors] += 1
    for pair, counted in ways.items():
        how = ", ".join(f"authors by {authors}: {count} of 2" for authors, count in counted.items())
        titles = f'{pair.a.arxiv_id} "{pair.a.title}" / {pair.b.arxiv_id} "{pair.b.title}"'
        yield f"    {what} ({how}): {titles}"


def _missed(tried: Iterable[Trial]) -> Iterator[Trial]:
    return (t for t in tried if t.authors == AUTHORS[0] and not t.accepted)


def _accepted(tried: Iterable[Trial]) -> dict[str, list[object]]:
    asked: Counter[str] = Counter()
    taken: Counter[tuple[str, str]] = Counter()
    for trial in tried:
        asked[trial.pair.kind] += trial.authors == AUTHORS[0]
        taken[trial.pair.kind, trial.authors] += trial.accepted
    return {
        kind: [asked[kind], *(taken[kind, authors] for authors in AUTHORS)]
        for kind in sorted(asked)
    }


def _beside(tried: Iterable[Trial]) -> dict[str, list[object]]:
    counted: Counter[tuple[str, str]] = Counter()
    for trial in tried:
        if trial.beside:
            name = f"{'two ids' if trial.pair.kind == TWO_IDS else 'two papers'}, {trial.authors}"
            found = "right" if trial.beside.right else "wrong" if trial.beside.wrong else "left"
            counted[name, found] += 1
    names = sorted({name for name, _ in counted})
    return {name: [counted[name, found] for found in ("right", "wrong", "left")] for name in names}


def told(found: Judged) -> str:
    """A line: the entry, what it was taken for, by which rule, and why."""
    entry, match = found.sought.entry, found.match
    taken = found.chosen.title if found.chosen else ""
    ids = f"{found.sought.arxiv_id} taken for {match.arxiv_id} by {match.decided_by}"
    return f'{ids}: "{entry.title}" / "{taken}" ({match.reason})'


def judgements(tried: Iterable[Trial]) -> Iterator[Judgement]:
    """How sure and how right: renamed papers, and two papers of which the other is at hand.

    Two ids of one work are left out: what is right there is not known.
    """
    for trial in tried:
        if trial.pair.kind != TWO_IDS and trial.authors == AUTHORS[0]:
            yield judgement(trial.alone.match, trial.alone.sought.arxiv_id, on_arxiv=True)
