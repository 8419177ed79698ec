"""Where the client may go, what it says of itself, and that nobody sees its keys."""

from __future__ import annotations

import logging
import pickle
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import IDS, always, asking
from fake_arxiv import FakeReply
from small_cuts import arxiv_request, openalex_request, scholar_request

from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.hosts import GROUPS, group_of, without_key
from pipeline.fetch.polite import gaps_s, polite_fetch
from pipeline.fetch.transport import secret_for, user_agent
from pipeline.model.errors import FetchError, UsageError
from pipeline.model.services import Request
from pipeline.settings.keys import Secret
from pipeline.store.ledger import Ledger

OPENALEX = "api.openalex.org"
TRICKS = [
    *r"""
    https://evil.example/ https://export.arxiv.org.evil.example/ https://export.arxiv.org@evil.test/
    https://export.arxiv.org:443@evil.example/ https://evil.example\@export.arxiv.org/
    https://export.arxiv.org\@evil.example/ http://0x7f000001/ http://127.0.0.1/ http://localhost/
    http://[::1]/ http://[::ffff:127.0.0.1]/ http://2130706433/ http://169.254.169.254/latest/
    ftp://export.arxiv.org/ file:///etc/passwd gopher://export.arxiv.org/ //export.arxiv.org/
    https:export.arxiv.org/ https:///export.arxiv.org/ https://export.arxiv.org:22/ http://[::1/
    https://export.arxiv.org:80@127.0.0.1/ https://export%2earxiv.org/ https://export.arxiv.org%00/
    https://ｅxport.arxiv.org/ https://export。arxiv。org/ https://export.arxiv.org./ javascript:1
    https://export.arxiv.org#@evil.example/ https://export.arxiv.org?@evil.example\ https://.org/
    https://user:pass@export.arxiv.org/ https://evil.example/https://export.arxiv.org/ data:,x
    https://evil.example?x=export.arxiv.org https://evil.example#export.arxiv.org bundled:papers
    https://xarxiv.org/ https://export.arxiv.org\evil/ https://export.arxiv.org: https://127.1/
    """.split(),
    "https://export.arxiv.org/\r\nHost: evil",
    " https://export.arxiv.org/",
    "https://export.arxiv.org /",
    "https://export.\tarxiv.org/",
    "",
]

CONNECTED: list[str] = []
WATCHING: list[bool] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if WATCHING and WATCHING[-1] and event in {"socket.connect", "socket.getaddrinfo"}:
        CONNECTED.append(str(arguments))


@pytest.fixture
def connections() -> Iterator[list[str]]:
    """Every name looked up and every connection made during a test."""
    if not WATCHING:
        # A hook cannot be taken away again; it rests between the tests.
        sys.addaudithook(watch)
    CONNECTED.clear()
    WATCHING.append(True)
    yield CONNECTED
    WATCHING.append(False)


def test_an_address_off_the_list_is_refused_before_any_connection(
    tmp_path: Path, connections: list[str]
) -> None:
    settings = ClientSettings(tmp_path)
    with Ledger(tmp_path / "ledger.sqlite") as ledger, polite_fetch(settings, ledger) as fetch:
        for url in TRICKS:
            with pytest.raises(FetchError, match="none of the services"):
                fetch(Request("arxiv", url, ()))
    assert connections == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_off_the_service_is_not_followed(
    status: int, tmp_path: Path, connections: list[str]
) -> None:
    # The other services are on the list, but no service sends a client on to another one.
    others = ["https://api.crossref.org/works/1", f"http://{OPENALEX}/works/W1"]
    places = [place for place in TRICKS if place.isascii() and place.isprintable()]
    sent_to = [""]
    replies = {OPENALEX: lambda path: FakeReply(status, "text/html", b"", {"Location": sent_to[0]})}
    with asking(tmp_path, replies=replies) as asked:
        for sent_to[0] in [*others, *places]:
            # Some of the tricks are, to a redirect, paths within the service.
            reason = "may not be followed" if sent_to[0] in others else "redirected"
            with pytest.raises(FetchError, match=reason):
                asked.fetch(openalex_request(IDS[1]))
    assert {arrival.host for arrival in asked.services.arrivals} == {OPENALEX}
    assert all("127.0.0.1" in connection for connection in connections)


