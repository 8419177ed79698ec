"""What other packages add by entry points, and that plug-ins do not know each other."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from conftest import PROJECT
from fake_arxiv import FakeReply
from fake_services import FakeServices
from written_pages import blocks

PAGE = PROJECT / "CONTRIBUTING.md"
NOTES = "%% A Toy Title of a Paper | Ann Lee, Bo Kim | 2401.00001\n%% no bars here\n"
TABLES = {
    "digests": {"FORMAT"},
    "sources": {"SOURCE", "SOURCES", "NAME"},
    "export": {"GRAPH_FILE", "BUILD_FILE", "NODES_FILE", "RELATIONSHIPS_FILE", "EDGES_FILE"},
}
"""The names by which a file of each folder is one of its plug-ins."""


def installed(folder: Path, code: str | None = None, points: str | None = None) -> Path:
    """A folder as pip would leave it, of the package that CONTRIBUTING.md shows."""
    project = tomllib.loads(blocks(PAGE, "toml")[0])["project"]
    dist = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    dist.mkdir(parents=True)
    named = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (dist / "METADATA").write_text(named)
    groups = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in known.items())
        for group, known in project["entry-points"].items()
    ]
    (dist / "entry_points.txt").write_text(points or "\n".join(groups))
    (folder / "toy_digests.py").write_text(code or "\n".join(blocks(PAGE, "python")))
    return folder


def run(folder: Path, *arguments: str | Path, online: bool = False) -> tuple[int, str, str]:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(PROJECT), str(folder)]),
        "DIGEST_GRAPH_HOME": str(folder / "home"),
    }
    if online:
        environment.pop("DIGEST_GRAPH_OFFLINE", None)
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    (tmp_path / "notes.txt").write_text(NOTES)
    return installed(tmp_path)


def test_a_format_an_exporter_and_a_source_of_another_package_are_used(toys: Path) -> None:
    code, said, left_out = run(toys, "parse", toys / "notes.txt", "--json")
    assert code == 0, left_out
    (entry,) = map(json.loads, said.splitlines())
    assert (entry["title"], entry["arxiv_id"]) == ("A Toy Title of a Paper", "2401.00001")
    assert "notes.txt:2: no title, names and id between bars" in left_out
    answer = FakeReply(200, "application/json", b'{"id": "2401.00001", "venue": "Toys"}')
    with FakeServices({}, replies={"toy.example": lambda _: answer}) as services:
        address = services.hosts["export.arxiv.org"].replace("export.arxiv.org", "toy.example")
        (toys / "home").mkdir()
        (toys / "home" / "config.toml").write_text(f'[hosts]\n"toy.example" = "{address}"\n')
        out = toys / "out"
        asked = ("build", toys / "notes.txt", "-o", out, "--sources", "toy_index")
        code, said, errors = run(toys, *asked, online=True)
    assert code == 0, errors
    assert {arrival.host for arrival in services.arrivals} == {"toy.example"}
    assert run(toys, "export", "-o", out, "--format", "pairs")[0] == 0
    assert "author:annlee arxiv:2401.00001" in (out / "pairs.txt").read_text().splitlines()
    code, said, _ = run(toys, "explain", "2401.00001", "-o", out)
    assert "venue        toy_index" in said


@pytest.mark.parametrize(
    ("code", "points", "why"),
    [
        ("FORMAT = 1", "[arxiv_digest_graph.formats]\ntoy = toy_digests:FORMAT", "is no Format"),
        (None, "[arxiv_digest_graph.formats]\nother = toy_digests:FORMAT", "calls itself toy"),
        (None, "[arxiv_digest_graph.formats]\ntoy = gone:FORMAT", "cannot be loaded"),
        (None, "[arxiv_digest_graph.exporters]\ngexf = toy_digests:PAIRS", "that name is taken"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_reason(
    tmp_path: Path, seed_outputs: Path, code: str | None, points: str, why: str
) -> None:
    folder = installed(tmp_path, code, points)
    command = ("export", "-o", seed_outputs, "--format", "pairs", "--to", tmp_path / "out")
    asked = command if "exporters" in points else ("parse", PROJECT / "digests")
    exit_code, _, said = run(folder, *asked)
    assert exit_code == 1
    assert "the plug-in " in said
    assert why in said
    assert "Traceback" not in said


def plug_ins(folder: str) -> set[str]:
    """The modules of a folder that define what is in its table."""
    return {
        f"pipeline.{folder}.{path.stem}"
        for path in (PROJECT / "pipeline" / folder).glob("*.py")
        if path.stem != "__init__" and TABLES[folder] & set(top_level_names(path))
    }


def top_level_names(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_formats_sources_and_exporters_do_not_know_each_other() -> None:
    graph = grimp.build_graph("pipeline", cache_dir=None)
    known = []
    for folder in TABLES:
        own = plug_ins(folder)
        assert len(own) > 4
        known += [(one, other) for one in own for other in own if one != other]
    together = [pair for pair in known if graph.chain_exists(importer=pair[0], imported=pair[1])]
    assert together == []


def test_every_plug_in_of_a_folder_is_in_its_table() -> None:
    for folder in TABLES:
        source = (PROJECT / "pipeline" / folder / "__init__.py").read_text(encoding="utf-8")
        named = {
            node.value.id
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        left_out = {module.rpartition(".")[2] for module in plug_ins(folder)} - named
        assert left_out <= {"arxiv_oai", "arxiv_snapshot"}
