"""Each rule of the decision, beside the neighbour for which it must not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small_catalogue import sought

from pipeline.match.candidates import Candidates
from pipeline.match.decision import decided
from pipeline.match.evidence import Background
from pipeline.match.overriding import OverrideIndex
from pipeline.match.rules import RULES
from pipeline.model.records import Entry, Facts, Match, Override

TITLE = "Learning to Sort Small Stones by Weight"
PEOPLE = ("Ann Lee", "Bo Kim", "Cy Ng", "Di Wu", "Ed Roy")
PAPER = Facts("catalogue", "2401.00001", title=TITLE, authors=PEOPLE)
ENTRY = sought(TITLE, *PEOPLE)
ABSTRACT = (
    "We sort stones by their weight with a scale that learns while it works. "
    "It needs no labels and is right for nine stones of ten in a river of our choice."
)
ANOTHER = (
    "Rivers carry sand in winter more than in summer, as we measured over forty years. "
    "The reason is not known, but we give a model that fits all of the data at hand."
)
DAY = date(2024, 6, 1)


RARE = frozenset(("pebbles", "small", "stones"))


def match(entry: Entry, *facts: Facts, checked: date | None = None, by_hand: Any = ()) -> Match:
    found = Candidates(facts, checked, background=Background(rare=RARE, bits=40.0))
    return decided(entry, OverrideIndex(by_hand), found)


def of_month(month: int) -> date:
    """The 20th of a month, counted from the paper's."""
    return date(2024 + month // 12, month % 12 + 1, 20)


def named(entry_title: str, paper_title: str, **other: Any) -> Match:
    return match(replace(ENTRY, title=entry_title, **other), replace(PAPER, title=paper_title))


@pytest.mark.parametrize(
    ("rule", "entry", "paper", "neighbour"),
    [
        ("exact_title", {}, {}, {"authors": ("Ann Lee", "X Y", "Z W", "Q R", "S T")}),
        ("exact_title_and_date", {"authors": None}, {}, {"date": of_month(-4)}),
        ("exact_title_and_date", {}, {"authors": None}, {"date": of_month(-4)}),
        (
            "exact_title_and_date",
            {"authors": None, "title": "Sorting Small Stones"},
            {"title": "Sorting Small Stones"},
            {"date": None},
        ),
        ("exact_title_alone", {"authors": None, "date": None}, {}, {"authors": ("Zoe Fox",)}),
        ("exact_title_alone", {"date": None}, {"authors": None}, {"title": f"{TITLE} II"}),
        (
            "exact_title_alone",
            {"authors": None, "date": None, "title": "The Sorting of Small Stones"},
            {"title": "Sorting of Small Stones"},
            {"title": "Sorting Small Stones"},
        ),
        (
            "abstract",
            {"title": "Of Stones", "abstract": ABSTRACT},
            {"abstract": ABSTRACT},
            {"abstract": ANOTHER},
        ),
        (
            "abstract",
            {"authors": None, "title": "Of Stones", "abstract": ABSTRACT},
            {"abstract": ABSTRACT},
            {"date": of_month(4)},
        ),
        (
            "near_title_and_authors",
            {"title": "Learning to Sort Smal Stone by Weight"},
            {},
            {"authors": ("Ann Lee", "X Y", "Z W", "Q R", "S T")},
        ),
        (
            "part_of_title_and_authors",
            {"title": f"StoneSort: {TITLE}"},
            {},
            {"title": f"StoneSort 2: {TITLE}"},
        ),
        (
            "name_and_authors",
            {"title": "Sorta: Learning How Small Stones Are Sorted by Weight"},
            {"title": "Sorta: Learning to Sort Small Stones by Their Weight"},
            {"title": "Sorto: Learning How Small Stones Are Sorted by Weight"},
        ),
        (
            "near_title_and_date",
            {"title": "Learning to Sort Smal Stones by Weight", "authors": None},
            {},
            {"title": "Learning to Sort Tall Stones by Weight"},
        ),
        (
            "part_of_title_and_date",
            {"authors": None},
            {"title": f"Of Rivers: {TITLE}"},
            {"title": f"Of Rivers: {TITLE}, And Of Lakes"},
        ),
        (
            "near_title_alone",
            {"title": "Learning to Sort Smal Stones by Weight", "authors": None, "date": None},
            {},
            {"title": "Learning to Sort Tall Stones by Weight"},
        ),
        (
            "title_with_name_and_date",
            {"title": f"StoneSort: {TITLE}", "authors": None, "date": None, "published": "2024"},
            {},
            {"published": None},
        ),
        (
            "shortened_title_and_text",
            {"title": "StoneSort", "authors": None, "commentary": "Sorts small stones by weight."},
            {"title": f"StoneSort: {TITLE}"},
            {"commentary": "Learns what rivers carry."},
        ),
        (
            "renamed",
            {"title": "Sorting Pebbles and Small Stones by Their Weight"},
            {"title": "Weighing Pebbles and Small Stones by Their Weight"},
            {"authors": ("Bo Kim", "Ann Lee", "Cy Ng", "Di Wu", "Ed Roy")},
        ),
    ],
)
def test_a_rule_holds_for_what_it_is_made_for_and_not_for_its_neighbour(
    rule: str, entry: dict[str, Any], paper: dict[str, Any], neighbour: dict[str, Any]
) -> None:
    known = replace(PAPER, **paper)
    found = match(replace(ENTRY, **entry), known)
    assert (found.arxiv_id, found.decided_by) == ("2401.00001", rule)
    assert match(replace(ENTRY, **(entry | neighbour)), known).verdict == "undecided"


def test_every_rule_is_tested_here() -> None:
    rules = test_a_rule_holds_for_what_it_is_made_for_and_not_for_its_neighbour.pytestmark
    assert {case[0] for case in rules[0].args[1]} == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Sorting Small Stones by Weight I", "Sorting Small Stones by Weight II"),
        ("Sorting Small Stones by Weight, Part A", "Sorting Small Stones by Weight, Part B"),
        ("Sorting Small Stones by Weight: Part 2.1", "Sorting Small Stones by Weight: Part 2.2"),
        ("StoneSort-2 Technical Report on Stones", "StoneSort-2.5 Technical Report on Stones"),
        ("StoneSort v1: Sorting Small Stones", "StoneSort v2: Sorting Small Stones"),
        ("StoneSort 15B Sorts Stones by Weight", "StoneSort 340B Sorts Stones by Weight"),
        ("One Way of Sorting Small Stones", "Two Ways of Sorting Small Stones"),
        ("The First Theorem of Sorting Stones", "The Second Theorem of Sorting Stones"),
        ("Supervised Sorting of Small Stones", "Unsupervised Sorting of Small Stones"),
        ("Small Stones Sort Big Ones Differently", "Why Small Stones Sort Big Ones Differently"),
        ("StoneSort: Sorting of Small Stones", "StoneSort++: Sorting of the Small Stones"),
        ("Sorting Small Stones with Supervision", "Sorting Small Stones without Supervision"),
        ("Sorting Small Stones in 2D Rivers", "Sorting Small Stones in 3D Rivers"),
    ],
)
def test_the_next_of_a_series_by_the_same_people_is_another_paper(typed: str, known: str) -> None:
    for entry_title, paper_title in ((typed, known), (known, typed)):
        assert named(entry_title, paper_title).verdict == "undecided"
        assert named(entry_title, paper_title, authors=None).verdict == "undecided"
        assert named(paper_title, paper_title).verdict == "matched"


