"""The reader's word that an entry is about no paper: kept, taken back, and heard by the build."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_reviewing import record, reviewed, written_build

from pipeline.build.run import Inputs, build
from pipeline.settings.overrides import read_overrides

NOTE = "2024-09-05\nThings to Buy for the Kitchen\n(Ann Lee, Bo Kim)\nbread\n#food\n"
OTHER = "2024-09-06\nOn the Making of Bread\n(Ann Lee, Bo Kim)\nwater\n#food\n"


def test_it_is_written_and_can_be_taken_back(tmp_path: Path) -> None:
    folder = written_build(tmp_path / "out", record("A Title", 1), record("Another", 9))
    path = tmp_path / "overrides.toml"
    shown = reviewed(folder, "p", "n")
    assert "no paper: written to overrides.toml" in shown
    assert "1 not on arXiv, 1 no paper." in shown
    assert 'arxiv_id = "no paper"' in path.read_text(encoding="utf-8")
    assert [override.is_paper for override in read_overrides(path)] == [False, True]
    path.unlink()
    reviewed(folder, "p", "b", "n", "q")
    assert [override.is_paper for override in read_overrides(path)] == [True]


def test_rejecting_first_and_saying_no_paper_then_leaves_no_paper(tmp_path: Path) -> None:
    folder = written_build(tmp_path / "out", record("A Title", 1))
    reviewed(folder, "r 1", "p")
    (override,) = read_overrides(tmp_path / "overrides.toml")
    assert (override.is_paper, override.arxiv_id, override.rejected) == (False, None, ())


@pytest.mark.parametrize("word", ["no paper", "No Paper"])
def test_a_build_leaves_it_out_of_the_graph_and_says_by_whose_word(
    tmp_path: Path, word: str
) -> None:
    (tmp_path / "a.txt").write_text(NOTE + OTHER, encoding="utf-8")
    (tmp_path / "overrides.toml").write_text(
        f'[[entry]]\ntitle = "Things to Buy for the Kitchen"\narxiv_id = "{word}"\n',
        encoding="utf-8",
    )
    made = build(Inputs((tmp_path,)))
    titles = [paper.title for paper in made.papers]
    assert titles == ["On the Making of Bread"]
    assert [match.verdict for match in made.matches] == ["not_on_arxiv", "undecided"]
    (skip,) = made.skips
    assert "no paper, as set by hand in" in skip.reason
    assert "That is your word" in skip.reason
    everything = build(Inputs((tmp_path,), everything=True))
    assert len(everything.papers) == 2


def test_a_review_shows_the_note_as_it_stands_with_its_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    text = "# A Title\nread at https://example.org/x?y=1) at last\n\n\x1b[2Jthird\n"
    (tmp_path / "notes" / "a.txt").write_text(text, encoding="utf-8")
    shown = reviewed(written_build(tmp_path / "out", record("A Title", 1)))
    assert "your note" in shown
    assert "read at https://example.org/x?y=1) at last" in shown
    assert "its links" in shown
    assert "\x1b" not in shown
    (tmp_path / "notes" / "a.txt").write_bytes(b"\xff\xfe\x00")
    assert "your note" not in reviewed(written_build(tmp_path / "out", record("A Title", 1)))
