"""Without a network, or behind a sign-in page, a build ends soon after it drew, and says why."""

from __future__ import annotations

import socket
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from asking import always
from fake_arxiv import FakeReply
from fake_papers import papers
from fake_services import HOSTS, FakeServices
from invented_digests import LEFT, HurriedTime, built, nowhere, options, written
from patience import SOON_S, soon_back

from pipeline.build.asking import OUT_OF_TIME
from pipeline.build.first_replies import SOMETHING_ELSE, FirstReplies
from pipeline.build.run import Inputs, builds
from pipeline.build.wanting import Means, wanting
from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.knocking import Knocks
from pipeline.model.errors import (
    NO_CONNECTION,
    AnswerError,
    FetchError,
    InterceptedError,
    RestingError,
    UnreachedError,
    WebPageError,
)

WORLD = papers(4)
URLS = ("https://export.arxiv.org/api", "https://api.openalex.org/works")
PAGE = FakeReply(200, "text/html", b"<!DOCTYPE html><html>Please sign in</html>")
SIGN_IN = FakeReply(511, "text/html", b"<html>sign in</html>")
AWAY = FakeReply(302, "text/html", b"", {"Location": "http://sign-in.example/"})


def _settings(tmp_path: Path, **hosts: str) -> ClientSettings:
    return ClientSettings(tmp_path, hosts=hosts)


def test_one_open_door_of_several_is_a_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        there = f"http://127.0.0.1:{door.getsockname()[1]}"
        hosts = {"export.arxiv.org": nowhere(), "api.openalex.org": there}
        assert Knocks(URLS, _settings(tmp_path, **hosts)).reached()
    assert not Knocks(URLS, _settings(tmp_path, **dict.fromkeys(hosts, nowhere()))).reached()


def test_a_name_server_that_never_answers_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Event()

    def hanging(*_names: object) -> None:
        over.wait(60.0)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    with soon_back(20.0):
        assert not Knocks(URLS, _settings(tmp_path, **{"export.arxiv.org": nowhere()})).reached()
    over.set()


def test_a_door_that_never_opens_is_not_waited_for(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as door, ExitStack() as waiting:
        for _ in range(4):
            caller = waiting.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(door.getsockname())
        there = f"http://127.0.0.1:{door.getsockname()[1]}"
        settings = replace(_settings(tmp_path, **{"export.arxiv.org": there}), connect_s=60.0)
        with soon_back(20.0):
            assert not Knocks(URLS[:1], settings).reached()


def test_behind_a_proxy_nobody_knocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(*_names: object) -> None:
        raise AssertionError("a name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setenv("https_proxy", nowhere())
    assert Knocks(URLS, ClientSettings(tmp_path)).reached()


def test_hosts_of_which_none_answers_itself_are_told_from_those_that_do() -> None:
    page, away = WebPageError(URLS[0], "a page"), InterceptedError(URLS[1], "away", 302)
    resting = RestingError(URLS[1], "resting", None, datetime.now(UTC))
    for errors, why in (
        ([page, away], SOMETHING_ELSE),
        ([page, UnreachedError(URLS[1])], SOMETHING_ELSE),
        ([FetchError(URLS[0], "sign in", 511), away], SOMETHING_ELSE),
        ([UnreachedError(URLS[0]), UnreachedError(URLS[1])], NO_CONNECTION),
        ([page, None], None),
        ([page, AnswerError(URLS[1], "cut short", 200)], None),
        ([page, FetchError(URLS[1], "out of order", 503)], None),
        ([page, resting], None),
        ([page], None),
    ):
        first = FirstReplies()
        asked = {str(number) for number, _ in enumerate(errors)}
        for host, error in zip(sorted(asked), errors, strict=True):
            assert first.why_nobody(asked) is None
            first.note(host, error)
        assert first.why_nobody(asked) == why, errors
        # A host that has nothing more to do is no longer among those that are asked.
        assert first.why_nobody({max(asked)}) == why, errors


@pytest.mark.parametrize("page", [PAGE, SIGN_IN, AWAY], ids=["page", "511", "away"])
def test_behind_a_sign_in_page_no_key_is_asked_twice_and_the_last_line_says_so(
    tmp_path: Path, page: FakeReply
) -> None:
    digests = written(tmp_path / "in", WORLD, WORLD)
    with FakeServices(WORLD, replies=dict.fromkeys(HOSTS, always(page))) as services:
        found = built(digests, options(tmp_path, services.hosts))
    asked = Counter(arrival.host for arrival in services.arrivals)
    assert max(asked.values()) <= len(WORLD), asked
    assert {told.state for told in found.told if told.source != "bundled"} <= set(LEFT)
    line = wanting(found, Means()) or ""
    assert line.startswith("Something else, a sign-in page or a filter, answered in the place of")
    assert "sign in to this network" in line


def test_services_that_never_answer_are_left_when_the_time_is_up(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, WORLD)
    with FakeServices(WORLD, fault_at=lambda _host: "hang") as services:
        network = replace(options(tmp_path, services.hosts), within_s=0.5)
        drawing = builds(Inputs((digests,), network=network))
        first = next(drawing)
        with soon_back(SOON_S):
            (last,) = drawing
    assert first.left_s is not None
    assert {told.reason for told in last.graph.told if told.source != "bundled"} == {OUT_OF_TIME}


def test_one_service_that_is_busy_and_sends_a_page_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    digests = written(tmp_path / "in", WORLD, WORLD)
    with FakeServices(WORLD, replies={"export.arxiv.org": always(PAGE)}) as services:
        found = built(digests, options(tmp_path, services.hosts, clock=HurriedTime().clock))
    assert {t.source for t in found.told if t.state == "found"} >= {"openalex", "semantic_scholar"}
