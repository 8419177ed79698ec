"""The figures of matching: that they count what they say, and that they hold on the gold notes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import made_once

from benchmarks.folders import CORPUS
from benchmarks.gold import Known, known_notes, rows
from benchmarks.matching.hard_pairs import Pair, Side, entry_of, trials
from benchmarks.matching.left_out import Banded, left_out
from benchmarks.matching.quality import by_group, case, shares
from benchmarks.matching.reliability import Judgement, binned, calibration_error, judgement
from benchmarks.matching.simple_rules import SIMPLE_RULES, near_in_all
from benchmarks.matching.sought import Sought, judged, sought
from pipeline.catalogue.building import build_catalogue
from pipeline.catalogue.search import Catalogue
from pipeline.match.candidates import Candidates
from pipeline.model.records import Facts

PAPER = Side("2409.01234", "On the Many Uses of a Test Paper", ("Ann Lee", "Bo Kim", "Cy Ng"))
SEQUEL = Side("2409.04321", "On the Many Uses of a Test Paper II", PAPER.authors)
EVERY = 45
"""One in so many records of the sample is beside the gold notes' own: about 20,000."""


def facts(side: Side) -> Facts:
    return Facts("test", side.arxiv_id, title=side.title, authors=side.authors)


def asked(side: Side, gold: str | None, *found: Side) -> Sought:
    own = next((facts(other) for other in found if other.arxiv_id == gold), None)
    return Sought(entry_of(side), gold, own, Candidates([facts(other) for other in found]))


def test_an_entry_is_right_wrong_missed_or_silent_in_gold() -> None:
    right = judged(asked(PAPER, PAPER.arxiv_id, PAPER, SEQUEL))
    wrong = judged(asked(PAPER, SEQUEL.arxiv_id, PAPER, SEQUEL))
    missed = judged(asked(PAPER._replace(title="Quite Another"), PAPER.arxiv_id, PAPER))
    silent = judged(asked(PAPER, None, PAPER))
    assert [(j.right, j.wrong, j.missed) for j in (right, wrong, missed, silent)] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, False, False),
    ]
    assert not judged(asked(PAPER, PAPER.arxiv_id, SEQUEL)).missed
    assert [(s.right, s.of) for s in shares("all", [right, wrong, missed, silent])] == [
        (1, 2),
        (1, 3),
        (1, 3),
    ]
    assert by_group([right, wrong, missed, silent], case) == {"no abstract": [4, 3, 1, 1, 1, 1, 1]}


def test_recall_where_both_have_the_authors_counts_no_other_entry() -> None:
    listed = judged(asked(PAPER, PAPER.arxiv_id, PAPER))
    silent = judged(asked(PAPER, PAPER.arxiv_id, PAPER._replace(authors=None)))
    name = judged(asked(PAPER._replace(title="Uses", authors=None), PAPER.arxiv_id, PAPER))
    counts = {s.name: s.of for s in shares("x", [listed, silent, name])}
    assert counts["x: recall"] == 3
    assert counts["x: recall, both have the authors"] == 1


def test_taking_the_own_paper_out_leaves_the_others() -> None:
    without = asked(PAPER, PAPER.arxiv_id, PAPER, SEQUEL).without_own()
    assert [known.arxiv_id for known in without.found.facts] == [SEQUEL.arxiv_id]
    assert without.own is None
    assert without.match().arxiv_id is None


def test_a_pair_is_tried_both_ways_alone_and_beside_its_own_paper() -> None:
    tried = list(trials([Pair("numbered_series", PAPER, SEQUEL, same=False)]))
    assert [t.alone.sought.arxiv_id for t in tried] == [PAPER.arxiv_id] * 2 + [SEQUEL.arxiv_id] * 2
    assert not any(t.accepted for t in tried)
    assert all(t.beside and t.beside.right for t in tried)
    renamed = PAPER._replace(title="On the Many Uses of Test Papers")
    found = list(trials([Pair("renamed", PAPER, renamed, same=True)]))
    assert all(t.beside is None and t.alone.right for t in found)


