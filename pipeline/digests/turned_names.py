"""Names printed family name first, each with its given name first; `Jr.` with its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
_FAMILY = r"(?:(?:[a-z]{2,3}|Van|Von|De|Del|Da|Di|Dos|Du|La|Le|El|Al|St\.?)\s){0,3}[^\W\d_][^\s,.]+"
_TURNED = re.compile(rf"{_FAMILY},\s*[^\s,][^,]{{0,40}}")
_TURNED_INITIALS = re.compile(
    rf"{_FAMILY}(?: [^\W\d_][^\s,.]+)?, [^\W\d_](?:\.[\s-]?[^\W\d_]){{0,3}}\.?"
)
_BETWEEN_TURNED = re.compile(r"(?:,|(?<![\s,]))\s++(?:and|&)\s+")
_BETWEEN_PEOPLE = re.compile(r";(?:\s*+(?:and|&)\s)?")
_BETWEEN_HALVES = re.compile(rf"{_BETWEEN_TURNED.pattern}|,")


def suffixes_joined(items: Sequence[str]) -> list[str]:
    """The items, with `Jr.` and its like put back to the name that they follow."""
    return [
        f"{item}, {following}" if _SUFFIX.fullmatch(following) else item
        for item, following in pairwise([*items, ""])
        if not _SUFFIX.fullmatch(item)
    ]


def given_names_first(text: str) -> str:
    """A list of names printed family name first, each given name first; any other as it is.

    Between such names stand semicolons or `and`, or each comma's second half is initials.
    """
    if ";" in text:
        return ";".join(map(_given_first, _BETWEEN_PEOPLE.split(text)))
    names = _BETWEEN_TURNED.split(text)
    if len(names) < 2 or not all(map(_TURNED.fullmatch, names)):
        items = [item.strip() for item in _BETWEEN_HALVES.split(text)]
        names = [
            f"{family}, {given}" for family, given in zip(items[::2], items[1::2], strict=False)
        ]
        if len(items) % 2 or not all(map(_TURNED_INITIALS.fullmatch, names)):
            return text
    return "; ".join(map(_given_first, names))


def _given_first(item: str) -> str:
    """`Wei, Yuxiang`, as lists with semicolons print it, as `Yuxiang Wei`."""
    item = item.strip()
    family, _, given = item.partition(", ")
    turned = given and "," not in given and not _SUFFIX.fullmatch(given)
    return f"{given} {family}" if turned else item
