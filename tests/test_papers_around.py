"""What the papers around two groups are about: their own, and others of their co-authors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from test_initials import named
from test_people import CROWD, paper

from pipeline.identity.evidence import WEIGHTS
from pipeline.identity.papers_around import MOST_ALIKE_AROUND, PapersAround, around_score

VIDEO = ("Rate control for video coding", "Scalable video streaming over lossy channels")
IMAGES = ("Motion estimation and MPEG compression", "Transform quantization for image codecs")
CELLS = ("Folding of proteins in the cell", "Molecular dynamics of enzymes and ligands")


def around(east: float, north: float, titles: int = 9) -> PapersAround:
    return PapersAround(np.array([east, north], np.float32), titles)


def test_people_of_another_field_around_two_take_away_and_of_one_add_little() -> None:
    assert around_score(around(3, 0), around(0, 2), WEIGHTS) < -0.6
    assert around_score(around(3, 0), around(2, 0), WEIGHTS) == MOST_ALIKE_AROUND
    usual = around(WEIGHTS.usual_around, (1 - WEIGHTS.usual_around**2) ** 0.5)
    assert around_score(around(5, 0), usual, WEIGHTS) == pytest.approx(0, abs=1e-6)


def test_the_fewer_papers_are_around_either_the_less_they_say() -> None:
    said = [around_score(around(1, 0, n), around(0, 1), WEIGHTS) for n in (1, 2, 9)]
    assert said == sorted(said, reverse=True)
    assert said[0] == pytest.approx(-WEIGHTS.around * WEIGHTS.usual_around / 2)


@pytest.mark.parametrize("other", [None, around(0, 0, 0)])
def test_papers_without_a_known_word_say_nothing(other: PapersAround | None) -> None:
    assert around_score(around(1, 0), other, WEIGHTS) == 0
    assert around_score(other, around(1, 0), WEIGHTS) == 0


def test_who_became_one_has_the_papers_around_both() -> None:
    assert around(1, 0, 2).with_those(around(0, 3, 4)).titles == 6
    assert (around(1, 0).with_those(around(0, 3)).subject == np.array([1, 3])).all()


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("Juliane Lee", ("Coding of motion pictures", "Compression of moving images")),
        ("Junjie Yao", (VIDEO[0], "Further notes on a study")),
    ],
    ids=["joins", "parts"],
)
@pytest.mark.parametrize(("elsewhere", "people"), [(IMAGES, 1), (CELLS, 2)])
def test_what_co_authors_write_elsewhere_tells_namesakes_apart(
    name: str, titles: tuple[str, str], elsewhere: tuple[str, str], people: int
) -> None:
    co_authors = {"Olga Brandvold": VIDEO, "Pirkko Hazelhoff": elsewhere}
    own = [
        replace(paper(f"240{n}.1", name, co_author), title=title)
        for n, (co_author, title) in enumerate(zip(co_authors, titles, strict=True))
    ]
    others = [
        replace(paper(f"230{n}.{place}", co_author), title=title)
        for place, (co_author, written) in enumerate(co_authors.items())
        for n, title in enumerate(written)
    ]
    assert len(named([*CROWD, *own, *others], name)) == people
