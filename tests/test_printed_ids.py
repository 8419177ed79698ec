"""Each arXiv id that a file prints is an entry's own, a mention, or told to be nowhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loaded_commands import run

from benchmarks.reading import others
from pipeline.build.reading import accounts
from pipeline.build.run import Inputs, build
from pipeline.digests.printed import account_of, scanned_ids
from pipeline.export.report import BUILD_FILE
from pipeline.model.id_ledger import ledger_line
from pipeline.model.ids import printed_ids
from pipeline.model.records import Entry, InputFile, Skip

ENTRY = Entry(
    "a.txt", 2, 4, None, "T", None, False, "of 2401.00004", None, (), "2409.02326", (), ()
)

FORMS = [
    "2409.02326", "arXiv:2409.02326v2", "arxiv: 2409.02326", "https://arxiv.org/abs/2409.02326v1",
    "[x](https://arxiv.org/pdf/2409.02326.pdf)", "<http://xxx.lanl.gov/abs/2409.02326>",
    "https://hf.co/papers/2409.02326", "https://doi.org/10.48550/arXiv.2409.02326",
    "https://a.org/notes/2409.02326.md", "(2409.02326, 2310.10638)", "2024arXiv240902326W",
    "https://papers.cool/arxiv/kimi?paper=2409.02326", "hep-th/9901001", "arXiv:0704.0001",
    "https://arxiv.org/abs/math.GT/0309136", "arxiv.org/ftp/arxiv/papers/2409/2409.02326.pdf",
    "$2409.02326", "10.1145/2409.02326", "2409.023261", "a2409.02326", "2413.02326", "1409.0473",
    "2409.02326%", "https://a.org/2409.02326_1.png", "v2409.02326", "12:30 2024.10.01",
    r"https:\/\/arxiv.org\/abs\/2409.02326", "https://a.org/?u=https%3A%2F%2Farxiv.org%2F2409.02326",
]  # fmt: skip


def document(text: str | bytes, name: str = "a.txt") -> InputFile:
    content = text.encode() if isinstance(text, str) else text
    return InputFile(name, lambda: iter([content]))


def scanned(text: str) -> set[str]:
    return {found.arxiv_id for found in scanned_ids(document(text))}


@pytest.mark.parametrize("form", FORMS)
def test_the_scan_and_the_readers_agree_on_what_is_printed(form: str) -> None:
    plain = form.replace("\\/", "/")
    assert scanned(f"see {form} there") == {p.arxiv_id for p in printed_ids(f"see {plain} there")}


@given(st.lists(st.sampled_from([*FORMS[:26], "그리고", "and", "(", ").", "|", "* "]), max_size=12))
def test_they_agree_however_the_forms_stand_together(parts: Sequence[str]) -> None:
    text = " ".join(parts)
    assert scanned(text) == {printed.arxiv_id for printed in printed_ids(text)}


def test_each_id_is_accounted_for_once_by_its_first_line() -> None:
    text = "2310.10638\n\n2409.02326 2409.02326\n2401.00004\n\n2401.00005\n2401.00006\n"
    skip = Skip("digests", "a.txt:6", "no paper is named in lines 6-7.")
    account = account_of(document(text), [ENTRY, skip])
    assert [(p.arxiv_id, p.line, p.place, p.why) for p in account.printed] == [
        ("2310.10638", 1, "nowhere", None),
        ("2409.02326", 3, "own", None),
        ("2401.00004", 4, "nowhere", "within the abstract of the entry at line 2"),
        ("2401.00005", 6, "nowhere", f"left out: {skip.reason}"),
        ("2401.00006", 7, "nowhere", f"left out: {skip.reason}"),
    ]


def test_the_ledger_is_in_the_report_on_screen_and_asked_for_by_parse(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(
        "@misc{a, title={A Title}, eprint={2409.02326}, note={Like arXiv:2310.10638.},\n"
        " abstract={It follows arXiv:2401.00004.}}\n"
    )
    said = "3 arXiv ids printed: 1 own, 1 mentioned, 1 nowhere (1 explained)."
    done = run("parse", path, "--ids")
    assert done.stdout.splitlines() == [
        f"{path}:2: 2401.00004 is nowhere: within the abstract of the entry at line 1", said
    ]  # fmt: skip
    listed = [
        json.loads(line) for line in run("parse", path, "--ids", "--json").stdout.splitlines()
    ]
    assert [(one["arxiv_id"], one["line"], one["place"]) for one in listed] == [
        ("2409.02326", 1, "own"), ("2310.10638", 1, "mention"), ("2401.00004", 2, "nowhere"),
    ]  # fmt: skip
    built = build(Inputs((path,), kept_in=tmp_path))
    assert ledger_line(built.printed) == said
    assert build(Inputs((path,), kept_in=tmp_path)).printed == built.printed
    report = b"".join(map(bytes, BUILD_FILE.pieces(built))).decode()
    assert f"- `{path}:2` 2401.00004: within the abstract of the entry at line 1" in report


def test_no_id_of_the_gold_notes_is_lost(shared: Path) -> None:
    told = list(accounts([shared / "gold" / "notes", shared / "gold" / "digests"]))
    assert sum(len(account.printed) for account in told) > 700
    assert [each for account in told for each in account.printed if each.place == "nowhere"] == []


def test_nothing_that_other_people_print_is_lost() -> None:
    found = others.sources(others.INVENTED)
    assert {
        source.name: source.counts["nowhere"] for source in found if source.counts["nowhere"]
    } == {}
    notes = [source for source in found if source.name.startswith("notes")]
    assert [(s.first, s.with_ids) for s in notes] == [(s.with_ids, s.with_ids) for s in notes]
    lists = [source for source in found if source not in notes]
    assert sum(s.counts["own"] for s in lists) == sum(s.counts["printed"] for s in lists) == 15


def test_nothing_is_lost_of_the_wild_files_and_the_cases(shared: Path) -> None:
    wild = others.sources(shared / "wild")
    printed, lost = (sum(s.counts[name] for s in wild) for name in ("printed", "nowhere"))
    assert printed > 1_500
    assert lost <= 0.002 * printed
    cases = [path for path in (shared / "cases" / "reading").iterdir() if path.is_dir()]
    told = [(account.file, each) for account in accounts(cases) for each in account.printed]
    assert [each for each in told if each[1].place == "nowhere" and not each[1].why] == []


def test_a_text_of_gigabytes_is_scanned_in_parts_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "a line",
        "2409.02326 on two",
        "",
        "a long line " + "of words " * 40 + "2310.10638",
        "x",
    ]
    content = "\r\n".join([*lines, *lines, "1706.03762", "é" * 9, "2401.00001"]).encode()
    pieces = [content[at : at + 20] for at in range(0, len(content), 20)]
    whole = scanned_ids(InputFile("a.txt", lambda: iter([content])))
    assert [scanned.line for scanned in whole] == [2, 4, 11, 13]
    for characters in (25, 64, 100, 400):
        monkeypatch.setattr("pipeline.digests.printed._PIECE", characters)
        assert scanned_ids(InputFile("a.txt", lambda: iter(pieces))) == whole, characters


def test_what_is_no_text_is_scanned_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.digests.printed._MOST_BYTES", 100)
    pieces = [b"\0" * 50 + b"\n", *[b"2409.02326\n" + b"\0" * 40] * 2, b"2310.10638\n"]
    found = scanned_ids(InputFile("a.bin", lambda: iter(pieces)))
    assert [(scanned.arxiv_id, scanned.line) for scanned in found] == [("2409.02326", 2)]
