"""People told apart and put together: by ids, co-authors, rarity, topics and places in lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_identity import paper as paper_of_one_title

from pipeline.identity.people import disambiguate_authors
from pipeline.identity.rarity import rarity_of
from pipeline.identity.signatures import MOST_CO_AUTHORS
from pipeline.model.identities import Creator, Elsewhere
from pipeline.model.records import Authorship, Paper


def paper(arxiv_id: str, *authors: str) -> Paper:
    """A paper whose title has no word in common with another's."""
    title = f"Title{arxiv_id.replace('.', '')}"
    return replace(paper_of_one_title(arxiv_id, *authors), title=title)


FAMILIES = "Abreu Brandt Castro Dumas Eriksen Fontaine Greco Hoekstra Ivanova Jansen".split()
CROWD = [
    paper(f"1001.{n:05}", *(f"{word}{other.lower()} {family}" for family in FAMILIES))
    for n, (word, other) in enumerate((a, b) for a in FAMILIES for b in FAMILIES)
]
"""A thousand names, so that names in a test are not the only ones there are."""


def with_ids(known: Paper, *ids: tuple[str, ...], source: str = "openalex") -> Paper:
    names = known.authors or ()
    listed = tuple(Authorship(name, own) for name, own in zip(names, ids, strict=True))
    return replace(known, authorships=(*known.authorships, (source, listed)))


def groups(found: Sequence[Creator], name: str) -> list[list[str]]:
    """The papers of each person with a name, arXiv ids only."""
    return sorted(
        sorted(s.paper_id.removeprefix("arxiv:") for s in creator.signatures)
        for creator in found
        if name in creator.spellings
    )


def yang(arxiv_id: str, *others: str, title: str | None = None) -> Paper:
    signed = paper(arxiv_id, "Yang Liu", *others, "Last Author")
    return replace(signed, authors=(signed.authors or ())[:-1], title=title or signed.title)


def test_a_rare_name_is_one_person_and_a_common_one_is_not() -> None:
    signed = ("Zeyuan Hazelhoff", "Yang Liu")
    found = disambiguate_authors([*CROWD, paper("2401.1", signed[0]), paper("2402.1", signed[0]),
                      paper("2403.1", signed[1]), paper("2404.1", signed[1])])  # fmt: skip
    assert groups(found, "Zeyuan Hazelhoff") == [["2401.1", "2402.1"]]
    assert groups(found, "Yang Liu") == [["2403.1"], ["2404.1"]]
    rare = next(creator for creator in found if creator.name == signed[0])
    assert "expected" in rare.reason
    assert not rare.ambiguous


def test_a_rarity_table_of_a_larger_world_says_which_names_are_common() -> None:
    papers = [paper("2401.1", "Omar Jurado"), paper("2402.1", "Omar Jurado")]
    world = [f"{given} Jurado" for given in FAMILIES] + [f"Omar {family}" for family in FAMILIES]
    rare = rarity_of([*(name for known in CROWD for name in known.authors or ()), "Omar Jurado"])
    common = rarity_of([*world, "Omar Jurado"])
    assert len(groups(disambiguate_authors(papers, rare), "Omar Jurado")) == 1
    assert len(groups(disambiguate_authors(papers, common), "Omar Jurado")) == 2


def test_a_co_author_with_a_common_name_proves_nothing() -> None:
    others = [f"{a}{b.lower()} Wang" for a in FAMILIES for b in FAMILIES]
    others += [f"Wei {a}{b.lower()}" for a in FAMILIES for b in FAMILIES]
    crowd = [paper(f"1001.{n:05}", name) for n, name in enumerate(others)]
    both = [yang("2401.1", "Wei Wang"), yang("2402.1", "Wei Wang")]
    assert len(groups(disambiguate_authors([*crowd, *both]), "Yang Liu")) == 2
    rare = [yang("2401.1", "Wei Fontaine"), yang("2402.1", "Wei Fontaine")]
    assert len(groups(disambiguate_authors([*crowd, *rare]), "Yang Liu")) == 1


