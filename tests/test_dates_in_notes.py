"""Days, months and years as people write them, in lines, headings and the rows of tables."""

from __future__ import annotations

from datetime import date

import pytest
from test_exports_of_others import kept

from pipeline.digests.dates import (
    Dated,
    dated,
    day_heading,
    has_day,
    heading_date,
    is_date_line,
    is_day_alone,
    month_heading,
    year_heading,
)
from pipeline.digests.day_order import DaysInRow
from pipeline.digests.days_of_year import day_near
from pipeline.digests.slashed_days import is_month_first, iso_day

DAY, MONTH, YEAR = (Dated(date(2024, 9, 5), "day"), Dated(date(2024, 9, 1), "month"),
                    Dated(date(2024, 1, 1), "year"))  # fmt: skip
WITHIN = {
    "2024-09-05": DAY, "2024.9.5": DAY, "2024/9/5": DAY, "Sep 5, 2024": DAY, "5th Sep 2024": DAY,
    "5. September 2024": DAY, "5 septembre 2024": DAY, "5 de septiembre de 2024": DAY,
    "5.9.2024": DAY, "Sep 5) 2024": DAY, "2024-09": MONTH, "2024년 9월": MONTH, "Sep 2024": MONTH,
    "2024": YEAR, "(2024)": YEAR, "2024 9 5": YEAR, "9 foo 2024": YEAR,
    "31.02.2024 and 2024": YEAR, "2024-13": None, "2024-13-05": None, "31.2.2024": None,
    "12024": None, "20245": None, "v2.2024": None, "1.2.2024.5": None, "1899": None,
    f"{'x' * 196}2024": YEAR, f"{'x' * 197}2024": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WITHIN.items())
def test_a_day_a_month_or_a_year_is_found_in_a_short_text(
    text: str, expected: Dated | None
) -> None:
    assert dated(text) == expected


@pytest.mark.parametrize("text", ["week 36, 2024", "2024 W36", "KW 36 2024", "2024년 36주차"])
def test_a_week_is_its_last_day_and_the_53rd_of_a_short_year_is_none(text: str) -> None:
    assert dated(text) == Dated(date(2024, 9, 8), "day")
    last = dated(text.replace("36", "54"))
    assert last is None or last.precision == "year"


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, "januar janvier enero gennaio janeiro januari января ocak stycznia"),
        (2, "februar février febrero febbraio fevereiro февраля şubat lutego"),
        (3, "märz mars marzo março maart марта mart marca"),
        (4, "april avril abril aprile апреля nisan kwietnia"),
        (5, "mai mayo maggio maio mei мая mayıs maja"),
        (6, "juni juin junio giugno junho июня haziran czerwca"),
        (7, "juli juillet julio luglio julho июля temmuz lipca"),
        (8, "august août agosto augustus августа ağustos sierpnia"),
        (9, "september septembre septiembre settembre setembro сентября eylül września"),
        (10, "oktober octobre octubre ottobre outubro октября ekim października"),
        (11, "november novembre noviembre novembro ноября kasım listopada"),
        (12, "dezember décembre diciembre dicembre dezembro декабря aralık grudnia"),
    ],
)
def test_months_are_known_in_many_languages(month: int, names: str) -> None:
    for name in names.split():
        assert heading_date(f"7 {name} 2024") == date(2024, month, 7)
        assert has_day(f"read 7 {name} 2024")


@pytest.mark.parametrize(
    ("line", "is_day"),
    [
        ("2024-09-05", True), ("## 2024-09-05 (Thu)", True), ("Thursday, September 5, 2024", True),
        ("2024年9月5号", True), ("2024년 9월 5일 목요일", True), ("# 5.9.2024", True),
        ("Donnerstag, 5. September 2024", True), ("5.9.2024", True), ("5. 9. 2024", True),
        ("2024. 9. 5. (목)", True), ("2024年9月5日（木）", True), ("2024年9月5日 星期四", True),
        ("周四 2024年9月5日", True), ("Le jeudi 5 septembre 2024", True),
        ("5 сентября 2024 г.", True),
        ("2024. szeptember 5.", True), ("ngày 5 tháng 9 năm 2024", True), ("5 wrz 2024", False),
        ("2024-09-05 note", False), ("5 foo 2024", False), ("Read on 5 September 2024", False),
    ],
)  # fmt: skip
def test_a_line_is_a_day_where_nothing_else_is_on_it(line: str, is_day: bool) -> None:
    assert heading_date(line) == (DAY.day if is_day else None)
    assert is_date_line(line) is is_day


