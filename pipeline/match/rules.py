"""The rules by which a paper is taken for an entry's, and how often each is right.

A title is weighed by how often another paper bears such a title too, and by what else agrees:
`chance.py`. `docs/matching.md` has the measurements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pipeline.match.chance import (
    ENDINGS_TOO,
    MOST_WRONG,
    NO_OLDER_MONTHS,
    chance_of_another,
    confidence_of,
)

TitleScores = Mapping[str, float | None]

NEAR_RARE_WORDS = 2
"""So many rare words, all of them in the other title, make a title that is near the same."""
ARTICLE_MONTHS = 6
"""What appeared later than so many months after an id may be the next paper of the same people,
with a plural in its title."""
LATEST_MONTHS = 72
"""What appeared so long after an id is another work of its authors, be the title the same: lectures
and reviews are given again."""
RENAMED_WORDS, RENAMED_SHARE = 3, 0.75
"""So many rare words are shared by the titles of a paper that was renamed, and this share."""
NAME_BITS = 18.0
"""So rare are the words of a name, in bits, that few other papers have."""
SHORTENED = (("head", 1, 0.3), ("run", 4, 0.33), ("run", 2, 0.5))
"""How much of the rest of a title the text has to tell, 0 to 1, where what the entry prints of it
is the head, or so many words that stand together."""
LIKE_TAILS = 0.8
"""Behind the same words and a colon the same people write another paper, if it is less alike."""


class Rule(NamedTuple):
    """A rule: its name, when it holds, and how often it is right then."""

    name: str
    holds: Callable[[TitleScores], bool]
    confidence: Callable[[TitleScores], float]


def authors_differ(scores: TitleScores) -> bool:
    """Whether both lists name people, and they are mostly others."""
    share, people = scores["authors"], scores["people"]
    if share is None or people is None or silent_on_authors(scores):
        return False
    return people == 0 or (people == 1 and share < 0.34 and not scores["within"])


def silent_on_authors(scores: TitleScores) -> bool:
    """Whether the lists name no people to compare: a team writes one report after the other."""
    return scores["authors"] is None or (scores["people"] == 0 and scores["authors"] == 1)


def in_the_month(scores: TitleScores, first: int = -1, last: int = 2) -> bool:
    """Whether a stated month, not only a year, is the id's or one about it."""
    months = scores["months"]
    return months is not None and scores["span"] == 1 and first <= months <= last


def at_least(scores: TitleScores, kind: str, least: float) -> bool:
    """Whether a score is known, and so high."""
    score = scores[kind]
    return score is not None and score >= least


def _exact_with_authors(scores: TitleScores) -> bool:
    return _exact(scores) and _shares_authors(scores) and not _of_another_time(scores)


def _exact_with_date(scores: TitleScores) -> bool:
    if not in_the_month(scores) and not (scores["months"] == 0 and scores["span"] != 1):
        return False
    # So short a title (Magistral, gpt-oss) is accepted by its authors alone.
    return _exact(scores) and at_least(scores, "length", 0.5) and _rarely_another(scores)


def _exact_alone(scores: TitleScores) -> bool:
    return _exact(scores) and at_least(scores, "length", 0.5) and _rarely_another(scores)


def _abstract(scores: TitleScores) -> bool:
    other = at_least(scores, "authors", 0.5) or at_least(scores, "title", 0.6)
    return at_least(scores, "abstract", 0.6) and (other or in_the_month(scores))


def _near_with_authors(scores: TitleScores) -> bool:
    if not _comparable(scores) or silent_on_authors(scores) or not _shares_authors(scores):
        return False
    if _one_name_near(scores) and in_the_month(scores, 0, 2):
        return True
    slips = 1 if not _of_its_time(scores) else ENDINGS_TOO
    like = at_least(scores, "slips", slips) and at_least(scores, "title", 0.8)
    return like and _rarely_another(scores)


def _part_with_authors(scores: TitleScores) -> bool:
    likely = at_least(scores, "authors", 0.5) and in_the_month(scores)
    return not silent_on_authors(scores) and _comparable(scores) and _is_part(scores) and likely


