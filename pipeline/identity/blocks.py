"""The people of all blocks of names, in two rounds.

Whom the first round joins in two forms of a name counts in the second as one co-author.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from pipeline.identity.clusters import Cluster
from pipeline.identity.doubts import confidence, doubt
from pipeline.identity.evidence import WEIGHTS, CoauthorContext, Weights
from pipeline.identity.forms import Form, Known
from pipeline.identity.kept_blocks import NameBlock, Recalled
from pipeline.identity.names import PersonName, compatible, fullness, is_initials, person_name
from pipeline.identity.rarity import (
    FEWEST_COUNTED,
    FEWEST_NAMES,
    Rarity,
    rarity_of,
    rounded_count,
)
from pipeline.identity.resolution import people_of_block, proven_distinct, reason
from pipeline.identity.signatures import AuthoredPaper, SignatureRef
from pipeline.identity.variants import Person, with_variants
from pipeline.model.ids import short_hash
from pipeline.model.records import Progress

ByName = Mapping[str, Sequence[SignatureRef]]
ToldApart = Callable[
    [Callable[[NameBlock], list[Cluster]], Sequence[NameBlock]], Iterable[list[Cluster]]
]
"""What gives the clusters of each of some blocks, in order, as `map` does."""


class Rounds(NamedTuple):
    """How both rounds go over blocks: what tells people apart, and what is known from before."""

    told_apart: ToldApart = map
    recalled: Recalled | None = None


ROUNDS = Rounds()


def reported(progress: Progress) -> ToldApart:
    """What goes over blocks one by one, and reports so."""
    return lambda of_block, blocks: map(of_block, progress(blocks, "telling people apart"))


def known_of(
    lists: Sequence[AuthoredPaper],
    by_name: ByName,
    wider: Rarity | None = None,
    weights: Weights = WEIGHTS,
) -> Known:
    """What the resolution of every name rests on, counted once; `wider` is `Rarity`'s."""
    counted = rarity_of(mark.text for marks in by_name.values() for mark in marks)
    rarity = replace(counted, wider=wider)
    world = max(round(rounded_count(counted.names)), FEWEST_NAMES)
    names = {key: _name(marks) for key, marks in by_name.items()}
    expected = {key: rarity.expected(name, world) for key, name in names.items()}
    shown = {key: marks[0].text for key, marks in by_name.items()}
    gathered: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, name in names.items():
        gathered[name.block].add(key)
    blocks = {block: frozenset(keys) for block, keys in gathered.items()}
    forms = {
        key: _form(name, expected[key], blocks[name.block], counted.names)
        for key, name in names.items()
    }
    return Known(CoauthorContext(lists, expected, shown, weights), forms, world)


def people_of_names(by_name: ByName, known: Known, rounds: Rounds = ROUNDS) -> list[Person]:
    """The people of all names; what is known of names and papers is not held beyond this."""
    told_apart, recalled = rounds
    blocks = sorted({known.forms[key].block for key in by_name}, key=min)
    of_block = partial(_clusters, by_name=by_name, known=known)
    first = recalled.first(blocks, by_name, known) if recalled else {}
    new = [block for block in blocks if block not in first]
    # Who signs once is told sooner than handed to another process.
    several = [block for block in new if _signs_again(block, by_name)]
    first |= zip(several, told_apart(of_block, several), strict=True)
    first |= ((block, of_block(block)) for block in new if block not in first)
    clusters_of_block = {block: first[block] for block in blocks}
    in_two_forms = _in_two_forms(chain.from_iterable(clusters_of_block.values()))
    second: dict[NameBlock, list[Cluster]] = {}
    if in_two_forms:
        known.around.remember(in_two_forms)
        meeting = _meeting_again(in_two_forms, known)
        met_them = [b for b, found in clusters_of_block.items() if b in meeting and len(found) > 1]
        second = recalled.second(met_them, in_two_forms, known) if recalled else {}
        new = [block for block in met_them if block not in second]
        second |= zip(new, told_apart(of_block, new), strict=True)
    if recalled:
        recalled.keep(clusters_of_block, second)
    clusters_of_block |= second
    people = [
        person for clusters in clusters_of_block.values() for person in _people(clusters, known)
    ]
    return with_variants(people, known)


def _signs_again(block: NameBlock, by_name: ByName) -> bool:
    if len(block) > 1:
        return True
    (key,) = block
    return len(by_name[key]) > 1


