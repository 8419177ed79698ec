"""No pattern and no reader takes longer than in proportion to its text, whatever stands there."""

from __future__ import annotations

import re

import pytest

from benchmarks.siege.growth import BEFORE, MOST_GROWTH, UNITS, growth, slow_patterns, slow_readers


def test_no_pattern_takes_longer_than_in_proportion_to_its_text() -> None:
    assert list(filter(None, slow_patterns())) == []


def test_no_reader_takes_longer_than_in_proportion_to_its_text() -> None:
    assert list(filter(None, slow_readers())) == []


@pytest.mark.parametrize("written", [r"\s+(\d{1,4})$", r"\$((?:[^$\\]|\\[a-z]+)+)\$"])
def test_a_pattern_that_turns_back_is_noticed(written: str) -> None:
    pattern = re.compile(written)
    assert any(
        growth(pattern, "finditer", before, unit) > MOST_GROWTH
        for before in BEFORE
        for unit in UNITS
    )
