"""The services, with all that they ever answered: what is known by now, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.build.answers import Answers
from pipeline.build.asking import Asker, ProgressOf, silent_progress
from pipeline.fetch.knocking import Knocks
from pipeline.fetch.options import NetworkOptions
from pipeline.match.candidates import CandidateSource
from pipeline.model.errors import DataError, UsageError
from pipeline.model.records import Facts
from pipeline.model.services import LookupResult, Source
from pipeline.settings.home import LEDGER_NAME
from pipeline.sources import (
    BY_CHOICE,
    IN_ORDER_OF_WORTH,
    SERVICES,
    TITLE_SEARCHES,
    arxiv_api,
    eprint,
)
from pipeline.store.ledger import Ledger

Wanted = Mapping[str, Sequence[str]]
"""Keys to ask for, by the name of the service."""


class Network:
    """The services that are asked for, behind one ledger. Made by `opened_network`.

    `unkept` says why what they answer is not kept, where that is so.
    """

    def __init__(self, ledger: Ledger, options: NetworkOptions, unkept: str | None = None) -> None:
        self.options = options
        self.unkept = unkept
        self.ledger = ledger
        self.services = _chosen(options)
        self.answers = Answers(ledger, options)
        self.asker = Asker(self.answers, ledger, ledger, options)

    def names(self) -> tuple[str, ...]:
        """The services that may be asked about papers, in order."""
        return tuple(source.name for source in self.services)

    def title_searches(self) -> list[Source]:
        """The services that may be asked for titles, in order."""
        return list(filter(self.has, TITLE_SEARCHES))

    def has(self, source: Source) -> bool:
        """Whether a service may be asked: a search, or the names of works, as its own service."""
        return _service_of(source) in self.names()

    def asked(self) -> tuple[str, ...]:
        """The services that were asked about papers, in order."""
        asked = self.answers.asked()
        return tuple(name for name in self.names() if name in asked)

    def told(self) -> list[LookupResult]:
        """What each service said of each key that it was, or is about to be, asked for."""
        return self.answers.told()

    def places(self) -> list[CandidateSource]:
        """Candidates from all that is known by now; nothing is asked."""
        by_id = [self.answers.by_printed_id] if arxiv_api.NAME in self.names() else []
        return [*by_id, *map(self.answers.by_title, self.title_searches())]

    def facts_of(self, wanted: Wanted) -> list[Facts]:
        """What is known by now of these keys, in the order of services and keys."""
        return [
            facts
            for source in self.services
            for facts in self.answers.facts_of(source, wanted.get(source.name, ()))
        ]

    def missing(self, wanted: Wanted) -> dict[Source, list[str]]:
        """The keys that are still to be asked for, the most worth first."""
        every = ((s, wanted.get(s.name, ())) for s in IN_ORDER_OF_WORTH if self.has(s))
        return {s: left for s, keys in every if keys and (left := self.answers.missing(s, keys))}

    def unsaid(self, wanted: Wanted) -> dict[Source, list[str]]:
        """The keys of which nothing was told yet, whether they are being asked for or not."""
        every = ((s, wanted.get(s.name, ())) for s in IN_ORDER_OF_WORTH if self.has(s))
        return {s: left for s, keys in every if keys and (left := self.answers.unsaid(s, keys))}

    def knock(self, missing: Mapping[Source, Sequence[str]]) -> Knocks | None:
        """Begins to find out whether there is a way to those who are to be asked; None offline."""
        client = self.options.client
        urls = (source.ask(keys[:1]).url for source, keys in missing.items())
        return Knocks(urls, client) if client else None

    def ask(self, missing: Mapping[Source, Sequence[str]]) -> None:
        """Asks for keys beside what is being asked already, and does not wait."""
        for source, keys in missing.items():
            self.asker.ask(source, keys)

    def leave(self, missing: Mapping[Source, Sequence[str]]) -> None:
        """Counts keys as not asked for."""
        for source, keys in missing.items():
            self.answers.expect(source, keys)


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
        network = Network(ledger, options, unkept)
        network.asker.watch = watch
        yield network


def _service_of(source: Source) -> str:
    """The name by which a reader chooses the service that a source asks."""
    return source.name.removesuffix("_titles").removesuffix("_works")


def _chosen(options: NetworkOptions) -> tuple[Source, ...]:
    """The services that are named; with `+` they are asked beside the usual ones."""
    services = {source.name: source for source in SERVICES}
    usual = [name for name, source in services.items() if source not in BY_CHOICE]
    chosen_names = [name.removeprefix("+") for name in options.sources or ()]
    for name in chosen_names:
        if name not in services:
            raise UsageError(f"--sources: there is no {name}. There are {', '.join(services)}.")
    added = all(name.startswith("+") for name in options.sources or ())
    wanted = {
        *chosen_names,
        *(usual if added else ()),
        *((eprint.NAME,) if options.from_source else ()),
    }
    return tuple(source for name, source in services.items() if name in wanted)
