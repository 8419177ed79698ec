"""Papers of invented people whose person is known: namesakes, and names written two ways."""

from __future__ import annotations

import random
from typing import Any

GIVEN = ("Ada", "Wei", "Carla", "Dmitri", "Elif", "Farid", "Grace", "Hana", "Ivo", "Jun", "Kofi")
FAMILY = ("Wang", "Brandt", "Costa", "Duarte", "Kim", "Fujita", "Greco", "Haddad", "Ito", "Osei")
TOPICS = ("parsing", "optics", "robots", "proofs", "speech", "routing", "vision", "splines")
GROUP = 6
"""People of a group, who write with each other; every group has its own topic."""
INITIAL, HOMONYMS = 0.1, 0.15
"""The share of signatures with an initial, and of people who bear the name of another."""


def invented_papers(count: int) -> list[dict[str, Any]]:
    """So many papers of 2 to 4 authors, the same each time; `authors` are `{name, person}`."""
    chance = random.Random(7)
    people = _people(chance, len(TOPICS) * GROUP)
    papers = []
    for number in range(count):
        group = number % len(TOPICS)
        members = range(group * GROUP, (group + 1) * GROUP)
        signing = chance.sample(members, chance.randint(2, 4))
        authors = [{"name": _as_signed(chance, people[n]), "person": f"p{n}"} for n in signing]
        title = f"{TOPICS[group]} by {chance.choice('abcdefgh')} {TOPICS[group]} {number}"
        year = 2015 + number % 10
        papers.append({"paper": f"w{number}", "title": title, "year": year, "authors": authors})
    return papers


def _people(chance: random.Random, count: int) -> list[tuple[str, str]]:
    names = [(given, f"{family}{end}") for given in GIVEN for family in FAMILY for end in ("", "s")]
    chance.shuffle(names)
    drawn = names[:count]
    for number in range(GROUP, count):
        if chance.random() < HOMONYMS:
            drawn[number] = drawn[number - GROUP]
    return drawn


def _as_signed(chance: random.Random, name: tuple[str, str]) -> str:
    given, family = name
    return f"{given[0]}. {family}" if chance.random() < INITIAL else f"{given} {family}"
