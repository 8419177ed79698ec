"""The papers that an entry could be: an index over facts at hand, and several places as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pipeline.folding import content_words, folded_name, folded_title
from pipeline.records import Entry, Facts

MOST = 8
"""How many candidates are weighed for one entry. The right one stands among the first 8 by rare
title words in 99.4 % of 2,277 reading notes, measured against 860,000 arXiv titles."""


class Found(NamedTuple):
    """The papers that an entry could be, and the day up to which all of arXiv was looked through.

    `checked` is None where only a part of arXiv was. `no_such_id` says that the entry prints an
    id that arXiv does not have.
    """

    facts: Sequence[Facts]
    checked: date | None = None
    no_such_id: bool = False


Place = Callable[[Sequence[Entry]], list[Found]]
"""Where candidates come from: of each entry what was found for it, in the order of the entries."""


class CandidateIndex:
    """Facts by id, by folded title, by title word and by author; built once, then only read."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        self._facts: dict[str, Facts] = {}
        self._by_title: dict[str, list[str]] = defaultdict(list)
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for known in facts:
            if known.arxiv_id in self._facts:
                continue
            self._facts[known.arxiv_id] = known
            for title in filter(None, (known.title, *known.former_titles)):
                self._by_title[folded_title(title)].append(known.arxiv_id)
            for key in set(_keys_of_facts(known)):
                self._by_key[key].append(known.arxiv_id)

    def found(self, entries: Sequence[Entry]) -> list[Found]:
        """The papers worth weighing for each entry: its printed id, equal titles, the nearest.

        Nearest is by words and authors shared, each counted by how rare it is among all papers.
        Ties go by id, so that the order is the same on every run.
        """
        return [Found(self._near(entry)) for entry in entries]

    def _near(self, entry: Entry) -> list[Facts]:
        found = [entry.arxiv_id] if entry.arxiv_id in self._facts else []
        found += self._by_title.get(folded_title(entry.title or "") or " ", [])
        shared: Counter[str] = Counter()
        for key in set(_keys_of_entry(entry)):
            papers = self._by_key.get(key, [])
            shared.update(dict.fromkeys(papers, 1000 // max(len(papers), 1)))
        nearest = sorted(shared, key=lambda arxiv_id: (-shared[arxiv_id], arxiv_id))
        return [self._facts[arxiv_id] for arxiv_id in dict.fromkeys(found + nearest[:MOST])]


def combined(places: Iterable[Found]) -> Found:
    """What several places found, each paper once, with all that any of them says of it."""
    papers: dict[str, Facts] = {}
    checked, no_such_id = None, False
    for found in places:
        checked = max(filter(None, (checked, found.checked)), default=None)
        no_such_id = no_such_id or found.no_such_id
        for known in found.facts:
            first = papers.get(known.arxiv_id)
            papers[known.arxiv_id] = _joined(first, known) if first else known
    return Found(list(papers.values()), checked, no_such_id)


def _joined(first: Facts, second: Facts) -> Facts:
    titles = dict.fromkeys((*first.former_titles, second.title, *second.former_titles))
    titles.pop(first.title, None)
    return replace(
        first,
        title=first.title or second.title,
        former_titles=tuple(filter(None, titles)),
        authors=first.authors or second.authors,
        former_authors=first.former_authors or second.former_authors or second.authors,
        abstract=first.abstract or second.abstract,
    )


def _keys_of_facts(known: Facts) -> Iterator[str]:
    for title in filter(None, (known.title, *known.former_titles)):
        yield from content_words(title)
    yield from (f"@{folded_name(name)}" for name in known.authors or ())


def _keys_of_entry(entry: Entry) -> Iterator[str]:
    yield from content_words(entry.title or "")
    yield from (f"@{folded_name(name)}" for name in entry.authors or ())
