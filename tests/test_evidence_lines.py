"""Lines of evidence are found where they stand, without reading the others."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from pipeline.model.errors import DataError
from pipeline.store.evidence_lines import evidence_lines

ENTRIES = [("a/notes.md", 1), ("a/notes.md", 12), ('b/od"d.md', 1), ("c/notes.md", 1)]
PAPERS = [f"arxiv:2401.{n:05}" for n in range(0, 40, 2)]
AUTHORS = ["author:annlee", "author:bokim", "author:émile", "author:王伟"]


def written(folder: Path) -> Path:
    records = [
        *({"about": "entry", "file": f, "line_start": n, "line_end": n} for f, n in ENTRIES),
        *({"about": "paper", "id": each, "title": '"file":"c/notes.md"'} for each in PAPERS),
        *({"about": "author", "id": each} for each in AUTHORS),
    ]
    path = folder / "evidence.jsonl"
    path.write_bytes(b"".join(orjson.dumps(r, option=orjson.OPT_APPEND_NEWLINE) for r in records))
    return path


def test_each_paper_and_author_is_found_by_its_id_and_no_other(tmp_path: Path) -> None:
    with evidence_lines(written(tmp_path)) as lines:
        for about, ids in (("paper", PAPERS), ("author", AUTHORS)):
            for each in ids:
                record = lines.of_id(about, each)
                assert record is not None
                assert (record["about"], record["id"]) == (about, each)
                assert lines.of_id(about, f"{each}1") is None
                assert lines.of_id("author" if about == "paper" else "paper", each) is None
        assert lines.of_id("paper", "") is None


@pytest.mark.parametrize(
    ("file", "line", "places"),
    [
        ("notes.md", None, [0, 1, 3]),
        ("a/notes.md", None, [0, 1]),
        ("a/notes.md", 1, [0]),
        ('od"d.md', None, [2]),
        ("notes", None, []),
    ],
)
def test_entries_are_found_by_the_end_of_the_file_and_the_line(
    tmp_path: Path, file: str, line: int | None, places: list[int]
) -> None:
    with evidence_lines(written(tmp_path)) as lines:
        entries = [(e["file"], e["line_start"]) for _, e in lines.entries_in(file, line)]
    assert entries == [ENTRIES[place] for place in places]


def test_a_file_that_is_missing_or_damaged_is_named_and_an_empty_one_says_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "evidence.jsonl"
    with pytest.raises(DataError, match="no such file"), evidence_lines(path):
        pass
    path.write_bytes(b"")
    with evidence_lines(path) as lines:
        assert lines.of_id("paper", "arxiv:2401.00000") is None
        assert list(lines.entries_in("notes.md")) == []
    path.write_bytes(b'{"about":"paper"\n')
    with evidence_lines(path) as lines, pytest.raises(DataError, match="byte 0 is no evidence"):
        lines.of_id("paper", "arxiv:2401.00000")
