"""The scores of all pairs of groups of one block, the best first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from math import fsum

from pipeline.identity.author_lists import lists_score, most_places_score, unmet_score
from pipeline.identity.clusters import Clusters
from pipeline.identity.comparison import Group, Pair, compared, group_of, share_met
from pipeline.identity.evidence import (
    Weights,
    groups_score,
    meetings_score,
    name_score,
    near_score,
    sizes_score,
    topic_score,
    years_score,
)
from pipeline.identity.forms import Fitting, Form, Known
from pipeline.identity.papers_around import around_score, subject_score
from pipeline.identity.spelling import spelt_otherwise

LEAST_LEAD = 1.0
"""So much better, in log-odds, a form must fit one person than any other."""
LEAST_TOPIC = 0.12
"""Likeness from which on bare initials and a full name have something in common."""
TOLD_TOPIC = 0.05
MOST_LEFT = 3
"""Who has so many papers at most where nothing more joins is left over; more are a person."""
MOST_LOOKED_AT = 10
"""Of so many groups it is looked first whether any two have names that fit: mostly none do."""
NOTHING = -100.0
"""The score of two who have nothing in common but a name that says little."""


class Scores:
    """The scores between groups of one block, best first; what is found once is kept.

    `keys` are the names of the signatures, by number; `left` counts for a name the groups that
    co-authors left of it.
    """

    def __init__(
        self, clusters: Clusters, keys: Sequence[str], left: Mapping[str, int], known: Known
    ) -> None:
        self._left, self._known = left, known
        self._fitting = Fitting(known.forms)
        names: dict[int, set[str]] = defaultdict(set)
        for number, key in enumerate(keys):
            names[clusters.lead(number)].add(key)
        self._pairs: dict[int, dict[int, Pair]] = defaultdict(dict)
        self._scored: dict[tuple[int, int], float] = {}
        self._heap: list[tuple[float, int, int]] = []
        self._groups: dict[int, Group] = {}
        keys_of = {number: frozenset(keys_of_group) for number, keys_of_group in names.items()}
        if not self._may_be_one(keys_of.values()):
            return
        self._groups = {
            number: group_of(clusters[number], keys_of_group, known)
            for number, keys_of_group in keys_of.items()
        }
        for one, other, pair in compared(self._groups, self._fitting, known):
            self._pairs[one][other] = self._pairs[other][one] = pair
            self._push(one, other)

    def _may_be_one(self, groups: Collection[frozenset[str]]) -> bool:
        """Whether any two can be one person; of many groups that is taken for granted."""
        pairs = combinations(groups, 2)
        return len(groups) > MOST_LOOKED_AT or any(self._fitting.all_of(a, b) for a, b in pairs)

    @property
    def compare(self) -> bool:
        """Whether the topics and circles of any two groups were looked at."""
        return bool(self._groups)

    def best(self) -> tuple[float, int, int] | None:
        """The best score that joins, and between which two; None where there is no more."""
        while self._heap:
            minus, one, other = heapq.heappop(self._heap)
            if other in self._pairs.get(one, ()) and -minus == self._scored[one, other]:
                if self._fit(one, other) and not self._has_rival(one, other, -minus):
                    return -minus, one, other
                self.part(one, other)
        return None

    def why(self, one: int, other: int) -> str:
        """What speaks for two groups being one person, in words."""
        pair, known = self._pairs[one][other], self._known
        group, other_group = self._groups[one], self._groups[other]
        reasons = [] if group.keys & other_group.keys else ["a form of the name"]
        if pair.shared:
            nearest = sorted(pair.shared, key=lambda key: (-pair.shared[key], key))[:2]
            shown = " and ".join(known.around.shown[key] for key in nearest)
            reasons += [f"shared co-author{'s' if len(nearest) > 1 else ''} {shown}"]
        else:
            reasons += [f"a name expected {self._form(one, other).expected:.3g} times"]
        reasons += ["their co-authors wrote together"] if pair.circle else []
        reasons += [f"topics alike by {pair.topic:.2f}"] if pair.topic >= TOLD_TOPIC else []
        leads = min(group.lists.last, other_group.lists.last) > 0.5
        return ", ".join([*reasons, "last in both lists"] if leads else reasons)

    def can_be_one(self, one: int, other: int) -> bool:
        """Whether nothing that is known speaks against two groups being one person's."""
        return other in self._pairs.get(one, ()) and self._fit(one, other)

    def part(self, one: int, other: int) -> None:
        """Takes note that two cannot be one."""
        self._pairs[one].pop(other, None)
        self._pairs[other].pop(one, None)

    def join(self, one: int, other: int) -> None:
        """Takes note that two are one."""
        low, high = sorted((one, other))
        joined, gone = self._groups[low], self._groups.pop(high)
        for third, pair in self._pairs.pop(high).items():
            del self._pairs[third][high]
            if third != low:
                kept_pair = self._pairs[low].get(third)
                mixed = _mixed(kept_pair, pair) if kept_pair else pair
                self._pairs[low][third] = self._pairs[third][low] = mixed
        joined.take(gone)
        for third in self._pairs[low]:
            self._push(*sorted((low, third)))

    def leftovers(self) -> list[tuple[float, int, int]]:
        """Of each small group that is left the score with the one it fits best, and the numbers.

        That asks for less than two groups do, as who is left is mostly somebody who is there; of
        a name that is spelt out for more. The best comes first.
        """
        found = filter(None, map(self._nearest, sorted(self._groups)))
        return sorted(found, key=lambda left: (-left[0], left[1]))

    def _nearest(self, small: int) -> tuple[float, int, int] | None:
        """A group of few papers with the one it fits best; None where none fits or a rival does."""
        papers, weights = len(self._groups[small].papers), self._known.around.weights
        if papers > MOST_LEFT:
            return None
        scored = [
            (self._scored[min(small, other), max(small, other)], -other)
            for other, pair in self._pairs.get(small, {}).items()
            if _linked(pair) or self._form(small, other).bare
            if len(self._groups[other].papers) >= papers and self._fit(small, other)
        ]
        score, minus = max(scored, default=(NOTHING, 0))
        large = -minus
        if score == NOTHING:
            return None
        if score + weights.left < weights.left_letters * self._form(small, large).letters:
            return None
        if self._has_rival(min(small, large), max(small, large), score):
            self.part(small, large)
            return None
        return score, small, large

    def _has_rival(self, one: int, other: int, score: float) -> bool:
        """Whether the shorter form fits a third about as well, who cannot be the other.

        Then it is joined with none of them.
        """
        if self._groups[one].keys == self._groups[other].keys:
            return False
        shorter, fuller = sorted((one, other), key=lambda n: -self._groups[n].fullest.expected)
        rivals = [
            third
            for third in self._pairs[shorter]
            if third != fuller
            and not self._fit(third, fuller)
            and self._score(*sorted((shorter, third))) >= score - LEAST_LEAD
        ]
        for third in rivals:
            self.part(shorter, third)
        return bool(rivals)

    def _fit(self, one: int, other: int) -> bool:
        return self._fitting.all_of(self._groups[one].keys, self._groups[other].keys)

    def _form(self, one: int, other: int) -> Form:
        """The form that both groups have: the fuller of each, the shorter of the two."""
        forms = self._groups[one].fullest, self._groups[other].fullest
        return max(forms, key=lambda form: form.expected)

    def _score(self, one: int, other: int) -> float:
        pair, weights = self._pairs[one][other], self._known.around.weights
        group, other_group = self._groups[one], self._groups[other]
        form = self._form(one, other)
        if not _linked(pair) and not (form.tells and _share_a_given_name(group, other_group)):
            return NOTHING
        groups_left = max(self._left.get(key, 1) for key in group.keys | other_group.keys)
        score = (
            name_score(form.expected, form.letters, weights)
            + groups_score(groups_left, form.expected, _doubt_of_groups(pair, weights))
            + self._in_common(group, other_group, pair)
            + self._without_people(group, other_group, pair, form)
        )
        if score + most_places_score(weights) < -LEAST_LEAD:
            return NOTHING
        return (
            score
            + years_score(_gap(group, other_group), weights)
            + lists_score(group.lists, other_group.lists, weights, linked=bool(pair.shared))
            - weights.spelling * _spelt_otherwise(group, other_group)
            + (unmet_score(group.lists, other_group.lists, weights) if _alike_alone(pair) else 0.0)
            + (
                weights.forms * _printed_alike(group, other_group)
                if form.bare
                else around_score(group.around, other_group.around, weights)
            )
        )

    def _in_common(self, group: Group, other_group: Group, pair: Pair) -> float:
        """What co-authors and topics say of two groups, by how large these are."""
        around, smaller = self._known.around, min(len(group.papers), len(other_group.papers))
        weights, met = around.weights, 0.0
        score = weights.circle * pair.circle
        if pair.shared:
            score += near_score(fsum(pair.shared.values()), self._known.world, weights)
            score += meetings_score(len(group.co_authors), len(other_group.co_authors), weights)
            met = share_met(group, other_group, pair, around) if smaller > 1 else 1.0
        if group.titled and other_group.titled:
            pairs = len(group.papers) * len(other_group.papers)
            score += topic_score(pair.topic, pairs, weights)
            score += subject_score(group.subject, other_group.subject, weights)
        return score + sizes_score(smaller, met, weights)

    def _without_people(self, group: Group, other_group: Group, pair: Pair, form: Form) -> float:
        """What it says where two groups have neither co-authors nor a circle in common."""
        weights = self._known.around.weights
        if pair.shared or pair.circle:
            return 0.0
        if form.bare:
            return weights.initials
        return -weights.single * (min(len(group.papers), len(other_group.papers)) == 1)

    def _push(self, one: int, other: int) -> None:
        score = self._scored[one, other] = self._score(one, other)
        if score >= 0:
            heapq.heappush(self._heap, (-score, one, other))


