"""What services ever answered, and what became of the questions of this run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from threading import Lock

from pipeline.enrich.remembering import AnswerCache, remembered
from pipeline.fetch.options import NetworkOptions
from pipeline.match.candidates import Candidates, CandidateSource
from pipeline.model.records import Entry, Facts
from pipeline.model.services import LookupResult, Source
from pipeline.sources import arxiv_api, arxiv_titles

SEARCHED_AGAIN_DAYS = 30
"""A paper that was not on arXiv is looked for again after so many days."""
NOT_YET = "not asked yet"
_TOLD = ("found", "unknown")


class Answers:
    """All that is known of keys by now: what is kept, however old, and what this run was told.

    Nothing is asked here, so that a graph can be drawn from it at any time. Threads may share it.
    `news` counts what was asked for and answered.
    """

    def __init__(self, memory: AnswerCache, options: NetworkOptions) -> None:
        self._memory = memory
        self._options = options
        self._lock = Lock()
        self._told: dict[str, dict[str, LookupResult]] = defaultdict(dict)
        self._older: dict[str, dict[str, LookupResult]] = defaultdict(dict)
        self._pending: dict[str, dict[str, None]] = defaultdict(dict)
        self._looked_up: dict[str, set[str]] = defaultdict(set)
        self._pending_because = NOT_YET
        self.news = 0

    def apart(self, memory: AnswerCache) -> Answers:
        """What is known by now, to be added to apart from this; nothing is about to be asked."""
        with self._lock:
            apart = Answers(memory, self._options)
            for source, answers in self._told.items():
                apart._told[source] = dict(answers)
            for source, answers in self._older.items():
                apart._older[source] = dict(answers)
            for source, keys in self._looked_up.items():
                apart._looked_up[source] = set(keys)
            return apart

    def look_again(self) -> None:
        """Looks up once more what nothing was kept of: another build may have asked meanwhile."""
        with self._lock:
            for name, keys in self._looked_up.items():
                keys.intersection_update(self._told[name].keys() | self._older[name].keys())

    def known(self, source: Source, keys: Iterable[str]) -> dict[str, LookupResult]:
        """What is known of the keys; of those that nothing is known of, nothing."""
        with self._lock:
            self._look_up(source, keys)
            new_answers, kept_answers = self._told[source.name], self._older[source.name]
            if not (new_answers or kept_answers):
                return {}
            answer_of_key = (
                (key, new_answers.get(key) or kept_answers.get(key)) for key in dict.fromkeys(keys)
            )
            return {key: answer for key, answer in answer_of_key if answer}

    def missing(self, source: Source, keys: Iterable[str]) -> list[str]:
        """The keys that are still to be asked for, and not about to be."""
        pending = self._pending[source.name]
        return [key for key in self.unsaid(source, keys) if key not in pending]

    def unsaid(self, source: Source, keys: Iterable[str]) -> list[str]:
        """The keys that nothing was told of in this run, and nothing fresh is kept of.

        Where nobody may be asked, it is told of a key that is left that nobody was.
        """
        with self._lock:
            self._look_up(source, keys)
            new_answers = self._told[source.name]
            refused = () if self._options.client else self._pending[source.name]
            unique = dict.fromkeys(keys)
            return [key for key in unique if key not in new_answers and key not in refused]

    def expect(self, source: Source, keys: Iterable[str]) -> None:
        """Notes that these keys are about to be asked for."""
        with self._lock:
            self._pending[source.name].update(dict.fromkeys(keys))

    def left_because(self, reason: str) -> None:
        """Says why what is still pending is not asked for."""
        self._pending_because = reason

    def tell(self, answer: LookupResult) -> None:
        """Notes what became of a question. What was known before is not lost to a failure."""
        with self._lock:
            self.news += answer.state in _TOLD
            kept_answer = self._older[answer.source].get(answer.key)
            if kept_answer and answer.state not in _TOLD:
                answer = replace(kept_answer, reason=f"as it was kept; {answer.reason}")
            self._told[answer.source][answer.key] = answer
            self._looked_up[answer.source].add(answer.key)
            self._pending[answer.source].pop(answer.key, None)

    def told(self) -> list[LookupResult]:
        """What each service said of each key that it was or will be asked for."""
        with self._lock:
            every = [answer for of in self._told.values() for answer in of.values()]
            because = self._pending_because
            for source, keys in self._pending.items():
                older = self._older[source]
                waiting = (LookupResult(source, k, "not asked", reason=because) for k in keys)
                every += [older.get(one_answer.key, one_answer) for one_answer in waiting]
            return every

    def asked(self) -> set[str]:
        """The services that something is known of, or that were asked something."""
        with self._lock:
            return {name for of in (self._told, self._pending) for name, keys in of.items() if keys}

    def facts_of(self, source: Source, keys: Iterable[str]) -> Iterator[Facts]:
        """The facts that are known of these keys, in their order."""
        for answer in self.known(source, keys).values():
            yield from answer.facts

    def by_printed_id(self, entries: Sequence[Entry]) -> list[Candidates]:
        """What arXiv said of the ids that entries print."""
        ids = [entry.arxiv_id for entry in entries if entry.arxiv_id]
        answer_of_id = self.known(arxiv_api.SOURCE, ids)
        answers = (answer_of_id.get(entry.arxiv_id or "") for entry in entries)
        return [
            Candidates(t.facts, no_such_id=t.state == "unknown") if t else Candidates(())
            for t in answers
        ]

    def by_title(self, source: Source) -> CandidateSource:
        """Candidates from what a search by title found."""

        def found(entries: Sequence[Entry]) -> list[Candidates]:
            answer_of_title = self.known(source, titles_of(entries))
            since = self._days_ago(SEARCHED_AGAIN_DAYS)
            answers = (answer_of_title.get(entry.title or "") for entry in entries)
            return [_as_found(answer, since) if answer else Candidates(()) for answer in answers]

        return found

    def _look_up(self, source: Source, keys: Iterable[str]) -> None:
        """Reads what is kept of keys that were not looked up yet: the new, and the older."""
        looked_up = self._looked_up[source.name]
        if looked_up.issuperset(keys):
            return
        new = [key for key in dict.fromkeys(keys) if key not in looked_up]
        looked_up.update(new)
        not_before = self._not_before(source)
        kept_answers = remembered(source, new, self._memory)
        days = self._days_of_fresh(source, new, not_before)
        for answer in kept_answers:
            stale = not_before is not None and answer.key not in days
            (self._older if stale else self._told)[source.name][answer.key] = answer

    def _days_of_fresh(
        self, source: Source, keys: Sequence[str], not_before: date | None
    ) -> Mapping[str, object]:
        return self._memory.known(source.name, keys, not_before) if not_before else {}

    def _not_before(self, source: Source) -> date | None:
        """The first day whose answers are believed; None for all, as where nothing is asked."""
        days = self._options.refresh_days
        if source.keyed_by == "title":
            days = SEARCHED_AGAIN_DAYS if days is None else min(days, SEARCHED_AGAIN_DAYS)
        return None if days is None or self._options.client is None else self._days_ago(days)

    def _days_ago(self, days: int) -> date:
        return self._options.day - timedelta(days=days)


def titles_of(entries: Iterable[Entry]) -> list[str]:
    """The titles of the entries that print no id."""
    return [entry.title for entry in entries if entry.title and not entry.arxiv_id]


def _as_found(result: LookupResult, since: date) -> Candidates:
    """What a search by title told. Only arXiv's own, of late, has looked through all of it."""
    answered = result.state in _TOLD and result.day is not None and result.day >= since
    looks_at_all = answered and result.source == arxiv_titles.NAME
    return Candidates(result.facts, result.day if looks_at_all else None)
