"""`digest-graph people` and `disambiguate`: the people of a graph, and of lists of authors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.build.run import Inputs, build, write
from pipeline.cli.app import app
from pipeline.cli.disambiguate import (
    Signed,
    paper_of_row,
    people_of_file,
    signed_json_lines,
    signed_table_lines,
)
from pipeline.cli.people import _is_name
from pipeline.identity.people import disambiguate_authors
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
    lines = list(signed_table_lines(signed(path)))
    assert lines[1].split() == ["2", "0.97", "author:anabrandt", "Ana", "Brandt,", "ana", "Brandt"]
    assert not any("\x1b" in line for line in lines)
    assert lines[-1] == "4 names in lists of authors, 3 people and organisations."


def test_a_name_can_be_an_object_whole_or_in_two_parts(tmp_path: Path) -> None:
    path = written(
        tmp_path / "papers.jsonl",
        {"paper": "a", "authors": [{"name": "Ana Brandt"}, {"family": "Greco", "given": "Olga"}]},
        {"paper": "b", "authors": [{"family": "Plato"}, "Olga Greco"]},
        {"paper": "c", "authors": [{"orcid": "0000"}]},
        {"paper": "d", "authors": [{"name": 3}]},
    )
    found = list(people_of_file(path))
    assert [skip.key.rpartition(":")[2] for skip in found if isinstance(skip, Skip)] == ["3", "4"]
    assert [each.person for each in found if isinstance(each, Signed)] == [
        *("author:anabrandt", "author:olgagreco", "author:plato", "author:olgagreco")
    ]


def test_a_file_is_told_the_people_of_whom_a_build_makes_nodes(tmp_path: Path) -> None:
    rows = [
        {"paper": "c", "authors": ["Wei Wang", "Bo Li", "Qwen Team"]},
        {"paper": "a", "authors": ["Wei Wang", "Wei Wang"]},
        {"paper": "b", "authors": ["W. Wang", "Bo Li", "Olga Greco"]},
    ]
    of_graph = {
        (s.paper_id, s.position, s.name, who.id, who.confidence, who.ambiguous, who.doubt)
        for who in disambiguate_authors(map(paper_of_row, rows))
        for s in who.signatures
    }
    of_file = signed(written(tmp_path / "papers.jsonl", *rows))
    assert {tuple(each) for each in of_file} == of_graph
    assert {"author:weiwang", "org:qwenteam"} < {each.person for each in of_file}
    assert any(each.doubt for each in of_file)


def test_people_of_a_file_come_a_line_each_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = written(
        tmp_path / "papers.jsonl",
        {"paper": "b", "title": "T", "year": 2024, "authors": ["Ana Brandt", "Qwen Team"]},
        "",
        {"paper": "a", "title": None, "year": None, "authors": ["ana Brandt"]},
    )
    rows = [json.loads(line) for line in signed_json_lines(signed(path))]
    assert [tuple(row.values()) for row in rows] == [
        ("b", 1, "Ana Brandt", "author:anabrandt", rows[0]["confidence"], False, None),
        ("b", 2, "Qwen Team", "org:qwenteam", 1.0, False, None),
        ("a", 1, "ana Brandt", "author:anabrandt", rows[0]["confidence"], False, None),
    ]
    assert 0.7 < rows[0]["confidence"] < 1
    fields = "paper position name person confidence ambiguous doubt"
    assert list(rows[0]) == fields.split()


def test_authors_can_be_one_text_and_names_stand_together_in_one(tmp_path: Path) -> None:
    path = written(
        tmp_path / "papers.jsonl",
        {"paper": "a", "authors": "Quvelic, Maria; King, Martin, Jr. and Bo Li"},
        {"paper": "b", "authors": ["Maria Quvelic and Bo Li", "Health and Safety Team"]},
        {"paper": "c", "authors": "Ana Brandt, Olga Greco"},
    )
    assert [(row.paper, row.position, row.person) for row in signed(path)] == [
        ("a", 1, "author:mariaquvelic"), ("a", 2, "author:martinking"), ("a", 3, "author:boli"),
        ("b", 1, "author:mariaquvelic"), ("b", 2, "author:boli"),
        ("b", 3, "org:healthandsafetyteam"), ("c", 1, "author:anabrandt"),
        ("c", 2, "author:olgagreco"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("authors", "people"),
    [
        ("Quvelic, Maria", ["mariaquvelic"]),
        ("Kipf, Welling", ["kipf", "welling"]),
        ("Maria Quvelic | Bo Li", ["mariaquvelic", "boli"]),
        ("김민준·박지우", ["minjunkim", "jiupark"]),
        (["Quvelic, Maria, Brandtner, Anna"], ["mariaquvelic", "annabrandtner"]),
        (["Lee, Ann, PhD, MSc"], ["annlee"]),
        (["G. Aad et al. (ATLAS Collaboration)"], ["gaad"]),
        (["G. Aad for the ATLAS Collaboration"], ["gaad", "atlascollaboration"]),
    ],
)
def test_one_text_is_as_many_names_as_it_holds(
    tmp_path: Path, authors: object, people: list[str]
) -> None:
    path = written(tmp_path / "papers.jsonl", {"paper": "a", "authors": authors})
    assert [row.person.partition(":")[2] for row in signed(path)] == people


def test_venue_and_categories_of_a_row_are_evidence(tmp_path: Path) -> None:
    row = {"paper": "a", "authors": ["Bo Li"], "venue": "Tidal Letters", "categories": ["cs.CL"]}
    known = paper_of_row(row)
    assert (known.venue, known.categories) == ("Tidal Letters", ("cs.CL",))


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
    assert (skip.stage, skip.key) == ("disambiguate", f"{path}:2")
    assert row == Signed("x", 1, "Ana Brandt", "author:anabrandt", 1.0, False, None)


def test_a_file_that_is_not_there_is_a_fault_of_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="absent"):
        list(people_of_file(tmp_path / "absent.jsonl"))


def told(outputs: Path, *options: str) -> list[str]:
    result = CliRunner().invoke(app, ["people", "-o", str(outputs), *options])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    notes = ("*One Title* (Ana Brandt, M. Quvelic)", "*Two Titles* (Ana Brandt, Bo Greco)",
             "*Three Titles* (Maria Quvelic)")  # fmt: skip
    for number, (first_line, tag) in enumerate(zip(notes, "abb", strict=True), 1):
        text = f"{first_line}\n\nGood.\n\n#{tag}\n"
        (folder / f"24090{number}.txt").write_text(text, encoding="utf-8")
    write(build(Inputs((folder,))), folder / "outputs")
    return folder / "outputs"


def test_the_people_of_a_graph_are_listed_most_papers_first_with_doubts(outputs: Path) -> None:
    rows = [json.loads(line) for line in told(outputs, "--json")]
    assert (rows[0]["label"], rows[0]["papers"]) == ("Ana Brandt", 2)
    (bare,) = (row for row in rows if row["label"] == "M. Quvelic")
    assert (bare["ambiguous"], bare["doubt"]) == (True, "may be Maria Quvelic")
    assert "may be Maria Quvelic" in "\n".join(told(outputs))


def test_people_can_be_listed_by_one_tag_and_at_most_so_many(outputs: Path) -> None:
    by_tag = [json.loads(line) for line in told(outputs, "--json", "--tag", "a")]
    assert {(row["label"], row["papers"]) for row in by_tag} == {
        ("Ana Brandt", 1), ("M. Quvelic", 1),
    }  # fmt: skip
    assert len(told(outputs, "--json", "--most", "1")) == 1


def test_people_of_a_file_are_those_that_disambiguate_tells(tmp_path: Path) -> None:
    path = written(tmp_path / "papers.jsonl", {"paper": "a", "authors": ["Ana Brandt"]})
    one, other = (
        CliRunner().invoke(app, [command, str(path), "--json"]).stdout
        for command in ("people", "disambiguate")
    )
    assert one == other != ""


def test_a_name_with_initials_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("Daniel Y. Fu", "J. Smith-Müller", "St.John", "-", "x.jsonl", "a/b", "Lee")
    assert [_is_name(Path(name)) for name in names] == [True] * 3 + [False] * 3 + [True]


def test_lines_without_their_paper_are_told_once_and_a_file_of_them_is_refused(
    tmp_path: Path,
) -> None:
    unnamed = [{"id": "a", "authors": ["Ana Brandt"]}, {"id": "b", "authors": ["Bo Li"]}]
    path = written(tmp_path / "papers.jsonl", *unnamed, {"paper": "c", "authors": ["Bo Li"]})
    (skip,) = [each for each in people_of_file(path) if isinstance(each, Skip)]
    assert skip.key.endswith(":1")
    assert "`paper` is missing here and on 1 line more" in skip.reason
    with pytest.raises(UsageError, match=r"papers\.jsonl:1: the key `paper` is missing"):
        list(people_of_file(written(path, *unnamed)))
