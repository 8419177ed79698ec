"""`digest-graph notes`: what is written into a vault, what stays, and what a build reads of it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, SEED
from typer.testing import CliRunner

from pipeline.build.run import Inputs, build, write
from pipeline.cli.app import app
from pipeline.notes.flavours import FLAVOURS
from pipeline.notes.names import file_name

OWN_NOTE = (
    "\ufeff---\r\ntags: [ocr]\r\n---\r\n# General OCR Theory: Towards OCR-2.0 via a Unified "
    "End-to-end Model\r\nhttps://arxiv.org/abs/2409.01704\r\n\r\nGood words."
).encode()


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed digest, and a vault with one note about one of its papers."""
    home = tmp_path_factory.mktemp("reader")
    (home / "vault" / ".obsidian").mkdir(parents=True)
    (home / "vault" / "GOT notes.md").write_bytes(OWN_NOTE)
    write(build(Inputs((SEED, home / "vault"))), home / "out")
    return home / "out"


@pytest.fixture
def vault(outputs: Path) -> Any:
    """The vault, as it was again after the test."""
    folder = outputs.parent / "vault"
    yield folder
    shutil.rmtree(folder)
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "GOT notes.md").write_bytes(OWN_NOTE)


def notes(outputs: Path, *arguments: object) -> str:
    command = ["notes", *map(str, arguments), "-o", str(outputs)]
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def wikilinks(text: str) -> list[str]:
    return [found.partition("|")[0] for found in re.findall(r"\[\[([^\[\]]+)\]\]", text)]


def test_each_paper_read_has_a_note_or_a_block_in_the_readers_own(
    outputs: Path, vault: Path
) -> None:
    said = notes(outputs, "--into", vault / "Papers")
    assert said == "new note: 6, new block: 1.\n"
    own = (vault / "GOT notes.md").read_bytes()
    assert own.startswith(OWN_NOTE + b"\r\n\r\n<!-- digest-graph begin arxiv:2409.01704 ")
    assert own.endswith(b"<!-- digest-graph end -->\r\n")
    assert b"\n" not in own.replace(b"\r\n", b"")
    made = next((vault / "Papers").glob("Building Math Agents*")).read_text()
    assert 'arxiv: "2409.02392"\n' in made
    assert "year: 2024\n" in made
    assert "shared references" in made
    assert "**It cites these, which you have not read**" in made
    assert (
        "[[GOT notes|General OCR Theory: Towards OCR-2.0 via a Unified End-to-end Model]]" in made
    )


def test_every_wikilink_leads_to_one_note(outputs: Path, vault: Path) -> None:
    (vault / "Old").mkdir()
    twin = "Building Math Agents with Multi-Turn Iterative Preference Learning.md"
    (vault / "Old" / twin).write_text("Words of mine.\n")
    notes(outputs, "--read", "Wei Xiong", "#llm", "--into", vault / "Papers")
    stems = [path.relative_to(vault).with_suffix("").as_posix() for path in vault.rglob("*.md")]
    found = {link for path in vault.rglob("*.md") for link in wikilinks(path.read_text())}
    assert "Papers/Building Math Agents with Multi-Turn Iterative Preference Learning" in found
    assert "Wei Xiong" in found
    for link in found:
        assert sum(f"/{stem}".endswith(f"/{link}") for stem in stems) == 1, link


def test_a_second_run_changes_no_byte_and_undo_gives_back_every_byte(
    outputs: Path, vault: Path
) -> None:
    before = files(vault)
    notes(outputs, "--into", vault / "Papers", "--canvas")
    once = files(vault)
    assert "as it was: 7, canvas as it was: 7" in notes(
        outputs, "--into", vault / "Papers", "--canvas"
    )
    assert files(vault) == once
    notes(outputs, "--into", vault / "Papers", "--undo")
    assert files(vault) == before
    assert not (vault / "Papers").exists()


def test_an_empty_folder_of_the_reader_stays(outputs: Path, vault: Path) -> None:
    (vault / "Papers").mkdir()
    assert "new block: 1" in notes(outputs, "2409.01704", "--into", vault / "Papers")
    assert (vault / "Papers").is_dir()


