"""Forms of a name that differ in the family name, in a given name or in how it is spelt.

Spanish and Portuguese family names are two, of which one may be left out
(https://en.wikipedia.org/wiki/Naming_customs_of_Hispanic_America); Vietnamese given names are
printed in either order, the middle name left out or not; a first given name may be left out, as
`Wayne` of `Wayne Xin Zhao`; and one name is spelt out of another script in several ways.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.identity.name_order import is_family_first
from pipeline.identity.names import PersonName, is_initials, swapped_keys
from pipeline.identity.short_forms import full_names
from pipeline.model.common_names import languages

FEWEST_SOUNDS = 6
"""A shorter name is too often that of somebody else."""
KOREAN, IBERIAN, VIETNAMESE = ("Korean",), ("Spanish", "Portuguese"), ("Vietnamese",)
_NO_KEYS: frozenset[str] = frozenset()
_MIDDLE = frozenset(("van", "thi", "v", "t"))
"""Vietnamese middle names that say no more than whether a man or a woman is meant."""


_ONE_SOUND = {
    **dict.fromkeys(("ae", "aa"), "a"),
    **dict.fromkeys(("oe", "ou", "oo"), "o"),
    **dict.fromkeys(("ei", "ey", "ie", "iy", "ee", "y", "j"), "i"),
    **dict.fromkeys(("ck", "c", "q"), "k"),
    "ue": "u",
    "ph": "f",
    "w": "v",
    "x": "ks",
    "z": "s",
}
_ONE_KOREAN_SOUND = {
    **dict.fromkeys(("yeo", "you", "yu"), "yo"),
    **dict.fromkeys(("woo", "wu", "eo", "eu", "oo", "ou", "u"), "o"),
    **dict.fromkeys(("ee", "yi", "ui"), "i"),
    **dict.fromkeys(("ae", "ai", "ye"), "e"),
    "oe": "oi",
    "ch": "j",
    "ark": "ak",
    "g": "k",
    "d": "t",
    "b": "p",
    "r": "l",
}
_SILENT = re.compile(r"(?<!^)h|(.)(?=\1)|^i(?=e)")
_KOREAN_SILENT = re.compile(r"(?<!^)h|(.)(?=\1)|^l")


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
            keys.add(words[0] + initials[1:] + family)
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
    families = _families(*VIETNAMESE)
    if words[-1] not in families:
        words = (*words[1:], words[0])
    *given, family = words
    if family not in families:
        return None
    telling = frozenset(given) - _MIDDLE if len(given) > 1 else frozenset(given)
    return (family, telling) if telling else None


def without_first_given_name(name: PersonName) -> str | None:
    """The key that a name has without its first given name, if another is spelt out behind it.

    >>> from pipeline.identity.names import person_name
    >>> [without_first_given_name(person_name(text)) for text in ("Wayne Xin Zhao", "W. X. Zhao")]
    ['xinzhao', None]
    """
    others = name.given[1:]
    return "".join(others) + name.family if others and len(others[0]) > 1 else None


def alone_twice(name: PersonName) -> str | None:
    """The one name of `Suwarno Suwarno` or `S. Suwarno`, as forms ask for of who has but one.

    >>> from pipeline.identity.names import person_name
    >>> [alone_twice(person_name(text)) for text in ("Suwarno Suwarno", "S. Suwarno", "A. Suwarno")]
    ['suwarno', 'suwarno', None]
    """
    twice = len(name.given) == 1 and name.given[0] in {name.family, name.family[:1]}
    return name.family if twice else None


def in_full(name: PersonName) -> frozenset[str]:
    """The keys that a name has with its given name in full, of `Bob Stone` that of `Robert`."""
    if not (name.given and (first_names := full_names(name.given[0]))):
        return _NO_KEYS
    behind = "".join(name.given[1:]) + name.family
    return frozenset(first + behind for first in first_names)


def sound(name: PersonName) -> str | None:
    """What the ways to spell a name out of one language into another have in common.

    Of the given names it is the first one's, of a Korean name all; None for initials, for short
    names, and for Chinese and Vietnamese ones, which are spelt in one way and differ by little.
    Two of a sound may well be two people.

    >>> from pipeline.identity.names import person_name
    >>> {sound(person_name(text)) for text in ("Guenter Rössner", "Gunter Roesner")}
    {'gunterrosner'}
    >>> len({sound(person_name(text)) for text in ("박지우", "Ji-woo Park", "Jiu Bak")})
    1
    """
    if is_initials(name) or not name.given or len(name.key) < FEWEST_SOUNDS:
        return None
    korean = name.family in _families(*KOREAN)
    if not korean and is_family_first(name.family):
        return None
    given = name.given_key if korean else name.given[0]
    return sounds(given, korean=korean) + sounds(name.family, korean=korean)


@lru_cache(maxsize=1 << 16)
def other_keys(name: PersonName) -> frozenset[object]:
    """A name's key and what it has in common with the other forms of it."""
    keys = {name.key, name.second_key, vietnamese_words(name), sound(name)}
    keys |= {without_first_given_name(name), *in_full(name)}
    return frozenset(keys | swapped_keys(name) | without_last_family_name(name)) - {None}


@lru_cache(maxsize=2)
def _spellings(*, korean: bool) -> re.Pattern[str]:
    letters = _ONE_KOREAN_SOUND if korean else _ONE_SOUND
    return re.compile("|".join(sorted(letters, key=len, reverse=True)))


@lru_cache(maxsize=1 << 16)
def sounds(folded: str, *, korean: bool) -> str:
    """Each group of letters that stands for a sound in several ways in one of them."""
    letters, silent = (_ONE_KOREAN_SOUND, _KOREAN_SILENT) if korean else (_ONE_SOUND, _SILENT)
    return silent.sub("", _spellings(korean=korean).sub(lambda group: letters[group[0]], folded))


def _words(name: PersonName) -> list[str]:
    """The given names and the family names one by one, if there are two of these."""
    return list(filter(None, (*name.given, name.family.removesuffix(name.last), name.last)))


@lru_cache(maxsize=8)
def _families(*of: str) -> frozenset[str]:
    return frozenset(
        family for language in languages() if language.name in of for family in language.family
    )
