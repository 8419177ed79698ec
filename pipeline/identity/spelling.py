"""How a name is spelt: most people hold to one way of writing what is spelt out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache

from pipeline.identity.name_order import is_asian
from pipeline.identity.printed_names import in_latin
from pipeline.model.folding import folded_name

_APART = re.compile(r"[\s.\u2010-\u2013-]+")


@lru_cache(maxsize=1 << 18)
def spelling(text: str) -> str | None:
    """The words of a name that are spelt out, in no order; None for one in another script.

    A hyphen parts words as a space does; case, accents and initials say nothing.

    >>> spelling("Guo-Jun Qi") == spelling("QI Guo Jun"), spelling("Guojun Qi")
    (True, 'guojun qi')
    """
    if is_asian(text) or in_latin(text) != text:
        return None
    words = map(folded_name, _APART.split(text))
    return " ".join(sorted(word for word in words if len(word) > 1))


def spellings(texts: Iterable[str]) -> frozenset[str]:
    """In which ways these are spelt, other scripts left out."""
    return frozenset(filter(None, map(spelling, set(texts))))


def spelt_otherwise(ours: Set[str], theirs: Set[str]) -> bool:
    """Whether of two people's spellings none is the same, so far as they are known."""
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)
