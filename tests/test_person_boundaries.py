"""Rules of author name disambiguation at their boundaries, both sides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_people import CROWD, groups, paper, with_ids

from pipeline.identity.blocks import _form, _in_two_forms
from pipeline.identity.clusters import Cluster
from pipeline.identity.evidence import CoauthorContext
from pipeline.identity.names import person_name
from pipeline.identity.people import disambiguate_authors, display_name
from pipeline.identity.rarity import FEWEST_COUNTED, rarity_of
from pipeline.identity.signatures import SignatureRef, _ordered, listed, name_key
from pipeline.identity.spelling import spelling
from pipeline.identity.tag_blocking import MOST_LETTERS, slip_pairs
from pipeline.model.organisations import is_organisation
from pipeline.model.records import Paper

ONE, TWO, THREE = (f"orcid:0000-0000-0000-000{n}" for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("spellings", "best"),
    [
        ({"Ann Lee": 1, "ann lee": 9}, "Ann Lee"),
        ({"Ann Lee": 1, "A. Lee": 9}, "Ann Lee"),
        ({"Ann Lee": 1, "ANN LEE": 9}, "Ann Lee"),
        ({"Ann Lee": 1, "Ann Lee*": 9}, "Ann Lee"),
        ({"Ann M. Lee": 1, "Ann Lee": 9}, "Ann M. Lee"),
        ({"José Núñez": 3, "Jose Nunez": 2}, "José Núñez"),
        ({"José Núñez": 2, "Jose Nunez": 3}, "Jose Nunez"),
        ({"Bo Kim": 2, "Bo-Kim": 2}, "Bo Kim"),
    ],
)
def test_the_best_cased_fullest_spelling_is_shown_then_the_most_frequent(
    spellings: dict[str, int], best: str
) -> None:
    assert display_name(spellings) == best
    assert display_name(dict(reversed(spellings.items()))) == best


def test_the_same_orcids_join_and_sets_that_only_overlap_keep_people_apart() -> None:
    signed = [paper(f"240{n}.1", "Yang Liu", "Zeyuan Hazelhoff") for n in (1, 2)]
    for second, together in (((ONE, TWO), True), ((TWO, THREE), False), ((THREE,), False)):
        known = [
            with_ids(signed[0], (ONE, TWO), (), source="openalex"),
            with_ids(signed[1], second, (), source="openalex"),
        ]
        found = groups(disambiguate_authors([*CROWD, *known]), "Yang Liu")
        assert found == ([["2401.1", "2402.1"]] if together else [["2401.1"], ["2402.1"]])


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (("Ann Abreu",), False),
        (("Ann Abreu", "Bo Brandt"), True),
        (("Bo Brandt", "Ann Abreu"), True),
        (("Ann Abreu", "Bo Brandt", "Cy Castro"), False),
        (("Ann Abreu", "Cy Castro", "Bo Brandt"), True),
    ],
)
def test_an_order_says_something_of_two_and_of_more_unless_it_is_the_alphabet(
    names: tuple[str, ...], ordered: bool
) -> None:
    assert _ordered([person_name(name) for name in names]) is ordered


@pytest.mark.parametrize(
    ("name", "nobody"),
    [
        ("others", True), ("and others", True), ("et al.", True), ("Others, A.", False),
        ("many contributors", True), ("(additional authors not shown)", True),
        ("Other Smith", False), ("Many Zhang", False), ("Al Gore", False), ("Authors Kim", False),
    ],
)  # fmt: skip
def test_others_are_nobody_and_whose_name_begins_so_is_somebody(name: str, nobody: bool) -> None:
    assert is_organisation(name) is nobody
    listed_by = disambiguate_authors([paper("2401.1", "Ann Lee", name)])
    people = [creator.name for creator in listed_by if creator.id.startswith("author:")]
    assert (name in people) is not nobody


def test_a_rarer_name_is_expected_less_and_its_owner_is_joined() -> None:
    names = [name for known in CROWD for name in known.authors or ()]
    rarity = rarity_of([*names, "Zeyuan Hazelhoff"])
    expected = [
        rarity.expected(person_name(name))
        for name in ("Zeyuan Hazelhoff", "Abreubrandt Hazelhoff", "Abreubrandt Castro")
    ]
    assert expected == sorted(expected)
    assert expected[0] < expected[-1] / 2


def test_a_co_author_says_more_the_rarer_the_name_and_the_fewer_write_with_him() -> None:
    pair = [paper(f"240{n}.1", "Yang Liu", "Zeyuan Hazelhoff") for n in (1, 2)]
    circle = [paper(f"2403.{n}", "Zeyuan Hazelhoff", f"Person Family{n}") for n in range(9)]
    key = name_key("Zeyuan Hazelhoff")

    def nearness(papers: Sequence[Paper], bearers: float) -> float:
        expected = dict.fromkeys((k for one in listed(papers) for k in one.keys), bearers)
        return CoauthorContext(listed(papers), expected, {}).nearness(key)

    assert nearness(pair, 0.1) > nearness(pair, 5.0) > 0
    assert nearness(pair, 0.1) > nearness([*pair, *circle], 0.1) > 0


@pytest.mark.parametrize(("names", "tells"), [(FEWEST_COUNTED - 1, False), (FEWEST_COUNTED, True)])
def test_that_initials_are_rare_is_said_of_enough_names_alone(names: int, tells: bool) -> None:
    block = frozenset({"j lee"})
    assert _form(person_name("J. Lee"), 0.1, block, names).tells == tells
    assert _form(person_name("Jane Lee"), 0.1, block, names).tells


@pytest.mark.parametrize(
    ("texts", "in_two"),
    [
        (("J. Lee", "Jane Lee"), True),
        (("Jane Lee", "Jane Lee"), False),
        (("J. Lee", "J. Lee"), False),
        (("J. Lee",), False),
    ],
)
def test_a_cluster_is_of_two_forms_where_initials_meet_a_name(
    texts: tuple[str, ...], in_two: bool
) -> None:
    marks = [SignatureRef(number, 0, text) for number, text in enumerate(texts)]
    cluster = Cluster(marks, {mark.paper for mark in marks}, frozenset())
    assert _in_two_forms([cluster]) == ([cluster] if in_two else [])


def test_initials_say_nothing_of_how_a_name_is_spelt() -> None:
    assert spelling("A. Gupta") == spelling("B. Gupta") == "gupta"
    assert spelling("Bo Gupta") == "bo gupta"


@pytest.mark.parametrize(("letters", "paired"), [(MOST_LETTERS, True), (MOST_LETTERS + 1, False)])
def test_slips_are_looked_for_in_tags_up_to_a_length(letters: int, paired: bool) -> None:
    tags = [f"{'a' * (letters - 1)}{last}" for last in "xy"]
    assert [*slip_pairs(tags)] == ([tuple(tags)] if paired else [])
    assert MOST_LETTERS == 60
