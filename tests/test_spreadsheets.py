"""Workbooks and plain CSV: what a spreadsheet and Gephi's import of tables find in them."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from foreign_readers import written
from invented_graphs import NASTY, Row, Tables, tables_of

from pipeline.export import entries_xlsx, sheet_rows, workbook
from pipeline.model.tables import Build
from pipeline.store.tables import read_graph

KOREAN = "2024년의 논문"
CODE = "_x0041_"
"""A spreadsheet would read this as A."""
BLANKS = (" blanks ", "cr\rlf")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")')


@pytest.fixture(scope="session")
def seed(seed_outputs: Path) -> Tables:
    return Tables(*read_graph(seed_outputs))


def opened(data: bytes) -> dict[str, list[Row]]:
    """The sheets of a workbook, each as rows by column."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: rows_in(sheet) for sheet in book.worksheets}


def rows_in(sheet: Any) -> list[Row]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_workbook_holds_papers_people_tags_and_edges(seed: Tables) -> None:
    sheets = opened(*written("xlsx", seed))
    kinds = seed.nodes["kind"].to_pylist()
    assert {name: len(rows) for name, rows in sheets.items()} == {
        "papers": kinds.count("paper"),
        "people": kinds.count("author"),
        "tags": kinds.count("tag"),
        "categories": kinds.count("category"),
        "edges": seed.edges.num_rows,
    }
    known = {row["id"]: row for row in seed.nodes.to_pylist()}
    for row in sheets["papers"]:
        paper = known[row["id"]]
        assert (row["title"], row["arxiv_id"], row["year"]) == (
            paper["title"], paper["arxiv_id"], paper["year"],
        )  # fmt: skip
        assert paper["published"] == (row["published"] and row["published"].date())
    ends = [(row["source"], row["kind"], row["target"]) for row in sheets["edges"]]
    wanted = seed.edges.select(["source", "kind", "target"]).to_pylist()
    assert ends == [tuple(row.values()) for row in wanted]


def test_ids_are_text_days_are_days_and_links_can_be_followed() -> None:
    paper = {
        "id": "arxiv:2512.24880",
        "arxiv_id": "2512.24880",
        "title": KOREAN,
        "url": "https://arxiv.org/abs/2512.24880",
        "published": date(2025, 12, 31),
        "entry_dates": [date(2026, 1, 2)],
        "in_digest": True,
    }
    book = openpyxl.load_workbook(io.BytesIO(*written("xlsx", tables_of([paper], []))))
    sheet = book["papers"]
    header, cells = sheet.iter_rows()
    cell: Any = {name.value: cell for name, cell in zip(header, cells, strict=True)}
    assert (cell["arxiv_id"].value, cell["arxiv_id"].number_format) == ("2512.24880", "@")
    assert cell["title"].value == KOREAN
    assert cell["published"].is_date
    assert cell["published"].value.date() == paper["published"]
    assert cell["first_read"].value.date() == date(2026, 1, 2)
    assert cell["url"].hyperlink.target == paper["url"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)


