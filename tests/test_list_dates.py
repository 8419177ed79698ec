"""When and where the papers of a list appeared: in headings, and beside or below their titles."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.digests import written
from pipeline.model.records import Entry, Text

LINK = "https://arxiv.org/abs/1905.00001"


def read(content: str) -> list[Entry]:
    """The entries of a list."""
    text = Text("list.md", content.splitlines())
    return [each for each in written.FORMAT.read(text) if isinstance(each, Entry)]


def test_a_heading_that_is_a_month_alone_dates_its_list_by_the_month() -> None:
    items = [f"- [Nets That {word}](https://arxiv.org/abs/1802.0000{word})" for word in "123"]
    for heading in ("2018-02", "Feb. 2018", "February 2018 (3 papers)", "2018년 2월"):
        entries = read(f"# Read\n## {heading}\n{items[0]}\n## Nets\n{items[1]}\n{items[2]}")
        assert [entry.date for entry in entries] == [date(2018, 2, 1), None, None]
        assert entries[0].date_precision == "month"
    for heading in ("Best of 2018-02", "2018", "February 2018 and Nets", "2018-13"):
        entries = read(f"# Read\n## {heading}\n{items[0]}\n{items[1]}")
        assert [entry.date for entry in entries] == [None, None]


def test_a_year_in_brackets_beside_a_title_is_when_it_appeared() -> None:
    for item in (f"[Nets That Sort (2019)]({LINK})", f"[ICML'19] Nets That Sort [pdf]({LINK})"):
        (entry,) = read(f"- {item}")
        assert (entry.title, entry.published, entry.date) == ("Nets That Sort", "2019", None)
    unsaid = f"[Nets That Sort]({LINK}) goes on from (Lee et al., 2017)"
    twice = f"[Nets That Sort]({LINK}) (2018) (2019)"
    for item in (unsaid, twice):
        assert read(f"- {item}")[0].published is None


FALLING = ("January 20, 2024", "January 13, 2024", "January 6, 2024", "December 30", "March 28")
RISING = ("January 1, 2024", "January 8, 2024", "January 15, 2024", "January 22", "March 2")


def weeks(*days: str, words: str = "Week of") -> list[str]:
    """The day of the paper below each heading."""
    listed = "".join(f"## {words} {day}\n- [Nets]({LINK})\n" for day in days)
    return [str(entry.date) for entry in read(f"# Read\n{listed}")]


def test_a_day_without_a_year_takes_that_of_the_headings_above() -> None:
    assert weeks(*FALLING)[3:] == ["2023-12-30", "2023-03-28"]
    assert weeks(*RISING)[3:] == ["2024-01-22", "2024-03-02"]
    assert weeks(*FALLING[1:4])[-1] == "None"
    assert weeks(*RISING[:2], *FALLING[2:4])[-1] == "None"
    assert weeks("Nets of May 3, 2024", "Nets of May 2, 2024", *FALLING[2:4])[-1] == "None"


@pytest.mark.parametrize(
    "item",
    [
        f"**Nets That Sort (ICML 2018)** [pdf]({LINK})",
        f"**Nets That Sort.** ICML 2018. [pdf]({LINK})",
        f"Nets That Sort. Ann Lee, Bo Kim. ICML 2018. [pdf]({LINK})",
        f'**Sorter**: "Nets That Sort", *ICML 2018*. [pdf]({LINK})',
    ],
)
def test_a_venue_with_its_year_beside_a_title_is_no_part_of_it_and_is_kept(item: str) -> None:
    (entry,) = read(f"# Read\n\n- {item}")
    assert (entry.title, entry.venue, entry.published) == ("Nets That Sort", "ICML 2018", "2018")


def test_a_line_below_a_title_says_when_its_paper_appeared() -> None:
    below = f"**Nets That Sort.**\nAnn Lee, Bo Kim.\n*Preprint, July 2021.*\n[[arxiv]({LINK})]"
    (entry,) = read(f"# Read\n\n{below}")
    assert (entry.authors, entry.published) == (("Ann Lee", "Bo Kim"), "2021-07")
