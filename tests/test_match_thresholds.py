"""Every threshold of the rules of matching, both sides: at it a rule holds, beside it none."""

from __future__ import annotations

import pytest

from pipeline.match.chance import (
    chance_of_another,
    confidence_of,
    is_dated_title,
    is_rare_title,
    is_read_before,
    is_read_late,
)
from pipeline.match.rules import (
    RULES,
    authors_differ,
    contradicted,
    in_the_month,
    likelihood,
    silent_on_authors,
)

Scores = dict[str, float | None]
PLAIN: Scores = {
    "title": 1.0, "length": 1.0, "former": 0.0, "renamed": 0.0, "part": 0.0, "begun": 0.0,
    "named": 0.0, "head": 0.0, "run": 0.0, "told": None, "bits": 60.0, "slips": 0.0, "name": None,
    "tail": None, "numbers": 1.0, "words": 9.0, "authors": 1.0, "people": 2.0, "within": 0.0,
    "first": 1.0, "months": 0.0, "span": 1.0, "published": 0.0, "abstract": None,
    "shared": 4.0, "rare": 4.0, "twins": 0.0001, "field": None,
    "venue": None,
}  # fmt: skip
BY_NAME = {rule.name: rule for rule in RULES}

AT: list[tuple[str, Scores, list[Scores]]] = [
    ("exact_title", {"authors": 0.5}, [{"authors": 0.49}, {"title": 0.99}, {"numbers": 0.0}]),
    ("exact_title", {"months": -3.0}, [{"months": -4.0}]),
    ("exact_title", {"months": 72.0, "published": 1.0}, [{"months": 73.0}]),
    ("exact_title", {"months": 73.0}, [{"published": 1.0}]),
    ("exact_title", {"authors": 0.2, "within": 1.0, "people": 1.0, "length": 0.5},
     [{"people": 0.0}, {"within": 0.0}, {"length": 0.49}]),
    ("exact_title_and_date", {"length": 0.5, "authors": None, "months": 2.0},
     [{"length": 0.49}, {"months": 3.0}, {"months": None}]),
    ("exact_title_and_date", {"authors": None, "months": -1.0}, [{"months": -2.0}]),
    ("exact_title_and_date", {"authors": None, "months": 0.0, "span": 12.0}, [{"months": 1.0}]),
    ("exact_title_alone", {"length": 0.5, "authors": None, "months": None},
     [{"length": 0.49}, {"twins": 0.0051}]),
    ("abstract", {"abstract": 0.6, "authors": 0.5, "title": 0.1, "months": None},
     [{"abstract": 0.59}, {"authors": 0.49}]),
    ("abstract", {"abstract": 0.6, "authors": None, "title": 0.6, "months": None},
     [{"title": 0.59}]),
    ("near_title_and_authors",
     {"title": 0.9, "authors": 0.5, "name": 1.0, "months": 2.0, "rare": 2.0, "shared": 2.0},
     [{"title": 0.89}, {"authors": 0.49}, {"name": None}, {"shared": 1.0}, {"months": 3.0},
      {"months": -1.0}, {"length": 0.9}]),
    ("near_title_and_authors", {"title": 0.8, "slips": 1.0, "authors": 0.5, "months": None},
     [{"title": 0.79}, {"authors": 0.49}, {"slips": 0.5}]),
    ("near_title_and_authors",
     {"title": 0.8, "slips": 0.5, "authors": 0.5, "months": 6.0, "published": 1.0},
     [{"slips": 0.49}, {"months": 7.0}, {"months": -2.0}, {"published": 0.0}]),
    ("part_of_title_and_authors", {"part": 1.0, "authors": 0.5, "title": 0.5, "months": 2.0},
     [{"authors": 0.49}, {"months": 3.0}, {"part": 0.5}]),
    ("name_and_authors", {"name": 1.0, "authors": 0.8, "people": 2.0, "title": 0.7, "months": 1.0},
     [{"authors": 0.79}, {"people": 1.0}, {"title": 0.69}, {"months": 2.0}, {"name": 0.0}]),
    ("near_title_and_date", {"title": 0.9, "slips": 0.5, "authors": None, "months": 2.0},
     [{"title": 0.89}, {"months": 3.0}, {"slips": 0.49}]),
    ("near_title_and_date",
     {"title": 0.9, "authors": None, "months": 1.0, "rare": 2.0, "shared": 2.0, "name": 1.0},
     [{"title": 0.89}, {"months": 2.0}, {"name": None}, {"shared": 1.0},
      {"rare": 1.0, "shared": 1.0}, {"authors": 0.6}]),
    ("near_title_alone", {"title": 0.9, "slips": 1.0, "authors": None, "months": None},
     [{"title": 0.89}, {"slips": 0.5}, {"twins": 0.0013}]),
    ("part_of_title_and_date", {"part": 1.0, "title": 0.5, "authors": None, "months": 1.0},
     [{"months": 2.0}, {"part": 0.5}]),
    ("title_with_name_and_date",
     {"named": 1.0, "part": 1.0, "title": 0.9, "authors": None, "months": 0.0, "span": 12.0,
      "twins": 0.00624},
     [{"named": 0.5}, {"part": 0.0}, {"twins": 0.0063}, {"numbers": 0.0}, {"length": 0.5},
      {"months": None}, {"months": 1.0}]),
    ("shortened_title_and_text",
     {"head": 1.0, "told": 0.3, "bits": 18.0, "title": 0.2, "authors": None, "months": 1.0},
     [{"told": 0.29}, {"bits": 17.9}, {"months": 2.0}, {"months": -1.0}, {"head": 0.0},
      {"authors": 0.1, "people": 0.0}]),
    ("shortened_title_and_text",
     {"run": 4.0, "told": 0.33, "title": 0.2, "authors": None},
     [{"told": 0.32}, {"run": 3.0}]),
    ("shortened_title_and_text",
     {"run": 2.0, "told": 0.5, "title": 0.2, "authors": None},
     [{"told": 0.49}, {"run": 1.0}]),
    ("renamed", {"title": 0.7, "shared": 3.0, "rare": 4.0, "months": 1.0},
     [{"title": 0.69}, {"shared": 2.0}, {"rare": 4.1}, {"months": 2.0}, {"first": 0.0},
      {"tail": 0.79},
      {"authors": 0.99}, {"people": 1.0}, {"name": 0.0}]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "at", "beside"), AT)
