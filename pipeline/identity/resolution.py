"""Which signatures of one name are one person's, and how sure that is."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from pipeline.identity.clusters import (
    Cluster,
    Clusters,
    alone,
    joining,
    order,
    parted,
    why_joined,
)
from pipeline.identity.evidence import (
    AuthorPositions,
    CoauthorContext,
    Context,
    Pair,
    author_positions,
    context,
    least_seat_score,
    name_score,
    pair,
    pair_score,
    seat_score,
)
from pipeline.identity.names import PersonName, person_name
from pipeline.identity.rarity import Rarity
from pipeline.identity.signatures import SignatureRef

THIN_SCORE = 1.0
COMMON_NAME = 0.02
"""From so many expected bearers on, a name alone does not make a joining sure."""
MOST_COMPARED = 48
"""Of more groups than this only those are compared whose co-authors know each other."""
MOST_CONTEXTS = 6
"""Of a group with more papers so many are compared."""
MOST_REASONS = 3
_ALONE = "signs once"
_APART = "no co-author in common with the others who bear the name, and too little else"
UNJOINED = (_ALONE, _APART)
"""The reasons of who was joined with nobody."""


class Known(NamedTuple):
    """What the resolution of every name rests on."""

    around: CoauthorContext
    rarity: Rarity
    world: int


def people_of_name(marks: Sequence[SignatureRef], known: Known) -> list[Cluster]:
    """The people behind the signatures of one name, by their earliest signature.

    Ids first, then co-authors in common, then how rare the name is and what else speaks for it.
    """
    ordered = sorted(marks)
    papers = known.around.papers
    found = [alone(mark, papers[mark.paper]) for mark in ordered]
    if len(found) == 1:
        return found
    clusters = Clusters(found)
    _join_by_ids(clusters)
    name = person_name(ordered[0].text)
    _join_by_co_authors(clusters, name.key, known)
    if len(clusters) > 1:
        _join_by_score(clusters, name, known)
    return clusters.left()


def proven_distinct(clusters: Sequence[Cluster]) -> bool:
    """Whether people of one name are proven to be several: each pair by ids, suffix or a paper."""
    return all(parted(a, b) for a, b in combinations(clusters, 2))


def reason(cluster: Cluster, others: int) -> str:
    """Why the signatures of a cluster are one person's, the first reasons first."""
    if cluster.reasons:
        return "; ".join(list(dict.fromkeys(sorted(cluster.reasons)))[:MOST_REASONS])
    if others:
        return _APART
    return _ALONE


def _join_by_ids(clusters: Clusters) -> None:
    with_id: dict[str, list[int]] = defaultdict(list)
    for number in clusters.leads():
        for own in joining(clusters[number]):
            with_id[own].append(number)
    for own in sorted(with_id, key=order):
        clusters.join_all(with_id[own], why_joined(own))


def _join_by_co_authors(clusters: Clusters, own: str, known: Known) -> None:
    last: dict[str, list[int]] = defaultdict(list)
    for number in clusters.leads():
        for mark in clusters[number].marks:
            for co_author in known.around.telling(mark.paper):
                last[co_author].append(number)
    last.pop(own, None)
    for co_author in sorted(co_author for co_author, found in last.items() if len(found) > 1):
        numbers = last[co_author]
        for one, other in pairwise(numbers):
            clusters.join(one, other, f"shared co-author {known.around.shown[co_author]}")


def _join_by_score(clusters: Clusters, name: PersonName, known: Known) -> None:
    papers = known.around.papers
    rare = name_score(name, known.rarity, known.world)
    expected = known.rarity.expected(name, known.world)
    told = f"a name expected {expected:.3g} times"
    numbers = clusters.leads()
    places = [author_positions(papers, clusters[number].marks) for number in numbers]
    if rare + least_seat_score(places) >= 0:
        clusters.join_all(numbers, told)
        return
    scores = _Scores(clusters, known, name.key, rare)
    while (best := scores.best()) is not None:
        score, one, other = best
        thin = expected >= COMMON_NAME and score < THIN_SCORE
        why = f"{told}, {scores.why(one, other)}"
        joined = clusters.join(one, other, why, thin=thin)
        scores.joined(one, other, possible=joined is not None)


