r"""The parts of a person's name as author lists print it, and whether two forms can be one name.

The parts are folded as `pipeline.model.folding` does it: they are for comparing, never for showing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.identity.name_order import (
    are_particles,
    capital_initials,
    family_words,
    is_asian,
    is_family_first,
    is_vietnamese,
    spelt_apart,
    without_particles,
    without_second_initial,
)
from pipeline.identity.printed_names import (
    in_latin,
    repaired,
    spelt_as_initials,
    with_maria,
    without_footnotes,
    without_list_mark,
)
from pipeline.identity.short_forms import full_names
from pipeline.identity.suffixes import SUFFIXES, without_suffix
from pipeline.model.folding import folded_name

_PARTICLES = frozenset(
    """
    af al ap aus aux da dal dall dalla dalle das de degli dei del dela della delle den der des di
    do dos du el la le les lo mac nic st 't te ten ter to van vande vander vom von zu zum zur
    """.split()
)
FEWEST_LETTERS = 3
MOST_OF_MARKS = 4
"""Two numbers of so few digits may be footnote marks, and say nothing against one person."""
_TITLES = frozenset(("dr", "prof", "professor", "sir"))
_NUMBERED = re.compile(r"(?<!\s)\s++(\d{1,4})$")
_NICKNAME = re.compile(r"(?<!\s)\s*+(?:\(([^()]*)\)|(?<![\w\\])[“\"']([^”\"'()]+)[”\"'](?!\w))\s*")
_SPELT = {
    ord(letter): two
    for letter, two in zip(
        "äöüøåđÄÖÜØÅĐ", "ae oe ue oe aa dj Ae Oe Ue Oe Aa Dj".split(), strict=True
    )
}
_ODD = re.compile(r"[^\w\s.-]|[\d_ª¹²³⁰-⁹\u00c2-\u00f4\u0370-\u03ff\u1f00-\u1fff]|^\s*and\s")
"""What no name needs: where there is none of it, a name has no mark, number, nickname or comma."""
_DEGREES = frozenset("phd dphil dsc msc bsc mphil".split())
_NOTHING, _LONGEST_DEGREE = _DEGREES | {""}, len("D. Phil.")


class PersonName(NamedTuple):
    """The folded parts of a name. `key` is all of it but for `suffix`, `number` and `nicknames`.

    `given` are the words before the family name, whose particles belong to it. `number` is the one
    that DBLP tells people of one name apart by. `second_key` has an umlaut or the like spelt with
    two letters; None where there is none.
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
        """The last part of the family name, without particles, and the first initial."""
        return without_particles(self.last or self.family), self.given_key[:1]

    @property
    def given_key(self) -> str:
        """The given names as one string."""
        return "".join(self.given)


class _NameCache(dict[str, PersonName]):
    """Names taken apart, each once."""

    def __missing__(self, text: str) -> PersonName:
        name = self[text] = _taken_apart(text)
        return name


_NAMES = _NameCache()
MOST_NAMES = 1 << 20


def person_name(text: str) -> PersonName:
    r"""The parts of a name, whatever its order, marks, case, script and accents.

    >>> person_name("van de Ven, Gido M.")[:3]
    ('gidomvandeven', ('gido', 'm'), 'vandeven')
    >>> person_name("Yang (Katie) Zhao").nicknames, person_name("Wei Wang 0003").number
    (('katie',), '0003')
    >>> {person_name(text).key for text in ("Kim Min-jun", "KIM Minjun", "김민준", "Minjun Kim")}
    {'minjunkim'}
    """
    if len(_NAMES) > MOST_NAMES:
        _NAMES.clear()
    return _NAMES[text]


def know_names(names: Mapping[str, PersonName]) -> None:
    """Takes for known what `person_name` gave of these texts before."""
    _NAMES.update(names)


def drop_names(most: int = 0) -> None:
    """Holds on to no name, if they are more than this."""
    if len(_NAMES) > most:
        _NAMES.clear()


