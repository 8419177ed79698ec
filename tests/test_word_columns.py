"""Words of whole columns, and of names by the letters they share: the same as of each text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from pipeline.analyse.word_columns import NameWords, spaced_words, word_column
from pipeline.explain.people import Named, people_called

TEXTS = (
    "Qwen2.5-Math: Step-by-Step", "  spaces  round  ", "", "...", "S$^3$c-Math", "Poincaré maps",
    r"Schr\"odinger's $\alpha$", "Tom &amp; Jerry", "데이터 선별", "A\u00a0B\u2028C", "x", "-x-",
    "\x00tab\tline\n", "UPPER lower 42",
)  # fmt: skip


@pytest.mark.parametrize("chunks", [1, 3])
def test_a_column_has_the_words_that_each_text_has(chunks: int) -> None:
    column = pa.chunked_array([pa.array([*TEXTS, None])] * chunks)
    assert word_column(column).to_pylist() == [*map(spaced_words, TEXTS), ""] * chunks


def test_words_are_joined_within_a_name_and_not_from_one_to_the_next() -> None:
    names = NameWords(pa.array(["Deep Seek", "Coder", None, "R1"]), np.array([0, 0, 1, 1]), 2)
    assert names.holding(" deepseek").tolist() == [True, False]
    assert not names.holding(" seekcoder").any()
    assert not names.holding(" eepseek").any()
    assert not names.holding(" deepse").any()
    assert names.holding("eepse").tolist() == [True, False]
    assert names.containing("pseek").tolist() == [True, False]


@pytest.mark.parametrize(
    "name",
    [r"J\"urgen Roe", "J&#252;rgen Roe", "Roe, Jürgen", "jurgen roe", "JURGEN ROE*", "JÃ¼rgen Roe"],
)
def test_who_is_spelt_otherwise_is_explained_by_the_plain_name(name: str) -> None:
    others, author = Named("author:xy", ["Xu Ye"]), Named("author:1", ["J. Roe", name])
    assert people_called("Jurgen Roe", [others, author]) == [author]
