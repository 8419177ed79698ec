"""Which words of a name are the family name, and tags that are nearly spelt alike."""

from __future__ import annotations

import pytest

from pipeline.identity.author_lists import AuthorLists, least_lists_score, lists_score
from pipeline.identity.evidence import WEIGHTS
from pipeline.identity.name_order import (
    capital_initials,
    family_words,
    spelt_apart,
    without_particles,
)
from pipeline.identity.tag_spellings import akin, cut_from, one_slip, phrases, printed_of

FIRST = {
    1: (
        "KIM Minjun", "Kim Min-jun", "Park Chan-wook", "Wang Wei-Qiang", "Nguyễn Văn An",
        "Tran Van An", "Nguyen Thi Minh Khai",
        "Lindegren L.", "Lindegren L", "Lindegren J.-P.", "Lindegren JAB", "Lindegren A B",
        "Lin L. L.", "LEE Ann", "LI Wei", "LINDEGREN Lars", "LINDEGREN J Lars", "王 小明",
    ),
    2: ("de Vries J", "Lindegren Lars L."),
}  # fmt: skip
LAST = (
    "Kim Minjun", "Wang Li", "Ann Lee", "Ann", "An Văn Nguyễn", "Chan-wook Park", "Wei-Qiang Wang",
    "Smith Wei-Qiang", "Wang Smith-Jones", "Lars LINDEGREN", "LINDEGREN LARS", "Wei LI", "Smith LI",
    "ABC Smith", "JP Serre", "Lindegren JABC", "L. Lindegren", "J. Lindegren L.", "A. Lin L.",
    "Lee A Kim", "王小明", "Ho Van Nguyen", "Le van Dyck", "Ann Van Dyck", "Tran Van",
)  # fmt: skip


def test_the_family_name_stands_first_in_capitals_in_asia_and_before_initials() -> None:
    for count, names in FIRST.items():
        assert {name: family_words(name.split()) for name in names} == dict.fromkeys(names, count)


@pytest.mark.parametrize("name", LAST)
def test_otherwise_the_family_name_is_the_last_word(name: str) -> None:
    assert family_words(name.split()) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("김민준", ["kim", "민준"]), ("김 민준", ["kim", "민준"]), ("남궁민", ["남궁", "민"]),
        ("황보관수", ["황보", "관수"]), ("김", ["kim"]), ("王明", ["王", "明"]),
        ("王小明", ["王", "小明"]), ("欧阳修", ["欧阳", "修"]), ("司马相如", ["司马", "相如"]),
    ],
)  # fmt: skip
def test_a_family_name_of_two_signs_is_told_from_one(text: str, words: list[str]) -> None:
    assert spelt_apart(text) == words


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("JP", "J P"), ("J-P", "J P"), ("JPA", "J P A"), ("JPAB", "JPAB"), ("J", "J"),
        ("LI", "LI"), ("Jp", "Jp"), ("J1", "J1"),
    ],
)  # fmt: skip
def test_two_or_three_capitals_are_initials_unless_a_family_is_called_so(
    word: str, letters: str
) -> None:
    assert capital_initials(word) == letters.split()


def test_particles_go_where_three_letters_are_left() -> None:
    bare = {"lecun": "cun", "vandermeer": "meer", "mcadam": "adam", "dela": "dela", "van": "van"}
    assert {family: without_particles(family) for family in bare} == bare


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("text2img", "text to image", True), ("gpt 3", "gpt 4", False),
        ("large models", "large model", True), ("sampling", "resampling", False),
        ("abcdefgh", "abcdexyz", True), ("abcdefgh", "abcdexyzw", False),
        ("abcdxxx", "abcdyyy", False), ("img", "image", True), ("im", "image", False),
        ("ppl", "people", True), ("dts", "dataset", False), ("lng", "learning", False),
        ("graph", "graph nets", False),
    ],
)  # fmt: skip
def test_two_tags_are_akin_by_their_first_letters_or_without_vowels(
    a: str, b: str, same: bool
) -> None:
    assert akin(a.split(), b.split()) is same


@pytest.mark.parametrize(
    ("b", "slip"),
    [
        ("agnet", True), ("agents", True), ("agen", True), ("agant", True), ("agent", False),
        ("agentss", False), ("igent", False), ("agnat", False),
    ],
)  # fmt: skip
def test_a_slip_is_one_letter_and_not_the_first(b: str, slip: bool) -> None:
    assert one_slip("agent", b) is slip
    assert not one_slip("gpt3", "gpt4")


@pytest.mark.parametrize(
    ("acronym", "words", "cut"),
    [
        ("vit", "vision transformer", True), ("vtr", "vision transformer", True),
        ("vis", "vision", True), ("vx", "vision", False), ("lm", "large model zoo", False),
        ("lmx", "large model", False),
    ],
)  # fmt: skip
def test_an_acronym_has_the_beginning_of_each_word(acronym: str, words: str, cut: bool) -> None:
    assert cut_from(acronym, words.split()) is cut


def test_a_tag_stands_in_a_title_as_a_run_of_up_to_four_words() -> None:
    title = "Slow Cooking of Large Models"
    keys = {"slowcooking", "cookingoflargemodels", "slowcookingoflargemodels", "slowof"}
    assert printed_of(keys, [title]) == {"slowcooking", "cookingoflargemodels"}
    assert keys & phrases(title).keys() == printed_of(keys, [title])
    assert phrases("Slow Cooking of It", 2)["slowcooking"] == "slow-cooking"
    assert "slowcookingof" not in phrases("Slow Cooking of It", 2)


def test_lists_speak_for_one_leader_and_against_unlike_lengths_and_nobody_met() -> None:
    leader, beginner = AuthorLists(1.0, 0.0, 1.5, 0.0), AuthorLists(0.0, 1.0, 1.5, 0.0)
    neither, long = AuthorLists(0.0, 0.0, 1.5, 0.0), AuthorLists(0.0, 0.0, 9.0, 0.0)
    met, unmet = (AuthorLists(0.0, 0.0, 1.5, count) for count in (0.0, 3.0))

    def score(a: AuthorLists, b: AuthorLists, *, linked: bool = False) -> float:
        one, other = (lists_score(*pair, WEIGHTS, linked=linked) for pair in ((a, b), (b, a)))
        assert one == pytest.approx(other)
        return one

    assert score(neither, neither) == 0
    assert score(leader, leader) == pytest.approx(WEIGHTS.last_both + WEIGHTS.last_one)
    assert score(leader, neither) == pytest.approx(WEIGHTS.last_one)
    assert score(leader, beginner) == pytest.approx(WEIGHTS.last_one - WEIGHTS.last_both)
    assert score(neither, long) == pytest.approx(-WEIGHTS.lengths * 2.0794, rel=1e-3)
    assert score(unmet, unmet) == pytest.approx(-WEIGHTS.apart * 1.3863, rel=1e-3)
    assert score(unmet, met) == score(unmet, unmet, linked=True) == 0
    every = [leader, beginner, neither, long, unmet]
    worst = min(score(a, b) for a in every for b in every)
    assert least_lists_score(every, WEIGHTS) <= worst
