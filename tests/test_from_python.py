"""The package from Python: built in a notebook, asked by names of any form, errors of the house."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from test_commands import NOTE
from typer.testing import CliRunner

import pipeline
from pipeline import KnowledgeGraph, build, load
from pipeline.cli.app import app
from pipeline.model.errors import DigestGraphError, UsageError

S3C = "arxiv:2409.01524"


@pytest.fixture(scope="session")
def graph(seed_outputs: Path) -> KnowledgeGraph:
    return load(seed_outputs)


def test_build_is_called_and_is_the_stage_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes" / "drafts").mkdir(parents=True)
    for name in ("a.txt", "drafts/b.txt"):
        (tmp_path / "notes" / name).write_text(NOTE.replace("Title", name[0]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = build("notes", offline=True, exclude=["drafts/"])
    assert [len(made.papers), made.papers["title"].iloc[0]] == [1, "A a That Nobody Knows"]
    assert list(tmp_path.iterdir()) == [tmp_path / "notes"]
    with pytest.raises(UsageError, match="nothing to read"):
        build(offline=True)
    (tmp_path / "digest-graph.toml").write_text(
        'inputs = ["notes"]\noutput = "out"\noffline = true', encoding="utf-8"
    )
    assert len(build().papers) == 2
    assert len(load("out").papers) == 2
    assert "A Title" not in repr(build())
    assert len(build(["notes"], offline=True).papers) == 2
    with pytest.raises(UsageError, match="nothing to read"):
        build([], offline=True)
    with pytest.raises(UsageError, match="5 is no path"):
        build(5)  # type: ignore[arg-type]
    code = (
        "from pipeline.build.run import Inputs; from pipeline import build; print(callable(build))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_a_user_sees_what_a_user_may_use() -> None:
    assert dir(pipeline) == ["KnowledgeGraph", "build", "load"]
    with pytest.raises(AttributeError, match="It has KnowledgeGraph, build, load"):
        pipeline.lod  # noqa: B018


def test_a_node_is_had_by_any_of_its_names(graph: KnowledgeGraph) -> None:
    for query in ("2409.01524", "https://arxiv.org/abs/2409.01524v2", "s3cmath", S3C):
        assert graph[query].name == S3C
        assert query in graph
    assert graph["#ocr"]["kind"] == "tag"
    assert graph.paper("general ocr theory")["year"] == 2024
    frame = graph[["2409.01524", "#ocr"]]
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.index) == [S3C, "tag:ocr"]
    assert len(graph) == len(list(graph)) == 334
    assert "no such thing" not in graph
    assert 2409.01524 not in graph
    with pytest.raises(DigestGraphError, match="no paper in this graph is called"):
        graph.paper("#ocr")


@pytest.mark.parametrize(
    "asked",
    [
        lambda g: g[2409.01524],
        lambda g: g.similar(None),
        lambda g: g.similar("2409.01524", n="5"),
        lambda g: g.search(None),
        lambda g: g.search("ocr", n=-1),
        lambda g: g.where(year="2024"),
        lambda g: g.where(tag=3),
        lambda g: g.around("2409.01524", hops="2"),
        lambda g: g.around("2409.01524", hops=-1),
        lambda g: g.path("2409.01524", 7),
    ],
)
def test_what_cannot_be_meant_is_told_and_is_no_error_of_arrow(
    graph: KnowledgeGraph, asked: object
) -> None:
    with pytest.raises(DigestGraphError) as raised:
        asked(graph)  # type: ignore[operator]
    assert "Give" in str(raised.value)


def test_a_file_of_a_build_is_no_folder_of_one(seed_outputs: Path) -> None:
    with pytest.raises(DigestGraphError, match="this is a file"):
        load(seed_outputs / "graph.html")


def test_an_empty_part_says_so(graph: KnowledgeGraph) -> None:
    empty = graph.where(tag="ocr", year=1999)
    assert not empty
    assert "nothing fits what was asked for" in repr(empty)


def test_a_module_in_the_way_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pipeline.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told = " ".join(CliRunner().invoke(app, ["doctor", "--offline"]).stdout.split())
    assert "pipeline.py stands in the way of `from pipeline import load`" in told
