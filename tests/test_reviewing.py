"""The reader's word on undecided entries: asked for, kept, taken back, used by the next build."""

from __future__ import annotations

import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from conftest import COLUMNS, PROJECT, built_from
from rich.cells import cell_len
from rich.console import Console

from pipeline.build.run import write
from pipeline.explain.papers import explanation
from pipeline.explain.review import review
from pipeline.explain.undecided import undecided_entries
from pipeline.model.errors import DataError, OverridesError
from pipeline.settings.overrides import read_overrides
from pipeline.store.overrides import known_overrides, sole_review

TITLES = ("A First Title", "A Second Title", "Shared", "shared.")
SAME = {
    "title": 1.0, "length": 1.0, "former": 0.0, "renamed": 0.0, "part": 0.0, "slips": 1.0,
    "name": 0.0, "numbers": 1.0, "authors": None, "people": None, "months": 0.0, "abstract": None,
}  # fmt: skip
HOSTILE = '</script>\x1b[2J "quoted" \\ \r\n[[entry]]\u202e 한국어 # no\x7f comment'
KILLED = """
import os, sys
from pathlib import Path
from pipeline.explain.review import review
answers = iter(["1", "n"])
def ask(prompt):
    return next(answers, None) or os.kill(os.getpid(), 9)
review(Path(sys.argv[1]), Path(sys.argv[2]), ask, lambda shown: None)
"""


def record(title: str | None, line: int, **more: object) -> dict[str, Any]:
    others = [
        {"arxiv_id": f"2409.0000{n}", "title": f"{title} {n}", "known_as": f"{title} {n}",
         "source": "catalogue", "scores": {**SAME, "title": 0.9, "slips": 0.0, "numbers": 0.0}}
        for n in range(1, 8)
    ]  # fmt: skip
    return {
        "about": "entry", "file": "notes/a.txt", "line_start": line, "line_end": line + 3,
        "date": "2024-09-05", "title": title, "arxiv_id": None, "verdict": "undecided",
        "confidence": 0.5, "decided_by": "none", "reason": "too little evidence",
        "candidates": others, **more,
    }  # fmt: skip


@pytest.fixture
def build_folder(tmp_path: Path) -> Path:
    """A build that left four entries to the reader; two of them have one title."""
    return written_build(tmp_path / "out", *(record(t, 10 * n) for n, t in enumerate(TITLES, 1)))


