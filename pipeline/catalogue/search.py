"""The local catalogue as it is read: records by id, and those that an entry could be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import cast

import numpy as np
import orjson
import pyarrow as pa
import tantivy

from pipeline.catalogue.author_names import names_of_build
from pipeline.catalogue.failures import checked
from pipeline.catalogue.folder import REMEDY, current_build
from pipeline.catalogue.opening import in_use
from pipeline.catalogue.rarity import TitleRarity, rarity_of
from pipeline.identity.rarity import Rarity
from pipeline.match.dates import stated_spans
from pipeline.match.shortened import ACRONYM
from pipeline.model.errors import DataError
from pipeline.model.folding import content_of, folded_name, title_words
from pipeline.model.records import Entry
from pipeline.model.services import Payloads
from pipeline.model.tables import CATALOGUE
from pipeline.model.title_twins import NO_COUNTS, TwinCounts

MOST = 8
"""How many papers are taken for an entry by title words, and as many by authors."""
RAREST_WORDS, FEW_WORDS = 5, 3
"""How many words of a title are looked for: the rarest; few of them, where a title is equal and
the others are there to be compared with. More cost time and find no more."""
END_NAMES = 3
"""How many authors are looked for from each end of the list."""
MOST_BEFORE_WINDOW = 64
MOST_OF_SHORT, MOST_BEFORE_MONTH = 6, 1000
"""A title of so many words that say something is looked for among the papers of its month."""
WINDOW_MONTHS = (-3, 6)
"""An entry's authors are looked for among papers from so many months before its own, to after."""

MOST_EQUAL = 20
"""How many papers of the very same folded title are taken."""
WHOLE = 0.97
"""The share of a month's numbers that make the month whole."""


