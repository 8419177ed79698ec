"""The network as one Fetch: bounded, spaced, resting, checked, and asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from pipeline.fetch.checked import checked
from pipeline.fetch.hosts import HostGroup, group_of
from pipeline.fetch.refusals import refusing
from pipeline.fetch.resting import Rests, resting
from pipeline.fetch.retrying import retrying
from pipeline.fetch.spacing import spaced
from pipeline.fetch.transport import exchanging, following, new_session
from pipeline.fetch.wire import ClientSettings, Clock
from pipeline.model.services import Answer, Fetch, Request

SYSTEM_CLOCK = Clock()


@contextmanager
def polite_fetch(
    settings: ClientSettings,
    rests: Rests,
    clock: Clock = SYSTEM_CLOCK,
    jitter: Random | None = None,
) -> Iterator[Fetch]:
    """A Fetch that asks the services over the network, while the block lasts.

    It raises FetchError where no answer came, AnswerError where none could be believed, and
    RestingError where the service is to be left alone; FetchError, before any connection, for
    an address that belongs to no service.
    """
    with new_session(settings) as session:
        wire = refusing(exchanging(session, settings, clock), clock)
        wire = resting(wire, rests, clock)
        wire = following(spaced(wire, settings.state_folder, gaps_s(settings), clock))
        fetch = retrying(checked(wire), clock, jitter or Random(), settings.tries)

        def answered(request: Request) -> Answer:
            group_of(request.url)
            return fetch(request)

        yield answered


def gaps_s(settings: ClientSettings) -> Callable[[HostGroup], float]:
    """The seconds between two requests to a group, by whether there is a key for it."""

    def gap_s(group: HostGroup) -> float:
        keyless = group.keyless_gap_s is not None and group.name not in settings.credentials
        chosen_s = group.keyless_gap_s if keyless else group.gap_s
        return (chosen_s or group.gap_s) * settings.gaps_scale

    return gap_s
