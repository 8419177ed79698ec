"""Authors as reference managers keep them: family and given names apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import pyarrow as pa

from pipeline.export.bibliography import PaperRecord
from pipeline.export.short_names import family_names

_AT_ONCE = 1_000


class NameParts(NamedTuple):
    """A name; of an organisation, and of who has one name, all of it is `family`."""

    family: str
    given: str | None


def with_names(all_records: Iterable[PaperRecord]) -> Iterator[tuple[PaperRecord, list[NameParts]]]:
    """Each record and its authors. Names are taken apart for many at once, as Arrow is quick."""
    coming = iter(all_records)
    while batch := list(islice(coming, _AT_ONCE)):
        names = pa.array([name for each in batch for name, _ in each.authors], pa.string())
        families = iter(family_names(names).to_pylist())
        for record in batch:
            yield record, _names(record, list(islice(families, len(record.authors))))


def _names(record: PaperRecord, families: Sequence[str]) -> list[NameParts]:
    pairs = zip(record.authors, families, strict=True)
    return [_name(name, family, is_whole) for (name, is_whole), family in pairs]


def _name(name: str, family: str, is_whole: bool) -> NameParts:
    family_part, comma, given_part = name.partition(",")
    if comma and family_part.strip() == family and given_part.strip():
        return NameParts(family, given_part.strip())
    given = name.removesuffix(family).strip()
    if is_whole or not given or not name.endswith(family):
        return NameParts(name, None)
    return NameParts(family, given)
