"""What titles are about: their words, and where these lie among the subjects of research.

Two titles without a common word may be of one field: `video coding`, `motion estimation`. The table
that ships, `pipeline/data/words.npz`, has a vector for each of some thousand words, so that words
are near which stand beside the same ones (https://doi.org/10.1162/tacl_a_00134). It is made by
`benchmarks/people/words.py` from the titles of arXiv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.model.folding import content_words, title_words

SCALE = 14.0
"""A vector of length 1 has numbers up to so much in the table, which are whole ones."""
FEW_TITLES = 30
"""The usual title counts as much as so many that are at hand."""
_ENDING = re.compile(r"(?<=[a-z0-9]{4})(?:ing|ed|es|s)$")
"""Of a word's endings these are dropped: `models` is about the same as `model`."""
COARSE = 1 / 32
"""What titles have in common is told in such steps, so that one title more rarely changes it."""
Vector = NDArray[np.float32]


class Stems(dict[str, str]):
    """Words without their endings, each found once; of a word that says nothing, nothing is left.

    They are held as long as they are needed, and a word that many titles have is held once.
    """

    def __missing__(self, word: str) -> str:
        self[word] = stem = _ENDING.sub("", word) if content_words(word) else ""
        return stem

    def of_title(self, title: str) -> tuple[str, ...]:
        """The words of a title, each once, in no order."""
        return tuple({stem for word in title_words(title) if (stem := self[word])})


class WordVectors(NamedTuple):
    """The number of each word, and the vectors by number; the rarer a word, the longer its own.

    `usual` is the mean of many titles, each of length 1.
    """

    numbers: Mapping[str, int]
    vectors: NDArray[np.int8]
    usual: Vector


@cache
def shipped_vectors() -> WordVectors:
    """The table that ships, read once."""
    with (files("pipeline") / "data" / "words.npz").open("rb") as file, np.load(file) as table:
        words = table["words"].tobytes().decode().split("\n")
        numbers = {word: number for number, word in enumerate(words)}
        return WordVectors(numbers, table["vectors"], table["usual"])


class Subjects(NamedTuple):
    """What titles are about: a vector for each, of length 1, or of 0s where no word is known.

    `usual` is what the titles at hand have in common. It is taken away, as it tells none apart.
    """

    usual: Vector
    vectors: Vector

    @classmethod
    def of(cls, titles: Sequence[Sequence[str]]) -> Subjects:
        """The subjects of titles that are given by their words."""
        if not any(titles):
            return cls(np.zeros(0, np.float32), np.zeros((len(titles), 0), np.float32))
        table = shipped_vectors()
        vectors = title_vectors(titles, table.numbers, table.vectors)
        known = vectors.any(axis=1)
        mean = (vectors.sum(axis=0) + table.usual * FEW_TITLES) / (known.sum() + FEW_TITLES)
        usual = np.rint(mean / COARSE) * np.float32(COARSE)
        vectors[known] = _unit(vectors[known] - usual)
        return cls(usual, vectors)


def title_vectors(
    titles: Sequence[Sequence[str]], known: Mapping[str, int], vectors: NDArray[np.int8]
) -> Vector:
    """The sums of the vectors of each title's words, of length 1 or, where none is known, 0."""
    numbers = [[known[word] for word in words if word in known] for words in titles]
    counts = np.array([len(each) for each in numbers], np.intp)
    sums = np.zeros((len(titles), vectors.shape[1]), np.float32)
    if counts.any():
        words = vectors[np.fromiter(chain.from_iterable(numbers), np.intp, counts.sum())]
        starts = (np.cumsum(counts) - counts)[counts > 0]
        sums[counts > 0] = np.add.reduceat(words, starts, dtype=np.int16)
    return _unit(sums)


def _unit(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vector = vectors / np.maximum(lengths, np.float32(1e-9))
    return unit
