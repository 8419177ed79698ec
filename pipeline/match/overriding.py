"""The reader's own decisions, found for the entry that they are about."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.errors import OverridesError
from pipeline.model.folding import folded_title
from pipeline.model.records import Entry, Override


class OverrideIndex:
    """Overrides by folded title and by place. A file is named by its path or the end of it.

    Raises OverridesError where two overrides speak of one title or one place.
    """

    def __init__(self, overrides: Sequence[Override]) -> None:
        self._by_title: dict[str, Override] = {}
        self._by_place: dict[tuple[str, int | None], Override] = {}
        for override in overrides:
            first: Override | None = None
            if override.title:
                first = self._by_title.setdefault(folded_title(override.title), override)
            elif override.file:
                place = (override.file.removeprefix("./"), override.line)
                first = self._by_place.setdefault(place, override)
            if first is not None and first is not override:
                what = f"{first.place} is about the same entry. Keep one of the two."
                raise OverridesError(override.place, None, what)

    def of(self, entry: Entry) -> Override | None:
        """The override for an entry: by a line within it first, then by its title."""
        for (file, line), override in self._by_place.items():
            within = entry.line_start <= (line or 0) <= entry.line_end
            if within and f"/{entry.file}".endswith(f"/{file}"):
                return override
        return self._by_title.get(folded_title(entry.title)) if entry.title else None
