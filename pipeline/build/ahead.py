"""Files of entries alone, made in a copy of this process while the graph is still drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.identities import Suggestion
from pipeline.model.records import Entry, Match, Skip
from pipeline.model.tables import EDGES, NODES, Build
from pipeline.settings.tags import TagRules

if TYPE_CHECKING:
    from pipeline.build.forking import Copied


MOST_ENTRIES = 10_000
"""Files of more would be waited for, and be too much to hold."""


class MadeAhead(NamedTuple):
    """Pairs of tags that may be one, and files by name."""

    suggestions: tuple[Suggestion, ...]
    files: dict[str, bytes]


class Ahead:
    """What a copy makes of these matches and skips ahead of all else."""

    def __init__(self, told: tuple[tuple[Match, ...], tuple[Skip, ...]], copy: Copied[MadeAhead]):
        self._told, self._copy = told, copy

    def result(self) -> tuple[Suggestion, ...] | None:
        """The suggestions, waited for; None where they could not be made."""
        made = self._copy.result()
        return made.suggestions if made else None

    def files_of(self, build: Build) -> dict[str, bytes]:
        """The files, if they are those of this build; none where they could not be made."""
        made = self._copy.result() if self._is_of(build) else None
        return made.files if made else {}

    def _is_of(self, build: Build) -> bool:
        matches, skips = self._told
        same = zip(matches, build.matches, strict=False)
        are_as_many = len(matches) == len(build.matches)
        return are_as_many and skips == build.skips and all(a is b for a, b in same)


def made_ahead(
    entries: Sequence[Entry], rules: TagRules, told: tuple[tuple[Match, ...], tuple[Skip, ...]]
) -> MadeAhead:
    """The suggestions for tags of entries, and the files that matches and skips alone make."""
    from pipeline.export import entries_csv, entries_xlsx
    from pipeline.identity.tag_suggestions import tag_suggestions

    matches, skips = told
    nodes, edges = (table.schema().empty_table() for table in (NODES, EDGES))
    of_entries = Build(nodes, edges, matches, (), (), skips, (), 0)
    made = (entries_csv.BUILD_FILE, entries_xlsx.BUILD_FILE) if len(matches) <= MOST_ENTRIES else ()
    files = {file.file_name: b"".join(file.pieces(of_entries)) for file in made}
    return MadeAhead(tag_suggestions(entries, rules), files)
