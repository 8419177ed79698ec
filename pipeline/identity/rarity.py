"""How many people are to be expected behind one name: counted from the names at hand, and known.

What is counted in a catalogue or in the papers themselves is mixed with the table of common names
that ships, so that a name is not taken for rare because few papers are at hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from pipeline.identity.names import PersonName, is_initials, person_name
from pipeline.model.common_names import family_share, name_share
from pipeline.model.organisations import is_organisation

FEWEST_NAMES = 15_000
"""A digest of fifty names was not drawn from a world of fifty: it is scaled up to so many."""
FEWEST_COUNTED = 1_000
"""Of fewer names at hand nobody can say that initials with a family name are rare."""
LISTED_FAMILY = 3e-5
"""The share of authors from which on a family name is one of the table's."""
SAME_INITIAL = 0.12
"""The share of people whose second initial is that of another."""
MOST_EXACT = 8
"""Larger counts are rounded."""
PRIOR_NAMES = 2_000
"""The table that ships counts as much as so many names that are counted."""


@lru_cache(maxsize=1 << 12)
def rounded_count(count: int) -> float:
    """A count; above 8 the next of 8.7, 9.5, 10.4, 11.3, 12.3 and so on, by its logarithm.

    One name or paper more then changes few of all counts, and hardly any result.
    """
    return 2.0 ** (round(8 * log2(count)) / 8) if count > MOST_EXACT else float(max(count, 0))


@dataclass(frozen=True, slots=True)
class Rarity:
    """Counts over distinct names: of each given name, its first letter, and each family name.

    Forms of one name, such as `W.`, `Wil` and `William`, count once for their family. `wider` are
    the counts of a larger world, such as a catalogue: no name is taken for rarer than it is there.
    """

    names: int
    given: Counter[str]
    family: Counter[str]
    letter: Counter[str]
    wider: Rarity | None = None

    def share(self, name: PersonName) -> float:
        """The share of all people who bear this very name, or, of initials, a name that fits."""
        given, initials = spelt_out(name)
        given_share = self.given_share(name.family, given)
        return self.family_share(name.family) * given_share * SAME_INITIAL**initials

    def expected(self, name: PersonName, world: int = FEWEST_NAMES) -> float:
        """How many people of this very name a world of so many names should hold, at least 1e-6."""
        return max(self.share(name) * max(world, FEWEST_NAMES), 1e-6)

    def family_share(self, family: str) -> float:
        """The share of all people who bear a family name."""
        known_share = family_share(family)
        if self.wider:
            known_share = max(known_share, self.wider.family_share(family))
        others = rounded_count(self.family[family] - 1)
        share = (others + known_share * PRIOR_NAMES) / (rounded_count(self.names) + PRIOR_NAMES)
        # A list of initials has few forms of a name that thousands bear.
        return max(share, known_share) if known_share > LISTED_FAMILY else share

    def given_share(self, family: str, given: str) -> float:
        """Of the people of a family name, which share bears a given name or its initial."""
        known_share = name_share(family, given) / family_share(family)
        if self.wider:
            known_share = max(known_share, self.wider.given_share(family, given))
        bearers = self.letter[given] if len(given) <= 1 else self.given[given] - 1
        others, names = rounded_count(bearers), rounded_count(self.names)
        return (others + known_share * PRIOR_NAMES) / (names + PRIOR_NAMES)

    def is_common(self, family: str) -> bool:
        """Whether a family name is known to be borne by many, whatever is counted here."""
        return family_share(family) >= COMMON_FAMILY


COMMON_FAMILY = 3e-4
"""One author in three thousand: from there on a family name is common."""


def rarity_of(names: Iterable[str]) -> Rarity:
    """The counts over some names. A name counts once, however often and in whatever way printed."""
    people = (text for text in sorted(set(names)) if not is_organisation(text))
    # Of the texts of one name the last counts, as a later one takes the place of an earlier.
    distinct = {name.key: name for name in map(person_name, people)}.values()
    bearers: dict[str, set[str]] = defaultdict(set)
    letters: list[str] = []
    for name in distinct:
        given_key = name.given_key
        bearers[name.family].add(given_key[:1] if is_initials(name) else given_key)
        letters.append(given_key[:1])
    return Rarity(
        names=len(distinct),
        given=Counter(spelt_out(name)[0] for name in distinct),
        family=Counter({family: _people(given) for family, given in bearers.items()}),
        letter=Counter(letters),
    )


def spelt_out(name: PersonName) -> tuple[str, int]:
    """The given names that are spelt out, and how many initials stand beside them.

    Of initials alone the first, and how many others there are.
    """
    # Lists, as a million names are looked at and generators take twice as long.
    spelt = "".join([word for word in name.given if len(word) > 1])
    initials = [len(word) for word in name.given].count(1)
    return (spelt, initials) if spelt else (name.given_key[:1], max(initials - 1, 0))


def _people(given: set[str]) -> int:
    """How many people bear these given names at least: a beginning of another is a form of it."""
    ordered = sorted(given)
    following = [*ordered[1:], ""]
    return sum(
        not next_name.startswith(name) for name, next_name in zip(ordered, following, strict=True)
    )
