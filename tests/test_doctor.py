"""`digest-graph doctor`: what it finds, over services that misbehave, and what it leaves alone."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asking import WORLD, always
from conftest import PROJECT
from fake_arxiv import FakeReply
from fake_indexes import json_reply, spent_reply
from fake_services import HTML, FakeServices
from patience import SOON_S, soon_back
from test_hosts import CANARY

from pipeline.catalogue.building import build_catalogue
from pipeline.doctor import examined, json_text, text_lines
from pipeline.doctor.reachability import REQUESTS
from pipeline.fetch.hosts import GROUPS
from pipeline.settings import keys
from pipeline.settings.keys import EMAIL_VARIABLE, VARIABLES
from pipeline.store.ledger import Ledger

NAMES = [group.name for group in GROUPS]
OPENALEX = "api.openalex.org"
PAPER = next(iter(WORLD.values()))._replace(references=(), doi=None)
RECOMP = (
    "RECOMP: Improving Retrieval-Augmented LMs with Context Compression and Selective Augmentation"
)
PAPERS = {
    "1706.03762": PAPER._replace(
        arxiv_id="1706.03762", title="Attention is All you Need", authors=("Ashish Vaswani",)
    ),
    "2310.04408": PAPER._replace(arxiv_id="2310.04408", title=RECOMP, authors=("Fangyuan Xu",)),
    "2409.01524": PAPER._replace(arxiv_id="2409.01524"),
    "hep-th/9711200": PAPER._replace(arxiv_id="hep-th/9711200", doi="10.1023/a:1026654312961"),
    "1512.03385": PAPER._replace(
        arxiv_id="1512.03385", doi="10.1109/cvpr.2016.90", references=("1706.03762",)
    ),
}
Replies = Mapping[str, Callable[[str], FakeReply | None]]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for the test, and no key of the person who runs it."""
    monkeypatch.setenv("DIGEST_GRAPH_HOME", str(tmp_path / "home"))
    for variable in (EMAIL_VARIABLE, *(v for known in VARIABLES.values() for v in known)):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "home"


def configured(home: Path, hosts: Mapping[str, str], key: str | None = None) -> None:
    """Writes a config.toml that sends all requests to these hosts."""
    home.mkdir(exist_ok=True)
    lines = [f'{name} = "{key}"' for name in VARIABLES] if key else []
    places = [f'"{host}" = "{url}"' for host, url in hosts.items()]
    text = "\n".join(["[keys]", *lines, "[hosts]", *places])
    (home / "config.toml").write_text(text)
    (home / "config.toml").chmod(0o600)


def as_json(**options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_text(examined(keys.settings(), **options)))
    found["outcomes"] = {service["name"]: service["outcome"] for service in found["services"]}
    return found


def doctored(home: Path, replies: Replies, key: str | None = None) -> dict[str, Any]:
    """The JSON object of a doctor where these hosts answer so, and all others rightly."""
    with FakeServices(PAPERS, replies=replies) as services:
        configured(home, services.hosts, key)
        found = as_json()
        assert len(services.arrivals) == len(GROUPS)
        return found


def test_there_is_a_request_for_every_service_and_no_other() -> None:
    assert sorted(REQUESTS) == sorted(NAMES)


def test_services_that_answer_are_asked_once_and_nothing_is_kept(own_home: Path) -> None:
    with FakeServices(PAPERS) as services:
        configured(own_home, services.hosts, CANARY)
        found = as_json()
        assert len(services.arrivals) == len({a.host for a in services.arrivals}) == len(GROUPS)
    assert [(name, o["said"]) for name, o in found["outcomes"].items()] == [
        (name, "answers") for name in NAMES
    ]
    assert all(0 <= outcome["took_s"] < SOON_S for outcome in found["outcomes"].values())
    with Ledger(own_home / "ledger.sqlite") as ledger:
        assert (ledger.contents(), ledger.rests()) == ((), {})


PAGE = FakeReply(200, "text/html", HTML)
LOG_IN = FakeReply(302, "text/html", b"", {"Location": "https://portal.test/"})


