"""Homonyms that are made: several people of rare names, from a catalogue, under one common name.

Such sets are usual where labels are few (https://doi.org/10.1007/s11192-018-2824-5): who bears a
name that nobody else should is one person, and every name of the table that ships can be given.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.folders import CORPUS
from pipeline.identity.names import is_initials, person_name
from pipeline.identity.rarity import FEWEST_NAMES, rarity_of
from pipeline.model.common_names import languages
from pipeline.model.organisations import is_organisation
from pipeline.sources.arxiv_snapshot import Repaired, facts_of_line

SEED = 5
NAMES = 100
BEARERS = (1, 2, 2, 3, 4, 6)
IN_ONE_FIELD = 0.5
"""So often all bearers of a name write in one category, where they are hardest to tell apart."""
LEAST_COMMON = 0.02
"""A name that is given should have so many bearers at least in a small world."""
MOST_RARE = 0.002
MOST_BESIDE = 5
"""Of each co-author so many papers come along."""
MOST_TRIED = 200
LONG = 4
MOST_AUTHORS = 40
_LATE = re.compile(rb'\{"id":"1[5-9]\d\d\.')
_FIELDS = ("cs", "stat", "eess")
Row = dict[str, Any]
Places = Mapping[str, Sequence[int]]
"""The papers of each name, by number."""


class _Paper(NamedTuple):
    id: str
    title: str
    authors: tuple[str, ...]
    field: str


def constructed_rows(corpus: Path = CORPUS) -> list[Row]:
    """Rows as of a labelled set, the same each time; none where there is no catalogue.

    A label is the language of the name that was given, and the name that the person has.
    """
    papers = list(_papers(corpus)) if corpus.exists() else []
    places: dict[str, list[int]] = defaultdict(list)
    for number, paper in enumerate(papers):
        for name in dict.fromkeys(paper.authors):
            places[name].append(number)
    given = _given(papers, places) if papers else {}
    chosen = {number for name in given for number in places[name]}
    beside = sorted({name for number in chosen for name in papers[number].authors})
    chosen.update(number for name in beside for number in places[name][:MOST_BESIDE])
    return [_row(papers[number], given) for number in sorted(chosen)]


def _papers(corpus: Path) -> Iterator[_Paper]:
    with gzip.open(corpus) as lines:
        for line in filter(_LATE.match, lines):
            read = facts_of_line(line)
            facts = read.facts if isinstance(read, Repaired) else read
            field = facts.categories[0] if facts.categories else ""
            authors = facts.authors or ()
            if field.split(".")[0] in _FIELDS and facts.title and len(authors) < MOST_AUTHORS:
                yield _Paper(facts.arxiv_id, facts.title, tuple(authors), field)


def _given(papers: Sequence[_Paper], places: Places) -> dict[str, tuple[str, str]]:
    """To each of some rare names the common name and its language that stand in its place."""
    chance = random.Random(SEED)
    rare = _rare_names(places)
    in_field: dict[str, list[str]] = defaultdict(list)
    for name in rare:
        in_field[_field(papers, places[name])].append(name)
    names = _common_names(chance)
    given: dict[str, tuple[str, str]] = {}
    for common in names:
        field = _field(papers, places[chance.choice(rare)])
        pool = in_field[field] if chance.random() < IN_ONE_FIELD else rare
        wanted, taken = chance.choice(BEARERS), set[int]()
        for _ in range(MOST_TRIED):
            name = chance.choice(pool)
            if wanted and name not in given and taken.isdisjoint(places[name]):
                given[name] = common
                taken.update(places[name])
                wanted -= 1
    return given


def _rare_names(places: Places) -> list[str]:
    """Names that nobody else should bear, of those who signed twice, prolific ones more often."""
    persons = [name for name in places if not is_organisation(name)]
    rarity = rarity_of(persons)
    blocks = Counter(person_name(name).block for name in persons)
    rare = [name for name in sorted(persons) if len(places[name]) > 1 and _is_whole(name)]
    return [
        name
        for name in rare
        if blocks[person_name(name).block] == 1
        and rarity.expected(person_name(name), rarity.names) < MOST_RARE
        for _ in range(1 + (len(places[name]) > LONG))
    ]


def _is_whole(name: str) -> bool:
    parts = person_name(name)
    return not is_initials(parts) and len(parts.given_key) >= LONG


def _common_names(chance: random.Random) -> list[tuple[str, str]]:
    table = languages()
    empty = rarity_of(())
    names: dict[str, str] = {}
    while len(names) < NAMES:
        language = chance.choice(table)
        parts = (_drawn(chance, language.given), _drawn(chance, language.family))
        name = " ".join(part.title() for part in parts)
        if empty.expected(person_name(name), FEWEST_NAMES) >= LEAST_COMMON:
            names[name] = language.name
    return list(names.items())


def _drawn(chance: random.Random, shares: Mapping[str, float]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _field(papers: Sequence[_Paper], numbers: Sequence[int]) -> str:
    return Counter(papers[number].field for number in numbers).most_common(1)[0][0]


def _row(paper: _Paper, given: Mapping[str, tuple[str, str]]) -> Row:
    names = [given[name][0] if name in given else name for name in paper.authors]
    labels = [f"{given[name][1]}: {name}" if name in given else None for name in paper.authors]
    year = 2000 + int(paper.id[:2])
    return {
        "paper": paper.id,
        "title": paper.title,
        "year": year,
        "authors": names,
        "labels": labels,
    }


if __name__ == "__main__":
    for row in constructed_rows():
        print(json.dumps(row))
