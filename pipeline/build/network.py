"""The services, with all that they ever answered: asked politely, side by side, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import NamedTuple

from pipeline.enrich.gathering import Asking, gathered, missing, remembered
from pipeline.fetch.exchange import ClientSettings, UnreachedError
from pipeline.fetch.hosts import group_of
from pipeline.fetch.options import NetworkOptions
from pipeline.match.candidates import Candidates, CandidateSource
from pipeline.model.errors import DataError, OfflineError, UsageError
from pipeline.model.records import Entry, Facts, Match
from pipeline.model.services import Answer, Fetch, LookupResult, Request, Source
from pipeline.settings.home import LEDGER_NAME
from pipeline.sources import SERVICES, TITLE_SEARCHES, arxiv_api, arxiv_titles, eprint
from pipeline.store.ledger import Ledger

SEARCHED_AGAIN_DAYS = 30
"""A paper that was not on arXiv is looked for again after so many days."""
LOOK_S = 0.2
"""How often the main thread looks up from waiting, for Ctrl-C to reach it."""

OnResult = Callable[[LookupResult], None]
ProgressOf = Callable[[str, int], OnResult]
"""Called with a source's name and its number of keys; gives what takes each LookupResult."""


class Plan(NamedTuple):
    """What asking a source would take: keys, those that are kept, requests, seconds at least.

    Sources of one `host` are asked one after the other.
    """

    source: str
    host: str
    keys: int
    kept: int
    requests: int
    least_s: float


def silent_progress(_source: str, _keys: int, /) -> OnResult:
    """A watch that shows nothing."""
    return lambda _told: None


