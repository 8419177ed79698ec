"""Services asked side by side, a thread for each host, while graphs are drawn meanwhile."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Condition, Thread

from pipeline.build.answers import Answers
from pipeline.build.first_replies import FirstReplies
from pipeline.enrich.gathering import TROUBLE_S, Asking, gathered
from pipeline.enrich.queue import SourceQueue
from pipeline.enrich.remembering import AnswerCache
from pipeline.fetch.circuit_breaker import Rests
from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.hosts import HostGroup, group_of, pace_s
from pipeline.fetch.options import NetworkOptions
from pipeline.model.errors import FetchError, OfflineError
from pipeline.model.services import Answer, Fetch, LookupResult, Request, Source
from pipeline.sources import IN_ORDER_OF_WORTH

STEP_S = 1.0
"""How often a host that is waited for looks whether it is still to be."""
TRIES = 2
"""How often a request is tried before its keys are put aside for others."""
ALONE_S, ANSWERED_ALONE_S = 60.0, 660.0
"""So long a rest of a host is waited for where no other host has work: one that never answered in
this run, and one that did."""
STOPPED = "stopped before its turn"
OUT_OF_TIME = "the time for asking was up"

OnResult = Callable[[LookupResult], None]
ProgressOf = Callable[[str, int], OnResult]
"""Called with a source's name and its number of keys; gives what takes each LookupResult."""


_WORTH = {source.name: place for place, source in enumerate(IN_ORDER_OF_WORTH)}


@dataclass
class HostQueues:
    """A host: its queues in order of worth, and what its thread is doing."""

    group: HostGroup
    queues: list[SourceQueue] = field(default_factory=list)
    running: bool = False
    waiting: bool = False
    given_up: str | None = None


