"""Services asked in imagination: each host by its own time, nothing sent, nothing kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from pipeline.build.answers import Answers
from pipeline.build.asking import OUT_OF_TIME, Asker, HostQueues, group_pace_s
from pipeline.build.imagining import Imagination, is_imagined
from pipeline.build.network import Network
from pipeline.enrich.gathering import gathered
from pipeline.enrich.queue import SourceQueue
from pipeline.enrich.remembering import AnswerCache
from pipeline.fetch.exchange import Clock
from pipeline.fetch.hosts import ANSWER_S, HostGroup
from pipeline.model.errors import RESTING, RestingError
from pipeline.model.services import Answer, LookupResult, Payloads, Request, Source
from pipeline.sources import SOURCES

LESS_OFTEN = 0.25
"""A long rehearsal looks for new questions as often as so large a part of it has passed."""

_SOURCES = {source.name: source for source in SOURCES}


class Unkept(AnswerCache):
    """What is kept of earlier answers, to which nothing is added."""

    def __init__(self, kept: AnswerCache) -> None:
        self._kept = kept

    def known(
        self, source: str, keys: Iterable[str], not_before: date | None = None
    ) -> Mapping[str, bytes | None]:
        """What is kept of real keys."""
        real_keys = [key for key in keys if not is_imagined(key)]
        return self._kept.known(source, real_keys, not_before) if real_keys else {}

    def days_of(self, source: str, keys: Iterable[str]) -> Mapping[str, date]:
        """The day of each."""
        real_keys = list(keys)
        return self._kept.days_of(source, real_keys) if real_keys else {}

    def keep(self, source: str, payloads: Payloads, day: date) -> None:
        """Keeps nothing."""

    def failing(self, source: str, keys: Iterable[str]) -> set[str]:
        """The real keys that failed last time."""
        return self._kept.failing(source, [key for key in keys if not is_imagined(key)])

    def note_failing(self, source: str, keys: Iterable[str], day: date) -> None:
        """Notes nothing."""


@dataclass
class _Course:
    """How far a host is: the time there, from when on it may be asked, what it is about to tell."""

    pace_s: float
    at_s: float = 0.0
    free_s: float = 0.0
    telling: Iterator[LookupResult] = field(default_factory=lambda: iter(()))


class ImaginedAsker(Asker):
    """Asks as a run does, by a time of its own; `requests` are those that were sent, by source.

    `titles_of_works` are those that are no entry's.
    """

    def __init__(
        self,
        network: Network,
        answers: Answers,
        imagination: Imagination,
        titles_of_works: AbstractSet[str],
    ) -> None:
        options, left_s = network.options, network.asker.time_left_s()
        self.requests: Counter[str] = Counter()
        self.groups: dict[str, HostGroup] = {}
        self.passed_s = 0.0
        self._began_s = options.clock.wall_s()
        self._rests = network.ledger
        self._imagination = imagination
        self._titles_of_works = titles_of_works
        self._courses: dict[str, _Course] = {}
        clock = Clock(lambda: self._began_s + self.passed_s, lambda: self.passed_s, self._pass)
        within_s = options.within_s if left_s == math.inf else left_s
        here = replace(options, clock=clock, within_s=within_s)
        super().__init__(answers, Unkept(network.ledger), network.ledger, here)

    def queue_of(self, host: HostQueues, source: Source) -> SourceQueue:
        """The queue of a source, whose answers are read as they are imagined."""
        return super().queue_of(host, self._imagination.telling(source))

    def start(self, host: HostQueues) -> None:
        """Has a host asked from now on."""
        if host.group.name not in self._courses:
            self._courses[host.group.name] = _Course(group_pace_s(host.group, self._options))
        course = self._courses[host.group.name]
        course.at_s = max(course.at_s, self.passed_s)

    def wait(self, most_s: float | None = None) -> None:
        """Lets so much time pass, or what it takes until nothing is left to be asked."""
        begins_s = self.passed_s
        if most_s is not None:
            most_s = max(most_s, LESS_OFTEN * begins_s)
        ends_s = min(math.inf if most_s is None else begins_s + most_s, self._ends_s)
        last_s = begins_s
        for host in list(self._hosts.values()):
            if host.running:
                course = self._courses[host.group.name]
                self.passed_s = course.at_s
                self._go_on(host, course, ends_s)
                course.at_s = self.passed_s
                last_s = max(last_s, course.at_s)
        self.passed_s = ends_s if self.busy() else last_s
        if self._over(self._ends_s):
            self.stop(OUT_OF_TIME)

    def _go_on(self, host: HostQueues, course: _Course, ends_s: float) -> None:
        while self.passed_s < ends_s:
            result = next(course.telling, None)
            if result:
                self._answers.tell(result)
            elif any(map(len, host.queues)):
                asking = self._asking(host, lambda request: self._imagined(host, course, request))
                course.telling = gathered(host.queues, asking)
            else:
                host.running = False
                return

    def _imagined(self, host: HostQueues, course: _Course, request: Request) -> Answer:
        rest = self._rests.rest_of(host.group.name)
        now = datetime.fromtimestamp(self._clock.wall_s(), UTC)
        if rest and rest[0] > now:
            raise RestingError(request.url, f"{RESTING}{rest[1]}", None, rest[0])
        scale = self._options.client.gaps_scale if self._options.client else 1.0
        requests, pace_s = (
            self._imagination.requests(request),
            group_pace_s(host.group, self._options),
        )
        last_s = max(self.passed_s, course.free_s) + (requests - 1) * pace_s
        self.passed_s = last_s + scale * ANSWER_S
        course.free_s = last_s + pace_s
        self.requests[request.source] += requests
        self.groups[request.source] = host.group
        source = _SOURCES[request.source]
        payloads = ((key, self._payload(source, key)) for key in request.keys)
        return Answer(request, tuple(payloads))

    def _payload(self, source: Source, key: str) -> bytes | None:
        of_work = is_imagined(key) or key in self._titles_of_works
        return self._imagination.payload(source, key, of_work=of_work)

    def _pass(self, seconds: float) -> None:
        self.passed_s += seconds
