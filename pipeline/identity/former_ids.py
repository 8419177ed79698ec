"""Ids that last: a person of the build before keeps the id, whoever is joined or parted since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from pipeline.identity.signatures import name_key
from pipeline.model.identities import Creator, Moved, Signature
from pipeline.model.ids import short_hash


class Wrote(NamedTuple):
    """An author of the build before, a paper, the place in its list, the author's spellings."""

    author: str
    paper: str
    position: int
    spellings: Sequence[str]


def with_lasting_ids(
    creators: Sequence[Creator], former: Iterable[Wrote]
) -> tuple[list[Creator], list[Moved]]:
    """The creators with the ids that they had, by id, and whose signatures moved since.

    A person takes the former id that most of the signatures have, the one with more of them
    before the other, ties by id. An id that another had is nobody else's.
    """
    former_papers = _Before(former)
    former_ids = [former_papers.held_by(creator) for creator in creators]
    wished = [(-n, old, row) for row, ids in enumerate(former_ids) for old, n in ids.items()]
    id_of_row: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, row in sorted(wished):
        if row not in id_of_row and old not in taken:
            id_of_row[row] = old
            taken.add(old)
    gone = set(former_papers.ids)
    for row, creator in enumerate(creators):
        if row not in id_of_row:
            keeps_id = creator.kind == "organisation" or creator.id not in gone
            id_of_row[row] = creator.id if keeps_id else _another(creator, gone)
            gone.add(id_of_row[row])
    lasting = [
        creator if creator.id == id_of_row[row] else replace(creator, id=id_of_row[row])
        for row, creator in enumerate(creators)
    ]
    return sorted(lasting, key=lambda creator: creator.id), list(_moved(lasting, former_ids))


class _Before:
    """Who signed what in the build before."""

    def __init__(self, former: Iterable[Wrote]) -> None:
        self.ids: set[str] = set()
        self._of_paper: dict[str, list[Wrote]] = defaultdict(list)
        self._at_place: dict[tuple[str, int], Wrote | None] = {}
        self._signed: dict[str, dict[str, dict[int, str]]] = {}
        for wrote in former:
            self.ids.add(wrote.author)
            self._of_paper[wrote.paper].append(wrote)
            place = (wrote.paper, wrote.position)
            self._at_place[place] = None if place in self._at_place else wrote

    def held_by(self, creator: Creator) -> Mapping[str, int]:
        """How many signatures of a creator each author had."""
        signatures = creator.signatures if self.ids and creator.kind == "author" else ()
        authors = list(filter(None, map(self._author, signatures)))
        # Most have one, and a Counter takes longer to make than all else here.
        return Counter(authors) if len(authors) > 1 else dict.fromkeys(authors, 1)

    def _author(self, signature: Signature) -> str | None:
        """Who had the name at that place in the list, or, if the list changed, alone in it."""
        there = self._at_place.get((signature.paper_id, signature.position))
        if there and signature.name in there.spellings:
            return there.author
        named = self._names_of(signature.paper_id).get(name_key(signature.name), {})
        alone = next(iter(named.values())) if len(named) == 1 else None
        return named.get(signature.position, alone)

    def _names_of(self, paper: str) -> dict[str, dict[int, str]]:
        """Who had each name of a list, by its key and by place; asked for where a list changed."""
        if paper not in self._signed:
            names: dict[str, dict[int, str]] = defaultdict(dict)
            for wrote in self._of_paper.get(paper, ()):
                for key in set(map(name_key, wrote.spellings)):
                    names[key][wrote.position] = wrote.author
            self._signed[paper] = names
        return self._signed[paper]


def _another(creator: Creator, gone: set[str]) -> str:
    first = creator.signatures[0]
    key = name_key(first.name)
    hashes = (short_hash(first.paper_id, first.position, attempt)[:8] for attempt in count())
    ids = (f"author:{key}-{hash_of_place}" for hash_of_place in hashes)
    return next(author_id for author_id in ids if author_id not in gone)


def _moved(creators: Sequence[Creator], former_ids: Sequence[Mapping[str, int]]) -> Iterator[Moved]:
    creators_of_old: dict[str, list[Creator]] = defaultdict(list)
    for creator, ids in zip(creators, former_ids, strict=True):
        for old in ids:
            creators_of_old[old].append(creator)
        if len(ids) > 1:
            before = tuple(sorted(ids))
            yield Moved("joined", creator.name, before, (creator.id,), creator.reason)
    for old, people in sorted(creators_of_old.items()):
        if len(people) > 1:
            after = tuple(sorted(creator.id for creator in people))
            reason = "; ".join(dict.fromkeys(creator.reason for creator in people))
            yield Moved("parted", people[0].name, (old,), after, reason)
