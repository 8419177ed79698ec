"""What the value of a field of BibTeX says, as texts in marks, macros and what joins them."""

from __future__ import annotations

import pytest

from pipeline.digests.bibtex_record import value_of


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("{a}", "a"),
        ('"a"', "a"),
        ("2024", "2024"),
        ("jan", "January"),
        ("JAN", "January"),
        ("of", "of"),
        ('{a {b} c} # "d"', "a {b} cd"),
        ('"a" # {b}', "ab"),
        ('"a {"}b" # {c}', 'a {"}bc'),
        ('{a} # jan # "c"', "aJanuaryc"),
        ("{a {b", "a {b"),
    ],
)
def test_a_text_ends_at_its_own_mark_and_joins_what_stands_behind(
    expression: str, text: str
) -> None:
    assert value_of(expression, {"jan": "January"}) == text
