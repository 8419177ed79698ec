"""Tables on terminals of any width: ids and headers whole, words give way, pipes have all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import SEED
from rich.cells import cell_len

from pipeline.build.reading import parsed
from pipeline.cli.answers import shown_lines
from pipeline.cli.listing import table_lines
from pipeline.model.records import Entry

WIDTHS = (60, 72, 80, 100, 132, 200)
IDS = ("arxiv:2409.01524", "author:averylongfamilynameindeed", "doi:10.1109/cvpr.2016.90")
HEADINGS = {"id": "id", "year": "year", "label": "title", "reason": "why"}
LONG = "On the Making of Bread and the Sorting of Small Stones by Weight, in Many Words Indeed "


def table() -> pa.Table:
    titles = ["[red]A[/red] [/nonsense]", f"bell \x07 and \x1b[2Jclear\n{LONG * 3}", "논문 " * 40]
    rows = {"id": IDS, "year": [2024, None, 1999], "label": titles, "reason": ["tag `rl`"] * 3}
    return pa.table(rows)


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_table_fits_and_no_id_and_no_heading_is_broken(columns: int) -> None:
    lines = list(shown_lines(table(), HEADINGS, columns))
    assert max(map(cell_len, lines)) <= columns
    text = "\n".join(lines)
    assert all(own in text for own in IDS)
    assert all(re.search(rf"(?m)(^|  ){heading}(  |$)", text) for heading in HEADINGS.values())
    assert "[red]A[/red]" in text
    assert not {"\x07", "\x1b"} & set(text)


def test_what_is_piped_is_whole_and_a_line_a_row() -> None:
    heading, *lines = shown_lines(table(), HEADINGS, None)
    assert heading.split() == ["id", "year", "title", "why"]
    assert [line.split("  ")[0] for line in lines] == list(IDS)
    assert (LONG * 3).strip() in lines[1]
    assert ("논문 " * 40).strip() in lines[2]
    assert "…" not in "".join(lines)


def test_where_there_is_no_room_for_words_a_row_is_told_line_by_line() -> None:
    headings = {f"c{number}": f"heading {number}" for number in range(9)}
    wide = pa.table({name: ["some words here", "9"] for name in headings})
    lines = list(shown_lines(wide, headings, 60))
    assert lines[0] == "heading 0  some words here"
    assert len(lines) == 2 * 9 + 1


@pytest.mark.parametrize("columns", WIDTHS)
def test_what_was_read_of_notes_fits_too(columns: int) -> None:
    entries = [each for each in parsed([SEED]) if isinstance(each, Entry)]
    lines = list(table_lines(entries, columns))
    assert max(map(cell_len, lines[:-1])) <= columns
    assert lines[0].split()[0] == "where"
    assert lines[0].endswith("title or first words")
    whole = "\n".join(table_lines(entries))
    assert f"{SEED}:3" in whole
    assert "…" not in whole


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
@pytest.mark.parametrize("asked", [["list", "--read"], ["path", "2409.02326", "2409.02392"]])
def test_on_a_real_terminal_a_command_keeps_to_its_width(
    seed_outputs: Path, asked: list[str]
) -> None:
    mine, terminal = os.openpty()
    command = [sys.executable, "-m", "pipeline", *asked, "-o", str(seed_outputs)]
    environment = os.environ | {"COLUMNS": "64"}
    done = subprocess.run(command, stdout=terminal, check=True, env=environment)
    os.close(terminal)
    shown = os.read(mine, 1 << 16).decode().replace("\r", "").rstrip("\n").split("\n")
    assert done.returncode == 0
    assert max(map(cell_len, shown)) <= 64
    assert "arxiv:2409.02326" in "\n".join(shown)