def test_no_text_is_a_formula_and_none_breaks_the_workbook() -> None:
    texts = [*NASTY, *FORMULAS, *BLANKS, CODE]
    nodes = [
        {"id": f"arxiv:{n}", "title": text, "commentary": text} for n, text in enumerate(texts)
    ]
    book = openpyxl.load_workbook(io.BytesIO(*written("xlsx", tables_of(nodes, []))))
    cells = [cell for row in book["papers"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    found = {row["id"]: row.get("title") for row in rows_in(book["papers"])}
    for n, text in enumerate((*FORMULAS, *BLANKS, "_x005F_x0041_"), len(NASTY)):
        assert found[f"arxiv:{n}"] == text


def test_only_addresses_are_links_and_all_of_them_may_stand_in_one() -> None:
    addresses = {
        'https://a.org/?q=a b&c="d"': "https://a.org/?q=a%20b&c=%22d%22",
        "http://x.kr/한%20100%": "http://x.kr/%ED%95%9C%20100%25",
        "ftp://old.org": None,
        f"https://a.org/{'long' * 600}": None,
    }
    nodes = [{"id": f"arxiv:{n}", "url": url} for n, url in enumerate(addresses)]
    (data,) = written("xlsx", tables_of(nodes, []))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["papers"]
    column = [cell.value for cell in sheet[1]].index("url")
    cells = [row[column] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(addresses)
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == list(addresses.values())
    assert [cell.font.underline for cell in cells] == ["single", "single", None, None]


def test_what_no_cell_and_no_sheet_has_room_for_is_cut_and_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    nodes = [{"id": f"arxiv:{n}", "abstract": "x" * 40_000} for n in range(7)]
    sheets = opened(*written("xlsx", tables_of(nodes, [])))
    assert [len(sheets[name]) for name in ("papers", "papers 2", "papers 3")] == [3, 3, 1]
    assert sheets["papers"][0]["abstract"] == "x" * (sheet_rows.MOST_CHARACTERS - 1) + "…"


def test_entries_are_a_workbook_too(seed_build: Build, seed_outputs: Path) -> None:
    data = (seed_outputs / "entries.xlsx").read_bytes()
    rows = opened(data)["entries"]
    text = (seed_outputs / "entries.csv").read_bytes().decode("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert [(row["title"], row["arxiv_id"], row["id"]) for row in rows] == [
        (row["title"], row["arxiv_id"], row["id"]) for row in told
    ]
    assert [row["date"].date() for row in rows] == [m.entry.date for m in seed_build.matches]
    assert b"".join(entries_xlsx.BUILD_FILE.pieces(seed_build)) == data


def test_plain_tables_have_the_columns_that_imports_ask_for(seed: Tables) -> None:
    files = written("csv", seed)
    assert all(data.startswith(b"\xef\xbb\xbf") for data in files)
    nodes, edges = (pd.read_csv(io.BytesIO(data), dtype=str) for data in files)
    assert list(nodes.columns[:2]) == ["Id", "Label"]
    assert list(edges.columns[:5]) == ["Source", "Target", "Type", "Kind", "Weight"]
    assert nodes["Id"].to_list() == seed.nodes["id"].to_pylist()
    assert edges["Source"].to_list() == seed.edges["source"].to_pylist()
    assert set(edges["Type"]) == {"Directed"}
    (row,) = nodes[nodes["Id"] == "arxiv:2409.02392"].to_dict("records")
    assert (row["Label"], row["start"]) == ("Xiong 2024", "2024-09-04")
    assert "arxiv_id" not in nodes
    assert all(own.startswith(f"{own.split(':')[0]}:") for own in nodes["Id"])


def test_libreoffice_keeps_ids_and_hangul(tmp_path: Path, seed_outputs: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice")
    paper = {"id": "arxiv:2512.24880", "arxiv_id": "2512.24880", "title": KOREAN}
    tables = tables_of([paper], [])
    (tmp_path / "graph.xlsx").write_bytes(*written("xlsx", tables))
    (tmp_path / "nodes.csv").write_bytes(written("csv", tables)[0])
    shutil.copy(seed_outputs / "entries.csv", tmp_path)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    as_text = "csv:Text - txt - csv (StarCalc):44,34,76"
    for name, kind in (("graph.xlsx", as_text), ("nodes.csv", "xlsx"), ("entries.csv", "xlsx")):
        # In a window it sees the mark; without one it has to be told of UTF-8.
        utf8 = "--infilter=CSV:44,34,76" if name.endswith("csv") else "--headless"
        command = [
            office,
            home,
            "--headless",
            utf8,
            "--convert-to",
            kind,
            "--outdir",
            tmp_path / "out",
        ]
        subprocess.run([*map(str, command), str(tmp_path / name)], check=True, capture_output=True)
    text = (tmp_path / "out" / "graph.csv").read_text(encoding="utf-8")
    assert "2512.24880" in text
    assert KOREAN in text
    (row,) = opened((tmp_path / "out" / "nodes.xlsx").read_bytes())["nodes"]
    assert (row["Id"], row["title"]) == ("arxiv:2512.24880", KOREAN)
    rows = opened((tmp_path / "out" / "entries.xlsx").read_bytes())["entries"]
    assert "arxiv:2409.02392" in {row["id"] for row in rows}
