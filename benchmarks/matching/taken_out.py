"""Records of the catalogue as entries, and what they are taken for when their own is taken out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.gold import Known
from benchmarks.matching.hard_pairs import Side, known_side, told
from benchmarks.matching.reliability import Judgement, judgement
from benchmarks.matching.simple_rules import SIMPLE_RULES
from benchmarks.matching.sought import Judged, Sought, judged
from benchmarks.shares import at_most, table
from pipeline.catalogue.search import Catalogue
from pipeline.model.folding import folded_title

YEARS = ("21", "22", "23", "24", "25", "26")
DAYS = 28
MOST_IN = 3500
"""One wrong acceptance is allowed in so many entries."""


class Taken(NamedTuple):
    """One entry: with its paper, without it, and which simple rules take another then."""

    there: Judged
    out: Judged
    misled: tuple[str, ...]


def records_as_entries(catalogue: Catalogue, count: int) -> list[Known]:
    """So many records of 2021 to 2026, drawn with a fixed seed, each on a day of its month.

    Half of them, where there are as many, are such whose authors the catalogue has.
    """
    listed: list[Side] = []
    silent: list[Side] = []
    for batch in catalogue.batches():
        columns = (batch[name].to_pylist() for name in ("arxiv_id", "title", "authors"))
        for arxiv_id, title, authors in zip(*columns, strict=True):
            if arxiv_id.startswith(YEARS) and "/" not in arxiv_id:
                side = Side(arxiv_id, title, tuple(authors) if authors else None)
                (listed if authors else silent).append(side)
    chance = random.Random(1)
    half = min(count // 2, len(listed))
    drawn = chance.sample(listed, half)
    drawn += chance.sample(silent, min(count - half, len(silent)))
    return [known_side(side, chance.randint(1, DAYS)) for side in drawn]


def taken(asked: Iterable[Sought]) -> Iterator[Taken]:
    """Each entry matched with its own paper at hand and without it."""
    for each in asked:
        without = each.without_own()
        facts = without.found.facts
        misled = [name for name, rule in SIMPLE_RULES.items() if rule(each.entry, facts)]
        yield Taken(judged(each), judged(without), tuple(misled))


def report(name: str, tried: Sequence[Taken]) -> Iterator[str]:
    """Lines: how many were taken for another paper, by authors and year, and each of them."""
    wrong = [t.out for t in tried if t.out.wrong]
    same = [found for found in wrong if _same_work(found)]
    most = max(1.0, len(tried) / MOST_IN)
    yield at_most(f"{name}: another taken, own out", len(wrong), len(tried), most)
    yield f"  of these of the very same title and with half the authors or more: {len(same)}"
    others = [found for found in wrong if not _same_work(found)]
    yield at_most(f"{name}: the same, without these", len(others), len(tried), most)
    columns = ("entries", "own found", "own: other", "out: other", "not on arXiv")
    yield from table("records as entries", _by_group(tried), columns)
    for found in wrong:
        yield f"    {'one work? ' if _same_work(found) else ''}{told(found)}"
    for each in tried:
        if each.there.wrong:
            yield f"    own at hand: {told(each.there)}"


def _same_work(found: Judged) -> bool:
    chosen = found.chosen
    if chosen is None or folded_title(chosen.known_as) != folded_title(
        found.sought.entry.title or ""
    ):
        return False
    return (chosen.scores["authors"] or 0.0) >= 0.5


def _by_group(tried: Iterable[Taken]) -> dict[str, list[object]]:
    counted: dict[str, Counter[str]] = {}
    for each in tried:
        entry = each.there.sought.entry
        for group in ("authors" if entry.authors else "no authors", f"20{entry.file[:2]}", "all"):
            counts = counted.setdefault(group, Counter())
            counts["entries"] += 1
            counts["found"] += each.there.right
            counts["other"] += each.there.wrong
            counts["wrong"] += each.out.wrong
            counts["not"] += each.out.match.verdict == "not_on_arxiv"
    columns = ("entries", "found", "other", "wrong", "not")
    return {group: [counted[group][name] for name in columns] for group in sorted(counted)}


def judgements(tried: Sequence[Taken], weight: float) -> Iterator[Judgement]:
    """How sure and how right without the own paper; all entries together count `weight`."""
    for each in tried:
        of_one = judgement(each.out.match, each.out.sought.arxiv_id, on_arxiv=False)
        yield of_one._replace(weight=weight / len(tried))
