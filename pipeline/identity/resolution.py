"""Which signatures of a block of names are one person's, and how sure that is.

A block are the names of one family name and first initial: initials are a form of a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

from pipeline.identity.author_lists import author_lists, least_lists_score
from pipeline.identity.clusters import Cluster, Clusters, alone, joining, order, parted, why_joined
from pipeline.identity.evidence import (
    groups_score,
    name_score,
    near_score,
)
from pipeline.identity.forms import Form, Known
from pipeline.identity.scoring import Scores
from pipeline.identity.signatures import SignatureRef
from pipeline.identity.spelling import spellings

MOST_REASONS = 3
_ALONE = "signs once"
_APART = "no co-author in common with the others who bear the name, and too little else"
UNJOINED = (_ALONE, _APART)
"""The reasons of who was joined with nobody."""


def people_of_block(by_key: Mapping[str, Sequence[SignatureRef]], known: Known) -> list[Cluster]:
    """The people behind the signatures of a block, given by name, by their earliest signature.

    Ids first, then each name for itself: rare co-authors in common, and how rare the name is;
    then all that is left, the best score first.
    """
    marks = sorted((mark, key) for key, refs in by_key.items() for mark in refs)
    papers = known.around.papers
    each_alone = [alone(mark, papers[mark.paper]) for mark, _ in marks]
    if len(each_alone) == 1:
        return each_alone
    clusters = Clusters(each_alone)
    _join_by_ids(clusters)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, (_, key) in enumerate(marks):
        numbers[key].append(number)
    groups_left = {
        key: _join_one_name(clusters, numbers[key], known.forms[key], known)
        for key in sorted(numbers)
        if len(numbers[key]) > 1
    }
    if len(clusters) > 1:
        scores = Scores(clusters, [key for _, key in marks], groups_left, known)
        _join_by_score(clusters, scores)
        _join_leftovers(clusters, scores)
        for cluster in clusters.left():
            cluster.compared = scores.compare
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
        for person_id in joining(clusters[number]):
            with_id[person_id].append(number)
    for person_id in sorted(with_id, key=order):
        clusters.join_all(with_id[person_id], why_joined(person_id))


def _join_one_name(clusters: Clusters, numbers: Sequence[int], form: Form, known: Known) -> int:
    """How many groups are left where rare co-authors join a name, and rarity all of it."""
    if _join_by_co_authors(clusters, numbers, form, known) == 1:
        return 1
    weights = known.around.weights
    score = name_score(form.expected, form.letters, weights)
    leads = sorted({clusters.lead(number) for number in numbers})
    score += groups_score(len(leads), form.expected, weights.groups)
    if not form.tells or score < weights.years:
        return len(leads)
    lists = [author_lists(known.around, clusters[number].marks) for number in leads]
    score -= weights.spelling * (len(_spelt(clusters, leads)) > 1)
    if score + least_lists_score(lists, weights) - weights.years >= 0:
        clusters.join_all(leads, f"a name expected {form.expected:.3g} times", score)
    return len(leads)


def _spelt(clusters: Clusters, numbers: Sequence[int]) -> frozenset[str]:
    return spellings(mark.text for number in numbers for mark in clusters[number].marks)


def _join_by_co_authors(
    clusters: Clusters, numbers: Sequence[int], form: Form, known: Known
) -> int:
    """How many groups of a name are left where each co-author who says enough joined some."""
    around = known.around
    left = len({clusters.lead(number) for number in numbers})
    score = name_score(form.expected, form.letters, around.weights)
    beside = [
        (number, around.telling(mark.paper))
        for number in numbers
        for mark in clusters[number].marks
    ]
    for key in sorted(_met_again(tellers for _, tellers in beside) - form.block):
        if left == 1:
            break
        joined = score + near_score(around.nearness(key), known.world, around.weights)
        if joined >= 0:
            shared = f"shared co-author {around.shown[key]}"
            signed = [number for number, tellers in beside if key in tellers]
            for one, other in pairwise(signed):
                left -= clusters.join(one, other, shared, joined) is not None
    return left


def _met_again(lists: Iterable[Iterable[str]]) -> set[str]:
    """Who is in several of the lists."""
    met, again = set[str](), set[str]()
    for names in lists:
        again |= met.intersection(names)
        met.update(names)
    return again


def _join_by_score(clusters: Clusters, scores: Scores) -> None:
    while (best := scores.best()) is not None:
        score, one, other = best
        if clusters.join(one, other, scores.why(one, other), score) is None:
            scores.part(one, other)
        else:
            scores.join(one, other)


def _join_leftovers(clusters: Clusters, scores: Scores) -> None:
    for score, small, large in scores.leftovers():
        one, other = sorted((clusters.lead(small), clusters.lead(large)))
        if scores.can_be_one(one, other):
            why = f"nearest of all who bear the name: {scores.why(one, other)}"
            if clusters.join(one, other, why, score) is not None:
                scores.join(one, other)
