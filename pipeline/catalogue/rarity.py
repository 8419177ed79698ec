"""How rare a title is, by the words of all titles of a catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.model.title_twins import FEWEST_TITLES, TwinCounts, rarity_bits, title_share

RARE_IN = 1_000
"""A word is rare that at most one title in so many has."""


class TitleRarity(NamedTuple):
    """How often another paper bears a title like this, its rare words, how rare all are in bits.

    Each is None where it is not known.
    """

    twins: float | None = None
    rare: frozenset[str] | None = None
    bits: float | None = None


def rarity_of(
    words: Sequence[str], titles_with: Mapping[str, int], titles: int, counted: TwinCounts
) -> TitleRarity:
    """The rarity of a title of these words, each of which is in so many of all titles."""
    if not words:
        return TitleRarity()
    counts = titles_with.values()
    if titles < FEWEST_TITLES:
        return TitleRarity(title_share(words, (), titles, counted))
    rare = frozenset(word for word, count in titles_with.items() if count * RARE_IN <= titles)
    share = title_share(words, counts, titles, counted)
    return TitleRarity(share, rare, rarity_bits(counts, titles))
