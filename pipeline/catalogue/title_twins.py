"""What the titles of a whole catalogue tell: which are borne twice, and which are damaged."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq
import tantivy

from pipeline.model.damaged_titles import damaged_words, end_word
from pipeline.model.folding import family_name, title_words
from pipeline.model.title_twins import TwinCounts, class_of, rarity_bits, shared_title

MOST_DRAWN = 50_000
"""The titles of each class are counted in so many of all records, at even distances."""
MOST_OF_A_CUT = 1_000
"""A word that more titles have was not cut."""
MOST_NAMED = 100_000
"""Records of damaged titles that are written down."""


class TitleFindings(NamedTuple):
    """The counts of twins, and the ids of the records whose titles are damaged."""

    twins: TwinCounts
    damaged: list[str]

    def as_json(self) -> dict[str, Any]:
        """The findings as `about.json` holds them."""
        return {"title_twins": self.twins._asdict(), "damaged_titles": self.damaged}


class _TitleRow(NamedTuple):
    number: int
    arxiv_id: str
    title: str
    authors: Sequence[str] | None


class TitleCounter:
    """Takes the folded titles of records, and at the end looks at those that come twice."""

    def __init__(self) -> None:
        self._keys = array("q")

    def add(self, keys: Sequence[str]) -> None:
        """The folded titles of the records that follow, today's alone."""
        self._keys.extend(map(hash, keys))

    def findings(self, records: Path, index: tantivy.Index, covered: float) -> TitleFindings:
        """What the titles tell, of records that are a share `covered` of arXiv."""
        titles_with = _counted_words(index)
        step = max(len(self._keys) // MOST_DRAWN, 1)
        several = self._in_several()
        drawn: Counter[str] = Counter()
        twins: dict[int, list[_TitleRow]] = {}
        ends = _Ends(titles_with)
        for row in _rows(records):
            if row.number % step == 0 and row.authors:
                drawn[self._class_of(row.title, titles_with) or ""] += step
            if row.number in several:
                twins.setdefault(several[row.number], []).append(row)
            ends.add(row)
        wrong_twins: Counter[str] = Counter()
        for rows in twins.values():
            wrong_twins[self._class_of(rows[0].title, titles_with) or ""] += _by_others(rows)
        drawn.pop("", None), wrong_twins.pop("", None)
        return TitleFindings(TwinCounts(dict(drawn), dict(wrong_twins), covered), ends.damaged())

    def _in_several(self) -> Mapping[int, int]:
        """The rows whose title another row has too, each with what stands for the title."""
        keys = np.frombuffer(self._keys, dtype=np.int64)
        _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
        rows = np.flatnonzero(counts[which] > 1)
        return dict(zip(rows.tolist(), which[rows].tolist(), strict=True))

    def _class_of(self, title: str, titles_with: Callable[[str], int]) -> str | None:
        words = title_words(title)
        bits = rarity_bits(map(titles_with, set(words)), len(self._keys))
        return None if bits is None or shared_title(words) else class_of(len(words), bits)


class _Ends:
    """The last words of titles, and the records whose title ends in a word that is not common."""

    def __init__(self, titles_with: Callable[[str], int]) -> None:
        self._titles_with = titles_with
        self._at_end: Counter[str] = Counter()
        self._records: dict[str, list[str]] = {}

    def add(self, row: _TitleRow) -> None:
        """One more record."""
        word = end_word(row.title)
        if word is None:
            return
        self._at_end[word] += 1
        if self._titles_with(word) <= MOST_OF_A_CUT:
            self._records.setdefault(word, []).append(row.arxiv_id)

    def damaged(self) -> list[str]:
        """The ids of the records whose titles were cut, sorted; at most so many."""
        words = damaged_words(self._at_end, self._titles_with)
        return sorted(i for word in words for i in self._records.get(word, ()))[:MOST_NAMED]


def _counted_words(index: tantivy.Index) -> Callable[[str], int]:
    index.reload()
    searcher = index.searcher()
    return cache(lambda word: int(searcher.doc_freq("words", word)))


def _rows(records: Path) -> Iterator[_TitleRow]:
    number = 0
    with pq.ParquetFile(records) as file:
        for group in range(file.num_row_groups):
            read = file.read_row_group(group, ["arxiv_id", "title", "authors"])
            for row in zip(*(column.to_pylist() for column in read), strict=True):
                yield _TitleRow(number, *row)
                number += 1


def _by_others(rows: Sequence[_TitleRow]) -> int:
    """How many of these papers of one title have a twin whose authors are all others."""
    people = [set(map(family_name, row.authors)) for row in rows if row.authors]
    return sum(any(not mine & theirs for theirs in people) for mine in people)