def test_reports_of_one_team_are_told_apart_by_their_titles_alone() -> None:
    entry = replace(ENTRY, title="Quartz2 Technical Report of Us All", authors=("Quartz Team",))
    reports = [
        Facts("catalogue", f"2401.0000{n}", title=title, authors=("Quartz Team",))
        for n, title in enumerate(
            (
                "Quartz Technical Report of Us All",
                "Quartz2.5 Technical Report of Us All",
                "Quartz3 Technical Report of Us All",
            ),
            1,
        )
    ]
    assert match(entry, *reports).verdict == "undecided"
    own = Facts("catalogue", "2401.00009", title=entry.title, authors=("Quartz Team",))
    assert match(entry, *reports, own).arxiv_id == "2401.00009"


def test_the_same_title_by_other_people_is_another_paper() -> None:
    others = replace(PAPER, arxiv_id="2401.00002", authors=("Xu Yan", "Zoe Fox", "Ian Orr"))
    assert match(ENTRY, others).verdict == "undecided"
    assert match(ENTRY, others, PAPER).arxiv_id == "2401.00001"


def test_of_two_ids_of_one_work_the_month_decides_and_a_tie_is_the_readers() -> None:
    earlier, same = (replace(PAPER, arxiv_id=i) for i in ("2307.00001", "2401.00007"))
    found = match(ENTRY, earlier, PAPER)
    assert (found.arxiv_id, found.decided_by) == ("2401.00001", "date_of_several")
    assert "2307.00001 agrees as well" in found.reason
    tied = match(ENTRY, PAPER, same)
    assert (tied.arxiv_id, tied.verdict) == (None, "undecided")
    assert "a tie between 2401.00001, 2401.00007" in tied.reason
    assert match(replace(ENTRY, date=None), earlier, PAPER).verdict == "undecided"


@pytest.mark.parametrize("title", ["Stones", "Small Stones", "GPT Is It", "石について"])
def test_a_short_title_needs_its_authors(title: str) -> None:
    short = replace(PAPER, title=title)
    alone = replace(ENTRY, title=title, authors=None)
    assert match(alone, short).verdict == "undecided"
    assert match(replace(alone, authors=PEOPLE), short).decided_by == "exact_title"
    assert match(replace(alone, authors=PEOPLE, title=f"{title} X"), short).verdict == "undecided"


