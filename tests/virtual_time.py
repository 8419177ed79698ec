"""A day of asking in seconds: time passes only when all who ask have nothing to do but to wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from fake_arxiv import FakeReply
from fake_papers import World
from fake_services import FakeServices
from invented_digests import DAY

from pipeline.fetch.exchange import ClientSettings, Clock
from pipeline.fetch.hosts import group_of
from pipeline.fetch.options import NetworkOptions

NOON_S = 1_795_400_000.0
ASKING = "asking "
"""How the names of the threads begin that ask a host each."""


class VirtualTime:
    """A clock for a build: it goes on to the next thing to do once every asking thread sleeps.

    It looks whether that is so whenever the main thread reads it.
    """

    def __init__(self) -> None:
        self.now_s = NOON_S
        self._wakes: dict[str, float] = {}
        self._changed = threading.Condition()
        self.clock = Clock(lambda: self.now_s, self._read, self._sleep, look_s=0.0001)

    @property
    def passed_s(self) -> float:
        """The seconds since it was made."""
        return self.now_s - NOON_S

    def sleep_as(self, name: str, seconds: float) -> None:
        """Lets the calling thread sleep in the place of the named one, which waits for it."""
        with self._changed:
            wakes_s = self.now_s + seconds
            if seconds > 0:
                self._wakes[name] = wakes_s
            while self.now_s < wakes_s:
                self._changed.wait(1.0)
            self._wakes.pop(name, None)

    def _sleep(self, seconds: float) -> None:
        self.sleep_as(threading.current_thread().name, seconds)

    def _read(self) -> float:
        if threading.current_thread() is threading.main_thread():
            asking = [t.name for t in threading.enumerate() if t.name.startswith(ASKING)]
            with self._changed:
                if asking and all(name in self._wakes for name in asking):
                    self.now_s = max(self.now_s, min(self._wakes[name] for name in asking))
                    self._changed.notify_all()
        return self.now_s


class SlowServices(FakeServices):
    """Services that take their time to answer, by a virtual clock."""

    def __init__(
        self,
        world: World,
        time: VirtualTime,
        latency_s: tuple[float, float] = (0.2, 1.0),
        fault_at: Callable[[str], str | None] = lambda host: None,
    ) -> None:
        super().__init__(world, fault_at=fault_at)
        self._time = time
        self._latency_s = latency_s
        self._latencies = Random(3)

    def reply_to(self, host: str, path: str, body: bytes, fault: str | None) -> FakeReply:
        """What is answered, after some time."""
        with self._lock:
            latency_s = self._latencies.uniform(*self._latency_s)
        self._time.sleep_as(f"{ASKING}{group_of(f'https://{host}/').name}", latency_s)
        return super().reply_to(host, path, body, fault)


def first_day(
    home: Path, services: FakeServices, time: VirtualTime, **other: Any
) -> NetworkOptions:
    """The network of somebody without a key, with all pauses between requests."""
    client = ClientSettings(home, hosts=services.hosts)
    return NetworkOptions(home, client, DAY, clock=time.clock, **other)


def refusing(share: float, seed: int = 1) -> Callable[[str], str | None]:
    """Semantic Scholar refuses so large a share of all requests, and says not for how long."""
    random = Random(seed)

    def fault(host: str) -> str | None:
        refused = host == "api.semanticscholar.org" and random.random() < share
        return "rate_limited" if refused else None

    return fault


def bursting(
    time: VirtualTime, burst_s: float = 70.0, of_s: float = 240.0
) -> Callable[[str], str | None]:
    """arXiv answers 503 for so long out of each while."""

    def fault(host: str) -> str | None:
        return "busy" if host == "export.arxiv.org" and time.passed_s % of_s < burst_s else None

    return fault
