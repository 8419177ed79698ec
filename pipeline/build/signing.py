"""Who signed the papers, as the rest of a build needs it; of many papers found in a copy meanwhile.

The copy gives back columns and records in bytes: what it was found from, which is most of the
memory of a build, is never the first process's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.build.inputs import Given
from pipeline.build.long_work import silent
from pipeline.build.packing import Shelved, packed_table, unpacked_table
from pipeline.build.telling_apart import know_names_by_two
from pipeline.build.whole_stages import MOST_PAPERS, people_of
from pipeline.graph.recorded import SignedTables, signed_tables
from pipeline.identity.former_ids import with_lasting_ids
from pipeline.identity.people import Days
from pipeline.model.identities import Creator, Moved
from pipeline.model.records import Paper, Progress


class Signers(NamedTuple):
    """People and organisations, their rows in the relations, and who moved since last time."""

    creators: Sequence[Creator]
    tables: SignedTables
    moved: tuple[Moved, ...]


class _PackedSigners(NamedTuple):
    """The same, for another process."""

    runs: list[bytes]
    tables: list[bytes]
    moved: tuple[Moved, ...]


def coming_signatures(
    papers: Sequence[Paper], of: Given, days: Days, progress: Progress, *, is_shelved: bool
) -> Callable[[], Signers]:
    """What gives who signed the papers, waited for; it is to be asked once."""

    def signed(progress: Progress = progress) -> Signers:
        people, moved = with_lasting_ids(people_of(papers, of, days, progress), of.former)
        creators = Shelved.of(people, Creator) if is_shelved else tuple(people)
        return Signers(creators, signed_tables(people), tuple(moved))

    def packed() -> _PackedSigners:
        know_names_by_two({name for paper in papers for name in paper.authors or ()})
        creators, tables, moved = signed(silent)
        return _PackedSigners(
            Shelved.of(creators, Creator).runs, list(map(packed_table, tables)), moved
        )

    is_much = len(papers) > MOST_PAPERS and of.beside and of.beside.copies
    # What is read once and kept is read before, so that the copy opens no file of this process.
    of.local.author_names()
    copy = of.beside.copied(packed, _PackedSigners) if is_much and of.beside else None
    if copy is None:
        return signed

    def waited_for() -> Signers:
        for each in progress([copy], "telling people apart"):
            if made := each.result():
                tables = SignedTables(*map(unpacked_table, made.tables))
                shelved = Shelved(made.runs, tables.creators.num_rows, Creator)
                return Signers(shelved, tables, made.moved)
        return signed()

    return waited_for
