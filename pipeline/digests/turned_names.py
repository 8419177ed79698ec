"""Names printed family name first, each with its given name first; `Jr.` with its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from pipeline.digests.affiliations import before_affiliations
from pipeline.model.common_names import FAR_MORE, given_by_family, languages
from pipeline.model.folding import folded_name

_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
_FAMILY = r"(?:(?:[a-z]{2,3}|Van|Von|De|Del|Da|Di|Dos|Du|La|Le|El|Al|St\.?)\s){0,3}[^\W\d_][^\s,.]+"
_TURNED = re.compile(rf"{_FAMILY},\s*[^\s,][^,]{{0,40}}")
_TURNED_INITIALS = re.compile(
    rf"{_FAMILY}(?: [^\W\d_][^\s,.]+)?, [^\W\d_](?:\.[\s-]?[^\W\d_]){{0,3}}\.?"
)
_TWO_SYLLABLES = re.compile(r"[^\W\d_]{2,}-[^\W\d_A-Z]+")
_FAMILIES = re.compile(rf"{_FAMILY}(?: [^\W\d_][^\s,.]+)?")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_BETWEEN_TURNED = re.compile(r"(?:,|(?<![\s,]))\s++(?:and|&)\s+")
_BETWEEN_PEOPLE = re.compile(r";(?:\s*+(?:and|&)\s)?")
_TWO_FAMILIES = ("Spanish", "Portuguese")


def suffixes_joined(items: Sequence[str]) -> list[str]:
    """The items, with `Jr.` and its like put back to the name that they follow."""
    return [
        f"{item}, {following}" if _SUFFIX.fullmatch(following) else item
        for item, following in pairwise([*items, ""])
        if not _SUFFIX.fullmatch(item)
    ]


def given_names_first(text: str) -> str:
    """A list of names printed family name first, each given name first; any other as it is.

    Between such names stand semicolons or `and`, or each comma's second half is initials or known
    as a given name, and the first is not.

    >>> given_names_first("Park, Ji-woo"), given_names_first("Quvelic, Maria, Lee, Bo P.")
    ('Ji-woo Park', 'Maria Quvelic; Bo P. Lee')
    >>> [given_names_first(text) for text in ("Kipf, Welling", "Lee, Kim", "Maria, Ann")]
    ['Kipf, Welling', 'Lee, Kim', 'Maria, Ann']
    """
    if ";" in text:
        people = _BETWEEN_PEOPLE.split(text)
        return ";".join(before_affiliations(people) or map(_given_first, people))
    names = _BETWEEN_TURNED.split(text)
    if len(names) < 2 or not all(map(_TURNED.fullmatch, names)):
        # `and` stands between people, never between the halves of a name.
        halves = [[half.strip() for half in name.split(",")] for name in names]
        items = list(chain.from_iterable(halves))
        names = [
            f"{family}, {given}" for family, given in zip(items[::2], items[1::2], strict=False)
        ]
        initials = all(map(_TURNED_INITIALS.fullmatch, names))
        odd = any(len(each) % 2 for each in halves)
        if odd or not (initials or _are_halves(items[::2], items[1::2])):
            return text
    return "; ".join(map(_given_first, names))


def _are_halves(families: Sequence[str], given: Sequence[str]) -> bool:
    """Whether some are family names and the others given names, by the table of names.

    One given name at least is clearly one, and of the family names none is.
    """
    known = [given_by_family(names.split()[0]) for names in given if names]
    clear = any(share > FAR_MORE for share in known) or any(map(_TWO_SYLLABLES.fullmatch, given))
    return (
        clear
        and not any(map(_are_two_people, families, given))
        and all(map(_FAMILIES.fullmatch, families))
        and not any(
            given_by_family(word) > FAR_MORE
            for name in families
            for word in name.split()
            if word[0].isupper()
        )
        and all(_can_be_given(word) for names in given for word in names.split() or [""])
    )


def _are_two_people(family: str, given: str) -> bool:
    """Whether two halves are rather names of their own: `Denny Zhou` and `Jason Wei`.

    Family names of two words are known ones of Spanish or Portuguese.
    """
    words, others = ([w for w in half.split() if w[:1].isupper()] for half in (family, given))
    whole = len(words) > 1 and sum(not _INITIAL.fullmatch(word) for word in others) > 1
    return whole and not all(map(_is_iberian, words))


def _is_iberian(word: str) -> bool:
    folded = folded_name(word)
    return any(
        folded in language.family for language in languages() if language.name in _TWO_FAMILIES
    )


def _can_be_given(word: str) -> bool:
    shaped = _INITIAL.fullmatch(word) or _TWO_SYLLABLES.fullmatch(word)
    return bool(shaped) or given_by_family(word) * FAR_MORE > 1


def _given_first(item: str) -> str:
    """`Wei, Yuxiang`, as lists with semicolons print it, as `Yuxiang Wei`."""
    item = item.strip()
    family, _, given = item.partition(", ")
    turned = given and "," not in given and not _SUFFIX.fullmatch(given)
    return f"{given} {family}" if turned else item
