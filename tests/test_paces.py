"""How often services are asked, how often again, and what is said about keys, in figures."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from asking import NOON, FakeTime

from pipeline.fetch.circuit_breaker import with_circuit_breaker
from pipeline.fetch.exchange import ClientSettings, Clock, TransportReply, WaitError
from pipeline.fetch.hosts import OWN_GROUPS
from pipeline.fetch.polite import key_hint
from pipeline.fetch.rate_limit import with_rate_limit
from pipeline.fetch.retry import with_retries
from pipeline.model.errors import FetchError, RestingError
from pipeline.model.services import Answer, Reply, Request
from pipeline.settings.keys import Secret
from pipeline.store.ledger import Ledger

REQUEST = Request("openalex", "https://api.openalex.org/works", ("k",))
GAPS_S = {
    "arxiv": 3.1, "semantic_scholar": 1.1, "openalex": 0.12, "opencitations": 1.0, "inspire": 0.4,
    "crossref": 0.35, "hugging_face": 0.7, "datacite": 0.6, "dblp": 2.0, "acl_anthology": 60.0,
    "openreview": 1.5,
}  # fmt: skip


def answered(request: Request) -> TransportReply:
    return TransportReply(Reply(200, "application/json", b"{}"), {})


def test_each_service_is_asked_as_slowly_as_the_documentation_says() -> None:
    assert {group.name: group.gap_s for group in OWN_GROUPS} == GAPS_S
    keyless = {group.name: group.keyless_gap_s for group in OWN_GROUPS if group.keyless_gap_s}
    assert keyless == {"semantic_scholar": 3.0}
    assert [group.name for group in OWN_GROUPS if group.one_at_a_time] == ["arxiv"]
    assert {group.name: group.short_rests for group in OWN_GROUPS if group.short_rests != 3} == {
        "semantic_scholar": 8
    }
    assert ClientSettings(Path()).max_bytes == 33_554_432


@pytest.mark.parametrize(
    ("wall_s", "steady_s", "slept_s"),
    [(1.0, 9.0, 2.0), (9.0, 1.0, 2.0), (-5.0, 9.0, 3.0), (3.0, 3.0, 0.0), (4.0, 4.0, 0.0)],
)
def test_a_gap_is_over_when_both_clocks_say_so(
    tmp_path: Path, wall_s: float, steady_s: float, slept_s: float
) -> None:
    times = [(100.0, 10.0), (100.0 + wall_s, 10.0 + steady_s)]
    sleeps: list[float] = []
    clock = Clock(lambda: times[0][0], lambda: times[0][1], sleeps.append)
    asked = with_rate_limit(answered, tmp_path, lambda group: 3.0, clock)
    asked(REQUEST)
    times.pop(0)
    asked(REQUEST)
    assert sleeps == [0.0, slept_s]


@pytest.mark.parametrize("tries", [1, 2, 4])
def test_a_request_is_tried_so_often_and_no_more(tries: int) -> None:
    calls: list[Request] = []

    def failing(request: Request) -> Answer:
        calls.append(request)
        raise FetchError(request.url, "the answer broke off")

    time = FakeTime()
    with pytest.raises(FetchError) as caught:
        with_retries(failing, time.clock, Random(1), tries, 2)(REQUEST)
    assert (len(calls), caught.value.attempts) == (tries, tries)
    assert len(time.slept) == tries - 1
    bounds_s = [(1.0, 3.0), (2.0, 6.0), (4.0, 12.0)]
    assert all(least <= s <= most for s, (least, most) in zip(time.slept, bounds_s, strict=False))


def test_a_key_that_is_refused_may_be_wrong_but_not_where_too_much_is_asked() -> None:
    keyed = ClientSettings(Path(), credentials={"openalex": Secret("k")})
    for status, hint in ((401, "may be wrong"), (403, "may be wrong"), (429, ""), (500, "")):
        assert hint in key_hint("openalex", status, keyed)
        assert (key_hint("openalex", status, keyed) == "") is (hint == "")
    for status in (401, 403, 429):
        assert "a key helps" in key_hint("openalex", status, ClientSettings(Path()))
    assert key_hint("inspire", 429, ClientSettings(Path())) == ""


def test_a_service_whose_clock_was_wrong_is_not_left_alone_for_years(tmp_path: Path) -> None:
    time = FakeTime()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        asked = with_circuit_breaker(answered, ledger, time.clock)
        ledger.rest("openalex", NOON + timedelta(days=1, seconds=1), "refused (403)")
        with pytest.raises(RestingError):
            asked(REQUEST)
        ledger.rest("openalex", NOON + timedelta(days=1, seconds=2), "refused (403)")
        assert asked(REQUEST).reply.status == 200
        assert ledger.rest_of("openalex") is None


def test_a_refusal_that_names_no_time_lets_a_service_rest_for_ten_minutes(tmp_path: Path) -> None:
    def refused(request: Request) -> TransportReply:
        raise WaitError(request.url, "refused (403)", 403, None)

    time = FakeTime()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        with pytest.raises(RestingError) as caught:
            with_circuit_breaker(refused, ledger, time.clock)(REQUEST)
        assert caught.value.until == NOON + timedelta(minutes=10)
