"""`digest-graph.toml`: what it says is what a command without arguments does."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from conftest import SEED
from typer.testing import CliRunner, Result

from pipeline.cli.app import app
from pipeline.cli.options import Everything, Exclude, FromSource, Offline, Within
from pipeline.cli.sections import Sections
from pipeline.cli.terminal import say
from pipeline.model.errors import UsageError
from pipeline.settings.keys import EMAIL_VARIABLE, settings
from pipeline.settings.project import ProjectError, project

NAME = "arxiv-digest-graph"
NOTE = "2024-09-05\nOf Bread and Wine\n(Ann Lee, Bob Kim)\nsome words\n#bread\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def written(*lines: str) -> None:
    Path("digest-graph.toml").write_text("\n".join(lines), encoding="utf-8")


def test_build_without_arguments_does_what_the_file_says(here: Path) -> None:
    (here / "notes").mkdir()
    (here / "notes" / "a.txt").write_text(NOTE, encoding="utf-8")
    written('inputs = ["notes"]', 'output = "drawn"', "offline = true")
    done = asked("build")
    assert done.exit_code == 0, done.exception
    assert "1 entry" in done.stdout
    assert (here / "drawn" / "graph.html").is_file()
    assert "1 entry" in asked("parse").stdout
    assert "Of Bread and Wine" in asked("explain", "bread").stdout


def test_the_command_line_is_stronger_than_the_file(here: Path) -> None:
    written('inputs = ["nowhere"]', 'output = "nowhere"', "offline = true")
    done = asked("build", SEED, "-o", "here")
    assert done.exit_code == 0, done.exception
    assert (here / "here" / "graph.html").is_file()
    assert not (here / "nowhere").exists()


def test_the_command_line_takes_back_what_the_file_says(here: Path) -> None:
    command = typer.Typer()

    @command.command()
    def told(
        offline: Offline = False,
        everything: Everything = False,
        from_source: FromSource = False,
        within: Within = None,
        exclude: Exclude = None,
    ) -> None:
        say(f"{offline} {everything} {from_source} {within} {exclude}")

    written(
        *(f"{name} = true" for name in ("offline", "everything", "references_from_source")),
        'within = "50s"',
        'exclude = ["drafts/"]',
    )
    runner = CliRunner()
    assert runner.invoke(command, []).stdout == "True True True 50s ['drafts/']\n"
    back = ["--no-offline", "--no-everything", "--no-references-from-source"]
    back += ["--within", "", "--exclude", ""]
    assert runner.invoke(command, back).stdout == "False False False None None\n"


def test_without_a_file_a_command_says_how_one_is_made(here: Path) -> None:
    done = asked("build")
    assert isinstance(done.exception, UsageError)
    assert "digest-graph init" in str(done.exception)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["# a comment", "input = []"], ":2: input is unknown here. Did you mean inputs?"),
        (['output = "a"', "inputs = 3"], ":2: inputs has to be a list of paths"),
        (["output = a"], ":1: not TOML: "),
        (["", "[keys]", 'openalex = "x"'], ":2: keys is unknown here. Keys and hosts stand in"),
        (["inputs = [", "  '']"], ":1: inputs has to be a list of paths"),
        (["offline = 'yes'"], ":1: offline has to be true or false."),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(here: Path, lines: list[str], said: str) -> None:
    written(*lines)
    with pytest.raises(ProjectError) as told:
        project()
    assert str(told.value).startswith(f"digest-graph.toml{said}")


def test_paths_are_of_the_folder_of_the_file_and_a_tilde_is_the_home(here: Path) -> None:
    written('inputs = ["notes", "~/vault", "/tmp/x"]')
    inputs = project(here).inputs
    assert inputs == (here / "notes", Path.home() / "vault", Path("/tmp/x"))
    assert project().inputs[0] == Path("notes")


def test_the_address_of_the_file_is_told_to_services_unless_the_environment_has_one(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written('email = "ann@example.org"')
    assert settings().email == "ann@example.org"
    monkeypatch.setenv(EMAIL_VARIABLE, "bo@example.org")
    assert settings().email == "bo@example.org"


def test_help_begins_with_what_one_does_first_and_names_every_command() -> None:
    program = typer.main.get_command(app)
    assert isinstance(program, Sections)
    listed = program.list_commands(None)
    assert set(listed) == set(program.commands)
    told = CliRunner().invoke(app, ["--help"]).stdout
    places = [told.index(f"\n  {name} ") for name in listed]
    assert places == sorted(places)
    assert listed[0] in ("init", "build")


def test_the_version_is_that_of_the_package() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout == f"digest-graph {version(NAME)}\n"
