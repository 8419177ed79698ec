"""Forms of a name that differ in the family name or in the order of the given names.

Spanish and Portuguese family names are two, of which one may be left out
(https://en.wikipedia.org/wiki/Naming_customs_of_Hispanic_America); Vietnamese given names are
printed in either order, the middle name left out or not.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.identity.common_names import languages
from pipeline.identity.names import PersonName, is_initials

IBERIAN, VIETNAMESE = ("Spanish", "Portuguese"), ("Vietnamese",)
_NO_KEYS: frozenset[str] = frozenset()
_MIDDLE = frozenset(("van", "thi"))
"""Vietnamese middle names that say no more than whether a man or a woman is meant."""


def without_last_family_name(name: PersonName) -> frozenset[str]:
    """The keys that a name has if the last of its family names is left out, initials or not.

    >>> from pipeline.identity.names import person_name
    >>> sorted(without_last_family_name(person_name("Gabriel García Márquez")))
    ['gabrielgarcia', 'ggarcia']
    """
    if len(name.given) < 2 and name.family == name.last:
        return _NO_KEYS
    words = _words(name)
    keys = set()
    for end in range(2, len(words)):
        for start in range(1, end):
            family = "".join(words[start:end])
            initials = "".join(word[0] for word in words[:start])
            keys |= {"".join(words[:end]), initials + family, initials[0] + family}
    return frozenset(keys)


def has_two_family_names(name: PersonName) -> bool:
    """Whether the last two words of a name are family names of Spanish or Portuguese."""
    return len(_words(name)) > 2 and set(_words(name)[-2:]) <= _families(*IBERIAN)


def vietnamese_words(name: PersonName) -> tuple[str, frozenset[str]] | None:
    """The family name and the given names in no order; None where the name is not Vietnamese.

    >>> from pipeline.identity.names import person_name
    >>> a, b = person_name("Lê Văn Thiêm"), person_name("Thiem Van Le")
    >>> vietnamese_words(a) == vietnamese_words(b)
    True
    """
    words = (*name.given, name.family)
    if len(words) < 2 or is_initials(name):
        return None
    if words[-1] not in _families(*VIETNAMESE):
        words = (*words[1:], words[0])
    *given, family = words
    telling = frozenset(given) - _MIDDLE
    return (family, telling) if telling and family in _families(*VIETNAMESE) else None


def _words(name: PersonName) -> list[str]:
    """The given names and the family names one by one, if there are two of these."""
    return list(filter(None, (*name.given, name.family.removesuffix(name.last), name.last)))


@lru_cache(maxsize=8)
def _families(*of: str) -> frozenset[str]:
    return frozenset(
        family for language in languages() if language.name in of for family in language.family
    )