def written_build(folder: Path, *records: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = (orjson.dumps(one).decode() + "\n" for one in records)
    (folder / "evidence.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def reviewed(
    folder: Path, *answers: str, look: Callable[[], object] = lambda: None, **console: Any
) -> str:
    """The screen of a review in which these lines are typed and then the input ends."""
    typed: Iterator[str] = iter(answers)
    screen = Console(file=StringIO(), **{"width": COLUMNS, **console}, highlight=False)

    def ask(prompt: str) -> str:
        look()
        line = next(typed, None)
        if line is None:
            raise EOFError
        return line

    review(folder, folder.parent / "overrides.toml", ask, screen.print)
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue()


def said(folder: Path) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    overrides = known_overrides(folder.parent / "overrides.toml")
    return [(o.title, o.arxiv_id, o.rejected) for o in overrides]


@pytest.mark.parametrize(
    ("answers", "decided"),
    [
        (["2"], ("2409.00002", ())),
        (["i https://arxiv.org/pdf/2301.12345v2.pdf"], ("2301.12345", ())),
        (["I hep-th/9901001"], ("hep-th/9901001", ())),
        (["arXiv:2301.12345"], ("2301.12345", ())),
        (["N"], (None, ())),
        (["r 1", "r2", "r 1"], (None, ("2409.00001", "2409.00002"))),
        (["r 1", "3"], ("2409.00003", ("2409.00001",))),
        (["r 1", "r 3", "3"], ("2409.00003", ("2409.00001",))),
        (["r 1", "1"], ("2409.00001", ())),
        (["r 1", "n"], (None, ())),
        (["6", "r 0", "i 2313.99999", "?", "yes", "3"], ("2409.00003", ())),
    ],
)
def test_what_is_typed_is_what_is_written(
    build_folder: Path, answers: list[str], decided: tuple[str | None, tuple[str, ...]]
) -> None:
    reviewed(build_folder, *answers)
    assert said(build_folder) == [("A First Title", *decided)]


@pytest.mark.parametrize("answers", [["q"], [], ["", "s", "S", " "], ["s", "b", "q"], ["n", "b"]])
def test_nothing_is_written_that_was_not_decided(build_folder: Path, answers: list[str]) -> None:
    shown = reviewed(build_folder, *answers)
    assert not (build_folder.parent / "overrides.toml").exists()
    assert "Run `digest-graph build" not in shown
    assert shown.endswith("4 skipped.\n" if len(answers) == 4 else "4 left.\n")


def test_each_decision_is_on_disk_before_the_next_question(build_folder: Path) -> None:
    counts: list[int] = []
    reviewed(build_folder, "1", "s", "n", "2", look=lambda: counts.append(len(said(build_folder))))
    assert counts == [0, 1, 1, 2]


def test_an_entry_is_named_by_its_title_unless_another_one_has_that(build_folder: Path) -> None:
    reviewed(build_folder, "1", "1", "1", "n")
    found = read_overrides(build_folder.parent / "overrides.toml")
    named = [(one.title, one.file, one.line) for one in found]
    place = (None, "notes/a.txt")
    assert named == [(TITLES[0], None, None), (TITLES[1], None, None), (*place, 30), (*place, 40)]
    (one,) = undecided_entries(written_build(build_folder, record("?!", 5)))
    assert (one.key.title, one.key.line) == (None, 5)


def test_what_is_rejected_by_a_shared_title_is_carried_over_to_the_place(
    build_folder: Path,
) -> None:
    path = build_folder.parent / "overrides.toml"
    path.write_text('[[entry]]\ntitle = "Shared"\nrejected = ["2409.00001"]\n')
    reviewed(build_folder, "", "", "r 2", "", "")
    assert [(one.line, one.rejected) for one in read_overrides(path)] == [
        (None, ("2409.00001",)),
        (30, ("2409.00001", "2409.00002")),
    ]


def test_back_takes_back_what_was_written_to_the_byte(build_folder: Path) -> None:
    path = build_folder.parent / "overrides.toml"
    before = b'# mine\r\n[[entry]]\r\ntitle = "Other"\r\narxiv_id = "2001.00001" # so'
    path.write_bytes(before)
    texts: list[bytes] = []
    answers = ("r 1", "r 2", "3", "n", "", "b", "b", "b", "b", "2")
    shown = reviewed(build_folder, *answers, look=lambda: texts.append(path.read_bytes()))
    assert texts[0] == before == texts[-2]
    assert texts[4] == texts[6]
    assert texts[3] == texts[7]
    assert "This is the first entry." in shown
    assert said(build_folder)[1:] == [("A First Title", "2409.00002", ())]


def test_back_on_an_entry_with_rejections_takes_these_back_first(build_folder: Path) -> None:
    reviewed(build_folder, "n", "r 1", "b")
    assert said(build_folder) == [("A First Title", None, ())]
    shown = reviewed(build_folder, "r 1", "b", "b")
    assert said(build_folder) == [("A First Title", None, ())]
    assert "1 decided before" in shown


def test_a_file_changed_by_hand_meanwhile_is_not_put_back(build_folder: Path) -> None:
    path = build_folder.parent / "overrides.toml"
    asked: list[str] = []

    def edit() -> None:
        asked.append("")
        if len(asked) == 2:
            path.write_text(path.read_text() + "# a note of mine\n")

    shown = reviewed(build_folder, "1", "b", "2", look=edit)
    assert "it was changed by hand since" in shown
    assert "# a note of mine\n\n[[entry]]" in path.read_text()
    assert [decided[1] for decided in said(build_folder)] == ["2409.00001", "2409.00002"]


def test_what_is_decided_already_is_passed_over_and_counted(build_folder: Path) -> None:
    reviewed(build_folder, "1", "r 1", "s", "q")
    shown = reviewed(build_folder, "1", "n", "s")
    assert "Entry 1 of 3" in shown
    assert "rejected" in shown
    assert "1 accepted, 1 not on arXiv, 1 skipped, 1 decided before.\n" in shown
    assert "Run `digest-graph build` again to use them, with\n  --overrides" in shown
    assert said(build_folder)[1] == (TITLES[1], "2409.00001", ())


def test_where_nothing_is_undecided_it_says_so_and_where_no_build_is_how_to_make_one(
    tmp_path: Path,
) -> None:
    shown = reviewed(written_build(tmp_path / "out", record("A", 1, verdict="matched")))
    assert shown.startswith("No entry of this build is undecided")
    with pytest.raises(DataError, match="digest-graph build"):
        reviewed(tmp_path / "nowhere")
    with pytest.raises(DataError, match="of another version"):
        reviewed(written_build(tmp_path / "out", {"about": "entry"}))


def test_a_screen_shows_five_candidates_with_what_speaks_for_and_against_each(
    tmp_path: Path,
) -> None:
    one = record("논문 제목이 " * 9 + "Grows", 7, authors=["Ann Lee", "김철수"])
    shown = reviewed(written_build(tmp_path / "out", one), width=60)
    assert max(cell_len(line) for line in shown.splitlines()) <= 60
    assert "\x1b" not in shown
    assert "Entry 1 of 1   notes/a.txt:7, 2024-09-05" in shown
    assert "Ann Lee, 김철수" in shown
    assert "https://arxiv.org/abs/2409.00005" in shown
    assert "2409.00006" not in shown
    assert "2 more: digest-graph explain notes/a.txt:7" in shown
    assert "against: the numbers differ; another title" in shown
    coloured = reviewed(tmp_path / "out", force_terminal=True, color_system="standard")
    assert "\x1b[1;31m4\x1b[0m" in coloured
    assert "\x1b[1;31mGrows" not in coloured


def test_a_hostile_title_reaches_neither_the_terminal_nor_the_file_raw(tmp_path: Path) -> None:
    folder = written_build(tmp_path / "out", record(HOSTILE, 3, reason=HOSTILE, authors=[HOSTILE]))
    shown = reviewed(folder, f"i {HOSTILE}", "1")
    kept = (tmp_path / "overrides.toml").read_text()
    control = {c for c in shown + kept if unicodedata.category(c) in ("Cc", "Cf")}
    assert control == {"\n"}
    assert said(folder) == [(HOSTILE, "2409.00001", ())]


def test_a_linked_file_stays_a_link_and_a_second_review_is_refused(build_folder: Path) -> None:
    link = build_folder.parent / "overrides.toml"
    target = build_folder.parent / "kept" / "mine.toml"
    target.parent.mkdir()
    target.write_text("# mine\n")
    target.chmod(0o640)
    link.symlink_to(target)
    reviewed(build_folder, "1", "n", "b", "q")
    assert link.is_symlink()
    assert target.read_text().startswith("# mine\n\n[[entry]]\n")
    assert target.stat().st_mode & 0o777 == 0o640
    with sole_review(target), pytest.raises(OverridesError, match="another review"):
        reviewed(build_folder, "2")
    reviewed(build_folder, "q")


def test_a_killed_review_loses_no_decision(build_folder: Path) -> None:
    path = build_folder.parent / "overrides.toml"
    command = [sys.executable, "-c", KILLED, str(build_folder), str(path)]
    done = subprocess.run(command, cwd=PROJECT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert said(build_folder) == [(TITLES[0], "2409.00001", ()), (TITLES[1], None, ())]
    assert "Entry 1 of 2" in reviewed(build_folder, "q")


def test_explain_says_against_each_other_candidate_what_speaks_within_80_columns(
    tmp_path: Path,
) -> None:
    one = record("A \x1b[2J Title " * 9, 7, arxiv_id="2409.00001", checked="2026-11-20")
    told = explanation("notes/a.txt:8", written_build(tmp_path / "out", one))
    assert "All of arXiv up to 2026-11-20 was looked through." in told
    assert told.count("against it: the numbers differ") == 6
    assert max(map(len, told.splitlines())) <= 80
    assert "\x1b" not in told


def test_the_next_build_does_as_the_review_said(tmp_path: Path) -> None:
    text = (
        "2024-09-05\nGeneral OCR Theory 3: Towards OCR-4.0 via Models\n(Ann Lee)\n좋다.\n#a\n\n"
        "A Title That Nobody Knows Of\n(Ann Lee)\n#b\n"
    )
    folder = tmp_path / "out"
    found = built_from(tmp_path, text)
    write(found, folder)
    before, _ = found.matches
    nearest = before.candidates[0].arxiv_id
    reviewed(folder, "r 1", "", "n")
    rejected, absent = built_from(tmp_path, text).matches
    assert nearest not in [candidate.arxiv_id for candidate in rejected.candidates]
    assert (absent.verdict, absent.decided_by) == ("not_on_arxiv", "override")
    reviewed(folder, "1")
    accepted, _ = built_from(tmp_path, text).matches
    assert (accepted.arxiv_id, accepted.decided_by) == (nearest, "override")
