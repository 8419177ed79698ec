"""`digest-graph doctor` where settings are broken, and beside what the pages say of services."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from test_hosts import CANARY
from typer.testing import CliRunner
from written_pages import DOCS, blocks, text_of

from pipeline.cli.app import app
from pipeline.doctor import examined
from pipeline.doctor.findings import ServiceState
from pipeline.model.errors import UsageError
from pipeline.settings import keys
from pipeline.settings.keys import EMAIL_VARIABLE, VARIABLES


@pytest.fixture
def home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIGEST_GRAPH_HOME", str(tmp_path / "home"))
    for variable in (EMAIL_VARIABLE, *(v for known in VARIABLES.values() for v in known)):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "home"


def test_a_broken_config_is_a_finding_and_the_rest_is_examined(
    home_of_its_own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home_of_its_own.mkdir()
    (home_of_its_own / "config.toml").write_text("email = ", encoding="utf-8")
    (tmp_path / "digest-graph.toml").write_text("inputs = 3", encoding="utf-8")
    monkeypatch.setenv("OPENALEX_API_KEY", "bad\tkey")
    monkeypatch.setenv("S2_API_KEY", CANARY)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["doctor", "--offline"])
    assert done.exit_code == 0, done.exception
    faults = json.loads(CliRunner().invoke(app, ["doctor", "--offline", "--json"]).stdout)
    assert {line.split(":")[0].rsplit("/", 1)[-1] for line in faults["setup"]["faults"]} == {
        "config.toml", "OPENALEX_API_KEY", "digest-graph.toml",
    }  # fmt: skip
    assert done.stdout.count("counts for nothing:") == 3
    assert "key set in S2_API_KEY" in done.stdout
    assert "Mend the 3 settings that count for nothing" in done.stdout
    assert isinstance(CliRunner().invoke(app, ["parse", "."]).exception, UsageError)


def test_the_page_on_services_says_what_the_doctor_finds() -> None:
    page = text_of(DOCS / "services.md")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    paces = {
        each.strip(): pace
        for names, pace in rows
        for each in names.replace(", by choice", "").split(",")
    }
    services = {
        state.name: state
        for state in examined(keys.Settings(), offline=True)
        if isinstance(state, ServiceState)
    }
    as_written = {name.lower().replace(" ", "_"): name for name in paces}
    assert set(services) <= set(as_written)
    for name, state in services.items():
        assert f"{state.gap_s:g} s" in paces[as_written[name]], name
        assert state.by_choice == (f"\n| {as_written[name]}, by choice |" in page)
    (example,) = blocks(DOCS / "services.md", "toml")
    assert set(re.findall(r"^(\w+) = \W{5} ", example, re.MULTILINE)) == set(VARIABLES)
    variables = set(re.findall(r"[A-Z0-9_]{6,}", example))
    assert all(variables & set(named) for named in VARIABLES.values())