@pytest.mark.parametrize(
    ("reply", "key", "state", "said"),
    [
        (FakeReply(429, "text/plain", b"Rate exceeded."), None, "rate_limit", "too often"),
        (spent_reply(), None, "credits_spent", "credits of the day"),
        (json_reply(401, {"error": "Invalid API key"}), CANARY, "wrong_key", "401"),
        (json_reply(403, {}), CANARY, "wrong_key", "403"),
        (json_reply(403, {}), None, "refused", "403"),
        (PAGE, None, "web_page", "log-in"),
        (LOG_IN, None, "web_page", "(302)"),
        (FakeReply(407, "text/html", HTML), None, "web_page", "(407)"),
        (FakeReply(503, "text/html", HTML), None, "out_of_order", "(503)"),
        (FakeReply(511, "text/html", HTML), None, "web_page", "(511)"),
        (json_reply(200, {"id": "W1"}), None, "no_answer", "another work"),
        (FakeReply(404, "text/html", b"<p>404 Not Found</p>"), None, "answers", "knows nothing"),
        (FakeReply(404, "text/html", HTML), None, "no_answer", "404"),
    ],
)
def test_what_is_wrong_is_told_apart(
    reply: FakeReply, key: str | None, state: str, said: str, own_home: Path
) -> None:
    outcomes = doctored(own_home, {OPENALEX: always(reply)}, key)["outcomes"]
    assert (outcomes["openalex"]["state"], said in outcomes["openalex"]["said"]) == (state, True)
    assert {outcomes[name]["state"] for name in NAMES if name != "openalex"} == {"answers"}


def test_without_a_network_all_is_unreachable_and_the_network_is_the_advice(
    own_home: Path,
) -> None:
    configured(own_home, {host: "http://127.0.0.1:9" for group in GROUPS for host in group.hosts})
    found = as_json()
    assert {outcome["state"] for outcome in found["outcomes"].values()} == {"unreachable"}
    assert "look at the network" in found["next"][0]


def test_a_service_that_refused_is_left_alone_by_the_next_doctor(own_home: Path) -> None:
    refused = FakeReply(429, "text/plain", b"Rate exceeded.")
    hosts = {"api.crossref.org": always(refused)}
    first = doctored(own_home, hosts)["outcomes"]["crossref"]
    with FakeServices(PAPERS) as services:
        configured(own_home, services.hosts)
        for turn in own_home.glob("*.turn"):
            turn.unlink()
        again, offline = (as_json(offline=o)["outcomes"]["crossref"] for o in (False, True))
        assert "api.crossref.org" not in {arrival.host for arrival in services.arrivals}
    for later in (again, offline):
        assert (later["state"], later["resting_until"]) == ("resting", first["resting_until"])
        assert "asked too often" in later["said"]


def test_a_service_that_never_answers_is_not_waited_for(own_home: Path) -> None:
    with FakeServices(PAPERS, ["hang"] * len(GROUPS)) as services:
        configured(own_home, services.hosts)
        with soon_back():
            found = as_json(limit_s=0.4)
    assert {outcome["state"] for outcome in found["outcomes"].values()} == {"late"}
    assert "within 0.4 s" in found["outcomes"]["arxiv"]["said"]


def test_offline_asks_nobody_and_makes_no_file(own_home: Path) -> None:
    with FakeServices(PAPERS) as services:
        configured(own_home, services.hosts)
        found = as_json(offline=True)
        assert services.arrivals == []
    assert {outcome["state"] for outcome in found["outcomes"].values()} == {"not_asked"}
    assert [path.name for path in own_home.iterdir()] == ["config.toml"]
    assert found["ledger"]["size_bytes"] is None


ECHO = json_reply(400, {"error": f"\x1b[2Jnot a key: {CANARY}", "key": CANARY}, {"X-Key": CANARY})


