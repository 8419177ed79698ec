"""The README: every command in it runs, every example is read, every file it names is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT, built_from
from fake_papers import papers
from fake_services import FakeServices
from test_commands import OUTPUTS

from pipeline.config import read_overrides

RECORD = (
    '{"id": "2409.01524", "title": "A Paper of the Snapshot", "authors": "Ann Lee, Bo Kim", '
    '"abstract": "About one thing.", "categories": "cs.CL", "update_date": "2024-09-04"}\n'
)
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def shell_commands() -> list[str]:
    lines = [line.split("#")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the digests, their outputs and a snapshot, and services that are at hand."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PROJECT / "digests", folder / "digests")
    (folder / "arxiv-metadata-oai-snapshot.json").write_text(RECORD, encoding="utf-8")
    with FakeServices(papers(3)) as services:
        (folder / "home").mkdir()
        hosts = "".join(f'"{host}" = "{there}"\n' for host, there in services.hosts.items())
        (folder / "home" / "config.toml").write_text(f"[hosts]\n{hosts}", encoding="utf-8")
        for command in ("build digests", "catalogue build arxiv-metadata-oai-snapshot.json"):
            assert ran(folder, command).returncode == 0
        yield folder


def ran(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-m", "pipeline", *command.split()]
    environment = {**os.environ, "DIGEST_GRAPH_HOME": str(folder / "home")}
    environment.pop("DIGEST_GRAPH_OFFLINE")
    return subprocess.run(
        arguments, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )


@pytest.mark.parametrize("command", [c for c in shell_commands() if c.startswith("digest-graph")])
def test_every_command_runs(project: Path, command: str) -> None:
    done = ran(project, command.removeprefix("digest-graph"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make ([a-z]+)", README))))
def test_every_make_target_is_there_and_is_told_by_bare_make(target: str) -> None:
    told = subprocess.run(["make"], cwd=PROJECT, check=True, capture_output=True, text=True)
    assert re.search(rf"^make {target}\b", told.stdout, re.MULTILINE)
    subprocess.run(["make", "-n", target], cwd=PROJECT, check=True, capture_output=True)


def test_the_files_it_names_are_the_files_that_are_made(project: Path) -> None:
    table = README.split("## What comes out")[1].split("## Your own digests")[0]
    named = re.findall(
        r"`([a-z]+\.[a-z]+)`", "\n".join(re.findall(r"^\| .*? \|", table, re.MULTILINE))
    )
    assert sorted(named) == OUTPUTS
    made = [path.name for path in (project / "outputs").iterdir()]
    assert set(named) <= set(made)


def test_its_digest_is_read_as_one_whole_entry(tmp_path: Path) -> None:
    (digest,) = blocks("text")
    (match,) = built_from(tmp_path, digest).matches
    entry = match.entry
    assert (entry.line_start, entry.line_end) == (2, len(digest.splitlines()))
    assert (str(entry.date), entry.tags) == ("2024-09-05", ("alignment", "rl"))
    assert [mention.arxiv_id for mention in entry.mentions] == ["2310.10638"]
    assert match.candidates[0].arxiv_id == "2409.02392"


def test_its_overrides_can_be_used(tmp_path: Path) -> None:
    (example,) = blocks("toml")
    path = tmp_path / "overrides.toml"
    path.write_text(example, encoding="utf-8")
    assert [override.arxiv_id for override in read_overrides(path)] == ["2409.01704", None]


def test_its_python_runs(project: Path) -> None:
    (example,) = blocks("python")
    subprocess.run([sys.executable, "-c", example], cwd=project, check=True, capture_output=True)


def test_every_path_it_links_to_is_there() -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (PROJECT / link).exists(), link
