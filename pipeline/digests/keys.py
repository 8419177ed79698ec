"""The keys of objects that hold papers under names that no dictionary knows, as known ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from pipeline.digests.content_roles import LOOKED_AT, roles_by_content
from pipeline.digests.fields import FieldName, field_of

_UNSURE: tuple[FieldName | None, ...] = (None, "venue", "paper", "aside", "elsewhere", "id")
"""What a key may be called though it holds something else: `where` a link, `what` a title."""
_MOST_PARTS = 50


def with_known_keys(items: Iterable[Any]) -> Iterator[Any]:
    """The items, where most are objects of the same keys with these keys called as fields are."""
    rest = iter(items)
    sample = list(islice(rest, LOOKED_AT))
    renamed = _known_names([item for item in sample if isinstance(item, Mapping)])
    for item in chain(sample, rest):
        if renamed and isinstance(item, Mapping):
            yield {renamed.get(str(key), key): value for key, value in item.items()}
        else:
            yield item


def _known_names(items: Sequence[Mapping[str, Any]]) -> Mapping[str, FieldName]:
    """The field of each key that is not known, by its values; empty where nothing is to be told."""
    columns: dict[str, list[str]] = {}
    for item in items:
        for key, value in item.items():
            columns.setdefault(str(key), []).append(_as_text(value))
    fields = {key: field_of(key) for key in columns}
    sure = [field for field in fields.values() if field and field not in _UNSURE]
    unsure = {
        key: values
        for key, values in columns.items()
        if fields[key] in _UNSURE and not key.startswith("\0") and 2 * len(values) > len(items)
    }
    roles = roles_by_content(unsure, sure)
    if "title" in sure and "authors" in sure:
        # What programs write of a paper is known; of its other lists of words one is its tags.
        listed = {key for item in items for key, value in item.items() if isinstance(value, list)}
        return {key: field for key, field in roles.items() if field == "tags" and key in listed}
    return roles


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        parts = [str(part) for part in value[:_MOST_PARTS] if isinstance(part, str | int)]
        return ", ".join(parts)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
