"""Author name disambiguation: whose each signature in an author list is, with the reason.

A person is never on one paper twice and never has two ORCIDs. Method and figures: docs/identity.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.identity.blocks import ROUNDS, Rounds, known_of, people_of_names
from pipeline.identity.forgetting import forget_keys
from pipeline.identity.names import drop_names
from pipeline.identity.printed_names import repaired
from pipeline.identity.rarity import Rarity
from pipeline.identity.signatures import OF_READER, AuthoredPaper, SignatureRef, listed, name_key
from pipeline.identity.variants import Person
from pipeline.model.identities import Creator, Elsewhere, PersonRule, Signature
from pipeline.model.organisations import is_organisation
from pipeline.model.records import Paper

MOST_NAMES_HELD = 100_000
"""The names of more authors, taken apart, are too much to hold on to for the next build."""
Days = Mapping[tuple[str, str], date]
"""When a source told of a paper: source and paper id to the day."""


class SignedPapers(NamedTuple):
    """The people and organisations behind author lists, in no order.

    `lists` are in the order of paper ids, and marks name them by number; `marks_of` has the marks
    of each organisation by its key, which is its id without its kind.
    """

    lists: Sequence[AuthoredPaper]
    people: list[Person]
    marks_of: Mapping[str, Sequence[SignatureRef]]


def disambiguate_authors(
    papers: Iterable[Paper],
    wider: Rarity | None = None,
    rules: Sequence[PersonRule] = (),
    days: Days | None = None,
    rounds: Rounds = ROUNDS,
) -> list[Creator]:
    """The people and organisations behind the author lists of papers, sorted by id.

    Every signature belongs to one creator. `wider` counts the names of a larger world, such as a
    catalogue's: no name is taken for rarer than it is there. `rules` win over everything but
    that a person signs a paper once. The id is the folded name; of several people of one name all
    but the earliest have a hash of their first signature behind it.
    """
    lists, people, marks_of = signers_of(papers, wider, rules, rounds)
    shown = {f"{OF_READER}{number}": rule.names[0] for number, rule in enumerate(rules)}
    # Of a million people as little as can be is held twice.
    people.reverse()
    creators = [_person(people.pop(), lists, shown, days or {}) for _ in range(len(people))]
    creators += [_organisation(key, marks, lists) for key, marks in marks_of.items()]
    return sorted(creators, key=lambda creator: creator.id)


def signers_of(
    papers: Iterable[Paper],
    wider: Rarity | None = None,
    rules: Sequence[PersonRule] = (),
    rounds: Rounds = ROUNDS,
) -> SignedPapers:
    """Who signs which paper, as `disambiguate_authors` finds it, and no more of them than that.

    No paper is held once its list is made.
    """
    at_hand = list(papers)
    lists = listed(at_hand, rules)
    by_name = marks_by_name(at_hand, lists)
    del at_hand
    known = known_of(lists, by_name, wider)
    organisations = {key for key, marks in by_name.items() if is_organisation(marks[0].text)}
    marks_of = {key: by_name.pop(key) for key in organisations}
    forget_keys(MOST_NAMES_HELD)
    people = people_of_names(by_name, known, rounds)
    drop_names(MOST_NAMES_HELD)
    return SignedPapers(lists, people, marks_of)


def unused(papers: Iterable[Paper], rules: Sequence[PersonRule]) -> list[PersonRule]:
    """The rules about people that sign none of the papers."""
    signed = {(p.id, name_key(name)) for p in papers if rules for name in p.authors or ()}
    anywhere = {(None, key) for _, key in signed}
    return [
        rule
        for rule in rules
        if not any(
            (paper_id, name_key(name)) in (anywhere if paper_id is None else signed)
            for paper_id in rule.papers or (None,)
            for name in rule.names
        )
    ]


def marks_by_name(
    papers: Iterable[Paper], lists: Sequence[AuthoredPaper]
) -> dict[str, tuple[SignatureRef, ...]]:
    """The signatures of each name, by its key. `lists` are those of the papers."""
    texts = {paper.id: paper.authors or () for paper in papers}
    by_name: dict[str, list[SignatureRef]] = defaultdict(list)
    for number, paper in enumerate(lists):
        for place, (key, text) in enumerate(zip(paper.keys, texts[paper.id], strict=True)):
            by_name[key].append(SignatureRef(number, place, text))
    return {key: tuple(marks) for key, marks in by_name.items()}


def id_of_person(person: Person) -> str:
    """The id that a person has in the graph."""
    return f"author:{person.id}"


def id_of_organisation(key: str) -> str:
    """The id that an organisation has in the graph, by the key of its name."""
    return f"org:{key}"


def _person(
    person: Person, lists: Sequence[AuthoredPaper], shown: Mapping[str, str], days: Days
) -> Creator:
    marks = sorted(person.cluster.marks)
    name, spellings = _spelt(marks)
    by_hand = [shown[said] for said in sorted(shown.keys() & person.cluster.ids)]
    return Creator(
        id=id_of_person(person),
        kind="author",
        name=by_hand[0] if by_hand else name,
        spellings=spellings,
        signatures=_signatures(marks, lists),
        ambiguous=person.doubt is not None,
        confidence=person.confidence,
        doubt=person.doubt,
        reason="; ".join(dict.fromkeys(person.cluster.reasons)),
        same_as=_elsewhere(marks, lists, days),
    )


def _elsewhere(
    marks: Iterable[SignatureRef], lists: Sequence[AuthoredPaper], days: Days
) -> tuple[Elsewhere, ...]:
    """The ids elsewhere, by id, each with the latest day on which its source said so."""
    last_day_of: dict[tuple[str, str], date | None] = {}
    for mark in marks:
        paper = lists[mark.paper]
        if not paper.ids:
            continue
        for person_id, source in paper.ids[mark.place].items() if mark.place in paper.ids else ():
            if not person_id.startswith(OF_READER):
                days_said = [last_day_of.get((person_id, source)), days.get((source, paper.id))]
                last_day_of[person_id, source] = max(filter(None, days_said), default=None)
    return tuple(
        Elsewhere(*id_and_source, day) for id_and_source, day in sorted(last_day_of.items())
    )


def _organisation(
    key: str, marks: Sequence[SignatureRef], lists: Sequence[AuthoredPaper]
) -> Creator:
    name, spellings = _spelt(marks)
    return Creator(
        id=id_of_organisation(key),
        kind="organisation",
        name=name,
        spellings=spellings,
        signatures=_signatures(sorted(marks), lists),
        ambiguous=False,
        reason="an organisation's name",
    )


def _spelt(marks: Iterable[SignatureRef]) -> tuple[str, tuple[str, ...]]:
    """The spelling to show, and all of them, in order."""
    texts = [mark.text for mark in marks]
    if len(texts) == 1:
        return repaired(texts[0]), (texts[0],)
    spellings = tuple(sorted(set(texts)))
    shown = spellings[0] if len(spellings) == 1 else display_name(Counter(texts))
    return repaired(shown), spellings


def _signatures(
    marks: Iterable[SignatureRef], lists: Sequence[AuthoredPaper]
) -> tuple[Signature, ...]:
    return tuple([Signature(lists[m.paper].id, m.place + 1, m.text) for m in marks])


def display_name(spellings: Mapping[str, int]) -> str:
    """The spelling to show: best-cased, full rather than with initials, then the most frequent.

    >>> display_name({"Mengdi zhang": 2, "Mengdi Zhang": 1})
    'Mengdi Zhang'
    """
    return min(spellings, key=lambda text: (*_flaws(text), -spellings[text], text))


def _flaws(text: str) -> tuple[int, int, int]:
    """How far from its best form a name is printed: marks, case, initials, fewer accents."""
    words = text.split()
    capitals = sum(word[0].isupper() and not (len(word) > 2 and word.isupper()) for word in words)
    marks = sum(not (c.isalpha() or c in " .-'’") for c in text)
    full = sum(sum(letter.isalpha() for letter in word) > 1 for word in words)
    return marks, -capitals, -full
