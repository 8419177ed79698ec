"""How often a paper with this much in common with an entry is another one all the same.

A title alone misleads as often as another paper bears it (`title_twins`). Each further kind of
evidence that agrees makes a mistake rarer by a factor, each that speaks against it more frequent.
The factors were set on half of the lists that `docs/matching.md` names, and measured on the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

TitleScores = Mapping[str, float | None]

MOST_WRONG = 1 / 200
"""A paper is taken where it would be another one no more often than this."""
LEAST_WRONG, LEAST_DOUBT = 0.001, 0.0002
"""No evidence of a list is surer, nor is a title that nothing else speaks for."""

SLIPS, NAMED, BEGINNING, PART, NEAR = 4.0, 4.0, 12.0, 8.0, 40.0
"""How much less a title says that is the same but for slips or a name before a colon, that begins
the other, that is it without what stands on one side of its colon, or that is 90 % alike."""
ENDINGS_TOO = 0.5
"""The least score `slips` of titles whose words are the same, endings and small words left out."""
SAME_VENUE = 1 / 10
"""One title in one venue is seldom that of two papers."""
RARE_TITLE = 1 / 1_000
"""A title that is borne twice so seldom tells how late a list is, whatever else agrees."""
NEWER_THAN_THE_LIST, LIST_GOES_ON_MONTHS = 20.0, 12
"""A paper so many months newer than all others of a list without dates seldom stands in it.

Of 8,679 right ones that a title alone found in other people's lists 5 were."""
_UNLIKE = 1e6
_IN_THE_MONTH = (0, 1, 1 / 20)
_PUBLISHED = (_IN_THE_MONTH, (-3, 6, 1 / 2), (-12, -4, 10.0), (0, 36, 1.0))
_READ = (_IN_THE_MONTH, (-1, 2, 2.4), (-3, -2, 8.0), (-12, -4, 50.0))
"""By the months from a paper's id to when it appeared elsewhere, and to when it was read.

Of readers' dated entries 96.5 % are of their paper's month or the next, 98.6 % of one beside it; of
135 pairs of one title by two groups 4 % and 9 % are so near each other."""
_LONG_BEFORE, _LONG_AFTER = 200.0, 2.0
NO_OLDER_MONTHS = -3
"""An entry may be older than its paper: it was read elsewhere, and posted on arXiv later."""
LATE_MONTHS = 3
"""Who reads a paper so many months after its id or more reads it late."""
LATE_BY_MOST, LATE_BY_SOME = 0.15, 0.03
"""How often papers are read so, 0 to 1, where nothing is known of a list, and at least."""
_TWINS_APART = 0.9
"""How often two papers of one title lie so far apart."""


def chance_of_another(scores: TitleScores) -> float:
    """How often a paper of such scores is not the entry's, 0 to 1.

    >>> base = {"title": 1.0, "numbers": 1.0, "twins": 0.001}
    >>> [round(chance_of_another(base | more), 5) for more in (
    ...     {}, {"months": 0.0, "span": 1.0}, {"months": -30.0, "span": 1.0})]
    [0.001, 5e-05, 0.2]
    """
    twins = scores.get("twins")
    if twins is None:
        return 1.0
    likely = twins * _of_title(scores) * _of_date(scores) * _of_people(scores) * _of_field(scores)
    return min(likely * (SAME_VENUE if scores.get("venue") == 1 else 1.0), 1.0)


def confidence_of(scores: TitleScores) -> float:
    """How often a paper that is taken on such scores is the right one."""
    return 1 - max(chance_of_another(scores), LEAST_WRONG)


def is_dated_title(scores: TitleScores) -> bool:
    """Whether a long and rare title is the very same, and a day or month of reading is stated."""
    same = scores["title"] == 1 and scores["numbers"] == 1 and scores["length"] == 1
    return same and is_rare_title(scores) and scores["span"] == 1 and scores["published"] == 0


def is_rare_title(scores: TitleScores) -> bool:
    """Whether another paper seldom bears such a title too."""
    return scores["twins"] is not None and scores["twins"] <= RARE_TITLE


def is_read_late(scores: TitleScores) -> bool:
    """Whether a paper was read months after its id was given."""
    months = scores["months"]
    return months is not None and months >= LATE_MONTHS


def is_read_before(scores: TitleScores) -> bool:
    """Whether a paper came months after the day on which it is said to have been read."""
    months = scores["months"]
    return months is not None and months < NO_OLDER_MONTHS


def _of_title(scores: TitleScores) -> float:
    if scores.get("numbers") != 1:
        return _UNLIKE
    title = scores["title"] or 0.0
    if title == 1:
        return 1.0
    if (scores.get("slips") or 0) >= ENDINGS_TOO and title >= 0.8:
        return SLIPS
    kinds = (("named", NAMED), ("part", PART), ("begun", BEGINNING))
    shortened = next((times for kind, times in kinds if scores.get(kind) == 1), None)
    if shortened is not None:
        return shortened
    return NEAR if title >= 0.9 and scores.get("name") != 0 else _UNLIKE


def _of_date(scores: TitleScores) -> float:
    months = scores.get("months")
    if months is None:
        beyond = scores.get("beyond") or 0.0
        return NEWER_THAN_THE_LIST if beyond > LIST_GOES_ON_MONTHS else 1.0
    if scores.get("span") != 1:
        return _of_year(months)
    published = scores.get("published") == 1
    if not published and months >= LATE_MONTHS:
        late = scores.get("late")
        return _TWINS_APART / max(LATE_BY_MOST if late is None else late, LATE_BY_SOME)
    spans = _PUBLISHED if published else _READ
    agreeing = next((f for first, last, f in spans if first <= months <= last), None)
    if agreeing is not None:
        return agreeing
    return _LONG_BEFORE if months < 0 else _LONG_AFTER


def _of_year(months: float) -> float:
    if months == 0:
        return 1 / 5
    if 0 < months <= 12:
        return 1 / 3
    if months < -12 or months > 60:
        return 20.0
    return 1.0


def _of_people(scores: TitleScores) -> float:
    share, people = scores.get("authors"), scores.get("people")
    if share is None or people is None or (people == 0 and share == 1):
        return 1.0
    if people == 0:
        return 100.0
    if share >= 0.5 and people >= 2:
        return 1 / 500
    return 1 / 50 if share >= 0.5 or scores.get("within") == 1 else 1.0


def _of_field(scores: TitleScores) -> float:
    field = scores.get("field")
    if field is None or 0.02 <= field < 0.1:
        return 1.0
    return 1 / 3 if field >= 0.1 else 6.0
