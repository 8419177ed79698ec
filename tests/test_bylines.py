"""Lines beside the id of a paper: who wrote it and when, its title, or what somebody says."""

from __future__ import annotations

import pytest

from pipeline.digests.bylines import is_byline, is_fact, named_paper

ID = "2401.00011"
LINK = f"https://arxiv.org/abs/{ID}"
TWELVE = "A B C D E F G H I J K L"
OTHER_PLACE = "https://www.nature.com/articles/s41586-024-00001-1"


@pytest.mark.parametrize(
    "line",
    [
        f"Ann Lee, Bo Kim, {ID}", f"by Ann Lee {ID}", f"Ann Lee. {ID}", f"Ann Lee et al. {ID}",
        f"Lee, 2024, {ID}", f"(arXiv {ID})", f"(by Ann Lee, {ID})", f"{ID} 2401.00012", LINK,
        f"{TWELVE} {ID}", f"{TWELVE.lower()} {ID}", f"Wonderful! {ID}", f"{OTHER_PLACE} Ann Lee",
    ],
)  # fmt: skip
def test_names_a_year_or_a_few_words_beside_an_id_are_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        f"similar to {ID}", f"(next month maybe {ID})", f"this is good {ID}", f"better than {ID}",
        f"Very nice idea. {ID}", f"Very good work! {ID}", f"the heat. More {ID}",
        f"{TWELVE} M {ID}", f"{TWELVE.lower()} m {ID}", "Ann Lee", f"{OTHER_PLACE} is what we do",
    ],
)  # fmt: skip
def test_a_sentence_a_comparison_or_many_words_beside_an_id_are_none(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("#ovens", True), ("Ann Lee, Bo Kim", True), ("3 May 2024", True), ("venue: ICML", True),
        ("read on 2024-05-03", True), ("read on a 2024-05-03", False), ("heat is good", False),
    ],
)  # fmt: skip
def test_tags_names_labels_and_a_day_of_three_words_are_facts(line: str, fact: bool) -> None:
    assert is_fact(line) is fact


@pytest.mark.parametrize(
    "line",
    [
        f"**Slow Cooking of Models**, Lee, {ID}. Good.", f"[Slow Cooking]({LINK}) - is nice",
        f"[Slow Cooking]({LINK}), by Lee", f"[Slow Cooking]({LINK}).",
        f"[Slow Cooking of Models]({LINK}) and so on", f"Slow Cooking of Models {ID}",
        f"2024-05-03 slow cooking of models {ID}", f"**slow cooking models** {ID}",
    ],
)  # fmt: skip
def test_a_title_with_its_id_before_any_sentence_names_a_paper(line: str) -> None:
    assert named_paper(line)


@pytest.mark.parametrize(
    "line",
    [
        f"Faster than [SmolQ]({LINK}) by half.", f"[Slow Cooking]({LINK}) is nice",
        f"[Slow Cooking]({LINK}), and so on", f"I like Slow Cooking of Models {ID}",
        f"Ann Lee, Bo Kim, {ID}", f"Compare the heat with Slow Cooking {ID}",
        f"Slow Cooking {ID}", f"slow cooking of models {ID}", "Slow Cooking of Models",
        f"It was bad. Slow Cooking of Models {ID}",
        f"heat matters here; Slow Cooking of Models {ID}",
    ],
)  # fmt: skip
def test_an_id_within_what_somebody_says_names_none(line: str) -> None:
    assert not named_paper(line)