def test_a_rule_holds_at_each_of_its_thresholds_and_not_beside_it(
    rule: str, at: Scores, beside: list[Scores]
) -> None:
    holds = BY_NAME[rule].holds
    assert holds(PLAIN | at)
    for change in beside:
        assert not holds(PLAIN | at | change), change


def test_every_rule_has_its_thresholds_here() -> None:
    assert {rule for rule, _, _ in AT} == set(BY_NAME)


@pytest.mark.parametrize(
    ("change", "differ"),
    [
        ({"people": 0.0, "authors": 0.0}, True),
        ({"people": 0.0, "authors": 1.0}, False),
        ({"people": 1.0, "authors": 0.33}, True),
        ({"people": 1.0, "authors": 0.34}, False),
        ({"people": 2.0, "authors": 0.33}, False),
        ({"people": 1.0, "authors": 0.33, "within": 1.0}, False),
        ({"authors": None}, False),
    ],
)
def test_authors_differ_below_a_third_in_common(change: Scores, differ: bool) -> None:
    assert authors_differ(PLAIN | change) is differ


def test_lists_of_teams_alone_are_silent() -> None:
    assert silent_on_authors(PLAIN | {"people": 0.0, "authors": 1.0})
    assert not silent_on_authors(PLAIN | {"people": 0.0, "authors": 0.9})
    assert not silent_on_authors(PLAIN | {"people": 1.0, "authors": 1.0})


