"""A copy of the process does half of the work, or leaves it to the first."""

from __future__ import annotations

import os
from functools import partial

import pytest
from test_identity import paper

from pipeline.build import forking
from pipeline.build.forking import by_two
from pipeline.identity.blocks import Rounds
from pipeline.identity.clusters import Cluster
from pipeline.identity.people import disambiguate_authors


def doubled(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("count", [0, 1, 2, 7])
@pytest.mark.parametrize("can_fork", [False, forking.CAN_FORK])
def test_what_two_make_is_in_order(
    monkeypatch: pytest.MonkeyPatch, can_fork: bool, count: int
) -> None:
    monkeypatch.setattr(forking, "CAN_FORK", can_fork)
    assert by_two(doubled, range(count), list[int]) == [doubled(number) for number in range(count)]


def test_a_copy_that_dies_leaves_its_half_to_the_first() -> None:
    first = os.getpid()

    def made(number: int) -> int:
        if os.getpid() != first:
            os._exit(1)
        return number

    assert by_two(made, range(9), list[int]) == list(range(9))


def test_what_fails_in_a_copy_fails_here() -> None:
    def made(number: int) -> int:
        if number == 3:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="3"):
        by_two(made, range(9), list[int])


def test_people_told_apart_by_two_processes_are_those_that_one_tells_apart() -> None:
    firsts = ["Ann", "Amy", "Ann", "A.", "Cé", "Ann B."] * 3
    papers = [
        paper(f"2401.{number:05}", f"{first} Lee", "Bo Kim", f"{first} Roe", f"D{number} Poe")
        for number, first in enumerate(firsts)
    ]
    by_both = partial(by_two, kind=list[list[Cluster]])
    assert disambiguate_authors(papers, rounds=Rounds(by_both)) == disambiguate_authors(papers)
