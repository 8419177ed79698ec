"""What the local catalogue holds, in figures and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.catalogue.search import WHOLE, Catalogue
from pipeline.model.counting import counted


class Described(NamedTuple):
    """What a catalogue holds: papers, bytes on disk, and counts; `newest` is a day or None."""

    folder: str
    papers: int
    size_bytes: int
    made_of: tuple[str, ...]
    newest: str | None
    with_authors: int
    with_abstract: int
    repaired: int
    duplicates: int
    damaged: int
    months: int
    whole_months: int

    def lines(self) -> Iterator[str]:
        """The same in sentences."""
        papers, duplicates = counted(self.papers, "paper"), counted(self.duplicates, "duplicate")
        yield f"{papers}, {self.size_bytes / 2**20:,.1f} MiB, in {self.folder}"
        yield f"made of {', '.join(self.made_of)}"
        yield f"newest record: {self.newest or 'not dated'}"
        yield (
            f"{self.with_authors:,} with authors, {self.with_abstract:,} with an abstract; "
            f"{self.repaired:,} repaired, {duplicates}, {self.damaged:,} damaged"
        )
        yield f"{self.whole_months:,} of {self.months:,} months since April 2007 are whole"


def described(folder: Path) -> Described:
    """What the catalogue in a folder holds. Raises DataError where there is none."""
    with Catalogue(folder) as catalogue:
        about = catalogue.about
    months = {int(month): count for month, count in about["months"].items()}
    return Described(
        folder=str(folder),
        papers=about["records"],
        size_bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        made_of=tuple(about["made_of"]),
        newest=about["newest"],
        with_authors=about["with_authors"],
        with_abstract=about["with_abstract"],
        repaired=about["repaired"],
        duplicates=about["duplicates"],
        damaged=about["skipped"],
        months=len(months),
        whole_months=sum(count >= WHOLE * largest for count, largest in months.values()),
    )
