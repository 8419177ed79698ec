"""The decision on an entry that prints an id: the reader's word, unless it names another paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.match.chance import ENDINGS_TOO
from pipeline.match.rules import at_least, authors_differ
from pipeline.model.records import Candidate

TitleScores = Mapping[str, float | None]

LIKE_ITS_OWN = 0.8
"""A title so like that of the printed paper does not speak against it."""
ANOTHER = 0.5
"""A title less like than this is another title; a nickname is mostly one as well."""
FEWEST_MONTHS_BEFORE = -3


def other_paper(candidates: Sequence[Candidate], printed: Candidate) -> Candidate | None:
    """The one paper that an entry's title is exactly, or up to slips, where it is not the printed.

    None where the title is like that of the printed paper, or is too short to name a paper.
    """
    if _is_its_title(printed.scores):
        return None
    others = [c for c in candidates if c is not printed and _names(c.scores, printed.scores)]
    exact = [c for c in others if c.scores["title"] == 1]
    return next(iter(exact or others), None)


def all_against(scores: TitleScores) -> bool:
    """Whether title, authors and month all speak against the printed paper.

    None of the authors are in common, and the entry is older than the paper by months, or states
    a month or year that is not the paper's.
    """
    title = scores["title"]
    months = scores["months"]
    if title is None or title >= ANOTHER or _is_its_title(scores) or months is None:
        return False
    another = at_least(scores, "length", 1)
    apart = months < FEWEST_MONTHS_BEFORE or (scores["published"] == 1 and abs(months) > 12)
    return another and apart and authors_differ(scores) and scores["people"] == 0


def another_work(scores: TitleScores) -> bool:
    """Whether a reference is of another work than the paper whose id it prints.

    A bibliography prints titles, never nicknames: a title of some words that is not like the
    paper's, by somebody who is none of its authors, is enough.
    """
    title = scores["title"]
    unlike = title is not None and title < ANOTHER and not _is_its_title(scores)
    return unlike and at_least(scores, "length", 0.5) and authors_differ(scores)


def _is_its_title(scores: TitleScores) -> bool:
    title = scores["title"] or 0.0
    same = title == 1 or (title >= LIKE_ITS_OWN and scores["numbers"] == 1)
    part = at_least(scores, "part", 0.5) or at_least(scores, "begun", 0.5)
    return same or part or at_least(scores, "abstract", 0.6)


def _names(other: TitleScores, printed: TitleScores) -> bool:
    exact = other["title"] == 1 and other["numbers"] == 1
    slips = (
        at_least(other, "slips", ENDINGS_TOO)
        and at_least(other, "title", 0.9)
        and other["numbers"] == 1
    )
    if not (exact or slips) or (slips and not exact and other["length"] != 1):
        return False
    if at_least(other, "length", 0.5):
        return True
    # A title of a word or two is often the nickname of a paper; its people and month decide.
    return authors_differ(printed) and at_least(other, "people", 1)
