"""What lists of authors say of two groups of signatures: places, lengths, co-authors unmet."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity.author_lists import (
    MOST_UNMET,
    AuthorLists,
    least_lists_score,
    lists_score,
    unmet_score,
)
from pipeline.identity.evidence import WEIGHTS

MIDDLE = AuthorLists(last=0, first=0, length=math.log(4), co_authors=0)
LISTS = st.builds(
    AuthorLists, st.floats(0, 1), st.floats(0, 1), st.floats(0, 8), st.integers(0, 40)
)


def score(a: AuthorLists, b: AuthorLists, *, linked: bool = True) -> float:
    return lists_score(a, b, WEIGHTS, linked=linked)


def test_lists_of_unlike_length_speak_against_one_person_up_to_a_factor_of_eight() -> None:
    twice, eight, hundred = (MIDDLE._replace(length=math.log(4 * n)) for n in (2, 8, 100))
    assert score(MIDDLE, MIDDLE) == 0
    assert score(MIDDLE, twice) == pytest.approx(-WEIGHTS.lengths * math.log(2))
    assert score(MIDDLE, eight) == pytest.approx(-WEIGHTS.lengths * math.log(8))
    assert score(MIDDLE, hundred) == score(hundred, MIDDLE) == score(MIDDLE, eight)


def test_many_co_authors_of_whom_none_is_met_again_speak_against_one_person() -> None:
    few, many = (MIDDLE._replace(co_authors=n) for n in (1, 9))
    assert score(many, many, linked=False) == pytest.approx(-WEIGHTS.apart * math.log(10))
    assert score(few, many, linked=False) == pytest.approx(-WEIGHTS.apart * math.log(2))
    assert score(many, many) == 0


def test_topics_alone_tell_most_of_who_writes_alone_and_less_of_who_has_co_authors() -> None:
    alone, one, three, many = (MIDDLE._replace(co_authors=n) for n in (0, 1, MOST_UNMET, 9))
    told = [unmet_score(lists, many, WEIGHTS) for lists in (alone, one, three, many)]
    assert told[0] > told[1] > 0 > told[2] == told[3]
    assert unmet_score(many, alone, WEIGHTS) == told[0]


def test_two_leaders_may_be_one_and_a_leader_is_no_beginner() -> None:
    leader, beginner = MIDDLE._replace(last=1), MIDDLE._replace(first=1)
    assert score(leader, leader) == WEIGHTS.last_both + WEIGHTS.last_one
    assert score(leader, MIDDLE) == WEIGHTS.last_one
    assert score(leader, beginner) == WEIGHTS.last_one - WEIGHTS.last_both


@given(st.lists(LISTS, min_size=2, max_size=4))
def test_no_two_lists_cost_more_than_the_most_that_is_allowed_for(lists: list[AuthorLists]) -> None:
    least = least_lists_score(lists, WEIGHTS)
    assert least <= min(score(a, b, linked=False) for a in lists for b in lists) + 1e-9


def test_the_most_that_two_lists_can_cost_is_no_more_than_they_do() -> None:
    short, long = (MIDDLE._replace(length=math.log(n), co_authors=3) for n in (4, 8))
    assert least_lists_score([short, long], WEIGHTS) == score(short, long, linked=False)
