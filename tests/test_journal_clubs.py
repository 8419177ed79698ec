"""Bibliographies in paragraphs, and what reading groups write: sessions, names and a year."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.bibliography_lines import with_references_as_items
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile


def papers(*lines: str) -> list[Entry]:
    text = "\n".join(lines).encode()
    records = entries([InputFile("club.md", lambda: iter([text]))], FORMATS)
    return [record for record in records if isinstance(record, Entry)]


FERN = 'Fern, A. B. (1989). "Heat and eggs". J Heat 3.'
REFERENCES = (
    "# References",
    "## Foundations",
    '**Fern, A. B.** (1989). "Heat, Water, Eggs: The Search for Links". *The Kitchen*. Westfield.',
    "",
    '**Moss, L. E., & MacReed, A. H.** (2020). "Grain bilayers with a twist". *J Grain* 19: 12.',
    "",
    "### Soup",
    "",
    '**\'t Hof, G., et al.** (1993). "Fewer dimensions of cold soup". arXiv:gr-qc/9310999',
)


def test_references_in_paragraphs_with_names_in_bold_are_each_a_paper() -> None:
    read = papers(*REFERENCES)
    assert [(entry.line_start, entry.title, entry.authors) for entry in read] == [
        (3, "Heat, Water, Eggs: The Search for Links", ("A. B. Fern",)),
        (5, "Grain bilayers with a twist", ("L. E. Moss", "A. H. MacReed")),
        (9, "Fewer dimensions of cold soup", ("G. 't Hof",)),
    ]
    assert [entry.published for entry in read] == ["1989", "2020", "1993"]
    assert (read[2].arxiv_id, read[2].authors_complete) == ("gr-qc/9310999", False)


@pytest.mark.parametrize(
    "lines",
    [
        (FERN,),
        (FERN, "", "What I think of it.", "", FERN),
        (FERN, FERN),
        ("**Note.** (2001) was a good year.", "", "**Slow Cooking** (2002) too."),
    ],
)
def test_a_paragraph_with_words_below_it_stays_what_it_is(lines: tuple[str, ...]) -> None:
    assert with_references_as_items(lines) == [*lines]


def test_papers_in_one_cell_have_the_day_of_the_row_and_not_its_other_names() -> None:
    read = papers(
        "| Date (moderator) | Presenters | Papers |",
        "|---|---|---|",
        "| August 1, 2023 (C. Ng) | E. Por, L. Ruiz | [Slow Cooking of Eggs](https://arxiv.org/abs/"
        "2307.15137), [Fast Cooking of Eggs](https://arxiv.org/abs/2307.08350) |",
    )
    assert [(entry.title, entry.authors, entry.date) for entry in read] == [
        ("Slow Cooking of Eggs", None, date(2023, 8, 1)),
        ("Fast Cooking of Eggs", None, date(2023, 8, 1)),
    ]


def test_names_and_a_year_that_a_cell_links_are_no_title() -> None:
    read = papers(
        "| Date | Papers |",
        "|---|---|",
        "| 2023-08-01 | [Moss & Kanod, 2023](https://arxiv.org/abs/2308.12903), "
        "[Reed et al. (2023)](https://oven.org/a) |",
    )
    assert [(entry.title, entry.commentary, entry.links) for entry in read] == [
        (None, "Moss & Kanod, 2023", ("https://arxiv.org/abs/2308.12903",)),
        (None, "Reed et al. (2023)", ("https://oven.org/a",)),
    ]


@pytest.mark.parametrize("clock", ["", " 10am CET", ", 10:00", " 3 p.m.", ", 14:30 UTC"])
def test_a_day_in_brackets_with_its_hour_stands_before_a_title(clock: str) -> None:
    line = f"- (May 31, 2023{clock}) [Learned models of wet bread](https://oven.org/a)"
    (read,) = papers("# Sessions", "", line)
    assert (read.title, read.date) == ("Learned models of wet bread", date(2023, 5, 31))


@pytest.mark.parametrize("head", ["## Paper Information", "", "# Weekly Notes"])
def test_a_title_and_facts_stated_in_headings_are_of_the_note_and_all_below_is_said_of_it(
    head: str,
) -> None:
    (read,) = papers(
        *filter(None, [head]),
        "#### Paper Title: [Weak supervision of grain](https://arxiv.org/abs/2004.05024)",
        "",
        "#### Authors: Ann Lee, Bo Kim",
        "#### Conference: MICCAI 2020",
        "## Short Summary",
        "A method of patches is proposed.",
        "### 1. What problem is solved?",
        "That of pictures of grain.",
    )
    assert (read.title, read.authors) == ("Weak supervision of grain", ("Ann Lee", "Bo Kim"))
    assert (read.arxiv_id, read.venue) == ("2004.05024", "MICCAI 2020")
    assert "patches is proposed" in (read.commentary or "")
    assert "pictures of grain" in (read.commentary or "")


def test_facts_in_headings_below_a_title_are_of_it_and_a_later_paper_keeps_its_heading() -> None:
    (read,) = papers(
        "# Weak supervision of grain pictures",
        "#### Link: https://arxiv.org/abs/2004.05024",
        "#### Authors: Ann Lee, Bo Kim",
        "## Summary",
        "Patches.",
    )
    assert (read.authors, read.arxiv_id) == (("Ann Lee", "Bo Kim"), "2004.05024")
    other = ("## Slow Cooking of Eggs", "https://arxiv.org/abs/2301.00001", "Good.")
    titled = ("## Title: Fast Cooking of Eggs", "https://arxiv.org/abs/2301.00002", "Bad.")
    assert [entry.arxiv_id for entry in papers(*other, *titled)] == ["2301.00001", "2301.00002"]