def test_the_month_of_an_id_is_one_before_to_two_after_and_of_a_stated_month() -> None:
    near = {months: in_the_month(PLAIN | {"months": months}) for months in (-2.0, -1.0, 2.0, 3.0)}
    assert list(near.values()) == [False, True, True, False]
    assert not in_the_month(PLAIN | {"span": 12.0})


def test_abstracts_below_15_percent_contradict_all_but_title_and_authors() -> None:
    for abstract, against in ((0.149, True), (0.15, False), (None, False)):
        assert contradicted(BY_NAME["exact_title_alone"], PLAIN | {"abstract": abstract}) is against
    assert not contradicted(BY_NAME["exact_title"], PLAIN | {"abstract": 0.0})


@pytest.mark.parametrize(
    ("change", "times"),
    [
        ({"months": 0.0}, 1 / 20), ({"months": 1.0}, 1 / 20), ({"months": -1.0}, 2.4),
        ({"months": 2.0}, 2.4), ({"months": 3.0}, 6.0), ({"months": 36.0}, 6.0),
        ({"months": 3.0, "late": 0.0}, 30.0), ({"months": 36.0, "late": 0.1}, 9.0),
        ({"months": 3.0, "late": 0.9}, 1.0), ({"months": 2.0, "late": 0.0}, 2.4),
        ({"months": -2.0}, 8.0), ({"months": -3.0}, 8.0), ({"months": -4.0}, 50.0),
        ({"months": -12.0}, 50.0), ({"months": -13.0}, 200.0),
        ({"months": 2.0, "published": 1.0}, 1 / 2), ({"months": 6.0, "published": 1.0}, 1 / 2),
        ({"months": 7.0, "published": 1.0}, 1.0), ({"months": -4.0, "published": 1.0}, 10.0),
        ({"months": -13.0, "published": 1.0}, 200.0),
        ({"months": 37.0, "published": 1.0}, 2.0), ({"months": 36.0, "published": 1.0}, 1.0),
        ({"span": 12.0, "months": 0.0}, 1 / 5), ({"span": 12.0, "months": 12.0}, 1 / 3),
        ({"span": 12.0, "months": 13.0}, 1.0), ({"span": 12.0, "months": -12.0}, 1.0),
        ({"span": 12.0, "months": -13.0}, 20.0), ({"span": 12.0, "months": 61.0}, 20.0),
        ({"span": 12.0, "months": 60.0}, 1.0), ({"span": 12.0, "months": 1.0}, 1 / 3),
        ({"span": 12.0, "months": -1.0}, 1.0), ({"title": 0.8, "slips": 0.5}, 4.0),
        ({"title": 0.79, "slips": 0.5}, 10_000.0), ({"title": 0.7, "named": 1.0}, 4.0),
        ({"title": 0.7, "part": 1.0}, 8.0), ({"title": 0.7, "begun": 1.0}, 12.0),
        ({"title": 0.7, "begun": 0.5}, 10_000.0), ({"title": 0.9}, 40.0),
        ({"title": 0.89}, 10_000.0), ({"title": 0.9, "name": 0.0}, 10_000.0),
        ({"title": 0.95, "numbers": 0.5}, 10_000.0), ({"months": 1.0, "late": 0.0}, 1 / 20),
        ({"months": 3.0, "late": 0.03}, 30.0), ({"authors": 0.4, "people": 2.0, "within": 1.0},
                                                1 / 50),
        ({"authors": 1.0, "people": 2.0}, 1 / 500), ({"authors": 0.5, "people": 1.0}, 1 / 50),
        ({"authors": 0.5, "people": 2.0}, 1 / 500), ({"authors": 0.4, "people": 2.0}, 1.0),
        ({"authors": 0.49, "people": 2.0}, 1.0), ({"authors": 1.0, "people": 0.0}, 1.0),
        ({"authors": 0.1, "people": 0.0}, 100.0),
        ({"field": 0.1}, 1 / 3), ({"field": 0.09}, 1.0), ({"field": 0.02}, 1.0),
        ({"field": 0.019}, 6.0), ({"venue": 1.0}, 1 / 10),
        ({"beyond": 12.0}, 1.0), ({"beyond": 13.0}, 20.0),
        ({"beyond": 13.0, "months": 1.0}, 1 / 20),
    ],
)  # fmt: skip
def test_each_kind_of_evidence_makes_another_paper_so_much_rarer(
    change: Scores, times: float
) -> None:
    alone = PLAIN | {"authors": None, "months": None}
    assert chance_of_another(alone | change) == pytest.approx(1e-4 * times)


