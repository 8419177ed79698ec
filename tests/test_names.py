"""Names of people: their parts, what two spellings have in common, who is no person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity.names import compatible, person_name, swapped_keys
from pipeline.model.organisations import is_organisation

WORD = st.text("abcdefghijklmnopqrstuvwxyzàçéüßøłī", min_size=2, max_size=9).map(str.title)
NAME = st.lists(WORD, min_size=2, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mengdi zhang", "Mengdi Zhang"),
        ("yelong shen", "Yelong Shen"),
        ("Enze Xie1", "Enze Xie"),
        ("Shuyang Sun*†", "Shuyang Sun"),
        ("(1) Ann Lee", "Ann Lee"),
        ("and Tri Dao", "Tri Dao"),
        ("Guo-Jun Qi", "GuoJun Qi"),
        ("Guo-jun Qi", "Guojun Qi"),
        ("C.X. Lv", "C. X. Lv"),
        ("Eric. P Xing", "Eric P. Xing"),
        ("Y.Wu", "Y. Wu"),
        ("J.-B. Alayrac", "J. B. Alayrac"),
        ("Piotr Dollár", "Piotr Dollar"),
        ("João Silva", "Joāo Silva"),
        ("Łukasz Kaiser", r"{\L}ukasz Kaiser"),
        ("Jörg Müller", r"J\"org M\"uller"),
        ("Jérôme Bolte", r"J\'er\^ome Bolte"),
        ("Søren Groß", "Soren Gross"),
        ("Daniel D'Souza", "Daniel Dsouza"),
        ("Sheer El-Showk", "Sheer El Showk"),
        ("Yang (Katie)Zhao", "Yang Zhao"),
        ("William “Bill” Gates", "William Gates"),
        ("van de Ven, Gido M.", "Gido M. van de Ven"),
        ("Liu, Yang", "Yang Liu"),
        ("Davis Jr., Sammy", "Sammy Davis Jr."),
        ("Sammy Davis, Jr.", "Sammy Davis Jr."),
        ("Wei Wang 0003", "Wei Wang"),
        ("Jir\u030ci Navra\u0301til", "Ji\u0159i Navr\xe1til"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(a: str, b: str) -> None:
    assert person_name(a).key == person_name(b).key
    assert compatible(person_name(a), person_name(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Z. Allen-Zhu", "Zeyuan Allen-Zhu"),
        ("Ed Chi", "Ed H. Chi"),
        ("Geoffrey Hinton", "Geoffrey E Hinton"),
        ("C.X. Lv", "Chen Lv"),
        ("J.-B. Alayrac", "Jean-Baptiste Alayrac"),
        ("L. van der Maaten", "Laurens van der Maaten"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Sammy Davis", "Sammy Davis Jr."),
        ("G. García-Márquez", "Gabriel García Márquez"),
        ("García Márquez, G.", "Gabriel García Márquez"),
    ],
)
def test_an_initial_a_missing_middle_name_and_an_umlaut_are_compatible(a: str, b: str) -> None:
    assert person_name(a).key != person_name(b).key or "Davis" in a
    assert compatible(person_name(a), person_name(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ed H. Chi", "Ed K. Chi"),
        ("Yang Liu", "Yan Liu"),
        ("Y. Wu", "Z. Wu"),
        ("Yang Liu", "Yang Li"),
        ("Wei Wang 0003", "Wei Wang 0007"),
        ("Sammy Davis Jr.", "Sammy Davis Sr."),
        ("Martin King II", "Martin King III"),
        ("Yang Liu", "Liu Yang"),
    ],
)
def test_names_that_contradict_each_other_are_not_compatible(a: str, b: str) -> None:
    assert not compatible(person_name(a), person_name(b))


def test_the_parts_of_a_name_are_told_apart() -> None:
    assert person_name("Gido M. van de Ven").family == "vandeven"
    assert person_name("Gido M. van de Ven").given == ("gido", "m")
    assert person_name("Yang (Katie)Zhao").nicknames == ("katie",)
    assert person_name("Martin Luther King III").suffix == "3"
    assert person_name("Jörg Müller").second_key == "joergmueller"
    assert person_name("Ivan Kruglov").key in swapped_keys(person_name("Kruglov Ivan"))
    assert swapped_keys(person_name("Y. Wu")) == frozenset()


def test_an_apostrophe_is_no_nickname() -> None:
    assert person_name("Daniel D'Souza").nicknames == ()
    assert person_name("Conan O'Brien").family == "obrien"


@given(NAME, NAME)
def test_compatibility_has_no_direction(a: str, b: str) -> None:
    one, other = person_name(a), person_name(b)
    assert compatible(one, one)
    assert compatible(one, other) == compatible(other, one)


@given(NAME)
def test_case_spaces_and_footnotes_do_not_change_a_name(name: str) -> None:
    key = person_name(name).key
    assert person_name(name.upper()).key == key
    assert person_name(f"  {name}* ").key == key
    assert person_name("  ".join(name.split())).key == key


@given(NAME)
def test_the_initials_of_a_name_are_compatible_with_it(name: str) -> None:
    *given_names, family = name.split()
    initials = " ".join(f"{word[0]}." for word in given_names)
    full, short = person_name(name), person_name(f"{initials} {family}")
    if all(len(word) > 1 for word in full.given) and full.family == short.family:
        assert compatible(full, short)


@given(st.text(max_size=40))
def test_any_text_is_read_as_some_name(text: str) -> None:
    name = person_name(text)
    assert name.key == "".join((*name.given, name.family))


@pytest.mark.parametrize(
    "name",
    ["Qwen Team", "DeepSeek-AI", "LIGO Collaboration", "Google", "Tsinghua University", "Meta AI",
     "Apple Inc.", "Huawei Noah's Ark Lab", "01.AI", "et al.", "and others",
     "(additional authors not shown)", "Other Contributors"],
)  # fmt: skip
def test_an_organisation_and_a_cut_list_are_no_people(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name", ["Kai Chen", "Yi Ai", "Huawei Shen", "Others Lee", "Etai Littwin", "and Tri Dao"]
)
def test_a_person_named_like_a_company_is_a_person(name: str) -> None:
    assert not is_organisation(name)
