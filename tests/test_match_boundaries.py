"""Where evidence turns: people, months, candidates kept, printed ids and the words of a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from test_match_rules import DAY, ENTRY, PAPER, PEOPLE, TITLE
from test_match_thresholds import PLAIN, Scores

from pipeline.match.authors import authors_in_common
from pipeline.match.candidates import Candidates, combined
from pipeline.match.dates import month_scores
from pipeline.match.decision import decided
from pipeline.match.evidence import Background, _containment
from pipeline.match.overriding import OverrideIndex
from pipeline.match.printed import all_against, other_paper
from pipeline.match.reasons import what_is_lacking, why, why_not
from pipeline.match.rules import likelihood
from pipeline.match.titles import title_scores
from pipeline.model.records import Candidate, Facts, Match


def candidate(arxiv_id: str = "2401.00001", **scores: float | None) -> Candidate:
    return Candidate(arxiv_id, TITLE, TITLE, "catalogue", scores={**PLAIN, **scores})


def matched(*papers: Facts, checked: date | None = None, title: str = TITLE) -> Match:
    entry = replace(ENTRY, title=title)
    known = Candidates(papers, checked, background=Background(rare=frozenset(), bits=40.0))
    return decided(entry, OverrideIndex(()), known)


def test_the_author_list_that_has_more_in_common_counts_the_former_one_too() -> None:
    others = ("Zoe Fox",)
    for now, before in ((PEOPLE, others), (others, PEOPLE)):
        paper = replace(PAPER, authors=now, former_authors=before)
        assert authors_in_common(ENTRY, paper).authors == 1
    team = replace(ENTRY, authors=("Qwen Team",))
    assert authors_in_common(team, replace(PAPER, authors=("Qwen Team",))) == (1.0, 0.0, 1.0)


def test_each_initial_of_a_name_stands_for_one_of_its_middle_names() -> None:
    whole = replace(PAPER, authors=("Ann Bo Cy Dee Lee",))
    for name, people in (("Ann B. C. Lee", 1.0), ("Ann B. X. Lee", 0.0), ("A. Lee", 1.0)):
        assert authors_in_common(replace(ENTRY, authors=(name,)), whole).people == people


def test_who_is_called_by_the_last_given_name_is_one_person_and_by_another_is_not() -> None:
    whole = replace(PAPER, authors=("Joon Son Chung",))
    for name, people in (("Son Chung", 1.0), ("S. Chung", 1.0), ("Sam Chung", 0.0)):
        assert authors_in_common(replace(ENTRY, authors=(name,)), whole).people == people


def test_a_year_spans_its_twelve_months() -> None:
    of_year = replace(ENTRY, date=date(2024, 1, 1), date_precision="year")
    for arxiv_id, months in (("2312.1", 1), ("2401.1", 0), ("2412.1", 0), ("2501.1", -1)):
        scores = month_scores(of_year, arxiv_id.replace(".1", ".00001"))
        assert (scores["months"], scores["span"]) == (months, 12)
    of_day = month_scores(replace(ENTRY, date=date(2024, 1, 31)), "2401.00001")
    assert (of_day["months"], of_day["span"]) == (0, 1)


def test_of_two_dates_the_one_nearer_to_the_month_of_the_id_counts() -> None:
    for appeared, read_in, published in (("2024-03", 1, 0.0), ("2024-01", 6, 1.0)):
        entry = replace(ENTRY, published=appeared, date=date(2024, read_in, 9))
        scores = month_scores(entry, "2401.00001")
        assert (scores["months"], scores["published"]) == (0.0, published)


def test_what_one_place_does_not_say_of_a_paper_another_does() -> None:
    said = replace(PAPER, abstract="Stones are sorted.", source="another")
    bare = Facts("catalogue", PAPER.arxiv_id)
    for places in ((bare, said), (said, bare)):
        (paper,) = combined(Candidates([facts]) for facts in places).facts
        assert (paper.title, paper.authors, paper.abstract) == (TITLE, PEOPLE, said.abstract)


def test_a_paper_whose_title_is_a_part_of_a_longer_one_is_a_candidate() -> None:
    short = "Small Stones of the Long River"
    long = f"{short}: Learning to Sort Each of Them by Its Weight and by Its Size in One Afternoon"
    (found,) = matched(replace(PAPER, title=short, authors=None), title=long).candidates
    assert (found.scores["part"], (found.scores["title"] or 1) < 0.5) == (0.5, True)


def test_twelve_candidates_are_kept_the_one_with_the_authors_first() -> None:
    twins = [Facts("catalogue", f"2401.1{n:04}", title=f"{TITLE} Today") for n in range(14)]
    with_people = replace(twins[9], authors=PEOPLE[:2])
    match = matched(*twins[:9], with_people, *twins[10:])
    assert (len(match.candidates), match.candidates[0].arxiv_id) == (12, with_people.arxiv_id)


def test_a_candidate_that_is_right_once_in_ten_speaks_against_not_on_arxiv() -> None:
    other = Facts("catalogue", "2401.00009", title="Learning to Sort Tall Ships by Sail")
    before = replace(other, arxiv_id="2301.00009")
    half = replace(other, title="Learning to Sail Tall Ships Far")
    assert matched(other, checked=DAY).verdict == matched(half, checked=DAY).verdict == "undecided"
    assert matched(half, checked=DAY).confidence == 0.1
    match = matched(before, checked=DAY)
    assert (match.verdict, match.confidence) == ("not_on_arxiv", 0.9)


def test_the_very_title_is_likelier_than_the_same_people_under_another() -> None:
    titled = Facts("catalogue", "2312.00002", title=TITLE)
    signed = Facts("catalogue", "2312.00001", title="Sorting Tall Ships by Sail", authors=PEOPLE)
    assert [each.arxiv_id for each in matched(signed, titled).candidates] == [
        titled.arxiv_id, signed.arxiv_id,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "against"),
    [
        ({}, True),
        ({"months": -3.0}, False),
        ({"title": 0.5}, False),
        ({"length": 0.5}, False),
        ({"people": 1.0, "authors": 0.2}, False),
        ({"abstract": 0.6}, False),
        ({"abstract": 0.59}, True),
        ({"months": 13.0}, False),
        ({"months": 13.0, "published": 1.0}, True),
        ({"months": 12.0, "published": 1.0}, False),
        ({"months": -13.0, "published": 1.0}, True),
        ({"begun": 0.5}, False),
        ({"part": 1.0}, False),
    ],
)
def test_title_authors_and_month_all_speak_against_a_printed_id(
    change: Scores, against: bool
) -> None:
    base: Scores = {"title": 0.49, "authors": 0.0, "people": 0.0, "months": -4.0, "published": 0.0}
    assert all_against(PLAIN | base | change) is against


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": 1.0}, True),
        ({"title": 1.0, "numbers": 0.0}, False),
        ({"title": 0.9, "slips": 0.5}, True),
        ({"title": 0.89, "slips": 0.5}, False),
        ({"title": 0.9, "slips": 0.0}, False),
        ({"title": 0.9, "slips": 1.0, "numbers": 0.0}, False),
        ({"title": 0.9, "slips": 1.0, "length": 0.5}, False),
        ({"title": 1.0, "length": 0.5}, True),
        ({"title": 1.0, "length": 0.49, "people": 0.0}, False),
        ({"title": 1.0, "length": 0.0, "people": 1.0}, True),
        ({"title": 1.0, "length": 0.0, "people": 0.0}, False),
    ],
)
def test_another_paper_is_named_by_its_title_up_to_slips(change: Scores, named: bool) -> None:
    printed = candidate(title=0.4, authors=0.0, people=0.0, part=0.0, begun=0.0)
    other = candidate("2401.00002", **change)
    assert (other_paper([printed, other], printed) is other) is named
    like = replace(printed, scores={**printed.scores, "title": 0.8})
    assert other_paper([like, other], like) is None


def test_a_paper_of_the_exact_title_is_named_before_one_of_nearly_the_same() -> None:
    printed = candidate(title=0.4)
    near, exact = candidate("2401.00002", title=0.95, slips=1.0), candidate("2401.00003")
    assert other_paper([near, printed, exact], printed) is exact
    assert other_paper([near, printed], printed) is near


def test_a_reason_says_how_much_is_alike_and_what_is_not() -> None:
    assert why(candidate(title=0.9, authors=None, months=None)) == "title 90% alike"
    assert why(candidate(title=1.0, authors=0.5, months=2.0)).endswith(
        "+2 months from the id's month"
    )
    assert "only 15% of the abstract" in why_not({"title": 1.0, "abstract": 0.15})
    assert "the abstract is another" in why_not({"title": 1.0, "abstract": 0.149})
    assert "of the abstract" not in why_not({"title": 1.0, "abstract": 0.6})
    assert "months apart" in why_not({"title": 1.0, "months": 3.0})
    assert why_not({"title": 1.0, "numbers": 0.5}).startswith("one is a comment")
    assert (
        why_not({"title": 0.995, "numbers": 0.0}) == "the numbers differ; another title, 99% alike"
    )
    assert "differ" not in why_not({"title": 1.0, "numbers": 1.0})
    assert "months apart" not in why_not({"title": 1.0, "months": 2.0})
    assert why_not({"beyond": 13.0, "title": 1.0}) == "13 months newer than all others of its list"
    assert "newer" not in why_not({"title": 1.0, "beyond": 12.0})
    assert "newer" not in why_not({"title": 1.0, "beyond": 13.0, "months": 0.0})
    far = candidate(title=0.69, authors=None)
    assert "no known paper" in what_is_lacking(ENTRY, [far])
    assert "no known paper" in what_is_lacking(ENTRY, [candidate(title=None, authors=None)])
    assert "the nearest is" in what_is_lacking(ENTRY, [candidate(title=0.7, authors=None)])


def test_how_often_an_undecided_candidate_is_right_by_likeness_and_time() -> None:
    alone: Scores = PLAIN | {"authors": None, "part": 0.0, "head": 0.0}
    for months, likely in (
        (0.0, {0.9: 0.97, 0.8: 0.9, 0.7: 0.6, 0.6: 0.22, 0.59: 0.1}),
        (None, {1.0: 0.96, 0.9: 0.65, 0.8: 0.12, 0.7: 0.015, 0.69: 0.002}),
        (40.0, {0.9: 0.25, 0.8: 0.02, 0.79: 0.002}),
    ):
        assert {t: likelihood(alone | {"months": months, "title": t}) for t in likely} == likely


def test_a_title_of_two_words_or_a_reply_has_no_length() -> None:
    lengths = {
        "Sorting Stones": 0.0,
        "Reply to All of Them Now": 0.0,
        "To Be On": 0.0,
        "Sorting Small Stones": 0.5,
        "Sorting Small River Stones": 0.5,
        "Sorting Small River Stones Now": 1.0,
    }
    found = {title: title_scores(title, title, title)["length"] for title in lengths}
    assert found == lengths


@pytest.mark.parametrize(
    ("typed", "known", "people"),
    [
        (("Lee Ann", "Kim Bo"), ("Ann Lee", "Bo Kim"), 2),
        (("Lee Ann May", "Kim Bo Ra"), ("Ann May Lee", "Bo Ra Kim"), 2),
        (("Lee Ann", "Kim Bo"), ("Zoe Lee", "Tom Kim"), 0),
    ],
)
def test_of_names_with_the_family_first_the_given_names_count_too(
    typed: tuple[str, ...], known: tuple[str, ...], people: int
) -> None:
    entry = replace(ENTRY, authors=typed, authors_complete=True)
    assert authors_in_common(entry, replace(PAPER, authors=known)).people == people


def test_three_words_of_an_abstract_count_where_they_stand_in_a_row() -> None:
    ours = [f"w{number}" for number in range(30)]
    every_second = [word for number in range(0, 30, 2) for word in (ours[number], "x")]
    assert _containment(" ".join(ours), " ".join(ours)) == 1.0
    assert _containment(" ".join(ours), " ".join(every_second)) == 0.0


def test_a_title_that_is_the_same_is_no_part_and_a_coined_name_needs_two() -> None:
    assert "part of the title" not in why_not({**PLAIN, "title": 1.0, "part": 1.0})
    assert "part of the title" in why_not({**PLAIN, "title": 0.9, "part": 1.0})
    bare, coined = "Sorting Small Stones", "Sieve: Sorting Small Stones"
    assert title_scores(coined, bare, bare)["name"] is None
    assert title_scores(coined, coined, coined)["name"] == 1.0
