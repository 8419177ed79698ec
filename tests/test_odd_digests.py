"""Digests as people really type them: nothing invented, nothing lost, nothing read twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, built_from
from loaded_commands import run
from test_commands import NOTE
from test_digests import only_entry, read

from pipeline.build.run import Inputs, build
from pipeline.digests.prose import tags_of_line
from pipeline.model.ids import printed_ids
from pipeline.model.records import Entry, Skip
from pipeline.store.inputs import documents


@pytest.mark.parametrize(
    "remark",
    [
        "(강력 추천)",
        "(Update)",
        "(ICLR 2025)",
        "(NeurIPS 2024 Oral)",
        "(관련 논문, 참고)",
        "(참고)",
    ],
)
@pytest.mark.parametrize("before", ["정말 재미있는 논문입니다.", "A really nice paper."])
def test_a_remark_in_parentheses_makes_no_paper(before: str, remark: str) -> None:
    entry = only_entry(f"2024-09-05\nA Title\n(Ann Lee, Bo Kim)\n{before}\n{remark}\n#a")
    assert entry.commentary == f"{before}\n{remark}"


@pytest.mark.parametrize(
    ("printed", "names", "complete"),
    [
        ("(Haoran Wei et al.)", ("Haoran Wei",), False),
        ("(Ann Lee, Bo Kim 외 10명)", ("Ann Lee", "Bo Kim"), False),
        ("(Wei, Yuxiang; Han, Hojae)", ("Yuxiang Wei", "Hojae Han"), True),
        ("(Wei, Yuxiang and van Dam, Bo)", ("Yuxiang Wei", "Bo van Dam"), True),
        ("(Wei, Y., Ruiz Paz, B., and Kim, M.-J.)", ("Y. Wei", "B. Ruiz Paz", "M.-J. Kim"), True),
        ("(Ann Lee, Bo Kim and Cy Oh)", ("Ann Lee", "Bo Kim", "Cy Oh"), True),
        ("(Ann Lee & Bo Kim)", ("Ann Lee", "Bo Kim"), True),
        ("(Sammy Davis, Jr., Bo Kim)", ("Sammy Davis, Jr.", "Bo Kim"), True),
        ("(김민준, Bo Kim)", ("김민준", "Bo Kim"), True),
    ],
)
def test_common_forms_of_author_lists(printed: str, names: tuple[str, ...], complete: bool) -> None:
    entry = only_entry(f"2024-09-05\nA Title\n{printed}\n좋다.\n#a")
    assert (entry.authors, entry.authors_complete) == (names, complete)


@pytest.mark.parametrize(
    "head",
    [
        "{}\nA Title\n(Ann Lee, Bo Kim)",
        "A Title\n{}\n(Ann Lee, Bo Kim)",
        "A Title\n(Ann Lee, Bo Kim)\n{}",
    ],
)
@pytest.mark.parametrize(
    "link", ["https://arxiv.org/abs/2501.00001?context=cs", "arXiv: 2501.00001", "2501.00001v2"]
)
def test_a_link_line_may_stand_anywhere_in_the_head(head: str, link: str) -> None:
    entry = only_entry(f"2024-09-05\n{head.format(link)}\n좋다.\n#a")
    assert (entry.title, entry.authors) == ("A Title", ("Ann Lee", "Bo Kim"))
    assert (entry.arxiv_id, entry.mentions) == ("2501.00001", ())


def test_tags_may_hold_marks_and_end_in_a_stop_or_a_particle() -> None:
    assert tags_of_line("#c++ #한국어 #C#") == ("c++", "한국어", "C#")
    assert tags_of_line("#code #llm.") == ("code", "llm")
    assert tags_of_line("＃code #llm에서") == ("code", "llm")


def test_a_bare_id_may_carry_a_korean_particle() -> None:
    assert [found.arxiv_id for found in printed_ids("2310.10638과 비슷")] == ["2310.10638"]


def test_a_title_without_authors_is_in_the_graph_with_its_tags_and_mentions(tmp_path: Path) -> None:
    note = "2024-09-05\nA Paper Nobody Knows\n코멘트 https://arxiv.org/abs/2310.10638 참고\n#x\n"
    found = built_from(tmp_path, note)
    assert sorted(edge["kind"] for edge in found.edges.to_pylist() if edge["source"][0] == "w") == [
        "mentions", "tagged",
    ]  # fmt: skip


def test_an_unknown_paper_read_on_both_sides_of_new_year_is_one_node(tmp_path: Path) -> None:
    entry = "A Paper Nobody Knows\n(Ann Lee, Bo Kim)\n좋다.\n#a\n"
    found = built_from(tmp_path, f"2023-12-31\n{entry}2024-01-02\n{entry}")
    assert found.nodes["kind"].to_pylist().count("paper") == 1


def test_the_outputs_are_never_read_as_digests(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(NOTE)
    for _ in range(2):
        done = run("build", ".", "-o", "out", cwd=tmp_path)
        assert "1 entry" in done.stdout
    done = run("build", ".", "-o", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "Give -o another folder" in done.stderr


@pytest.mark.parametrize("text", ["import os\nprint(os.name)\n", '{"a": [1, 2]}', "그냥 일기다.\n"])
def test_a_text_that_is_no_digest_is_said_to_be_none(text: str) -> None:
    (skip,) = read(text)
    assert isinstance(skip, Skip)
    assert "no digest" in skip.reason


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "overrides.toml").write_text("")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / os.fsdecode(b"\xb3\xed.txt")).write_text(NOTE)
    found = list(documents([tmp_path]))
    told = {Path(skip.key).name: skip.reason for skip in found if isinstance(skip, Skip)}
    assert "Give a pipe as - instead" in told["pipe"]
    assert "Move it to" in told["overrides.toml"]
    assert [Path(d.file).name for d in found if not isinstance(d, Skip)] == ["\\xb3\\xed.txt"]
    assert len(build(Inputs((tmp_path,))).matches) == 1


def test_a_title_with_a_line_separator_can_be_explained(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("2024-09-05\nA Title\u2028Of Two\n(Ann Lee, Bo Kim)\n#a\n")
    run("build", tmp_path / "notes.txt", "-o", tmp_path / "out")
    done = run("explain", "A Title Of Two", "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_of_another_encoding_gets_escapes_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp949")
    (tmp_path / "notes.txt").write_text("2024-09-05\nCafé Ünïcode\n(Ann Lee, Bo Kim)\n#a\n")
    command = [sys.executable, "-m", "pipeline", "parse", str(tmp_path / "notes.txt")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Caf\\xe9" in done.stdout


def test_every_entry_of_a_mixed_file_is_kept() -> None:
    text = "2024-09-05\nOne Title\n(Ann Lee, Bo Kim)\n좋다.\n#a\n제목 없는 글이다.\n#b\n"
    assert [e.line_start for e in read(text) if isinstance(e, Entry)] == [2, 6]
