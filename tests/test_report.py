"""`report.md` is read in a minute, and nothing that it leaves out is lost."""

from __future__ import annotations

from pathlib import Path

from conftest import built_from

from pipeline.export.report import BUILD_FILE, LISTS_FILE, MOST_TOLD

ENTRY = "2024-09-05\nA Title That Nobody Knows, Part {0}\n(Ann Lee)\n좋다.\n#tag{0}\n\n"


def test_what_needs_the_reader_stands_first_and_lists_are_whole_beside_it(tmp_path: Path) -> None:
    for left, more in ((MOST_TOLD, 0), (MOST_TOLD + 1, 1)):
        build = built_from(tmp_path, "".join(map(ENTRY.format, range(left))))
        report, lists = (b"".join(map(bytes, f.pieces(build))).decode()
                         for f in (BUILD_FILE, LISTS_FILE))  # fmt: skip
        headings = [line for line in report.splitlines() if line.startswith("## ")]
        assert headings[:2] == ["## What needs you", "## Entries left to you"]
        assert f"- Entries left to you: {left}\n" in report
        told = report.split("\n## ")[2]
        assert told.count("A Title That Nobody Knows") == MOST_TOLD
        assert [line for line in told.splitlines() if "more in" in line] == (
            [] if more == 0 else [f"- and {more} more in [report-lists.md](report-lists.md)"]
        )
        assert all(f"Part {number}:" in lists for number in range(left))
