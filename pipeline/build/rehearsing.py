"""A run rehearsed: its own questions in its own order, with answers imagined. Nothing is sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import NamedTuple

from pipeline.build.answers import titles_of
from pipeline.build.citing import Sought, most_titles
from pipeline.build.imagined_asking import ImaginedAsker, Unkept
from pipeline.build.imagining import Imagination, World
from pipeline.build.matching import is_settled
from pipeline.build.network import Network
from pipeline.build.questions import AtHand, questions_on_papers, to_ask_now
from pipeline.build.rounds import rounds
from pipeline.fetch.hosts import HostGroup
from pipeline.model.records import Match
from pipeline.model.services import LookupResult
from pipeline.sources import arxiv_api, bundled


class Rehearsed(NamedTuple):
    """How many requests each source was sent in a rehearsal, where, and how long all took."""

    requests: Counter[str]
    groups: Mapping[str, HostGroup]
    passed_s: float


def rehearsed(now: AtHand, network: Network, world: World, every_s: float) -> Rehearsed:
    """What a run would ask from `now` on, if services answered as in this world.

    It looks for new questions each `every_s`, and stops when the time of a run is up.
    """
    imagination = Imagination(world)
    stage = copy(network)
    stage.answers = network.answers.apart(Unkept(network.ledger))
    asker = ImaginedAsker(network, stage.answers, imagination, frozenset(now.sought.titles))
    stage.asker = asker
    story = _Story(now, stage, imagination)
    for _ in rounds(lambda: to_ask_now(story.now(), stage), stage, every_s):
        pass
    return Rehearsed(asker.requests, asker.groups, asker.passed_s)


class _Story:
    """What would be known by now, in the course of a rehearsal."""

    def __init__(self, start: AtHand, network: Network, imagination: Imagination) -> None:
        self._start = start
        self._network = network
        self._imagination = imagination
        self._matched = list(start.known.matched)
        reaches = start.known.reaches
        self._open = {n for n, match in enumerate(self._matched) if not is_settled(match, reaches)}
        entries = [self._matched[n].entry for n in self._open]
        self._searches = network.title_searches()
        unsaid = (network.answers.unsaid(source, titles_of(entries)) for source in self._searches)
        self._new_titles = {title for titles in unsaid for title in titles}
        self._listed = {
            f.arxiv_id for f in start.facts if f.references and f.source != bundled.NAME
        }

    def now(self) -> AtHand:
        """All that is known, and what is wanted by that."""
        self._match()
        known = self._start.known._replace(matched=self._matched)
        wanted = questions_on_papers(known, self._network)
        return self._start._replace(known=known, wanted=wanted, sought=self._sought())

    def _match(self) -> None:
        answers, entries = self._network.answers, [self._matched[n].entry for n in self._open]
        titles = [title for title in titles_of(entries) if title in self._new_titles]
        said_of_title: dict[str, list[LookupResult]] = defaultdict(list)
        for source in self._searches:
            for title, result in answers.known(source, titles).items():
                said_of_title[title].append(result)
        ids = [entry.arxiv_id for entry in entries if entry.arxiv_id]
        unsaid_ids = set(answers.unsaid(arxiv_api.SOURCE, ids))
        for number in sorted(self._open):
            match = self._matched[number]
            if match.entry.arxiv_id:
                changed = self._checked(match, unsaid_ids)
            else:
                changed = self._decided(match, said_of_title.get(match.entry.title or "", []))
            if changed:
                self._matched[number] = changed
                self._open.remove(number)

    @staticmethod
    def _checked(match: Match, unsaid_ids: set[str]) -> Match | None:
        unsaid = match.entry.arxiv_id in unsaid_ids
        return None if unsaid else replace(match, decided_by="printed_id")

    def _decided(self, match: Match, said: list[LookupResult]) -> Match | None:
        arxiv_ids = [facts.arxiv_id for result in said for facts in result.facts]
        if not arxiv_ids and said and len(said) == len(self._searches):
            arxiv_ids = [self._imagination.new_id()] if self._imagination.world.on else []
        if not arxiv_ids:
            return None
        return replace(match, arxiv_id=arxiv_ids[0], verdict="matched", decided_by="title")

    def _sought(self) -> Sought:
        sought, more = self._start.sought, self._imagination
        titles = [*sought.titles, *more.titles]
        papers = len(self._listed | more.citing)
        return Sought(
            [*sought.arxiv_ids, *more.arxiv_ids],
            [*sought.dois, *more.dois],
            titles[: max(len(sought.titles), most_titles(papers))],
            sought.old_titles,
        )