def test_a_heading_that_names_no_day_is_told_and_one_of_61_characters_is_none() -> None:
    heading = day_heading("n.txt", 3, "2024-02-30")
    assert heading
    assert heading.day is None
    assert heading.skip
    assert heading.skip.key == "n.txt:3"
    assert is_date_line("2024-02-30")
    assert heading_date("2024-09-05".rjust(60)) == DAY.day
    assert heading_date("2024-09-05".rjust(61)) is None
    assert day_heading("n.txt", 3, "On stoves") is None


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Wednesday, November 6", True), ("7 Feb", True), ("9월 5일 (목)", True), ("5.9.", True),
        ("Monday", True), ("May 7B", False), ("2024", False), ("May 7".ljust(60), True),
        ("May 7".ljust(61), False),
    ],
)  # fmt: skip
def test_a_day_stands_alone_without_its_year(text: str, alone: bool) -> None:
    assert is_day_alone(text) is alone


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        ("2024-09", True, False), ("Sep 2024 (12)", True, False), ("2024년 9월", True, False),
        ("Best of 2024-09", False, False), ("2024年", False, True), ("CVPR 2024", False, True),
        ("2024 (12 papers)", False, True), ("Year 2024", False, True),
        ("Best of 2024", False, False), ("2024-09".ljust(61), False, False),
    ],
)  # fmt: skip
def test_a_heading_is_a_month_or_a_year_and_no_more(text: str, month: bool, year: bool) -> None:
    assert (month_heading(text) == MONTH, year_heading(text) == YEAR) == (month, year)


@pytest.mark.parametrize(
    ("text", "near", "of_year"),
    [
        ("Mon 30.12.", "2024-12-30", "2025-12-30"), ("Jan 4", "2025-01-04", "2025-01-04"),
        ("Feb 19", "2025-02-19", "2025-02-19"), ("Feb 20", None, "2025-02-20"),
        ("Nov 21", "2024-11-21", "2025-11-21"), ("Nov 20", None, "2025-11-20"),
        ("Feb 30", None, None), ("2025-01-03", None, None), ("Friday", None, None),
    ],
)  # fmt: skip
def test_a_day_without_its_year_lies_within_45_days_of_its_file_or_in_its_year(
    text: str, near: str | None, of_year: str | None
) -> None:
    for ruling, expected in (("day", near), ("year", of_year)):
        start = date(2025, 1, 5) if ruling == "day" else date(2025, 1, 1)
        found = day_near(text, Dated(start, ruling))  # type: ignore[arg-type]
        assert (found and str(found.day)) == expected
    assert day_near(text, None) is None


@pytest.mark.parametrize(
    ("headings", "days"),
    [
        (("March 9, 2024", "March 2, 2024", "January 6, 2024", "December 30"), "2023-12-30"),
        (("March 9, 2024", "March 2, 2024", "January 6, 2024", "January 6"), "2024-01-06"),
        (("May 3, 2023", "June 7, 2023", "December 27, 2023", "January 3"), "2024-01-03"),
        (("May 3, 2023", "June 7, 2023", "December 27, 2023", "December 28"), "2023-12-28"),
        (("June 7, 2023", "December 27, 2023", "January 3"), None),
        (("May 3, 2023", "June 7, 2023", "April 1, 2023", "January 3"), None),
        (("2024-02-01", "2024-02-08", "2024-02-15", "February 30"), None),
    ],
)
def test_days_in_a_row_give_the_next_its_year_where_three_go_one_way(
    headings: tuple[str, ...], days: str | None
) -> None:
    row = DaysInRow()
    *_, last = [row.of(heading) for heading in headings]
    assert (last and str(last.day)) == days


def test_days_behind_other_words_are_a_row_of_their_own() -> None:
    row = DaysInRow()
    for heading in ("Week of May 3, 2023", "Week of June 7, 2023", "Week of July 5, 2023"):
        row.of(heading)
    assert row.of("Month of August 2") is None
    assert row.of("Heat of ovens") is None


@pytest.mark.parametrize(
    ("days", "month_first"),
    [
        (["9/5/24", "9/25/24"], True), (["25/9/24", "5/9/24"], False), (["9/5/24"], None),
        (["12/12/24", "9/13/24"], True), (["9/25/24", "25/9/24"], None), (["13/13/24"], None),
        (["see 9/25/2024, or so"], True), ([None, ""], None), (["1/9/25/24"], None),
    ],
)  # fmt: skip
def test_a_number_above_twelve_tells_on_which_side_the_month_stands(
    days: list[str | None], month_first: bool | None
) -> None:
    assert is_month_first(days) is month_first


