"""The pages: links lead somewhere, commands exist, examples run, the site has all of them."""

from __future__ import annotations

import doctest
import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import typer
from conftest import PROJECT
from written_pages import (
    DOCS,
    NOT_RUN,
    PAGES,
    README,
    anchors,
    blocks,
    code_in_prose,
    digest_graph_commands,
    links,
    named,
    shell_commands,
    text_of,
)

from pipeline import KnowledgeGraph
from pipeline.cli.app import app
from pipeline.model.tables import EDGES, NODES

PROGRAM = typer.main.get_command(app)


def conf() -> ModuleType:
    """What configures the site; it needs Sphinx only while the site is made."""
    spec = importlib.util.spec_from_file_location("conf", DOCS / "conf.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SITE = conf()
COMMANDS = dict(SITE.commands_of("digest-graph", PROGRAM))
LEAVES = [name for name, command in COMMANDS.items() if not hasattr(command, "commands")]


def called(words: list[str]) -> tuple[str, list[str]]:
    """The command that these words begin with, and the words after it."""
    for end in range(len(words), 0, -1):
        name = " ".join(("digest-graph", *words[:end]))
        if name in COMMANDS:
            return name, words[end:]
    return "digest-graph", words


def options(name: str) -> set[str]:
    parameters = COMMANDS[name].params
    told = [option for each in parameters for option in (*each.opts, *each.secondary_opts)]
    return {"--help", *(option for option in told if option.startswith("-"))}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(PROJECT), link
        # The site has no page of a folder.
        assert target.is_file() or (target.is_dir() and page == README), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_line_can_be_given(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "digest-graph.toml").write_text('inputs = ["digests"]', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for words in digest_graph_commands(page):
        name, rest = called(words)
        COMMANDS[name].make_context(name, rest)
        assert name in LEAVES or rest == ["--help"], words
    makefile = text_of(PROJECT / "Makefile")
    for words in shell_commands(page):
        assert words[0] != "make" or re.search(rf"^{words[1]}:.* ## ", makefile, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_and_option_named_in_a_sentence_exists(page: Path) -> None:
    known = {option for name in COMMANDS for option in options(name)}
    for code in code_in_prose(page):
        if code.startswith("digest-graph "):
            name, rest = called(code.split()[1:])
            assert name != "digest-graph" or rest[0].isupper() or rest[0] in options(name), code
            assert {word for word in rest if word.startswith("-")} <= options(name), code
        elif code.startswith("--"):
            assert code.split()[0] in known, code


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_python_examples_of_a_page_run_one_after_another(
    page: Path, seed_outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outputs").symlink_to(seed_outputs)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in blocks(page, "python"):
        first = example.splitlines()[0]
        if first.startswith(NOT_RUN):
            assert len(first) > len(NOT_RUN)
            continue
        exec(compile(example, named(page), "exec"), names)


def test_every_command_has_a_line_among_the_commands() -> None:
    told = re.findall(
        r"^\| `(digest-graph [a-z ]+)` \|", text_of(DOCS / "commands.md"), re.MULTILINE
    )
    assert sorted(told) == sorted(LEAVES)


def test_the_site_shows_the_help_of_every_command_and_every_column() -> None:
    assert doctest.testmod(SITE).failed == 0
    help_text = SITE.filled(text_of(DOCS / "commands.md"))
    assert "<!--" not in help_text
    for name in COMMANDS:
        section = help_text.split(f"### {name}\n")[1].split("### ")[0]
        assert f"Usage: {name}" in section
        assert all(option in section for option in options(name))
    columns = SITE.filled(text_of(DOCS / "outputs.md"))
    for column in (*NODES.columns, *EDGES.columns):
        assert re.search(rf"^\| `{column.name}` \| .+ \| .+ \|$", columns, re.MULTILINE)


def test_every_page_has_its_place_in_the_site() -> None:
    placed = [
        line for block in blocks(DOCS / "index.md", "{toctree}") for line in block.split("\n")
    ]
    patterns = [line for line in placed if line and not line.startswith(":")]
    found = {path for line in patterns for path in DOCS.glob(f"{line}.md")}
    assert found | {DOCS / "index.md"} == set(PAGES) - {README}
    assert all(list(DOCS.glob(f"{line}.md")) for line in patterns)


def test_every_measure_that_a_page_tells_of_is_in_the_reference() -> None:
    measures, reference = (text_of(DOCS / f"{name}.md") for name in ("measures", "reference"))
    modules = re.findall(r"automodule:: pipeline\.analyse\.(\w+)", reference)
    shown = "".join(text_of(PROJECT / f"pipeline/analyse/{name}.py") for name in modules)
    for name in re.findall(r"^(?:\| |\*\*)`([a-z_]+)`", measures, re.MULTILINE):
        assert f"\ndef {name}(" in shown, name


def test_everything_that_a_graph_can_do_has_a_docstring() -> None:
    public = [name for name in dir(KnowledgeGraph) if not name.startswith("_")]
    assert public
    assert all(getattr(KnowledgeGraph, name).__doc__ for name in public)


def test_make_docs_installs_what_the_configuration_names() -> None:
    makefile = text_of(PROJECT / "Makefile")
    assert re.search(r"^docs: \.venv/ready-docs ", makefile, re.MULTILINE)
    groups = tomllib.loads(text_of(PROJECT / "pyproject.toml"))["dependency-groups"]
    asked = {re.split(r"[<>=]", one)[0] for one in groups["docs"]}
    used = {name.split(".")[0].replace("_", "-") for name in (*SITE.extensions, SITE.html_theme)}
    assert used == asked
    lock = text_of(PROJECT / "requirements-docs.lock")
    assert asked <= set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
