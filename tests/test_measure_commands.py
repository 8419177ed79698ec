"""`digest-graph similar|around|missing|trends|path|diff`, run as a user runs them."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from types import FunctionType

import pytest
from conftest import PROJECT, built_from
from loaded_commands import run
from typer.testing import CliRunner, Result

from pipeline.analyse import (
    bibliographic_coupling,
    bridges,
    centrality,
    changes,
    groups,
    missing,
    paths,
    similar,
    surroundings,
    trends,
)
from pipeline.build.run import write
from pipeline.cli.app import app
from pipeline.knowledge_graph.whole import load
from pipeline.model.errors import DigestGraphError

PHYSICS, MATH = "arxiv:2408.16293", "arxiv:2409.01524"


def asked(*arguments: str | Path) -> Result:
    """What a command prints, without the time that a new Python takes."""
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.mark.parametrize("command", ["similar", "around", "missing", "trends", "path", "diff"])
def test_each_has_help_with_an_example(command: str) -> None:
    done = asked(command, "--help")
    assert done.exit_code == 0
    assert re.search(f"Examples?: digest-graph {command}", done.stdout)
    assert "--json" in done.stdout


@pytest.mark.parametrize(
    "query", ["2409.01524", "https://arxiv.org/abs/2409.01524v2", "s3cmath", MATH]
)
def test_similar_papers_come_with_the_reason(seed_outputs: Path, query: str) -> None:
    done = asked("similar", query, "-o", seed_outputs)
    assert (done.exit_code, done.stderr) == (0, "")
    taken, heading, row = done.stdout.splitlines()
    assert taken.startswith("arxiv:2409.01524  S^3cMath")
    assert heading.split() == ["id", "score", "year", "title", "why"]
    assert row.startswith(PHYSICS)
    assert row.endswith("mentioned 1 step away")


def test_json_is_an_object_a_line_and_nothing_else(seed_outputs: Path) -> None:
    done = asked("missing", "-o", seed_outputs, "--json", "--most", "2")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["cited_by"] for row in rows] == [2, 2]
    assert set(rows[0]) == {"id", "label", "year", "cited_by", "citing", "citing_labels"}
    assert "The references of 4 of 7 papers are not known" in done.stderr
    assert asked("missing", "-o", seed_outputs, "--json", "-q").stderr == ""


def test_missing_papers_of_a_tag_and_a_month(seed_outputs: Path) -> None:
    for option in (("--tag", "#OCR"), ("--month", "2024-09")):
        assert len(asked("missing", "-o", seed_outputs, *option).stdout.splitlines()) > 20
    done = asked("missing", "-o", seed_outputs, "--month", "2023-01")
    assert done.stdout.splitlines() == ["No paper that you read is of this month or tag."]


DOCS = (PROJECT / "docs" / "measures.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^digest-graph (.+)", DOCS, re.MULTILINE)


@pytest.mark.parametrize("command", EXAMPLES)
def test_every_command_of_the_page_runs(seed_outputs: Path, command: str) -> None:
    arguments = [str(seed_outputs) if a.startswith("outputs") else a for a in shlex.split(command)]
    done = asked(*arguments, *(() if arguments[0] == "diff" else ("-o", seed_outputs)))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout


def test_the_python_of_the_page_runs(seed_outputs: Path) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)
    exec(example.replace('Path("outputs")', f"Path({str(seed_outputs)!r})"), {})


def test_every_measure_is_on_the_page() -> None:
    families = (
        bridges,
        centrality,
        changes,
        groups,
        missing,
        paths,
        bibliographic_coupling,
        similar,
        surroundings,
        trends,
    )
    public = {
        name
        for family in families
        for name, value in vars(family).items()
        if isinstance(value, FunctionType) and value.__module__ == family.__name__
        if name[0] != "_" and name not in {"weights_of", "silent", "in_words", "walked_edges"}
    }
    assert public <= set(re.findall(r"`(\w+)`", DOCS))


def test_trends_of_one_day_are_not_known(seed_outputs: Path) -> None:
    done = asked("trends", "-o", seed_outputs, "--at-least", "2", "--by", "year", "--json")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["id"], row["papers"], row["trend"]) == ("tag:long-context", 2, None)
    assert (row["first"], row["last"]) == ("2024-09-05", "2024-09-05")


@pytest.mark.parametrize("hops", [1, 2])
def test_what_lies_around_a_node_is_what_python_says(seed_outputs: Path, hops: int) -> None:
    done = asked("around", "s3cmath", "--hops", str(hops), "-o", seed_outputs, "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    near = load(seed_outputs).around("s3cmath", hops=hops)
    assert {row["id"] for row in rows} | {MATH} == set(near.nodes.index)
    assert {row["step"] for row in rows} == set(range(1, hops + 1))
    first = [row for row in rows if row["step"] == 1]
    assert {row["via"] for row in first} == {MATH}
    assert {row["words"] for row in first if row["kind"] == "author"} == {"was written by"}


def test_what_lies_around_a_node_is_told_by_kind_and_cut_with_a_word(seed_outputs: Path) -> None:
    lines = asked("around", "2409.01524", "-n", "1", "-o", seed_outputs).stdout.splitlines()
    assert lines[1].split() == ["step", "joined", "by", "id", "name"]
    assert lines[-1].endswith("has all.")
    only = asked("around", "2409.01524", "--kinds", "tagged", "--json", "-o", seed_outputs).stdout
    assert {json.loads(line)["kind"] for line in only.splitlines()} == {"tag"}


def test_a_path_is_told_in_words(seed_outputs: Path) -> None:
    done = asked("path", "Yang Liu", "2408.16293", "-o", seed_outputs)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].startswith("Yang Liu wrote S^3cMath")
    assert ", which mentions Physics of Language Models" in done.stdout
    assert asked("path", "#ocr", "#rl", "-o", seed_outputs).exit_code == 0


def test_two_builds_are_compared(seed_outputs: Path, tmp_path: Path) -> None:
    one = "2024-09-05\nA Title That Nobody Knows\n(Ann Lee)\n좋다.\n#a\n"
    write(built_from(tmp_path / "notes", one), tmp_path / "old")
    write(built_from(tmp_path / "notes", one.replace("#a", "#a #b")), tmp_path / "new")
    done = asked("diff", tmp_path / "old", tmp_path / "new")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "1 tag added, 1 tagged added."
    same = asked("diff", seed_outputs, seed_outputs)
    assert same.stdout == "Nothing changed.\n"
    assert asked("diff", seed_outputs, seed_outputs, "--json").stdout == ""
    cut = asked("diff", seed_outputs, tmp_path / "new", "-n", "3").stdout.splitlines()
    assert len(cut) == 5
    assert "of them are not listed (--most, --json)" in cut[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("similar", "physics of language models"), 1, "could be 4 nodes; give the id of one"),
        (("similar", "Yang Liu"), 1, 'no paper in this graph is called "Yang Liu"'),
        (("missing", "--tag", "nonesuch"), 1, 'no tag in this graph is called "nonesuch"'),
        (("missing", "--month", "2024-13"), 2, "Write it as 2024-09"),
        (("trends", "--by", "week"), 2, "Invalid value"),
        (("trends", "--through", "people"), 1, '"people" is none of ambiguous, meta, category'),
        (("path", "2409.01524", "2310.10638"), 1, "no path joins"),
        (("around", "#rl", "--kinds", "quotes"), 1, '"quotes" is none of the kinds of edge'),
        (("path", "#rl", "#ocr", "--kinds", "quotes"), 1, '"quotes" is none of the kinds of edge'),
        (("diff", "nowhere", "nowhere"), 1, "digest-graph build"),
    ],
)
def test_what_cannot_be_answered_says_why(
    seed_outputs: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    where = () if arguments[0] == "diff" else ("-o", seed_outputs)
    done = asked(*arguments, *where)
    error = done.exception
    assert done.stdout == ""
    assert said in (str(error) if isinstance(error, DigestGraphError) else done.stderr)
    assert getattr(error, "exit_code", done.exit_code) == code


def test_an_error_is_a_line_and_no_traceback(seed_outputs: Path) -> None:
    done = run("path", "2409.01524", "2310.10638", "-o", seed_outputs)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("digest-graph: no path joins arxiv:2409.01524")
    assert len(done.stderr.splitlines()) == 1
