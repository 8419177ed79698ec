"""When a service is asked again, what it is said to have answered, and who is waited for."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest
from asking import FakeTime
from invented_digests import nowhere

from pipeline.fetch.exchange import ClientSettings, WaitError
from pipeline.fetch.knocking import LEAST_S, OPENED_WITHIN_S, Knocks
from pipeline.fetch.refusals import with_refusals_raised
from pipeline.fetch.retry import with_retries
from pipeline.fetch.validation import with_validation
from pipeline.model.errors import AnswerError, UnreachedError
from pipeline.model.services import Answer, Reply, Request

URL = "https://api.openalex.org/works"


class Steady(Random):
    """No jitter: the middle of what it may be."""

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


def request(split: Callable[..., Any] | None = None) -> Request:
    return Request("openalex", URL, ("k",), split_by_key=split)


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (AnswerError(URL, "cut short", 200), [2.0, 4.0, 8.0]),
        (WaitError(URL, "asked too often", 429, 5.0), [5.0, 5.0, 8.0]),
        (WaitError(URL, "asked too often", 429, 61.0), [60.0, 60.0, 60.0]),
        (UnreachedError(URL), [2.0]),
    ],
)
def test_the_pauses_double_and_no_pause_asked_for_is_over_a_minute(
    error: AnswerError | WaitError | UnreachedError, waits: list[float]
) -> None:
    def failing(_: Request) -> Answer:
        raise error

    time = FakeTime()
    with pytest.raises(type(error)):
        with_retries(failing, time.clock, Steady(), 4, 2)(request())
    assert time.slept == waits
    assert error.attempts == len(waits) + 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (403, "refused (403)"),
        (408, "the service is out of order (408)"),
        (429, "asked too often (429)"),
        (500, "the service is out of order (500)"),
    ],
)
def test_a_refusal_is_called_what_it_is(status: int, reason: str) -> None:
    def transport(_: Request) -> SimpleNamespace:
        return SimpleNamespace(reply=Reply(status, "", b""), headers={})

    with pytest.raises(WaitError) as caught:
        with_refusals_raised(transport, FakeTime().clock)(request())  # type: ignore[arg-type]
    assert (caught.value.reason, caught.value.wait_s) == (reason, None)


def test_of_a_long_reason_why_an_answer_is_none_300_letters_are_told() -> None:
    def split(*_: object) -> Any:
        raise ValueError("x" * 1_000)

    def transport(_: Request) -> SimpleNamespace:
        return SimpleNamespace(reply=Reply(200, "application/json", b"{}"))

    with pytest.raises(AnswerError) as caught:
        with_validation(transport)(request(split))  # type: ignore[arg-type]
    assert len(caught.value.reason) == 300


def test_a_door_that_opens_after_the_least_wait_is_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(_door: socket.socket, _address: object) -> None:
        sleep(LEAST_S + (OPENED_WITHIN_S - LEAST_S) / 4)

    monkeypatch.setattr(socket.socket, "connect", late)
    settings = ClientSettings(tmp_path, hosts={"api.openalex.org": nowhere()})
    # Several times, as a machine that is busy may let the last of its time pass.
    assert any(Knocks([URL], settings).reached() for _ in range(5))
