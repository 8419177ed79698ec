"""How sure a person is, in figures and in words, and what single pieces of evidence weigh."""

from __future__ import annotations

import math

import pytest
from test_people import paper

from pipeline.identity.clusters import Cluster
from pipeline.identity.doubts import LEAST_SURE, MOST_SURE, confidence, doubt, doubt_of_forms
from pipeline.identity.evidence import (
    WEIGHTS,
    CoauthorContext,
    groups_score,
    meetings_score,
    name_score,
    near_score,
    sizes_score,
    topic_score,
    years_score,
)
from pipeline.identity.signatures import SignatureRef, listed

THIN = "joined on thin evidence, may be several people"


def joined(size: int, weakest: float) -> Cluster:
    marks = [SignatureRef(number, 0, "Ann Lee") for number in range(size)]
    return Cluster(marks, set(range(size)), frozenset(), weakest=weakest)


@pytest.mark.parametrize(
    ("size", "weakest", "sure"),
    [(2, 0.0, 0.787), (2, 4.0, 0.959), (16, 4.0, 0.888), (2, MOST_SURE, 0.993)],
)
def test_a_confidence_is_that_of_the_calibration(size: int, weakest: float, sure: float) -> None:
    assert confidence(joined(size, weakest)) == sure


def test_no_score_makes_surer_than_the_most_and_an_id_is_certain() -> None:
    assert confidence(joined(2, 99.0)) == confidence(joined(2, MOST_SURE)) < 1
    assert confidence(joined(2, math.inf)) == 1


def test_a_doubt_says_what_there_is_to_doubt_and_nothing_else() -> None:
    assert doubt(LEAST_SURE, (), 0) is None
    assert doubt(LEAST_SURE - 0.001, (), 0) == THIN
    assert doubt(1, (), 1) == "kept apart without proof from another of this name"
    assert doubt(1, (), 2) == "kept apart without proof from 2 others of this name"
    assert doubt(1, ("A", "B", "C"), 0) == "may be A, B or C"
    assert doubt(1, ("A", "B", "C", "D"), 0) == "may be A, B or one of 2 more"


def test_the_doubts_of_two_forms_are_told_once() -> None:
    assert doubt_of_forms(1, (None, None)) is None
    assert doubt_of_forms(0.5, (None, f"{THIN}; may be A")) == f"{THIN}; may be A"


def test_each_piece_of_evidence_weighs_what_its_formula_says() -> None:
    assert years_score(5, WEIGHTS) == -WEIGHTS.years / 4
    assert years_score(20, WEIGHTS) == years_score(99, WEIGHTS) == -WEIGHTS.years
    assert groups_score(3, 0.5, 0.7) == pytest.approx(-0.7 * math.log(2))
    assert groups_score(1, 0.5, 0.7) == 0
    assert name_score(1, 8, WEIGHTS) == name_score(1, 9, WEIGHTS) == WEIGHTS.base + 8 * 0.3
    rarer = name_score(0.01, 4, WEIGHTS) - name_score(0.1, 4, WEIGHTS)
    assert rarer == pytest.approx(WEIGHTS.rarity * math.log(10))
    assert near_score(0, 15_000, WEIGHTS) == 0
    assert near_score(0.01, 100, WEIGHTS) == pytest.approx(math.log(1 + WEIGHTS.near))


def test_what_is_alike_by_chance_says_less_of_large_groups_and_what_is_not_says_more() -> None:
    assert topic_score(0.4, 1, WEIGHTS) == WEIGHTS.topic * 0.4
    size = math.log(1 + 399 / 20)
    assert topic_score(WEIGHTS.chance * size, 400, WEIGHTS) == pytest.approx(0)
    assert topic_score(0.4, 400, WEIGHTS) > topic_score(0.4, 1, WEIGHTS)
    assert meetings_score(20, 20, WEIGHTS) == pytest.approx(-WEIGHTS.meetings * math.log(2))
    assert sizes_score(1, 1.0, WEIGHTS) == 0
    unmet = sizes_score(21, 0.0, WEIGHTS)
    assert unmet == pytest.approx(-WEIGHTS.papers * math.log(6))
    assert sizes_score(21, 0.5, WEIGHTS) - unmet == pytest.approx(WEIGHTS.met * math.log(21) / 2)


def test_titles_of_a_co_author_whose_name_is_common_say_less() -> None:
    papers = listed([
        paper("2401.1", "Ann Lee", "Rare Hazelhoff", "Common Smith"),
        paper("2402.1", "Rare Hazelhoff"), paper("2403.1", "Common Smith"),
    ])  # fmt: skip
    expected = {"annlee": 0.1, "rarehazelhoff": 0.01, "commonsmith": 0.9}
    around = CoauthorContext(papers, expected, {key: key for key in expected})
    words = around.contexts(frozenset(("annlee",)))(0).words
    assert words["title24011"] > words["title24021"] > 1.5 * words["title24031"] > 0
