"""The services, with all that they ever answered: asked politely, side by side, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from pipeline.enrich.gathering import Asking, gathered, missing
from pipeline.errors import OfflineError, UsageError
from pipeline.fetch.hosts import group_of
from pipeline.fetch.polite import gaps_s, polite_fetch
from pipeline.fetch.wire import ClientSettings
from pipeline.match.candidates import Found, Place
from pipeline.records import Entry, Facts, Match
from pipeline.services import Answer, Fetch, Request, Source, Told
from pipeline.sources import SERVICES, TITLE_SEARCHES, arxiv_api, arxiv_titles, eprint
from pipeline.store.ledger import Ledger

LEDGER_NAME = "ledger.sqlite"
SEARCHED_AGAIN_DAYS = 30
"""A paper that was not on arXiv is looked for again after so many days."""
LOOK_S = 0.2
"""How often the main thread looks up from waiting, for Ctrl-C to reach it."""

Heard = Callable[[Told], None]
Watch = Callable[[str, int], Heard]
"""Called with a source's name and its number of keys; what it gives is called with each Told."""


class Plan(NamedTuple):
    """What asking a source would take: keys, those that are kept, requests, seconds at least."""

    source: str
    keys: int
    kept: int
    requests: int
    least_s: float


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How the network is to be used.

    `folder` holds the ledger and the turns of processes. `client` is None where no request may
    be made: then the ledger alone answers. `sources` are names of services, None for all.
    `refresh_days` asks again for what is older; `from_source` reads the papers' own sources.
    """

    folder: Path
    client: ClientSettings | None
    day: date
    sources: tuple[str, ...] | None = None
    refresh_days: int | None = None
    from_source: bool = False


def silent_watch(_source: str, _keys: int, /) -> Heard:
    """A watch that shows nothing."""
    return lambda _told: None


class Network:
    """The services that are asked for, behind one ledger. Made by `opened_network`."""

    def __init__(self, ledger: Ledger, options: NetworkOptions, watch: Watch) -> None:
        self.told: dict[tuple[str, str], Told] = {}
        self._ledger = ledger
        self._options = options
        self._watch = watch
        self._stop = Event()
        self._services = _chosen(options)

    def names(self) -> tuple[str, ...]:
        """The services, in order."""
        return tuple(source.name for source in self._services)

    def searches(self) -> list[Place]:
        """Where candidates come from: printed ids looked up at arXiv, then searches by title."""
        chosen = self.names()
        by_id = [self._by_printed_id] if arxiv_api.NAME in chosen else []
        titles = (s for s in TITLE_SEARCHES if s.name.removesuffix("_titles") in chosen)
        return [*by_id, *map(self._by_title, titles)]

    def facts_of(self, wanted: Mapping[str, Sequence[str]]) -> list[Facts]:
        """What services say of their keys, side by side; in the order of services and keys."""
        asked = [(s, wanted[s.name]) for s in self._services if wanted.get(s.name)]
        told = self._ask(asked)
        return [
            facts
            for source, keys in asked
            for key in keys
            for facts in told[source.name, key].facts
        ]

    def plans(self, wanted: Mapping[str, Sequence[str]]) -> Iterator[Plan]:
        """What `facts_of` would take, by service."""
        for source in self._services:
            yield self._plan(source, wanted.get(source.name, ()))

    def search_plans(self, matched: Iterable[Match]) -> Iterator[Plan]:
        """What looking for entries that are not settled would take, by service."""
        titles = [m.entry.title for m in matched if m.verdict == "undecided" and m.entry.title]
        for source in TITLE_SEARCHES:
            if source.name.removesuffix("_titles") in self.names():
                yield self._plan(source, titles)

    def _plan(self, source: Source, wanted: Iterable[str]) -> Plan:
        keys = list(dict.fromkeys(wanted))
        left = missing(source, keys, self._asking(_refused, source))
        requests = -(-len(left) // source.max_keys)
        client = self._options.client or ClientSettings(self._options.folder)
        gap_s = gaps_s(client)(group_of(source.ask(left[:1]).url)) if left else 0.0
        return Plan(source.name, len(keys), len(keys) - len(left), requests, requests * gap_s)

    def _by_printed_id(self, entries: Sequence[Entry]) -> list[Found]:
        ids = [entry.arxiv_id for entry in entries if entry.arxiv_id]
        told = self._ask([(arxiv_api.SOURCE, ids)]) if ids else {}
        found = (told.get((arxiv_api.NAME, entry.arxiv_id or "")) for entry in entries)
        return [Found(t.facts, no_such_id=t.state == "unknown") if t else Found(()) for t in found]

    def _by_title(self, source: Source) -> Place:
        def found(entries: Sequence[Entry]) -> list[Found]:
            titles = [e.title for e in entries if e.title and not e.arxiv_id]
            told = self._ask([(source, titles)]) if titles else {}
            answers = (told.get((source.name, entry.title or "")) for entry in entries)
            return [_as_found(answer) if answer else Found(()) for answer in answers]

        return found

    def _ask(self, asked: Sequence[tuple[Source, Sequence[str]]]) -> dict[tuple[str, str], Told]:
        """What each source told of each key. Each source is asked in a thread of its own."""
        told: dict[tuple[str, str], Told] = {}
        failures: list[BaseException] = []

        def ask(source: Source, keys: Sequence[str]) -> None:
            try:
                heard = self._watch(source.name, len(set(keys)))
                with self._fetch() as fetch:
                    for answer in gathered(source, keys, self._asking(fetch, source)):
                        told[answer.source, answer.key] = answer
                        heard(answer)
            except BaseException as error:  # noqa: BLE001 - raised again by the main thread
                failures.append(error)

        threads = [Thread(target=ask, args=each, daemon=True) for each in asked]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(LOOK_S)
        except KeyboardInterrupt:
            self._stop.set()
            raise
        if failures:
            raise failures[0]
        self.told |= told
        return told

    def _fetch(self) -> AbstractContextManager[Fetch]:
        client = self._options.client
        return polite_fetch(client, self._ledger) if client else nullcontext(_refused)

    def _asking(self, fetch: Fetch, source: Source) -> Asking:
        days = self._options.refresh_days
        if source.keyed_by == "title":
            days = min(days or SEARCHED_AGAIN_DAYS, SEARCHED_AGAIN_DAYS)
        if self._options.client is None:
            days = None
        oldest = None if days is None else self._options.day - timedelta(days=days)
        return Asking(fetch, self._ledger, self._options.day, oldest, self._stop.is_set)


@contextmanager
def opened_network(
    options: NetworkOptions | None, watch: Watch = silent_watch
) -> Iterator[Network | None]:
    """The network while the block lasts; None where there is to be none, not even a ledger.

    Raises UsageError for a service that does not exist, and DataError where the ledger cannot be
    used.
    """
    if options is None:
        yield None
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    with Ledger(options.folder / LEDGER_NAME) as ledger:
        yield Network(ledger, options, watch)


def _chosen(options: NetworkOptions) -> tuple[Source, ...]:
    known = {source.name: source for source in SERVICES}
    for name in options.sources or ():
        if name not in known:
            raise UsageError(f"--sources: there is no {name}. There are {', '.join(known)}.")
    asked = options.sources or tuple(name for name in known if name != eprint.NAME)
    with_source = (*asked, eprint.NAME) if options.from_source else asked
    return tuple(source for name, source in known.items() if name in with_source)


def _as_found(told: Told) -> Found:
    """What a search by title found. Only arXiv's own, answered, has looked through all of arXiv."""
    whole = told.source == arxiv_titles.NAME and told.state in ("found", "unknown")
    return Found(told.facts, told.day if whole else None)


def _refused(request: Request) -> Answer:
    raise OfflineError(request.url)
