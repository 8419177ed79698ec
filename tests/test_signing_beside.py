"""People whom another process tells apart, from what it is asked: those that are found here."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import cast

import pytest
from test_people import CROWD, paper, with_ids

from pipeline.build.packing import Shelved, decoder, unpacked_table
from pipeline.build.signing_beside import NameCounts, SignersAsked, packed_question, packed_signers
from pipeline.identity.former_ids import Wrote
from pipeline.identity.people import disambiguate_authors
from pipeline.identity.rarity import Rarity
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

    class Seen:
        """A paper that tells what is looked at."""

        def __init__(self, paper: Paper) -> None:
            self._paper = paper

        def __getattr__(self, name: str) -> object:
            looked_at.add(name)
            return getattr(self._paper, name)

    known = [replace(each, title="Slow Rheology", year=2020) for each in papers()]
    disambiguate_authors([cast("Paper", Seen(each)) for each in known])
    _, *runs = packed_question(SignersAsked(None, [], [], []), known)
    sent = [paper for run in runs for paper in decoder(list[Paper]).decode(run)]
    assert {"id", "title", "year", "venue", "categories", "authors"} <= looked_at
    for name in looked_at - {"decided"}:
        assert [getattr(p, name) for p in sent] == [getattr(p, name) for p in known], name


def test_people_keep_the_ids_that_they_had() -> None:
    former = [Wrote("author:olga", "arxiv:2403.1", 2, ("Olga Greco",))]
    packed = packed_signers(list(packed_question(SignersAsked(None, [], [], former), papers())))
    assert "author:olga" in unpacked_table(packed.tables[0])["id"].to_pylist()
    assert all(isinstance(each, Moved) for each in packed.moved)
