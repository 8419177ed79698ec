"""Who signed many papers, found in the second process from what people need of papers alone.

A copy of the first process would come to hold most of what that holds once more, as it looks at it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import msgspec

from pipeline.build.long_work import silent
from pipeline.build.packing import Shelved, decoder, packed_table
from pipeline.build.telling_apart import know_names_by_two, told_by_two
from pipeline.graph.recorded import signed_tables
from pipeline.identity.blocks import Rounds
from pipeline.identity.former_ids import Wrote, with_lasting_ids
from pipeline.identity.people import disambiguate_authors
from pipeline.identity.rarity import Rarity
from pipeline.model.identities import Creator, Moved, PersonRule
from pipeline.model.records import Paper

_PAPERS_TOGETHER = 500


class NameCounts(NamedTuple):
    """The counts of a `Rarity` that are its own."""

    names: int
    given: dict[str, int]
    family: dict[str, int]
    letter: dict[str, int]

    @classmethod
    def of(cls, rarity: Rarity) -> NameCounts:
        """The counts of a larger world of names."""
        return cls(rarity.names, rarity.given, rarity.family, rarity.letter)

    def rarity(self) -> Rarity:
        """That larger world again."""
        return Rarity(self.names, Counter(self.given), Counter(self.family), Counter(self.letter))


class SignersAsked(NamedTuple):
    """What people are told apart by, but for the papers; `days` as `Days` has them."""

    wider: NameCounts | None
    rules: list[PersonRule]
    days: list[tuple[tuple[str, str], date]]
    former: list[Wrote]


class PackedSigners(NamedTuple):
    """People as records in bytes, their rows as tables, and who moved since last time."""

    runs: list[bytes]
    tables: list[bytes]
    moved: tuple[Moved, ...]


def packed_question(asked: SignersAsked, papers: Sequence[Paper]) -> Iterator[bytes]:
    """The question who signed papers, as bytes: each of some papers, with what people need."""
    encode = msgspec.msgpack.Encoder().encode
    yield encode(asked)
    for start in range(0, len(papers), _PAPERS_TOGETHER):
        yield encode([_of_authors(paper) for paper in papers[start : start + _PAPERS_TOGETHER]])


def packed_signers(question: list[bytes]) -> PackedSigners:
    """Who signed the papers of a question, told apart by two processes; nothing is left of it."""
    asked = decoder(SignersAsked).decode(question[0])
    decode = decoder(list[Paper]).decode
    papers = [paper for run in question[1:] for paper in decode(run)]
    question.clear()
    know_names_by_two({name for paper in papers for name in paper.authors or ()})
    wider = asked.wider.rarity() if asked.wider else None
    rounds = Rounds(told_by_two(silent))
    handed_over = (papers.pop() for _ in range(len(papers)))
    people = disambiguate_authors(handed_over, wider, asked.rules, dict(asked.days), rounds)
    people, moved = with_lasting_ids(people, asked.former)
    runs = Shelved.of(people, Creator).runs
    return PackedSigners(runs, list(map(packed_table, signed_tables(people))), tuple(moved))


def _of_authors(paper: Paper) -> Paper:
    """A paper with what `disambiguate_authors` looks at, and nothing else."""
    by = paper.decided.get("authors")
    return replace(
        paper, authors_complete=True, abstract=None, published=None, updated=None, comment=None,
        topics=None, repository=None, upvotes=None, cited_by=(), reference_lists=(), citations=(),
        entries=(), decided={} if by is None else {"authors": by}, disagreements=(),
    )  # fmt: skip
