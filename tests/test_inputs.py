"""What a user may give to read: files, folders, patterns, archives, standard input."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT
from loaded_commands import run
from test_commands import NOTE

from pipeline.build.run import Inputs, build
from pipeline.model.errors import UsageError
from pipeline.model.records import Entry, IdAccount, InputFile, Skip
from pipeline.store.inputs import documents, found_inputs
from pipeline.store.memory import NAME, memory_in
from pipeline.store.parsed import ReadFile, fingerprint, keep_file, known_file

FIELDS = {
    *("file", "line_start", "line_end", "date", "title", "authors", "authors_complete"),
    *("abstract", "commentary", "tags", "arxiv_id", "links", "mentions"),
    *("date_precision", "names", "published", "venue", "doi", "citation"),
}


def names(found: list[InputFile | Skip]) -> list[str]:
    return [Path(record.file).name for record in found if isinstance(record, InputFile)]


def test_a_pattern_names_files_in_order_and_one_that_names_none_is_an_error(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "c.txt"):
        (tmp_path / name).write_text(NOTE)
    assert names(list(documents(found_inputs([tmp_path / "*.md"])))) == ["a.md", "b.md"]
    with pytest.raises(UsageError, match="no such file"):
        found_inputs([tmp_path / "*.rst"])


def test_an_archive_is_read_as_the_files_within_it(tmp_path: Path) -> None:
    path = tmp_path / "vault.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("v/b.txt", "v/a.txt", "v/.obsidian/x.json", "__MACOSX/a.txt"):
            archive.writestr(name, NOTE)
    found = build(Inputs((path,)))
    assert [match.entry.file for match in found.matches] == [
        f"{path}/v/a.txt", f"{path}/v/b.txt",
    ]  # fmt: skip


def test_an_archive_that_is_none_is_a_skip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
    (skip,) = documents([tmp_path / "a.zip"])
    assert isinstance(skip, Skip)
    assert "Pack it again" in skip.reason


def test_a_member_that_grows_beyond_measure_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 300_000_000)
    (skip,) = documents([path])
    assert isinstance(skip, Skip)
    assert "286 MB large" in skip.reason


def test_standard_input_is_read(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "parse", "-", "--json"],
        input=NOTE.encode("utf-16"),
        capture_output=True,
        cwd=PROJECT,
        check=True,
    )
    (entry,) = map(json.loads, io.StringIO(done.stdout.decode()))
    assert (entry["file"], entry["title"]) == ("-", "A Title That Nobody Knows")


def test_parse_prints_a_json_object_a_line_with_the_fields_that_scripts_rely_on() -> None:
    done = run("parse", "digests", "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr, len(found)) == (0, "", 7)
    assert all(set(entry) == FIELDS for entry in found)
    assert found[1]["date"] == "2024-09-05"
    (mention,) = found[1]["mentions"]
    assert set(mention) == {"arxiv_id", "note", "sentence"}
    assert mention["arxiv_id"] == "2408.16293"


def test_parse_prints_a_table_and_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE)
    (tmp_path / "b.txt").write_bytes(b"\x00")
    done = run("parse", tmp_path)
    assert "A Title That Nobody Knows" in done.stdout
    assert "1 entry; 1 with a title, 0 with an arXiv id" in done.stdout
    assert "b.txt:1" in done.stderr


def test_a_second_build_of_an_unchanged_vault_parses_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(NOTE)
    first = build(Inputs((tmp_path / "notes.txt",), kept_in=tmp_path / "out"))
    document = next(iter(documents([tmp_path / "notes.txt"])))
    assert isinstance(document, InputFile)
    with memory_in(tmp_path / "out") as memory:
        kept = known_file(fingerprint(document).key, memory)
        assert kept
        assert kept.records == [match.entry for match in first.matches]
        (tmp_path / "notes.txt").write_text(NOTE + "More.\n")
        assert known_file(fingerprint(document).key, memory) is None


def test_what_is_kept_of_a_file_is_what_is_used(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(NOTE)
    document = next(iter(documents([tmp_path / "notes.txt"])))
    assert isinstance(document, InputFile)
    with memory_in(tmp_path / "out") as memory:
        kept = Entry(document.file, 1, 2, None, "Kept", ("Ann Lee",), True, None, None, (), None,
                     (), ())  # fmt: skip
        records: list[Entry | Skip] = [kept, Skip("digests", "notes.txt:3", "why")]
        account = IdAccount(document.file)
        keep_file(fingerprint(document).key, ReadFile(records, account), memory)
    found = build(Inputs((tmp_path / "notes.txt",), kept_in=tmp_path / "out"))
    assert [match.entry for match in found.matches] == [kept]
    assert [skip.key for skip in found.skips] == ["notes.txt:3"]


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_damaged_memory_is_thrown_away_and_the_files_are_read(
    tmp_path: Path, damage: bytes
) -> None:
    (tmp_path / "notes.txt").write_text(NOTE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / NAME).write_bytes(damage)
    for _ in range(2):
        found = build(Inputs((tmp_path / "notes.txt",), kept_in=tmp_path / "out"))
        assert len(found.matches) == 1


def test_a_database_that_another_build_holds_is_neither_waited_for_nor_deleted(
    tmp_path: Path,
) -> None:
    (tmp_path / "notes.txt").write_text(NOTE)
    with memory_in(tmp_path / "out") as memory:
        memory.keep({b"held": "still"})
        found = build(Inputs((tmp_path / "notes.txt",), kept_in=tmp_path / "out"))
        assert len(found.matches) == 1
    with memory_in(tmp_path / "out") as memory:
        assert memory.of([b"held"], str) == {b"held": "still"}


def test_a_note_about_no_paper_is_kept_and_in_the_graph_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "230712 Claude 2.md"
    path.write_text("https://example.com/claude-2\n\n모델 카드가 나왔네요.\n")
    other = tmp_path / "a.txt"
    other.write_text(NOTE)
    usual = build(Inputs((path, other)))
    assert usual.matches[0].entry.links == ("https://example.com/claude-2",)
    assert [skip.stage for skip in usual.skips] == ["enrich"]
    everything = build(Inputs((path, other), everything=True))
    assert everything.skips == ()
    labels = everything.nodes["label"].to_pylist()
    assert "https://example.com/claude-2" in labels
    assert everything.nodes.num_rows == usual.nodes.num_rows + 1


def test_papers_mentioned_in_a_note_about_none_are_in_the_graph_with_its_words(
    tmp_path: Path,
) -> None:
    day = tmp_path / "2024-02-03.md"
    day.write_text("Met Anna, who likes Mamba (2312.00752).\nI doubt it, and so does Bo.\n")
    blog = tmp_path / "blog.md"
    blog.write_text("# Claude 2 is here\n\nhttps://example.com/a\n\nBuilds on RetNet 2307.08621.\n")
    again = tmp_path / "again.md"
    again.write_text(blog.read_text())
    built = build(Inputs((day, blog, again)))
    assert built.skips == ()
    label_of = dict(zip(*(built.nodes[c].to_pylist() for c in ("id", "label")), strict=True))
    mentions = [
        (label_of[edge["source"]], edge["target"], edge["sentence"])
        for edge in built.edges.to_pylist()
        if edge["kind"] == "mentions"
    ]
    assert mentions == [
        ("2024-02-03", "arxiv:2312.00752", "Met Anna, who likes Mamba (2312.00752)."),
        ("Claude 2 is here", "arxiv:2307.08621", "Builds on RetNet 2307.08621."),
    ]