class Catalogue:
    """All of arXiv that the catalogue in a folder holds. Opening it reads no record.

    `about` is what the build counted; `newest` is the day of its newest record. `mark` is another
    for another build.
    Raises DataError where there is none, or one that is damaged or of another version.
    """

    def __init__(self, folder: Path) -> None:
        self._build, self.about, self._parquet, self._index, self.mark = in_use(folder)
        with checked(self._build):
            self._searcher = self._index.searcher()
            newest = self.about["newest"]
            self.newest = date.fromisoformat(newest) if newest else None
            counted = self.about.get("title_twins")
            self._twins = TwinCounts(**counted) if counted else NO_COUNTS
            self._damaged = frozenset(self.about.get("damaged_titles", ()))
        groups = range(self._parquet.num_row_groups)
        sizes = [self._parquet.metadata.row_group(group).num_rows for group in groups]
        self._ends = np.cumsum(sizes)
        counts = {sum(sizes), self._searcher.num_docs, self.about["records"]}
        if len(counts) > 1 or self._parquet.schema_arrow != CATALOGUE.schema():
            raise DataError(self._build, "damaged (not the records that were written)", REMEDY)

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *error: object) -> None:
        self._parquet.close()

    def pieces(self, arxiv_ids: Sequence[str]) -> Payloads:
        """The record of each id as JSON, by the columns of `CATALOGUE`; None where none is."""
        with checked(self._build):
            rows = [self._rows(self._term("arxiv_id", arxiv_id), 1) for arxiv_id in arxiv_ids]
            records = self._records(chain.from_iterable(rows))
            pieces = [records[row[0]] if row else None for row in rows]
            for arxiv_id, record in zip(arxiv_ids, pieces, strict=True):
                if record and orjson.loads(record)["arxiv_id"] != arxiv_id:
                    raise ValueError(f"its index leads from {arxiv_id} to another record")
        return tuple(zip(arxiv_ids, pieces, strict=True))

    def near(
        self, entries: Sequence[Entry], absent: Sequence[str | None] = ()
    ) -> list[list[bytes]]:
        """The records that each entry could be, as `pieces` has them, the likeliest kind first.

        Its printed id, equal folded titles, titles that share its rarest words, and, where no
        title is equal, papers of its authors about its date. Each record is read once, whatever
        the number of entries: many at a time are cheaper than one by one. For each entry an
        `absent` id is as if the catalogue did not have it, to measure what is then taken for it.
        """
        missing = absent or [None] * len(entries)
        with checked(self._build):
            rows = [
                list(dict.fromkeys(self._rows_near(entry, self._row_of(arxiv_id))))
                for entry, arxiv_id in zip(entries, missing, strict=True)
            ]
            records = self._records(chain.from_iterable(rows))
        return [[records[row] for row in near_rows] for near_rows in rows]

    def title_rarity(self, title: str | None) -> TitleRarity:
        """How often another paper bears a title like this too, and how rare its words are."""
        words = title_words(title or "")
        with checked(self._build):
            counts = {word: self._searcher.doc_freq("words", word) for word in set(words)}
        return rarity_of(words, counts, self.about["records"], self._twins)

    def author_names(self) -> Rarity | None:
        """How common the names of its authors are; None where it was built before this was kept."""
        with checked(self._build):
            return names_of_build(self._build)

    def titles(self) -> dict[str, list[str]]:
        """The titles of every record by its id, today's first."""
        with checked(self._build):
            records = self._parquet.read(["arxiv_id", "title", "former_titles"])
        columns = (column.to_pylist() for column in records)
        return {
            arxiv_id: [title_now, *(former or ())]
            for arxiv_id, title_now, former in zip(*columns, strict=True)
        }

    def batches(self) -> Iterator[pa.Table]:
        """All records, in their order, as tables of `CATALOGUE`."""
        for group in range(self._parquet.num_row_groups):
            with checked(self._build):
                records = self._parquet.read_row_group(group)
            yield records

    def checked(self, day: date | None) -> date | None:
        """The day up to which arXiv was looked through for an entry of a day, if all of it was.

        It was, where the catalogue holds every month that such an entry's paper can be of. arXiv
        numbers the papers of a month without gaps to speak of, so the largest number says how
        many there were.
        """
        newest = self.newest
        if day is None or newest is None or newest < day:
            return None
        month, last = day.year * 12 + day.month - 1, newest.year * 12 + newest.month - 1
        asked = range(month - 1, min(month + 2, last) + 1)
        counts = [self.about["months"].get(str(asked_for), (0, 1)) for asked_for in asked]
        return newest if all(count >= WHOLE * largest for count, largest in counts) else None

    def _row_of(self, arxiv_id: str | None) -> int | None:
        rows = self._rows(self._term("arxiv_id", arxiv_id), 1) if arxiv_id else []
        return rows[0] if rows else None

    def _rows_near(self, entry: Entry, absent: int | None) -> Iterator[int]:
        return (row for row in self._all_rows_near(entry, absent) if row != absent)

    def _all_rows_near(self, entry: Entry, absent: int | None) -> Iterator[int]:
        if entry.arxiv_id:
            yield from self._rows(self._term("arxiv_id", entry.arxiv_id), 1)
        words = title_words(entry.title or "")
        equal = self._rows(self._term("key", "".join(words)), MOST_EQUAL) if words else []
        equal = [row for row in equal if row != absent]
        yield from equal
        if words:
            asked = self._rarest(words)[: FEW_WORDS if equal else RAREST_WORDS]
            yield from self._rows(self._any("words", asked), MOST)
        if words and not equal:
            yield from self._of_its_time(entry, words)
        names = entry.authors or ()
        ends = dict.fromkeys(map(folded_name, (*names[:END_NAMES], *names[-END_NAMES:])))
        if ends and not equal:
            yield from self._about(entry.date, self._any("names", list(ends)))

    def _of_its_time(self, entry: Entry, words: Sequence[str]) -> list[int]:
        """The papers of the month that an entry states that have all words of a shorter title."""
        months = {m for span in stated_spans(entry) if span.first == span.last
                  for m in range(span.first - 1, span.last + 1)}  # fmt: skip
        acronyms = set(map(str.lower, ACRONYM.findall(entry.title or "")))
        content = content_of(words)
        said = {word for word in content if word.removesuffix("s") not in acronyms} or content
        if not months or not 0 < len(said) <= MOST_OF_SHORT:
            return []
        addresses = self._hits(self._all("words", sorted(said)), MOST_BEFORE_MONTH)
        of_month = zip(
            self._numbers("row", addresses), self._numbers("month", addresses), strict=True
        )
        return [row for row, month in of_month if month in months][:MOST]

    def _rarest(self, words: Iterable[str]) -> list[str]:
        counted_words = ((self._searcher.doc_freq("words", word), word) for word in set(words))
        return [word for count, word in sorted(counted_words) if count]

    def _about(self, day: date | None, query: tantivy.Query) -> list[int]:
        """The first papers of a query that are dated within the window around a day."""
        # A range in the query itself takes thirty times as long as to look at the best few dozen.
        addresses = self._hits(query, MOST_BEFORE_WINDOW)
        rows = self._numbers("row", addresses)
        if day is None:
            return rows[:MOST]
        month = day.year * 12 + day.month - 1
        first, last = (month + shift for shift in WINDOW_MONTHS)
        months = self._numbers("month", addresses)
        inside = [row for row, at in zip(rows, months, strict=True) if first <= at <= last]
        return inside[:MOST]

    def _rows(self, query: tantivy.Query, most: int) -> list[int]:
        return self._numbers("row", self._hits(query, most))

    def _hits(self, query: tantivy.Query, most: int) -> list[tantivy.DocAddress]:
        return [address for _, address in self._searcher.search(query, most, count=False).hits]

    def _numbers(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return cast(list[int], self._searcher.fast_field_values(field, addresses))

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, value)

    def _all(self, field: str, values: Sequence[str]) -> tantivy.Query:
        must = tantivy.Occur.Must
        return tantivy.Query.boolean_query([(must, self._term(field, v)) for v in values])

    def _any(self, field: str, values: Sequence[str]) -> tantivy.Query:
        should = tantivy.Occur.Should
        return tantivy.Query.boolean_query([(should, self._term(field, v)) for v in values])

    def _records(self, rows: Iterable[int]) -> dict[int, bytes]:
        wanted = np.unique(np.fromiter(rows, dtype=np.int64))
        groups = np.searchsorted(self._ends, wanted, side="right")
        record_of_row = {}
        for group in np.unique(groups):
            inside = wanted[groups == group]
            first = self._ends[group - 1] if group else 0
            table = self._parquet.read_row_group(int(group)).take(inside - first)
            for row, record in zip(inside.tolist(), table.to_pylist(), strict=True):
                if record["arxiv_id"] in self._damaged:
                    record["title_damaged"] = True
                record_of_row[row] = orjson.dumps(record)
        return record_of_row


@contextmanager
def catalogue_or_none(asked: Path | None, usual: Path | None = None) -> Iterator[Catalogue | None]:
    """The catalogue asked for while the block lasts; else the usual one, if it is there."""
    folder = asked or (usual if usual and current_build(usual) else None)
    if folder is None:
        yield None
        return
    with Catalogue(folder) as opened:
        yield opened
