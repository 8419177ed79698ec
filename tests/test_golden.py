"""The digest that ships, built and compared byte for byte with what was read and found right.

After a change that is meant, look at the difference and run `python tests/test_golden.py`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from conftest import PROJECT

from pipeline.build.run import Inputs, build, write
from pipeline.model.tables import Build

GOLDEN = Path(__file__).parent / "golden"
REPORTS = ("entries.csv", "skips.csv", "report.md")
TABLES = ("nodes", "edges")
PLACED = ("pagerank", "community", "x", "y", "size", "abstract", "commentary")


def as_csv(table: pa.Table) -> str:
    columns = [name for name in table.column_names if name not in PLACED]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in table.to_pylist())
    return text.getvalue()


@pytest.fixture(scope="session")
def golden() -> Iterator[tuple[Build, Path]]:
    with TemporaryDirectory() as folder:
        with chdir(PROJECT):
            found = build(Inputs((Path("digests"),)))
            write(found, Path(folder))
        yield found, Path(folder)


@pytest.mark.parametrize("name", REPORTS)
def test_reports_are_as_they_were(golden: tuple[Build, Path], name: str) -> None:
    assert (golden[1] / name).read_bytes() == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_as_they_were(golden: tuple[Build, Path], name: str) -> None:
    found = as_csv(getattr(golden[0], name))
    assert found.encode() == (GOLDEN / f"{name}.csv").read_bytes()


def write_anew() -> None:
    GOLDEN.mkdir(exist_ok=True)
    with chdir(PROJECT), TemporaryDirectory() as folder:
        found = build(Inputs((Path("digests"),)))
        write(found, Path(folder))
        for name in REPORTS:
            (GOLDEN / name).write_bytes((Path(folder) / name).read_bytes())
    for name in TABLES:
        (GOLDEN / f"{name}.csv").write_bytes(as_csv(getattr(found, name)).encode())


if __name__ == "__main__":
    write_anew()
