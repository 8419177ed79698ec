"""What is found: the program, the catalogue, the ledger and the services, as they are now."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from pipeline.catalogue.search import Catalogue
from pipeline.doctor.reachability import LIMIT_S, READ_S, Outcome, outcomes, rests
from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.hosts import GROUPS
from pipeline.model.errors import DataError
from pipeline.model.printing import printable
from pipeline.settings.home import LEDGER_NAME, catalogue_folder, home_folder
from pipeline.settings.keys import CONFIG_NAME, VARIABLES, Settings
from pipeline.sources import BY_CHOICE
from pipeline.store.ledger import Ledger, SourceHoldings

DISTRIBUTION = "arxiv-digest-graph"


@dataclass(frozen=True, slots=True)
class Setup:
    """The program and what it stands on. A package that is missing has None for its version.

    `faults` are sentences on settings that cannot be used.
    """

    version: str
    python: str
    packages: Mapping[str, str | None]
    config: str
    email: bool
    warnings: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """The local catalogue. `papers` is None where none can be used; `problem` then says why."""

    folder: str
    papers: int | None
    newest: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What the ledger holds; `size_bytes` is None where there is none that can be used.

    `aside` are the files of damaged ledgers that were moved aside.
    """

    path: str
    size_bytes: int | None
    sources: tuple[SourceHoldings, ...]
    aside: tuple[str, ...]
    problem: str | None


@dataclass(frozen=True, slots=True)
class ServiceState:
    """A service: its host, what is asked instead, where its key is set (None: nowhere).

    `gap_s` lies between two requests; it is asked only `by_choice`, or by every build.
    """

    name: str
    host: str
    instead: str | None
    takes_key: bool
    key: str | None
    outcome: Outcome
    gap_s: float
    by_choice: bool


Finding = Setup | CatalogueState | LedgerState | ServiceState


def examined(
    chosen: Settings,
    catalogue: Path | None = None,
    *,
    offline: bool = False,
    limit_s: float = LIMIT_S,
) -> Iterator[Finding]:
    """The findings, each as soon as it is known: one of every kind, but one for each service.

    No service is asked where `offline` is set; none is waited for longer than `limit_s`.
    """
    yield _setup(chosen)
    yield _catalogue_state(catalogue or catalogue_folder())
    path = home_folder() / LEDGER_NAME
    with _opened(path, offline) as ledger:
        ledger_state = _ledger_state(path, ledger)
        yield ledger_state
        usable = (
            ledger if isinstance(ledger, Ledger) and ledger_state.size_bytes is not None else None
        )
        yield from _service_states(chosen, usable, offline, limit_s)


def _setup(chosen: Settings) -> Setup:
    needed = (line for line in requires(DISTRIBUTION) or () if "extra ==" not in line)
    names = [requirement[0] for line in needed if (requirement := re.match(r"[\w.-]+", line))]
    known_hosts = {host for group in GROUPS for host in group.hosts}
    config = home_folder() / CONFIG_NAME
    strange = [
        f"{config}: no service has the host {h}" for h in chosen.hosts if h not in known_hosts
    ]
    return Setup(
        version(DISTRIBUTION),
        f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        {name: _version(name) for name in sorted(names)},
        printable(str(config)),
        chosen.email is not None,
        (*chosen.warnings, *strange),
        chosen.faults,
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _catalogue_state(folder: Path) -> CatalogueState:
    try:
        with Catalogue(folder) as catalogue:
            return CatalogueState(
                printable(str(folder)), catalogue.about["records"], catalogue.about["newest"], None
            )
    except DataError as error:
        return CatalogueState(printable(str(folder)), None, None, error.reason)


@contextmanager
def _opened(path: Path, offline: bool) -> Iterator[Ledger | str | None]:
    """The ledger; or why it cannot be used; or None where there is none, and none is needed."""
    with ExitStack() as stack:
        opened: Ledger | str | None = None
        if path.exists() or not offline:
            try:
                opened = stack.enter_context(Ledger(path))
            except DataError as error:
                opened = error.reason
        yield opened


def _ledger_state(path: Path, ledger: Ledger | str | None) -> LedgerState:
    moved_aside = sorted(path.parent.glob(f"{path.name}.damaged-*"))
    aside = tuple(f.name for f in moved_aside if not f.name.endswith(("-wal", "-shm")))
    if not isinstance(ledger, Ledger):
        return LedgerState(printable(str(path)), None, (), aside, ledger)
    try:
        contents = ledger.contents()
    except DataError as error:
        return LedgerState(printable(str(path)), None, (), aside, error.reason)
    return LedgerState(printable(str(path)), ledger.size_bytes, contents, aside, ledger.message)


def _service_states(
    chosen: Settings, ledger: Ledger | None, offline: bool, limit_s: float
) -> Iterator[ServiceState]:
    client = ClientSettings(
        home_folder(), chosen.email, chosen.credentials, chosen.hosts, read_s=READ_S, tries=1
    )
    groups = {group.name: group for group in GROUPS}
    chosen_alone = {source.name for source in BY_CHOICE}
    asked = outcomes(client, ledger, limit_s) if ledger and not offline else rests(ledger)
    for name, outcome in asked:
        group = groups[name]
        host, key = group.hosts[0], chosen.origins.get(name)
        gap_s = group.gap_s if key else group.keyless_gap_s or group.gap_s
        described = (name, host, chosen.hosts.get(host), name in VARIABLES, key, outcome)
        yield ServiceState(*described, gap_s, name in chosen_alone)
