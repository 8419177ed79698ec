"""People: how well signatures are told apart, beside simple rules, and what goes wrong.

Read from `../shared/gold`, 7,204 labelled signatures of machine-learning papers, as
`digest-graph disambiguate` reads them. B-cubed (https://doi.org/10.1007/s10791-008-9066-8), the
mean over 20 fixed halves of the family names. Without that folder invented papers are measured.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.folders import GOLD
from benchmarks.people.groupings import (
    CUTS,
    Labelled,
    Rule,
    family_and_initial,
    full_name,
    itself,
    on_halves,
    rule_of,
)
from benchmarks.people.invented import invented_papers
from benchmarks.shares import table
from pipeline.cli.disambiguate import Signed, people_of_file
from pipeline.identity.names import person_name
from pipeline.identity.rarity import rarity_of

INVENTED = 400
"""Papers that are made up where no gold is at hand."""
GOLD_PEOPLE = GOLD / "authors_openreview.json"
TARGETS = {"all signatures": 0.993, "name blocks": 0.990, "true homonyms": 0.95}
LEAST_PRECISION = 0.93
"""On true homonyms, where joining everybody would have a fair F1 too."""
RARE = 0.002
"""Of a name expected less often, two profiles of one person are likelier than two people."""
KEPT = 0.5
"""The share of papers that the last rows leave, at random."""
Row = dict[str, Any]


def measured() -> Iterator[str]:
    """A line for each figure with its target, the table beside simple rules, and the errors."""
    gold = json.loads(GOLD_PEOPLE.read_text(encoding="utf-8"))["papers"]
    signatures, ours = labelled(gold), rule_of(persons(map(_row, gold)))
    yield from _against_targets(signatures, ours)
    yield ""
    yield from _beside_simple_rules(gold, signatures, ours)


def invented() -> Iterator[str]:
    """The same table and errors, of invented people; the targets are for real ones."""
    papers = invented_papers(INVENTED)
    signatures, ours = labelled(papers), rule_of(persons(map(_row, papers)))
    yield from _beside_simple_rules(papers, signatures, ours)


def labelled(gold: Iterable[Row]) -> list[Labelled]:
    """The signatures whose person is known."""
    return [
        Labelled(paper["paper"], place, person_name(author["name"]), author["person"])
        for paper in gold
        for place, author in enumerate(paper["authors"], 1)
        if author["person"]
    ]


def persons(rows: Iterable[Row]) -> dict[tuple[str, int], str]:
    """Who signs each place of each paper, as `digest-graph disambiguate` says."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "papers.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        found = [each for each in people_of_file(path) if isinstance(each, Signed)]
    return {(each.paper, each.position): each.person for each in found}


_TWICE = f"joined, of a name expected < {RARE} times (two profiles?)"
_JOINED, _FORMS = "joined, of one name", "joined, of two forms of a name"
_SPLIT, _RENAMED = "split, of one name", "split, of two forms or two names"
_KINDS = (_TWICE, _JOINED, _FORMS, _SPLIT, _RENAMED)


def mistakes(signatures: Iterable[Labelled], rule: Rule, names: Iterable[str]) -> Iterator[str]:
    """The kind of each mistake: a group that holds several people, or a person in several."""
    rarity = rarity_of(names)
    groups: dict[object, list[Labelled]] = defaultdict(list)
    people: dict[str, list[Labelled]] = defaultdict(list)
    for signature in signatures:
        groups[rule(signature)].append(signature)
        people[signature.person].append(signature)
    for group in groups.values():
        if len({signature.person for signature in group}) > 1:
            rare = rarity.expected(group[0].name, rarity.names) < RARE
            one = len({signature.name.key for signature in group}) == 1
            yield (_TWICE if rare else _JOINED) if one else _FORMS
    for person in people.values():
        if len({rule(signature) for signature in person}) > 1:
            one = len({signature.name.key for signature in person}) == 1
            yield _SPLIT if one else _RENAMED


def _row(paper: Row) -> Row:
    names = [author["name"] for author in paper["authors"]]
    return {**paper, "authors": names}


def _against_targets(signatures: list[Labelled], rule: Rule) -> Iterator[str]:
    for cut, target in TARGETS.items():
        scores = on_halves(signatures, rule, cut)
        f1 = [score.f1 for score in scores]
        mean = sum(f1) / len(f1)
        yield _line(f"people: {cut} F1", mean, min(f1), max(f1), target)
    precisions = [score.precision for score in on_halves(signatures, rule, "true homonyms")]
    mean = sum(precisions) / len(precisions)
    name = "people: true homonyms precision"
    yield _line(name, mean, min(precisions), max(precisions), LEAST_PRECISION)


def _line(name: str, mean: float, least: float, most: float, target: float) -> str:
    met = "met" if mean >= target else "NOT MET"
    return f"{name:<44}{mean:8.4f}  {least:.3f}-{most:.3f}  target {target:.3f}  {met}"


def _beside_simple_rules(gold: list[Row], signatures: list[Labelled], ours: Rule) -> Iterator[str]:
    rules: Mapping[str, Rule] = {
        "these rules": ours,
        "without titles": rule_of(persons({**_row(paper), "title": None} for paper in gold)),
        "without co-authors": rule_of(_alone(gold)),
        "same full name": full_name,
        "first initial and family name": family_and_initial,
        "each signature its own": itself,
    }
    for cut, chosen in CUTS.items():
        rows = {name: _means(signatures, rule, cut) for name, rule in rules.items()}
        count = len(chosen(signatures))
        yield from table(f"{cut}, {count:,}", rows, ["precision", "recall", "F1"])
    chance = random.Random(1)
    left = [paper for paper in gold if chance.random() < KEPT]
    fewer, halved = labelled(left), rule_of(persons(map(_row, left)))
    rows = {cut: _means(fewer, halved, cut) for cut in CUTS}
    yield from table("half of the papers, at random", rows, ["precision", "recall", "F1"])
    yield ""
    kinds = Counter(dict.fromkeys(_KINDS, 0))
    kinds.update(mistakes(signatures, ours, [a["name"] for p in gold for a in p["authors"]]))
    yield from table("what goes wrong", {kind: [kinds[kind]] for kind in _KINDS}, ["people"])


def _alone(gold: Iterable[Row]) -> dict[tuple[str, int], str]:
    """Who signs each place, where every signature is a paper of its own."""
    places = {
        f"{paper['paper']}#{place}": (paper["paper"], place)
        for paper in gold
        for place, _ in enumerate(paper["authors"], 1)
    }
    found = persons(
        {"paper": f"{paper['paper']}#{place}", "title": paper["title"], "authors": [author["name"]]}
        for paper in gold
        for place, author in enumerate(paper["authors"], 1)
    )
    return {places[own]: person for (own, _), person in found.items()}


def _means(signatures: list[Labelled], rule: Rule, cut: str) -> list[float]:
    scores = on_halves(signatures, rule, cut)
    return [sum(values) / len(scores) for values in zip(*scores, strict=True)]
