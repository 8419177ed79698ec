"""Forms of a person's name that are spelt, ordered or shortened in another way."""

from __future__ import annotations

import pytest
from test_people import CROWD, groups, paper

from pipeline.identity.names import compatible, person_name
from pipeline.identity.other_forms import without_last_family_name
from pipeline.identity.people import disambiguate_authors
from pipeline.model.identities import Creator

SHARED = ("Zeyuan Hazelhoff", "Oluwaseun Brandtner")
COMMON = ("Wei Zhang", "Jing Li")


def persons(one: str, other: str, *shared: str) -> int:
    """How many people two names are that write with the same co-authors."""
    signed = [paper(f"240{n}.1", name, *shared) for n, name in enumerate((one, other), 1)]
    found = disambiguate_authors([*CROWD, *signed])
    return len({creator.id for creator in found if {one, other} & set(creator.spellings)})


@pytest.mark.parametrize(
    ("shorter", "fuller", "fewest"),
    [
        ("Lucía García", "Lucía García Márquez", 1),
        ("Lucía García", "García Márquez, Lucía", 1),
        ("L. García", "Lucía García-Márquez", 2),
        ("João Almeida", "João Almeida Santos", 1),
        ("Inés de la Cruz", "Inés de la Cruz Hernández", 1),
        ("Ann Fenwick", "Ann Fenwick Thorsby", 2),
        ("Thiem Van Le", "Lê Văn Thiêm", 1),
        ("Khai Minh Nguyen", "Nguyễn Thị Minh Khai", 1),
    ],
)
def test_a_form_is_joined_by_as_many_co_authors_as_its_language_asks_for(
    shorter: str, fuller: str, fewest: int
) -> None:
    assert persons(shorter, fuller, *SHARED[:fewest]) == 1
    assert persons(shorter, fuller, *COMMON[: fewest - 1]) == 2


def test_one_co_author_with_a_rare_name_joins_forms_of_a_rare_name() -> None:
    assert persons("Ann Fenwick", "Ann Fenwick Thorsby", SHARED[0]) == 1
    assert persons("Ann Fenwick", "Ann Fenwick Thorsby", COMMON[0]) == 2
    assert persons("Ann Fenwick", "Ann Fenwick Thorsby") == 2


def test_a_form_is_as_sure_as_the_name_and_the_co_authors_that_join_it_are_rare() -> None:
    def joined(one: str, other: str, *others: str) -> Creator:
        signed = [paper("2401.1", one, *others), paper("2402.1", other, *others)]
        creators = disambiguate_authors([*CROWD, *signed])
        return next(creator for creator in creators if {one, other} <= set(creator.spellings))

    rare = joined("Lucía Quarmbeck", "Lucía Quarmbeck Thorsby", *SHARED)
    common = joined("Wei Chen", "Chen Wei", "Jing Xu")
    assert 0.8 < common.confidence < 0.95 < rare.confidence < 1


def test_a_first_family_name_that_two_fuller_names_have_joins_neither() -> None:
    names = ("Lucía García", "Lucía García Márquez", "Lucía García Moreno")
    signed = [paper(f"240{n}.1", name, *SHARED) for n, name in enumerate(names, 1)]
    found = disambiguate_authors([*CROWD, *signed])
    assert [groups(found, name) for name in names] == [[["2401.1"]], [["2402.1"]], [["2403.1"]]]


def test_a_name_of_one_word_or_two_has_no_shorter_form() -> None:
    assert not without_last_family_name(person_name("Plato"))
    assert not without_last_family_name(person_name("Ann Lee"))


def test_a_person_holds_to_a_spelling_unless_co_authors_say_otherwise() -> None:
    assert persons("Wenzhuo Hong", "Wenzhuo Hong") == 1
    assert persons("Wenzhuo Hong", "Wen-Zhuo Hong") == 2
    assert persons("Wenzhuo Hong", "Wen-Zhuo Hong", SHARED[0]) == 1
    assert persons("Wen-Zhuo Hong", "Wen Zhuo Hong") == 1
    assert persons("Wenzhuo Hong", "HONG Wenzhuo") == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Khalid Almansour", "K. Al-Mansour"),
        ("Yann LeCun", "Y. Le Cun"),
        ("Saunders MacLane", "S. Mac Lane"),
        ("Conan O'Brien", "C. O Brien"),
        ("Swinnerton-Dyer H P F", "H. P. F. Swinnerton-Dyer"),
        ("Vander Waals J D", "Johannes Vander Waals"),
    ],
)
def test_particles_and_initials_stand_in_one_block_however_they_are_written(a: str, b: str) -> None:
    one, other = person_name(a), person_name(b)
    assert one.block == other.block
    assert compatible(one, other)


def test_a_list_that_is_turned_round_as_a_whole_is_one_of_the_same_people() -> None:
    for one, other in (("Wang Xiaoming", "Li Weiqiang"), ("Nguyễn Văn An", "Trần Thị Bích")):
        turned = [" ".join(reversed(name.split())) for name in (one, other)]
        found = disambiguate_authors(
            [*CROWD, paper("2401.1", one, other), paper("2402.1", *turned)]
        )
        assert groups(found, one) == groups(found, turned[0]) == [["2401.1", "2402.1"]]