def test_a_confidence_is_measured_by_how_often_it_is_right() -> None:
    perfect = [Judgement(0.6, right) for right in [True] * 6 + [False] * 4]
    assert calibration_error(binned(perfect)) == pytest.approx(0)
    too_sure = [Judgement(1.0, right) for right in (True, False)]
    assert calibration_error(binned(too_sure)) == pytest.approx(0.5)
    weighty = [Judgement(1.0, True, weight=3), Judgement(1.0, False)]
    assert binned(weighty)[-1].right == pytest.approx(0.75)
    assert [b.judgements for b in binned([Judgement(0.99, True), Judgement(0.9, True)])][3:] == [
        1,
        1,
    ]


def test_an_undecided_entry_is_judged_by_its_first_candidate() -> None:
    near = PAPER._replace(title="Many Papers, Many Tests, Many Uses")
    left = asked(near, PAPER.arxiv_id, PAPER).match()
    assert left.verdict == "undecided"
    assert judgement(left, PAPER.arxiv_id, on_arxiv=True).right
    assert not judgement(left, SEQUEL.arxiv_id, on_arxiv=True).right
    absent = replace(left, verdict="not_on_arxiv")
    assert judgement(absent, PAPER.arxiv_id, on_arxiv=False).right
    assert not judgement(absent, PAPER.arxiv_id, on_arxiv=True).right


def test_a_list_is_judged_by_what_the_other_lists_counted() -> None:
    band = ("none", 0.5)
    right, wrong = (Banded(band, Judgement(0.5, is_right)) for is_right in (True, False))
    lists = {"a": [right] * 5, "b": [wrong] * 5}
    assert [judged.confidence for judged in left_out(lists)] == [0.25] * 5 + [0.75] * 5
    assert [judged.confidence for judged in left_out({"a": [right]})] == [0.5]


def test_simple_rules_do_what_their_names_say() -> None:
    entry = entry_of(PAPER._replace(title="on the many  uses of a test paper 2"))
    found = [facts(side) for side in (SEQUEL, PAPER)]
    said = {name: rule(entry, found) for name, rule in SIMPLE_RULES.items()}
    assert said == {
        "exact title": None,
        "exact folded title": None,
        "rapidfuzz ratio >= 0.9": PAPER.arxiv_id,
        "equal without words of digits (litstudy)": PAPER.arxiv_id,
        "first hit of the title search": SEQUEL.arxiv_id,
    }
    titles = {known.arxiv_id: [known.title or ""] for known in found}
    (near,) = near_in_all([entry], titles)
    assert [arxiv_id for _, arxiv_id in near] == [PAPER.arxiv_id, SEQUEL.arxiv_id]


def build_gold(folder: Path) -> None:
    wanted = {row["gold_arxiv_id"] for row in rows("notes_gold.jsonl")}
    with gzip.open(CORPUS) as lines, (folder / "part.jsonl").open("wb") as part:
        for number, line in enumerate(lines):
            if number % EVERY == 0 or line[7 : line.index(b'"', 7)].decode() in wanted:
                part.write(line)
    build_catalogue([folder / "part.jsonl"], folder / "built", lambda path: path.open("rb"))


@pytest.fixture(scope="session")
def gold_catalogue(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The records of the gold notes, and one in `EVERY` of the others."""
    folder = made_once(tmp_path_factory, "gold", build_gold)
    with Catalogue(folder / "built") as catalogue:
        yield catalogue


def test_gold_notes_are_matched_without_a_wrong_id(gold_catalogue: Catalogue) -> None:
    asked = list(sought(known_notes(), gold_catalogue))
    found = [judged(each) for each in asked]
    assert [share.name for share in shares("notes", found) if "NOT MET" in share.line()] == []
    assert sum(each.sought.own is not None for each in found) > 250
    assert not any(judged(each.without_own()).wrong for each in asked)


def test_what_is_found_does_not_depend_on_the_other_entries(gold_catalogue: Catalogue) -> None:
    notes: list[Known] = [known for known in known_notes() if known.entry.title][:20]
    together = [each.match() for each in sought(notes, gold_catalogue)]
    alone = [next(sought([known], gold_catalogue)).match() for known in notes]
    assert together == alone
