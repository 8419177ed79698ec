"""What titles are about, beyond the words that they have in common."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from test_initials import named
from test_people import CROWD, paper

from pipeline.identity.evidence import WEIGHTS
from pipeline.identity.papers_around import MOST_UNLIKE_SUBJECTS, subject_score
from pipeline.identity.subjects import Stems, Subjects

FIELDS = {
    "video": ("Rate control for video coding", "Motion estimation and MPEG compression"),
    "proteins": ("Folding of proteins in the cell", "Molecular dynamics of enzymes and ligands"),
    "proofs": (
        "Typed lambda calculus and its semantics",
        "A theorem prover for higher-order logic",
    ),
}
TITLES = [title for titles in FIELDS.values() for title in titles]


def subjects(titles: list[str]) -> Subjects:
    stems = Stems()
    return Subjects.of([stems.of_title(title) for title in titles])


def test_titles_of_one_field_are_near_without_a_word_in_common() -> None:
    vectors = subjects(TITLES).vectors
    near = vectors @ vectors.T
    for place in range(0, len(TITLES), 2):
        others = np.delete(near[place], [place, place + 1])
        assert near[place, place + 1] > others.max() + 0.2


def test_a_title_of_unknown_words_is_about_nothing_that_counts() -> None:
    found = subjects(["Qwxyz brmpf", "", TITLES[0]])
    assert not found.vectors[:2].any()
    assert np.linalg.norm(found.vectors[2]) == pytest.approx(1, abs=1e-3)
    assert subject_score(found.vectors[0], found.vectors[2], WEIGHTS) == 0
    assert subjects(["", ""]).vectors.shape == (2, 0)


def test_what_all_titles_have_in_common_tells_none_apart() -> None:
    among_all = subjects(TITLES).vectors
    among_like = subjects([*TITLES, *(f"Video coding {n}" for n in range(200))]).vectors
    assert among_like[0] @ among_like[1] < among_all[0] @ among_all[1] - 0.1


def test_one_title_more_mostly_changes_no_other() -> None:
    many = [f"{a} {b}" for a in TITLES for b in TITLES] * 30
    assert (subjects(many).usual == subjects([*many, TITLES[0]]).usual).all()


def test_two_fields_take_away_little_and_one_field_adds() -> None:
    vectors = subjects(TITLES).vectors
    assert subject_score(vectors[0], vectors[4], WEIGHTS) == -MOST_UNLIKE_SUBJECTS
    assert subject_score(vectors[0] + vectors[1], vectors[1], WEIGHTS) > 1


@pytest.mark.parametrize(("title", "people"), [(FIELDS["video"][1], 1), (FIELDS["proofs"][1], 2)])
def test_a_field_joins_whom_a_name_alone_does_not(title: str, people: int) -> None:
    titles = [FIELDS["video"][0], title]
    papers = [replace(paper(f"240{n}.1", "Julie Lee"), title=t) for n, t in enumerate(titles)]
    assert len(named([*CROWD, *papers], "Julie Lee")) == people
