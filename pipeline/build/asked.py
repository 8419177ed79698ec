"""What a run is asked for, and of the network, as a reader writes it; light to import."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.fetch.options import NetworkOptions
    from pipeline.model.engines import EngineName

MOST_BYTES = 64 * 2**20
"""Of one answer. The source of a paper is the largest that is asked for."""


class Asked(NamedTuple):
    """What a command line, or a notebook, says of the network."""

    offline: bool
    sources: str | None = None
    email: str | None = None
    refresh: str | None = None
    from_source: bool = False
    within: str | None = None


class Inputs(NamedTuple):
    """What a run is made from.

    `paths` are files, folders, patterns, `-` and `.zip`; `kept_in` is the folder of the outputs,
    of which only places and authors of the last build are read, and what it remembers; with
    `everything`, entries that are no papers go into the graph too; `catalogue` is the folder of a
    catalogue other than the usual one, `bulk` that of what public dumps say. Without `network` no
    service is asked, nor what it ever answered. `engine` makes the tables. What `exclude` names is
    not read. `name` is what the reader calls all this.
    """

    paths: tuple[Path, ...]
    overrides: Path | None = None
    kept_in: Path | None = None
    everything: bool = False
    catalogue: Path | None = None
    network: NetworkOptions | None = None
    engine: EngineName = "duckdb"
    bulk: Path | None = None
    exclude: tuple[str, ...] = ()
    name: str | None = None


def asks_nobody(inputs: Inputs) -> bool:
    """Whether a run asks no service."""
    return inputs.network is None or inputs.network.client is None


def network_options(asked: Asked) -> NetworkOptions:
    """What was asked, with the keys and addresses that were set before.

    Raises UsageError where one of them cannot be used.
    """
    from pipeline.fetch.exchange import ClientSettings
    from pipeline.fetch.options import NetworkOptions
    from pipeline.settings.home import home_folder
    from pipeline.settings.keys import checked_email, settings

    own_settings = settings()
    email = checked_email(asked.email, "--email") if asked.email else own_settings.email
    folder = home_folder()
    client = ClientSettings(
        folder, email, own_settings.credentials, own_settings.hosts, max_bytes=MOST_BYTES
    )
    names = tuple(name.strip() for name in (asked.sources or "").split(",") if name.strip())
    return NetworkOptions(
        folder=folder,
        client=None if asked.offline else client,
        day=datetime.now(UTC).date(),
        sources=names or None,
        refresh_days=_days(asked.refresh),
        from_source=asked.from_source,
        within_s=seconds(asked.within),
    )


def _days(asked: str | None) -> int | None:
    if asked is None:
        return None
    match = re.fullmatch(r"(\d{1,5})\s*d(?:ays?)?", asked.strip())
    if not match:
        raise UsageError(f"--refresh: {asked!r} is no number of days. Write it as 30d.")
    return int(match[1])


def seconds(asked: str | None, option: str = "--within") -> float | None:
    """A time such as 50s, 10m or 2h. Raises UsageError for another."""
    if asked is None:
        return None
    match = re.fullmatch(r"(\d{1,5})\s*([smh])", asked.strip())
    if not match:
        raise UsageError(f"{option}: {asked!r} is no time. Write it as 50s, 10m or 2h.")
    return float(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]]
