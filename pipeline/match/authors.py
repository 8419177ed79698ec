"""Which people an entry and a paper have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.model.folding import family_name, folded_name
from pipeline.model.organisations import is_organisation
from pipeline.model.records import Entry, Facts


class _Name:
    """A name split for comparing: the family name, and the folded given names in order."""

    __slots__ = ("family", "given", "whole")

    def __init__(self, name: str) -> None:
        self.whole = folded_name(name)
        self.family = family_name(name)
        words = [folded_name(word) for word in name.replace(".", " ").split()]
        self.given = [word for word in words if word and word != self.family]


class InCommon(NamedTuple):
    """The scores `authors`, `people` and `within`, as `weighed` has them; None: not known."""

    authors: float | None = None
    people: float | None = None
    within: float | None = None


def authors_in_common(entry: Entry, facts: Facts) -> InCommon:
    """What the author list of an entry has in common with a paper's, or with its former one."""
    lists = [names for names in (facts.authors, facts.former_authors) if names]
    if not entry.authors or not lists:
        return InCommon()
    overlaps = [_overlap(entry.authors, names, entry.authors_complete) for names in lists]
    return max(overlaps, key=lambda each: each.authors or 0.0)


def same_first_author(entry: Entry, facts: Facts) -> float | None:
    """1 where the first authors can be one person, 0 where not, None where one is not known."""
    if not entry.authors or not facts.authors:
        return None
    typed_first, known_first = _people(entry.authors[:1]), _people(facts.authors[:1])
    if not typed_first or not known_first:
        return None
    return float(_can_be_one(_split(typed_first[0]), _split(known_first[0])))


def _overlap(typed: Sequence[str], of_paper: Sequence[str], complete: bool) -> InCommon:
    typed_people, known_people = (_people(tuple(names)) for names in (typed, of_paper))
    if not typed_people or not known_people:
        # A team may sign with its name, and its report be known under its members.
        same_teams = set(map(folded_name, typed)) & set(map(folded_name, of_paper))
        return InCommon(1.0, 0.0, 1.0) if same_teams else InCommon()
    shared = _people_in_common(typed_people, known_people) or _in_turned_order(
        typed_people, known_people
    )
    if not shared and (_are_handles(typed_people) or _are_handles(known_people)):
        return InCommon()
    length = (max if complete else min)(len(typed_people), len(known_people))
    within = float(shared == min(len(typed_people), len(known_people)))
    return InCommon(round(shared / length, 4), float(shared), within)


def _in_turned_order(a: Sequence[str], b: Sequence[str]) -> int:
    """How many people two lists share of which one has all family names first; else 0."""
    turned = [" ".join((*words[1:], *words[:1])) for words in (name.split() for name in a)]
    shared = _people_in_common(turned, b)
    return shared if shared > 1 and shared == min(len(a), len(b)) else 0


@lru_cache(maxsize=4096)
def _people(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if not is_organisation(name)]


def _are_handles(names: Sequence[str]) -> bool:
    """Whether none of these has a given name and a family name: handles, or an acronym."""
    return not any(" " in name.strip() or "." in name.strip(".") for name in names)


def _people_in_common(a: Sequence[str], b: Sequence[str]) -> int:
    spelled_alike = Counter(map(folded_name, a)) & Counter(map(folded_name, b))
    shared = spelled_alike.total()
    if shared == min(len(a), len(b)):
        return shared
    unused: dict[str, list[_Name]] = {}
    for name in map(_split, b):
        if name.whole not in spelled_alike:
            unused.setdefault(name.family, []).append(name)
    for name in map(_split, a):
        others = unused.get(name.family, []) if name.whole not in spelled_alike else []
        namesake = next((other for other in others if _can_be_one(name, other)), None)
        if namesake is not None:
            others.remove(namesake)
            shared += 1
    return shared


@lru_cache(maxsize=65536)
def _split(name: str) -> _Name:
    return _Name(name)


def _can_be_one(a: _Name, b: _Name) -> bool:
    """Whether two names can be one person's: initials, middle names or all but the last left out.

    `Martín Hötzel Escardó`, `M. Escardo`, `Hötzel Escardó` and `Escardo` can be, `Ann Escardo` not.
    """
    if a.whole == b.whole:
        return True
    if a.family != b.family:
        return False
    if not a.given or not b.given:
        return True
    if not _begins(a.given[0], b.given[0]):
        return _is_called_by_middle_name(*sorted((a.given, b.given), key=len))
    middle_a, middle_b = a.given[1:], b.given[1:]
    if not middle_a or not middle_b:
        return True
    short, long = sorted((middle_a, middle_b), key=len)
    return all(any(_begins(word, other) for other in long) for word in short)


def _is_called_by_middle_name(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether given names are the last of longer ones: `Son` of `Joon Son`, `A.` of `Yu. A.`"""
    last = long[len(long) - len(short) :]
    return len(short) < len(long) and all(map(_begins, short, last))


def _begins(a: str, b: str) -> bool:
    """Whether two given names are one, or one is the other's initial."""
    return a == b or (a[:1] == b[:1] and 1 in (len(a), len(b)))
