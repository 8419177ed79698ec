"""What asking would take, before anything is asked: what a run asks, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.build.asking import Queued, group_pace_s
from pipeline.build.foreseen import Foreseen, foreseen
from pipeline.build.network import Network
from pipeline.build.questions import AtHand, all_to_ask, open_questions
from pipeline.fetch.hosts import asking_s, group_of
from pipeline.model.ids import published_key
from pipeline.model.services import Source
from pipeline.sources import IN_ORDER_OF_WORTH
from pipeline.sources.titled_works import titled_key

_ANY_KEY = {
    "arxiv_id": "2401.00001",
    "published_doi": published_key("2401.00001", "10.1000/1"),
    "titled": titled_key("2401.00001", "A title", ["A. Name"]),
    "doi": "10.1000/1",
    "title": "A title of words",
}
"""A key of each kind, to see whom it is asked of."""


class Plan(NamedTuple):
    """What asking a source would take: keys, requests, and seconds at least.

    Sources of one `host` are asked one after the other, with `pace_s` from one request to the next
    at least. What is `foreseen` follows from answers.
    """

    source: str
    host: str
    keys: int
    requests: int
    least_s: float
    pace_s: float
    foreseen: bool = False


def plans(missing: Mapping[Source, Sequence[str]], network: Network) -> Iterator[Plan]:
    """What asking for these keys would take, by service, the most worth first."""
    for source, keys in missing.items():
        yield _plan(source, keys[0], Foreseen(len(keys)), network)


def all_plans(now: AtHand, network: Network) -> list[Plan]:
    """What a run would take: what it asks by what is at hand, and what is foreseen to follow."""
    keys_now = all_to_ask(now, network)
    more = foreseen(open_questions(now, network), network)
    later = [source for source in IN_ORDER_OF_WORTH if source in more]
    followed = (_plan(s, _ANY_KEY[s.keyed_by], more[s], network) for s in later)
    return [*plans(keys_now, network), *(plan._replace(foreseen=True) for plan in followed)]


def _plan(source: Source, any_key: str, asked: Foreseen, network: Network) -> Plan:
    group = group_of(source.ask([any_key]).url)
    requests = -(-asked.keys // source.max_keys) - (-asked.again // source.max_keys)
    pace_s = group_pace_s(group, network.options)
    least_s = asking_s(requests, pace_s)
    return Plan(source.name, group.name, asked.keys, requests, least_s, pace_s)


def plans_s(planned: Iterable[Plan], queued: Iterable[Queued] = ()) -> float:
    """The seconds that all plans take at least behind what is queued, hosts asked side by side."""
    every: list[Plan | Queued] = [*planned, *queued]
    requests: Counter[str] = Counter()
    for each in every:
        requests[each.host] += each.requests
    pace_s = {each.host: each.pace_s for each in every}
    return max((asking_s(number, pace_s[host]) for host, number in requests.items()), default=0.0)