def test_co_authors_who_wrote_together_and_one_topic_join_a_name() -> None:
    title = "Quantised diffusion of tabular manifolds"
    near = [
        yang("2401.1", "Ana Brandt", title=title),
        yang("2402.1", "Olga Greco", title=title.upper()),
        replace(paper("2403.1", "Ana Brandt", "Olga Greco"), title=title),
    ]
    far = [near[0], replace(near[1], title="Bees"), replace(near[2], authors=("Ana Brandt",))]
    (joined,) = (c for c in disambiguate_authors([*CROWD, *near]) if "Yang Liu" in c.spellings)
    assert "their co-authors wrote together" in joined.reason
    assert len(groups(disambiguate_authors([*CROWD, *far]), "Yang Liu")) == 2


def test_who_signs_last_on_both_papers_is_rather_one_than_who_is_first_and_last() -> None:
    crew = [("Vito Zeller", "Ugo Brandt"), ("Pia Zander", "Lea Castro")]
    name = "Jun Hazelhoff"
    last = [paper(f"240{n}.1", *who, name) for n, who in enumerate(crew, 1)]
    mixed = [last[0], paper("2402.1", name, *crew[1])]
    families = [f"{start}{end.lower()}" for start in FAMILIES[:3] for end in FAMILIES]
    crowd = [*CROWD, *(paper(f"1002.{n:05}", f"Jun {f}") for n, f in enumerate(families))]
    assert len(groups(disambiguate_authors([*crowd, *last]), name)) == 1
    assert len(groups(disambiguate_authors([*crowd, *mixed]), name)) == 2


@pytest.mark.parametrize("kind", ["orcid:0000-0001", "s2:77", "openalex:A1", "inspire:Y.Liu.1"])
def test_equal_ids_join_what_nothing_else_does(kind: str) -> None:
    papers = [with_ids(yang(arxiv_id), (kind,)) for arxiv_id in ("2401.1", "2402.1")]
    (one,) = (c for c in disambiguate_authors(papers) if c.kind == "author")
    assert (one.reason, one.ambiguous, one.same_as) == (
        f"the same {kind}", False, (Elsewhere(kind, "openalex", None),),
    )  # fmt: skip


def test_two_openalex_ids_part_nobody_and_two_of_inspire_do() -> None:
    def people(one: str, other: str) -> int:
        first = with_ids(yang("2401.1", "Ana Brandt"), (one,), ())
        second = with_ids(yang("2402.1", "Ana Brandt"), (other,), ())
        return len(groups(disambiguate_authors([first, second]), "Yang Liu"))

    assert people("openalex:A1", "openalex:A2") == 1
    assert people("inspire:Y.Liu.1", "inspire:Y.Liu.2") == 2


def test_two_orcids_are_two_people_whatever_they_share_and_that_is_certain() -> None:
    one = with_ids(yang("2401.1", "Ana Brandt"), ("orcid:1", "s2:7"), ())
    other = with_ids(yang("2402.1", "Ana Brandt"), ("orcid:2", "s2:7"), ())
    found = [c for c in disambiguate_authors([one, other]) if c.name == "Yang Liu"]
    assert len(found) == 2
    assert not any(creator.ambiguous for creator in found)


def test_ids_of_a_shorter_list_go_to_the_names_that_it_holds() -> None:
    both = replace(
        paper("2401.1", "Yang Liu", "Ana Brandt"),
        authorships=(("openalex", (Authorship("Ana Brandt", ("orcid:5",)),)),),
    )
    held = {c.name: [one.id for one in c.same_as] for c in disambiguate_authors([both])}
    assert held == {"Yang Liu": [], "Ana Brandt": ["orcid:5"]}


def test_an_id_does_not_join_two_strangers_of_a_list_that_is_one_place_off() -> None:
    one = with_ids(paper("2401.1", "Ana Brandt"), ("orcid:1",))
    other = with_ids(paper("2402.1", "Olga Greco"), ("orcid:1",))
    assert len(disambiguate_authors([one, other])) == 2


def test_an_orcid_joins_two_forms_of_a_name() -> None:
    one = with_ids(paper("2401.1", "Ana Brandt"), ("orcid:1",))
    other = with_ids(paper("2402.1", "Ana Brandt-Greco"), ("orcid:1",))
    assert len(disambiguate_authors([one, other])) == 1