class Network:
    """The services that are asked for, behind one ledger. Made by `opened_network`."""

    def __init__(
        self, ledger: Ledger, options: NetworkOptions, watch: ProgressOf, unkept: str | None = None
    ) -> None:
        self.unkept = unkept
        self._told: dict[str, dict[str, LookupResult]] = defaultdict(dict)
        self._ledger = ledger
        self._options = options
        self._watch = watch
        self._stop = Event()
        self._unreached: dict[str, str] = {}
        self._services = _chosen(options)

    def names(self) -> tuple[str, ...]:
        """The services, in order."""
        return tuple(source.name for source in self._services)

    def asked(self) -> tuple[str, ...]:
        """The services that were asked something, in order."""
        return tuple(name for name in self.names() if name in self._told)

    def told(self) -> Iterator[LookupResult]:
        """What each service said of each key that it was asked for."""
        return chain.from_iterable(told.values() for told in self._told.values())

    def searches(self) -> list[CandidateSource]:
        """Where candidates come from: printed ids looked up at arXiv, then searches by title.

        Of titles, what is kept comes first, however old: what it settles is not asked for again.
        """
        by_id = [self._by_printed_id] if arxiv_api.NAME in self.names() else []
        return [*by_id, *self.kept_searches(), *map(self._by_title, self._title_searches())]

    def kept_searches(self) -> list[CandidateSource]:
        """Candidates from what searches by title found before; nothing is asked."""
        return [self._by_kept_title(source) for source in self._title_searches()]

    def facts_of(self, wanted: Mapping[str, Sequence[str]]) -> list[Facts]:
        """What services say of their keys, side by side; in the order of services and keys."""
        asked = [(s, wanted[s.name]) for s in self._services if wanted.get(s.name)]
        told = self._ask(asked)
        return [f for source, keys in asked for key in keys for f in told[source.name][key].facts]

    def plans(self, wanted: Mapping[str, Sequence[str]]) -> Iterator[Plan]:
        """What `facts_of` would take, by service."""
        for source in self._services:
            yield self._plan(source, wanted.get(source.name, ()))

    def search_plans(self, matched: Iterable[Match]) -> Iterator[Plan]:
        """What looking for entries that are not settled would take, by service."""
        titles = [m.entry.title for m in matched if m.verdict == "undecided" and m.entry.title]
        for source in self._title_searches():
            yield self._plan(source, titles)

    def _title_searches(self) -> list[Source]:
        return [s for s in TITLE_SEARCHES if s.name.removesuffix("_titles") in self.names()]

    def _plan(self, source: Source, wanted: Iterable[str]) -> Plan:
        keys = list(dict.fromkeys(wanted))
        asking = Asking(_refused, self._ledger, self._options.day, self._not_before(source))
        left = missing(source, keys, asking)
        if not left:
            return Plan(source.name, "", len(keys), len(keys), 0, 0.0)
        from pipeline.fetch.polite import gaps_s

        client = self._options.client or ClientSettings(self._options.folder)
        group = group_of(source.ask(left[:1]).url)
        requests = -(-len(left) // source.max_keys)
        least_s = requests * gaps_s(client)(group)
        kept = len(keys) - len(left)
        return Plan(source.name, group.name, len(keys), kept, requests, least_s)

    def _by_printed_id(self, entries: Sequence[Entry]) -> list[Candidates]:
        ids = [entry.arxiv_id for entry in entries if entry.arxiv_id]
        told = self._ask([(arxiv_api.SOURCE, ids)])[arxiv_api.NAME] if ids else {}
        found = (told.get(entry.arxiv_id or "") for entry in entries)
        return [
            Candidates(t.facts, no_such_id=t.state == "unknown") if t else Candidates(())
            for t in found
        ]

    def _by_kept_title(self, source: Source) -> CandidateSource:
        def found(entries: Sequence[Entry]) -> list[Candidates]:
            oldest = self._oldest(self._options.refresh_days)
            kept = remembered(source, _titles(entries), self._ledger, oldest)
            return self._found(source, entries, {told.key: told for told in kept})

        return found

    def _by_title(self, source: Source) -> CandidateSource:
        def found(entries: Sequence[Entry]) -> list[Candidates]:
            titles = _titles(entries)
            told = self._ask([(source, titles)])[source.name] if titles else {}
            return self._found(source, entries, told)

        return found

    def _found(
        self, source: Source, entries: Sequence[Entry], told: dict[str, LookupResult]
    ) -> list[Candidates]:
        """What a search by title told. Only arXiv's own, of late, has looked through all of it."""
        self._told[source.name] |= told
        since = self._days_ago(SEARCHED_AGAIN_DAYS)
        answers = (told.get(entry.title or "") for entry in entries)
        return [_as_found(answer, since) if answer else Candidates(()) for answer in answers]

    def _ask(
        self, asked: Sequence[tuple[Source, Sequence[str]]]
    ) -> dict[str, dict[str, LookupResult]]:
        """What each source, by name, told of each key. Each is asked in a thread of its own."""
        told: dict[str, dict[str, LookupResult]] = {source.name: {} for source, _ in asked}
        failures: list[BaseException] = []

        def ask(source: Source, keys: Sequence[str]) -> None:
            try:
                on_result = self._watch(source.name, len(set(keys)))
                with self._fetch() as fetch:
                    for answer in gathered(source, keys, self._asking(fetch, source, keys)):
                        told[answer.source][answer.key] = answer
                        on_result(answer)
            except BaseException as error:  # noqa: BLE001 - raised again by the main thread
                failures.append(error)
                self._stop.set()

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
        for name, of_keys in told.items():
            self._told[name] |= of_keys
        return told

    @contextmanager
    def _fetch(self) -> Iterator[Fetch]:
        """The network as a Fetch that notes which services could not be reached at all."""
        if self._options.client is None:
            yield _refused
            return
        # Loading it opens a socket, for a moment, which a build that asks nothing must not.
        from pipeline.fetch.polite import polite_fetch

        with polite_fetch(self._options.client, self._ledger, self._options.clock) as fetch:

            def noting_unreached(request: Request) -> Answer:
                try:
                    return fetch(request)
                except UnreachedError as error:
                    self._unreached[group_of(request.url).name] = error.reason
                    raise

            yield noting_unreached

    def _asking(self, fetch: Fetch, source: Source, keys: Sequence[str]) -> Asking:
        group = group_of(source.ask(keys[:1]).url).name

        def stopped() -> str | None:
            return "stopped before its turn" if self._stop.is_set() else self._unreached.get(group)

        return Asking(fetch, self._ledger, self._options.day, self._not_before(source), stopped)

    def _not_before(self, source: Source) -> date | None:
        days = self._options.refresh_days
        if source.keyed_by == "title":
            days = SEARCHED_AGAIN_DAYS if days is None else min(days, SEARCHED_AGAIN_DAYS)
        return self._oldest(days)

    def _oldest(self, days: int | None) -> date | None:
        """The first day whose answers are believed; None for all, as where nothing is asked."""
        return None if days is None or self._options.client is None else self._days_ago(days)

    def _days_ago(self, days: int) -> date:
        return self._options.day - timedelta(days=days)


@contextmanager
def opened_network(
    options: NetworkOptions | None, watch: ProgressOf = silent_progress
) -> Iterator[Network | None]:
    """The network while the block lasts; None where there is to be none, not even a ledger.

    A ledger that cannot be used is replaced by a temporary one, and `unkept` of the network says
    why. Raises UsageError for a service that does not exist.
    """
    if options is None:
        yield None
        return
    unkept, day = None, options.day
    with ExitStack() as stack:
        try:
            ledger = stack.enter_context(Ledger(options.folder / LEDGER_NAME, lambda: day))
        except DataError as error:
            unkept = f"{error} What services answer is not kept."
            folder = Path(stack.enter_context(TemporaryDirectory()))
            client = options.client and replace(options.client, state_folder=folder)
            options = replace(options, folder=folder, client=client)
            ledger = stack.enter_context(Ledger(folder / LEDGER_NAME, lambda: day))
        yield Network(ledger, options, watch, unkept)


def _chosen(options: NetworkOptions) -> tuple[Source, ...]:
    known = {source.name: source for source in SERVICES}
    for name in options.sources or ():
        if name not in known:
            raise UsageError(f"--sources: there is no {name}. There are {', '.join(known)}.")
    asked = options.sources or tuple(name for name in known if name != eprint.NAME)
    with_source = (*asked, eprint.NAME) if options.from_source else asked
    return tuple(source for name, source in known.items() if name in with_source)


def _titles(entries: Iterable[Entry]) -> list[str]:
    return [entry.title for entry in entries if entry.title and not entry.arxiv_id]


def _as_found(told: LookupResult, since: date) -> Candidates:
    answered = told.state in ("found", "unknown") and told.day is not None and told.day >= since
    whole = answered and told.source == arxiv_titles.NAME
    return Candidates(told.facts, told.day if whole else None)


def _refused(request: Request) -> Answer:
    raise OfflineError(request.url)
