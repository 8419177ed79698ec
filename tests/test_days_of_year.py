"""Lines of a plain digest that are a day, in many ways to write one, with and without a year."""

from __future__ import annotations

import pytest
from test_digests import read
from test_yearless_days import FIRST, SECOND, TITLES, told

from pipeline.digests.days_of_year import with_days_of_year
from pipeline.digests.slashed_days import with_iso_days
from pipeline.model.records import Entry, Skip


def days(text: str, name: str = "digest.txt") -> list[str | None]:
    """The days of the papers of a text, whose titles are the given ones."""
    papers = told(text, name)
    assert [title for title, _ in papers] == [*TITLES]
    return [day for _, day in papers]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2025년 3월 2일", "3월 4일 (화)"), ("2025. 3. 2.", "2025. 3. 4. (화)"),
        ("2025年3月2日（日）", "3月4日（火）"), ("2. März 2025", "4. März"),
        ("02.03.2025", "04.03."), ("Dimanche 2 mars 2025", "Mardi 4 mars"),
        ("2 марта 2025 г.", "4 марта"), ("2 de março de 2025", "4 de março"),
        ("March 2, 2025", "March 4"),
    ],
)  # fmt: skip
def test_a_day_rules_the_papers_below_it(first: str, second: str) -> None:
    text = f"{first}\n{TITLES[0]} (Ann Lee, Bo Kim)\n{FIRST}\nGood.\n\n"
    text += f"{second}\n{TITLES[1]} (Cy Ng, Di Roe)\n{SECOND}\nBetter.\n"
    assert days(text) == ["2025-03-02", "2025-03-04"]


@pytest.mark.parametrize(
    "day", ["5 mars 2025", "5. März 2025", "2025. 3. 5.", "2025年3月5日（水）"]
)
def test_a_day_above_one_labelled_paper_is_its_day(day: str) -> None:
    text = f"{day}\nTitle: {TITLES[0]}\nAuthors: Ann Lee, Bo Kim\nLink: {FIRST}\nNotes: Good.\n"
    assert told(text, "digest.txt") == [(TITLES[0], "2025-03-05")]


def test_a_day_without_any_year_is_neither_a_title_nor_guessed() -> None:
    text = f"April 1\n{TITLES[0]} (Ann Lee, Bo Kim)\n{FIRST}\nGood.\n"
    assert told(text, "digest.txt") == [(TITLES[0], None)]
    assert told(text, "digest 2025.txt") == [(TITLES[0], "2025-04-01")]


def test_a_day_far_from_the_one_above_has_no_year() -> None:
    near, far = ["2025-01-01", "May 31"], ["2025-01-01", "June 1"]
    assert with_days_of_year("a.txt", near) == ["2025-01-01", "2025-05-31"]
    assert with_days_of_year("a.txt", far) == far


def test_a_day_with_dots_has_the_month_first_where_another_says_so() -> None:
    assert with_iso_days(["04.25.2025", "", "04.05.2025"]) == ["2025-04-25", "", "2025-04-05"]
    assert with_iso_days(["25-04-2025", "04-05-2025"]) == ["2025-04-25", "2025-05-04"]
    assert with_iso_days(["25.04.2025", "04-05-2025"]) == ["2025-04-25", "04-05-2025"]


def test_a_day_that_rules_what_stands_below_is_not_told_as_left_out() -> None:
    (one, two), by = TITLES, "(Ann Lee, Bo Kim)"
    text = f"2025-05-01\n\n{one}\n{by}\n{FIRST}\ngood\n#a\n\n3월 3일 (월)\n{two}\n{by}\n{SECOND}\n"
    records = read(text)
    assert [r.title for r in records if isinstance(r, Entry)] == [one, two]
    assert not any(isinstance(record, Skip) for record in records)