def _clusters(block: frozenset[str], by_name: ByName, known: Known) -> list[Cluster]:
    return people_of_block({key: by_name[key] for key in block if key in by_name}, known)


def _in_two_forms(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Those in which initials were joined with a name that is spelt out."""
    return [
        cluster
        for cluster in clusters
        if len(cluster.marks) > 1
        and len({is_initials(person_name(mark.text)) for mark in cluster.marks}) > 1
    ]


def _meeting_again(people: Iterable[Cluster], known: Known) -> set[NameBlock]:
    """The blocks that have one of some people as co-author of two papers, and are not their own."""
    lists, forms = known.around.papers, known.forms
    meeting: set[NameBlock] = set()
    for person in people:
        first = person.marks[0]
        own = forms[lists[first.paper].keys[first.place]].block
        met: set[NameBlock] = set()
        for paper in map(lists.__getitem__, person.papers):
            blocks = {forms[key].block for key in paper.keys if key in forms} - {own}
            meeting |= met & blocks
            met |= blocks
    return meeting


def _name(marks: Sequence[SignatureRef]) -> PersonName:
    """A name as its first signature that tells its parts has it: `AnaBrandt` tells none."""
    first = person_name(marks[0].text)
    if first.given:
        return first
    return next((name for mark in marks if (name := person_name(mark.text)).given), first)


def _form(name: PersonName, expected: float, block: frozenset[str], names: int) -> Form:
    bare = is_initials(name)
    letters = 1 if bare else len(name.given_key)
    return Form(name, expected, letters, block, bare, not bare or names >= FEWEST_COUNTED)


def _people(clusters: Sequence[Cluster], known: Known) -> Iterator[Person]:
    if len(clusters) == 1:
        (only,) = clusters
        key, _ = _fullest(only, known)
        sure = confidence(only)
        only.reasons = [reason(only, others=0)]
        yield Person(key, known.forms[key].name, only, sure, doubt(sure, (), 0))
        return
    clusters_of_name: dict[str, list[tuple[SignatureRef, Cluster]]] = defaultdict(list)
    for cluster in clusters:
        fullest, first = _fullest(cluster, known)
        clusters_of_name[fullest].append((first, cluster))
    for key, named_so in clusters_of_name.items():
        name, namesakes, unproven = known.forms[key].name, len(named_so) - 1, 0
        if namesakes:
            named_so.sort(key=lambda pair: pair[0])
            unproven = 0 if proven_distinct([cluster for _, cluster in named_so]) else namesakes
        alone = len(clusters_of_name) == 1 or not known.forms[key].bare
        may_be = [] if alone else _who_fits(key, clusters_of_name, known)
        for place, (first, cluster) in enumerate(named_so):
            person_id = key if place == 0 else f"{key}-{_hash(first, known.around.papers)}"
            cluster.reasons = [reason(cluster, namesakes)]
            sure = confidence(cluster)
            yield Person(person_id, name, cluster, sure, doubt(sure, may_be, unproven))


def _fullest(cluster: Cluster, known: Known) -> tuple[str, SignatureRef]:
    """The name of a cluster that says most, and the first signature of it."""
    papers = known.around.papers
    if len(cluster.marks) == 1:
        (mark,) = cluster.marks
        return papers[mark.paper].keys[mark.place], mark
    first_of: dict[str, SignatureRef] = {}
    for mark in sorted(cluster.marks):
        first_of.setdefault(papers[mark.paper].keys[mark.place], mark)
    if len(first_of) == 1:
        return next(iter(first_of.items()))
    fullest = max(first_of, key=lambda key: (fullness(known.forms[key].name), key))
    return fullest, first_of[fullest]


def _who_fits(
    key: str, clusters_of_name: Mapping[str, Sequence[tuple[SignatureRef, Cluster]]], known: Known
) -> list[str]:
    """Of whom bare initials can be a form, as they are shown, those with most papers first."""
    form = known.forms[key]
    fitting = [
        (-len(cluster.papers), known.around.shown[other])
        for other, named_so in clusters_of_name.items()
        if other != key and compatible(form.name, known.forms[other].name)
        for _, cluster in named_so
    ]
    return [shown for _, shown in sorted(fitting)]


def _hash(first: SignatureRef, lists: Sequence[AuthoredPaper]) -> str:
    return short_hash(lists[first.paper].id, first.place + 1)[:8]
