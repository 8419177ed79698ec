"""Tags in all their spellings: one tag each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from pipeline.records import Entry, Tag


def folded_tag(spelling: str) -> str:
    """What the spellings of one tag share: no case, no hyphens, underscores or spaces.

    >>> folded_tag("object_detection") == folded_tag("Object-Detection")
    True
    """
    return spelling.casefold().replace("-", "").replace("_", "").replace(" ", "")


def tags_of_entries(entries: Iterable[Entry]) -> dict[str, Tag]:
    """Every tag of the entries, by folded spelling.

    The label is the latest spelling; the id is made from the earliest, so that it stays when the
    reader's habit changes (an older note that spells it otherwise changes it). Spellings stand in
    the order of their first use.
    """
    first: dict[str, dict[str, date]] = defaultdict(dict)
    last: dict[str, dict[str, date]] = defaultdict(dict)
    for entry in entries:
        day = entry.date or date.min
        for spelling in entry.tags:
            key = folded_tag(spelling)
            first[key][spelling] = min(day, first[key].get(spelling, day))
            last[key][spelling] = max(day, last[key].get(spelling, day))
    return {key: _tag(first[key], last[key]) for key in sorted(first)}


def _tag(first: dict[str, date], last: dict[str, date]) -> Tag:
    spellings = sorted(first, key=lambda spelling: (first[spelling], spelling))
    label = max(last, key=lambda spelling: (last[spelling], spelling))
    return Tag(f"tag:{spellings[0].casefold().replace('_', '-')}", label, tuple(spellings))
