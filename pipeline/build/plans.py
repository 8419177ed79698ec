"""What asking would take, before anything is asked: the same questions as a run asks first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.build.asking import least_s
from pipeline.build.network import Network
from pipeline.fetch.hosts import group_of
from pipeline.model.services import Source


class Plan(NamedTuple):
    """What asking a source would take: keys, requests, and seconds at least.

    Sources of one `host` are asked one after the other.
    """

    source: str
    host: str
    keys: int
    requests: int
    least_s: float


def plans(missing: Mapping[Source, Sequence[str]], network: Network) -> Iterator[Plan]:
    """What asking for these keys would take, by service, the most worth first."""
    for source, keys in missing.items():
        group = group_of(source.ask(keys[:1]).url)
        requests = -(-len(keys) // source.max_keys)
        request_s = least_s(group, network.options)
        yield Plan(source.name, group.name, len(keys), requests, requests * request_s)


def plans_s(planned: Iterable[Plan]) -> float:
    """The seconds that all plans take at least, as hosts are asked side by side."""
    hosts_s: defaultdict[str, float] = defaultdict(float)
    for plan in planned:
        hosts_s[plan.host] += plan.least_s
    return max(hosts_s.values(), default=0.0)
