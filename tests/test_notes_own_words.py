"""`digest-graph notes`: the reader's own words in a note, where they stand, and in what form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_notes_written import notes

from pipeline.build.run import Inputs, build, write
from pipeline.notes.flavours import FLAVOURS


@pytest.mark.parametrize("style", sorted(FLAVOURS))
def test_a_note_on_a_paper_of_a_file_of_several_has_the_readers_words_and_leads_there(
    tmp_path: Path, style: str
) -> None:
    (tmp_path / "vault").mkdir()
    weekly = tmp_path / "vault" / "week 36.md"
    weekly.write_text(
        "2024-09-02\n\nhttps://arxiv.org/abs/2409.00001\n\nMaps of *Odd* Things (Ann Lee)\n\n"
        "I doubt that [it] scales, see [BYOL](https://a.org/x).\n\n"
        "https://arxiv.org/abs/2409.00002\n\nMaps of Even Things (Bo Kim)\n\nGood.\n",
        encoding="utf-8",
    )
    write(build(Inputs((tmp_path / "vault",))), tmp_path / "out")
    into = tmp_path / "vault" / "Papers"
    notes(tmp_path / "out", "2409.00001", "--into", into, "--style", style)
    (text,) = (path.read_text(encoding="utf-8") for path in into.iterdir())
    link = {
        "obsidian": "- [[week 36]]: ",
        "logseq": "- [[week 36]]: ",
        "org": "- [[file:../week 36.md][week 36]]: ",
    }[style]
    said = {
        "obsidian": r"I doubt that \[it\] scales, see \[BYOL\](https://a.org/x).",
        "logseq": r"I doubt that \[it\] scales, see \[BYOL\](https://a.org/x).",
        "org": "I doubt that (it) scales, see [[https://a.org/x][BYOL]].",
    }[style]
    assert f"{link}{said}\n" in text
    assert "Good." not in text


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        (["a.org", "b/c.org"], ".org"),
        (["a.org", "b.md"], ".md"),
        (["a.org", ".obsidian/app.json"], ".md"),
        (["a.org", "logseq/config.edn"], ".md"),
        ([], ".md"),
    ],
)
def test_a_folder_of_org_files_gets_notes_in_org(
    seed_outputs: Path, tmp_path: Path, kept: list[str], written: str
) -> None:
    for name in kept:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    shown = notes(
        seed_outputs, "2409.02326", "--into", tmp_path, "--vault", tmp_path, "--apart", "--dry-run"
    )
    (name,) = re.findall(r"^\+\+\+ b/(.+)$", shown, re.MULTILINE)
    assert Path(name).suffix == written


def test_a_folder_beside_one_called_logseq_is_no_vault_of_logseq(tmp_path: Path) -> None:
    """Who has `~/logseq` and `~/org` gets nothing written into the one by notes for the other."""
    paper = "#+title: Maps of Odd Things\n\nhttps://arxiv.org/abs/2409.00001\n"
    (tmp_path / "logseq" / "pages").mkdir(parents=True)
    (tmp_path / "org").mkdir()
    for folder in ("logseq/pages", "org"):
        (tmp_path / folder / "maps.org").write_text(paper, encoding="utf-8")
    write(build(Inputs((tmp_path / "logseq",))), tmp_path / "out")
    notes(tmp_path / "out", "--into", tmp_path / "logseq" / "pages")
    other = (tmp_path / "logseq" / "pages" / "maps.org").read_bytes()
    write(build(Inputs((tmp_path / "org",))), tmp_path / "out")
    assert notes(tmp_path / "out", "--into", tmp_path / "org", "--most", 3) == "new block: 1.\n"
    assert (tmp_path / "logseq" / "pages" / "maps.org").read_bytes() == other


@pytest.mark.parametrize("name", ["2024-09-03.md", "2024_09_03.md", "2024-W36.md", "20240903.org"])
def test_a_page_of_a_diary_is_no_note_about_the_one_paper_on_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "vault").mkdir()
    page = tmp_path / "vault" / name
    page.write_text("- [Maps of Odd Things](https://arxiv.org/abs/2409.00001) Good.\n")
    before = page.read_bytes()
    write(build(Inputs((tmp_path / "vault",))), tmp_path / "out")
    assert "new note: 1" in notes(tmp_path / "out", "--into", tmp_path / "vault" / "Papers")
    assert page.read_bytes() == before


def test_logseq_finds_the_pages_that_are_linked(tmp_path: Path) -> None:
    kept = {
        "logseq/config.edn": '{:journal/page-title-format "EEE, dd.MM.yyyy"}',
        "journals/2024_09_03.md": "- [Maps](https://arxiv.org/abs/2409.00001) Good.\n",
        "pages/odd.md": "title:: Odd: Things\n\n- arxiv.org/abs/2409.00002 like 2409.00003\n",
        "pages/ml___even%3F.md": "arxiv:: 2409.00003\n\n- Fine, as 2409.00002\n",
    }
    for name, text in kept.items():
        (tmp_path / "graph" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "graph" / name).write_text(text, encoding="utf-8")
    write(build(Inputs((tmp_path / "graph",))), tmp_path / "out")
    notes(tmp_path / "out", "--into", tmp_path / "graph" / "pages")
    pages = {path.name: path.read_text() for path in (tmp_path / "graph" / "pages").iterdir()}
    assert "[[ml/even?]]" in pages["odd.md"]
    assert "[[Odd: Things]]" in pages["ml___even%3F.md"]
    assert any("[[Tue, 03.09.2024]]" in text for text in pages.values())


def test_org_links_a_file_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "org").mkdir()
    drawer = ":PROPERTIES:\n:ROAM_REFS: https://arxiv.org/abs/2409.00001\n:ID: 2024-ab\n:END:\n"
    (tmp_path / "org" / "a.org").write_text(f"{drawer}#+title: Maps of Odd Things\n\nGood.\n")
    (tmp_path / "org" / "b.org").write_text(
        "#+title: Maps of Even Things\nhttps://arxiv.org/abs/2409.00002\n\nAs in 2409.00001.\n"
    )
    write(build(Inputs((tmp_path / "org",))), tmp_path / "out")
    assert notes(tmp_path / "out", "--into", tmp_path / "org") == "new block: 2.\n"
    assert "[[id:2024-ab][Maps of Odd Things]]" in (tmp_path / "org" / "b.org").read_text()
    assert "[[file:b.org][Maps of Even Things]]" in (tmp_path / "org" / "a.org").read_text()
    assert notes(tmp_path / "out", "--into", tmp_path / "org") == "as it was: 2.\n"
