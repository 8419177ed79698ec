"""Whatever a snapshot comes packed in, and however it is damaged, its records are read."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_catalogue import (
    built,
    catalogue_of,
    ids_in,
    lines_of,
    opened,
    page_of,
    record,
    record_in,
    written,
)

from pipeline.model.errors import UsageError
from pipeline.model.records import Facts
from pipeline.sources.arxiv_snapshot import Repaired, facts_of_line, facts_of_record
from pipeline.store.snapshots import BATCH, raw_batches

RECORDS = [record("2401.00001", "One Paper"), record("math/0309136", "Another Paper")]
IDS = ["2401.00001", "math/0309136"]


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._a.json", b"\x00\x05")
        archive.writestr("folder/a.json", content)
    return packed.getvalue()


def parquet_of(records: list[dict[str, object]]) -> bytes:
    packed = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), packed)
    return packed.getvalue()


def facts(**other: object) -> Facts:
    read = facts_of_record(record("2401.00001", "A Title") | other)
    return read.facts if isinstance(read, Repaired) else read


@pytest.mark.parametrize(
    "packed",
    [
        lambda lines: lines,
        lambda lines: b"\xef\xbb\xbf" + lines.replace(b"\n", b"\r\n"),
        lambda lines: b"\n \n" + lines.replace(b"\n", b"\n\r\n\n").rstrip(),
        gzip.compress,
        lambda lines: gzip.compress(lines[:9]) + gzip.compress(lines[9:]),
        zipped,
        lambda lines: parquet_of([json.loads(line) for line in lines.splitlines()]),
    ],
    ids=["plain", "BOM and CRLF", "blank lines", "gz", "two gz", "zip", "Parquet"],
)
def test_a_snapshot_is_read_whatever_it_is_packed_in_and_called(
    tmp_path: Path, packed: Callable[[bytes], bytes]
) -> None:
    counted = built(tmp_path / "c", written(tmp_path, packed(lines_of(RECORDS)), "named.wrongly"))
    assert (counted.records, counted.skipped, counted.repaired) == (2, 0, 0)
    assert ids_in(tmp_path / "c") == IDS
    assert record_in(tmp_path / "c", "2401.00001") == {
        "arxiv_id": "2401.00001",
        "title": "One Paper",
        "former_titles": None,
        "authors": ["Ann Lee", "Bo Kim"],
        "abstract": "We show a thing.",
        "categories": ["cs.CL", "cs.LG"],
        "published": "2024-01-03",
        "updated": "2024-01-31",
        "venue": None,
        "doi": None,
        "comment": None,
    }


def test_a_folder_stands_for_its_files_and_what_is_no_record_in_it_is_left_out(
    tmp_path: Path,
) -> None:
    given = tmp_path / "given"
    written(given, lines_of(RECORDS[:1]), "a.json")
    written(given / "deeper", gzip.compress(lines_of(RECORDS[1:])), "b.json.gz")
    written(given, page_of({"2401.00003": "From a Page"}), "c.xml")
    written(given, b"How these files\nwere fetched\n", "README.txt")
    written(given, b"\x89PNG\r\n\x1a\n\x00", "d.png")
    written(given / ".cache", b"%PDF", "e.pdf")
    counted = built(tmp_path / "c", given)
    assert sorted(ids_in(tmp_path / "c")) == ["2401.00001", "2401.00003", "math/0309136"]
    assert counted.skipped == 2
    assert counted.first_skip == (
        f"{given / 'README.txt'}: neither JSON lines, Parquet nor a page of OAI-PMH."
    )


def sqlite_file(folder: Path) -> bytes:
    with sqlite3.connect(folder / "a.sqlite") as connection:
        connection.execute("CREATE TABLE papers (id TEXT)")
    connection.close()
    return (folder / "a.sqlite").read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no record of arXiv in it"),
        (b"\n\n", "no record of arXiv in it"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\n1 0 obj", "neither JSON lines, Parquet nor a page"),
        (b"PAR1 is what this begins with", "cannot be read to its end"),
        (b"PK\x03\x04 is what this begins with", "cannot be read to its end"),
        (b"<!DOCTYPE html><html><body>403</body></html>", "it is a web page"),
        (page_of({"2401.00001": "A"})[:-30], "it is not whole XML"),
        (gzip.compress(lines_of(RECORDS) * 99)[:-40], "cannot be read to its end"),
        (b'{"name": "x"}\n', "the first: {}:1: 'None' is no arXiv id"),
        (b"[" + lines_of(RECORDS[:1]).strip() + b"]", "neither JSON lines"),
        (zipped(b"<html></html>"), "a.json: this is no page of records"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error_that_names_it(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = written(tmp_path, content, "given")
    with pytest.raises(UsageError) as raised:
        built(tmp_path / "c", path)
    assert str(path) in str(raised.value)
    assert said.format(path) in str(raised.value)


def test_a_database_and_a_path_that_is_not_there_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither JSON lines, Parquet"):
        built(tmp_path / "c", written(tmp_path, sqlite_file(tmp_path), "given"))
    with pytest.raises(UsageError, match="nowhere: no such file"):
        built(tmp_path / "c", tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="empty: no such file"):
        built(tmp_path / "c", tmp_path / "empty")


def test_a_damaged_line_is_left_out_with_its_place_and_the_rest_is_kept(tmp_path: Path) -> None:
    lines = lines_of(RECORDS[:1]) + b'{"id": "2401.0\n' + b"[1]\n" + lines_of(RECORDS[1:])
    path = written(tmp_path, lines)
    counted = built(tmp_path / "c", path)
    assert (counted.records, counted.skipped) == (2, 2)
    assert str(counted.first_skip).startswith(f"{path}:2: not JSON")
    skips = next((tmp_path / "c").glob("build-*/skips")).read_text().splitlines()
    assert skips[1] == f"{path}:3: 'None' is no arXiv id."


def test_of_records_with_one_id_the_first_stays_and_the_others_are_counted(tmp_path: Path) -> None:
    again = record("2401.00001v2", "The Same Id Again")
    far = [record(f"2402.{n:05}", "Another Title") for n in range(1, BATCH + 1)]
    counted = built(tmp_path / "c", written(tmp_path, lines_of([*RECORDS, again, *far, again])))
    assert (counted.records, counted.duplicates) == (2 + BATCH, 2)
    assert (record_in(tmp_path / "c", "2401.00001") or {})["title"] == "One Paper"


@pytest.mark.parametrize(
    ("damaged", "arxiv_id"),
    [
        (911.3083, "0911.3083"),
        ("911.3083", "0911.3083"),
        (1110.237, "1110.2370"),
        (704.0001, "0704.0001"),
        (1001.1, "1001.1000"),
        (1501.1, "1501.10000"),
        (2007.0001, "2007.00010"),
        (1610.0960300000002, "1610.09603"),
        ("1711.0510100000001", "1711.05101"),
    ],
)
def test_an_id_that_was_a_number_is_repaired_and_counted(
    tmp_path: Path, damaged: object, arxiv_id: str
) -> None:
    read = facts_of_line(lines_of([record(damaged, "A Title")]))
    assert isinstance(read, Repaired)
    assert read.facts.arxiv_id == arxiv_id
    (rows,) = raw_batches([written(tmp_path, parquet_of([record(damaged, "A Title")]))], opened)
    assert isinstance(facts_of_record(rows.items[0]), Repaired)


@pytest.mark.parametrize(
    "no_id", [None, True, "", 0, 17, 1501, 1501.0, "2313.00001", "x" * 99, [], {}, "٢٣٠١.٠٠٠٠١"]
)
def test_what_was_never_an_id_is_left_out(no_id: object) -> None:
    with pytest.raises(ValueError, match="is no arXiv id"):
        facts_of_record(record(no_id, "A Title"))


@pytest.mark.parametrize("no_title", [None, "", " \n", 3, float("nan")])
def test_a_record_without_a_title_is_left_out(no_title: object) -> None:
    with pytest.raises(ValueError, match=r"2401\.00001 has no title"):
        facts_of_record(record("2401.00001", None) | {"title": no_title})


def test_null_nan_and_absent_fields_are_not_known() -> None:
    keys = ("authors", "abstract", "categories", "versions", "update_date", "doi", "comments")
    for nothing in tuple[object, ...]((None, float("nan"), "", [])):
        read = facts(**dict.fromkeys(keys, nothing))
        known = (read.authors, read.abstract, read.categories, read.published, read.updated)
        assert (*known, read.doi, read.comment) == (None,) * 7
    bare = facts_of_record({"id": "2401.00001", "title": "A Title"})
    assert bare == Facts("catalogue", "2401.00001", title="A Title")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (b'{"id": "2401.00001", "title": "A", "doi": NaN}', "A"),
        (b'{"id": "2401.00001", "title": "A", "size": %s}' % (b"7" * 5000), "A"),
        (b'{"id": "2401.00001", "title": "A", "size": 1e999}', "A"),
        (rb'{"id": "2401.00001", "title": "A \ud83d B"}', "A ? B"),
        (b'{"id": "2401.00001", "title": "A \xe9 B"}', "A � B"),
        (
            rb'{"id": "2401.00001", "title": "\\u03b1 \\u00a0B \\u0000 \\ud83d"}',
            r"α B \u0000 \ud83d",
        ),
    ],
)
def test_what_breaks_a_rule_of_json_alone_is_repaired(line: bytes, title: str) -> None:
    read = facts_of_line(line)
    assert isinstance(read, Repaired)
    assert read.facts.title == title


def test_deep_json_is_a_damaged_line_and_no_crash() -> None:
    for deep in (b"[" * 100_000, b'{"a":' * 100_000, b"[" * 2000 + b"]" * 2000):
        with pytest.raises(ValueError, match="not JSON"):
            facts_of_line(b'{"id": ' + deep + b"}")


def test_a_line_of_100_mb_is_left_out_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    with path.open("wb") as stream:
        stream.write(lines_of(RECORDS[:1]) + b'{"id": "')
        for _ in range(100):
            stream.write(b"x" * 2**20)
        stream.write(b'"}\n' + lines_of(RECORDS[1:]))
    items = [item for batch in raw_batches([path], opened) for item in batch.items]
    assert [item and len(item) > 100 for item in items] == [True, None, True]
    assert sum(map(sys.getsizeof, filter(None, items))) < 10_000


def test_a_batch_ends_by_its_bytes_too(tmp_path: Path) -> None:
    line = lines_of([record("2401.00001", "A Title", comments="x" * 3_000_000)])
    batches = list(raw_batches([written(tmp_path, line * 12)], opened))
    assert [(batch.first, len(batch.items)) for batch in batches] == [(1, 6), (7, 6)]


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Ann Lee and Bo Kim", ("Ann Lee", "Bo Kim")),
        ("Ann Lee, Bo Kim,Cy Ng", ("Ann Lee", "Bo Kim", "Cy Ng")),
        ("Ann Lee, Bo Kim, and Cy\n  Ng", ("Ann Lee", "Bo Kim", "Cy Ng")),
        ("Ann Lee (MIT, Boston and (x)), Bo Kim (1 and 2)", ("Ann Lee", "Bo Kim")),
        ("A. Lee (1), B. Kim (2) ((1) ETH, (2) CERN)", ("A. Lee", "B. Kim")),
        (["Ann Lee", "", "Bo Kim"], ("Ann Lee", "Bo Kim")),
    ],
)
def test_names_are_read_without_their_affiliations(authors: object, names: tuple[str, ...]) -> None:
    assert facts(authors=authors).authors == names


def test_parsed_authors_stand_in_for_printed_ones_and_are_preferred() -> None:
    parsed = [["Lee", "Ann", ""], ["Kim", "Bo", "Jr.", "MIT"], ["ATLAS Collaboration"], [], "x"]
    names = ("Ann Lee", "Bo Kim Jr.", "ATLAS Collaboration")
    assert facts(authors=None, authors_parsed=parsed).authors == names
    assert facts(authors="B. Kim", authors_parsed=parsed).authors == names
    assert facts(authors="B. Kim", authors_parsed=[]).authors == ("B. Kim",)


def test_days_are_read_in_both_spellings_and_an_impossible_one_is_not_known() -> None:
    assert facts(versions=["Mon, 12 Feb 2024 10:00:00 GMT"]).published == date(2024, 2, 12)
    assert facts(versions=[{"created": "2024-02-12T10:00:00Z"}]).published == date(2024, 2, 12)
    for wrong in ("2024-02-30", "yesterday", "0000-01-01", 20240212):
        assert facts(update_date=wrong).updated is None


def test_a_parquet_of_dates_and_lists_is_read_as_the_lines_are(tmp_path: Path) -> None:
    typed = record("2401.00001", "A", update_date=date(2024, 1, 31), categories=["cs.CL", "cs.LG"])
    assert facts_of_record(typed) == facts_of_record(record("2401.00001", "A"))
    folder = catalogue_of(tmp_path, record("2401.00001", "A"))
    built(tmp_path / "d", written(tmp_path, parquet_of([typed]), "typed"))
    assert record_in(tmp_path / "d", "2401.00001") == record_in(folder, "2401.00001")
