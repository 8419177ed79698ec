"""What was found of blocks of names before, taken again where all that it rests on is the same.

A block rests on its papers, on all papers of their authors, and on how rare names and words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from pipeline.identity.clusters import Cluster, alone
from pipeline.identity.forms import Known
from pipeline.identity.signatures import SignatureRef
from pipeline.identity.touched_names import Basis, touched_names

NameBlock = frozenset[str]
ByName = Mapping[str, Sequence[SignatureRef]]
ClustersOf = dict[NameBlock, list[Cluster]]


class KeptCluster(NamedTuple):
    """A cluster; its `marks` are places among the sorted marks of the block."""

    marks: tuple[int, ...]
    ids: tuple[str, ...]
    reasons: tuple[str, ...]
    weakest: float


class KeptBlock(NamedTuple):
    """The people of a block; its marks by the number of the paper and the place in its list.

    Where none of them were `compared`, the words of titles say nothing of them.
    """

    marks: tuple[tuple[int, int], ...]
    clusters: tuple[KeptCluster, ...]
    compared: bool


class KeptPerson(NamedTuple):
    """Whom the first round joined in two forms, as one co-author of these papers."""

    papers: tuple[int, ...]
    keys: tuple[str, ...]
    fullest: str
    nearness: float


class KeptBlocks(NamedTuple):
    """What both rounds found of blocks of several signatures, and the `basis` that it rests on."""

    basis: Basis
    first: tuple[KeptBlock, ...]
    second: tuple[KeptBlock, ...]
    people: tuple[KeptPerson, ...]


KeptOf = dict[NameBlock, KeptBlock]


class Recalled:
    """The blocks of one run, with what was found of them in the run before.

    `said` has a mark for each paper, by its id: another where anything about its authors is.
    """

    def __init__(self, kept: KeptBlocks | None, said: Mapping[str, bytes]) -> None:
        self._kept, self._said = kept, said
        self._first: ClustersOf = {}
        self._as_before: tuple[KeptOf, KeptOf] = {}, {}
        self._people: tuple[KeptPerson, ...] = ()
        self.to_keep: KeptBlocks | None = None

    def first(self, blocks: Sequence[NameBlock], by_name: ByName, known: Known) -> ClustersOf:
        """What the first round finds of blocks of one signature, and of others what is known."""
        basis = Basis.of(known, self._said)
        touched = touched_names(self._kept.basis if self._kept else None, basis, by_name, known)
        if touched is None:
            self._kept = None
        number_of = {paper_id: number for number, paper_id in enumerate(basis.papers)}
        self._basis = basis
        self._now = [number_of.get(p, -1) for p in self._kept.basis.papers] if self._kept else []
        marks_of = {block: _marks(block, by_name) for block in blocks}
        self._marks_of = {block: marks for block, marks in marks_of.items() if len(marks) > 1}
        if self._kept and touched is not None:
            untouched = [b for b in self._marks_of if touched.names.isdisjoint(b)]
            others = {n for n, now in enumerate(self._now) if now in touched.papers}
            known_still = [
                each
                for each in self._kept.first
                if not (each.compared and any(number in others for number, _ in each.marks))
            ]
            self._first = self._again(untouched, known_still, self._as_before[0])
        papers = known.around.papers
        by_themselves = {b: marks[0] for b, marks in marks_of.items() if len(marks) == 1}
        return self._first | {b: [alone(m, papers[m.paper])] for b, m in by_themselves.items()}

    def second(
        self, blocks: Iterable[NameBlock], people: Sequence[Cluster], known: Known
    ) -> ClustersOf:
        """What the second round finds of blocks, where the first joined these people."""
        self._people = tuple(
            KeptPerson(tuple(sorted(c.papers)), tuple(sorted(who.keys)), who.fullest, who.nearness)
            for c, who in zip(people, known.around.people, strict=True)
        )
        if not self._kept:
            return {}
        now, kept = self._now, self._kept
        before = {p._replace(papers=tuple(now[n] for n in p.papers)) for p in kept.people}
        changed = before.symmetric_difference(self._people)
        others = set(chain.from_iterable(person.papers for person in changed))
        as_before = [
            block
            for block in blocks
            if block in self._first and others.isdisjoint(m.paper for m in self._marks_of[block])
        ]
        return self._again(as_before, kept.second, self._as_before[1])

    def keep(self, first: ClustersOf, second: ClustersOf) -> None:
        """Holds in `to_keep` what both rounds found; to be called before it is worked on."""
        first_kept, second_kept = map(self._kept_of, (first, second), self._as_before)
        self.to_keep = KeptBlocks(self._basis, first_kept, second_kept, self._people)

    def _again(
        self, blocks: Iterable[NameBlock], kept: Sequence[KeptBlock], as_before: KeptOf
    ) -> ClustersOf:
        """What is known of blocks; how it is kept, by the numbers that papers have now, too."""
        now = self._now
        numbered = (tuple([(now[n], place) for n, place in each.marks]) for each in kept)
        kept_of = {
            marks: each._replace(marks=marks) for marks, each in zip(numbered, kept, strict=True)
        }
        found: ClustersOf = {}
        for block in blocks:
            marks = self._marks_of[block]
            if each := kept_of.get(tuple([mark[:2] for mark in marks])):
                found[block] = [_cluster(cluster, marks) for cluster in each.clusters]
                as_before[block] = each
        return found

    def _kept_of(self, found: ClustersOf, as_before: KeptOf) -> tuple[KeptBlock, ...]:
        return tuple(
            as_before.get(block) or _kept_block(marks, found[block])
            for block, marks in self._marks_of.items()
            if found.get(block)
        )


def _marks(block: NameBlock, by_name: ByName) -> list[SignatureRef]:
    return sorted(chain.from_iterable(by_name[key] for key in block if key in by_name))


def _cluster(kept: KeptCluster, marks: Sequence[SignatureRef]) -> Cluster:
    own = [marks[place] for place in kept.marks]
    papers = {mark.paper for mark in own}
    return Cluster(own, papers, frozenset(kept.ids), list(kept.reasons), kept.weakest)


def _kept_block(marks: Sequence[SignatureRef], clusters: Iterable[Cluster]) -> KeptBlock:
    place_of = {mark: place for place, mark in enumerate(marks)}
    return KeptBlock(
        tuple((mark.paper, mark.place) for mark in marks),
        tuple(
            KeptCluster(
                tuple(place_of[mark] for mark in each.marks),
                tuple(sorted(each.ids)), tuple(each.reasons), each.weakest,
            )
            for each in clusters
        ),
        any(each.compared for each in clusters),
    )  # fmt: skip