def test_a_dry_run_shows_a_diff_and_writes_nothing(outputs: Path, vault: Path) -> None:
    before = files(vault)
    shown = notes(outputs, "2409.01704", "2409.02326", "--into", vault / "Papers", "--dry-run")
    assert files(vault) == before
    assert not (vault / "Papers").exists()
    assert "--- /dev/null\n+++ b/" in shown
    assert "+<!-- digest-graph begin arxiv:2409.01704" in shown
    assert " https://arxiv.org/abs/2409.01704\n" in shown
    assert "Nothing was written" in shown


@pytest.mark.parametrize("style", list(FLAVOURS))
def test_a_build_reads_nothing_of_what_was_written(
    outputs: Path, vault: Path, tmp_path: Path, style: str
) -> None:
    first = build(Inputs((SEED, vault)))
    asked = ("--read", "Wei Xiong", "--into", vault / "Papers", "--canvas", "--style", style)
    notes(outputs, *asked)
    again = build(Inputs((SEED, vault)))
    assert again.nodes.equals(first.nodes)
    assert again.edges.equals(first.edges)
    assert again.printed == first.printed
    passed = [skip.reason for skip in again.skips if "wrote" in skip.reason]
    assert passed == [
        f"no digests, and passed over: files that `digest-graph notes` wrote ({7 + 8})."
    ]


@pytest.mark.parametrize("style", list(FLAVOURS))
def test_words_of_the_reader_in_a_written_note_are_read_as_theirs(
    outputs: Path, vault: Path, style: str
) -> None:
    notes(outputs, "2409.02326", "--into", vault / "Papers", "--style", style)
    (made,) = (vault / "Papers").iterdir()
    mine = "Read this twice, see https://arxiv.org/abs/2310.10638.\n"
    made.write_text(made.read_text() + ("- " if style == "logseq" else "") + mine)
    read = {match.entry.file: match.entry for match in build(Inputs((vault,))).matches}
    entry = read[str(made)]
    assert entry.arxiv_id == "2409.02326"
    assert (entry.title or "").startswith("Arctic-SnowCoder")
    assert "Read this twice" in (entry.commentary or "")
    assert [mention.arxiv_id for mention in entry.mentions] == ["2310.10638"]
    assert entry.date is None
    assert not entry.tags
    notes(outputs, "--into", vault / "Papers", "--undo")
    assert "Read this twice" in made.read_text()
    assert "digest-graph begin" not in made.read_text()


def test_what_the_reader_changed_in_a_block_is_not_lost_in_silence(
    outputs: Path, vault: Path
) -> None:
    into = ("2409.01704", "--into", vault / "Papers")
    notes(outputs, *into)
    own = vault / "GOT notes.md"
    mine = own.read_bytes().replace(b"**Related papers**", b"**Related papers, I checked**")
    own.write_bytes(mine)
    for more in ((), ("--undo",)):
        assert "you changed what is in its block" in notes(outputs, *into, *more)
        assert own.read_bytes() == mine
    notes(outputs, *into, "--replace")
    assert b"I checked" not in own.read_bytes()
    notes(outputs, *into, "--undo")
    assert own.read_bytes() == OWN_NOTE


def test_words_around_a_block_stay_when_it_is_written_anew(outputs: Path, vault: Path) -> None:
    into = ("2409.01704", "--into", vault / "Papers")
    notes(outputs, *into)
    own = vault / "GOT notes.md"
    own.write_bytes(own.read_bytes() + b"Below it.\r\n")
    notes(outputs, *into, "--most", 2)
    assert own.read_bytes().startswith(OWN_NOTE)
    assert own.read_bytes().endswith(b"<!-- digest-graph end -->\r\nBelow it.\r\n")
    notes(outputs, *into, "--undo")
    assert own.read_bytes() == OWN_NOTE + b"Below it.\r\n"


def test_a_folder_that_builds_leave_out_is_known_again(outputs: Path, vault: Path) -> None:
    (vault / ".digestignore").write_text("Papers/\n")
    notes(outputs, "--into", vault / "Papers")
    once = files(vault)
    notes(outputs, "--into", vault / "Papers")
    assert files(vault) == once
    notes(outputs, "--into", vault / "Papers", "--undo")
    assert sorted(files(vault)) == [".digestignore", "GOT notes.md"]