def test_an_id_elsewhere_has_its_source_and_the_last_day_that_says_so() -> None:
    papers = [with_ids(yang(arxiv_id), ("orcid:1",)) for arxiv_id in ("2401.1", "2402.1")]
    days = {("openalex", "arxiv:2401.1"): date(2026, 11, 2), ("s2", "arxiv:2402.1"): date.max}
    (one,) = disambiguate_authors(papers, days=days)
    assert one.same_as == (Elsewhere("orcid:1", "openalex", date(2026, 11, 2)),)


def test_junior_is_not_senior() -> None:
    found = disambiguate_authors([paper("2401.1", "Zed Quill Jr.", "Ana Brandt"),
                      paper("2402.1", "Zed Quill Sr.", "Ana Brandt")])  # fmt: skip
    assert len([c for c in found if c.name.startswith("Zed")]) == 2


def test_the_numbers_of_dblp_tell_people_apart_and_join_them() -> None:
    found = disambiguate_authors([paper("2401.1", "Wei Wang 0003"),
                                  paper("2402.1", "Wei Wang 0003"),
                                  paper("2403.1", "Wei Wang 0007")])  # fmt: skip
    assert groups(found, "Wei Wang 0003") == [["2401.1", "2402.1"]]
    assert groups(found, "Wei Wang 0007") == [["2403.1"]]


def test_initials_join_the_full_name_with_whom_they_share_a_co_author() -> None:
    papers = [
        paper("2401.1", "Yuki Wu", "Ana Brandt"),
        paper("2402.1", "Yann Wu", "Olga Greco"),
        paper("2403.1", "Y. Wu", "Olga Greco"),
        paper("2404.1", "Y. Wu", "Ida Jansen"),
    ]
    found = disambiguate_authors([*CROWD, *papers])
    assert groups(found, "Yann Wu") == [["2402.1", "2403.1"]]
    assert groups(found, "Yuki Wu") == [["2401.1"]]
    assert len(groups(found, "Y. Wu")) == 2
    (yann,) = (creator for creator in found if "Yann Wu" in creator.spellings)
    assert (yann.id, yann.name) == ("author:yannwu", "Yann Wu")
    assert yann.reason == "a form of the name, shared co-author Olga Greco"


def test_initials_that_fit_two_people_alike_join_neither() -> None:
    papers = [paper("2401.1", "Yuki Wu", "Olga Greco"), paper("2402.1", "Yann Wu", "Olga Greco"),
              paper("2403.1", "Y. Wu", "Olga Greco")]  # fmt: skip
    assert len([c for c in disambiguate_authors([*CROWD, *papers]) if "Wu" in c.name]) == 3


def test_a_missing_middle_name_needs_a_co_author_or_a_family_name_of_its_own() -> None:
    def joined(*names: str, others: tuple[str, str] = ("Ana Brandt", "Olga Greco")) -> bool:
        papers = [paper(f"240{n}.1", *two) for n, two in enumerate(zip(names, others, strict=True))]
        crowd = disambiguate_authors([*CROWD, paper("1002.1", "Ines Chi"), *papers])
        return any(set(names) <= set(creator.spellings) for creator in crowd)

    assert joined("Ed Hazelhoff", "Ed Q. Hazelhoff")
    assert not joined("Ed Smith", "Ed Q. Smith")
    assert joined("Ed Smith", "Ed Q. Smith", others=("Ana Brandt", "Ana Brandt"))


def test_an_umlaut_spelt_with_an_e_and_a_name_turned_round_are_one_person() -> None:
    papers = [paper("2401.1", "Jörg Häßler", "Ana Brandt"), paper("2402.1", "Joerg Haessler"),
              paper("2403.1", "Ivan Kruglov", "Ana Brandt", "Olga Greco"),
              paper("2404.1", "Kruglov Ivan", "Olga Greco", "Ana Brandt")]  # fmt: skip
    found = disambiguate_authors([*CROWD, *papers])
    assert groups(found, "Jörg Häßler") == [["2401.1", "2402.1"]]
    assert groups(found, "Ivan Kruglov") == [["2403.1", "2404.1"]]