def _name_with_authors(scores: TitleScores) -> bool:
    same_people = at_least(scores, "authors", 0.8) and at_least(scores, "people", 2)
    likely = same_people and at_least(scores, "title", 0.7) and in_the_month(scores, 0, 1)
    return _comparable(scores) and scores["name"] == 1 and likely


def _renamed(scores: TitleScores) -> bool:
    people = scores["first"] == 1 and scores["authors"] == 1 and at_least(scores, "people", 2)
    likely = people and in_the_month(scores, 0, 1) and at_least(scores, "title", 0.7)
    if scores["tail"] is not None and scores["tail"] < LIKE_TAILS:
        return False
    return _comparable(scores) and scores["name"] != 0 and likely and _same_rare_words(scores)


def _all_rare_words(scores: TitleScores) -> bool:
    rare = scores["rare"]
    return rare is not None and rare >= NEAR_RARE_WORDS and scores["shared"] == rare


def _same_rare_words(scores: TitleScores) -> bool:
    shared, rare = scores["shared"], scores["rare"]
    return shared is not None and shared >= max(RENAMED_WORDS, RENAMED_SHARE * (rare or 0))


def _near_with_date(scores: TitleScores) -> bool:
    if in_the_month(scores) and _near(scores, ENDINGS_TOO):
        return True
    likely = _one_name_near(scores) and in_the_month(scores, 0, 1) and _rarely_another(scores)
    return _comparable(scores) and silent_on_authors(scores) and likely


def _one_name_near(scores: TitleScores) -> bool:
    """Whether a title is near another one that gives its subject the same name.

    One word more, less or other parts two papers of a group as often: dark energy, dark matter.
    """
    return scores["name"] == 1 and at_least(scores, "title", 0.9) and _all_rare_words(scores)


def _of_its_time(scores: TitleScores) -> bool:
    """Whether a stated month or year is the id's, or an article's of the next half a year."""
    months = scores["months"]
    if months is None:
        return False
    return in_the_month(scores) or 0 <= months <= (
        ARTICLE_MONTHS if scores["published"] == 1 else 0
    )


def _near_alone(scores: TitleScores) -> bool:
    # The same people write the next paper with a plural, or another small word.
    return _near(scores, 1)


def _near(scores: TitleScores, slips: float) -> bool:
    near = at_least(scores, "title", 0.9) and at_least(scores, "slips", slips)
    return _comparable(scores) and near and _rarely_another(scores)


def _named_with_date(scores: TitleScores) -> bool:
    # Without its name a record is often the longer article, years later, of the same people.
    named = scores["named"] == 1 and scores["part"] == 1 and _of_its_time(scores)
    return _comparable(scores) and named and _rarely_another(scores)


def _part_with_date(scores: TitleScores) -> bool:
    # A paper that follows another often puts something behind its title.
    likely = in_the_month(scores, 0, 1) and _rarely_another(scores)
    return _comparable(scores) and _is_part(scores) and likely


def _is_part(scores: TitleScores) -> bool:
    return scores["part"] == 1 or scores["begun"] == 1


def _shortened_with_text(scores: TitleScores) -> bool:
    # Two papers of a month may have one name; what the entry says of its paper tells them apart.
    if not at_least(scores, "bits", NAME_BITS) or not in_the_month(scores, 0, 1):
        return False
    least = next((share for kind, of, share in SHORTENED if at_least(scores, kind, of)), None)
    if least is None or authors_differ(scores):
        return False
    return at_least(scores, "told", least)


def _always(confidence: float) -> Callable[[TitleScores], float]:
    return lambda _: confidence


RULES = (
    Rule("exact_title", _exact_with_authors, _always(0.999)),
    Rule("exact_title_and_date", _exact_with_date, confidence_of),
    Rule("exact_title_alone", _exact_alone, confidence_of),
    Rule("abstract", _abstract, _always(0.998)),
    Rule("near_title_and_authors", _near_with_authors, _always(0.99)),
    Rule("part_of_title_and_authors", _part_with_authors, _always(0.98)),
    Rule("name_and_authors", _name_with_authors, _always(0.97)),
    Rule("near_title_and_date", _near_with_date, confidence_of),
    Rule("near_title_alone", _near_alone, confidence_of),
    Rule("part_of_title_and_date", _part_with_date, confidence_of),
    Rule("title_with_name_and_date", _named_with_date, confidence_of),
    Rule("shortened_title_and_text", _shortened_with_text, _always(0.98)),
    Rule("renamed", _renamed, _always(0.95)),
)
"""In the order in which they are asked: the first that holds of any candidate decides."""

