"""README and the pages it leads on to: every command runs, every example is read."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT, built_from
from fake_papers import papers
from fake_services import FakeServices
from test_commands import OUTPUTS
from typer.testing import CliRunner
from written_pages import DOCS, README, blocks, digest_graph_commands, text_of

from pipeline.cli.app import app
from pipeline.settings.overrides import read_overrides

RECORD = (
    '{"id": "2409.01524", "title": "A Paper of the Snapshot", "authors": "Ann Lee, Bo Kim", '
    '"abstract": "About one thing.", "categories": "cs.CL", "update_date": "2024-09-04"}\n'
)
PAPER = '{"paper": "a", "title": "One Thing", "year": 2024, "authors": ["Ann Lee", "Bo Kim"]}\n'
NAMES = ("digests", "services", "catalogue", "gephi", "measures", "identity", "commands", "index")
RUN = [README, *(DOCS / f"{name}.md" for name in NAMES)]
COMMANDS = list(dict.fromkeys(shlex.join(c) for page in RUN for c in digest_graph_commands(page)))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with all that the pages name, and services that are at hand."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PROJECT / "digests", folder / "digests")
    (folder / "arxiv-metadata-oai-snapshot.json").write_text(RECORD, encoding="utf-8")
    (folder / "papers.jsonl").write_text(PAPER, encoding="utf-8")
    with FakeServices(papers(3)) as services:
        (folder / "home").mkdir()
        hosts = "".join(f'"{host}" = "{there}"\n' for host, there in services.hosts.items())
        (folder / "home" / "config.toml").write_text(f"[hosts]\n{hosts}", encoding="utf-8")
        for command in (
            "build digests",
            "build digests -o outputs-of-may",
            "catalogue build arxiv-metadata-oai-snapshot.json",
            "init digests --email you@example.org",
        ):
            assert ran(folder, command)
        yield folder


def ran(folder: Path, command: str) -> str:
    """What the command prints; it has to succeed, without a warning."""
    screens = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    environment = {"DIGEST_GRAPH_HOME": str(folder / "home"), "DIGEST_GRAPH_OFFLINE": None}
    environment |= screens | {"HOME": str(folder)}
    if command.startswith("init"):
        (folder / "digest-graph.toml").unlink(missing_ok=True)
    if command.startswith("watch"):
        command += " --for 1s"
    with contextlib.chdir(folder):
        done = CliRunner().invoke(app, shlex.split(command), env=environment)
    assert (done.exception, done.exit_code) == (None, 0)
    told = (
        " left, Ctrl-C keeps all.",
        "Missing: ",
        "Nobody was asked",
        "There is no network",
        "Drawn: ",
        "Nothing was written; ",
    )
    assert [line for line in done.stderr.splitlines() if not any(t in line for t in told)] == []
    return done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(project: Path, command: str) -> None:
    assert ran(project, command)


def files_in(table: str) -> list[str]:
    cells = re.findall(r"^\| .*? \|", table, re.MULTILINE)
    return re.findall(r"`([a-z-]+\.[a-z]+)`", "\n".join(cells))


def test_the_files_it_names_are_the_files_that_are_made(project: Path) -> None:
    told = files_in(text_of(DOCS / "outputs.md").split("## How to read")[0])
    assert sorted(told) == OUTPUTS
    assert set(OUTPUTS) <= {path.name for path in (project / "outputs").iterdir()}
    short = files_in(text_of(README).split("## What comes out")[1].split("## Your own")[0])
    assert short
    assert set(short) <= set(told)


def test_its_digest_is_read_as_one_whole_entry(tmp_path: Path) -> None:
    (digest,) = blocks(README, "text")
    (match,) = built_from(tmp_path, digest).matches
    entry = match.entry
    assert (entry.line_start, entry.line_end) == (2, len(digest.splitlines()))
    assert (str(entry.date), entry.tags) == ("2024-09-05", ("alignment", "rl"))
    assert [mention.arxiv_id for mention in entry.mentions] == ["2310.10638"]
    assert match.candidates[0].arxiv_id == "2409.02392"


def test_its_overrides_can_be_used(tmp_path: Path) -> None:
    (example,) = blocks(DOCS / "digests.md", "toml")
    path = tmp_path / "overrides.toml"
    path.write_text(example, encoding="utf-8")
    assert [override.arxiv_id for override in read_overrides(path)] == ["2409.01704", None]


def test_bare_make_tells_every_target_that_it_names() -> None:
    told = subprocess.run(["make"], cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    targets = set(re.findall(r"`?make ([a-z]+)", text_of(README)))
    assert targets <= set(re.findall(r"^make ([a-z]+)", told, re.MULTILINE))
    for target in targets:
        subprocess.run(["make", "-n", target], cwd=PROJECT, check=True, capture_output=True)


def test_make_that_only_says_what_it_would_do_sets_nothing_up() -> None:
    """Even then `make` runs a line that names it, with all that stands on the line."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    recursive = [line for line in makefile.split("\n") if "$(MAKE)" in line]
    assert recursive == ["\t$(MAKE) check"]


def test_make_graph_asks_for_a_minute_at_most_and_nobody_where_it_is_told_so() -> None:
    for given, options in (
        ((), "--references-from-source --within 50s"),
        (("OFFLINE=1",), "--offline"),
    ):
        command = ["make", "-n", "graph", *given]
        told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
        assert f"digest-graph build digests -o outputs {options}\n" in told.stdout