def test_a_title_of_three_words_is_enough_in_the_month_of_its_id_and_the_next() -> None:
    three = replace(PAPER, title="Sorting Small Stones")
    entry = replace(ENTRY, title=three.title, authors=None)
    verdicts = [match(replace(entry, date=of_month(m)), three).verdict for m in (-1, 0, 1, 2)]
    assert verdicts == ["undecided", "matched", "matched", "undecided"]


def test_two_abstracts_speak_against_a_title_that_is_only_near() -> None:
    near = replace(ENTRY, title="Learning to Sort Smal Stones by Weight", abstract=ANOTHER)
    known = replace(PAPER, abstract=ABSTRACT)
    assert match(near, known).verdict == "undecided"
    assert match(replace(near, abstract=None), known).verdict == "matched"
    assert match(replace(near, title=TITLE), known).decided_by == "exact_title"
    assert match(replace(near, title=TITLE, authors=None), known).verdict == "undecided"


def test_the_abstract_finds_a_paper_whose_numbers_changed_when_it_was_renamed() -> None:
    entry = replace(ENTRY, title="Sorting Small Stones with 85.4% Success", abstract=ABSTRACT)
    known = replace(PAPER, title="Sorting Small Stones with 85.5% Success", abstract=ABSTRACT)
    assert match(entry, known).decided_by == "abstract"
    assert match(entry, replace(known, abstract=ANOTHER)).verdict == "undecided"


@pytest.mark.parametrize(("month", "verdict"), [(-3, "matched"), (-4, "undecided")])
def test_a_note_may_be_a_little_older_than_its_paper(month: int, verdict: str) -> None:
    assert match(replace(ENTRY, date=of_month(month)), PAPER).verdict == verdict
    assert match(replace(ENTRY, date=of_month(40)), PAPER).verdict == "matched"


def test_what_appeared_years_after_an_id_is_given_again_by_its_authors() -> None:
    for year, verdict in (("2029", "matched"), ("2030", "undecided"), (None, "matched")):
        entry = replace(ENTRY, date=None, published=year and f"{year}-12")
        assert match(entry, replace(PAPER, arxiv_id="2312.00001")).verdict == verdict


def test_without_a_date_and_authors_only_a_long_title_is_enough() -> None:
    undated = replace(ENTRY, date=None)
    assert match(undated, PAPER).decided_by == "exact_title"
    for typed, known in ((None, PEOPLE), (PEOPLE, None), (None, None)):
        entry, paper = replace(undated, authors=typed), replace(PAPER, authors=known)
        assert match(entry, paper).decided_by == "exact_title_alone"
        short = "Sorting Small Stones Well"
        found = match(replace(entry, title=short), replace(paper, title=short))
        assert found.verdict == "undecided"


def test_a_printed_id_that_disagrees_names_the_paper_that_the_title_is() -> None:
    other = Facts("catalogue", "2401.00002", title="Of Rivers and Their Sand", authors=("Xu Yan",))
    found = match(replace(ENTRY, arxiv_id="2401.00002"), other, PAPER)
    assert found.verdict == "undecided"
    assert "prints 2401.00002" in found.reason
    assert "its own title is that of 2401.00001" in found.reason


def test_rejected_ids_are_never_taken_even_where_they_are_printed() -> None:
    second = replace(PAPER, arxiv_id="2401.00002")
    rejected = Override(TITLE, None, None, None, "overrides.toml:1", ("2401.00001",))
    for printed in (None, "2401.00001"):
        entry = replace(ENTRY, arxiv_id=printed)
        assert match(entry, PAPER, second, by_hand=[rejected]).arxiv_id == "2401.00002"
        found = match(entry, PAPER, by_hand=[rejected])
        assert (found.arxiv_id, found.verdict) == (None, "undecided")
        assert found.override == rejected


def test_not_on_arxiv_is_said_with_its_day_and_only_where_all_of_it_was_looked_through() -> None:
    unknown = replace(ENTRY, title="Of Bread, Wine and Sundry Things", authors=("Xu Yan",))
    found = match(unknown, PAPER, checked=DAY)
    assert (found.verdict, found.arxiv_id, found.checked) == ("not_on_arxiv", None, DAY)
    assert "as of 2024-06-01" in found.reason
    assert match(unknown, PAPER).verdict == "undecided"
    for entry in (
        replace(unknown, title="Of Bread"),
        replace(unknown, title=None, commentary="좋다"),
        replace(ENTRY, authors=("Xu Yan",)),
        replace(ENTRY, title=f"{TITLE} II"),
    ):
        assert match(entry, PAPER, checked=DAY).verdict == "undecided"
