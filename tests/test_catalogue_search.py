"""What an entry could be is found in the catalogue: by title, id, authors and date; updates too."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_catalogue import (
    built,
    catalogue_of,
    ids_in,
    lines_of,
    near_ids,
    page_of,
    record,
    record_in,
    sought,
    updated,
    written,
)

from pipeline.catalogue.building import records_of
from pipeline.catalogue.describing import described
from pipeline.catalogue.search import MOST_EQUAL, Catalogue
from pipeline.catalogue.writing import new_catalogue, searched_by
from pipeline.model.errors import UsageError
from pipeline.model.folding import folded_title
from pipeline.model.records import Facts

OLD = record("2401.00001", "The Old Title of a Paper")
TITLES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
OF_MONTHS = [record(f"2312.{n:05}", f"December {n}") for n in range(1, 31)] + [
    record(f"2401.{n:05}", f"January {n}") for n in range(1, 31)
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TITLES.filter(folded_title), min_size=1, max_size=12, unique_by=folded_title))
@example(["100% of $5 & more", "S$^3$c-Math", "深層学習", "ß"])
def test_every_record_is_found_by_its_own_title_and_by_its_own_id(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str]
) -> None:
    by_id = {f"2401.{n:05}": title for n, title in enumerate(titles, 1)}
    folder = tmp_path_factory.mktemp("c")
    with new_catalogue(folder) as writer:
        facts = [Facts("catalogue", known, title=title) for known, title in by_id.items()]
        writer.add(records_of(facts), searched_by(records_of(facts)))
        writer.finish(["invented"])
    for arxiv_id, title in by_id.items():
        assert near_ids(folder, sought(title))[0] == arxiv_id
        assert near_ids(folder, sought(None, arxiv_id=arxiv_id)) == [arxiv_id]
    with Catalogue(folder) as known:
        pieces = dict(known.pieces([*by_id, "2401.99999"]))
    assert pieces.pop("2401.99999") is None
    assert {i: json.loads(piece or b"")["title"] for i, piece in pieces.items()} == by_id


def test_a_title_is_found_by_its_rarest_words_when_it_is_typed_wrongly(tmp_path: Path) -> None:
    others = [record(f"2401.{n:05}", f"A Study of the Usual Model {n}") for n in range(2, 99)]
    folder = catalogue_of(tmp_path, *others, record("2401.00001", "Zebrafish in the Usual Model"))
    assert near_ids(folder, sought("On Zebrafish and a Modle"))[0] == "2401.00001"


def test_a_name_is_looked_for_among_the_papers_of_the_month_that_is_stated(tmp_path: Path) -> None:
    others = [record(f"2207.{n:05}", f"Ladder Theory {n}") for n in range(1, 30)]
    months = ("2311", "2312", "2401", "2402")
    named = [
        record(f"{m}.00001", f"LADDER: Models {m} Climb by Steps of Their Own") for m in months
    ]
    folder = catalogue_of(tmp_path, *others, *named)
    of_month = {"2312.00001", "2401.00001"}
    for title in ("LADDER", "Ladder LLMs"):
        found = near_ids(folder, sought(title))
        assert of_month == {arxiv_id for arxiv_id in found if not arxiv_id.startswith("2207")}
    for unlike in (sought("LADDER", day=None), sought("LADDER Rungs")):
        assert not of_month & set(near_ids(folder, unlike))


def test_authors_are_looked_for_from_three_months_before_an_entry_to_six_after(
    tmp_path: Path,
) -> None:
    months = ("2309", "2310", "2401", "2407", "2408")
    papers = [record(f"{month}.00001", f"Title {month}", authors="Ann Q. Lee") for month in months]
    folder = catalogue_of(tmp_path, *papers)
    found = near_ids(folder, sought(None, "ann q lee"))
    assert found == ["2310.00001", "2401.00001", "2407.00001"]
    assert len(near_ids(folder, sought(None, "Ann Q. Lee", day=None))) == 5
    assert near_ids(folder, sought(None, "Bo Lee")) == []


def test_authors_are_found_from_both_ends_of_a_list_of_thousands(tmp_path: Path) -> None:
    names = [f"Person {chr(97 + n % 26)}{n}" for n in range(3000)]
    folder = catalogue_of(tmp_path, record("2401.00001", "A Title", authors=", ".join(names)))
    assert near_ids(folder, sought(None, *names)) == ["2401.00001"]
    assert near_ids(folder, sought(None, *names[:2])) == ["2401.00001"]


def test_papers_of_one_title_are_all_found_up_to_twenty(tmp_path: Path) -> None:
    same = [record(f"2401.{n:05}", "Comment on a Paper", authors=None) for n in range(1, 31)]
    found = near_ids(catalogue_of(tmp_path, *same), sought("comment on: a paper"))
    assert found[:MOST_EQUAL] == [f"2401.{n:05}" for n in range(1, MOST_EQUAL + 1)]


def test_the_same_input_gives_the_same_candidates_from_two_builds(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b", "c"):
        with new_catalogue(tmp_path / name) as writer:
            for start in range(5):
                numbers = range(200 * start + 1, 200 * start + 190 + start)
                facts = [
                    Facts("catalogue", f"2401.{n:05}", title=f"Words {n % 7} {n}", authors=("A B",))
                    for n in numbers
                ]
                writer.add(records_of(facts), searched_by(records_of(facts)))
                # As one does that is larger than the memory of the index, it gets several parts.
                writer._writer.commit()
            writer.finish(["invented"])
        with Catalogue(tmp_path / name) as known:
            assert known._searcher.num_segments == 5
            found.append(known.near([sought(f"Words {n}", "A B") for n in range(9)]))
    assert found[0] == found[1] == found[2]


def test_a_day_is_checked_where_the_months_about_it_are_whole(tmp_path: Path) -> None:
    with Catalogue(catalogue_of(tmp_path, *OF_MONTHS)) as known:
        assert known.checked(date(2024, 1, 20)) == known.newest == date(2024, 1, 31)
        assert known.checked(date(2024, 2, 1)) is None
        assert known.checked(date(2023, 12, 20)) is None
        assert known.checked(None) is None


def test_a_month_with_a_gap_is_not_whole(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, *OF_MONTHS[:40], *OF_MONTHS[42:])
    with Catalogue(folder) as known:
        assert known.checked(date(2024, 1, 20)) is None
    assert list(described(folder).lines())[-1] == "1 of 2 months since April 2007 are whole"


def test_one_date_that_is_wrong_does_not_make_a_catalogue_new(tmp_path: Path) -> None:
    wrong = record("2401.00031", "January 31", update_date="2999-01-01")
    with Catalogue(catalogue_of(tmp_path, *OF_MONTHS, wrong)) as known:
        assert known.newest == date(2024, 1, 31)
    with Catalogue(catalogue_of(tmp_path, record("math/0309136", "Old"))) as known:
        assert known.newest == date(2024, 1, 31)
        assert known.checked(date(2024, 1, 20)) is None


def test_an_update_keeps_the_former_title_and_finds_the_paper_by_both(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, OLD, record("2401.00002", "Another Paper"))
    counted = updated(folder, written(tmp_path, page_of({"2401.00001": "A New Name"}), "a.xml"))
    assert (counted.records, counted.duplicates, counted.deleted) == (2, 0, 0)
    for title in ("A New Name", "the old title of a paper"):
        assert near_ids(folder, sought(title))[0] == "2401.00001"
    found = record_in(folder, "2401.00001") or {}
    assert (found["title"], found["former_titles"]) == ("A New Name", [OLD["title"]])
    updated(folder, written(tmp_path, lines_of([record("2401.00001", "A Third Name")])))
    updated(folder, written(tmp_path, lines_of([record("2401.00001", "A new name!")])))
    found = record_in(folder, "2401.00001") or {}
    assert found["former_titles"] == ["A Third Name", OLD["title"]]
    assert (record_in(folder, "2401.00002") or {})["former_titles"] is None


def test_deleted_records_vanish_and_new_ones_come(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, OLD, record("2401.00002", "Another Paper"))
    page = page_of({"2401.00001": None, "2402.00001": "A Paper of February"})
    counted = updated(folder, written(tmp_path, page, "a.xml"))
    assert (counted.records, counted.deleted) == (2, 1)
    assert sorted(ids_in(folder)) == ["2401.00002", "2402.00001"]
    assert "2401.00001" not in near_ids(folder, sought(OLD["title"]))


def test_of_several_pages_the_last_is_the_newest(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, OLD, record("2401.00002", "Another Paper"))
    pages = tmp_path / "pages"
    written(pages, page_of({"2401.00001": "A Second Name", "2401.00002": "Kept"}), "2024-01.xml")
    written(pages, page_of({"2401.00001": "A Third Name", "2401.00002": None}), "2024-02.xml")
    updated(folder, pages)
    assert (record_in(folder, "2401.00001") or {})["title"] == "A Third Name"
    assert ids_in(folder) == ["2401.00001"]


def test_an_update_with_nothing_in_it_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    folder = catalogue_of(tmp_path, OLD)
    nothing = b"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
        <error code="noRecordsMatch">none</error></OAI-PMH>"""
    for content in (nothing, b'{"id": "x"}\n'):
        with pytest.raises(UsageError, match="no record of arXiv in it"):
            updated(folder, written(tmp_path, content, "a.xml"))
    with pytest.raises(UsageError, match="no record of arXiv"):
        updated(folder, written(tmp_path, page_of({"2401.00001": None}), "a.xml"))
    assert ids_in(folder) == ["2401.00001"]


def test_a_catalogue_says_what_it_holds_and_what_it_was_made_of(tmp_path: Path) -> None:
    damaged = [record(2401.1, "B"), record("2401.00001", "C"), {"id": "x"}]
    folder = tmp_path / "c"
    first = written(tmp_path, lines_of([OLD, *damaged]))
    built(folder, first)
    for _ in range(2):
        updated(folder, written(tmp_path, page_of({"2401.00002": "D"}), "page.xml"))
    told = list(described(folder).lines())
    assert told[0].startswith("3 papers, 0.")
    assert told[1:4] == [
        "made of snapshot.json, page.xml",
        "newest record: 2024-01-31",
        "3 with authors, 3 with an abstract; 0 repaired, 0 duplicates, 0 damaged",
    ]
    built(folder, first)
    assert list(described(folder).lines())[3].endswith("1 repaired, 1 duplicate, 1 damaged")