def test_what_no_rule_takes_is_likelier_the_nearer_title_date_and_authors_are() -> None:
    alone = PLAIN | {"authors": None, "numbers": 1.0}
    bands = {title: likelihood(alone | {"title": title}) for title in (0.9, 0.8, 0.7, 0.6, 0.59)}
    assert list(bands.values()) == sorted(set(bands.values()), reverse=True)
    assert likelihood(alone | {"title": 0.9, "abstract": 0.3}) == 0.8
    assert likelihood(alone | {"title": 0.5, "abstract": 0.29}) < 0.8
    beside = alone | {"title": 0.7, "months": None}
    assert likelihood(beside | {"authors": 0.5}) == 0.35
    assert likelihood(beside | {"authors": 0.49}) < 0.35
    assert likelihood(beside | {"authors": 0.5, "title": 0.8}) == 0.9
    assert likelihood(beside | {"head": 1.0}) == likelihood(beside | {"part": 1.0, "title": 0.8})
    assert likelihood(beside | {"part": 1.0}) < likelihood(beside | {"head": 1.0})
    assert likelihood(beside | {"head": 1.0, "months": 40.0}) < 0.1
    assert likelihood(alone | {"title": 1.0, "authors": 0.0, "people": 0.0}) == 0.5
    assert likelihood(alone | {"title": 0.9, "numbers": 0.0}) == pytest.approx(0.3 * bands[0.9])


def test_each_rule_is_right_as_often_as_the_documentation_says() -> None:
    on_a_title = {name: 0.999 for name in BY_NAME if name.endswith(("_date", "_alone"))}
    assert {name: rule.confidence(PLAIN) for name, rule in BY_NAME.items()} == {
        "exact_title": 0.999, "abstract": 0.998, "near_title_and_authors": 0.99,
        "part_of_title_and_authors": 0.98, "name_and_authors": 0.97,
        "shortened_title_and_text": 0.98, "renamed": 0.95, **on_a_title,
    }  # fmt: skip


def test_a_long_rare_title_read_on_a_stated_day_tells_when_a_list_was_written() -> None:
    same = PLAIN | {"twins": 0.001, "published": 0.0}
    assert is_rare_title(same)
    assert is_dated_title(same)
    others: list[Scores] = [
        {"title": 0.99}, {"numbers": 0.5}, {"length": 0.5}, {"twins": 0.0011}, {"twins": None},
        {"span": 12.0}, {"published": 1.0},
    ]  # fmt: skip
    assert not any(is_dated_title(same | other) for other in others)
    months = (-4.0, -3.0, 2.0, 3.0, None)
    read = [PLAIN | {"months": month} for month in months]
    assert [is_read_before(each) for each in read] == [True, False, False, False, False]
    assert [is_read_late(each) for each in read] == [False, False, False, True, False]


def test_no_evidence_is_surer_than_once_in_a_thousand_and_none_is_never_taken() -> None:
    alone = PLAIN | {"authors": None, "months": None}
    assert [confidence_of(alone | {"twins": twins}) for twins in (1e-6, 0.001, 0.004)] == [
        0.999, 0.999, 0.996,
    ]  # fmt: skip
    assert chance_of_another(alone | {"twins": None}) == 1.0
    assert chance_of_another(alone | {"twins": 0.5, "months": -30.0}) == 1.0
