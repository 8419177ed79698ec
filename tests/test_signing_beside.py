"""People whom another process tells apart, from what it is asked: those that are found here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast
from weakref import ref

import pytest
from test_people import CROWD, paper, with_ids

from pipeline.build.packing import Shelved, decoder, unpacked_table
from pipeline.build.signing_beside import NameCounts, SignersAsked, packed_question, packed_signers
from pipeline.identity.blocks import Rounds
from pipeline.identity.clusters import Cluster
from pipeline.identity.forgetting import forget_keys
from pipeline.identity.former_ids import Wrote
from pipeline.identity.kept_blocks import NameBlock
from pipeline.identity.people import disambiguate_authors, signers_of
from pipeline.identity.rarity import Rarity
from pipeline.identity.signatures import name_key
from pipeline.model.identities import Creator, Moved, PersonRule
from pipeline.model.records import Paper

COMMON = Rarity(
    90_000, Counter({"olga": 40_000}), Counter({"greco": 80_000}), Counter({"o": 50_000})
)
RULE = PersonRule(("Wei Zhou", "Bo Li"), None, "0000-0002-1825-0097", "people.toml:1")


def papers() -> list[Paper]:
    """Authors with ids, numbers of DBLP, initials, and a team, in papers of one venue and field."""
    known = [
        with_ids(paper("2401.1", "Wei Zhou", "Olga Greco"), ("orcid:1",), ("orcid:2",)),
        paper("2401.2", "W. Zhou", "Olga Greco", "Grain Team"),
        replace(paper("2402.1", "Wei Zhou 0002", "Olga Greco"), decided={"authors": "dblp"}),
        paper("2403.1", "Bo Li", "Olga Greco"),
    ]
    return [*(replace(p, venue="Rheology", categories=("cs.CL",)) for p in known), *CROWD[:20]]


class Seen:
    """A paper that tells what is looked at."""

    def __init__(self, paper: Paper, looked_at: set[str]) -> None:
        self._paper, self._looked_at = paper, looked_at

    def __getattr__(self, name: str) -> object:
        self._looked_at.add(name)
        return getattr(self._paper, name)


@pytest.mark.parametrize("wider", [None, COMMON])
@pytest.mark.parametrize("rules", [[], [RULE]])
def test_a_question_says_all_that_people_are_told_apart_by(
    wider: Rarity | None, rules: list[PersonRule]
) -> None:
    known = papers()
    asked = SignersAsked(NameCounts.of(wider) if wider else None, rules, [], [])
    packed = packed_signers(list(packed_question(asked, known)))
    count = unpacked_table(packed.tables[0]).num_rows
    found = disambiguate_authors(known, wider, rules)
    assert list(Shelved(packed.runs, count, Creator)) == found
    assert len(found) == count


def test_a_question_has_each_field_of_a_paper_that_people_are_told_apart_by() -> None:
    looked_at: set[str] = set()
    known = [replace(each, title="Slow Rheology", year=2020) for each in papers()]
    disambiguate_authors([cast("Paper", Seen(each, looked_at)) for each in known])
    _, *runs = packed_question(SignersAsked(None, [], [], []), known)
    sent = [paper for run in runs for paper in decoder(list[Paper]).decode(run)]
    assert {"id", "title", "year", "venue", "categories", "authors"} <= looked_at
    for name in looked_at - {"decided"}:
        assert [getattr(p, name) for p in sent] == [getattr(p, name) for p in known], name


def test_no_paper_is_held_while_people_are_told_apart() -> None:
    given = [Seen(each, set()) for each in papers()]
    held = [ref(each) for each in given]
    left: list[object] = []

    def told(
        of_block: Callable[[NameBlock], list[Cluster]], blocks: Sequence[NameBlock]
    ) -> Iterable[list[Cluster]]:
        left.extend(each() for each in held)
        return map(of_block, blocks)

    handed_over = (cast("Paper", given.pop()) for _ in held)
    signed = signers_of(handed_over, rounds=Rounds(told))
    assert len(signed.lists) == len(held)
    assert set(left) == {None}


def test_people_keep_the_ids_that_they_had() -> None:
    former = [Wrote("author:olga", "arxiv:2403.1", 2, ("Olga Greco",))]
    packed = packed_signers(list(packed_question(SignersAsked(None, [], [], former), papers())))
    assert "author:olga" in unpacked_table(packed.tables[0])["id"].to_pylist()
    assert all(isinstance(each, Moved) for each in packed.moved)


def test_what_was_found_of_more_names_than_asked_is_forgotten() -> None:
    forget_keys(0)
    name_key("Olga Greco")
    forget_keys(1)
    assert name_key.cache_info().currsize == 1
    name_key("Bo Li")
    forget_keys(1)
    assert name_key.cache_info().currsize == 0
