"""How like titles are: typing slips, endings, comments on a paper, a letter that was lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_catalogue import sought

from pipeline.match.candidates import Candidates
from pipeline.match.decision import decided
from pipeline.match.evidence import Background
from pipeline.match.overriding import OverrideIndex
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
