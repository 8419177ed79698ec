"""People who sign with initials, names that are common anywhere, and doubt that is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_people import CROWD, groups, paper

from pipeline.identity.names import person_name
from pipeline.identity.people import disambiguate_authors
from pipeline.identity.rarity import FEWEST_COUNTED, rarity_of
from pipeline.model.common_names import family_share, languages, name_share
from pipeline.model.identities import Creator
from pipeline.model.records import Paper


def named(papers: list[Paper], spelling: str) -> list[Creator]:
    return [creator for creator in disambiguate_authors(papers) if spelling in creator.spellings]


def test_three_papers_by_the_same_three_people_in_initials_have_three_people() -> None:
    names = ("M. Quvelic", "A. Gupta", "J. Hazelhoff")
    papers = [paper(f"240{n}.1", *names) for n in (1, 2, 3)]
    assert len(disambiguate_authors(papers)) == 3


def test_a_bare_initial_with_nothing_else_stays_apart_and_may_be_either() -> None:
    papers = [
        paper("2401.1", "Maria Quvelic", "Ana Brandt"),
        paper("2402.1", "Mark Quvelic", "Olga Greco"),
        paper("2403.1", "M. Quvelic"),
    ]
    (bare,) = named([*CROWD, *papers], "M. Quvelic")
    assert groups([bare], "M. Quvelic") == [["2403.1"]]
    assert (bare.ambiguous, bare.doubt) == (True, "may be Maria Quvelic or Mark Quvelic")
    (sure,) = named([*CROWD, *papers], "Maria Quvelic")
    assert (sure.ambiguous, sure.doubt, sure.confidence) == (False, None, 1.0)


def test_a_bare_initial_joins_whom_it_shares_a_co_author_with_in_any_form() -> None:
    papers = [paper("2401.1", "Maria Quvelic", "Olga Hazelhoff"),
              paper("2402.1", "Mark Quvelic", "Ana Brandt"),
              paper("2403.1", "M. Quvelic", "O. Hazelhoff")]  # fmt: skip
    (joined,) = named([*CROWD, *papers], "M. Quvelic")
    assert joined.spellings == ("M. Quvelic", "Maria Quvelic")
    assert "a form of the name" in joined.reason


def test_a_bare_initial_joins_whom_categories_and_venue_bring_near() -> None:
    full, bare = (
        replace(known, categories=("math.DS", "nlin.CD"), venue="Annals of Dynamics")
        for known in (paper("2401.1", "Maria Quvelic"), paper("2403.1", "M. Quvelic"))
    )
    assert len(named([*CROWD, full, bare], "M. Quvelic")[0].spellings) == 2
    far = replace(bare, categories=("cs.CL",), venue=None)
    assert len(named([*CROWD, full, far], "M. Quvelic")[0].spellings) == 1


def test_a_common_name_is_common_in_whatever_papers_it_stands() -> None:
    counted = rarity_of(name for known in CROWD for name in known.authors or ())

    def expected(name: str) -> float:
        return counted.expected(person_name(name))

    for common in ("Richard Taylor", "David Brown", "Jun Zhang", "Min-jun Kim", "Maria Rossi"):
        assert expected(common) > 20 * expected("Zeyuan Quvelic"), common
    for name in ("Richard Taylor", "David Brown", "Jun Zhang"):
        papers = [paper("2401.1", name, "Ana Brandt"), paper("2402.1", name, "Olga Greco")]
        assert len(groups(disambiguate_authors([*CROWD, *papers]), name)) == 2


def test_forms_of_one_name_do_not_make_its_family_common() -> None:
    crowd = [name for known in CROWD for name in known.authors or ()]
    one = rarity_of([*crowd, "William O'Mullane", "Wil O'Mullane", "W. O'Mullane"])
    three = rarity_of([*crowd, "William O'Mullane", "Karl O'Mullane", "Ida O'Mullane"])
    assert (one.family["omullane"], three.family["omullane"]) == (1, 3)


def test_the_table_of_names_holds_shares_of_people() -> None:
    for each in languages():
        assert sum(each.family.values()) < 1
        assert sum(each.given.values()) < 1
        assert sum(each.initial.values()) == pytest.approx(1)
    assert family_share("zhang") > family_share("brown") > family_share("quvelic") > 0
    assert name_share("zhang", "j") > name_share("zhang", "jun") > name_share("zhang", "maria")


def test_the_more_speaks_for_a_joining_the_surer_it_is() -> None:
    rare = [paper(f"240{n}.1", "Zeyuan Hazelhoff", "Ana Brandt") for n in (1, 2)]
    thin = [paper(f"240{n}.1", "Ola Hazelhoff") for n in (3, 4)]
    found = disambiguate_authors([*CROWD, *rare, *thin])
    sure = {c.name: c.confidence for c in found if "Hazelhoff" in c.name}
    assert 0.5 < sure["Ola Hazelhoff"] < sure["Zeyuan Hazelhoff"] <= 1


def test_digits_are_marks_where_the_list_has_marks_and_else_part_two_people() -> None:
    marked = [paper("2401.1", "Bo Hazelhoff1", "Ana Brandt2"),
              paper("2402.1", "Bo Hazelhoff2", "Ana Brandt1")]  # fmt: skip
    assert len(named([*CROWD, *marked], "Bo Hazelhoff1")[0].signatures) == 2
    numbered = [paper("2401.1", "Bo Hazelhoff 1", "Ana Brandt"),
                paper("2402.1", "Bo Hazelhoff 2", "Ana Brandt")]  # fmt: skip
    assert len(named([*CROWD, *numbered], "Bo Hazelhoff 1")[0].signatures) == 1


def test_a_name_that_was_decoded_wrongly_is_shown_as_it_was_meant() -> None:
    papers = [paper("2401.1", "Bernhard SchÃ¶lkopf"), paper("2402.1", "Bernhard SchÃ¶lkopf")]
    assert {creator.name for creator in disambiguate_authors(papers)} == {"Bernhard Schölkopf"}


def test_a_korean_name_in_either_order_is_one_person_with_one_co_author() -> None:
    papers = [
        paper("2401.1", "Kim Minsu", "Ana Brandt"),
        paper("2402.1", "Minsu Kim", "Ana Brandt"),
    ]
    (one,) = named([*CROWD, *papers], "Kim Minsu")
    assert one.spellings == ("Kim Minsu", "Minsu Kim")


def test_who_is_left_of_a_name_is_the_nearest_bearers_with_doubt_or_nobodys() -> None:
    papers = [
        paper("2401.1", "Yan Wu", "Wei Chen"),
        paper("2402.1", "Yan Wu", "Olga Greco"),
        paper("2403.1", "Y. Wu", "Wei Chen"),
    ]
    (joined,) = named([*CROWD, *papers], "Y. Wu")
    assert joined.spellings == ("Y. Wu", "Yan Wu")
    assert joined.reason.startswith("nearest of all who bear the name")
    assert "joined on thin evidence" in str(joined.doubt)
    (between,) = named([*CROWD, *papers, paper("2404.1", "Yu Wu", "Wei Chen")], "Y. Wu")
    assert between.spellings == ("Y. Wu",)


def test_initials_of_a_rare_family_are_one_person_where_enough_names_are_counted() -> None:
    printed = {2014: paper("1401.1", "A. K. Quvelic"), 2024: paper("2402.1", "A. Quvelic")}
    papers = [replace(known, year=year) for year, known in printed.items()]
    assert groups(disambiguate_authors([*CROWD, *papers]), "A. Quvelic") == [["1401.1", "2402.1"]]
    few = [*CROWD[: FEWEST_COUNTED // 20], *papers]
    assert groups(disambiguate_authors(few), "A. Quvelic") == [["2402.1"]]


def test_initials_with_nothing_else_join_no_full_name_however_rare() -> None:
    papers = [paper("2401.1", "Ulla Quvelic"), paper("2402.1", "U. Quvelic")]
    (bare,) = named([*CROWD, *papers], "U. Quvelic")
    assert (bare.spellings, bare.doubt) == (("U. Quvelic",), "may be Ulla Quvelic")
