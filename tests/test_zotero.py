"""Zotero's database and its local API: what of a library becomes an entry, a tag, a mention."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from zotero_api import LocalApi, local_api
from zotero_items import ITEMS, SNOW, USER
from zotero_library import add_items, zotero_folder

from pipeline.build.reading import accounts, parsed
from pipeline.fetch.zotero_api import api_records
from pipeline.model.errors import FetchError, UnreachedError, UsageError
from pipeline.model.records import Entry, Mention, Skip
from pipeline.settings.project import project


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return zotero_folder(tmp_path_factory.mktemp("home") / "Zotero")


@pytest.fixture
def api() -> Iterator[LocalApi]:
    with local_api() as server:
        yield server


def read(*inputs: str | Path) -> tuple[dict[str, Entry], list[str]]:
    """The entries by the last part of their file, and why others were left out."""
    records = list(parsed([Path(each) for each in inputs]))
    entries = {r.file.partition("zotero")[2]: r for r in records if isinstance(r, Entry)}
    return entries, [r.reason for r in records if isinstance(r, Skip)]


def test_an_item_with_its_notes_marks_tags_and_collections_is_one_entry(folder: Path) -> None:
    entry = read(folder)[0][".sqlite/SNOWAAAA"]
    assert (entry.arxiv_id, entry.title) == ("2409.02326", SNOW["title"])
    assert entry.authors == ("Yuxiang Wei", "Hojae Han")
    assert str(entry.date) == "2024-09-05"
    assert entry.published == "2024-09-03"
    assert entry.names == ("Arctic-SnowCoder",)
    assert entry.tags == ("code", "data", "Language models", "Code")
    assert (entry.commentary or "").split("\n") == [
        "Figure 3 is the best.",
        "Good data beats much data, a < b.",
        "Like (Wei, 2024), and [this](https://arxiv.org/abs/2409.02908).",
        "> Phase two uses 50B tokens (p. 2)",
        "So few!",
        "See https://arxiv.org/abs/2409.01704 too. (p. 9)",
    ]


def test_items_that_are_cited_in_a_note_or_related_are_mentioned(folder: Path) -> None:
    mentions = read(folder)[0][".sqlite/SNOWAAAA"].mentions
    by_note = [m for m in mentions if m.note]
    assert [m.arxiv_id for m in by_note] == ["2409.01704", "2409.01704"]
    assert by_note[0].sentence.startswith("Like (Wei, 2024)")
    assert by_note[1] == Mention("2409.01704", "OCRAAAAA", "Related in Zotero.")
    assert mentions[0].arxiv_id == "2409.02908"


def test_an_id_stands_in_extra_and_in_the_name_of_a_file_too(folder: Path) -> None:
    entries, _ = read(folder)
    paper = entries[".sqlite/OCRAAAAA"]
    assert (paper.arxiv_id, paper.doi, paper.venue) == (
        *("2409.01704", "10.1000/ocr.7", "Journal of Reading"),
    )
    assert paper.commentary == "Read it twice."
    assert paper.authors == ("The OCR Team",)
    assert entries[".sqlite/BAREAAAA"].arxiv_id == "2409.02908"
    assert entries[".sqlite/BAREAAAA"].tags == ("Language models",)


def test_a_note_of_its_own_is_read_as_a_digest_of_its_day(folder: Path) -> None:
    note = read(folder)[0][".sqlite/ALONEAAA"]
    assert (note.arxiv_id, str(note.date), note.tags) == ("2409.00997", "2024-09-08", ("data",))
    assert note.commentary == "Packs documents well."


def test_groups_are_read_and_trash_feeds_and_nameless_files_are_counted(folder: Path) -> None:
    entries, reasons = read(folder)
    assert entries[".sqlite/groups/77/SNOWAAAA"].venue == "ICLR 2024"
    assert entries[".sqlite/groups/77/SNOWAAAA"].tags == ("Circle",)
    assert len(entries) == 5
    assert [reason.split(",")[0][:30] for reason in reasons] == [
        "2 in the trash of Zotero",
        "1 file that hangs on no item",
        "1 item of feeds",
    ]


def test_files_that_zotero_stores_are_not_read_a_second_time(folder: Path) -> None:
    assert not any("storage" in file for file in read(folder)[0])
    account = [each.arxiv_id for file in accounts([folder]) for each in file.printed]
    assert set(account) == {
        *("2409.02326", "2409.02908", "2409.01704", "2409.00997", "2310.10638"),
    }


def test_a_database_that_zotero_holds_locked_is_read_and_not_touched(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "Zotero")
    file = tmp_path / "Zotero" / "zotero.sqlite"
    with closing(sqlite3.connect(file)) as zotero:
        zotero.execute("PRAGMA locking_mode = EXCLUSIVE")
        zotero.execute("BEGIN EXCLUSIVE")
        before = {path: path.stat().st_mtime_ns for path in file.parent.rglob("*")}
        assert len(read(file.parent)[0]) == 5
        assert {path: path.stat().st_mtime_ns for path in file.parent.rglob("*")} == before


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_what_was_written_last_is_read_and_what_is_being_written_is_not(
    folder: Path, tmp_path: Path, mode: str
) -> None:
    """In WAL mode a commit lies in the file beside; else that file holds what to roll back."""
    shutil.copytree(folder, tmp_path / "Zotero")
    file = tmp_path / "Zotero" / "zotero.sqlite"
    new = {**SNOW, "key": "NEWAAAAA", "title": "Written last", "collections": [], "relations": {}}
    with closing(sqlite3.connect(file)) as zotero:
        zotero.execute(f"PRAGMA journal_mode = {mode}")
        zotero.execute("PRAGMA wal_autocheckpoint = 0")
        zotero.execute("PRAGMA cache_size = 5")
        add_items(zotero, USER, [new])
        zotero.commit()
        zotero.execute("UPDATE itemDataValues SET value = value || ' half'")
        listed = sorted(file.parent.iterdir())
        entries, reasons = read(file.parent)
        titles = {entry.title for entry in entries.values()}
        assert "Written last" in titles
        assert not any("binary" in reason for reason in reasons)
        assert not any("half" in (title or "") for title in titles)
        assert sorted(file.parent.iterdir()) == listed
        zotero.rollback()


def test_a_copy_of_the_database_is_known_by_its_tables(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "library-of-may.sqlite"
    shutil.copyfile(folder / "zotero.sqlite", copy)
    assert len([r for r in parsed([copy]) if isinstance(r, Entry)]) == 5


@pytest.mark.parametrize("table", ["itemAnnotations", "deletedCollections", "groups", "tags"])
def test_a_table_that_another_version_lacks_costs_only_what_it_held(
    folder: Path, tmp_path: Path, table: str
) -> None:
    shutil.copytree(folder, tmp_path / "Zotero")
    with closing(sqlite3.connect(tmp_path / "Zotero" / "zotero.sqlite")) as database:
        database.execute(f"DROP TABLE {table}")
        database.execute("UPDATE itemNotes SET note = CAST(note AS BLOB) WHERE itemID = 5")
        database.commit()
    assert ".sqlite/SNOWAAAA" in read(tmp_path / "Zotero")[0]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"x" * 5000, b"no database"])
def test_a_damaged_database_is_one_skip_that_says_what_to_do(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "zotero.sqlite").write_bytes(content)
    entries, reasons = read(tmp_path)
    assert not entries
    assert len(reasons) == 1
    assert "Close Zotero and build again" in reasons[0]


def test_the_local_api_says_the_same_as_the_database(folder: Path, api: LocalApi) -> None:
    live, reasons = read(f"zotero:{api.port}")
    kept, _ = read(folder)
    assert len(live) == len(kept)
    for file, entry in live.items():
        key = file.removeprefix(":library/").removeprefix(":")
        told = kept[f".sqlite/{key}"]
        shared = ("title", "arxiv_id", "date", "published", "commentary", "tags", "mentions")
        for name in (*shared, "authors"):
            assert getattr(entry, name) == getattr(told, name), (file, name)
    assert reasons[0].startswith("2 in the trash")


def test_the_local_api_is_read_page_after_page_each_item_once(api: LocalApi) -> None:
    records = list(api_records("users/0/items", api.port, page_items=3, includeTrashed="1"))
    assert [record["key"] for record in records] == [item["key"] for item in ITEMS[USER]]
    assert len(api.asked) == 4


def test_one_group_is_asked_for_alone(api: LocalApi) -> None:
    assert list(read(f"zotero:{api.port}/groups/77")[0]) == [":groups/77/SNOWAAAA"]
    with pytest.raises(FetchError, match="no such library"):
        read(f"zotero:{api.port}/groups/5")


def test_an_api_that_is_off_or_another_says_what_to_do(api: LocalApi) -> None:
    api.enabled = False
    with pytest.raises(FetchError, match="under Advanced, allow other applications"):
        read(f"zotero:{api.port}")
    api.enabled, api.version = True, "4"
    with pytest.raises(FetchError, match="another version of its API"):
        read(f"zotero:{api.port}")


def test_where_zotero_does_not_run_a_sentence_says_so() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(UnreachedError, match="Start Zotero"):
            read(f"zotero:{taken.getsockname()[1]}")


def test_another_form_of_a_library_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="groups/12"):
        read("zotero:my books")


def test_zotero_can_stand_in_the_file_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "digest-graph.toml").write_text('inputs = ["zotero:", "notes"]\n')
    assert project(tmp_path).inputs == (Path("zotero:"), tmp_path / "notes")
