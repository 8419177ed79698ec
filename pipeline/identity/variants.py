"""Forms of one name in several blocks joined to one person: turned round, a family name left out.

A form is joined where it shares telling co-authors with one person above all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from pipeline.identity.clusters import Cluster, Clusters, joining, order, parted, why_joined
from pipeline.identity.doubts import confidence, doubt_of_forms, misspelt
from pipeline.identity.evidence import MOST_EXPECTED, name_score, near_score
from pipeline.identity.forms import Known
from pipeline.identity.name_order import is_asian, is_family_first
from pipeline.identity.names import (
    PersonName,
    compatible,
    fullness,
    is_initials,
    middle_names_fit,
    swapped_keys,
)
from pipeline.identity.other_forms import (
    alone_twice,
    has_two_family_names,
    in_full,
    other_keys,
    sound,
    vietnamese_words,
    without_first_given_name,
    without_last_family_name,
)
from pipeline.identity.resolution import UNJOINED
from pipeline.identity.signatures import OF_READER

THIN_SCORE = 1.0
SURE_SCORE = 5.0
"""Another form of a name that is so sure needs one co-author in common and no more."""
FEWEST_SHARED = 2
"""Co-authors in common that a form needs where the language of the name does not explain it."""
MOST_MISSPELT = 0.01
"""A name that more bear has neighbours of its own: `Tatiana Petrova` and `Tatyana Petrova`."""


@dataclass(slots=True)
class Person:
    """A person as far as one block of names goes; `id` is without its kind.

    `confidence` is how likely the signatures are one person's, `doubt` what there is to doubt.
    """

    id: str
    name: PersonName
    cluster: Cluster
    confidence: float
    doubt: str | None


class ShorterName(NamedTuple):
    """Two people, by number, the one with the shorter name first, and why they may be one.

    `score` are the log-odds that they are, as of two who bear the fuller name.
    """

    shorter: int
    fuller: int
    votes: int
    reason: str
    score: float


def with_variants(people: Sequence[Person], known: Known) -> list[Person]:
    """The people, those joined whose names are forms of one. The fullest form gives the id."""
    clusters = Clusters(person.cluster for person in people)
    of_one_sound = _of_one_sound(people)
    _join_by_ids(people, clusters)
    for form in _decided(people, _forms(people, of_one_sound, known)):
        clusters.join(form.shorter, form.fuller, form.reason, form.score)
    _doubt_spellings(people, clusters, of_one_sound, known)
    together: dict[int, list[Person]] = defaultdict(list)
    for number, person in enumerate(people):
        together[clusters.lead(number)].append(person)
    return [_one(clusters[lead], forms) for lead, forms in together.items()]


def _of_one_sound(people: Sequence[Person]) -> list[list[int]]:
    """The numbers of people whose names sound alike, if several do."""
    of_sound: dict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        if heard := sound(person.name):
            of_sound[heard].append(number)
    return [numbers for numbers in of_sound.values() if len(numbers) > 1]


def _doubt_spellings(
    people: Sequence[Person],
    clusters: Clusters,
    of_one_sound: Iterable[Sequence[int]],
    known: Known,
) -> None:
    """Tells of rare names that were kept apart and sound alike that they may be one, misspelt."""
    may_be: dict[int, set[str]] = defaultdict(set)
    rare = (
        [n for n in numbers if known.forms[people[n].name.key].expected < MOST_MISSPELT]
        for numbers in of_one_sound
    )
    for pair in (two for numbers in rare for two in combinations(numbers, 2)):
        one, other = sorted(pair, key=lambda number: len(clusters[number].papers))
        names = people[one].name, people[other].name
        apart = clusters.lead(one) != clusters.lead(other)
        apart = apart and not parted(clusters[one], clusters[other])
        if apart and names[0].key != names[1].key and middle_names_fit(*names):
            may_be[one].add(known.around.shown[names[1].key])
    for number, shown_names in may_be.items():
        people[number].doubt = misspelt(people[number].doubt, sorted(shown_names))


def _one(cluster: Cluster, forms: Sequence[Person]) -> Person:
    if len(forms) == 1:
        return forms[0]
    cluster.reasons = [reason for reason in cluster.reasons if reason not in UNJOINED]
    fullest = max(forms, key=lambda person: (fullness(person.name), person.id))
    sure = confidence(cluster)
    doubts = doubt_of_forms(sure, (person.doubt for person in forms))
    return Person(fullest.id, fullest.name, cluster, sure, doubts)


def _join_by_ids(people: Sequence[Person], clusters: Clusters) -> None:
    with_id: dict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        for person_id in joining(person.cluster):
            with_id[person_id].append(number)
    for person_id in sorted(with_id, key=order):
        for one, other in combinations(with_id[person_id], 2):
            if person_id.startswith(OF_READER) or _may_stand_for_both(
                people[one].name, people[other].name
            ):
                clusters.join(one, other, why_joined(person_id))


def _may_stand_for_both(a: PersonName, b: PersonName) -> bool:
    """Whether an id may stand for both: a source that is one place off names two strangers."""
    return a.family == b.family or bool({*a.given, a.family} & {*b.given, b.family})


def _decided(people: Sequence[Person], forms: Iterable[ShorterName]) -> Iterator[ShorterName]:
    """Each shorter form with the person who has the most votes, if that is one and the same."""
    of_shorter: dict[int, list[ShorterName]] = defaultdict(list)
    for form in forms:
        of_shorter[form.shorter].append(form)
    for shorter in sorted(of_shorter):
        by_votes = sorted(of_shorter[shorter], key=lambda form: (-form.votes, form.fuller))
        best = [form for form in by_votes if form.votes == by_votes[0].votes]
        names = [people[form.fuller].name for form in best]
        if all(compatible(a, b) and a.key != b.key for a, b in combinations(names, 2)):
            yield from best


def _forms(
    people: Sequence[Person], of_one_sound: Iterable[Sequence[int]], known: Known
) -> Iterator[ShorterName]:
    by_key: dict[str | None, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        by_key[person.name.key].append(number)
    for number, person in enumerate(people):
        name = person.name
        for swapped in sorted(swapped_keys(name) & by_key.keys()):
            yield from _swapped(people, number, by_key[swapped], known)
        if name.second_key in by_key:
            yield from _spelt_out(people, number, by_key[name.second_key], known)
        for shorter in sorted(without_last_family_name(name) & by_key.keys()):
            yield from _shorter(people, by_key[shorter], number, known)
        for key, what in _said_otherwise(name):
            for other in by_key.get(key, ()):
                yield from _sharing(people, (other, number), FEWEST_SHARED, what, known)
    yield from _of_the_same_words(people, known)
    for numbers in of_one_sound:
        for pair in combinations(numbers, 2):
            yield from _spelt_alike(people, pair, known)


def _of_the_same_words(people: Sequence[Person], known: Known) -> Iterator[ShorterName]:
    """Names of the same Vietnamese words."""
    of_words: dict[object, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        if words := vietnamese_words(person.name):
            of_words[words].append(number)
    for numbers in of_words.values():
        for pair in combinations(numbers, 2):
            if people[pair[0]].name.key != people[pair[1]].name.key:
                yield from _sharing(people, pair, 1, "given names in another order", known)


def _said_otherwise(name: PersonName) -> Iterator[tuple[str, str]]:
    """The keys of a name with other given names, and what is other in them."""
    if fewer := without_first_given_name(name):
        yield fewer, "the first given name left out"
    if alone := alone_twice(name):
        yield alone, "a name that stands alone"
    for full in sorted(in_full(name)):
        yield full, "short for the given name"


def _sharing(
    people: Sequence[Person], pair: tuple[int, int], fewest: int, what: str, known: Known
) -> Iterator[ShorterName]:
    """Two people who share so many telling co-authors, and so may be one."""
    one, other = pair
    shared = _shared(people[one], people[other], known)
    score = min(_score(people[number], shared, known) for number in pair)
    if len(shared) >= fewest or (shared and score >= SURE_SCORE):
        shown_names = " and ".join(known.around.shown[key] for key in sorted(shared)[:2])
        plural = "s" if len(shared) > 1 else ""
        reason = f"{what}, shared co-author{plural} {shown_names}"
        yield ShorterName(one, other, len(shared), reason, score)


def _shared(one: Person, other: Person, known: Known) -> set[str]:
    """The telling co-authors whom two people share, in whatever form these sign."""
    ours, theirs = _co_authors(one, known), _co_authors(other, known)
    left, forms = ours - theirs, known.forms
    of_theirs = {form for key in theirs - ours for form in other_keys(forms[key].name)}
    shared = {k for k in left if not of_theirs.isdisjoint(other_keys(forms[k].name))}
    shared |= ours & theirs
    people = known.around.people
    met = [people[number] for number in _met(one, known) & _met(other, known)]
    own = {one.name.key, other.name.key}
    return shared | {p.fullest for p in met if p.keys.isdisjoint(shared | own)}


def _met(person: Person, known: Known) -> set[int]:
    """Those who sign beside a person and were joined in two forms, if their names are rare."""
    around = known.around
    beside = (
        number for paper in person.cluster.papers for number in around.people_of.get(paper, ())
    )
    return {n for n in beside if known.forms[around.people[n].fullest].expected <= MOST_EXPECTED}


def _spelt_alike(
    people: Sequence[Person], pair: tuple[int, int], known: Known
) -> Iterator[ShorterName]:
    one, other = (people[number] for number in pair)
    otherwise = one.name.key != other.name.key or _is_asian(one) is not _is_asian(other)
    if otherwise and middle_names_fit(one.name, other.name):
        yield from _sharing(people, pair, FEWEST_SHARED, "spelt in another way", known)


def _is_asian(person: Person) -> bool:
    return is_asian(person.cluster.marks[0].text)


def _swapped(
    people: Sequence[Person], number: int, others: Sequence[int], known: Known
) -> Iterator[ShorterName]:
    for other in others:
        names = people[number].name, people[other].name
        if other > number and names[0].key != names[1].key:
            fewest = 1 if any(is_family_first(name.family) for name in names) else FEWEST_SHARED
            yield from _sharing(people, (number, other), fewest, "the name turned round", known)


def _shorter(
    people: Sequence[Person], others: Sequence[int], number: int, known: Known
) -> Iterator[ShorterName]:
    """Those who sign without the second family name of a person."""
    for other in others:
        sure = has_two_family_names(people[number].name) and not is_initials(people[other].name)
        what = "the second family name left out"
        yield from _sharing(people, (other, number), 1 if sure else FEWEST_SHARED, what, known)


def _spelt_out(
    people: Sequence[Person], number: int, others: Sequence[int], known: Known
) -> Iterator[ShorterName]:
    for other in others:
        shared = _shared(people[number], people[other], known)
        score = _score(people[number], shared, known)
        if shared or score >= THIN_SCORE:
            reason = "an umlaut or the like written with two letters"
            yield ShorterName(number, other, 1 + len(shared), reason, score)


def _score(person: Person, shared: Iterable[str], known: Known) -> float:
    """How far these co-authors in common say that another bearer of a name is a person."""
    form, around = known.forms[person.name.key], known.around
    near = sum(map(around.nearness, sorted(shared)))
    own = name_score(form.expected, form.letters, around.weights)
    return own + near_score(near, known.world, around.weights)


def _co_authors(person: Person, known: Known) -> set[str]:
    co_authors = {key for paper in person.cluster.papers for key in known.around.telling(paper)}
    return co_authors - {person.name.key}
