"""How common a name is anywhere, by language, from the small table that ships.

The table, `pipeline/data/names.toml`, says of each language which share of all authors write under
its names, and how common its family and given names are. Its sources stand beside the counts.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from math import inf
from operator import mul
from typing import NamedTuple

from pipeline.model.folding import folded_name

OTHER_FAMILY = 2e-5
"""The share of the people of any language whose family name is one that is not listed."""
FIRST_LETTER = 0.06
"""The share of the given names of a language that begin with a letter no listed name has."""

_UNLISTED = "--"
FAR_MORE = 3.0
"""A word that is a given name so many times as often as a family name is clearly one."""


@dataclass(frozen=True, slots=True)
class Language:
    """The names of one language, folded, each with its share from 0 to 1.

    `share` is that of the language among authors, `other` that of a given name not listed,
    `initial` that of each first letter of given names.
    """

    name: str
    share: float
    other: float
    family: Mapping[str, float]
    given: Mapping[str, float]
    initial: Mapping[str, float]

    def given_share(self, given: str) -> float:
        """The share of a given name; of one letter, of all names that begin with it."""
        if len(given) > 1:
            return self.given.get(given, self.other)
        return self.initial.get(given, FIRST_LETTER)


@lru_cache(maxsize=1)
def languages() -> tuple[Language, ...]:
    """The languages of the table, in its order."""
    text = (files("pipeline") / "data" / "names.toml").read_text(encoding="utf-8")
    return tuple(_language(row) for row in tomllib.loads(text)["language"])


def family_share(family: str) -> float:
    """The share of all authors who bear a family name."""
    return _family_share(family if family in _listed().family else "")


def name_share(family: str, given: str) -> float:
    """The share of all authors who bear a family name with a given name or its initial.

    Within one language the two are taken to be independent.
    """
    listed = _listed()
    if len(given) > 1 and given not in listed.given:
        given = _UNLISTED
    return _name_share(family if family in listed.family else "", given)


@lru_cache(maxsize=1 << 16)
def given_by_family(word: str) -> float:
    """How many times as often a word is a given name as a family name; 0 where it is no given one.

    >>> [given_by_family(word) > FAR_MORE for word in ("Maria", "Wei", "Müller", "Quvelic")]
    [True, False, False, False]
    """
    folded = folded_name(word)
    given = sum(language.share * language.given.get(folded, 0.0) for language in languages())
    family = sum(language.share * language.family.get(folded, 0.0) for language in languages())
    return given / family if family else inf if given else 0.0


class _ListedNames(NamedTuple):
    """All names of the table. Those that it does not list, which are most, are alike."""

    family: frozenset[str]
    given: frozenset[str]


@lru_cache(maxsize=1)
def _listed() -> _ListedNames:
    return _ListedNames(
        frozenset(chain.from_iterable(language.family for language in languages())),
        frozenset(chain.from_iterable(language.given for language in languages())),
    )


@lru_cache(maxsize=1 << 13)
def _family_share(family: str) -> float:
    return sum(_family_shares(family))


@lru_cache(maxsize=1 << 16)
def _name_share(family: str, given: str) -> float:
    shares: map[float] = map(mul, _family_shares(family), _given_shares(given))
    return sum(shares)


@lru_cache(maxsize=1 << 13)
def _family_shares(family: str) -> tuple[float, ...]:
    """Of all authors, those who bear a family name, language by language."""
    return tuple(
        language.share * language.family.get(family, OTHER_FAMILY) for language in languages()
    )


@lru_cache(maxsize=1 << 13)
def _given_shares(given: str) -> tuple[float, ...]:
    return tuple(language.given_share(given) for language in languages())


def _language(row: Mapping[str, object]) -> Language:
    given = _shares(str(row["given"]))
    initial: dict[str, float] = defaultdict(float)
    for name, share in given.items():
        initial[name[0]] += share
    listed = sum(initial.values())
    return Language(
        name=str(row["name"]),
        share=float(str(row["share"])) / 100,
        other=float(str(row["other"])) / 100,
        family=_shares(str(row["family"])),
        given=given,
        initial={letter: share / listed for letter, share in initial.items()},
    )


def _shares(text: str) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    words = text.split()
    for name, share in zip(words[::2], words[1::2], strict=True):
        shares[name] = max(shares[name], float(share) / 100)
    return dict(shares)
