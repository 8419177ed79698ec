"""One exchange with a service, before anything is believed of it. Types alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.model.errors import FetchError
from pipeline.model.services import Reply, Request
from pipeline.settings.keys import Secret

MB = 1 << 20


class TransportReply(NamedTuple):
    """A reply with its headers, whose names are in lower case."""

    reply: Reply
    headers: Mapping[str, str]


Transport = Callable[[Request], TransportReply]


class WaitError(FetchError):
    """The service answered with `status` that it cannot answer now.

    `wait_s` is for how long it asked to be left alone; None where it does not say.
    """

    def __init__(self, url: str, reason: str, status: int, wait_s: float | None) -> None:
        super().__init__(url, reason, status)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds since 1970, seconds that never step back, and a way to let them pass.

    `look_s` is how often, in real seconds, the main thread looks up while others ask, so that
    Ctrl-C reaches it.
    """

    wall_s: Callable[[], float] = time.time
    steady_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    look_s: float = 0.2


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """How the network is asked.

    `state_folder` is where processes keep out of each other's way: all that share a network
    address should share it. `credentials` are by service (see `hosts.GROUPS`). `hosts` puts
    another address in the place of a host: `{"api.openalex.org": "http://127.0.0.1:8080/x"}`.
    `gaps_scale` stretches every pause between requests; it is below 1 in tests alone.
    """

    state_folder: Path
    contact: str | None = None
    credentials: Mapping[str, Secret] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    connect_s: float = 5.0
    read_s: float = 75.0
    whole_s: float = 300.0
    max_bytes: int = 32 * MB
    tries: int = 4
    unreached_tries: int = 2
    gaps_scale: float = 1.0
