"""`entries.csv` and `skips.csv`: what a spreadsheet and a script find in them."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export import entries_csv, skips_csv
from pipeline.export.csv_text import csv_pieces
from pipeline.model.records import Entry, Match, Skip
from pipeline.model.tables import EDGES, NODES, Build

FORMULAS = (
    '=HYPERLINK("http://a.example";"x")', "=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)",
    "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", "'=1", "''", "'한글",
)  # fmt: skip
STARTS = tuple("=+-@\t\r\n＝＋－＠")
NOBODYS = Build(NODES.schema().empty_table(), EDGES.schema().empty_table(), (), (), (), (), (), 0)

texts = st.sampled_from(FORMULAS) | st.text() | st.text("\",\r\n '=한é\0", max_size=5)
cells = st.none() | texts | st.integers() | st.dates() | st.floats(allow_nan=False)


def cells_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_back(cell: str) -> str:
    return cell.removeprefix("'")


def match_of(title: str | None, day: date | None = None) -> Match:
    entry = Entry("오늘.txt", 3, 9, day, title, (), True, None, None, (), None, (), ())
    return Match(entry, None, "undecided", 0.5, "title", "a tie, so it is yours", ())


def test_entries_csv_has_the_columns_that_scripts_rely_on(seed_outputs: Path) -> None:
    header, *rows = cells_of((seed_outputs / "entries.csv").read_bytes())
    assert header == [
        "file", "line_start", "line_end", "date", "title", "arxiv_id", "verdict", "confidence",
        "reason", "decided_by", "link", "id",
    ]  # fmt: skip
    assert len(rows) == 7
    assert {len(row) for row in rows} == {len(header)}


def test_each_entry_is_a_row_with_what_it_was_decided_to_be(
    seed_build: Build, seed_outputs: Path
) -> None:
    _, *rows = cells_of((seed_outputs / "entries.csv").read_bytes())
    for row, match in zip(rows, seed_build.matches, strict=True):
        entry = match.entry
        place = [entry.file, str(entry.line_start), str(entry.line_end), str(entry.date)]
        decision = [match.verdict, str(match.confidence), match.reason, match.decided_by]
        assert row == [
            *place, entry.title, match.arxiv_id, *decision, "", f"arxiv:{match.arxiv_id}",
        ]  # fmt: skip


def test_what_is_not_known_of_an_entry_is_an_empty_field() -> None:
    build = NOBODYS._replace(matches=(match_of(None),))
    _, row = cells_of(b"".join(entries_csv.BUILD_FILE.pieces(build)))
    reason = "a tie, so it is yours"
    assert row == ["오늘.txt", "3", "9", "", "", "", "undecided", "0.5", reason, "title", "", ""]


def test_each_skip_is_a_row_with_stage_key_and_reason() -> None:
    build = NOBODYS._replace(skips=(Skip("digests", "a.txt:1", "=1"), Skip("match", "b,c", "왜")))
    assert cells_of(b"".join(skips_csv.BUILD_FILE.pieces(build))) == [
        ["stage", "key", "reason"],
        ["digests", "a.txt:1", "'=1"],
        ["match", "b,c", "왜"],
    ]


@pytest.mark.parametrize("title", FORMULAS)
def test_no_title_is_a_formula_to_a_spreadsheet(title: str) -> None:
    build = NOBODYS._replace(matches=(match_of(title, date(2024, 9, 5)),))
    _, row = cells_of(b"".join(entries_csv.BUILD_FILE.pieces(build)))
    assert row[4] == f"'{title}"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(cells, cells, cells)))
def test_every_value_can_be_read_back(rows: list[tuple[object, ...]]) -> None:
    header, *found = cells_of(b"".join(csv_pieces(("a", "b", "c"), rows)))
    assert header == ["a", "b", "c"]
    assert [list(map(read_back, row)) for row in found] == [
        ["" if value is None else str(value) for value in row] for row in rows
    ]
    for row, values in zip(found, rows, strict=True):
        written = [c for c, value in zip(row, values, strict=True) if isinstance(value, str)]
        assert not any(cell.startswith(STARTS) for cell in written)


def test_a_line_ends_as_rfc_4180_says_and_a_mark_stands_before_the_first() -> None:
    rows = [("한국어, 쉼표", 'a "quote"'), ("two\nlines", None)]
    assert b"".join(csv_pieces(("x", "y"), rows)).decode("utf-8") == (
        '\ufeffx,y\r\n"한국어, 쉼표","a ""quote"""\r\n"two\nlines",\r\n'
    )


def test_many_rows_are_written_in_several_pieces_under_one_header() -> None:
    rows = [(str(number), None) for number in range(2_500)]
    pieces = list(csv_pieces(("x", "y"), rows))
    assert len(pieces) > 1
    assert cells_of(b"".join(pieces)) == [["x", "y"], *([number, ""] for number, _ in rows)]
