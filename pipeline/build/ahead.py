"""What follows from entries and papers alone, made in a copy while people are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import TYPE_CHECKING, NamedTuple, Self

import pyarrow as pa

from pipeline.build.packing import packed_field, packed_table, unpacked_table
from pipeline.build.relating import relations
from pipeline.enrich.coverage import coverage
from pipeline.graph.relations import Relations
from pipeline.model.identities import Suggestion
from pipeline.model.records import Entry, Match, Paper, Skip
from pipeline.model.services import LookupResult
from pipeline.model.tables import EDGES, NODES, Build
from pipeline.settings.tags import TagRules
from pipeline.store.memory import key_of

if TYPE_CHECKING:
    from pipeline.build.forking import Copied


MOST_ENTRIES = 10_000
"""Files of more would be waited for, and be too much to hold."""


class Told(NamedTuple):
    """The fields of a build that are known before its graph is drawn."""

    matches: Sequence[Match]
    papers: Sequence[Paper]
    skips: tuple[Skip, ...]
    told: tuple[LookupResult, ...]

    def if_few(self) -> Told:
        """These where they are few; of many, which are put away meanwhile, none are held."""
        return self if _is_few(self) else Told((), (), (), ())


class ToldTables(NamedTuple):
    """The relations of what is told, but for those of people, and what each source said of it."""

    relations: Relations[pa.Table]
    coverage: pa.Table

    @classmethod
    def of(cls, papers: Sequence[Paper], told: Sequence[LookupResult], rules: TagRules) -> Self:
        """The tables of papers."""
        return cls(relations(papers, rules), coverage(told, papers))


class MadeAhead(NamedTuple):
    """Pairs of tags that may be one, files by name, and marks of the fields that are told.

    `relations` and `coverage` are tables as bytes. Of many entries only the pairs are made.
    """

    suggestions: tuple[Suggestion, ...]
    relations: list[bytes]
    coverage: bytes
    files: dict[str, bytes]
    marks: dict[str, bytes]


class Ahead:
    """What a copy makes of what is told ahead of all else."""

    def __init__(self, told: Told, copy: Copied[MadeAhead]) -> None:
        self._told, self._copy = told, copy

    def result(self) -> tuple[Suggestion, ...] | None:
        """The suggestions, waited for; None where they could not be made."""
        made = self._copy.result()
        return made.suggestions if made else None

    def has_tables_of(self, papers: Sequence[Paper], told: Sequence[LookupResult]) -> bool:
        """Whether the tables of what is told are made."""
        is_same = _are_same(self._told.papers, papers) and _are_same(self._told.told, told)
        return _is_few(self._told) and is_same

    def tables(self) -> ToldTables | None:
        """The tables of what is told, waited for; None where they could not be made."""
        made = self._copy.result()
        if not made:
            return None
        related = Relations(*map(unpacked_table, made.relations))
        return ToldTables(related, unpacked_table(made.coverage))

    def files_of(self, build: Build) -> dict[str, bytes]:
        """The files, if they are those of this build; none where they could not be made."""
        made = self._made_of(build)
        return made.files if made else {}

    def marks_of(self, build: Build) -> dict[str, bytes]:
        """The mark of each field, if they are those of this build; none where none were made."""
        made = self._made_of(build)
        return made.marks if made else {}

    def _made_of(self, build: Build) -> MadeAhead | None:
        is_same = all(
            _are_same(told, getattr(build, name)) for name, told in self._told._asdict().items()
        )
        return self._copy.result() if is_same else None


def _are_same(told: Sequence[object], others: Sequence[object]) -> bool:
    return len(told) == len(others) and all(map(is_, told, others))


def mark_of_field(name: str, packed: bytes | memoryview) -> bytes:
    """What a field of a build has that no other content of it has."""
    return key_of(name, packed)


def _is_few(told: Told) -> bool:
    return len(told.matches) <= MOST_ENTRIES


def made_ahead(entries: Sequence[Entry], rules: TagRules, told: Told) -> MadeAhead:
    """The suggestions for tags of entries, and of few what papers, matches and skips make."""
    from pipeline.export import entries_csv, entries_xlsx
    from pipeline.identity.tag_suggestions import tag_suggestions

    if not _is_few(told):
        return MadeAhead(tag_suggestions(entries, rules), [], b"", {}, {})
    tables = ToldTables.of(told.papers, told.told, rules)
    related = list(map(packed_table, tables.relations))
    nodes, edges = (table.schema().empty_table() for table in (NODES, EDGES))
    of_entries = Build(nodes, edges, told.matches, (), (), told.skips, (), 0)
    made = (entries_csv.BUILD_FILE, entries_xlsx.BUILD_FILE)
    files = {file.file_name: b"".join(file.pieces(of_entries)) for file in made}
    fields = told._asdict()
    marks = {name: mark_of_field(name, packed_field(field)) for name, field in fields.items()}
    covered = packed_table(tables.coverage)
    return MadeAhead(tag_suggestions(entries, rules), related, covered, files, marks)