ON_A_TITLE = frozenset(("exact_title_alone", "near_title_alone"))
"""Rules that can hold where nothing but titles agrees."""

CONFIDENCE = {
    "override": 1.0,
    "printed_id": 0.999,
    # The id is printed, and there is no title, author or abstract to check it by.
    "printed_id_unchecked": 0.99,
    # Two ids of one work: most often the reader means the one of the month.
    "date_of_several": 0.95,
    "not_on_arxiv": 0.9,
}
"""How often a verdict is right that is not by one of the rules."""

_IN_THE_MONTH = ((0.9, 0.97), (0.8, 0.9), (0.7, 0.6), (0.6, 0.22), (0.0, 0.1))
_UNDATED = ((1.0, 0.96), (0.9, 0.65), (0.8, 0.12), (0.7, 0.015), (0.0, 0.002))
_OF_ANOTHER_TIME = ((0.9, 0.25), (0.8, 0.02), (0.0, 0.002))
_WITH_AUTHORS = ((0.8, 0.9), (0.7, 0.35), (0.0, 0.0))
_SHORTENED = 0.83
_OTHER_PEOPLE = ((1.0, 0.5), (0.0, 0.001))
_NUMBERS_DIFFER = 0.3
"""By the least likeness of the titles: how often the first candidate is right where no rule holds.
Counted over 33 lists, papers that the catalogue lacks among them."""


def likelihood(scores: TitleScores) -> float:
    """How often a candidate that no rule accepts is the right one, all the same."""
    title = scores["title"] or 0.0
    if at_least(scores, "abstract", 0.3):
        return 0.8
    if authors_differ(scores):
        return _by_title(_OTHER_PEOPLE, title)
    months = scores["months"]
    dated = in_the_month(scores) or months == 0
    bands = _IN_THE_MONTH if dated else _UNDATED if months is None else _OF_ANOTHER_TIME
    likely = _by_title(bands, title)
    if at_least(scores, "authors", 0.5):
        likely = max(likely, _by_title(_WITH_AUTHORS, title))
    long_part = at_least(scores, "part", 0.5) and title >= 0.8
    if (scores["head"] == 1 or long_part) and bands is not _OF_ANOTHER_TIME:
        likely = max(likely, _SHORTENED)
    return likely if scores["numbers"] == 1 else likely * _NUMBERS_DIFFER


def _by_title(bands: Iterable[tuple[float, float]], title: float) -> float:
    return next(share for least, share in bands if title >= least)


def contradicted(rule: Rule, scores: TitleScores) -> bool:
    """Whether the abstracts are of two papers, and no title and authors in full say otherwise."""
    abstract = scores["abstract"]
    return abstract is not None and abstract < 0.15 and rule.name != "exact_title"


def _shares_authors(scores: TitleScores) -> bool:
    # A copied record often has the first author alone.
    within = scores["within"] == 1 and at_least(scores, "length", 0.5)
    return at_least(scores, "authors", 0.5) or (within and at_least(scores, "people", 1))


def _older(scores: TitleScores) -> bool:
    """Whether an entry was written months before the paper's id was given."""
    months = scores["months"]
    return months is not None and months < NO_OLDER_MONTHS and scores["published"] != 1


def _of_another_time(scores: TitleScores) -> bool:
    """Whether an entry is older than the paper's id, or of a work that appeared long after it."""
    months = scores["months"]
    long_after = months is not None and months > LATEST_MONTHS and scores["published"] == 1
    return long_after or _older(scores)


def _rarely_another(scores: TitleScores) -> bool:
    if authors_differ(scores) or _of_another_time(scores):
        return False
    return chance_of_another(scores) <= MOST_WRONG


def _exact(scores: TitleScores) -> bool:
    return scores["title"] == 1 and scores["numbers"] == 1


def _comparable(scores: TitleScores) -> bool:
    return scores["length"] == 1 and scores["numbers"] == 1
