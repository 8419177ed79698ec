"""The network as one Fetch: bounded, spaced, resting, checked, and asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from pipeline.fetch.circuit_breaker import Rests, with_circuit_breaker
from pipeline.fetch.exchange import ClientSettings, Clock
from pipeline.fetch.hosts import HostGroup, group_of
from pipeline.fetch.rate_limit import with_rate_limit
from pipeline.fetch.refusals import with_refusals_raised
from pipeline.fetch.retry import with_retries
from pipeline.fetch.transport import exchanging, following, new_session
from pipeline.fetch.validation import with_validation
from pipeline.model.errors import KEY_HELPS, FetchError
from pipeline.model.services import Answer, Fetch, Request
from pipeline.settings.keys import VARIABLES

WANTING_KEY = (401, 403, 429)
SYSTEM_CLOCK = Clock()


@contextmanager
def polite_fetch(
    settings: ClientSettings,
    rests: Rests,
    clock: Clock = SYSTEM_CLOCK,
    jitter: Random | None = None,
    tell: Callable[[str, FetchError | None], None] = lambda _service, _error: None,
) -> Iterator[Fetch]:
    """A Fetch that asks the services over the network, while the block lasts.

    It raises FetchError where no answer came, AnswerError where none could be believed, and
    RestingError where the service is to be left alone; FetchError, before any connection, for
    an address that belongs to no service. `tell` hears at once of each try, before another is
    made: of which service, and what went wrong; None where it answered.
    """
    with new_session(settings) as session:
        transport = with_refusals_raised(exchanging(session, settings, clock), clock)
        transport = with_circuit_breaker(transport, rests, clock)
        transport = following(
            with_rate_limit(transport, settings.state_folder, gaps_s(settings), clock)
        )
        tries = (settings.tries, settings.unreached_tries)
        reported = _telling(with_validation(transport), tell)
        fetch = with_retries(reported, clock, jitter or Random(), *tries)

        def known_host_only(request: Request) -> Answer:
            group = group_of(request.url)
            try:
                return fetch(request)
            except FetchError as error:
                error.reason += key_hint(group.name, error.status, settings)
                raise

        yield known_host_only


def _telling(fetch: Fetch, tell: Callable[[str, FetchError | None], None]) -> Fetch:
    def told(request: Request) -> Answer:
        service = group_of(request.url).name
        try:
            answer = fetch(request)
        except FetchError as error:
            tell(service, error)
            raise
        tell(service, None)
        return answer

    return told


def key_hint(service: str, status: int | None, settings: ClientSettings) -> str:
    """What to do about a key where a service refuses for want of one, or for a wrong one."""
    if service not in VARIABLES or status not in WANTING_KEY:
        return ""
    variable = VARIABLES[service][0]
    if service in settings.credentials:
        return f"; the key in {variable} may be wrong" if status != 429 else ""
    return f"; {KEY_HELPS} {variable}"


def gaps_s(settings: ClientSettings) -> Callable[[HostGroup], float]:
    """The seconds between two requests to a group, by whether there is a key for it."""

    def gap_s(group: HostGroup) -> float:
        keyless = group.keyless_gap_s is not None and group.name not in settings.credentials
        chosen_s = group.keyless_gap_s if keyless else group.gap_s
        return (chosen_s or group.gap_s) * settings.gaps_scale

    return gap_s
