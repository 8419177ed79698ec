r"""The parts of a person's name as author lists print it, and whether two forms can be one name.

The parts are folded as `pipeline.model.folding` does it: they are for comparing, never for showing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.model.folding import folded_name

_PARTICLES = frozenset(
    """
    af al ap aus aux da dal dall dalla dalle das de degli dei del dela della delle den der des di
    do dos du el la le les lo mac nic 't te ten ter to van vande vander vom von zu zum zur
    """.split()
)
_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3"}
_NUMBERED = re.compile(r"\s+(\d{4})$")
_NICKNAME = re.compile(r"\s*(?:\(([^()]*)\)|(?<![\w\\])[“\"']([^”\"'()]+)[”\"'](?!\w))\s*")
_LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}\)\s*)?(?:and\s+(?=\S))?")
_FOOTNOTE = re.compile(r"(?:(?<=[^\W\d_])\d{1,2}(?:,\d{1,2})*|[*†‡§¶‖\s])+$")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_ODD = re.compile(r"[^\w\s.-]|[\d_]|^\s*and\s")
"""What no name needs: where there is none of it, a name has no mark, number, nickname or comma."""
_JOINED_INITIALS = re.compile(r"(?<![^\W\d_])([^\W\d_])\.-?(?=[^\W\d_])")


class PersonName(NamedTuple):
    """The folded parts of a name. `key` is all of it but for `suffix`, `number` and `nicknames`.

    `given` are the words before the family name, whose particles belong to it. `number` is the one
    that DBLP tells people of one name apart by. `second_key` has an umlaut spelt with an e; None
    where there is none.
    """

    key: str
    given: tuple[str, ...]
    family: str
    suffix: str | None = None
    number: str | None = None
    nicknames: tuple[str, ...] = ()
    second_key: str | None = None
    last: str = ""

    @property
    def block(self) -> tuple[str, str]:
        """The last part of the family name and the first initial."""
        return self.last or self.family, self.given_key[:1]

    @property
    def given_key(self) -> str:
        """The given names as one string."""
        return "".join(self.given)


@lru_cache(maxsize=1 << 20)
def person_name(text: str) -> PersonName:
    r"""The parts of a name, whatever its order, marks, case and accents.

    >>> person_name("van de Ven, Gido M.")[:3]
    ('gidomvandeven', ('gido', 'm'), 'vandeven')
    >>> person_name("Yang (Katie) Zhao").nicknames, person_name("Wei Wang 0003").number
    (('katie',), '0003')
    """
    number: str | None = None
    nicknames: tuple[str, ...] = ()
    if _ODD.search(text):
        text, number = _without_number(_LIST_MARK.sub("", text.strip()))
        found = ("".join(groups) for groups in _NICKNAME.findall(text))
        nicknames = tuple(filter(None, map(folded_name, found)))
        text = _given_first(_FOOTNOTE.sub("", _NICKNAME.sub(" ", text)))
    words, suffix = _without_suffix(_words(text))
    start = _family_start(words)
    folded = [folded_name(word) for word in words]
    key = "".join(folded)
    spelt = text if text.isascii() else text.translate(_SPELT)
    return PersonName(
        key=key,
        given=tuple(filter(None, folded[:start])),
        family="".join(folded[start:]),
        last=folded_name(words[-1].rpartition("-")[2]) if words else "",
        suffix=suffix,
        number=number,
        nicknames=nicknames,
        second_key=folded_name(" ".join(_words(spelt))) if spelt != text else None,
    )


def compatible(a: PersonName, b: PersonName) -> bool:
    """Whether two forms can be one person's: same family name, no given name against another.

    An initial fits the names that begin with it, and a middle name may be missing; two that differ
    may not. Jr. is not Sr., and two numbers of DBLP are two people.

    >>> compatible(person_name("Z. Allen-Zhu"), person_name("Zeyuan Allen-Zhu"))
    True
    >>> compatible(person_name("Ed H. Chi"), person_name("Ed K. Chi"))
    False
    """
    if any(x and y and x != y for x, y in ((a.suffix, b.suffix), (a.number, b.number))):
        return False
    if a.key == b.key or (a.second_key or a.key) == (b.second_key or b.key):
        return True
    if a.family != b.family or not a.given or not b.given:
        return False
    if a.given_key == b.given_key:
        return True
    return all(_fits(x, y) for x, y in zip(a.given, b.given, strict=False))


def is_initials(name: PersonName) -> bool:
    """Whether a name says no more of its given names than their first letters."""
    return max(map(len, name.given), default=0) <= 1


def fullness(name: PersonName) -> tuple[int, int]:
    """How much a name says: how many given names are spelt out, then how many letters it has."""
    return sum(len(word) > 1 for word in name.given), len(name.key)


def swapped_key(name: PersonName) -> str | None:
    """The key that a name has when its family name is printed first; None for initials."""
    return None if is_initials(name) else name.family + name.given_key


def _fits(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[:1] == b[:1])


def _without_number(text: str) -> tuple[str, str | None]:
    found = _NUMBERED.search(text)
    return (text[: found.start()], found[1]) if found else (text, None)


def _given_first(text: str) -> str:
    family, comma, given = text.partition(",")
    if not comma:
        return text
    if folded_name(given) in _SUFFIXES:
        return f"{family} {given}"
    return f"{given} {family}"


def _words(text: str) -> list[str]:
    if "." in text:
        text = _JOINED_INITIALS.sub(r"\1. ", text)
    return list(filter(folded_name, text.split()))


def _without_suffix(words: list[str]) -> tuple[list[str], str | None]:
    if len(words) > 2 and folded_name(words[-1]) in _SUFFIXES:
        return words[:-1], _SUFFIXES[folded_name(words[-1])]
    return words, None


def _family_start(words: list[str]) -> int:
    """Where the family name begins: its particles belong to it, if a given name is before them."""
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1].casefold().replace("’", "'") in _PARTICLES:
        start -= 1
    return start
