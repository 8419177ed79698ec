"""Signatures put together one step at a time, never against what is known to be impossible."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.identity.names import person_name
from pipeline.identity.signatures import OF_READER, AuthoredPaper, SignatureRef, joining_ids

_ONE_EACH = ("orcid:", "dblp:", "inspire:", "suffix:", OF_READER)
"""Of these a person has one; two ids of Semantic Scholar or OpenAlex prove no two people."""
_LED_BY = (OF_READER, "orcid:", "dblp:", "inspire:", "s2:", "openalex:")
SAID = "the reader says so"
_PARTING = "suffix:"
_NO_IDS: frozenset[str] = frozenset()


@dataclass(slots=True)
class Cluster:
    """Signatures held to be one person's, why, and how surely.

    `ids` are what joins (`orcid:...`, `s2:...`, and the reader's word, `said:...`) and what parts
    (`suffix:jr`). `weakest` is the lowest score that joined any of it, in log-odds. `compared` says
    whether the topics of its block were looked at.
    """

    marks: list[SignatureRef]
    papers: set[int]
    ids: frozenset[str]
    reasons: list[str] = field(default_factory=list)
    weakest: float = math.inf
    compared: bool = False

    def first(self) -> SignatureRef:
        """The earliest signature, by paper id and place."""
        return min(self.marks)


def alone(mark: SignatureRef, paper: AuthoredPaper) -> Cluster:
    """A cluster of one signature."""
    ids = joining_ids(paper.ids[mark.place]) if mark.place in paper.ids else _NO_IDS
    suffix = person_name(mark.text).suffix
    return Cluster([mark], {mark.paper}, ids | {f"suffix:{suffix}"} if suffix else ids)


def joining(cluster: Cluster) -> list[str]:
    """The ids of a cluster that others of the same person share, the reader's word first."""
    if not cluster.ids:
        return []
    return sorted(
        (person_id for person_id in cluster.ids if not person_id.startswith(_PARTING)), key=order
    )


def order(person_id: str) -> tuple[int, str]:
    """Which ids join first: the reader's word, then ORCIDs, OpenAlex's last, as these change."""
    return next(n for n, kind in enumerate(_LED_BY) if person_id.startswith(kind)), person_id


def why_joined(person_id: str) -> str:
    """The reason that an id gives."""
    return SAID if person_id.startswith(OF_READER) else f"the same {person_id}"


def parted(a: Cluster, b: Cluster) -> bool:
    """Whether two clusters are proven to be two people: two ORCIDs, Jr. and Sr., one paper."""
    if not a.papers.isdisjoint(b.papers):
        return True
    if not (a.ids and b.ids):
        return False
    return any(_differ(a.ids, b.ids, kind) for kind in _ONE_EACH)


class Clusters:
    """The clusters of some signatures, numbered as these are; joined ones keep the lower number."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self._clusters: dict[int, Cluster] = dict(enumerate(clusters))
        self._leads = list(range(len(self._clusters)))

    def __len__(self) -> int:
        return len(self._clusters)

    def __getitem__(self, number: int) -> Cluster:
        return self._clusters[self.lead(number)]

    def lead(self, number: int) -> int:
        """The number that a cluster goes by after what was joined."""
        leads = self._leads
        while leads[number] != number:
            leads[number] = leads[leads[number]]
            number = leads[number]
        return number

    def leads(self) -> list[int]:
        """The numbers of the clusters that are left, in order."""
        return sorted(self._clusters)

    def left(self) -> list[Cluster]:
        """The clusters that are left, in order."""
        return [self._clusters[number] for number in self.leads()]

    def join(self, one: int, other: int, reason: str, score: float = math.inf) -> int | None:
        """The number of the joined cluster; None where it was one before, or cannot be one.

        `score` are the log-odds that speak for it; an id and the reader's word are certain.
        """
        one, other = self.lead(one), self.lead(other)
        low, high = (one, other) if one < other else (other, one)
        if low == high or not self._possible(low, high, by_reader=reason == SAID):
            return None
        cluster, joined_cluster = self._clusters[low], self._clusters.pop(high)
        cluster.marks += joined_cluster.marks
        cluster.papers |= joined_cluster.papers
        cluster.ids |= joined_cluster.ids
        cluster.reasons += [*joined_cluster.reasons, reason]
        cluster.weakest = min(cluster.weakest, joined_cluster.weakest, score)
        self._leads[high] = low
        return low

    def _possible(self, low: int, high: int, *, by_reader: bool) -> bool:
        a, b = self._clusters[low], self._clusters[high]
        return a.papers.isdisjoint(b.papers) if by_reader else not parted(a, b)

    def join_all(self, numbers: Sequence[int], reason: str, score: float = math.inf) -> None:
        """Joins clusters to the first of them that each can be one with."""
        for place, number in enumerate(numbers):
            for earlier in numbers[:place]:
                same = self.lead(earlier) == self.lead(number)
                if same or self.join(earlier, number, reason, score) is not None:
                    break


def _differ(a: Iterable[str], b: Iterable[str], kind: str) -> bool:
    ids_of_a = {person_id for person_id in a if person_id.startswith(kind)}
    ids_of_b = {person_id for person_id in b if person_id.startswith(kind)}
    return bool(ids_of_a and ids_of_b and ids_of_a != ids_of_b)
