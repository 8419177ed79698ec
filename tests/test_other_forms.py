"""One person whose name is printed otherwise: by another order, spelling, script or given name."""

from __future__ import annotations

import pytest
from test_people import paper

from pipeline.identity.names import compatible, person_name
from pipeline.identity.other_forms import sound
from pipeline.identity.people import disambiguate_authors

CO_AUTHORS = "Ingvild Hazelhoff", "Bartolo Quenneville"


def spellings(*papers: tuple[str, ...]) -> list[set[str]]:
    """The names of each person behind some author lists, those of several names first."""
    found = disambiguate_authors(paper(f"2401.{n:05}", *names) for n, names in enumerate(papers))
    return sorted(({*person.spellings} for person in found), key=lambda names: (-len(names),))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Wayne Xin Zhao", "Xin Zhao"),
        ("Gunter Neumann", "Guenter Neumann"),
        ("Tatiana Rusic", "Tatyana Rusic"),
        ("Yukihiro Itoh", "Yukihiro Ito"),
        ("Bob Stone", "Robert Stone"),
        ("Lucía García", "Lucía García Márquez"),
    ],
)
def test_another_form_of_a_common_name_needs_co_authors_in_common(a: str, b: str) -> None:
    family = b.rpartition(" ")[2]
    crowd = [(f"{first} {family}", "Ann Lee") for first in ("Aino", "Bruno", "Carla", "Dario")]
    assert {a, b} in spellings((a, *CO_AUTHORS), (b, *CO_AUTHORS), *crowd)
    assert {a, b} not in spellings((a, CO_AUTHORS[0]), (b, CO_AUTHORS[1]), *crowd)


def test_a_whole_list_in_the_other_script_or_order_is_the_same_people() -> None:
    korean = spellings(("김민준", "박지우"), ("Minjun Kim", "Ji-woo Park"))
    assert korean == [{"김민준", "Minjun Kim"}, {"박지우", "Ji-woo Park"}] or korean[::-1] == [
        {"김민준", "Minjun Kim"}, {"박지우", "Ji-woo Park"}]  # fmt: skip
    assert len(spellings(("김민준", "박지우"), ("Minjun Kim", "Seoyeon Park"))) == 4
    assert len(spellings(("Yamada Taro", "Suzuki Hanako"), ("Taro Yamada", "Hanako Suzuki"))) == 2
    assert len(spellings(("Yamada Taro", "Suzuki Hanako"), ("Taro Yamada", "Ann Lee"))) == 4


def test_spellings_of_one_sound_with_other_middle_names_are_two_people() -> None:
    a, b = "Tatiana A. Rusic", "Tatyana B. Rusic"
    assert {a, b} not in spellings((a, *CO_AUTHORS), (b, *CO_AUTHORS))


def test_a_rare_name_without_its_first_given_name_needs_one_co_author() -> None:
    forms = "Päivi Kristiina Jokinen", "Kristiina Jokinen"
    one, other = CO_AUTHORS
    assert set(forms) in spellings((forms[0], one), (forms[1], one))
    assert set(forms) not in spellings((forms[0], one), (forms[1], other))
    common = "Wayne Wei Wang", "Wei Wang"
    assert set(common) not in spellings((common[0], one), (common[1], one))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("최수진", "Soojin Choi", True),
        ("이영훈", "Young-Hoon Lee", True),
        ("Jaebum Lim", "Jae-Beom Im", True),
        ("Evgeny Ivanov", "Евгений Иванов", True),
        ("Mathieu Constant", "Matthieu Constant", True),
        ("Minjun Kim", "Minjin Kim", False),
        ("Andrea Rossi", "Andrei Rossi", False),
    ],
)
def test_spellings_of_one_sound_are_told_from_two_names(a: str, b: str, same: bool) -> None:
    assert (sound(person_name(a)) == sound(person_name(b))) is same


@pytest.mark.parametrize("text", ["Xiaoming Wang", "An Nguyen", "M. Kim", "Bo Li", "Plato"])
def test_initials_short_and_chinese_names_have_no_sound(text: str) -> None:
    assert sound(person_name(text)) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Andy Kehler", "Andrew Kehler"),
        ("João Silva", "João da Silva"),
        ("Aaron Oord", "van den Oord, Aaron"),
        ("Pedro Balage", "Pedro Paulo Balage Filho"),
        ("Balage Filho, Pedro", "Pedro Balage"),
        ("Erik Tjong Kim Sang", "Erik F. Tjong Kim Sang"),
        ("J-C. Martin", "Jean-Claude Martin"),
    ],
)
def test_short_forms_particles_and_what_stands_between_may_be_missing(a: str, b: str) -> None:
    assert compatible(person_name(a), person_name(b))
    assert person_name(a).block == person_name(b).block


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("David Olin", "David Lin"),
        ("Juan Delgado", "Juan Gado"),
        ("M. J. Quvelic", "J. Quvelic"),
        ("Erik F. Sang", "Erik Tjong Sang"),
        ("Ana Neto", "Ana"),
        ("Andy Kehler", "Anders Kehler"),
    ],
)
def test_a_beginning_that_is_no_particle_and_another_first_name_are_somebody_elses(
    a: str, b: str
) -> None:
    assert not compatible(person_name(a), person_name(b))
