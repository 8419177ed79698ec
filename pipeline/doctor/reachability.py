"""Whether each service answers: one request to each, side by side, as politely as any other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Literal

from pipeline.fetch.exchange import ClientSettings, Clock
from pipeline.fetch.hosts import GROUPS, group_of
from pipeline.fetch.polite import polite_fetch
from pipeline.model.errors import AnswerError, DataError, FetchError, RestingError, WebPageError
from pipeline.model.ids import published_key
from pipeline.model.services import Request, Source
from pipeline.sources import (
    SERVICES,
    acl_anthology,
    crossref,
    datacite,
    dblp,
    inspire,
    opencitations,
    openreview,
    semantic_scholar,
)
from pipeline.sources.titled_works import titled_key
from pipeline.store.ledger import Ledger

LIMIT_S = 20.0
READ_S = 15.0
_LONGEST_REST = timedelta(days=1, seconds=1)
_KNOWN_TO_MOST = "1706.03762"
_PUBLISHED = published_key("1512.03385", "10.1109/cvpr.2016.90")
_KNOWN_KEYS = {
    # Few papers cite this one, and the answer lists all that do.
    semantic_scholar.NAME: "2409.01524",
    opencitations.NAME: _PUBLISHED,
    inspire.NAME: "hep-th/9711200",
    crossref.NAME: _PUBLISHED,
    datacite.NAME: "hep-th/9711200",
    dblp.NAME: titled_key("1706.03762", "Attention is All you Need", ["Ashish Vaswani"]),
    openreview.NAME: titled_key(
        "2310.04408",
        "RECOMP: Improving Retrieval-Augmented LMs with Context Compression and Selective "
        "Augmentation",
        ["Fangyuan Xu"],
    ),
}
"""A paper that a service knows, where it is not the one that most know."""


def _question(source: Source) -> Request:
    if source is acl_anthology.SOURCE:
        return acl_anthology.ONE_RECORD
    known_key = source.service.known_key if source.service else _KNOWN_TO_MOST
    return source.ask([_KNOWN_KEYS.get(source.name, known_key)])


REQUESTS = {group_of(asked.url).name: asked for asked in map(_question, reversed(SERVICES))}
"""What is asked of the hosts of each service, once, by its first source: about a known paper."""

HostState = Literal[
    "answers", "not_asked", "resting", "rate_limit", "credits_spent", "wrong_key", "refused",
    "web_page", "unreachable", "out_of_order", "no_answer", "late",
]  # fmt: skip
_WORDS: Mapping[HostState, str] = {
    "resting": "{reason}",
    "rate_limit": "rate limit: it was asked too often ({status})",
    "credits_spent": "the credits of the day are spent ({status})",
    "wrong_key": "it refuses the key ({status}): wrong, or no longer valid",
    "refused": "it refuses to answer here ({status})",
    "web_page": "a web page came instead ({status}): a proxy, or a log-in of this network",
    "unreachable": "not reached: {reason}",
    "out_of_order": "it is out of order ({status})",
    "no_answer": "what came back is no answer: {reason}",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking a service: by kind and in words.

    `took_s` is None where no answer came, and leaves out the wait for its turn. `resting_until`
    is set where the service is left alone from now on.
    """

    state: HostState
    said: str
    took_s: float | None = None
    resting_until: datetime | None = None


def outcomes(
    settings: ClientSettings, ledger: Ledger, limit_s: float = LIMIT_S
) -> Iterator[tuple[str, Outcome]]:
    """What came of asking each service, by name, in the order of `hosts.GROUPS`.

    All are asked at once, and each is waited for until `limit_s` after the beginning. No answer
    is kept; a refusal lets the service rest, as ever.
    """
    ends_s = time.monotonic() + limit_s
    asked = {name: _aside(request, settings, ledger) for name, request in REQUESTS.items()}
    for group in GROUPS:
        try:
            outcome = asked[group.name].result(max(0.0, ends_s - time.monotonic()))
        except TimeoutError:
            another = " (another run may be asking it)" if group.one_at_a_time else ""
            outcome = Outcome("late", f"no answer within {limit_s:g} s{another}")
        yield group.name, outcome


def rests(ledger: Ledger | None) -> Iterator[tuple[str, Outcome]]:
    """Of each service, by name, in the order of `hosts.GROUPS`, whether it rests; none is asked."""
    now = datetime.now(UTC)
    noted = ledger.rests() if ledger else {}
    for group in GROUPS:
        rest = noted.get(group.name)
        if rest and now < rest.until <= now + _LONGEST_REST:
            reason = f"resting: {rest.reason}"
            yield group.name, Outcome("resting", reason, None, rest.until)
        else:
            yield group.name, Outcome("not_asked", "not asked")


def _aside(request: Request, settings: ClientSettings, ledger: Ledger) -> Future[Outcome]:
    """What comes of a request, in a thread that nobody has to wait for."""
    future: Future[Outcome] = Future()

    def ask() -> None:
        try:
            future.set_result(_outcome(request, settings, ledger))
        except BaseException as error:  # noqa: BLE001 - raised again where the result is looked at
            future.set_exception(error)

    Thread(target=ask, daemon=True).start()
    return future


def _outcome(request: Request, settings: ClientSettings, ledger: Ledger) -> Outcome:
    slept_s = []

    def sleep(wait_s: float) -> None:
        slept_s.append(wait_s)
        time.sleep(wait_s)

    begun_s = time.monotonic()
    try:
        with polite_fetch(settings, ledger, Clock(sleep=sleep)) as fetch:
            answer = fetch(request)
    except FetchError as error:
        keyed = group_of(request.url).name in settings.credentials
        return _failure(error, keyed)
    except DataError as error:
        return Outcome("not_asked", f"not asked: {error.reason}")
    knows_paper = any(payload is not None for _, payload in answer.payloads)
    words = "answers" if knows_paper else "answers, but knows nothing of the paper it was asked for"
    return Outcome("answers", words, time.monotonic() - begun_s - sum(slept_s))


def _failure(error: FetchError, keyed: bool) -> Outcome:
    state = _state(error, keyed)
    until = error.until if isinstance(error, RestingError) else None
    words = _WORDS[state].format(reason=error.reason[:200], status=error.status)
    return Outcome(state, words, None, until)


def _state(error: FetchError, keyed: bool) -> HostState:
    status = error.status or 0
    by_status: dict[int, HostState] = {
        429: "credits_spent" if "credits" in error.reason else "rate_limit",
        401: "wrong_key" if keyed else "refused",
        403: "wrong_key" if keyed else "refused",
        407: "web_page",
        511: "web_page",
    }
    if status in by_status:
        return by_status[status]
    if isinstance(error, WebPageError) or 300 <= status < 400:
        return "web_page"
    if status >= 500:
        return "out_of_order"
    if status == 0 and isinstance(error, RestingError):
        return "resting"
    return "unreachable" if status == 0 and not isinstance(error, AnswerError) else "no_answer"