def _linked(pair: Pair) -> bool:
    """Whether two groups have anything in common but a name and the field."""
    return bool(pair.shared) or pair.circle or pair.topic >= LEAST_TOPIC


def _alike_alone(pair: Pair) -> bool:
    """Whether topics are alike, and neither co-authors nor a circle say anything."""
    return not pair.shared and not pair.circle and pair.topic >= LEAST_TOPIC


def _printed_alike(group: Group, other_group: Group) -> int:
    """1 where two groups print the name in the same forms, else -1: most hold to one."""
    return 1 if group.keys == other_group.keys else -1


def _doubt_of_groups(pair: Pair, weights: Weights) -> float:
    """How much it weighs that a name is left in many groups: less where more speaks for two."""
    return weights.groups_alike if _linked(pair) and not pair.shared else weights.groups


def _share_a_given_name(group: Group, other_group: Group) -> bool:
    """Whether the names are one, or differ no more than by a middle name or its initial."""
    if group.keys == other_group.keys:
        return True
    form, other_form = group.fullest, other_group.fullest
    return form.name.given[:1] == other_form.name.given[:1]


def _spelt_otherwise(ours: Group, theirs: Group) -> bool:
    """Whether both names are spelt out, each in ways that the other is not."""
    if ours.fullest.bare or theirs.fullest.bare:
        return False
    return spelt_otherwise(ours.spellings, theirs.spellings)


def _mixed(ours: Pair, theirs: Pair) -> Pair:
    """What a third has in common with two groups that became one."""
    return Pair(
        {**ours.shared, **theirs.shared},
        ours.circle or theirs.circle,
        max(ours.topic, theirs.topic),
    )


def _gap(ours: Group, theirs: Group) -> int:
    """The years between two groups in which neither has a paper; 0 where years are not known."""
    if not (ours.years and theirs.years):
        return 0
    return max(ours.years[0] - theirs.years[1], theirs.years[0] - ours.years[1], 0)
