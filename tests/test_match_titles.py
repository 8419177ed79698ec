"""How like titles are: typing slips, endings, comments on a paper, a letter that was lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_catalogue import sought

from pipeline.match.candidates import Candidates
from pipeline.match.decision import decided
from pipeline.match.evidence import Background, archive_of
from pipeline.match.overriding import OverrideIndex
from pipeline.match.shortened import run_of, told_of
from pipeline.match.titles import same_title, title_scores
from pipeline.model.records import Facts


@pytest.mark.parametrize(
    ("typed", "known", "score"),
    [
        ("Sorting Small Stones at Night", "Sorting Smal Stones at Night", 1.0),
        ("Sorting Small Stones at a Night", "Sorting Small Stones at Night", 1.0),
        ("Towards Sorting Small Stones", "Sorting Small Stones", 1.0),
        ("SSS: Sorting Small Stones at Night", "Sorting Small Stones at Night", 1.0),
        ("Sorting Small Stones at Night", "Sorting Small Stone at Night", 0.5),
        ("On the Sorting of Small Stones", "The Sorting of Small Stones", 0.5),
        ("Nets on Trees of Stones", "Trees on Nets of Stones", 0.5),
        ("Small Stones: Probable Sorting", "Small Probable Stones: Probable Sorting", 0.0),
        ("Why Small Stones Sink", "Small Stones Sink", 0.0),
        ("Sorting Small Stones at Night", "Sorting Tall Stones at Night", 0.0),
    ],
)
def test_a_letter_typed_wrong_is_told_from_an_ending_or_a_small_word(
    typed: str, known: str, score: float
) -> None:
    for one, other in ((typed, known), (known, typed)):
        assert title_scores(one, other, other)["slips"] == score


def test_a_comment_on_a_paper_is_not_the_paper() -> None:
    title = "Learning to Sort Small Stones by Weight"
    for said in ("Corrigendum: {}", "Rejoinder: {}", "{}: Erratum", "A Comment on {}"):
        about = said.format(title)
        assert title_scores(title, about, about)["numbers"] == 0.5
        assert title_scores(about, about, about)["numbers"] == 1


def test_a_name_that_the_reader_gives_tells_the_named_paper_from_a_twin_by_other_people() -> None:
    title = "Learning to Sort Small Stones by Weight at Night"
    papers = [
        Facts("catalogue", "2401.00001", title=f"StoneSort: {title}"),
        Facts("catalogue", "2401.00002", title=f"PebbleSort: {title}"),
    ]
    entry = replace(sought(title), names=("stonesort",))
    known = Candidates(papers, background=Background(twins=1 / 2000))
    assert decided(entry, OverrideIndex(()), known).arxiv_id == "2401.00001"
    unnamed = replace(entry, names=())
    assert decided(unnamed, OverrideIndex(()), known).arxiv_id is None


def test_a_plural_that_lost_its_s_is_another_title() -> None:
    assert same_title("Learning to Sort Stones Safely", "Learning to Sort Stones Safel")
    assert not same_title("Learning to Sort Stones Safely", "Learning to Lift Stones Safel")
    assert not same_title("Sort Small Stones Safely", "Sort Small Stones Safel")
    assert not same_title("Neural Machines That Sort Stones", "Neural Machines That Sort Stone")


RIVER = "Sorting Small River Stones"


@pytest.mark.parametrize(
    ("typed", "known", "same"),
    [
        ("The Proof", "Proof", True), ("A Proof of It", "Proof of it", True),
        ("Proof and Pudding", "Proof & Pudding", True), ("The", "Proof", False),
        (f"{RIVER} Apart", f"{RIVER} Apar", True), (f"{RIVER} Wells", f"{RIVER} Well", False),
        (f"{RIVER} Past", f"{RIVER} Pas", False), ("Sorting Stones Apart", "Sorting Stones Apar",
                                                   False),
        (f"{RIVER} 12345", f"{RIVER} 1234", False), (f"{RIVER} Apart", f"{RIVER} Apa", False),
    ],
)  # fmt: skip
def test_a_title_is_the_same_without_its_article_or_the_last_letter_of_its_record(
    typed: str, known: str, same: bool
) -> None:
    assert same_title(typed, known) is same


@pytest.mark.parametrize(
    ("typed", "known", "begun"),
    [
        (RIVER, f"{RIVER} by Weight", 1.0), (f"{RIVER} by Weight", RIVER, 0.5), (RIVER, RIVER, 0.0),
        ("Sorting Small River", RIVER, 0.0), ("Small River Stones by Weight", RIVER, 0.0),
    ],
)  # fmt: skip
def test_a_title_begins_another_with_four_words_that_tell(
    typed: str, known: str, begun: float
) -> None:
    assert title_scores(typed, known, known)["begun"] == begun


@pytest.mark.parametrize(
    ("typed", "known", "slips"),
    [
        ("Bird Song Now Heard Well", "Bisd Song Now Heard Well", 1.0),
        ("Bir Song Now Heard Well", "Bis Song Now Heard Well", 0.0),
        ("Sorting Stones Well", "Sorting Stnoes Well", 1.0),
        ("Supervised Stones Here", "Unsupervised Stones Here", 0.0),
        ("Quantitative Stones Here", "Qualitative Stones Here", 0.0),
        ("Why Stones Forget", "Stones Forget", 0.0),
        ("Sorting Stones with Sand", "Sorting Stones for Sand", 0.5),
        ("Sand with Sorting Stones", "Stones with Sorting Sand", 0.5),
        ("Towards Sorting Stones Well", "Sorting Stones Well", 1.0),
        ("Sort: Sorting River Stones by Sort", "Sorting River Stones by Sort", 1.0),
        ("Sand: Sorting River Stones", "Sorting River Stones", 0.0),
        ("Cat Stones Sorted", "Cats Stones Sorted", 0.5),
        ("Cat Stones Sorted", "Catch Stones Sorted", 0.0),
        ("Sorting Stanes Wall", "Sorting Stones Well", 0.0),
    ],
)
def test_a_slip_is_one_letter_of_a_long_word_and_an_ending_is_half_of_one(
    typed: str, known: str, slips: float
) -> None:
    assert title_scores(typed, known, known)["slips"] == slips


def test_tails_are_compared_behind_the_same_words_and_a_colon() -> None:
    tails = {
        ("Sand: Sorting Stones", "Sand: Sorting Stone"): 0.96,
        ("Sand: Sorting", "Sun: Sorting"): None,
        ("Sorting Stones", "Sorting Stones"): None,
    }
    assert {pair: title_scores(*pair, pair[1])["tail"] for pair in tails} == tails


def test_a_run_has_all_numbers_of_its_title_and_a_text_tells_of_two_words_more() -> None:
    assert run_of("Chart 3 Agents", "Plotto: Chart 3 Agents") == 3
    assert run_of("Chart 3 Agents", "Plotto: Chart Agents") == 0
    assert told_of("we sort sand", "Sorting", "Sorting Sand by Weight") == 0.5
    assert told_of("we sort sand", "Sorting", "Sorting Sand") is None
    assert told_of(None, "Sorting", "Sorting Sand by Weight") is None


def test_the_archive_of_a_paper_is_that_of_its_first_category_or_of_its_old_id() -> None:
    archives = {
        ("2401.00001", ("cs.CL", "math.CO")): "cs", ("2401.00001", None): None,
        ("hep-ph/9901001", None): "hep-ph", ("math.AG/0101001", None): "math",
        ("math.AG/0101001", ("cs.CL",)): "cs",
    }  # fmt: skip
    assert {
        (number, categories): archive_of(Facts("catalogue", number, categories=categories))
        for number, categories in archives
    } == archives
