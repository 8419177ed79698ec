"""How common the names of a catalogue's authors are, counted over names drawn from all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.catalogue.folder import NAMES
from pipeline.identity.rarity import Rarity, rarity_of

MOST_NAMES = 200_000
"""So many different names are held at most: a share of one in 100,000 is still seen."""
FEWEST = 2
"""What is counted once says no more than that it is rare."""

COUNTED = pa.schema([("of", pa.string()), ("name", pa.string()), ("count", pa.int64())])
"""How many different names have a `given` name, a first `letter`, a `family` name; `all` of them.

Folded, and counted as `Rarity` has it.
"""


class NameCounter:
    """Takes the author lists of records, and holds a fair part of all different names."""

    def __init__(self, most: int = MOST_NAMES) -> None:
        self._most = most
        self._drawn: set[str] = set()
        self._every = 1

    def add(self, authors: Iterable[Sequence[str] | None]) -> None:
        """The names of records that follow."""
        self._drawn.update(name for names in authors for name in names or () if self._is_of(name))
        while len(self._drawn) > self._most:
            self._every *= 2
            self._drawn = set(filter(self._is_of, self._drawn))

    def write(self, path: Path) -> None:
        """The counts over the names that were drawn, as `COUNTED`, in Parquet."""
        rarity = rarity_of(self._drawn)
        rows = [("all", "", rarity.names)]
        counted = {"given": rarity.given, "letter": rarity.letter, "family": rarity.family}
        for of, counts in counted.items():
            rows += sorted((of, name, n) for name, n in counts.items() if n >= FEWEST)
        columns = map(list, zip(*rows, strict=True))
        table = pa.table(dict(zip(COUNTED.names, columns, strict=True)), schema=COUNTED)
        pq.write_table(table, path.absolute(), compression="zstd", write_page_checksum=True)

    def _is_of(self, name: str) -> bool:
        # A hash that is the same everywhere, so that the same records give the same names.
        return crc32(name.encode("utf-8", "surrogatepass")) % self._every == 0


def names_of_build(build: Path) -> Rarity | None:
    """The counts in the folder of a build; None where it was made before they were kept."""
    path = build / NAMES
    return read_names(path) if path.exists() else None


def read_names(path: Path) -> Rarity:
    """The counts in a file that `NameCounter` wrote. Raises as Parquet does."""
    counts: dict[str, Counter[str]] = {of: Counter() for of in ("all", "given", "letter", "family")}
    table = pq.read_table(path.absolute(), schema=COUNTED, page_checksum_verification=True)
    for of, name, count in zip(*(column.to_pylist() for column in table), strict=True):
        counts[of][name] = count
    return Rarity(counts["all"][""], counts["given"], counts["family"], counts["letter"])
