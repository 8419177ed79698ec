"""What the other papers of a file tell of one that rests on its title alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from test_match_rules import ENTRY

from pipeline.build.matching import FEWEST_KNOWN, matches
from pipeline.match.candidates import Candidates
from pipeline.match.evidence import Background
from pipeline.model.records import Entry, Facts, Match

SELDOM, OFTENER, OFTEN = 1 / 5_000, 1 / 1_500, 1 / 250
"""How often the titles of a test are borne twice: of the list's others, and of the one asked."""


def listed(count: int, day: date | None) -> list[Entry]:
    """So many entries of one file, on a day, with titles alone."""
    titles = [f"Learning to Sort the Small Stones of River {n} by Weight" for n in range(count)]
    return [replace(ENTRY, title=title, authors=None, date=day) for title in titles]


def last_of(
    entries: Sequence[Entry],
    twins: float,
    archives: Sequence[tuple[str, ...]],
    month: str = "2401",
    *,
    newer: int = 1,
) -> Match:
    """What the last entry is. So many, it too, are of a month; the others are of January 2024."""
    older = len(entries) - newer

    def place(asked: Sequence[Entry]) -> list[Candidates]:
        return [
            Candidates(
                [
                    Facts(
                        "catalogue",
                        f"{month if n > older else '2401'}.{n:05}",
                        title=e.title,
                        categories=archive,
                    )
                ],
                background=Background(twins=twins if e is entries[-1] else SELDOM),
            )
            for n, (e, archive) in enumerate(zip(asked, archives, strict=True), 1)
        ]

    return list(matches(entries, [], [place]))[-1]


@pytest.mark.parametrize(
    ("others", "read", "verdict"),
    [
        (0, date(2025, 1, 9), "matched"),
        (FEWEST_KNOWN, date(2024, 1, 9), "undecided"),
        (FEWEST_KNOWN, date(2025, 1, 9), "matched"),
        (FEWEST_KNOWN - 2, date(2024, 1, 9), "matched"),
    ],
)
def test_a_late_reading_says_less_where_the_list_is_read_late(
    others: int, read: date, verdict: str
) -> None:
    entries = [*listed(others, read), *listed(others + 1, date(2025, 1, 9))[-1:]]
    assert last_of(entries, OFTENER, [()] * len(entries)).verdict == verdict


@pytest.mark.parametrize(
    ("others", "archive", "verdict"),
    [
        (FEWEST_KNOWN, "cs.CL", "matched"),
        (FEWEST_KNOWN, "hep-th", "undecided"),
        (FEWEST_KNOWN - 1, "hep-th", "matched"),
    ],
)
def test_a_title_of_a_field_that_the_list_is_not_about_is_left(
    others: int, archive: str, verdict: str
) -> None:
    entries = listed(others + 1, None)
    assert last_of(entries, OFTEN, [*[("cs.LG",)] * others, (archive,)]).verdict == verdict


@pytest.mark.parametrize(
    ("others", "begun", "verdict"),
    [
        (FEWEST_KNOWN - 1, date(2021, 10, 9), "matched"),
        (FEWEST_KNOWN - 2, date(2021, 10, 9), "undecided"),
        (FEWEST_KNOWN - 1, date(2023, 10, 9), "matched"),
    ],
)
def test_the_day_on_which_a_list_was_begun_does_not_part_it_from_later_papers(
    others: int, begun: date, verdict: str
) -> None:
    entries = listed(others + 1, begun)
    assert last_of(entries, SELDOM, [()] * len(entries)).verdict == verdict


def test_a_few_papers_read_before_they_came_leave_the_days_of_a_list_as_they_are() -> None:
    read = listed(20, date(2024, 1, 9))
    early = listed(21, date(2021, 10, 9))[-1:]
    assert last_of([*read, *early], SELDOM, [()] * 21).verdict == "undecided"


@pytest.mark.parametrize(
    ("others", "month", "twins", "verdict"),
    [
        (FEWEST_KNOWN + 1, "2502", OFTEN, "undecided"),
        (FEWEST_KNOWN + 1, "2501", OFTEN, "matched"),
        (FEWEST_KNOWN, "2502", OFTEN, "matched"),
        (FEWEST_KNOWN, "2502", 1 / 1_000, "undecided"),
        (FEWEST_KNOWN + 1, "2502", SELDOM, "matched"),
    ],
)
def test_a_paper_a_year_newer_than_a_list_needs_a_rarer_title(
    others: int, month: str, twins: float, verdict: str
) -> None:
    entries = listed(others + 1, None)
    assert last_of(entries, twins, [()] * (others + 1), month).verdict == verdict


@pytest.mark.parametrize(("newer", "verdict"), [(FEWEST_KNOWN, "matched"), (1, "undecided")])
def test_a_list_that_is_added_to_may_name_newer_papers(newer: int, verdict: str) -> None:
    entries = listed(FEWEST_KNOWN + 1 + newer, date(2024, 1, 9))
    last = replace(entries[-1], date=None) if newer == 1 else entries[-1]
    archives: list[tuple[str, ...]] = [()] * len(entries)
    assert last_of([*entries[:-1], last], OFTEN, archives, "2502", newer=newer).verdict == verdict
