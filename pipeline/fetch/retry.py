"""Asking again, a few times and ever more slowly, where that can help."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from pipeline.fetch.exchange import Clock, WaitError
from pipeline.model.errors import (
    AnswerError,
    FetchError,
    OfflineError,
    RestingError,
    UnreachedError,
)
from pipeline.model.services import Answer, Fetch, Request

FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 60.0


def with_retries(
    fetch: Fetch, clock: Clock, jitter: Random, tries: int, unreached_tries: int
) -> Fetch:
    """Answers after at most `tries` tries, about 2, 4 and 8 seconds apart.

    Where no connection can be made it is `unreached_tries`: mostly there is no network.
    A service that asks for a longer pause is given it, up to a minute; where it wants to rest
    for longer, the RestingError is raised at once. The last error is raised, with its attempts.
    """

    def retried(request: Request) -> Answer:
        for attempt in range(1, tries + 1):
            try:
                return fetch(request)
            except FetchError as error:
                error.attempts = attempt
                wait_s = _wait_s(error, clock)
                most = unreached_tries if isinstance(error, UnreachedError) else tries
                if wait_s is None or attempt >= min(tries, most):
                    raise
            backoff_s = FIRST_WAIT_S * 2 ** (attempt - 1) * jitter.uniform(0.5, 1.5)
            clock.sleep(max(wait_s, backoff_s))
        raise AssertionError("there is at least one try")

    return retried


def _wait_s(error: FetchError, clock: Clock) -> float | None:
    """For how long to wait at least before asking again; None where that cannot help."""
    if isinstance(error, OfflineError):
        return None
    if isinstance(error, RestingError):
        left_s = (error.until - datetime.fromtimestamp(clock.wall_s(), UTC)).total_seconds()
        return max(left_s, 0.0) if left_s <= LONGEST_WAIT_S else None
    if isinstance(error, WaitError):
        return min(error.wait_s or 0.0, LONGEST_WAIT_S)
    passing = isinstance(error, AnswerError) or error.status is None
    return 0.0 if passing else None
