"""Whose names are to be told apart anew, as something has changed that they rest on.

Counts of names and words are coarse (`pipeline.identity.rarity`), so that a paper more changes few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from pipeline.identity.contexts import nearest
from pipeline.identity.evidence import MOST_EXPECTED
from pipeline.identity.forms import Known
from pipeline.identity.signatures import SignatureRef


class Basis(NamedTuple):
    """What the resolution of names rests on.

    For each paper a mark of what is `said` of its authors, and their `keys`; `expected` is how many
    people bear each name, `rarity` is of each word of titles; `everywhere` counts for all, and what
    is `usual` for all whose titles have a subject.
    """

    everywhere: tuple[float, ...]
    usual: tuple[float, ...]
    papers: tuple[str, ...]
    said: tuple[bytes, ...]
    keys: tuple[tuple[str, ...], ...]
    expected: dict[str, float]
    rarity: dict[str, float]

    @classmethod
    def of(cls, known: Known, said: Mapping[str, bytes]) -> Basis:
        """What names rest on now; `said` is by paper id."""
        around = known.around
        tell = all(form.tells for form in known.forms.values())
        return cls(
            (known.world, float(tell), *around.weights),
            tuple(around.subjects.usual.tolist()),
            tuple(paper.id for paper in around.papers),
            tuple(said[paper.id] for paper in around.papers),
            tuple(paper.keys for paper in around.papers),
            dict(around.expected),
            around.rarity_of,
        )


class TouchedNames(NamedTuple):
    """The `names` that are touched, and, of those whose topics are compared, the `papers` too."""

    names: set[str]
    papers: set[int]


def touched_names(
    before: Basis | None,
    now: Basis,
    by_name: Mapping[str, Sequence[SignatureRef]],
    known: Known,
) -> TouchedNames | None:
    """The names whose people may not be those of `before`; None where all are to be looked at.

    What a name rests on lies on its papers and on those of its co-authors: it is touched where one
    of these is another, or has a name that is as rare as it was not. Words count where topics are
    compared, on a paper and on those that are looked at from there.
    """
    if before is None or before.everywhere != now.everywhere:
        return None
    papers = known.around.papers
    otherwise = {k for k, expected in now.expected.items() if before.expected.get(k) != expected}
    met = _names_of_changed(before, now) | _names_beside(before, known, otherwise)
    if before.usual != now.usual:
        met |= _names_with_subject(known)
    numbers = {mark.paper for key in met | otherwise for mark in by_name.get(key, ())}
    names = met | otherwise | set(chain.from_iterable(papers[number].keys for number in numbers))
    return TouchedNames(names, _papers_near_words(before, known))


def _names_of_changed(before: Basis, now: Basis) -> set[str]:
    """The names, then and now, of the papers that are new, gone, or of other authors."""
    said_then, said_now = (dict(zip(b.papers, b.said, strict=True)) for b in (before, now))
    return {
        key
        for basis, others in ((before, said_now), (now, said_then))
        for paper_id, said, keys in zip(basis.papers, basis.said, basis.keys, strict=True)
        if others.get(paper_id) != said
        for key in keys
    }


def _names_with_subject(known: Known) -> set[str]:
    """The names of papers whose titles are about something, as far as is known."""
    papers, vectors = known.around.papers, known.around.subjects.vectors
    about = np.flatnonzero(vectors.any(axis=1)).tolist()
    return {key for number in about for key in papers[number].keys}


def _names_beside(before: Basis, known: Known, otherwise: Iterable[str]) -> set[str]:
    """The names of papers with a name that now tells or not."""
    told, tell = before.expected, known.around.expected
    tellers = {key for key in otherwise if _tells(told, key) != _tells(tell, key)}
    if not tellers:
        return set()
    beside = (p.keys for p in known.around.papers if not tellers.isdisjoint(p.looked_at))
    return set(chain.from_iterable(beside))


def _papers_near_words(before: Basis, known: Known) -> set[int]:
    """The papers with a word as rare as it was not, and those from which one is looked at."""
    around, then = known.around, before.rarity
    words = {word for word, rarity in around.rarity_of.items() if then.get(word) != rarity}
    if not words:
        return set()
    with_word = {n for n, of_title in enumerate(around.words_of) if not words.isdisjoint(of_title)}
    co_authors = {key for number in with_word for key in around.telling(number)}
    near = {
        number
        for signed in map(around.papers_of.__getitem__, co_authors)
        for number in signed
        if not with_word.isdisjoint(nearest(signed, number))
    }
    return with_word | near


def _tells(expected: Mapping[str, float], key: str) -> bool:
    return expected.get(key, MOST_EXPECTED) <= MOST_EXPECTED
