"""Public dumps cut down to what touches some papers, and a build that uses it."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from invented_dumps import BAD, CITED, CITER, FAR, OWN, Dumped, dumps
from typer.testing import CliRunner

from pipeline.build.run import Inputs, build
from pipeline.bulk.cutting import BulkScope, Dumps, bulk
from pipeline.bulk.folder import bulk_or_none
from pipeline.bulk.papers_at_hand import ids_at_hand
from pipeline.cli.app import app
from pipeline.model.errors import DataError, DigestGraphError, UsageError


def paths(found: Dumped) -> Dumps:
    datasets = {n: (str(found.semantic_scholar / n),) for n in ("papers", "citations", "authors")}
    return Dumps(**datasets, works=(str(found.openalex),), arxiv=(str(found.arxiv),))


def opened(path: Path) -> Any:
    return path.open("rb")


def rows(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    table = pq.read_table(folder / "dumped.parquet").to_pylist()
    return {(row["source"], row["arxiv_id"]): row for row in table}


@pytest.fixture
def dumped(tmp_path: Path) -> Dumped:
    (tmp_path / "dumps").mkdir()
    return dumps(tmp_path / "dumps")


def test_what_touches_a_paper_is_kept_and_nothing_else(dumped: Dumped, tmp_path: Path) -> None:
    counted = bulk(BulkScope([OWN]), paths(dumped), tmp_path / "bulk", opened)
    assert counted[:3] == (1, 2, 2)
    found = rows(tmp_path / "bulk")
    assert {arxiv_id for _, arxiv_id in found} == {OWN}
    for source in ("semantic_scholar_dump", "openalex_dump"):
        row = found[source, OWN]
        assert [work["arxiv_id"] for work in row["references"]] == [CITED]
        assert [work["arxiv_id"] for work in row["citations"]] == [CITER]
    row = found["semantic_scholar_dump", OWN]
    assert (row["citation_count"], row["references_complete"], row["doi"]) == (11, True, None)
    assert row["authorships"][0]["ids"] == ["s2:a1", "orcid:0000-0002-1825-0097"]
    assert found["openalex_dump", OWN]["doi"] == "10.1162/x1"
    assert found["arxiv_dump", OWN]["categories"] == ["cs.CL"]


def test_with_two_hops_neighbours_are_described_too(dumped: Dumped, tmp_path: Path) -> None:
    bulk(BulkScope([OWN], hops=2), paths(dumped), tmp_path / "bulk", opened)
    found = rows(tmp_path / "bulk")
    assert {own for source, own in found if source == "openalex_dump"} >= {OWN, CITED, CITER}
    assert [w["arxiv_id"] for w in found["openalex_dump", CITER]["citations"]] == [FAR]


def test_bad_lines_are_counted_once_and_written_down_with_their_place(
    dumped: Dumped, tmp_path: Path
) -> None:
    whole = dumped.semantic_scholar / "citations" / "000.jsonl.gz"
    whole.with_name("cut.jsonl.gz").write_bytes(whole.read_bytes()[:-12])
    counted = bulk(BulkScope([OWN]), paths(dumped), tmp_path / "bulk", opened)
    with (tmp_path / "bulk" / "bad_lines.csv").open(newline="", encoding="utf-8-sig") as file:
        bad = list(csv.DictReader(file))
    assert counted.bad_lines == sum(int(row["lines"]) for row in bad)
    of_papers = [row for row in bad if row["file"] == "papers/000.jsonl.gz"]
    assert [int(row["line"]) for row in of_papers] == [3, 4, 5, 6, 7]
    of_works = [row for row in bad if "part_000" in row["file"]]
    assert len(of_papers) == len(of_works) == len(BAD)
    assert any("cannot be read to its end" in row["problem"] for row in bad)


def test_a_build_uses_what_the_dumps_say(dumped: Dumped, tmp_path: Path) -> None:
    bulk(BulkScope([OWN]), paths(dumped), tmp_path / "bulk", opened)
    (tmp_path / "notes.txt").write_text(
        f"2024-09-05\nhttps://arxiv.org/abs/{OWN}\nA Title of a Paper\nx\n"
    )
    found = build(Inputs((tmp_path / "notes.txt",), bulk=tmp_path / "bulk"))
    cites = {
        (e["source"], e["target"]): e["sources"]
        for e in found.edges.to_pylist()
        if e["kind"] == "cites"
    }
    both = ["openalex_dump", "semantic_scholar_dump"]
    assert cites[f"arxiv:{OWN}", f"arxiv:{CITED}"] == both
    (paper,) = (paper for paper in found.papers if paper.arxiv_id == OWN)
    assert dict(paper.cited_by)["semantic_scholar_dump"] == 11
    assert {"arxiv_dump", *both} <= set(found.sources)


def test_a_run_that_fails_leaves_the_folder_as_it_was(dumped: Dumped, tmp_path: Path) -> None:
    bulk(BulkScope([OWN]), paths(dumped), tmp_path / "bulk", opened)
    before = (tmp_path / "bulk" / "dumped.parquet").read_bytes()
    with pytest.raises(DigestGraphError, match="know nothing of 1 paper"):
        bulk(BulkScope(["1912.00001"]), paths(dumped), tmp_path / "bulk", opened)
    assert (tmp_path / "bulk" / "dumped.parquet").read_bytes() == before
    assert not (tmp_path / "bulk" / ".partial").exists()


def test_ctrl_c_while_a_dump_is_read_is_heard(dumped: Dumped, tmp_path: Path) -> None:
    def stopped(path: Path) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk(BulkScope([OWN]), paths(dumped), tmp_path / "bulk", stopped)


def test_the_same_dumps_give_the_same_bytes(dumped: Dumped, tmp_path: Path) -> None:
    for name in ("one", "two"):
        bulk(BulkScope([OWN], hops=2), paths(dumped), tmp_path / name, opened)
    one, two = ((tmp_path / name / "dumped.parquet").read_bytes() for name in ("one", "two"))
    assert one == two


def test_papers_at_hand_are_those_of_an_output_folder_or_of_a_list(
    seed_outputs: Path, tmp_path: Path
) -> None:
    assert len(ids_at_hand(seed_outputs)) == 7
    (tmp_path / "ids.txt").write_text(f"arXiv:{OWN}v2\n\nnothing\n")
    assert ids_at_hand(tmp_path / "ids.txt") == [OWN]
    for content in (b"", b"\xff\xfe\x00", b"PAR1"):
        (tmp_path / "ids.txt").write_bytes(content)
        with pytest.raises(UsageError):
            ids_at_hand(tmp_path / "ids.txt")


def test_the_command_says_what_it_kept_and_what_is_wrong(dumped: Dumped, tmp_path: Path) -> None:
    (tmp_path / "ids.txt").write_text(OWN)
    given = ["bulk", str(tmp_path / "ids.txt"), "--bulk", str(tmp_path / "bulk")]
    done = CliRunner().invoke(app, [*given, "--semantic-scholar", str(dumped.semantic_scholar)])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("1 paper, 1 reference, 1 citation in ")
    assert "10 bad lines (bad_lines.csv)" in done.stdout
    nothing = CliRunner().invoke(app, [*given, "--openalex", str(tmp_path / "nowhere")])
    assert "nowhere: no such file" in str(nothing.exception)
    assert "no dump is named" in str(CliRunner().invoke(app, given).exception)


def test_a_folder_that_is_damaged_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        bulk_or_none(tmp_path / "nowhere", tmp_path)
    (tmp_path / "dumped.parquet").write_bytes(gzip.compress(b"x"))
    with pytest.raises(DataError, match="digest-graph bulk"):
        bulk_or_none(tmp_path, tmp_path)
    assert bulk_or_none(None, tmp_path / "nowhere") is None
