"""How groups of signatures are joined by score: what is shared, and what follows a join."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.identity.comparison import share_met
from pipeline.identity.resolution import _join_by_score


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
