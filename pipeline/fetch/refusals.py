"""Replies by which a service says "not now", told apart from replies that are answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipeline.fetch.exchange import Clock, Transport, TransportReply, WaitError
from pipeline.model.services import Request

REFUSED = frozenset({403, 429})
LONGEST_WAIT_S = 24 * 3600.0


def with_refusals_raised(transport: Transport, clock: Clock) -> Transport:
    """Exchanges that raise WaitError for 403, 408, 429 and 5xx, with the wait that was asked for.

    No wait is longer than a day. OpenAlex whose credits are spent is waited for until midnight
    UTC: https://developers.openalex.org/how-to-use-the-api/rate-limits-and-authentication
    """

    def refusals_raised(request: Request) -> TransportReply:
        received = transport(request)
        status = received.reply.status
        if status not in REFUSED and status != 408 and status < 500:
            return received
        now = datetime.fromtimestamp(clock.wall_s(), UTC)
        wait_s = asked_wait_s(received.headers, now)
        spent = status == 429 and _is_spent(received.headers)
        if spent and wait_s is None:
            wait_s = _until_midnight_s(now)
        raise WaitError(request.url, _reason(status, spent=spent), status, wait_s)

    return refusals_raised


def asked_wait_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds of `Retry-After`, from 0 to a day; None where there are none to be read."""
    text = headers.get("retry-after", "").strip()
    try:
        wait_s = float(text)
    except ValueError:
        try:
            until = parsedate_to_datetime(text)
            wait_s = (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()
        except (ValueError, OverflowError, TypeError, IndexError):
            return None
    return None if math.isnan(wait_s) else min(max(wait_s, 0.0), LONGEST_WAIT_S)


def _is_spent(headers: Mapping[str, str]) -> bool:
    try:
        credits_left = float(headers["x-ratelimit-remaining"])
        return credits_left < float(headers["x-ratelimit-credits-required"]) or credits_left <= 0
    except (KeyError, ValueError):
        return False


def _until_midnight_s(now: datetime) -> float:
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    return (midnight - now).total_seconds()


def _reason(status: int, *, spent: bool) -> str:
    if spent:
        return "the credits of the day are spent"
    if status == 429:
        return "asked too often (429)"
    if status == 403:
        return "refused (403)"
    return f"the service is out of order ({status})"