def _taken_apart(text: str) -> PersonName:
    number: str | None = None
    nicknames: tuple[str, ...] = ()
    if _ODD.search(text):
        text = with_maria(in_latin(repaired(text).strip()))
        text, number = _without_number(without_list_mark(text))
        nickname_texts = ("".join(groups) for groups in _NICKNAME.findall(text))
        nicknames = tuple(filter(None, map(folded_name, nickname_texts)))
        text = without_footnotes(_NICKNAME.sub(" ", text))
    (given, family), suffix = _parts(text)
    folded_given = tuple(filter(None, map(_folded_given, given)))
    folded_family = "".join(map(folded_name, family))
    return PersonName(
        key="".join(folded_given) + folded_family,
        given=folded_given,
        family=folded_family,
        last=folded_name(family[-1].rpartition("-")[2]) if family else "",
        suffix=suffix,
        number=number,
        nicknames=nicknames,
        second_key=None if text.isascii() else _umlauts_spelt([*given, *family]),
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
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return False
    if a.number and b.number and a.number != b.number and len(a.number + b.number) > MOST_OF_MARKS:
        return False
    if a.key == b.key or (a.second_key or a.key) == (b.second_key or b.key):
        return True
    a, b = _one_family(a, b), _one_family(b, a)
    if a.family != b.family or not a.given or not b.given:
        return False
    if a.given_key == b.given_key:
        return True
    first, other_first = a.given[0], b.given[0]
    short = _is_short_for(first, other_first) and not is_family_first(a.family)
    return (short or _fits(first, other_first)) and middle_names_fit(a, b)


def is_initials(name: PersonName) -> bool:
    """Whether a name says no more of its given names than their first letters."""
    # A loop, as a million names are looked at several times and most end at their first word.
    for word in name.given:  # noqa: SIM110
        if len(word) > 1:
            return False
    return True


def fullness(name: PersonName) -> tuple[int, int]:
    """How much a name says: how many given names are spelt out, then how many letters it has."""
    return sum(len(word) > 1 for word in name.given), len(name.key)


def swapped_keys(name: PersonName) -> frozenset[str]:
    """The keys that a name has if its family name is printed first, or is; none for initials."""
    if is_initials(name) or not name.given:
        return frozenset()
    first, *rest = name.given
    return frozenset((name.family + name.given_key, f"{''.join(rest)}{name.family}{first}"))


def _is_short_for(a: str, b: str) -> bool:
    """Whether a given name is the beginning of another or short for it: `Wil` and `William`."""
    few, many = sorted((a, b), key=len)
    begins = len(few) >= FEWEST_LETTERS and many.startswith(few)
    return begins or a in full_names(b) or b in full_names(a)


def middle_names_fit(a: PersonName, b: PersonName) -> bool:
    """Whether of the given names behind the first one has all that the other has, in order."""
    few, many = sorted((a.given[1:], b.given[1:]), key=len)
    if not few:
        return True
    left = iter(many)
    return all(any(_fits(x, y) for y in left) for x in few)


def _fits(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[:1] == b[:1])


def _without_number(text: str) -> tuple[str, str | None]:
    numbered = _NUMBERED.search(text)
    return (text[: numbered.start()], numbered[1]) if numbered else (text, None)


def _parts(text: str) -> tuple[tuple[list[str], list[str]], str | None]:
    """The given and the family words of a name, and its suffix."""
    parts = text.split(",")
    if len(parts) > 1 or len(text) <= _LONGEST_DEGREE:
        parts = [part for part in parts if folded_name(part) not in _NOTHING]
    suffixes = [part for part in parts[1:] if folded_name(part) in SUFFIXES]
    named = [part for part in parts if part not in suffixes]
    if len(named) > 1:
        words, suffix = without_suffix(_words(named[0]), others=1)
        divided = [word for part in named[1:] for word in _words(part)], words
    else:
        words, suffix = without_suffix(_words("".join(named)))
        divided = _divided(words)
    return divided, SUFFIXES[folded_name(suffixes[0])] if suffixes else suffix


def _folded_given(word: str) -> str:
    """A given name folded; of an initial one letter, also where another script has two for it."""
    folded = folded_name(word)
    return folded[:1] if len(word.rstrip(".")) == 1 and not is_asian(word) else folded


def _divided(words: list[str]) -> tuple[list[str], list[str]]:
    if words and is_asian(printed := " ".join(words)):
        words = spelt_apart(printed)
        return words[1:], words[:1]
    if len(words) < 2:
        return [], words
    words = without_second_initial(words)
    first = family_words(words)
    if first:
        return [*words[first:-1], *capital_initials(words[-1])], words[:first]
    start = _family_start(words)
    given = words[:start]
    if not words[-1].isupper():
        given = [letter for word in given for letter in capital_initials(word)]
    return given, words[start:]


def _one_family(name: PersonName, other: PersonName) -> PersonName:
    """The name with more of its words as family name, if the other's family name has them.

    Where these are particles alone, a name may lack them.
    """
    longer = len(other.family) - len(name.family)
    if longer <= 0 or not other.family.endswith(name.family):
        return name
    if are_particles(other.family.removesuffix(other.last)):
        return name._replace(family=other.family)
    for start in range(1, len(name.given)):
        if "".join(name.given[start:]) == other.family[:longer]:
            return name._replace(given=name.given[:start], family=other.family)
    return name


def _umlauts_spelt(words: Iterable[str]) -> str | None:
    plain = " ".join(words)
    spelt = plain.translate(_SPELT)
    return None if spelt == plain else "".join(map(folded_name, spelt.split()))


def _words(text: str) -> list[str]:
    words = list(filter(folded_name, spelt_as_initials(text).split()))
    while len(words) > 2 and folded_name(words[-1]) in _DEGREES:
        del words[-1]
    while len(words) > 2 and folded_name(words[0]) in _TITLES:
        del words[0]
    return words


def _family_start(words: list[str]) -> int:
    """Where the family name begins: its particles belong to it, if a given name is before them."""
    start = max(len(words) - 1, 0)
    if is_vietnamese(words[-1]) and words[-2].casefold() == "van":
        return start
    while start > 1 and words[start - 1].casefold().replace("’", "'").rstrip(".") in _PARTICLES:
        start -= 1
    return start
