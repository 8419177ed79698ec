"""Days that leave out the year, and days that are the outermost points of an outline."""

from __future__ import annotations

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.digests.yearless_days import with_years
from pipeline.model.records import Entry, InputFile

FIRST, SECOND = "https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00002"
TITLES = ("Sorting Stones in Fast Rivers", "Pebble Networks Are Round")


def told(text: str, name: str = "notes.md") -> list[tuple[str | None, str | None]]:
    """The title and the day of each entry."""
    records = entries([InputFile(name, lambda: iter([text.encode()]))], FORMATS)
    found = [record for record in records if isinstance(record, Entry)]
    return [(entry.title, entry.date.isoformat() if entry.date else None) for entry in found]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("# 2024\n", "- 9/6 ", "- 9/25: "),
        ("# 2024\n", "- 6/9 ", "- 25/9: "),
        ("## Read in 2024\n", "- [9/6] ", "- [9/25] "),
        ("# 2024\n", "- Sep 6: ", "- Sep 25 - "),
        ("2024年\n", "9月6日 ", "9月25日 "),
        ("# 2024년 논문\n", "## 9월 6일\n- ", "## 9월 25일 (수)\n- "),
        ("# September 2024\n", "* 06.09. ", "* 25.09. "),
        ("# 2024\n", "## 9/6\n- ", "## 9/25\n- "),
    ],
)
def test_a_day_without_a_year_has_that_of_its_heading(head: str, first: str, second: str) -> None:
    text = f"{head}{first}{TITLES[0]} {FIRST}\n{second}{TITLES[1]} {SECOND}\n"
    assert told(text) == [(TITLES[0], "2024-09-06"), (TITLES[1], "2024-09-25")]


def test_a_day_without_a_year_has_that_of_its_file() -> None:
    text = f"- 9/6 {TITLES[0]} {FIRST}\n- 9/7 {TITLES[1]} {SECOND}\n"
    assert told(text, "log 2024.md") == [(TITLES[0], "2024-09-06"), (TITLES[1], "2024-09-07")]
    assert [day for _, day in told(text, "log.md")] == [None, None]


@pytest.mark.parametrize(
    "lines",
    [
        ["- 9/6 Stones", "- 6/9 Sand"],
        ["- 9/25 Stones", "- 25/9 Sand"],
        ["- 1/2 Stones", "- 1/4 Sand", "- Clay", "- Mud", "- Silt"],
        ["- 13/14 Stones", "- 15/16 Sand"],
        ["# 3.4. Results of Stones", "# 3.5. Results of Sand"],
        ["- May 7B Stones", "- 3/4 of all stones"],
        ["- 9/6 Stones"],
        ["- May 4 Stones"],
    ],
)
def test_what_may_be_another_day_or_none_stays_as_written(lines: list[str]) -> None:
    assert [*with_years("log 2024.md", lines)] == lines


def test_the_nearest_heading_with_a_year_rules() -> None:
    lines = ["# 2023", "- 12/30 Stones", "# 2024", "## New", "- 12/31 Sand", "- 2/30 Clay"]
    read = with_years("log 2020.md", lines)
    assert [read[1], read[4], read[5]] == ["- 2023-12-30: Stones", "- 2024-12-31: Sand", lines[5]]


@pytest.mark.parametrize("day", ["2024-09-05", "[[Sep 5th, 2024]]", "[[2024-09-05]]"])
def test_a_day_that_is_the_outermost_point_rules_those_below_it(day: str) -> None:
    first = f"- {day}\n    - {TITLES[0]} {FIRST}\n"
    text = f"{first}- [[September 6th, 2024]]\n    - {TITLES[1]} {SECOND}\n"
    assert told(text) == [(TITLES[0], "2024-09-05"), (TITLES[1], "2024-09-06")]


def test_a_day_among_points_of_other_kinds_rules_none_of_them() -> None:
    text = f"- 2024-09-05\n    - {TITLES[0]} {FIRST}\n- Ideas\n    - {TITLES[1]} {SECOND}\n"
    assert [day for _, day in told(text)] == [None, None]
