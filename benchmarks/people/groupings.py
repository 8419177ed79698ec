"""Groupings of labelled signatures, simple ones to compare with, and how right they are."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pipeline.identity.names import PersonName

HALVES = 20


class Labelled(NamedTuple):
    """A signature, by paper and place (from 1), its name, and whose it is."""

    paper: str
    place: int
    name: PersonName
    person: str


class Score(NamedTuple):
    """B-cubed precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


Rule = Callable[[Labelled], object]
"""The group of a signature."""


def rule_of(persons: Mapping[tuple[str, int], str]) -> Rule:
    """The rule that groups signatures by a person found for each."""
    return lambda signature: persons[signature.paper, signature.place]


def full_name(signature: Labelled) -> object:
    """One person for each folded full name: what most tools do."""
    return signature.name.key


def family_and_initial(signature: Labelled) -> object:
    """One person for each family name with a first initial."""
    return signature.name.family, signature.name.given_key[:1]


def itself(signature: Labelled) -> object:
    """A person for each signature."""
    return signature


def b_cubed(signatures: Sequence[Labelled], rule: Rule) -> Score:
    """How pure the group of a signature is, and how much of its person is there, on average."""
    groups = Counter(map(rule, signatures))
    people = Counter(signature.person for signature in signatures)
    both = Counter((rule(signature), signature.person) for signature in signatures)
    precision = sum(n * n / groups[group] for (group, _), n in both.items()) / len(signatures)
    recall = sum(n * n / people[person] for (_, person), n in both.items()) / len(signatures)
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def on_halves(signatures: Sequence[Labelled], rule: Rule, cut: str) -> list[Score]:
    """The scores of a cut on 20 fixed halves of the family names."""
    families = sorted({signature.name.family for signature in signatures})
    halves = (
        set(random.Random(seed).sample(families, len(families) // 2)) for seed in range(HALVES)
    )
    return [
        b_cubed(CUTS[cut]([s for s in signatures if s.name.family in half]), rule)
        for half in halves
    ]


def _every(signatures: Sequence[Labelled]) -> list[Labelled]:
    return list(signatures)


def _in_blocks(signatures: Sequence[Labelled]) -> list[Labelled]:
    blocks = Counter(map(family_and_initial, signatures))
    return [s for s in signatures if blocks[family_and_initial(s)] > 1]


def homonyms(signatures: Sequence[Labelled]) -> list[Labelled]:
    """The signatures whose very name several people bear."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for signature in signatures:
        bearers[signature.name.key].add(signature.person)
    return [s for s in signatures if len(bearers[s.name.key]) > 1]


CUTS = {"all signatures": _every, "name blocks": _in_blocks, "true homonyms": homonyms}
"""All; those that share family name and initial with another; those whose very name several bear.
"""
