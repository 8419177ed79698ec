"""A client of the fake services, whose time passes only when it sleeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from fake_arxiv import FakeReply
from fake_papers import papers
from fake_services import FakeServices

from pipeline.fetch.exchange import ClientSettings, Clock
from pipeline.fetch.polite import polite_fetch
from pipeline.model.services import Fetch
from pipeline.store.ledger import Ledger

WORLD = papers(40)
IDS = tuple(WORLD)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class FakeTime:
    """A clock that stands still but for the sleeps, which it notes."""

    def __init__(self) -> None:
        self.now_s = NOON.timestamp()
        self.slept: list[float] = []
        self.clock = Clock(lambda: self.now_s, lambda: self.now_s, self._sleep)

    def now(self) -> datetime:
        """The time that it shows."""
        return datetime.fromtimestamp(self.now_s, UTC)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds


class Asking(NamedTuple):
    """A client, the services that it asks, and its time."""

    fetch: Fetch
    services: FakeServices
    time: FakeTime


@contextmanager
def asking(
    folder: Path,
    faults: Iterable[str | None] = (),
    replies: Mapping[str, Callable[[str], FakeReply | None]] | None = None,
    time: FakeTime | None = None,
    way: str = "plain",
    **settings: Any,
) -> Iterator[Asking]:
    """A client of fake services with these faults, with its ledger in `folder`."""
    at_hand = time or FakeTime()
    with (
        FakeServices(WORLD, faults, replies=replies, way=way) as services,
        Ledger(folder / "ledger.sqlite", today=lambda: at_hand.now().date()) as ledger,
        polite_fetch(
            ClientSettings(folder, hosts=services.hosts, **settings),
            ledger,
            at_hand.clock,
            Random(1),
        ) as fetch,
    ):
        yield Asking(fetch, services, at_hand)


def always(reply: FakeReply) -> Callable[[str], FakeReply]:
    """A service that answers this to everything."""
    return lambda path: reply
