"""Authors as reference managers keep them: family and given names apart."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.short_names import family_names
from pipeline.export.text_columns import first_items, last_items

_PLAIN = r"^[^\s\pZ\x00-\x1f\x{85},]+(?: [^\s\pZ\x00-\x1f\x{85},]+)+$"
"""Words with a blank between: the last one is the family name, unless it has particles."""


class NameParts(NamedTuple):
    """A name; of an organisation, and of who has one name, all of it is `family`."""

    family: str
    given: str | None


class NamePartColumns(NamedTuple):
    """The family and the given names of many, as `NameParts` has them."""

    family: pa.Array
    given: pa.Array


def names_apart(names: pa.Array, are_whole: pa.Array) -> NamePartColumns:
    """The parts of names as printed; those that `are_whole` are organisations."""
    families = family_names(names)
    is_plain = pc.and_not(pc.match_substring_regex(names, _PLAIN), are_whole)
    words = pc.split_pattern(names, " ", max_splits=1, reverse=True)
    family, given = last_items(words), first_items(words)
    is_odd = pc.invert(pc.and_(is_plain, pc.equal(family, families)))
    odd = (column.filter(is_odd).to_pylist() for column in (names, families, are_whole))
    parts = [_name(*each) for each in zip(*odd, strict=True)]
    return NamePartColumns(
        pc.replace_with_mask(family, is_odd, pa.array([p.family for p in parts], pa.string())),
        pc.replace_with_mask(given, is_odd, pa.array([p.given for p in parts], pa.string())),
    )


def _name(name: str, family: str, is_whole: bool) -> NameParts:
    family_part, comma, given_part = name.partition(",")
    if comma and family_part.strip() == family and given_part.strip():
        return NameParts(family, given_part.strip())
    given = name.removesuffix(family).strip()
    if is_whole or not given or not name.endswith(family):
        return NameParts(name, None)
    return NameParts(family, given)
