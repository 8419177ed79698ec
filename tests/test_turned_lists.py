"""Lists of names with commas: what is a family name alone and what is half of a name."""

from __future__ import annotations

import pytest

from pipeline.digests.names import names_in
from pipeline.digests.people import people_of
from pipeline.digests.turned_names import given_names_first


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Park, Ji-woo", "Ji-woo Park"),
        ("van der Berg, Jan", "Jan van der Berg"),
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("Wang, Xiaoming, Li, Wei", "Xiaoming Wang; Wei Li"),
        ("Smith, J., Quvelic, Maria Teresa", "J. Smith; Maria Teresa Quvelic"),
        ("Silva Santos, Ana Maria", "Ana Maria Silva Santos"),
        ("Quvelic, Maria and Smith, John Paul", "Maria Quvelic; John Paul Smith"),
    ],
)
def test_halves_that_are_known_as_given_names_are_put_before_their_family(
    text: str, names: str
) -> None:
    assert given_names_first(text) == names
    assert people_of(text) == names.split("; ")


@pytest.mark.parametrize(
    "text",
    [
        "Kipf, Welling",
        "Lee, Kim",
        "Maria, Ann",
        "Xin Zhao, Maria",
        "Lee, Ann, Kipf, Zaremba",
        "Quvelic, Maria, Li",
        "Ann Lee, Bo Kim",
        "Denny Zhou, Jason Wei",
        "Yang Liu & Jun Wei",
        "Ivy Jones and Karl Lang",
        "Lee, Ann, Bo Kim, and Karl Lang",
    ],
)
def test_family_names_alone_and_whole_names_stay_as_they_are(text: str) -> None:
    assert given_names_first(text) == text


def test_bars_stand_between_names_only_where_the_place_says_so_and_no_comma_does() -> None:
    assert names_in("Ann Lee | Bo Kim", sure=True) == (("Ann Lee", "Bo Kim"), True, "")
    assert names_in("Ann Lee | Bo Kim") is None
    listed = names_in("Ann Lee, Bo Kim | ICML 2023", sure=True)
    assert listed
    assert listed.names == ("Ann Lee", "Bo Kim")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("King, Martin, Jr.", ["Martin King Jr."]),
        ("Lee, A.; and Kim, B.", ["A. Lee", "B. Kim"]),
        ("(Ann Lee, Bo Kim & Cy Ng)", ["Ann Lee", "Bo Kim", "Cy Ng"]),
        ("Kipf, Welling", ["Welling Kipf"]),
        ("김민준, 박지우", ["김민준", "박지우"]),
        (" ", []),
    ],
)
def test_a_field_of_authors_holds_people_with_first_names(text: str, people: list[str]) -> None:
    assert people_of(text) == people