def test_initials_are_a_form_of_a_name_that_was_first_printed_without_its_space() -> None:
    beside = ("Olga Quvelic", "Per Brandvold")
    papers = [paper("2401.1", "JunZhang", *beside), paper("2402.1", "J. Zhang", *beside)]
    found = disambiguate_authors([*CROWD, *papers, paper("2403.1", "Jun Zhang")])
    assert groups(found, "J. Zhang") == [["2401.1", "2402.1"]]


def test_a_beginning_of_a_given_name_needs_more_than_a_rare_family_name() -> None:
    papers = [paper("2401.1", "Wil Quvelic"), paper("2402.1", "William Quvelic")]
    assert len(disambiguate_authors(papers)) == 2
    shared = [paper(f"240{n}.1", f"{name} Quvelic", "Per Brandvold")
              for n, name in enumerate(("Wil", "William"))]  # fmt: skip
    assert groups(disambiguate_authors([*CROWD, *shared]), "Wil Quvelic") == [["2400.1", "2401.1"]]


def test_ambiguous_is_who_was_kept_apart_without_proof() -> None:
    found = disambiguate_authors([yang("2401.1"), yang("2402.1"), paper("2403.1", "Ana Brandt")])
    assert {(c.name, c.ambiguous) for c in found} == {("Yang Liu", True), ("Ana Brandt", False)}


def test_the_shown_spelling_is_the_best_cased_then_the_most_frequent() -> None:
    names = ["Zed quill", "Zed quill", "Zed Quill", "ZED QUILL*"]
    (one,) = disambiguate_authors([paper(f"240{n}.1", name) for n, name in enumerate(names)])
    assert (one.name, len(one.spellings)) == ("Zed Quill", 3)


def test_the_earliest_of_a_name_keeps_its_id_when_others_come() -> None:
    early, late = yang("2401.1", "Ana Brandt"), yang("2402.1", "Olga Greco")
    assert "author:yangliu" in {creator.id for creator in disambiguate_authors([early])}
    ids = {
        c.id for c in disambiguate_authors([early, late]) if groups([c], "Yang Liu") == [["2401.1"]]
    }
    assert ids == {"author:yangliu"}


NAMES = st.sampled_from(
    ["Yang Liu", "Y. Liu", "Yang Q. Liu", "Liu Yang", "Ana Brandt", "Qwen Team", "Wei Wang 0003",
     "Wei Wang", "Zed Quill Jr.", "Zed Quill", "🤗"]
)  # fmt: skip
LISTS = st.lists(st.lists(NAMES, min_size=1, max_size=5), min_size=1, max_size=8)


@given(LISTS, st.randoms(use_true_random=False))
def test_every_signature_is_somebodys_once_in_whatever_order(
    lists: list[list[str]], chance: object
) -> None:
    papers = [paper(f"24{n:02}.1", *names) for n, names in enumerate(lists)]
    found = disambiguate_authors(papers)
    signatures = [(s.paper_id, s.position) for c in found for s in c.signatures]
    wanted = {(p.id, n) for p in papers for n in range(1, len(p.authors or ()) + 1)}
    assert len(signatures) == len(set(signatures))
    assert set(signatures) == wanted
    assert len({creator.id for creator in found}) == len(found)
    people = [creator for creator in found if creator.kind == "author"]
    assert all(len({s.paper_id for s in c.signatures}) == len(c.signatures) for c in people)
    chance.shuffle(papers)  # type: ignore[attr-defined]
    assert disambiguate_authors(papers) == found


def test_a_collaboration_of_hundreds_joins_a_name_by_the_same_few_members() -> None:
    members = [f"{a} {b}" for a in FAMILIES for b in FAMILIES][: 2 * MOST_CO_AUTHORS]
    papers = [paper("2401.1", "Yang Liu", *members), paper("2402.1", *members, "Yang Liu")]
    assert len(groups(disambiguate_authors(papers), "Yang Liu")) == 1
