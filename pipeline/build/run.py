"""A build: drawn at once from what is at hand, then anew as services answer."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from time import monotonic
from typing import NamedTuple

from pipeline.build.asked import Inputs
from pipeline.build.asking import STOPPED, ProgressOf, silent_progress
from pipeline.build.drawing import MOST_KEPT, at_hand, drawn
from pipeline.build.giving_back import give_back
from pipeline.build.inputs import NOTHING_OPEN, Given, KeptOpen, given
from pipeline.build.long_work import silent
from pipeline.build.network import Network
from pipeline.build.plans import Plans, all_plans, left_s
from pipeline.build.questions import AtHand, all_to_ask, to_ask_now
from pipeline.build.rounds import rounds
from pipeline.build.writing import write
from pipeline.enrich.coverage import coverage
from pipeline.enrich.gathering import NO_REQUEST
from pipeline.fetch.knocking import Knocks
from pipeline.model.errors import NO_CONNECTION
from pipeline.model.records import Progress
from pipeline.model.services import Source
from pipeline.model.tables import Build

__all__ = ["Inputs", "build", "builds", "planned", "write"]

DRAWN_EVERY_S = 30.0
DRAWING_SHARE = 5.0
"""Drawing anew waits for so many times as long as it takes."""


class Drawn(NamedTuple):
    """A graph, and the seconds for which services are asked on at least; None for the last.

    `read` is another where other files were read, None where that cannot be known.
    """

    graph: Build
    left_s: float | None = None
    read: bytes | None = None


def build(
    inputs: Inputs, progress: Progress = silent, watch: ProgressOf = silent_progress
) -> Build:
    """The graph of some digests, with everything that was found out on the way.

    Raises UsageError where an input does not exist or the overrides or tags file cannot be used,
    and DigestGraphError where no input holds an entry.
    """
    (whole,) = builds(inputs, progress, watch, every_s=None)
    return whole.graph


def builds(
    inputs: Inputs,
    progress: Progress = silent,
    watch: ProgressOf = silent_progress,
    every_s: float | None = DRAWN_EVERY_S,
    kept_open: KeptOpen = NOTHING_OPEN,
) -> Generator[Drawn]:
    """The graph of what is at hand, at once; then anew, as services answer; and the whole of it.

    `every_s` is how many seconds lie between two at least; None gives the last alone. A network
    that is `kept_open` over several runs is taken in place of another. After
    Ctrl-C, also one that whoever writes a graph throws in, the graph of what was answered is the
    last. Raises as `build` does.
    """
    # Whoever writes the last graph needs nothing of what it was made from, which is gone by then.
    whole, is_stopped = yield from _before_last(inputs, progress, watch, every_s, kept_open)
    if len(whole.graph.matches) > MOST_KEPT:
        give_back()
    yield whole
    if is_stopped:
        raise KeyboardInterrupt


def _before_last(
    inputs: Inputs,
    progress: Progress,
    watch: ProgressOf,
    every_s: float | None,
    kept_open: KeptOpen,
) -> Generator[Drawn, None, tuple[Drawn, bool]]:
    """The graphs that are drawn on the way; returns the last, and whether it was broken off."""
    with given(inputs, progress, watch, kept_open) as of:
        now = at_hand(of)
        if of.network is None:
            return Drawn(drawn(of, now, progress, is_last=True), read=of.read), False
        missing = to_ask_now(now, of.network)
        artist = _Artist(of, of.network, now, every_s)
        knocks = of.network.knock(missing)
        first: list[Drawn] = []
        if every_s is not None and of.network.options.client and missing:
            first.append(artist.drawn(progress, left_s(now, of.network, DRAWN_EVERY_S)))
        stopped = False
        try:
            yield from first
            yield from artist.redrawn(knocks)
        except KeyboardInterrupt:
            of.network.asker.stop(STOPPED)
            stopped = True
        return artist.whole(progress)._replace(read=of.read), stopped


class _Artist:
    """Draws a graph anew while services answer, and knows the last one that it drew."""

    def __init__(self, of: Given, network: Network, now: AtHand, every_s: float | None) -> None:
        self._of = of
        self._network = network
        self._now = now
        self._every_s = every_s
        self._due_s = monotonic() + (every_s or 0.0)
        self._last: Build | None = None
        self._news = 0

    def drawn(
        self, progress: Progress, left_s: float | None = None, *, is_last: bool = False
    ) -> Drawn:
        """The graph of what is known now."""
        began_s, self._news = monotonic(), self._network.answers.news
        self._last = drawn(self._of, self._now, progress, is_last=is_last)
        took_s = monotonic() - began_s
        self._due_s = monotonic() + max(self._every_s or 0.0, DRAWING_SHARE * took_s)
        return Drawn(self._last, left_s)

    def redrawn(self, knocks: Knocks | None) -> Iterator[Drawn]:
        """Asks for all that is to be asked; the graph each so many seconds on the way there."""
        network = self._network
        if knocks is None:
            # Every key would be refused, one by one; some are asked for once others were.
            network.answers.left_because(NO_REQUEST)
            while missing := all_to_ask(self._now, network):
                network.leave(missing)
                self._now = at_hand(self._of, self._now)
            return
        if not knocks.reached():
            network.asker.stop(NO_CONNECTION)
            network.leave(self._missing())
        for _ in rounds(self._missing, network, self._every_s):
            due = self._every_s is not None and monotonic() >= self._due_s
            if due and self._news < network.answers.news:
                yield self.drawn(silent, left_s(self._now, network, DRAWN_EVERY_S))

    def whole(self, progress: Progress) -> Drawn:
        """The last graph: the one before, if nothing new was answered since."""
        last = self._last
        if last is None or self._news < self._network.answers.news:
            if self._network.options.client:
                self._network.leave(self._missing())
            return self.drawn(progress, is_last=True)
        lookups = (
            *(t for t in last.told if t.source in self._of.local.names()),
            *self._network.told(),
        )
        sources = (*self._of.local.names(), *self._network.asked())
        told = {"told": lookups, "coverage": coverage(lookups, last.papers), "sources": sources}
        return Drawn(last._replace(**told))

    def _missing(self) -> dict[Source, list[str]]:
        """What is to be asked for next, by what is known by now."""
        self._now = at_hand(self._of, self._now)
        return to_ask_now(self._now, self._network)


def planned(inputs: Inputs, progress: Progress = silent) -> Plans:
    """What a build would ask of each service, by rehearsals of it.

    Raises as `build` does.
    """
    with given(inputs, progress, silent_progress) as of:
        if of.network is None:
            return Plans()
        return all_plans(at_hand(of), of.network, DRAWN_EVERY_S)