def test_redirects_without_end_are_given_up(tmp_path: Path) -> None:
    moved = FakeReply(301, "text/html", b"", {"Location": f"https://{OPENALEX}/works/W1"})
    with (
        asking(tmp_path, replies={OPENALEX: always(moved)}) as asked,
        pytest.raises(FetchError, match="too often"),
    ):
        asked.fetch(openalex_request(IDS[1]))
    assert len(asked.services.arrivals) == 6


def test_the_body_of_a_redirect_is_bounded_too(tmp_path: Path) -> None:
    moved = FakeReply(301, "text/html", bytes(2_000_000), {"Location": f"https://{OPENALEX}/x"})
    with (
        asking(tmp_path, replies={OPENALEX: always(moved)}, max_bytes=1_000_000) as asked,
        pytest.raises(FetchError, match="over 1,000,000 bytes"),
    ):
        asked.fetch(openalex_request(IDS[1]))


def test_what_is_posted_is_not_sent_on_as_something_else(tmp_path: Path) -> None:
    host = "api.semanticscholar.org"
    moved = FakeReply(302, "text/html", b"", {"Location": f"https://{host}/graph/v1/other"})
    with (
        asking(tmp_path, replies={host: always(moved)}) as asked,
        pytest.raises(FetchError, match="may not be followed"),
    ):
        asked.fetch(scholar_request(IDS[:1]))


@pytest.mark.parametrize("status", [307, 308])
def test_what_is_posted_is_posted_again_where_a_redirect_keeps_it(
    status: int, tmp_path: Path
) -> None:
    host = "api.semanticscholar.org"
    moved = FakeReply(status, "text/html", b"", {"Location": f"https://{host}/graph/v1/other"})
    with (
        asking(tmp_path, replies={host: always(moved)}) as asked,
        pytest.raises(FetchError, match="too often"),
    ):
        asked.fetch(scholar_request(IDS[:1]))
    assert len(asked.services.arrivals) == 6
    kinds = {arrival.headers.get("Content-Type") for arrival in asked.services.arrivals}
    assert kinds == {"application/json"}


def test_the_program_says_its_name_and_whom_to_write_to(tmp_path: Path) -> None:
    with asking(tmp_path, contact="me@example.org") as asked:
        asked.fetch(arxiv_request(IDS[:1]))
    name = asked.services.arrivals[0].headers["User-Agent"]
    assert name == user_agent("me@example.org")
    assert name.startswith("arxiv-digest-graph/0.")
    assert name.endswith(" (mailto:me@example.org)")
    with pytest.raises(UsageError):
        user_agent("me@example.org\r\nHost: evil")


def test_all_hosts_of_arxiv_are_one_group_and_no_host_is_in_two() -> None:
    urls = ("https://export.arxiv.org/src/1", "http://oaipmh.arxiv.org/oai", "https://ARXIV.org/")
    assert {group_of(url).name for url in urls} == {"arxiv"}
    hosts = [host for group in GROUPS for host in group.hosts]
    assert len(hosts) == len(set(hosts))


def test_semantic_scholar_is_asked_more_slowly_without_a_key(tmp_path: Path) -> None:
    group = group_of("https://api.semanticscholar.org/")
    keyed = ClientSettings(tmp_path, credentials={"semantic_scholar": Secret("k")})
    assert gaps_s(keyed)(group) < gaps_s(ClientSettings(tmp_path))(group)


CANARY = "kEy7Canary9Zq"
KEYS = {name: Secret(CANARY) for name in ("semantic_scholar", "openalex", "opencitations")}


def told(error: BaseException) -> str:
    """All that an error and what caused it can tell, with the locals of its frames."""
    parts = traceback.TracebackException.from_exception(error, capture_locals=True)
    chain = [error, error.__cause__, error.__context__]
    return "".join(parts.format()) + repr([(vars(e), e.args) for e in chain if e is not None])


