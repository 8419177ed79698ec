"""How often another paper of arXiv, by other people, bears the very same title.

A title of few or common words says little, one of many rare words names its paper alone. Counted
over the titles of a catalogue, by their number of words and by how rare these are together:
the sum of `log2(titles / titles with the word)` over the different words, in bits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import log2
from typing import NamedTuple

WORDS = (1, 2, 3, 4, 5, 6, 7, 9)
"""The least number of words of each class; the last one has no end."""
BITS = (0, 25, 35, 45, 55, 70)
"""The least rarity of each class, in bits."""

FEWEST_TITLES = 10_000
"""A catalogue of fewer titles does not tell which words are rare."""
_BY_BITS = (1 / 24, 1 / 80, 1 / 240, 1 / 770, 1 / 2_550, 1 / 5_200)
_BY_WORDS = (1 / 20, 1 / 20, 1 / 48, 1 / 110, 1 / 230, 1 / 440, 1 / 1_230, 1 / 4_600)
"""Of 751,553 records with authors, which are 26 in 100 of arXiv: the share that is borne twice
there, by so much more as arXiv is larger."""
_PRIOR_TITLES = 5_000
"""What is known beforehand counts as much as so many titles."""
_ON_ANOTHER = frozenset(
    "erratum errata corrigendum corrigenda rejoinder addendum supplement supplementary "
    "supplemental".split()
)
_SHARED = _ON_ANOTHER | frozenset(
    "comment comments reply response discussion correction editorial preface introduction "
    "remembering obituary memoriam memorial tribute".split()
)
_OF_A_THING = (["response"], ["correction"])
"""The response of a cell and the correction of an image are what a paper is about."""


def shared_title(words: Sequence[str]) -> bool:
    """Whether a title says little more than a name: of another paper, of somebody who died.

    >>> shared_title(["a", "comment", "on", "nets"]), shared_title(["nets", "rejoinder"])
    (True, True)
    >>> shared_title(["remembering", "ann", "lee"]), shared_title(["in", "memoriam"])
    (True, True)
    >>> shared_title(["response", "of", "nets"]), shared_title(["response", "to", "nets"])
    (False, True)
    """
    from_first = words[1:] if words[:1] in (["a"], ["the"], ["in"]) else words
    about = from_first[:1] in _OF_A_THING and from_first[1:2] == ["of"]
    shared = bool(_SHARED.intersection(from_first[:1])) and not about
    return bool(words) and (shared or words[-1] in _ON_ANOTHER)


class TwinCounts(NamedTuple):
    """By class of words and of bits (`"5/2"`): titles, and those that others bear too.

    `share_of_arxiv` is how much of arXiv these titles are, 0 to 1.
    """

    titles: Mapping[str, int]
    twins: Mapping[str, int]
    share_of_arxiv: float


NO_COUNTS = TwinCounts({}, {}, 1.0)


def rarity_bits(counts: Iterable[int], titles: int) -> float | None:
    """How rare words are together, of which each is in so many of all titles; never below 0.

    None where there are too few titles to tell.

    >>> rarity_bits([1_000, 4_000], 16_000), rarity_bits([3], 50)
    (6.0, None)
    """
    if titles < FEWEST_TITLES:
        return None
    return sum(log2(titles / max(count, 1)) for count in counts)


def twin_share(words: int, bits: float | None, counted: TwinCounts = NO_COUNTS) -> float:
    """How often a title of so many words and bits is that of another paper of arXiv too, 0 to 1.

    >>> twin_share(3, 20.0) > 1 / 100 > 1 / 2_000 > twin_share(9, 80.0)
    True
    """
    of_words = max(bisect_right(WORDS, words) - 1, 0)
    if bits is None:
        return _BY_WORDS[of_words]
    of_bits = max(bisect_right(BITS, bits) - 1, 0)
    key = class_of(words, bits)
    twins = counted.twins.get(key, 0) / max(counted.share_of_arxiv, 0.01)
    prior = _BY_BITS[of_bits]
    return (twins + prior * _PRIOR_TITLES) / (counted.titles.get(key, 0) + _PRIOR_TITLES)


def class_of(words: int, bits: float) -> str:
    """The class of a title, as `TwinCounts` has it."""
    of_words = max(bisect_right(WORDS, words) - 1, 0)
    return f"{of_words}/{max(bisect_right(BITS, bits) - 1, 0)}"


def title_share(words: Sequence[str], counts: Iterable[int], titles: int, of: TwinCounts) -> float:
    """`twin_share` of a title by its words and the number of all titles that have each."""
    if shared_title(words):
        return twin_share(1, None)
    return twin_share(len(words), rarity_bits(counts, titles), of)