class Asker:
    """What is asked of services: `ask` adds to it, `wait` lets it go on, `stop` ends it."""

    def __init__(
        self, answers: Answers, ledger: AnswerCache, rests: Rests, options: NetworkOptions
    ) -> None:
        self.watch: ProgressOf = silent_progress
        self._answers = answers
        self._ledger = ledger
        self._rests = rests
        self._options = options
        self._clock = options.clock
        self._hosts: dict[str, HostQueues] = {}
        self._on_result: dict[str, OnResult] = {}
        self._first = FirstReplies()
        self._changed = Condition()
        self._stopped: str | None = None
        self._failures: list[BaseException] = []
        self._ends_s = math.inf

    def ask(self, source: Source, keys: Sequence[str]) -> None:
        """Asks a service for these keys, after what was asked of it before."""
        if not keys:
            return
        if self._ends_s == math.inf and self._options.within_s is not None:
            self._ends_s = self._clock.steady_s() + self._options.within_s
        self._answers.expect(source, keys)
        group = group_of(source.ask(keys[:1]).url)
        self._on_result[source.name] = self.watch(source.name, len(keys))
        with self._changed:
            host = self._hosts.setdefault(group.name, HostQueues(group))
            self.queue_of(host, source).add(keys)
            if not host.running:
                host.running = True
                self.start(host)

    def start(self, host: HostQueues) -> None:
        """Begins to ask a host what is in its queues."""
        name = f"asking {host.group.name}"
        Thread(target=self._run, args=(host,), name=name, daemon=True).start()

    def busy(self) -> bool:
        """Whether anything is still being asked."""
        return any(host.running for host in self._hosts.values())

    def host_of(self, source: Source, keys: Sequence[str]) -> str:
        """The name of the host that a source asks."""
        return group_of(source.ask(keys[:1]).url).name

    def is_free(self, source: Source, keys: Sequence[str], taken: Container[str]) -> bool:
        """Whether the host of a source has nothing to do, and is not about to."""
        name = self.host_of(source, keys)
        host = self._hosts.get(name)
        return name not in taken and not (host and host.running)

    def asks(self, source: Source) -> bool:
        """Whether a service is still being asked something."""
        hosts = (
            h for h in self._hosts.values() if any(q.source.name == source.name for q in h.queues)
        )
        return any(host.running for host in hosts)

    def wait(self, most_s: float | None = None) -> None:
        """Waits until nothing is left to be asked, all is stopped, or for so long.

        Raises what a thread raised.
        """
        ends_s = math.inf if most_s is None else self._clock.steady_s() + most_s
        # A thread that hangs in a request does not look at the time by itself.
        ends_s = min(ends_s, self._ends_s)
        with self._changed:
            while self.busy() and not self._stopped and not self._over(ends_s):
                self._changed.wait(self._clock.look_s)
        if self._over(self._ends_s):
            self.stop(OUT_OF_TIME)
        if self._failures:
            raise self._failures[0]

    def stop(self, reason: str) -> None:
        """Asks nothing more. What is under way is not waited for."""
        self._stopped = self._stopped or reason
        self._answers.left_because(self._stopped)

    @property
    def stopped(self) -> str | None:
        """Why nothing more is asked, if that is so."""
        return self._stopped

    def time_left_s(self) -> float:
        """The seconds for which may be asked at most; infinite where no time was set."""
        return max(0.0, self._ends_s - self._clock.steady_s())

    def _over(self, ends_s: float) -> bool:
        return self._clock.steady_s() >= ends_s

    def queue_of(self, host: HostQueues, source: Source) -> SourceQueue:
        """The queue of a source at its host, made where there is none yet."""
        for queue in host.queues:
            if queue.source.name == source.name:
                return queue
        source_queue = SourceQueue(source, self._ledger, self._options.day)
        insort(host.queues, source_queue, key=lambda queue: _WORTH[queue.source.name])
        return source_queue

    def _run(self, host: HostQueues) -> None:
        """What the thread of a host does until its queues are empty."""
        try:
            with self._fetch() as fetch:
                while self._goes_on(host):
                    for answer in gathered(host.queues, self._asking(host, fetch)):
                        self._answers.tell(answer)
                        self._on_result[answer.source](answer)
        except BaseException as error:  # noqa: BLE001 - raised again by the main thread
            with self._changed:
                if not self._stopped:
                    self._failures.append(error)
                self._stopped = self._stopped or str(error)
                host.running = False
                self._changed.notify_all()

    def _goes_on(self, host: HostQueues) -> bool:
        with self._changed:
            host.running = any(map(len, host.queues))
            self._changed.notify_all()
            return host.running

    def _asking(self, host: HostQueues, fetch: Fetch) -> Asking:
        def stopped() -> str | None:
            if self._over(self._ends_s):
                self.stop(OUT_OF_TIME)
            return self._stopped or host.given_up

        def given_up(reason: str) -> None:
            host.given_up = reason

        scale = self._options.client.gaps_scale if self._options.client else 1.0
        return Asking(
            fetch,
            self._ledger,
            self._options.day,
            stopped,
            waited=lambda wait_s, answers: self._waited(host, wait_s, answers),
            given_up=given_up,
            now=lambda: datetime.fromtimestamp(self._clock.wall_s(), UTC),
            trouble_s=tuple(scale * wait_s for wait_s in TROUBLE_S),
        )

    def _waited(self, host: HostQueues, wait_s: float, answers: int) -> bool:
        """Whether a host was waited for: a long rest only while others have work."""
        ends_s = self._clock.steady_s() + wait_s
        alone = wait_s > (ANSWERED_ALONE_S if answers else ALONE_S)
        host.waiting = True
        try:
            while (left_s := ends_s - self._clock.steady_s()) > 0 and not self._stopped:
                if alone and not self._others_work(host):
                    return False
                if self._over(self._ends_s):
                    break
                self._clock.sleep(min(left_s, STEP_S))
        finally:
            host.waiting = False
        return True

    def _others_work(self, host: HostQueues) -> bool:
        others = (other for other in self._hosts.values() if other is not host)
        return any(other.running and not other.waiting for other in others)

    @contextmanager
    def _fetch(self) -> Iterator[Fetch]:
        client = self._options.client
        if client is None:
            yield refused
            return
        # Loading it opens a socket, for a moment, which a build that asks nothing must not.
        from pipeline.fetch.polite import polite_fetch

        chosen = replace(client, tries=min(client.tries, TRIES), unreached_tries=1)
        with polite_fetch(chosen, self._rests, self._clock, tell=self._heard) as fetch:
            yield fetch

    def _heard(self, host: str, error: FetchError | None) -> None:
        """Stops all asking where what first came from every host was no answer of its own."""
        with self._changed:
            self._first.note(host, error)
            asked = {name for name, each in self._hosts.items() if each.running}
            if reason := self._first.why_nobody(asked):
                self.stop(reason)
                self._changed.notify_all()


def group_pace_s(group: HostGroup, options: NetworkOptions) -> float:
    """The seconds from one request to a host to the next, at least."""
    from pipeline.fetch.polite import gaps_s

    client = options.client or ClientSettings(options.folder)
    unscaled = replace(client, gaps_scale=1.0)
    return client.gaps_scale * pace_s(group, gaps_s(unscaled)(group))


def refused(request: Request) -> Answer:
    """A fetch that lets no request out."""
    raise OfflineError(request.url)


def silent_progress(_source: str, _keys: int, /) -> OnResult:
    """A watch that shows nothing."""
    return lambda _told: None
