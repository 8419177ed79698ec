"""Names in capitals, initials of other scripts, and near spellings, which are doubted."""

from __future__ import annotations

import pytest
from test_people import paper

from pipeline.identity.names import compatible, person_name
from pipeline.identity.people import disambiguate_authors
from pipeline.model.identities import Creator

ONE, OTHER = "Ingvild Hazelhoff", "Bartolo Quenneville"


def people(*papers: tuple[str, ...]) -> list[Creator]:
    return disambiguate_authors(paper(f"2401.{n:05}", *names) for n, names in enumerate(papers))


def joined(a: str, b: str) -> bool:
    """Whether two papers with one co-author in common, so signed, are one person's."""
    return {a, b} in [{*person.spellings} for person in people((a, ONE, OTHER), (b, ONE, OTHER))]


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("KIM JH", "j h", "kim"),
        ("YILDIZ İ.", "i", "yildiz"),
        ("VAN DER BERG J", "j", "vanderberg"),
        ("KIM SU", "kim", "su"),
        ("QUVELIC BRT", "quvelic", "brt"),
        ("JP SERRE", "jp", "serre"),
        ("Ouyang Zhen", "zhen", "ouyang"),
        ("Ouyang Chen", "ouyang", "chen"),
        ("Lucía García M.", "lucia", "garcia"),
        ("Ramesh Babu K.", "k", "rameshbabu"),
        ("Quvelic García M.", "m", "quvelicgarcia"),
        ("Ю. А. Кузнецов", "y a", "kuznetsov"),
        ("Юрий Кузнецов", "yuriy", "kuznetsov"),
    ],
)
def test_the_parts_of_names_in_capitals_and_of_other_scripts(
    text: str, given: str, family: str
) -> None:
    name = person_name(text)
    assert (name.given, name.family) == (tuple(given.split()), family)


def test_an_initial_of_another_script_fits_the_name_that_begins_with_it() -> None:
    assert compatible(person_name("Ю. А. Кузнецов"), person_name("Yuri Kuznetsov"))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Suwarno", "S. Suwarno", True),
        ("Suwarno", "Suwarno Suwarno", True),
        ("Suwarno", "A. Suwarno", False),
        ("Jose L. Perez", "José Luis Pérez Ortega", True),
        ("Jose M. Perez", "José Luis Pérez Ortega", False),
        ("An V. Nguyen", "Nguyễn Văn An", True),
        ("An H. Nguyen", "Nguyễn Văn An", False),
    ],
)
def test_a_form_with_initials_in_the_middle_or_of_the_one_name(a: str, b: str, same: bool) -> None:
    assert joined(a, b) is same


def test_a_form_needs_a_co_author_in_common_in_whatever_form_he_signs() -> None:
    full, short = "Hilde Marie Zwaan", "H. M. Zwaan"
    for beside, same in ((short, True), ("K. L. Zwaan", False)):
        found = people(("Suwarno", full), ("S. Suwarno", beside, ONE), (full, ONE))
        assert (
            any(len(person.signatures) == 2 and "uwarno" in person.name for person in found) is same
        )


@pytest.mark.parametrize(
    ("once", "doubt"),
    [
        ("Milena Kuvelic", "may be Milena Quvelic, spelt otherwise"),
        ("Milena Brandvold", None),
        ("Tatyana Petrova", None),
    ],
)
def test_a_rare_name_that_sounds_like_another_is_told_as_doubtful(
    once: str, doubt: str | None
) -> None:
    alike = "Tatiana Petrova" if doubt is None else "Milena Quvelic"
    found = people((alike, ONE), (alike, ONE, "Ann Lee"), (once, OTHER))
    doubts = {person.name: person.doubt for person in found}
    assert (doubts[once], doubts[alike]) == (doubt, None)


def test_two_who_sound_alike_and_sign_one_paper_are_no_doubt() -> None:
    found = people(("Milena Quvelic", "Milena Kuvelic"), ("Milena Quvelic", ONE))
    assert [person.doubt for person in found if "ilena" in person.name] == [None, None]
