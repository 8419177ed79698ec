"""A printed link is the reader's word, and what a reader calls a paper is a name of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pytest
from small_catalogue import catalogue_of, record, written
from test_match_rules import ENTRY, PAPER, PEOPLE, TITLE, match, of_month

from pipeline.analyse.finding import NodeNames
from pipeline.build.run import Inputs, build, write
from pipeline.explain.papers import explanation
from pipeline.explain.undecided import undecided_entries
from pipeline.model.records import Facts

OTHER = Facts("catalogue", "2312.00002", title="Of Rivers and Their Sand", authors=PEOPLE)


@pytest.mark.parametrize(
    "title",
    [
        "StoneSort",
        "작은 돌 정렬",
        "Lee et al. 2024",
        "Learning to Sort",
        "A Wholly Different Draft of It",
    ],
)
def test_a_link_stands_whatever_the_reader_calls_the_paper(title: str) -> None:
    for authors in (None, PEOPLE[:1], ("Xu Yan",)):
        entry = replace(ENTRY, title=title, authors=authors, arxiv_id=PAPER.arxiv_id)
        found = match(entry, PAPER, OTHER)
        assert (found.arxiv_id, found.decided_by) == (PAPER.arxiv_id, "printed_id")


@pytest.mark.parametrize(
    "title", [OTHER.title, "of rivers & their sand", "Of River and Their Sand"]
)
def test_a_link_is_doubted_where_the_title_is_another_papers_even_by_the_same_people(
    title: str,
) -> None:
    for authors in (PEOPLE, None):
        linked = replace(ENTRY, title=title, authors=authors, arxiv_id=PAPER.arxiv_id)
        found = match(linked, PAPER, OTHER)
        assert (found.arxiv_id, found.verdict) == (None, "undecided")
        assert [c.arxiv_id for c in found.candidates[:2]] == [OTHER.arxiv_id, PAPER.arxiv_id]
        assert match(replace(linked, arxiv_id=OTHER.arxiv_id), PAPER, OTHER).arxiv_id


def test_a_short_nickname_that_is_another_papers_title_is_no_doubt() -> None:
    other = replace(OTHER, title="StoneSort", authors=("Xu Yan",))
    for authors in (None, PEOPLE):
        entry = replace(ENTRY, title="StoneSort", authors=authors, arxiv_id=PAPER.arxiv_id)
        assert match(entry, PAPER, other).arxiv_id == PAPER.arxiv_id
    by_others = replace(ENTRY, title="StoneSort", authors=("Xu Yan",), arxiv_id=PAPER.arxiv_id)
    assert match(by_others, PAPER, other).verdict == "undecided"


def test_title_authors_and_month_have_to_speak_against_a_link_together() -> None:
    entry = replace(ENTRY, title="Bread and Wine in the Towns of Old", arxiv_id=PAPER.arxiv_id)
    against = replace(entry, authors=("Xu Yan",), date=of_month(-9))
    assert match(against, PAPER).verdict == "undecided"
    for kept in ({"title": TITLE}, {"authors": PEOPLE}, {"date": of_month(0)}):
        assert match(replace(against, **kept), PAPER).arxiv_id == PAPER.arxiv_id
    stated = replace(against, date=None, published="2019")
    assert match(stated, PAPER).verdict == "undecided"
    assert match(replace(stated, published="2024-01"), PAPER).arxiv_id == PAPER.arxiv_id


def test_a_name_finds_the_paper_and_a_doubted_link_stays_a_mention(tmp_path: Path) -> None:
    records = [
        record("2401.00001", TITLE, authors="Ann Lee"),
        record("2312.00002", OTHER.title, authors="Ann Lee"),
    ]
    catalogue = catalogue_of(tmp_path / "home", *records)
    listed = (
        "# Papers\n\n"
        "- [StoneSort](https://arxiv.org/abs/2401.00001)\n"
        "- [Of Rivers and Their Sand](https://arxiv.org/abs/2401.00001)\n"
    )
    file = written(tmp_path / "in", listed.encode(), "list.md")
    out = tmp_path / "out"
    made = build(Inputs((file,), catalogue=catalogue))
    write(made, out)
    assert NodeNames(made.nodes).id_of("stonesort", "paper") == "arxiv:2401.00001"
    assert explanation("StoneSort", out).startswith(
        f"arxiv:2401.00001  {TITLE}  (so you call it)\n"
    )
    assert f'- 2401.00001 "{TITLE}": "StoneSort"' in (out / "report.md").read_text("utf-8")
    (left,) = undecided_entries(out)
    assert [c.arxiv_id for c in left.candidates] == ["2312.00002", "2401.00001"]
    pointing = made.edges.filter(pc.equal(made.edges["kind"], "mentions")).to_pylist()
    (mention,) = pointing
    assert mention["target"] == "arxiv:2401.00001"
    assert NodeNames(made.nodes).id_of("Of Rivers and Their Sand") == mention["source"]


def test_what_an_id_alone_tells_is_its_month(tmp_path: Path) -> None:
    note = b"# Sorting stones by hand\n\nhttps://arxiv.org/abs/2403.01234\n\nGood.\n"
    write(build(Inputs((written(tmp_path / "in", note, "note.md"),))), tmp_path / "out")
    told = explanation("2403.01234", tmp_path / "out")
    assert "  month        its arXiv id\n" in told
    assert "published" not in told