@pytest.mark.parametrize("reply", [None, ECHO], ids=["answers", "echo"])
def test_a_key_is_shown_nowhere(
    reply: FakeReply | None, own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hosts = [host for group in GROUPS for host in group.hosts]
    replies = {host: always(reply) for host in hosts} if reply else {}
    with FakeServices(PAPERS, replies=replies) as services:
        configured(own_home, services.hosts, CANARY)
        seen = "\n".join(text_lines(examined(keys.settings())))
        arrived = repr(services.arrivals)
    seen += json_text(examined(keys.settings(), offline=True))
    assert "key set in config.toml" in seen
    assert arrived.count(CANARY) == len(VARIABLES)
    kept = [p.read_bytes() for p in own_home.iterdir() if p.name != "config.toml"]
    assert CANARY not in seen + caplog.text
    assert not any(CANARY.encode() in content for content in kept)
    assert "\x1b" not in seen


def lines_of(found: Iterator[Any]) -> str:
    return " ".join(" ".join(text_lines(found)).split())


def test_what_the_ledger_holds_is_told_by_source_with_what_was_damaged(own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "ledger.sqlite").write_bytes(b"not a database" * 99)
    with Ledger(own_home / "ledger.sqlite") as ledger:
        ledger.keep("openalex", [("a", b"x"), ("b", b"x"), ("c", None)], date(2026, 10, 1))
        ledger.keep("openalex", [("d", b"x")], date(2026, 11, 1))
    before = ledger.size_bytes
    told = lines_of(examined(keys.settings(), offline=True))
    assert "openalex 3 1 2026-10-01 2026-11-01" in told
    assert "moved aside: ledger.sqlite.damaged-1" in told
    assert str(own_home / "ledger.sqlite") in told
    kept = as_json(offline=True)["ledger"]
    assert kept["sources"][0]["found"] == 3
    assert kept["size_bytes"] >= before > 4096


def test_the_catalogue_is_counted_or_how_to_build_one_is_said(tmp_path: Path) -> None:
    assert "Build one: digest-graph catalogue build FILE" in lines_of(
        examined(keys.settings(), offline=True)
    )
    record = {"id": "2409.01524", "title": "A Title", "update_date": "2024-09-05"}
    (tmp_path / "snapshot.json").write_text(json.dumps(record))
    folder = tmp_path / "catalogue"
    build_catalogue([tmp_path / "snapshot.json"], folder, lambda path: BytesIO(path.read_bytes()))
    found = as_json(catalogue=folder, offline=True)
    assert (found["catalogue"]["papers"], found["catalogue"]["newest"]) == (1, "2024-09-05")
    assert "1 paper," in lines_of(examined(keys.settings(), folder, offline=True))


def test_a_home_that_cannot_be_used_is_a_finding_and_nobody_is_asked(own_home: Path) -> None:
    own_home.write_text("this is a file")
    found = as_json()
    assert "cannot be used" in found["ledger"]["problem"]
    assert {outcome["state"] for outcome in found["outcomes"].values()} == {"not_asked"}


@pytest.mark.parametrize("offline", [True, False])
def test_it_is_readable_at_80_columns_and_ends_in_at_most_two_sentences(
    offline: bool, own_home: Path
) -> None:
    with Ledger(own_home / "ledger.sqlite") as ledger:
        ledger.keep("semantic_scholar_titles", [("a", b"x")], date(2026, 10, 1))
        ledger.rest("openalex", datetime.now(UTC) + timedelta(hours=9), "the credits are spent")
    with FakeServices(PAPERS, ["html"] * 7) as services:
        configured(own_home, services.hosts)
        lines = list(text_lines(examined(keys.settings(), offline=offline)))
        advice = as_json(offline=True)["next"]
    assert [line for line in lines if len(line) > 80 and str(own_home) not in line] == []
    assert lines[0].startswith("digest-graph 0.")
    assert 1 <= len(advice) <= 2
    assert any("resting: the credits are spent" in line for line in lines)


def test_what_to_do_next_names_the_variable_and_then_there_is_nothing_left(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Set SEMANTIC_SCHOLAR_API_KEY" in as_json(offline=True)["next"][0]
    monkeypatch.setenv("S2_API_KEY", CANARY)
    said = as_json(offline=True)["next"]
    assert "catalogue build" in said[0]
    assert EMAIL_VARIABLE in said[1]


def test_a_host_that_no_service_has_is_warned_of(own_home: Path) -> None:
    configured(own_home, {"api.openalex.com": "https://x.test"})
    assert "no service has the host api.openalex.com" in lines_of(
        examined(keys.settings(), offline=True)
    )


DOCTOR = """
from pipeline.catalogue.building import build_catalogue
from pipeline.doctor import examined, text_lines
from pipeline.settings.keys import settings
try:
    for line in text_lines(examined(settings())):
        print(line, flush=True)
except KeyboardInterrupt:
    raise SystemExit(130)
"""


def test_stopping_by_hand_ends_at_once_and_leaves_a_whole_ledger(own_home: Path) -> None:
    with FakeServices(PAPERS, ["hang"] * len(GROUPS)) as services:
        configured(own_home, services.hosts)
        command = [sys.executable, "-c", DOCTOR]
        with subprocess.Popen(command, cwd=PROJECT, stdout=-1, stderr=-1, text=True) as process:
            while len(services.arrivals) < len(GROUPS) and process.poll() is None:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=SOON_S)
    assert (process.returncode, errors) == (130, "")
    with Ledger(own_home / "ledger.sqlite") as ledger:
        assert (ledger.message, ledger.rests(), ledger.contents()) == (None, {}, ())
