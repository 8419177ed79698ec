"""Who wrote a paper, as lines of notes print it, and what looks like names and is none."""

from __future__ import annotations

import pytest

from pipeline.digests.author_line import is_of_facts, names_of_line, title_before_names
from pipeline.digests.names import beginning, is_name, names_in, names_of_group

ID = "2401.00011"
LINK = f"https://arxiv.org/abs/{ID}"
NAMES = [
    "Ann Lee", "Ann Bo Cy Lee", "Ann van Lee", "A. B. Lee", "A Lee", "Van Lee", "王 小明",
    "Jean d'Alembert", "Abu al-Farabi", "LIGO Scientific Collaboration", "Team",
    "The Very Large And Old Kitchen Team",
]  # fmt: skip
NO_NAMES = [
    "Ann", "Ann Bo Cy Dee Lee", "ann lee", "Ann foo Lee", "Ann Lee.", "Deep Learning",
    "Ann Learning", "Ann's Lee", "A1 Lee", "김도현", "the Qwen Team", "Hubert " + 60 * "w",
    "The Very Large And Very Old Kitchen Team", "It's about l'art here",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_a_full_name_is_a_few_words_with_capitals(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", NO_NAMES)
def test_a_word_a_sentence_and_the_words_of_a_title_are_no_full_name(text: str) -> None:
    assert not is_name(text)


WHOLE = {
    "Lee, Kim": ("Lee", "Kim"),
    "Qwen: Lee, Kim": ("Qwen", "Lee", "Kim"),
    "Ann Lee; Bo Kim": ("Ann Lee", "Bo Kim"),
    "Lee, Ann; Kim, Bo": ("Ann Lee", "Bo Kim"),
    "Lee, Ann; Kim, Bo; and Ng, Cy": ("Ann Lee", "Bo Kim", "Cy Ng"),
    "Ann Lee; Bo Kim; and Cy Ng": ("Ann Lee", "Bo Kim", "Cy Ng"),
    "Ann Lee; Bo Kim and Cy Ng": ("Ann Lee", "Bo Kim", "Cy Ng"),
    "Ann Lee, Bo Kim and Cy Ng": ("Ann Lee", "Bo Kim", "Cy Ng"),
    "Ann Lee and Bo Kim": ("Ann Lee", "Bo Kim"),
    "Ann Lee (ETH, Zurich), Bo Kim": ("Ann Lee (ETH, Zurich)", "Bo Kim"),
    "Ann Lee (1, 2), Bo Kim (2)": ("Ann Lee", "Bo Kim"),
    "Ann Lee[1], Bo Kim*": ("Ann Lee", "Bo Kim"),
    "yelong shen, Bo Kim, Cy Ng": ("yelong shen", "Bo Kim", "Cy Ng"),
    "01.AI, Ann Lee": ("01.AI", "Ann Lee"),
    "Ann": ("Ann",),
    "김도현, 이서연": ("김도현", "이서연"),
    "王小明、李华": ("王小明", "李华"),
}
CUT = {
    "Lee et al.": ("Lee",),
    "Ann Lee, Bo Kim, et al": ("Ann Lee", "Bo Kim"),
    "Ann Lee, 3 others": ("Ann Lee",),
    "Ann Lee, and 3 others": ("Ann Lee",),
    "Ann Lee 외": ("Ann Lee",),
}
NO_GROUP = [
    "Ann Lee, 2024", "paper", "our paper", "oral, spotlight", "27 Jan - 2 Feb", f"see {LINK}",
    "Ann Lee. Good one", "yelong shen, Bo Kim", "One Two Three Four Five Six Seven Eight Nine",
    "김도현입니다만요",
]  # fmt: skip


@pytest.mark.parametrize(("inner", "names"), [*WHOLE.items(), *CUT.items()])
def test_parentheses_hold_names_however_they_are_separated(
    inner: str, names: tuple[str, ...]
) -> None:
    assert names_of_group(inner) == (names, inner in WHOLE, "")


@pytest.mark.parametrize("inner", NO_GROUP)
def test_parentheses_with_a_year_a_link_days_or_a_remark_hold_no_names(inner: str) -> None:
    assert names_of_group(inner) is None


TWO = ("Ann Lee", "Bo Kim")
BEGUN = {
    "Ann Lee, Bo Kim, ICML 2024": (TWO, True, "ICML 2024"),
    "Ann Lee, Bo Kim. We show it": (TWO, True, "We show it"),
    "Ann Lee et al., good": (("Ann Lee",), False, "good"),
    "Lee, Kim et al. 2024": (("Lee", "Kim"), False, "2024"),
    "Lee, Kim, Ng et al.": (("Lee", "Kim", "Ng"), False, ""),
    "Ann Lee, Bo Kim, ..., Cy Ng": ((*TWO, "Cy Ng"), False, ""),
    "OpenAI, Ann Lee, Bo Kim": (("OpenAI", *TWO), True, ""),
    "Ann Lee* and Bo Kim†": (TWO, True, ""),
    "Ann Lee und Bo Kim": (TWO, True, ""),
    "Ann Lee y Bo Kim": (TWO, True, ""),
    "and Ann Lee, Bo Kim": (TWO, True, ""),
    "Jean d’Alembert, Bo Kim": (("Jean d’Alembert", "Bo Kim"), True, ""),
    "王小明, 李华": (("王小明", "李华"), True, ""),
    "Ann Lee, Bo Bo Bo Bo Kim": (("Ann Lee", "Bo Bo Bo Bo Kim"), True, ""),
}


@pytest.mark.parametrize(("text", "expected"), BEGUN.items())
def test_two_names_or_one_before_et_al_begin_a_list(
    text: str, expected: tuple[tuple[str, ...], bool, str]
) -> None:
    assert names_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee", "lee et al.", "Lee, Kim, Ng, Fox et al.", "OpenAI, Ann Lee", "good, Ann Lee",
        "Ann Lee, good", "Ann Lee, Deep Nets", "김도현, 이서연", "Ann Lee, Bo Bo Bo Bo Bo Kim",
    ],
)  # fmt: skip
def test_one_name_and_anything_else_begin_no_list(text: str) -> None:
    assert names_in(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("김도현, 이서연", ("김도현", "이서연")),
        ("Qwen: Ann Lee, Bo Kim", ("Qwen", *TWO)),
        ("1234, Lee", None),
        ("", None),
    ],
)
def test_where_names_are_to_stand_any_are(text: str, names: tuple[str, ...] | None) -> None:
    authors = names_in(text, sure=True)
    assert (authors and authors.names) == names