class _Scores:
    """The scores between groups of one name, best first; what is found once is kept."""

    def __init__(self, clusters: Clusters, known: Known, own: str, rare: float) -> None:
        self._rare = rare
        self._pairs: dict[int, dict[int, Pair]] = defaultdict(dict)
        self._weights = {n: len(clusters[n].marks) for n in clusters.leads()}
        self._author_positions = {
            n: author_positions(known.around.papers, clusters[n].marks) for n in self._weights
        }
        self._heap: list[tuple[float, int, int]] = []
        for one, other, found in _pairs(clusters, known, own):
            self._pairs[one][other] = self._pairs[other][one] = found
            self._push(one, other)

    def best(self) -> tuple[float, int, int] | None:
        """The best score that joins, and between which two; None where there is no more."""
        while self._heap:
            minus, one, other = heapq.heappop(self._heap)
            if other in self._pairs.get(one, ()) and -minus == self._score(one, other):
                return -minus, one, other
        return None

    def why(self, one: int, other: int) -> str:
        """What else speaks for two groups being one person, in words."""
        found = self._pairs[one][other]
        told = ["their co-authors wrote together"] if found.circle else []
        told += [f"topics alike by {found.topic:.2f}"] if found.topic >= 0.05 else []
        leads = min(self._author_positions[one].last, self._author_positions[other].last) > 0.5
        told += ["last in both lists"] if leads else []
        return ", ".join(told) or "and nothing against it"

    def joined(self, one: int, other: int, *, possible: bool) -> None:
        """Takes note that two are one, or that they cannot be."""
        if not possible:
            del self._pairs[one][other], self._pairs[other][one]
            return
        low, high = sorted((one, other))
        self._mix(low, high)
        theirs = self._pairs.pop(high)
        for third, found in theirs.items():
            del self._pairs[third][high]
            if third != low:
                ours = self._pairs[low].get(third, found)
                mixed = Pair(ours.circle or found.circle, max(ours.topic, found.topic))
                self._pairs[low][third] = self._pairs[third][low] = mixed
        for third in self._pairs[low]:
            self._push(*sorted((low, third)))

    def _mix(self, low: int, high: int) -> None:
        a, b = self._weights[low], self._weights.pop(high)
        kept, gone = self._author_positions[low], self._author_positions.pop(high)
        self._weights[low] = a + b
        mixed = ((x * a + y * b) / (a + b) for x, y in zip(kept, gone, strict=True))
        self._author_positions[low] = AuthorPositions(*mixed)

    def _score(self, one: int, other: int) -> float:
        found = self._pairs[one][other]
        return (
            self._rare
            + pair_score(found)
            + seat_score(self._author_positions[one], self._author_positions[other])
        )

    def _push(self, one: int, other: int) -> None:
        score = self._score(one, other)
        if score >= 0:
            heapq.heappush(self._heap, (-score, one, other))


def _pairs(clusters: Clusters, known: Known, own: str) -> Iterator[tuple[int, int, Pair]]:
    """What each two groups have in common, the most that two of their signatures have."""
    numbers = clusters.leads()
    around = {
        number: [context(known.around, paper, own) for paper in _some(clusters[number].papers)]
        for number in numbers
    }
    for one, other in _compared(numbers, around):
        found = [pair(a, b) for a in around[one] for b in around[other]]
        yield one, other, Pair(any(p.circle for p in found), max(p.topic for p in found))


def _some(papers: Iterable[int]) -> list[int]:
    """Papers spread evenly over those of a group, if these are many."""
    ordered = sorted(papers)
    step = -(-len(ordered) // MOST_CONTEXTS)
    return ordered[::step]


def _compared(
    numbers: Sequence[int], around: Mapping[int, Sequence[Context]]
) -> Iterable[tuple[int, int]]:
    if len(numbers) <= MOST_COMPARED:
        return combinations(numbers, 2)
    signing: dict[str, set[int]] = defaultdict(set)
    for number in numbers:
        for of_paper in around[number]:
            for key in of_paper.co_authors:
                signing[key].add(number)
    found = {
        (min(number, other), max(number, other))
        for number in numbers
        for of_paper in around[number]
        for key in of_paper.circle
        for other in signing.get(key, ())
        if other != number
    }
    return sorted(found)
