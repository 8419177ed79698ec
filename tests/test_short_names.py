"""What stands beside a dot: who wrote a paper and when, or what its reader calls it."""

from __future__ import annotations

import pytest
from invented_graphs import tables_of

from pipeline.export.short_names import MOST_CHARACTERS, short_names, with_short_labels


def short(**row: object) -> str:
    (name,) = short_names(tables_of([{"id": "a", **row}], []).nodes).to_pylist()
    assert isinstance(name, str)
    return name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ruibin Xiong", "Xiong 2024"),
        ("Laurens van der Maaten", "van der Maaten 2024"),
        ("Xu, Wei", "Xu 2024"),
        ("Sammy Davis, Jr.", "Davis 2024"),
        ("Adam L. Berger III", "Berger 2024"),
        ("Qwen Team", "Qwen Team 2024"),
        ("DeepSeek-AI", "DeepSeek-AI 2024"),
        ("김철수", "김철수 2024"),
        ("Plato", "Plato 2024"),
    ],
)
def test_a_paper_is_called_by_its_first_author_and_year(printed: str, name: str) -> None:
    assert short(first_author=printed, year=2024, title="T") == name


def test_a_paper_without_year_or_author_is_called_by_what_is_known() -> None:
    assert short(first_author="Ann Lee") == "Lee"
    assert short(first_author=" ", label="A title") == "A title"
    assert (
        short(label="A title of many words: and a subtitle") == "A title of many words: and a su…"
    )
    assert short(label="x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS


def test_the_readers_own_name_for_a_paper_goes_first() -> None:
    named = {"first_author": "Ann Lee", "year": 2024, "title": "A Title"}
    assert short(spellings=["A Title", "Snowcoder", "Snow"], **named) == "Snowcoder"
    assert short(spellings=["Snowcoder"], **named) == "Snowcoder"
    assert short(spellings=["A Title"], **named) == "Lee 2024"
    assert short(spellings=["A Title", "x" * 40], **named) == "Lee 2024"
    assert short(spellings=["Ann Lee"], kind="author", label="A. Lee") == "A. Lee"


def test_a_whole_name_that_was_cut_is_the_title() -> None:
    nodes = [
        {"id": "a", "kind": "tag", "label": "x" * 40},
        {"id": "b", "kind": "tag", "label": "t"},
    ]
    table = with_short_labels(tables_of(nodes, []).nodes)
    assert table["title"].to_pylist() == ["x" * 40, None]
    assert table["label"].to_pylist() == table["short"].to_pylist() == ["x" * 31 + "…", "t"]
