"""Labelled author lists of several fields, whole and with the given names abbreviated.

Read from `../shared/gold`, and from any files of JSON lines `{paper, title, year, authors,
labels}` in which `labels` lie beside `authors`, null where the person is not known.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.folders import GOLD
from benchmarks.people.groupings import Labelled, Rule, Score, b_cubed, homonyms
from pipeline.cli.disambiguate import paper_of_row
from pipeline.identity.blocks import ByName, known_of
from pipeline.identity.clusters import Cluster
from pipeline.identity.contexts import Context
from pipeline.identity.evidence import CoauthorContext, Weights
from pipeline.identity.forms import Known
from pipeline.identity.names import person_name
from pipeline.identity.people import marks_by_name
from pipeline.identity.resolution import people_of_block
from pipeline.identity.signatures import AuthoredPaper, listed
from pipeline.model.organisations import is_organisation

Row = dict[str, Any]
FILES = {"AMiner": "people/aminer.jsonl", "ORCID": "people/orcid.jsonl"}
OPENREVIEW = "authors_openreview.json"


def rows_of_sets() -> dict[str, list[Row]]:
    """The rows of each set by name, the abbreviated ones behind the whole ones."""
    found = {
        name: rows_of_file(GOLD / path) for name, path in FILES.items() if (GOLD / path).exists()
    }
    if (GOLD / OPENREVIEW).exists():
        papers = json.loads((GOLD / OPENREVIEW).read_text(encoding="utf-8"))["papers"]
        found["OpenReview"] = [_of_openreview(paper) for paper in papers]
    short = {f"{name}, initials": [_abbreviated(row) for row in of] for name, of in found.items()}
    return {**found, **short}


def initials(name: str) -> str:
    """A name with its given names cut to initials.

    >>> initials("Gido M. van de Ven"), initials("Guo-Jun Qi"), initials("Plato")
    ('G. M. van de Ven', 'G.-J. Qi', 'Plato')
    """
    words, count = name.split(), len(person_name(name).given)
    given = (
        "-".join(f"{part[0]}." for part in re.split("[-‐‑]", w) if part) for w in words[:count]
    )
    return " ".join([*given, *words[count:]]) if count < len(words) else name


def half_of(signature: Labelled) -> int:
    """In which half of the name blocks a signature is, 0 or 1."""
    return hashlib.blake2b(signature.name.family.encode()).digest()[0] % 2


@dataclass(slots=True)
class Remembering(CoauthorContext):
    """What surrounds signatures, each found once: no weight changes it."""

    found: dict[tuple[int, Set[str]], Context] = field(default_factory=dict)

    def contexts(self, own_names: Set[str]) -> Callable[[int], Context]:
        """What surrounds one of the names `own_names` on a paper, by its number."""
        find = CoauthorContext.contexts(self, own_names)

        def remembered(number: int) -> Context:
            at = number, own_names
            if at not in self.found:
                self.found[at] = find(number)
            return self.found[at]

        return remembered


@dataclass(slots=True)
class People:
    """A set whose signatures are told apart again and again, with other weights each time."""

    rows: Sequence[Row]
    half: int | None = None
    lists: list[AuthoredPaper] = field(default_factory=list)
    by_name: ByName = field(default_factory=dict)
    labels: dict[tuple[int, int], Labelled] = field(default_factory=dict)
    known: Known = field(init=False)
    told: dict[Weights, tuple[Score, Score | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Reads the rows, once."""
        papers = [paper_of_row({**row, "labels": None}) for row in self.rows]
        self.lists = listed(papers)
        self.by_name = marks_by_name(papers, self.lists)
        known = known_of(self.lists, self.by_name)
        around = Remembering(self.lists, known.around.expected, known.around.shown)
        self.known = known._replace(around=around)
        number_of = {paper.id: number for number, paper in enumerate(self.lists)}
        for signature in labelled_rows(self.rows):
            if self.half in (None, half_of(signature)):
                self.labels[number_of[signature.paper], signature.place - 1] = signature

    def scores(self, weights: Weights) -> tuple[Score, Score | None]:
        """B-cubed over all labelled signatures of the half, and over its homonyms if any."""
        if weights not in self.told:
            self.told[weights] = self._scores(weights)
        return self.told[weights]

    def found(self, weights: Weights) -> list[Cluster]:
        """The people behind the blocks of names that hold labelled signatures."""
        known = self.known
        known.around.weights = weights
        known.around.nearness_of.clear()
        names = {signature.name.key for signature in self.labels.values()}
        blocks = {known.forms[key].block for key in names if key in known.forms}
        persons = {
            key: marks for key, marks in self.by_name.items() if not is_organisation(marks[0].text)
        }
        return [
            cluster
            for block in sorted(blocks, key=min)
            for cluster in people_of_block({k: persons[k] for k in block if k in persons}, known)
        ]

    def _scores(self, weights: Weights) -> tuple[Score, Score | None]:
        found = enumerate(self.found(weights))
        who = {(mark.paper, mark.place): n for n, cluster in found for mark in cluster.marks}
        number = {signature: who[place] for place, signature in self.labels.items()}
        rule: Rule = number.__getitem__
        every, same = list(number), homonyms(list(number))
        return b_cubed(every, rule), b_cubed(same, rule) if same else None


def labelled_rows(rows: Iterable[Mapping[str, Any]]) -> list[Labelled]:
    """The signatures whose person is known."""
    return [
        Labelled(row["paper"], place, person_name(name), label)
        for row in rows
        for place, (name, label) in enumerate(zip(row["authors"], row["labels"], strict=True), 1)
        if label
    ]


def rows_of_file(path: Path) -> list[Row]:
    """The rows of a labelled set, JSON lines `{paper, title, year, authors, labels}`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _abbreviated(row: Row) -> Row:
    return {**row, "authors": [initials(name) for name in row["authors"]]}


def _of_openreview(paper: Row) -> Row:
    names, labels = zip(*((a["name"], a["person"]) for a in paper["authors"]), strict=True)
    return {**paper, "authors": list(names), "labels": list(labels)}
