"""What the command line takes by itself, beside what typer makes of the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer._coercion import build_runtime_param
from typer.exceptions import TyperException

from pipeline.cli.app import app
from pipeline.cli.plain_values import take_plain_values

GROUP: Any = typer.main.get_command(app)
VALUES: tuple[object, ...] = (
    None,
    "",
    "a b",
    "-",
    "3",
    "duckdb",
    "papers",
    3,
    0,
    -1,
    10**6,
    2.5,
    True,
    ("a", "b"),
)
VALUES += ([], ["a", 3], Path("no such place"), ".", Path(__file__))


def _parameters() -> Iterator[Any]:
    context = GROUP.context_class(GROUP)
    for command in (GROUP, *GROUP.commands.values()):
        yield from command.get_params(context)


def _outcome(coercion: Any, value: object, parameter: Any) -> object:
    try:
        return coercion.coerce(value, param=parameter, ctx=GROUP.context_class(GROUP))
    except TyperException as error:
        return f"refused: {error.message}"


@pytest.mark.parametrize("parameter", list(_parameters()), ids=lambda each: each.name)
def test_a_value_is_what_typer_makes_of_it(parameter: Any) -> None:
    own = build_runtime_param(parameter.type_descriptor)
    for value in VALUES:
        parameter._runtime_param = None
        take_plain_values([parameter])
        taken = _outcome(parameter.get_runtime_param(), value, parameter)
        wanted = _outcome(own, value, parameter)
        assert (taken, type(taken)) == (wanted, type(wanted)), value


def test_what_cannot_be_read_is_left_to_typer(tmp_path: Path, monkeypatch: Any) -> None:
    closed = tmp_path / "closed.md"
    closed.touch()
    monkeypatch.setattr("os.access", lambda path, _how: str(path) != str(closed))
    command = GROUP.get_command(GROUP.context_class(GROUP), "build")
    (output,) = (each for each in command.params if each.name == "output")
    assert _outcome(output.get_runtime_param(), str(closed), output) == (
        f"refused: path {str(closed)!r} is not readable."
    )


def test_plain_values_are_taken_without_pydantic(tmp_path: Path) -> None:
    program = "import sys; from pipeline.__main__ import main\n"
    program += "try: main()\nfinally: print('pydantic' in sys.modules)"
    arguments = ["build", "no notes", "-o", str(tmp_path), "--quiet", "--offline"]
    command = [sys.executable, "-c", program, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "False\n"), ended.stderr
