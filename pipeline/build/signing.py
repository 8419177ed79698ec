"""Who signed the papers, as the rest of a build needs it; of many found beside it.

Another process gives back columns and records in bytes: what it was found from, which is most of
the memory of a build, is never the first process's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.build.inputs import Given
from pipeline.build.packing import Shelved, unpacked_table
from pipeline.build.signing_beside import NameCounts, PackedSigners, SignersAsked, packed_question
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


def coming_signatures(
    papers: Sequence[Paper], of: Given, days: Days, progress: Progress, *, is_shelved: bool
) -> Callable[[Sequence[Paper]], Signers]:
    """What gives who signed the papers, waited for; it is to be asked once, with these papers.

    It holds none of them meanwhile, so that they may be put away.
    """

    def signed(papers: Sequence[Paper]) -> Signers:
        people, moved = with_lasting_ids(people_of(list(papers), of, days, progress), of.former)
        creators = Shelved.of(people, Creator) if is_shelved else tuple(people)
        return Signers(creators, signed_tables(people), tuple(moved))

    if not (len(papers) > MOST_PAPERS and of.beside and of.beside.copies):
        return signed
    wider = of.local.author_names()
    counts = NameCounts.of(wider) if wider else None
    asked = SignersAsked(counts, of.people, list(days.items()), of.former)
    coming = of.beside.signers(packed_question(asked, papers), PackedSigners)

    def waited_for(papers: Sequence[Paper]) -> Signers:
        for each in progress([coming] if coming else [], "telling people apart"):
            if made := each.result():
                tables = SignedTables(*map(unpacked_table, made.tables))
                shelved = Shelved(made.runs, tables.creators.num_rows, Creator)
                return Signers(shelved, tables, made.moved)
        return signed(papers)

    return waited_for
