"""The rules by which a paper is taken for an entry's, and how often each is right.

Every rule but those of an abstract rests on two kinds of evidence that do not depend on each
other: the title, with the authors or with the date. `docs/matching.md` has the measurements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

Scores = Mapping[str, float | None]

NEAR_TITLE_WORDS = 7
NO_OLDER_MONTHS = -3
"""An entry may be older than its paper: it was read elsewhere, and posted on arXiv later."""


class Rule(NamedTuple):
    """A rule: its name, how often it is right, what the reason calls it, and when it holds."""

    name: str
    confidence: float
    holds: Callable[[Scores], bool]


def _exact_with_authors(scores: Scores) -> bool:
    months = scores["months"]
    dated = months is None or months >= NO_OLDER_MONTHS
    return _exact(scores) and _at_least(scores, "authors", 0.5) and dated


def _exact_with_date(scores: Scores) -> bool:
    if not _exact(scores) or not _silent_on_authors(scores):
        return False
    # A short title (Magistral, gpt-oss) is accepted by its authors alone.
    short = _at_least(scores, "length", 0.5) and _months_within(scores, 0, 1)
    return short or (scores["length"] == 1 and _months_within(scores, -1, 2))


def _abstract(scores: Scores) -> bool:
    other = _at_least(scores, "authors", 0.5) or _at_least(scores, "title", 0.6)
    return _at_least(scores, "abstract", 0.6) and (other or _months_within(scores, -1, 2))


def _near_with_authors(scores: Scores) -> bool:
    if not _comparable(scores) or _silent_on_authors(scores):
        return False
    # Two names, or a word more or less in a short title, are most often two papers of a group.
    one_name = scores["name"] != 0 and _at_least(scores, "words", NEAR_TITLE_WORDS)
    near = one_name and _at_least(scores, "title", 0.9) and _months_within(scores, 0, 2)
    slips = scores["slips"] == 1 and _at_least(scores, "title", 0.8)
    return (near and _at_least(scores, "authors", 0.8)) or (
        slips and _at_least(scores, "authors", 0.5) and _months_within(scores, -1, 2)
    )


def _part_with_authors(scores: Scores) -> bool:
    likely = _at_least(scores, "authors", 0.5) and _months_within(scores, -1, 2)
    return not _silent_on_authors(scores) and _comparable(scores) and scores["part"] == 1 and likely


def _name_with_authors(scores: Scores) -> bool:
    same_people = _at_least(scores, "authors", 0.8) and _at_least(scores, "people", 2)
    likely = same_people and _at_least(scores, "title", 0.7) and _months_within(scores, 0, 1)
    return _comparable(scores) and scores["name"] == 1 and likely


def _near_with_date(scores: Scores) -> bool:
    if not _comparable(scores) or not _silent_on_authors(scores):
        return False
    slips = _at_least(scores, "title", 0.9) and scores["slips"] == 1
    return slips and _months_within(scores, -1, 2)


def _part_with_date(scores: Scores) -> bool:
    silent = _silent_on_authors(scores)
    return _comparable(scores) and silent and scores["part"] == 1 and _months_within(scores, 0, 1)


RULES = (
    Rule("exact_title", 0.999, _exact_with_authors),
    Rule("exact_title_and_date", 0.998, _exact_with_date),
    Rule("abstract", 0.998, _abstract),
    Rule("near_title_and_authors", 0.99, _near_with_authors),
    Rule("part_of_title_and_authors", 0.98, _part_with_authors),
    Rule("name_and_authors", 0.97, _name_with_authors),
    Rule("near_title_and_date", 0.98, _near_with_date),
    Rule("part_of_title_and_date", 0.95, _part_with_date),
)
"""In the order in which they are asked: the first that holds of any candidate decides."""

CONFIDENCE = {
    "override": 1.0,
    "printed_id": 0.999,
    # The id is printed, and there is no title, author or abstract to check it by.
    "printed_id_unchecked": 0.99,
    # Two ids of one work: most often the reader means the one of the month.
    "date_of_several": 0.95,
    "not_on_arxiv": 0.9,
    **{rule.name: rule.confidence for rule in RULES},
}
"""How often a verdict by a rule is right."""

_SAME_AUTHORS = ((0.8, 0.65), (0.7, 0.5), (0.6, 0.4), (0.5, 0.25), (0.0, 0.06))
_NO_AUTHORS = ((0.8, 0.4), (0.7, 0.1), (0.0, 0.02))
_LEAST = 0.02


def likelihood(scores: Scores) -> float:
    """How often a candidate that no rule accepts is the right one, all the same."""
    if _at_least(scores, "abstract", 0.3):
        return 0.8
    if scores["numbers"] != 1 or not _months_within(scores, -1, 2):
        return _LEAST
    bands = _NO_AUTHORS if _silent_on_authors(scores) else _SAME_AUTHORS
    if bands is _SAME_AUTHORS and not _at_least(scores, "authors", 0.8):
        return _LEAST
    return next(share for title, share in bands if (scores["title"] or 0.0) >= title)


def contradicted(rule: Rule, scores: Scores) -> bool:
    """Whether the abstracts are of two papers, and no title and authors in full say otherwise."""
    abstract = scores["abstract"]
    return abstract is not None and abstract < 0.15 and rule.holds is not _exact_with_authors


def _exact(scores: Scores) -> bool:
    return scores["title"] == 1 and scores["numbers"] == 1


def _comparable(scores: Scores) -> bool:
    return scores["length"] == 1 and scores["numbers"] == 1


def _silent_on_authors(scores: Scores) -> bool:
    """Whether the lists name no people to compare: a team writes one report after the other."""
    return scores["authors"] is None or (scores["people"] == 0 and scores["authors"] == 1)


def _at_least(scores: Scores, kind: str, least: float) -> bool:
    score = scores[kind]
    return score is not None and score >= least


def _months_within(scores: Scores, first: int, last: int) -> bool:
    months = scores["months"]
    return months is not None and first <= months <= last
