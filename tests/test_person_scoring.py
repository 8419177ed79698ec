"""How groups of signatures are joined by score: what is shared, and what follows a join."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from test_identity import paper

from pipeline.identity.comparison import Pair, share_met
from pipeline.identity.contexts import SURROUNDING_TITLES
from pipeline.identity.evidence import WEIGHTS, CoauthorContext
from pipeline.identity.resolution import _join_by_score
from pipeline.identity.scoring import LEAST_TOPIC, _alike_alone, _doubt_of_groups
from pipeline.identity.signatures import listed


def group(papers: set[int], co_authors: set[str]) -> Any:
    return SimpleNamespace(papers=papers, co_authors=co_authors)


@pytest.mark.parametrize(("shared", "share"), [({}, 0.5), ({"ann": 0.2}, 1.0), ({"eve": 0.2}, 0.5)])
def test_of_the_smaller_group_the_papers_with_a_co_author_of_the_other_count(
    shared: dict[str, float], share: float
) -> None:
    beside = [{"ann"}, {"bo", "ann"}, {"cy"}, {"cy"}, {"bo"}]
    around: Any = SimpleNamespace(papers=[SimpleNamespace(looked_at=names) for names in beside])
    few, many = group({0, 1}, {"ann", "bo"}), group({2, 3, 4}, {"bo", "cy"})
    pair: Any = SimpleNamespace(shared=shared)
    for ours, theirs in ((few, many), (many, few)):
        assert share_met(ours, theirs, pair, around) == share


@pytest.mark.parametrize(
    ("pair", "less"),
    [
        (Pair({}, False, LEAST_TOPIC), True),
        (Pair({}, False, LEAST_TOPIC - 0.01), False),
        (Pair({}, True, 0.0), True),
        (Pair({"ann": 0.2}, True, LEAST_TOPIC), False),
    ],
)
def test_many_groups_of_a_name_are_doubted_less_where_a_topic_or_circle_is_all_that_speaks(
    pair: Pair, less: bool
) -> None:
    assert _alike_alone(pair) is (less and not pair.circle)
    weight = _doubt_of_groups(pair, WEIGHTS)
    assert weight == (WEIGHTS.groups_alike if less else WEIGHTS.groups)
    assert WEIGHTS.groups_alike < WEIGHTS.groups


class Noted:
    """Scores of pairs and clusters, of which one pair cannot be one; notes what is done."""

    def __init__(self) -> None:
        self.pairs = [(3.0, 0, 1), (2.0, 0, 2), (1.0, 0, 3)]
        self.done: list[tuple[object, ...]] = []

    def best(self) -> tuple[float, int, int] | None:
        return self.pairs.pop(0) if self.pairs else None

    def why(self, one: int, other: int) -> str:
        return f"{one} and {other}"

    def part(self, one: int, other: int) -> None:
        self.done.append(("parted", one, other))

    def join(self, one: int, other: int, *why: object) -> int | None:
        self.done.append(("joined", one, other, *why))
        return None if why and other == 2 else one


def test_the_best_pair_is_joined_and_one_that_cannot_be_one_is_parted() -> None:
    noted: Any = Noted()
    _join_by_score(noted, noted)
    assert noted.done == [
        ("joined", 0, 1, "0 and 1", 3.0),
        ("joined", 0, 1),
        ("joined", 0, 2, "0 and 2", 2.0),
        ("parted", 0, 2),
        ("joined", 0, 3, "0 and 3", 1.0),
        ("joined", 0, 3),
    ]


def _around(*rows: tuple[str, ...]) -> CoauthorContext:
    """What surrounds papers, each a title and its authors, whose names are all as rare."""
    lists = listed([
        replace(paper(f"2401.{number}", *names), title=title)
        for number, (title, *names) in enumerate(rows)
    ])  # fmt: skip
    keys = {key for each in lists for key in each.keys}
    return CoauthorContext(lists, dict.fromkeys(keys, 0.01), {key: key for key in keys})


def test_each_co_author_tells_as_much_of_a_topic_however_many_papers_he_has() -> None:
    around = _around(
        ("Alpha", "Ann Lee", "Bo Kim", "Di Fox"), ("Beta", "Bo Kim", "Cy Ng"),
        ("Gamma", "Di Fox", "Ed Orr"), ("Delta", "Di Fox", "Ed Orr"),
    )  # fmt: skip
    context = around.contexts(frozenset(("annlee",)))(0)
    assert context.co_authors == {"bokim", "difox"}
    assert context.circle == {"bokim", "difox", "cyng", "edorr"}
    words = context.words
    assert words["gamma"] == words["delta"] == pytest.approx(words["beta"] / 2)
    around = _around(("Alpha", "Ann Lee", "Bo Kim"), ("Beta", "Bo Kim", "Cy Ng"))
    words = around.contexts(frozenset(("annlee",)))(0).words
    assert words["beta"] == pytest.approx(SURROUNDING_TITLES * words["alpha"])


def test_another_paper_of_the_very_name_tells_nothing_of_it() -> None:
    around = _around(("Alpha", "Ann Lee", "Bo Kim"), ("Beta", "Bo Kim", "Ann Lee"))
    context = around.contexts(frozenset(("annlee",)))(0)
    assert (context.circle, context.words) == (frozenset(), {"alpha": 1.0})


def test_what_surrounds_a_paper_is_the_same_whichever_paper_is_asked_first() -> None:
    many = [f"Name{n} Else{n}" for n in range(290)]
    around = _around(
        ("Alpha", "Ann Lee", "Bo Kim"), ("Beta", "Ann Lee", "Bo Kim", "Cy Ng"),
        ("Gamma", "Bo Kim", "Di Fox"), ("Delta", "Ann Lee", "Bo Kim", *many),
    )  # fmt: skip
    own = frozenset(("annlee",))
    # Of the long list the own name is not among those that are looked at.
    assert [own.isdisjoint(each.looked_at) for each in around.papers] == [False, False, True, True]
    alone = [around.contexts(own)(number) for number in range(4)]
    together = around.contexts(own)
    assert [together(number) for number in (3, 1, 0, 2, 1)] == [alone[n] for n in (3, 1, 0, 2, 1)]
    assert [context.nearby for context in alone] == [{2, 3}, {2, 3}, {3}, {2}]
