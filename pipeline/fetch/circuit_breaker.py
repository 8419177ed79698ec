"""A service that refused is left alone for a while, by every process and every later run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from pipeline.fetch.exchange import Clock, Transport, TransportReply, WaitError
from pipeline.fetch.hosts import HostGroup, group_of
from pipeline.fetch.refusals import LONGEST_WAIT_S, REFUSED
from pipeline.model.errors import RESTING, FetchError, RestingError
from pipeline.model.services import Request

REST_S = 600.0
SHORT_REST_S = 60.0

_TRIAL_S = 30.0


class Rests(Protocol):
    """Where rests are remembered, over processes and runs. `store.ledger.Ledger` is one."""

    def rest_of(self, group: str) -> tuple[datetime, str, int] | None:
        """Until when a group rests, even if that is past, why, and after how many refusals."""

    def rest(self, group: str, until: datetime, reason: str) -> None:
        """Lets a group rest, after one more refusal."""

    def move_rest(self, group: str, was: datetime, until: datetime) -> bool:
        """Whether the rest still ended at `was`; if so it now ends at `until`."""

    def wake(self, group: str) -> None:
        """Forgets the rest of a group, and its refusals."""


def with_circuit_breaker(transport: Transport, rests: Rests, clock: Clock) -> Transport:
    """Exchanges with services that do not rest.

    A refusal lets the whole group rest: for the wait that the service asks for where that is at
    most a minute and among the first few in a row, else for it or ten minutes, whichever is
    longer. When the rest is over one request is let through, and all of them once it succeeds.
    Raises RestingError.
    """

    def circuit_broken(request: Request) -> TransportReply:
        group = group_of(request.url)
        refusals = _admitted(request, group, rests, clock)
        try:
            reply = transport(request)
        except WaitError as error:
            if error.status not in REFUSED:
                _released(group, rests, clock)
                raise
            refusal = error
        except FetchError:
            _released(group, rests, clock)
            raise
        else:
            if refusals is not None:
                rests.wake(group.name)
            return reply
        until = _now(clock) + timedelta(seconds=_rest_s(refusal, group, refusals or 0))
        rests.rest(group.name, until, refusal.reason)
        raise RestingError(request.url, refusal.reason, refusal.status, until)

    return circuit_broken


def _admitted(request: Request, group: HostGroup, rests: Rests, clock: Clock) -> int | None:
    """After how many refusals the request is let through to see whether they are over; or None."""
    rest = rests.rest_of(group.name)
    if rest is None:
        return None
    until, reason, refusals = rest
    now = _now(clock)
    # A clock that was wrong when the rest was noted must not stretch it over years.
    if until <= now or until > now + timedelta(seconds=LONGEST_WAIT_S + 1):
        trial_ends = now + timedelta(seconds=_TRIAL_S)
        if rests.move_rest(group.name, until, trial_ends):
            return refusals
        until = trial_ends
    raise RestingError(request.url, f"{RESTING}{reason}", None, until)


def _released(group: HostGroup, rests: Rests, clock: Clock) -> None:
    """Ends a trial that told nothing, so that the next request is one too."""
    rest = rests.rest_of(group.name)
    if rest is not None:
        rests.move_rest(group.name, rest[0], _now(clock))


def _rest_s(refusal: WaitError, group: HostGroup, refusals: int) -> float:
    asked_s = refusal.wait_s
    if refusal.status == 429 and refusals < group.short_rests:
        if asked_s is None and group.first_rest_s is not None:
            return min(group.first_rest_s * 2.0**refusals, SHORT_REST_S)
        if asked_s is not None and asked_s <= SHORT_REST_S:
            return asked_s
    return max(asked_s or 0.0, REST_S)


def _now(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.wall_s(), UTC)
