"""How many people are to be expected behind one name, counted from the names at hand.

The given name and the family name are taken to be independent: `given x family / names` others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.identity.names import PersonName, is_initials, person_name
from pipeline.model.organisations import is_organisation

FEWEST_NAMES = 15_000
"""A digest of fifty names was not drawn from a world of fifty: it is scaled up to so many."""
COMMON_SHARE = 0.006
LESS_COMMON_SHARE = 0.002
OTHER_SHARE = 0.0002
PRIOR_NAMES = 1_000
_COMMON = frozenset(
    "chen huang kim li liu wang wu xu yang zhang zhao zhou zhu sun lin lee nguyen".split()
)
_LESS_COMMON = frozenset(
    """
    bai cai cao chang cheng choi cui dai deng ding dong du fan fang feng fu gao gong gu guo gupta
    han he hou hu jia jiang jin jung kang kumar lai lei liang liao long lu luo ma mao meng pan park
    peng qian qin ren shao sharma shen shi singh smith song su tan tang tian tran wei xia xiao xie
    xue yan yao ye yi yin yu yuan zeng zheng zhong zou
    """.split()
)


@dataclass(frozen=True, slots=True)
class Rarity:
    """Counts over distinct names: of each given name, family name, and initial with a family."""

    names: int
    given: Counter[str]
    family: Counter[str]
    initial: Counter[tuple[str, str]]

    def expected(self, name: PersonName, world: int = FEWEST_NAMES) -> float:
        """How many people of this very name a world of so many names should hold, at least 1e-6.

        Where few names are at hand, family names that are common anywhere are not taken for rare.
        """
        if is_initials(name):
            bearers = float(self.initial[name.given_key[:1], name.family])
            share = bearers / max(self.names, 1)
        else:
            share = self.family_share(name.family) * self._given_share(name)
        return max(share * max(world, FEWEST_NAMES), 1e-6)

    def is_common(self, family: str) -> bool:
        """Whether a family name is known to be borne by many, whatever is counted here."""
        return family in _COMMON or family in _LESS_COMMON

    def family_share(self, family: str) -> float:
        """The share of other people who bear a family name, common ones known beforehand."""
        prior = LESS_COMMON_SHARE if family in _LESS_COMMON else OTHER_SHARE
        prior = COMMON_SHARE if family in _COMMON else prior
        others = max(self.family[family] - 1, 0)
        return (others + prior * PRIOR_NAMES) / (self.names + PRIOR_NAMES)

    def _given_share(self, name: PersonName) -> float:
        return max(self.given[name.given_key], 1) / (self.names + PRIOR_NAMES)


def rarity_of(names: Iterable[str]) -> Rarity:
    """The counts over some names. A name counts once, however often and in whatever way printed."""
    people = (text for text in sorted(set(names)) if not is_organisation(text))
    # Of the texts of one name the last counts, as a later one takes the place of an earlier.
    distinct = {name.key: name for name in map(person_name, people)}.values()
    return Rarity(
        names=len(distinct),
        given=Counter(name.given_key for name in distinct),
        family=Counter(name.family for name in distinct),
        initial=Counter((name.given_key[:1], name.family) for name in distinct),
    )