@pytest.mark.parametrize(
    "fault", [None, "reset", "short_body", "bad_gzip", "hang", "html", "rate_limited", "denied"]
)
def test_a_key_reaches_its_service_and_nothing_else(
    fault: str | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    requests = [
        openalex_request(IDS[0]),
        scholar_request(IDS[:2]),
        Request("opencitations", "https://api.opencitations.net/index/v2/references/doi:1", ()),
        arxiv_request(IDS[:1]),
    ]
    seen = []
    with asking(tmp_path, [fault] * 99, credentials=KEYS, tries=1, read_s=0.2) as asked:
        for request in requests:
            try:
                seen.append(repr(asked.fetch(request)))
            except FetchError as error:
                seen.append(told(error))
        arrived = [repr(arrival) for arrival in asked.services.arrivals]
        assert max(arrival.path.count("api_key=") for arrival in asked.services.arrivals) == 1
    assert [CANARY in arrival for arrival in arrived[:1] + arrived[-3:]] == [True] * 3 + [False]
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert CANARY not in "".join(seen) + caplog.text + repr(KEYS)
    assert not any(CANARY.encode() in content for content in kept)
    assert caplog.text.count("api_key=***") >= (fault not in {"reset", "hang"})


def test_a_key_goes_over_the_open_network_only_where_it_is_enciphered(tmp_path: Path) -> None:
    settings = ClientSettings(tmp_path, credentials=KEYS)
    clear, secure = f"http://{OPENALEX}/works/W1", f"https://{OPENALEX}/works/W1"
    assert secret_for(clear, clear, settings) is None
    assert secret_for(secure, secure, settings) is KEYS["openalex"]
    assert secret_for(secure, "http://127.0.0.1:9/works/W1", settings) is KEYS["openalex"]


def test_a_connection_that_fails_does_not_tell_the_key(tmp_path: Path) -> None:
    hosts = {OPENALEX: "http://127.0.0.1:9/x"}
    settings = ClientSettings(tmp_path, hosts=hosts, credentials=KEYS, tries=1)
    with (
        Ledger(tmp_path / "ledger.sqlite") as ledger,
        polite_fetch(settings, ledger) as fetch,
        pytest.raises(FetchError) as caught,
    ):
        fetch(openalex_request(IDS[0]))
    assert caught.value.__context__ is None
    assert CANARY not in told(caught.value)


def test_a_key_that_a_service_repeats_is_not_kept(tmp_path: Path) -> None:
    echo = FakeReply(200, "text/plain", f"key {CANARY}!".encode(), {"X-Key": CANARY})
    url = f"https://{OPENALEX}/works/W1"
    request = Request("openalex", url, (), None, lambda request, reply: (("a", reply.content),))
    with asking(tmp_path, replies={OPENALEX: always(echo)}, credentials=KEYS) as asked:
        assert asked.fetch(request).payloads == (("a", b"key ***!"),)


def test_a_key_in_a_redirect_is_taken_out_and_a_secret_is_never_written(tmp_path: Path) -> None:
    url = f"https://{OPENALEX}/works/W1?select=id&api_key={CANARY}"
    assert without_key(url) == f"https://{OPENALEX}/works/W1?select=id"
    of_others = f"?api_key={CANARY}&x-api-key={CANARY}&q=a%20b"
    for host in ("export.arxiv.org", "api.semanticscholar.org"):
        assert without_key(f"https://{host}/{of_others}") == f"https://{host}/{of_others}"
    secret = Secret(f" {CANARY}\n")
    assert secret.revealed() == CANARY
    assert CANARY not in f"{secret} {secret!r} {pickle.dumps(secret)!r} {ClientSettings(tmp_path)}"
    with pytest.raises(UsageError) as caught:
        Secret(f"{CANARY}\r\nHost: evil")
    assert CANARY not in str(caught.value)
