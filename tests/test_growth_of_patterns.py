"""No pattern and no reader takes longer than in proportion to its text, whatever stands there."""

from __future__ import annotations

import re

import pytest

from benchmarks.siege.growth import MOST_GROWTH, growth, searches, slow_patterns, slow_readers


def test_no_pattern_takes_longer_than_in_proportion_to_its_text() -> None:
    assert list(filter(None, slow_patterns())) == []


def test_no_reader_takes_longer_than_in_proportion_to_its_text() -> None:
    assert list(filter(None, slow_readers())) == []


@pytest.mark.parametrize("written", [r"\s+(\d{1,4})$", r"\$(?:a|aa)+\$", r"(?<=\[)(?:a|aa)+\$"])
def test_a_pattern_that_turns_back_is_noticed(written: str) -> None:
    pattern = re.compile(written)
    assert any(growth(pattern, *search) > MOST_GROWTH for search in searches(["finditer"]))
