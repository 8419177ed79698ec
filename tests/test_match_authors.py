"""Author lists as evidence: cut ones, and very long ones."""

from __future__ import annotations

from dataclasses import replace

from patience import soon_done
from test_match_rules import ENTRY, PAPER, PEOPLE, match


def test_a_cut_list_is_compared_by_the_names_that_are_left() -> None:
    near = replace(ENTRY, title="Learning to Sort Smal Stones by Weight", authors=PEOPLE[:2])
    whole, cut = match(near, PAPER), match(replace(near, authors_complete=False), PAPER)
    assert whole.arxiv_id == cut.arxiv_id == "2401.00001"
    assert whole.candidates[0].scores["authors"] == 0.4
    assert cut.candidates[0].scores["authors"] == 1


def test_a_collaboration_of_3000_names_is_weighed_at_once() -> None:
    names = tuple(f"Person{n} Family{n % 500}" for n in range(3000))
    initials = tuple(f"P. Family{n % 500}" for n in range(3000))
    with soon_done():
        assert match(replace(ENTRY, authors=names), replace(PAPER, authors=names)).arxiv_id
        assert match(replace(ENTRY, authors=initials), replace(PAPER, authors=names)).arxiv_id


def test_handles_and_acronyms_are_no_people_that_speak_against_a_paper() -> None:
    for names in (("annlee", "boKim"), ("SSBW",)):
        assert match(replace(ENTRY, authors=names), PAPER).arxiv_id == PAPER.arxiv_id
    assert match(replace(ENTRY, authors=("Zoe Fox", "boKim")), PAPER).verdict == "undecided"
    assert match(replace(ENTRY, authors=("Lee",)), PAPER).decided_by == "exact_title"


def test_two_people_in_common_are_one_group_however_long_the_lists() -> None:
    others = tuple(f"Q{n} Other{n}" for n in range(6))
    assert match(replace(ENTRY, authors=(*PEOPLE[:2], *others)), PAPER).arxiv_id == PAPER.arxiv_id
    assert match(replace(ENTRY, authors=(*PEOPLE[:1], *others)), PAPER).verdict == "undecided"


def test_a_list_of_all_family_names_first_names_the_same_people() -> None:
    turned = tuple(" ".join(reversed(name.split())) for name in PEOPLE)
    assert match(replace(ENTRY, authors=turned), PAPER).decided_by == "exact_title"
    for others in ((turned[0], "Fox Zoe"), turned[:1]):
        assert match(replace(ENTRY, authors=others), PAPER).verdict == "undecided"
