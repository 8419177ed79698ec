"""The command line with a network: what it asks, what it says, and what it never tells."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from conftest import PROJECT, SEED
from fake_arxiv import FakeReply
from fake_papers import papers
from fake_services import HOSTS, FakeServices
from invented_digests import built, nowhere, options, written
from loaded_commands import run
from patience import SOON_S, soon_back

from pipeline.build.wanting import Means, wanting

WORLD = papers(6)
CANARIES = ("canary-of-scholar-7f3a", "canary-of-openalex-91bc", "canary-of-citations-d05e")


class Folder:
    """A home whose services are fakes, digests that print their ids, and outputs."""

    def __init__(self, path: Path, hosts: Mapping[str, str]) -> None:
        self.home, self.outputs = path / "home", path / "out"
        self.digests = written(path / "in", WORLD, WORLD)
        self.home.mkdir()
        lines = [f'"{host}" = "{url}"' for host, url in hosts.items()]
        self.config = self.home / "config.toml"
        self.config.write_text("[hosts]\n" + "\n".join(lines) + "\n", encoding="utf-8")

    def command(self, *options: str) -> list[str]:
        """A build of the digests."""
        places = [str(self.digests), "-o", str(self.outputs)]
        return [sys.executable, "-m", "pipeline", "build", *places, *options]

    def kept(self) -> int:
        """How many answers are in the ledger by now."""
        only_read = f"{(self.home / 'ledger.sqlite').as_uri()}?mode=ro"
        try:
            with closing(sqlite3.connect(only_read, uri=True)) as ledger:
                return int(ledger.execute("SELECT count(*) FROM pieces").fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def environment(self) -> dict[str, str]:
        """The environment of one who may use the network."""
        kept = {k: v for k, v in os.environ.items() if k != "DIGEST_GRAPH_OFFLINE"}
        return kept | {"DIGEST_GRAPH_HOME": str(self.home)}

    def run(
        self, *options: str, set_to: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[int, str]:
        """The exit code of a build, and all that it said."""
        done = run(
            *self.command(*options)[3:],
            env=self.environment() | dict(set_to),
            together=True,
        )
        return done.returncode, done.stdout


@contextmanager
def set_up(path: Path, **how: object) -> Iterator[tuple[Folder, FakeServices]]:
    with FakeServices(WORLD, **how) as services:  # type: ignore[arg-type]
        yield Folder(path, services.hosts), services


def test_a_plan_is_printed_and_no_request_is_made(tmp_path: Path) -> None:
    with set_up(tmp_path) as (folder, services):
        code, said = folder.run("--dry-run")
        assert (code, services.arrivals) == (0, [])
        plans = [json.loads(line) for line in folder.run("--dry-run", "--json")[1].splitlines()]
    assert re.search(r"arxiv +6 keys now, +1 request at least, 15 at most, \d+ likely", said)
    assert re.search(r"openalex +6 keys now, +6 requests at least, 12 at most, \d+ likely", said)
    assert {"source", "keys", "requests", "least", "most"} <= plans[0].keys()
    assert not (folder.outputs / "report.md").exists()


def test_what_is_missing_is_the_last_line_and_no_way_that_was_tried_is_named(
    tmp_path: Path,
) -> None:
    refused = {host: lambda path: FakeReply(403, "text/plain", b"no") for host in HOSTS}
    with set_up(tmp_path, replies=refused) as (folder, _):
        folder.digests = SEED
        code, said = folder.run("--references-from-source")
    assert code == 0
    lines = said.strip().splitlines()
    assert any(line.startswith("eprint gave nothing") for line in lines[:-1])
    assert lines[-1].startswith("Missing: references of 4 of 7 papers")
    assert "--references-from-source" not in lines[-1]


def test_a_service_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path) -> None:
    with set_up(tmp_path) as (folder, services):
        code, said = folder.run("--sources", "arxiv,scopus")
        assert (code, services.arrivals) == (2, [])
    assert "there is no scopus. There are arxiv, semantic_scholar, openalex" in said


def test_services_that_are_named_are_asked_alone_and_offline_what_they_answered_is_used(
    tmp_path: Path,
) -> None:
    with set_up(tmp_path) as (folder, services):
        code, _ = folder.run("--sources", "arxiv")
        assert (code, {a.host for a in services.arrivals}) == (0, {"export.arxiv.org"})
        asked = len(services.arrivals)
        for said in (folder.run("--offline"), folder.run(set_to={"DIGEST_GRAPH_OFFLINE": "1"})):
            assert (said[0], len(services.arrivals)) == (0, asked)
            assert "Nobody was asked. Missing: references of 6 of 6 papers" in said[1]
            report = (folder.outputs / "report.md").read_text(encoding="utf-8")
            assert "- openalex: no request was allowed (6)" in report
            assert "- arxiv: " not in report


def test_of_the_digest_that_ships_references_alone_are_asked_for_that_are_not_known(
    tmp_path: Path,
) -> None:
    with FakeServices(WORLD) as services:
        network = replace(options(tmp_path, services.hosts), from_source=True)
        found = built(SEED, network)
        asked = Counter(arrival.host for arrival in services.arrivals)
        batch = next(a.body for a in services.arrivals if a.body)
    assert asked == {"api.semanticscholar.org": 1, "export.arxiv.org": 4}
    assert len(json.loads(batch)["ids"]) == 4
    assert (found.nodes.num_rows, found.edges.num_rows) == (334, 350)
    line = wanting(found, Means()) or ""
    assert line.startswith("Missing: references of 4 of 7 papers")


def test_without_a_network_a_build_ends_soon_and_says_what_is_missing(tmp_path: Path) -> None:
    folder = Folder(tmp_path, dict.fromkeys(HOSTS, nowhere()))
    with soon_back(60.0):
        code, said = folder.run("--within", "20s")
    assert code == 0
    opened, counted, missing = said.splitlines()
    assert opened.endswith("asking services, about 20 s left, Ctrl-C keeps all.")
    assert counted.startswith("6 entries, 6 matched")
    assert missing.startswith("There is no network, so nobody could be asked. Missing: references")
    report = (folder.outputs / "report.md").read_text(encoding="utf-8")
    assert "- openalex: no connection could be made (6)" in report


def test_ctrl_c_leaves_the_best_graph_and_the_next_run_goes_on(tmp_path: Path) -> None:
    silent: list[Folder] = []

    def fault(_host: str) -> str | None:
        # Once an answer is kept nothing answers any more, whichever service came first.
        return "hang" if any(folder.kept() for folder in silent) else None

    with set_up(tmp_path, fault_at=fault) as (folder, services):
        silent.append(folder)
        with subprocess.Popen(
            folder.command(), env=folder.environment(), cwd=PROJECT, stderr=-1, text=True
        ) as running:
            while running.poll() is None and not any(a.fault for a in services.arrivals):
                time.sleep(0.05)
            running.send_signal(signal.SIGINT)
            said = running.communicate(timeout=SOON_S)[1]
        assert running.returncode == 130
        assert "digest-graph: stopped; every file is whole, or as it was before" in said
        assert (folder.outputs / "graph.html").is_file()
        assert "Traceback" not in said
        stopped_after = len(services.arrivals)
        silent.clear()
        code, said = folder.run()
        later = services.arrivals[stopped_after:]
    assert code == 0
    answered = {(a.path, a.body) for a in services.arrivals[:stopped_after] if a.fault is None}
    assert answered - {(a.path, a.body) for a in later}
    assert "failed" not in said


def _refusing(path: str) -> FakeReply:
    said = f'{{"error": "no such key as {CANARIES[0]}", "at": "{path}"}}'
    return FakeReply(401, "application/json", said.encode())


@pytest.mark.parametrize("works", [True, False])
def test_a_key_is_sent_and_stands_nowhere_else(tmp_path: Path, works: bool) -> None:
    scholar, openalex, citations = CANARIES
    bad = {} if works else dict.fromkeys(("api.openalex.org", "api.semanticscholar.org"), _refusing)
    with set_up(tmp_path, replies=bad) as (folder, services):
        with folder.config.open("a", encoding="utf-8") as config:
            config.write(f'[keys]\nopenalex = "{openalex}"\n')
        keys = {"SEMANTIC_SCHOLAR_API_KEY": scholar, "OPENCITATIONS_ACCESS_TOKEN": citations}
        folder.config.chmod(0o600)
        code, said = folder.run(set_to=keys)
        sent = " ".join(f"{arrival.path} {arrival.headers}" for arrival in services.arrivals)
    assert code == 0
    assert all(key in sent for key in CANARIES)
    report = (folder.outputs / "report.md").read_text(encoding="utf-8")
    assert works or "no such key as" in report
    assert works or "may be wrong" in report
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path != folder.config]
    assert {"ledger.sqlite", "report.md"} <= {path.name for path in files}
    texts = [said.encode(), *(path.read_bytes() for path in files)]
    assert [key for key in CANARIES for text in texts if key.encode() in text] == []