def test_json_tells_of_each_file_what_was_done_or_why_not(outputs: Path, vault: Path) -> None:
    (vault / "GOT notes.md").write_bytes(OWN_NOTE.decode("utf-8-sig").encode("utf-16"))
    asked = ("2409.01704", "#llm", "--into", vault / "Papers", "--json")
    left, done = map(json.loads, notes(outputs, *asked).splitlines())
    assert (done["node"], done["done"], done["why"]) == ("tag:llm", "new note", None)
    assert done["file"] == str(vault / "Papers" / "llm.md")
    assert (left["done"], left["why"][:16]) == (None, "it is not UTF-8.")


def test_apart_writes_a_note_beside_the_readers_own(outputs: Path, vault: Path) -> None:
    notes(outputs, "2409.01704", "--into", vault / "Papers", "--apart")
    assert (vault / "GOT notes.md").read_bytes() == OWN_NOTE
    assert len(list((vault / "Papers").iterdir())) == 1


def test_a_note_of_another_with_that_name_is_never_written_over(outputs: Path, vault: Path) -> None:
    (vault / "Papers").mkdir()
    (vault / "Papers" / "Wei xiong.md").write_text("A friend.\n")
    notes(outputs, "Wei Xiong", "--into", vault / "Papers")
    assert (vault / "Papers" / "Wei xiong.md").read_text() == "A friend.\n"
    assert (vault / "Papers" / "Wei Xiong (weixiong).md").is_file()


def test_the_canvas_opens_the_notes_that_there_are(outputs: Path, vault: Path) -> None:
    notes(outputs, "2409.01704", "2409.02392", "--into", vault / "Papers", "--canvas")
    drawn = {path.stem[:8]: json.loads(path.read_text()) for path in vault.rglob("*.canvas")}
    cards = {card["id"]: card for card in drawn["General "]["nodes"]}
    assert cards["arxiv:2409.01704"]["file"] == "GOT notes.md"
    assert cards["tag:ocr"]["type"] == "text"
    moved = next(vault.rglob("General*.canvas"))
    moved.write_text(moved.read_text().replace('"x": ', '"x": 1', 1))
    assert "you changed this canvas" in notes(
        outputs, "2409.01704", "--into", vault / "Papers", "--canvas"
    )


def test_a_note_that_cannot_be_written_is_told_and_the_others_are(
    outputs: Path, vault: Path
) -> None:
    (vault / "Papers" / f"{file_name('Wei Xiong', '')}.md").mkdir(parents=True)
    said = notes(outputs, "Wei Xiong", "#llm", "--into", vault / "Papers")
    assert re.search(r"left as it is: \S+Wei Xiong.md: Is a directory", said)
    assert (vault / "Papers" / "llm.md").is_file()


def test_a_note_that_is_read_only_is_left_and_told(outputs: Path, vault: Path) -> None:
    (vault / "GOT notes.md").chmod(0o444)
    said = notes(outputs, "2409.01704", "#llm", "--into", vault / "Papers")
    assert re.search(r"left as it is: .*GOT notes.md: it is read-only", " ".join(said.split()))
    assert (vault / "GOT notes.md").read_bytes() == OWN_NOTE
    assert (vault / "Papers" / "llm.md").is_file()


def test_a_note_that_is_no_utf_8_is_left(outputs: Path, vault: Path) -> None:
    text = OWN_NOTE.decode("utf-8-sig").encode("utf-16")
    (vault / "GOT notes.md").write_bytes(text)
    assert "it is not UTF-8" in notes(outputs, "2409.01704", "--into", vault / "Papers")
    assert (vault / "GOT notes.md").read_bytes() == text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2409.99999", "--into", "Papers"], "in this graph is called"),
        (["--into", str(SEED)], "is a file. Give a folder"),
        (["--into", "Papers", "--vault", "digests"], "is not within --vault"),
        (["category:cs.CV", "--into", "Papers"], "in this graph is called"),
        (["--into", "Papers", "--style", "word"], "word"),
    ],
)
def test_what_cannot_be_done_is_said(outputs: Path, arguments: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["notes", *arguments, "-o", str(outputs)])
    assert done.exit_code != 0
    assert told in f"{done.exception}{done.output}"


def test_the_example_of_the_help_is_that_of_the_docs() -> None:
    shown = CliRunner().invoke(app, ["notes", "--help"]).stdout
    assert "digest-graph notes --into ~/vault/Papers --undo" in " ".join(shown.split())
    assert "digest-graph notes" in (PROJECT / "docs" / "notes.md").read_text()
