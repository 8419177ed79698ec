"""How `pipeline/data/words.npz` was made: which words of titles stand beside which.

    python -m benchmarks.people.words [FILE]

From the titles of an arXiv snapshot, by default the sample in `../shared`: how much more often two
words stand in one title than chance has it (positive pointwise mutual information), as vectors by
a singular value decomposition (https://doi.org/10.1162/tacl_a_00134). FILE is where the table is
written; without it, whether it is the one that ships is told. It takes half a minute.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from benchmarks.folders import CORPUS
from pipeline.identity.subjects import SCALE, Stems, WordVectors, shipped_vectors, title_vectors
from pipeline.sources.arxiv_snapshot import Repaired, facts_of_line

FEWEST_TITLES = 40
"""A word of fewer titles is left out: it says little of what others are about."""
FEWEST_TOGETHER = 3
DIRECTIONS = 32
FLATTENED = 0.75
"""Rare words are taken for a little less rare, as usual for such counts."""
Titles = Sequence[tuple[str, ...]]


def vectors_of(titles: Titles) -> WordVectors:
    """The vectors of the words of titles, as whole numbers from -127 to 127, rare words' longer."""
    with_word = Counter(word for title in titles for word in title)
    words = sorted(word for word, count in with_word.items() if count >= FEWEST_TITLES)
    numbers = {word: number for number, word in enumerate(words)}
    beside = _mutual_information(_occurrences(titles, numbers))
    left, sizes, _ = svds(beside, k=DIRECTIONS, random_state=0)
    vectors = left[:, ::-1] * np.sqrt(sizes[::-1])
    vectors *= np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(DIRECTIONS)])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    rarity = np.log(len(titles) / np.array([with_word[word] for word in words]))
    stored = np.rint(vectors * rarity[:, None] * SCALE).astype(np.int8)
    usual = title_vectors(titles, numbers, stored)
    return WordVectors(numbers, stored, usual[usual.any(axis=1)].mean(axis=0))


def _occurrences(titles: Titles, numbers: dict[str, int]) -> sparse.csr_matrix:
    places = [(n, numbers[w]) for n, title in enumerate(titles) for w in title if w in numbers]
    rows, columns = np.array(places).T
    shape = (len(titles), len(numbers))
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape)


def _mutual_information(occurrences: sparse.csr_matrix) -> sparse.csr_matrix:
    together = (occurrences.T @ occurrences).tocoo()
    others = (together.row != together.col) & (together.data >= FEWEST_TOGETHER)
    rows, columns, counts = together.row[others], together.col[others], together.data[others]
    of_word = np.bincount(rows, counts, together.shape[0])
    flattened = of_word**FLATTENED
    expected = of_word[rows] * (flattened / flattened.sum())[columns]
    information = np.log(counts / expected)
    more = information > 0
    return sparse.csr_matrix((information[more], (rows[more], columns[more])), shape=together.shape)


def _titles(corpus: Path) -> Titles:
    stems = Stems()
    with gzip.open(corpus) as lines:
        read = (facts_of_line(line) for line in lines)
        facts = (each.facts if isinstance(each, Repaired) else each for each in read)
        return [stems.of_title(each.title or "") for each in facts]


def _main(file: Path | None) -> int:
    found = vectors_of(_titles(CORPUS))
    print(f"{len(found.numbers):,} words")
    if file:
        text = "\n".join(found.numbers).encode()
        words = np.frombuffer(text, np.uint8)
        np.savez_compressed(file, words=words, vectors=found.vectors, usual=found.usual)
        return 0
    ships = shipped_vectors()
    same = found.numbers == ships.numbers and bool((found.vectors == ships.vectors).all())
    print(f"these are {'' if same else 'NOT '}the vectors that ship")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