def test_a_list_that_goes_on_ends_with_its_last_whole_name() -> None:
    text = "Ann Lee, Bo Kim, Cy Ng"
    ends = {most: beginning(text, most) for most in (7, 8, 9, 16, 17, 21, 22)}
    assert ends == {
        7: "Ann Lee", 8: "Ann Lee,", 9: "Ann Lee, et al.", 16: "Ann Lee, et al.",
        17: "Ann Lee, Bo Kim, et al.", 21: "Ann Lee, Bo Kim, et al.", 22: text,
    }  # fmt: skip


ON_LINES = {
    f"Ann Lee | {ID}": ("Ann Lee",),
    f"Ann Lee, Bo Kim | ICML 2024 | #ovens | {LINK}": TWO,
    f"Ann Lee, Bo Kim: {ID}, {LINK}": TWO,
    f"Ann Lee — Nature Reviews Physics — {ID}": ("Ann Lee",),
    f"Ann Lee | 3 May 2024 | {ID}": ("Ann Lee",),
    f"Ann Lee | in May 2024 | {ID}": ("Ann Lee",),
    f"Ann Lee | workshop 2024 | {ID}": ("Ann Lee",),
    f"Ann Lee | 2024 | {ID}": ("Ann Lee",),
    f"Ann Lee | venue: ICML | {ID}": ("Ann Lee",),
    "Ann Lee": ("Ann Lee",),
    "Lee, Kim": ("Lee", "Kim"),
    "by Ann Lee": ("Ann Lee",),
    "von Ann Lee und Bo Kim": TWO,
    "scritto da Ann Lee e Bo Kim": TWO,
    "Lee, A. (2024)": ("A. Lee",),
    "Lee, A. B. (2024a).": ("A. B. Lee",),
    "Lee": None,
    "scritto da Lee": None,
    "de Gennes, P.-G.": None,
    "Ann Lee likes it": None,
    f"anonymous | {ID}": None,
    f"Ann Lee | Bo Kim | {ID}": None,
    f"Ann Lee — {ID} — Nature reviews": None,
    f"Ann Lee | Proceedings of the Kitchen and Oven Society of Wales and more | {ID}": None,
    "the cat and the dog sat on a mat all day": None,
}


@pytest.mark.parametrize(("line", "names"), ON_LINES.items())
def test_a_line_is_names_where_all_else_on_it_are_facts(
    line: str, names: tuple[str, ...] | None
) -> None:
    authors = names_of_line(line)
    assert (authors and authors.names) == names


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"On the cooking of models — A. Lee — {ID}", "On the cooking of models"),
        (f"Slow Cooking Models — A. Lee — {ID}", "Slow Cooking Models"),
        ("Slow cooking of models now — A. Lee, B. Kim", "Slow cooking of models now"),
        ("Slow cooking of models now — A. Lee et al.", "Slow cooking of models now"),
        ("Slow cooking of models now — A. Lee", None),
        ("Slow cooking models — A. Lee, B. Kim", None),
        (f"Slow Cooking — A. Lee — {ID}", None),
        (f"slow cooking models — A. Lee — {ID}", None),
        (f"Ann Bo Lee — A. Kim — {ID}", None),
        (f"Slow Cooking Models. We see — A. Lee — {ID}", None),
        (f"Slow Cooking Models — {ID}", None),
    ],
)
def test_a_title_before_names_is_three_words_with_an_id_and_five_without(
    line: str, title: str | None
) -> None:
    titled = title_before_names(line)
    assert (titled and titled[0]) == title


@pytest.mark.parametrize(
    "line",
    [
        ID, f"ICML 2024, {ID}", "Ann Lee, Bo Kim", "#ovens", "link: here", "2024", "in May 2024",
        "Oral at ICML 2024", "Anonymous", "",
    ],
)  # fmt: skip
def test_names_days_venues_tags_and_links_are_facts(line: str) -> None:
    assert is_of_facts(line)


@pytest.mark.parametrize(
    "line",
    [
        "good work",
        f"good work {ID}",
        "one of the best works of 2024",
        "it came late in the year 2024",
    ],
)
def test_what_a_reader_thinks_is_no_fact(line: str) -> None:
    assert not is_of_facts(line)


@pytest.mark.parametrize(
    "said",
    ["reminds me of Ho et al. (2006.11239)", "unlike Salimans & Ho", "as in Lee, Kim et al."],
)
def test_whom_a_remark_names_did_not_write_the_paper(said: str) -> None:
    assert names_of_line(said) is None
    assert names_in(said) is None


def test_particles_and_full_names_behind_a_word_are_names() -> None:
    assert names_in("van der Maaten et al.") is not None
    assert names_of_line("scritto da Ann Lee e Bo Kim") is not None
