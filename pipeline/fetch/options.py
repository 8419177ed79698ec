"""How a run may use the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.fetch.exchange import ClientSettings, Clock


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How the network is to be used.

    `folder` holds the ledger and the turns of processes. `client` is None where no request may
    be made: then the ledger alone answers. `sources` are names of services, None for all.
    `refresh_days` asks again for what is older; `from_source` reads the papers' own sources.
    `within_s` is for how long services are asked at most, None for as long as it takes.
    `day` is today (UTC); `clock` is what pauses are measured with.
    """

    folder: Path
    client: ClientSettings | None
    day: date
    sources: tuple[str, ...] | None = None
    refresh_days: int | None = None
    from_source: bool = False
    within_s: float | None = None
    clock: Clock = field(default_factory=Clock)