def test_a_day_with_slashes_is_turned_where_the_table_tells_and_left_where_not() -> None:
    assert iso_day("9/5/24 10:30", month_first=True) == "2024-09-05"
    assert iso_day(" 9/5/2024", month_first=False) == "2024-05-09"
    assert iso_day("9/5/24", month_first=None) == "9/5/24"
    assert iso_day("2024-09-05", month_first=True) == "2024-09-05"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("read 2024-02-20", 20), ("*(Read on Feb 20, 2024)*", 20), ("> Read 20 February 2024", 20),
        ("2024-02-20 읽음", 20), ("2024년 2월 20일에 다 읽음", 20), ("2024年2月20日 読了", 20),
        ("read 2024-02-20 with Ann", None), ("read 2024-02-31", None), ("Added 2 lemmas", None),
    ],
)  # fmt: skip
def test_a_line_that_says_when_a_paper_was_read_dates_it(line: str, day: int | None) -> None:
    note = f"# Slow Cooking of Models\nAnn Lee, Bo Kim\nhttps://arxiv.org/abs/2401.00011\n{line}\n"
    (entry,) = kept(note.encode(), "note.md")
    assert entry.date == (date(2024, 2, day) if day else None)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("read 2024-02-20", 20),
        ("code updated 2024-02-20", None),
        ("project closed 2024-02-20", None),
    ],
)
def test_a_day_behind_a_title_is_of_reading_where_it_says_so(said: str, day: int | None) -> None:
    lines = [f"- [Slow Cooking of {x}](https://arxiv.org/abs/2401.0001{x}) - {said}" for x in "12"]
    for entry in kept("\n".join(lines).encode(), "list.md"):
        assert entry.date == (date(2024, 2, day) if day else None)


def test_a_day_of_change_gives_way_to_any_other() -> None:
    for stated in (
        "updated: 2024-11-20\ndate: 2024-02-20",
        "date: 2024-02-20\nmodified: 2024-11-20",
    ):
        note = f"---\narxiv: 2401.00011\ntitle: Slow Cooking\n{stated}\n---\nwarm\n"
        (entry,) = kept(note.encode(), "note.md")
        assert entry.date == date(2024, 2, 20)


@pytest.mark.parametrize("form", ["[{}] Slow Cooking", "Slow Cooking ({})", "{}: Slow Cooking"])
def test_an_id_of_2020_is_no_month_of_2001(form: str) -> None:
    (entry,) = kept(f"- {form.format('2001.08361')}\n".encode(), "notes.md")
    assert (entry.arxiv_id, entry.date) == ("2001.08361", None)


def kept_days(text: str) -> list[date | None]:
    return [
        entry.date for entry in kept(text.encode(), "read.md" if text[0] == "-" else "read.csv")
    ]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("24.3.2025", date(2025, 3, 24)), ("04.03.2025", date(2025, 3, 4)),
        ("4. 3. 2025 18:05", date(2025, 3, 4)), ("24.03.25", date(2025, 3, 24)),
        ("31.2.2025", None),
    ],
)  # fmt: skip
def test_a_day_with_dots_is_day_first_in_a_table(printed: str, day: date | None) -> None:
    head = "Titel;Autoren;Gelesen am;Link\n"
    assert kept_days(
        f"{head}Slow Cooking;Ann Lee;{printed};https://arxiv.org/abs/2401.00011\n"
    ) == [day]


def test_days_with_dots_are_month_first_where_the_column_tells() -> None:
    row = "Slow Cooking;{};https://arxiv.org/abs/2401.00011\n"
    rows = f"{row.format('3.4.2025')}{row.format('3.24.2025')}"
    assert kept_days(f"Title;Read;Link\n{rows}") == [date(2025, 3, 4), date(2025, 3, 24)]


@pytest.mark.parametrize(
    ("matter", "day"),
    [
        ("date: 2025-03-05\ncreated: 2025-01-01", 5), ("created: 2025-01-01\ndate: 2025-03-05", 5),
        ("erstellt: 2025-01-01\nDatum: 5.3.2025", 5), ("작성일: 2025-01-01\n날짜: 2025-03-05", 5),
        ("created: 2025-03-07\ndate: 2017", 7), ("read: 2025-03-09\ndate: 2025-03-05", 9),
    ],
)  # fmt: skip
def test_a_date_goes_before_the_day_when_a_note_was_begun(matter: str, day: int) -> None:
    note = f"---\ntitle: Slow Cooking of Large Models\n{matter}\narxiv: 2401.00011\n---\nGood.\n"
    assert kept_days(note) == [date(2025, 3, day)]
