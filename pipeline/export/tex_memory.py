r"""How much of each paper pdfTeX can hold when a document cites all of them (`\nocite{*}`).

BibLaTeX keeps every field of every entry in TeX's memory, printed or not. Of the 5,000,000 words
that TeX Live gives it (`kpsewhich -var-value=main_memory`), LaTeX and BibLaTeX take 600,000.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.author_lists import Beside

ROOM = 3_600_000
"""Words of memory for entries; the rest is for LaTeX, BibLaTeX and a few packages."""

_OF_ENTRY, _OF_NAME = 520, 120
_TEXTS = {"id": 4.0, "title": 1.0, "url": 2.0, "doi": 2.0, "venue": 1.0}
"""How often each is there: the key in lists of what is cited, an address as two fields."""
_NO_END = 2**31 - 1
_STEPS = ((_NO_END, _NO_END), (100, 100), (30, 30), (10, 10), (6, 6), (4, 4), (3, 3), (3, 1))


class TexLimits(NamedTuple):
    """What of each paper is written so that TeX holds all.

    A list of more than `most_names` has so many as `names_shown`; words of more than `most_bytes`
    are not among those that BibLaTeX loads.
    """

    abstracts: bool = True
    most_names: int = _NO_END
    names_shown: int = _NO_END
    most_bytes: int = _NO_END


WHOLE = TexLimits()


def held(nodes: pa.Table, wrote: Beside) -> TexLimits:
    """What is left out first is abstracts, then names of long lists, then the longest words.

    What TeX could not hold even so is not cut at all.
    """
    rows = np.flatnonzero(pc.equal(nodes["kind"], "paper").to_numpy())
    if len(rows) * _OF_ENTRY > ROOM:
        return WHOLE
    # Lengths are taken of the rows alone, as the texts of a large graph are not to be copied.
    entries = len(rows) * _OF_ENTRY + sum(
        times * _bytes(nodes[name])[rows].sum() for name, times in _TEXTS.items()
    )
    if entries > ROOM:
        return WHOLE
    words = _bytes(nodes["commentary"])[rows]
    names = _NameCosts.of(rows, nodes, wrote)
    left = ROOM - entries - words.sum()
    if names.cost(_NO_END, _NO_END) + _bytes(nodes["abstract"])[rows].sum() <= left:
        return WHOLE
    for most, shown in _STEPS:
        if names.cost(most, shown) <= left:
            return TexLimits(False, most, shown)
    shortest = np.sort(words)
    fitting = np.searchsorted(np.cumsum(shortest), left + words.sum() - names.cost(*_STEPS[-1]))
    return TexLimits(False, *_STEPS[-1], int(shortest[max(fitting - 1, 0)])) if fitting else WHOLE


class _NameCosts(NamedTuple):
    """What each name costs, its place in its list, from 0, and how many names that has."""

    costs: np.ndarray
    places: np.ndarray
    counts: np.ndarray

    @staticmethod
    def of(papers: np.ndarray, nodes: pa.Table, wrote: Beside) -> _NameCosts:
        counts, rows = wrote.of(pa.array(papers))
        first = np.repeat(np.cumsum(counts) - counts, counts)
        lengths = _bytes(nodes["label"].take(rows))
        return _NameCosts(
            _OF_NAME + 1.5 * lengths, np.arange(len(rows)) - first, np.repeat(counts, counts)
        )

    def cost(self, most: int, shown: int) -> float:
        """Words of memory for all lists, those of more than `most` names with `shown`."""
        kept = (self.counts <= most) | (self.places < shown)
        return float(self.costs[kept].sum())


def _bytes(texts: pa.ChunkedArray) -> np.ndarray:
    lengths: np.ndarray = pc.fill_null(pc.binary_length(texts), 0).to_numpy()
    return lengths.astype(np.int64)
