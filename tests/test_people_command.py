"""`digest-graph people`: who signs which paper, a line for each signature."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.people import Signed, people_json_lines, people_of_file, people_table_lines
from pipeline.model.errors import UsageError
from pipeline.model.records import Skip


def written(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def signed(path: Path) -> list[Signed]:
    return [each for each in people_of_file(path) if isinstance(each, Signed)]


def test_people_are_listed_with_their_spellings_the_most_papers_first(tmp_path: Path) -> None:
    path = written(
        tmp_path / "papers.jsonl",
        {"paper": "a", "authors": ["Bo Li", "Ana Brandt"]},
        {"paper": "b", "authors": ["Olga\x1b[2J Greco", "ana Brandt"]},
    )
    lines = list(people_table_lines(signed(path)))
    assert lines[1].split() == ["2", "author:anabrandt", "Ana", "Brandt,", "ana", "Brandt"]
    assert not any("\x1b" in line for line in lines)
    assert lines[-1] == "4 names in lists of authors, 3 people and organisations."


def test_people_of_a_file_come_a_line_each_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = written(
        tmp_path / "papers.jsonl",
        {"paper": "b", "title": "T", "year": 2024, "authors": ["Ana Brandt", "Qwen Team"]},
        "",
        {"paper": "a", "title": None, "year": None, "authors": ["ana Brandt"]},
    )
    rows = [json.loads(line) for line in people_json_lines(signed(path))]
    assert [tuple(row.values()) for row in rows] == [
        ("b", 1, "Ana Brandt", "author:anabrandt"),
        ("b", 2, "Qwen Team", "org:qwenteam"),
        ("a", 1, "ana Brandt", "author:anabrandt"),
    ]
    assert list(rows[0]) == ["paper", "position", "name", "person"]


@pytest.mark.parametrize(
    "line",
    ["{", "[1]", "7", '{"paper": 1, "authors": []}', '{"paper": "a"}',
     '{"paper": "a", "authors": [1]}', '{"paper": "", "authors": []}',
     '{"paper": "x", "authors": ["Bo Li"]}',
     '{"paper": "a", "authors": ["\\ud800"]}'],
)  # fmt: skip
def test_a_bad_line_is_told_with_its_place_and_the_rest_is_read(tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "papers.jsonl", {"paper": "x", "authors": ["Ana Brandt"]}, line)
    skip, row = people_of_file(path)
    assert isinstance(skip, Skip)
    assert (skip.stage, skip.key) == ("people", f"{path}:2")
    assert row == Signed("x", 1, "Ana Brandt", "author:anabrandt")


def test_a_file_that_is_not_there_is_a_fault_of_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="absent"):
        list(people_of_file(tmp_path / "absent.jsonl"))
