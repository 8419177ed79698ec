"""Which doors are knocked at to find out whether there is a network, and how often."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.knocking import MOST_HOSTS, Knocks

NAMES = ("api.crossref.org", "dblp.org", "inspirehep.net", "huggingface.co", "api.openalex.org")


class Doors:
    """Name servers and doors in memory: what was looked up, and of how many doors none opens."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, shut: int = 0) -> None:
        self.asked: list[tuple[str, int]] = []
        self._shut = shut
        self._lock = threading.Lock()
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)
        monkeypatch.setattr(socket.socket, "connect", lambda _door, _address: None)

    def _look_up(self, host: str, port: int, *_kind: object) -> list[tuple[object, ...]]:
        with self._lock:
            self.asked.append((host, port))
            if len(self.asked) <= self._shut:
                raise socket.gaierror
        return [(0, 0, 0, "", ("127.0.0.1", port))]

    def all_asked(self) -> set[tuple[str, int]]:
        """What was looked up, once everybody has knocked."""
        for thread in threading.enumerate():
            if thread.name.startswith("knocking at"):
                thread.join()
        return set(self.asked)


@pytest.fixture
def settings(tmp_path: Path) -> ClientSettings:
    return ClientSettings(tmp_path, hosts={"api.openalex.org": "http://own.example:81"})


def test_four_hosts_are_knocked_at_those_of_the_reader_first(
    monkeypatch: pytest.MonkeyPatch, settings: ClientSettings
) -> None:
    doors = Doors(monkeypatch)
    knocks = Knocks([f"https://{name}/x" for name in NAMES], settings)
    first = [(name, 443) for name in NAMES[: MOST_HOSTS - 1]]
    assert doors.all_asked() == {("own.example", 81), *first}
    assert knocks.reached()
    assert MOST_HOSTS == 4


def test_an_address_in_the_clear_is_knocked_at_at_its_own_port(
    monkeypatch: pytest.MonkeyPatch, settings: ClientSettings
) -> None:
    doors = Doors(monkeypatch)
    Knocks(["http://dblp.org/x"], settings)
    assert doors.all_asked() == {("dblp.org", 80)}


@pytest.mark.parametrize(
    ("shut", "knocks_in_all", "reached"), [(0, 2, True), (2, 4, True), (3, 4, True), (4, 4, False)]
)
def test_a_door_that_stays_shut_is_knocked_at_twice(
    monkeypatch: pytest.MonkeyPatch, settings: ClientSettings,
    shut: int, knocks_in_all: int, reached: bool,
) -> None:  # fmt: skip
    doors = Doors(monkeypatch, shut)
    knocks = Knocks(["https://dblp.org/x"], settings)
    doors.all_asked()
    assert len(doors.asked) == knocks_in_all
    assert knocks.reached() is reached


def test_where_there_is_nobody_to_ask_somebody_is_there(settings: ClientSettings) -> None:
    assert Knocks([], settings).reached()
