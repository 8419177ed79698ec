"""Our decision beside simple rules, on the same entries and the same candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from benchmarks.gold import Known
from benchmarks.matching.simple_rules import SIMPLE_RULES, near_in_all
from benchmarks.matching.sought import Sought, sought
from benchmarks.matching.taken_out import Taken
from benchmarks.shares import table
from pipeline.catalogue.search import Catalogue

OURS = "this project"
IN_ALL = "rapidfuzz ratio >= 0.9, every title"


class Answer(NamedTuple):
    """What a rule says of an entry: an id, with its own paper at hand, and without it."""

    sought: Sought
    there: str | None
    out: str | None


def comparison(
    notes: Sequence[Sought], tried: Sequence[Taken], catalogue: Catalogue
) -> Iterator[str]:
    """Lines: precision, recall and wrong acceptances of each rule, on the titled gold notes.

    The last column is of the records as entries, without their own paper.
    """
    asked = [each for each in notes if each.arxiv_id and each.entry.title]
    misled = Counter(name for each in tried for name in each.misled)
    misled[OURS] = sum(each.out.wrong for each in tried)
    rows: dict[str, list[object]] = {}
    for name, answers in _answers(asked, catalogue):
        taken = "-" if name == IN_ALL else misled[name]
        rows[name] = [*counts(answers), taken]
    there = sum(each.own is not None for each in asked)
    yield f"comparison: {len(asked)} titled notes, the papers of {there} of them in the catalogue"
    columns = ("precision", "recall", "wrong", "out: wrong", "records: out")
    yield from table("rule", rows, columns)


def counts(answers: Sequence[Answer]) -> list[object]:
    """Precision, recall, wrong ids, and wrong ids with the own paper taken out."""
    right = sum(a.there == a.sought.arxiv_id for a in answers)
    wrong = sum(a.there not in (None, a.sought.arxiv_id) for a in answers)
    there = sum(a.sought.own is not None for a in answers)
    precision = right / (right + wrong) if right + wrong else 1.0
    misled = sum(a.out is not None for a in answers)
    return [precision, right / there if there else 1.0, wrong, misled]


def _answers(asked: Sequence[Sought], catalogue: Catalogue) -> Iterator[tuple[str, list[Answer]]]:
    yield (
        OURS,
        [Answer(a, a.match().arxiv_id, a.without_own().match().arxiv_id) for a in asked],
    )
    # By the title alone, so that the first hit is that of a title search.
    by_title = list(
        sought((Known(replace(a.entry, authors=None), a.arxiv_id) for a in asked), catalogue)
    )
    for name, rule in SIMPLE_RULES.items():
        yield (
            name,
            [
                Answer(a, rule(a.entry, a.found.facts), rule(a.entry, a.without_own().found.facts))
                for a in by_title
            ],
        )
    yield IN_ALL, list(_in_all(asked, catalogue))


def _in_all(asked: Sequence[Sought], catalogue: Catalogue) -> Iterator[Answer]:
    nearest = near_in_all([a.entry for a in asked], catalogue.titles())
    for each, hits in zip(asked, nearest, strict=True):
        ids = [arxiv_id for _, arxiv_id in hits]
        others = [arxiv_id for arxiv_id in ids if arxiv_id != each.arxiv_id]
        yield Answer(each, next(iter(ids), None), next(iter(others), None))
