"""What asking would take, before anything is asked: by rehearsals of the run in several worlds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.build.asking import group_pace_s
from pipeline.build.imagining import EXTREMES, USUAL
from pipeline.build.network import Network
from pipeline.build.questions import AtHand, all_to_ask
from pipeline.build.rehearsing import rehearsed
from pipeline.fetch.hosts import asking_s
from pipeline.sources import IN_ORDER_OF_WORTH


class Plan(NamedTuple):
    """What asking a source would take: keys that are known now, and requests, likely about so many.

    Where answers decide, these are at `least` and at `most` so many. Sources of one `host` are
    asked one after the other, with `pace_s` from one request to the next at least.
    """

    source: str
    host: str
    keys: int
    requests: int
    least: int
    most: int
    pace_s: float


class Plans(NamedTuple):
    """The plan of each source, the most worth first, and how many seconds all of them take."""

    each: tuple[Plan, ...] = ()
    least_s: float = 0.0
    likely_s: float = 0.0
    most_s: float = 0.0


def all_plans(now: AtHand, network: Network, every_s: float) -> Plans:
    """What a run would ask from `now` on; it looks for new questions each `every_s`."""
    if network.options.client is None:
        return Plans()
    usual = rehearsed(now, network, USUAL, every_s)
    all_worlds = [usual, *(rehearsed(now, network, world, every_s) for world in EXTREMES)]
    keys = {source.name: len(keys) for source, keys in all_to_ask(now, network).items()}
    groups = {name: group for each in all_worlds for name, group in each.groups.items()}
    each = []
    for name in (source.name for source in IN_ORDER_OF_WORTH if source.name in groups):
        requests = [world.requests[name] for world in all_worlds]
        group = groups[name]
        each.append(
            Plan(
                name,
                group.name,
                keys.get(name, 0),
                usual.requests[name],
                min(requests),
                max(requests),
                group_pace_s(group, network.options),
            )
        )
    within_s = network.options.within_s or math.inf
    least_s = min(within_s, _side_by_side_s(each, [plan.least for plan in each]))
    most_s = min(within_s, _side_by_side_s(each, [plan.most for plan in each]))
    return Plans(tuple(each), least_s, min(max(least_s, usual.passed_s), most_s), most_s)


def left_s(now: AtHand, network: Network, every_s: float) -> float:
    """The seconds for which a run is likely to ask on."""
    return rehearsed(now, network, USUAL, every_s).passed_s


def _side_by_side_s(plans: Sequence[Plan], requests: Sequence[int]) -> float:
    """The seconds that so many requests take at least, hosts asked side by side."""
    of_host: Counter[str] = Counter()
    for plan, number in zip(plans, requests, strict=True):
        of_host[plan.host] += number
    pace_s = {plan.host: plan.pace_s for plan in plans}
    return max((asking_s(number, pace_s[host]) for host, number in of_host.items()), default=0.0)
