"""`search`, `list` and `open`: what a graph holds, without a notebook."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import load
from pipeline.cli.app import app
from pipeline.model.errors import DigestGraphError

WORLD = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def asked(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env=WORLD)


def rows(*arguments: str | Path) -> list[dict[str, object]]:
    done = asked(*arguments, "--json")
    assert done.exit_code == 0, done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_search_finds_what_the_notebook_finds(seed_outputs: Path) -> None:
    for words in ("ocr", "데이터", "long context", "zeyuan"):
        found = rows("search", *words.split(), "-o", seed_outputs)
        assert [row["id"] for row in found] == list(load(seed_outputs).search(words).index)
    assert {row["kind"] for row in rows("search", "ocr", "--kind", "tags", "-o", seed_outputs)} == {
        "tag"
    }


def test_a_search_that_finds_nothing_says_what_is_called_alike(seed_outputs: Path) -> None:
    done = asked("search", "arctic-snowcader", "-o", seed_outputs)
    assert isinstance(done.exception, DigestGraphError)
    assert "Arctic-SnowCoder" in str(done.exception)


def test_a_list_is_narrowed_and_ordered(seed_outputs: Path) -> None:
    read = rows("list", "--read", "-o", seed_outputs)
    assert len(read) == 7
    assert {row["read"] for row in read} == {"2024-09-05"}
    (math,) = rows("list", "--tag", "rl", "-o", seed_outputs)
    assert (math["id"], math["tags"]) == ("arxiv:2409.02392", ["alignment", "rl"])
    assert str(math["authors"][0]) == "Wei Xiong"  # type: ignore[index]
    cited = rows("list", "--by", "cited", "--unread", "-n", "500", "-o", seed_outputs)
    counts = [int(str(row["cited"])) for row in cited]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 2
    assert not {row["id"] for row in cited} & {row["id"] for row in read}


def test_people_and_tags_of_a_part_count_its_papers_alone(seed_outputs: Path) -> None:
    tags = rows("list", "tags", "--tag", "rl", "-o", seed_outputs)
    assert [(row["label"], row["papers"]) for row in tags] == [("alignment", 1), ("rl", 1)]
    people = rows("list", "authors", "--tag", "rl", "-n", "99", "-o", seed_outputs)
    assert len(people) == 13
    assert asked("list", "tags", "--tag", "rl", "--year", "1999", "-o", seed_outputs).exit_code == 1


def test_what_is_left_out_of_a_list_is_counted(seed_outputs: Path) -> None:
    assert "5 more of 7; --most 7 has all." in asked(
        "list", "--read", "-n", "2", "-o", seed_outputs
    ).stdout  # fmt: skip


def test_the_page_is_opened_or_its_place_is_said(
    seed_outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = asked("open", "-o", seed_outputs)
    assert str(seed_outputs / "graph.html") in done.stdout
    assert "no browser" in done.stdout
    opened: list[str] = []

    def open_(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_)
    done = CliRunner().invoke(app, ["open", "-o", str(seed_outputs)], env={"DISPLAY": ":0"})
    assert opened == [(seed_outputs / "graph.html").as_uri()]
    assert done.stdout.startswith("Opened ")
    assert "`digest-graph build` makes it" in str(asked("open", "-o", tmp_path).exception)
