"""Facts from the sources of one host, through a fetch: in order of worth, whatever it does.

One bad answer costs itself: a key that always fails is put aside and the others are asked. A host
that fails whatever it is asked is waited for, as long as that can be hoped to help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pipeline.enrich.queue import SMALLEST, Batch, SourceQueue
from pipeline.enrich.remembering import AnswerCache
from pipeline.model.errors import (
    AnswerError,
    DroppedKeyError,
    FetchError,
    OfflineError,
    RestingError,
    UnreachedError,
)
from pipeline.model.services import Fetch, LookupResult

REFUSED_WHOLE = (200, 400, 413, 414)
"""With these a service refuses a batch for one key of it, or for its size: halves may pass."""
REFUSED_ALL = (401, 402, 407)
"""With these it would refuse every other key too: a wrong key of ours, a proxy."""
MOST_IN_A_ROW = 3
"""A host that fails on so many batches, and on nothing between them, is in trouble itself."""
MOST_WRONG_IN_A_ROW = 5
"""One that sends so many answers to single keys that are none is not what it should be."""
NO_REQUEST = "no request was allowed"
TROUBLE_S = (30.0, 60.0, 120.0, 120.0, 120.0)
"""How long a host in trouble is waited for, again and again; after that it is left alone."""
MOST_WAITS_AT_END = 2
"""So often a host is waited for where it failed on the last few batches alone."""
UNREACHED_S = 1.0
"""A host that cannot be reached is tried once more after this: mostly there is no network."""


def _no_wait(_wait_s: float, _answers: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Asking:
    """How a host is asked: through which fetch, with which memory, and on which day (UTC).

    `stopped` gives the reason to ask no more, once there is one. `waited` lets some seconds pass
    for a host that gave so many answers, and says whether it is to be asked again; a host that is
    asked no more is `given_up`. One in trouble is waited for as `trouble_s` says.
    """

    fetch: Fetch
    memory: AnswerCache
    day: date
    stopped: Callable[[], str | None] = lambda: None
    waited: Callable[[float, int], bool] = _no_wait
    given_up: Callable[[str], None] = lambda _reason: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    trouble_s: tuple[float, ...] = TROUBLE_S


def gathered(queues: Sequence[SourceQueue], asking: Asking) -> Iterator[LookupResult]:
    """What the sources of one host say of each key in their queues, once, in no order.

    The first queue that holds something is asked first, also where keys are added on the way.
    Each answer is kept before it is told, so that a run that is broken off goes on where it was.
    """
    return _Host(queues, asking).told()


class _Host:
    """A host and how it fares: what failed in a row, and how often it was waited for."""

    def __init__(self, queues: Sequence[SourceQueue], asking: Asking) -> None:
        self._queues = queues
        self._asking = asking
        self._in_trouble: list[tuple[SourceQueue, Batch]] = []
        self._trouble = ""
        self._wrong_in_a_row = 0
        self._waits = 0
        self._unreached = False

    def told(self) -> Iterator[LookupResult]:
        """What is told of every key."""
        while True:
            untried = (queue for queue in self._queues if queue.has_untried())
            queue = next(untried, None) or next(filter(len, self._queues), None)
            if queue is None and not self._in_trouble:
                return
            if reason := self._asking.stopped():
                yield from self._abandoned(reason)
            elif self._in_trouble and not (queue and queue.has_untried()):
                self._tried_at_end()
            elif queue and (batch := queue.next()):
                yield from self._asked(queue, batch)

    def _asked(self, queue: SourceQueue, batch: Batch) -> Iterator[LookupResult]:
        try:
            answer = self._asking.fetch(queue.request_for(batch))
        except OfflineError:
            queue.put_back([batch])
            yield from self._abandoned(NO_REQUEST)
        except FetchError as error:
            yield from self._failed(queue, batch, error)
        else:
            # What failed before this answer failed by itself.
            for other, failed in self._in_trouble:
                other.put_aside(failed)
            self._in_trouble.clear()
            self._wrong_in_a_row = self._waits = 0
            yield from queue.answered(batch, answer.payloads)

    def _failed(
        self, queue: SourceQueue, batch: Batch, error: FetchError
    ) -> Iterator[LookupResult]:
        again = isinstance(error, UnreachedError) and not self._unreached
        if again and self._asking.waited(UNREACHED_S, self._answers()):
            self._unreached = True
            queue.put_back([batch])
        elif isinstance(error, RestingError):
            yield from self._resting(queue, batch, error)
        elif isinstance(error, UnreachedError) or error.status in REFUSED_ALL:
            yield from queue.failed(batch, error.reason)
            yield from self._abandoned(error.reason)
        elif isinstance(error, DroppedKeyError) and not batch.final:
            queue.dropped(batch)
        elif isinstance(error, AnswerError) or error.status in REFUSED_WHOLE:
            yield from self._refused(queue, batch, error)
        elif error.status is not None and error.status < 500:
            yield from queue.failed(batch, error.reason)
        else:
            yield from self._broken(queue, batch, error)

    def _resting(
        self, queue: SourceQueue, batch: Batch, error: RestingError
    ) -> Iterator[LookupResult]:
        wait_s = max(0.0, (error.until - self._asking.now()).total_seconds())
        if self._asking.waited(wait_s, self._answers()):
            queue.put_back([batch])
            return
        reason = f"{error.reason}; asked again after {error.until:%Y-%m-%d %H:%M} UTC"
        # A service that rested from before was not asked at all.
        yield from queue.failed(batch, reason, "failed" if error.status else "not asked")
        yield from self._abandoned(reason)

    def _refused(
        self, queue: SourceQueue, batch: Batch, error: FetchError
    ) -> Iterator[LookupResult]:
        """A batch that is refused for one key of it, or whose answer is none."""
        if queue.is_divisible(batch):
            queue.halved(batch)
            return
        self._wrong_in_a_row += 1
        if isinstance(error, AnswerError) and not batch.final:
            queue.put_aside(batch)
        else:
            yield from queue.failed(batch, error.reason)
        if self._wrong_in_a_row >= MOST_WRONG_IN_A_ROW:
            yield from self._abandoned(error.reason)

    def _broken(
        self, queue: SourceQueue, batch: Batch, error: FetchError
    ) -> Iterator[LookupResult]:
        """A batch on which the service broke: it is too heavy, poisonous, or all is broken."""
        if error.status is not None and len(batch.keys) > SMALLEST and queue.is_divisible(batch):
            queue.lightened(batch)
        elif batch.final and queue.is_divisible(batch):
            queue.halved(batch)
        elif batch.final:
            yield from queue.failed(batch, error.reason)
        else:
            self._in_trouble.append((queue, batch))
            self._trouble = error.reason
        if len(self._in_trouble) < MOST_IN_A_ROW or self._waited_out(len(self._asking.trouble_s)):
            return
        for other, failed in self._in_trouble:
            yield from other.failed(failed, self._trouble)
        self._in_trouble.clear()
        yield from self._abandoned(self._trouble)

    def _tried_at_end(self) -> None:
        """Asks again for the last batches, on which it failed: after a wait, or for good."""
        if self._waited_out(MOST_WAITS_AT_END):
            return
        for queue, batch in self._in_trouble:
            queue.put_aside(batch)
        self._in_trouble.clear()

    def _waited_out(self, most: int) -> bool:
        """Whether the host was waited for; then all that it failed on is asked for again."""
        self._waits += 1
        if self._waits > most or not self._asking.waited(
            self._asking.trouble_s[self._waits - 1], self._answers()
        ):
            return False
        for queue in self._queues:
            queue.put_back([batch for of, batch in self._in_trouble if of is queue])
        self._in_trouble.clear()
        return True

    def _abandoned(self, reason: str) -> Iterator[LookupResult]:
        self._asking.given_up(reason)
        for queue, batch in self._in_trouble:
            queue.put_back([batch])
        self._in_trouble.clear()
        for queue in self._queues:
            yield from queue.abandoned(reason)

    def _answers(self) -> int:
        return sum(queue.answers for queue in self._queues)
