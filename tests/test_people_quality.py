"""The figures of telling people apart: that they count what they say, and that they hold."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.people.groupings import (
    CUTS,
    Labelled,
    b_cubed,
    full_name,
    itself,
    on_halves,
    rule_of,
)
from benchmarks.people.quality import labelled, mistakes, persons
from pipeline.identity.names import person_name


def signature(paper: str, name: str, person: str) -> Labelled:
    return Labelled(paper, 1, person_name(name), person)


THREE = [signature("a", "Yang Liu", "1"), signature("b", "Yang Liu", "1"),
         signature("c", "Yang Liu", "2")]  # fmt: skip


def test_b_cubed_is_what_its_authors_define() -> None:
    joined, apart = b_cubed(THREE, full_name), b_cubed(THREE, itself)
    assert joined == pytest.approx((5 / 9, 1.0, 5 / 7))
    assert apart == pytest.approx((1.0, 2 / 3, 0.8))


def test_a_homonym_is_a_name_that_two_people_bear_and_a_block_has_two_signatures() -> None:
    lone, short = signature("d", "Ana Brandt", "3"), signature("e", "Y. Liu", "1")
    assert CUTS["true homonyms"]([*THREE, lone, short]) == THREE
    assert CUTS["name blocks"]([*THREE, lone, short]) == [*THREE, short]


def test_a_group_of_two_people_and_a_person_in_two_groups_are_mistakes() -> None:
    names = ["Yang Liu"] * 3
    assert list(mistakes(THREE, full_name, names)) == ["joined, of one name"]
    assert list(mistakes(THREE, itself, names)) == ["split, of one name"]


def test_people_of_the_gold_are_told_apart_as_well_as_asked_for(shared: Path) -> None:
    text = (shared / "gold" / "authors_openreview.json").read_text(encoding="utf-8")
    gold = json.loads(text)["papers"]
    rows = [{**paper, "authors": [a["name"] for a in paper["authors"]]} for paper in gold]
    rule = rule_of(persons(rows))
    means: dict[str, float] = defaultdict(float)
    for cut in CUTS:
        for score in on_halves(labelled(gold), rule, cut):
            means[cut] += score.f1 / 20
            means[f"{cut} precision"] += score.precision / 20
    assert means["all signatures"] >= 0.992
    assert means["name blocks"] >= 0.988
    assert means["true homonyms"] >= 0.95
    assert means["true homonyms precision"] >= 0.93
