"""The folded words of whole columns of texts: most texts need no look each."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.folding import title_words

MOST_JOINED = 3
"""Words of a name that are found as one too: DeepSeek-R1 by deepseekr1."""

_NOTHING, _SPACE = (pa.scalar(text, pa.large_string()) for text in ("", " "))


def word_column(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """For each text its `title_words`, each after a space; of a null none.

    >>> word_column(pa.array(["Qwen2.5-Math", None, "Poincaré"])).to_pylist()
    [' qwen2 5 math', '', ' poincare']
    """
    each = _each_once(texts)
    return _folded(each.dictionary).take(each.indices)


def spaced_words(text: str) -> str:
    """The words of one text, as `word_column` has them."""
    return "".join(f" {word}" for word in title_words(text))


def _folded(texts: pa.Array) -> pa.Array:
    # What is ASCII without a sign of TeX or HTML folds to its letters and digits.
    has_signs = pc.match_substring_regex(texts, r"[&\\]")
    others = pc.or_(pc.invert(pc.string_is_ascii(texts)), has_signs)
    plain = pc.replace_substring_regex(pc.ascii_lower(texts), "[^a-z0-9]+", " ")
    plain = pc.binary_join_element_wise(_SPACE, pc.ascii_trim_whitespace(plain), _NOTHING)
    folded = [spaced_words(text) for text in texts.filter(others).to_pylist()]
    plain = pc.replace_with_mask(plain, others, pa.array(folded, pa.large_string()))
    return pc.if_else(pc.equal(plain, _SPACE), _NOTHING, plain)


class NameWords:
    """The folded words of names, of which a row of `count` may have several or none.

    >>> names = NameWords(pa.array(["DeepSeek-R1", "Llama 2"]), np.array([1, 0]), 2)
    >>> names.holding(" deep"), names.holding(" deepseekr1"), names.containing("eepseekr")
    (array([False,  True]), array([False,  True]), array([False,  True]))
    """

    def __init__(self, texts: pa.Array | pa.ChunkedArray, rows: np.ndarray, count: int) -> None:
        each = _each_once(texts)
        self._which, self._rows, self._count = np.asarray(each.indices), rows, count
        self._words = _folded(each.dictionary)
        self._letters = pc.replace_substring(self._words, " ", "")
        parts = pc.split_pattern(self._words, " ")
        # Before the first space stands nothing, so that no run goes over the end of a name.
        word, self._name_of_word = pc.list_flatten(parts), np.asarray(pc.list_parent_indices(parts))
        self._runs = [_joined(word, n) for n in range(2, MOST_JOINED + 1)]

    def holding(self, word: str) -> np.ndarray:
        """Which rows have a word, or what begins with it, as `Term.word` has it: a boolean each.

        Words that stand together are found as one too, where it is all of them.
        """
        found = holding(self._words, word)
        whole = word.removeprefix(" ")
        for run in self._runs:
            fits = pc.equal(run, whole) if word != whole else pc.match_substring(run, word)
            found[self._name_of_word[np.flatnonzero(_flags(fits))]] = True
        return self._of_names(found)

    def containing(self, letters: str) -> np.ndarray:
        """Which rows have a name whose letters and digits hold these: a boolean each."""
        return self._of_names(holding(self._letters, letters))

    def fitting(self, pattern: str) -> np.ndarray:
        """Which rows have a name whose words, each after a space, fit this: a boolean each."""
        return self._of_names(_flags(pc.match_substring_regex(self._words, pattern)))

    def _of_names(self, names: np.ndarray) -> np.ndarray:
        rows = np.zeros(self._count, bool)
        rows[self._rows[names[self._which]]] = True
        return rows


def _joined(words: pa.Array, together: int) -> pa.Array:
    """Each word with those that follow it in its name, as one; null where there are too few."""
    parts = [words.slice(at, max(len(words) - together + 1, 0)) for at in range(together)]
    are_there = [pc.not_equal(part, "") for part in parts]
    runs = pc.binary_join_element_wise(*parts, _NOTHING)
    return pc.if_else(reduce(pc.and_, are_there), runs, None)


def holding(words: pa.Array, word: str) -> np.ndarray:
    """Which of a `word_column` have a word, or what begins with it: a boolean each."""
    return _flags(pc.match_substring(words, word))


def _flags(known: pa.Array) -> np.ndarray:
    return np.asarray(pc.fill_null(known, False), bool)


def _each_once(texts: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    texts = texts.cast(pa.large_string())
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return pc.fill_null(whole, "").dictionary_encode()
