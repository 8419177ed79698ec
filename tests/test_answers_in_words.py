"""What a command says where there is nothing to list, and where a name is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_measure_commands import asked

from pipeline.explain.review_screen import own_lines
from pipeline.model.records import Entry


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("missing --month 2030-01", "No paper that you read is of this month or tag."),
        ("trends --at-least 99", "No tag is on so many papers with a day; --at-least 1 has all."),
        ("similar arxiv:1412.6980", "No paper shares a reference, a tag, an author or a mention"),
    ],
)
def test_where_there_is_nothing_to_list_a_sentence_says_so(
    seed_outputs: Path, typed: str, said: str
) -> None:
    done = asked(*typed.split(), "-o", seed_outputs)
    assert (done.exit_code, done.stdout.splitlines()[-1][: len(said)]) == (0, said)
    assert " year " not in done.stdout
    done = asked(*typed.split(), "-o", seed_outputs, "--json")
    assert (done.stdout, said in done.stderr) == ("", True)


def test_a_name_behind_people_is_the_person_of_the_graph(seed_outputs: Path) -> None:
    done = asked("people", "Haoran Wei", "-o", seed_outputs)
    assert done.exit_code == 0
    assert done.stdout.startswith("author:haoranwei")
    assert "`digest-graph explain author:haoranwei" in done.stdout
    done = asked("people", "Nobody Here", "-o", seed_outputs)
    assert (done.exit_code, "no author or organisation" in str(done.exception)) == (1, True)
    assert "for one person" in str(asked("people", "Haoran Wei", "--most", "2").exception)
    assert "No such file" in str(asked("people", "people.jsonl").exception)


def test_files_of_papers_alone_are_counted_in_papers(seed_outputs: Path, tmp_path: Path) -> None:
    part = ("export", "-o", seed_outputs, "--read", "--to", tmp_path, "--format")
    assert asked(*part, "bibtex,ris").stdout.startswith("7 papers in ")
    assert " nodes, " in asked(*part, "bibtex,csv").stdout


def test_a_row_of_a_table_is_shown_cell_by_cell_each_with_its_column(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        'title;link;said\nNets;https://a.org/x,y;"two; words"\n', encoding="utf-8"
    )
    file = str(tmp_path / "list.csv")
    entry = Entry(file, 2, 2, None, "Nets", None, False, None, None, (), None, (), ())
    assert own_lines(entry) == ["link: https://a.org/x,y", "said: two; words"]
