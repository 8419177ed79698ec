"""Days with slashes are read as the other days of their table tell, and never guessed."""

from __future__ import annotations

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile


def days(*cells: str) -> list[str]:
    rows = [f"{cell},A Note on Stones {n},arXiv:2401.0000{n}" for n, cell in enumerate(cells, 1)]
    table = "\n".join(["Timestamp,Title,Link", *rows]).encode()
    found = entries([InputFile("form.csv", lambda: iter([table]))], FORMATS)
    return [str(record.date) for record in found if isinstance(record, Entry)]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("9/5/2024 14:30:10", "9/25/24 2:30 PM"), ["2024-09-05", "2024-09-25"]),
        (("5/9/2024", "25/9/2024"), ["2024-09-05", "2024-09-25"]),
        (("9/5/2024", "9/6/2024"), ["None", "None"]),
        (("9/13/2024", "13/9/2024"), ["None", "None"]),
        (("9/12/2024", "9/13/2024", "1/31/2024"), ["2024-09-12", "2024-09-13", "2024-01-31"]),
    ],
)
def test_the_order_of_month_and_day_is_that_of_the_tables_other_days(
    cells: tuple[str, ...], read: list[str]
) -> None:
    assert days(*cells) == read
