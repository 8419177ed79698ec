"""A table of papers as a spreadsheet saves it: a row of names, then a row for each paper.

    제목,저자,arxiv,태그,메모,날짜
    Arctic-SnowCoder,"Wei, Yuxiang; Han, Hojae",2409.02326,"code, llm",코드 LLM 연구.,2024-09-05

Cells stand apart by commas, semicolons or tabs. The names are those of the dictionary of fields, in
any order; where the named columns hold no arXiv id, a row is looked through cell by cell.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, get_args

from pipeline.digests.bibliography import Record, arxiv_id_in, doi_link, entries, refusal
from pipeline.digests.content_roles import LOOKED_AT, roles_by_content
from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.markdown import is_paper_link
from pipeline.digests.people import people_of
from pipeline.digests.prose import listed_tags
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.digests.slashed_days import (
    is_dotted_month_first,
    is_month_first,
    iso_day,
    iso_of_dotted,
)
from pipeline.model.counting import counted
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Entry, Format, Skip, Text

_FINDING: frozenset[FieldName | None] = frozenset(("title", "paper", "arxiv", "link", "doi"))
_NOTES: tuple[FieldName, ...] = ("notes", "summary")
_DAYS: tuple[FieldName, ...] = ("added", "date", "published", "year")
_ONE_COLUMN = re.compile(r"\"?\w[\w ]{0,30}\"?\s*")
_YEARS: tuple[FieldName, ...] = ("published", "year")
_GUARDED = tuple(f"'{sign}" for sign in "=+-@\t\r\n＝＋－＠")
_DELIMITERS = ",;\t"
_NO_ID = re.compile(r"[-–—./?\s]*|none|null|nan|n/?a|no|없음|x", re.IGNORECASE)
_DAMAGED_ID = re.compile(r"[\d,]+[.,]\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+", re.IGNORECASE)
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_QUESTION_CHARACTERS = 150
_NAME_CHARACTERS = 30
_WORDS_OF_NAME = 4
_RE_READ_LINES = 50_000
_BESIDE_FIELD = re.compile(
    r"(?:my|meine?(?!\s+tag\b)|mes|mon|mis?|meus?|minhas?|내|我的"
    r"|(?:book|document|source)(?=\s+(?:title|author)))\s+|我的(?=\S)",
    re.IGNORECASE,
)
"""Words before the name of a column: whose it is (`My thoughts`), or of what (`Book Title`)."""


class _CsvHeader(NamedTuple):
    line: int
    delimiter: str
    roles: tuple[FieldName | None, ...]
    names: tuple[str, ...]

    @property
    def finds_papers(self) -> bool:
        return bool(_FINDING & set(self.roles))


class _CsvRow(NamedTuple):
    start: int
    end: int
    cells: Sequence[str]


def _likeness(text: Text) -> float:
    lines = text.head
    header = _header(lines)
    header = header and _told(Text(text.file, lines), header)
    if not header or not header.finds_papers:
        return 0.0
    known_columns = _known(header.roles)
    is_title_column = header.roles == ("title",) and _is_column_of_titles(lines)
    if (
        (known_columns < 2 and not is_title_column)
        or max(map(len, header.names)) > 40
        or "|" in lines[0][:1]
    ):
        return 0.0
    rows = list(islice(_rows(Text(text.file, lines), header), 50))
    even_rows = sum(
        isinstance(row, _CsvRow) and len(row.cells) == len(header.roles) for row in rows
    )
    return 0.5 + 0.5 * (even_rows / len(rows) if rows else 1.0)


def _is_column_of_titles(lines: Sequence[str]) -> bool:
    """Whether a head and rows follow; a line "Title" above a link is a note."""
    has_heading = len(lines) > 1 and _ONE_COLUMN.fullmatch(lines[0]) is not None
    return has_heading and not any("://" in line for line in lines)


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record | Skip]:
    header = _header([line or "" for line in islice(text.lines, 20)])
    header = header and _told(text, header)
    if not header or not header.finds_papers:
        first = next((n for n, line in enumerate(text.lines, 1) if line and line.strip()), None)
        if first:
            reason = "no column is named. Let the first row name them: title, authors, notes, tags."
            yield refusal(text, first, reason)
        return
    month_first, is_dotted = is_month_first(text.lines), is_dotted_month_first(text.lines)
    for row in _rows(text, header):
        record = row if isinstance(row, Skip) else _record(text, header, row)
        if isinstance(record, Record) and record.added:
            added = iso_of_dotted(record.added, month_first=is_dotted)
            record = replace(record, added=iso_day(added, month_first=month_first))
        yield record


def _header(lines: Sequence[str]) -> _CsvHeader | None:
    number = next((n for n, line in enumerate(lines, 1) if line.strip()), 0)
    # Excel writes and hides a first line that names the delimiter.
    if number and re.fullmatch(r"sep=.", lines[number - 1].strip(), re.IGNORECASE):
        number += 1
    if not 0 < number <= len(lines):
        return None
    headers = [_named(lines[number - 1], number, delimiter) for delimiter in _DELIMITERS]
    return max(headers, key=lambda header: (_known(header.roles), len(header.roles)))


def _known(roles: Sequence[FieldName | None]) -> int:
    return sum(role is not None for role in roles)


def _named(line: str, number: int, delimiter: str) -> _CsvHeader:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        names = []
    roles = tuple(_role_of(name) for name in names)
    return _CsvHeader(number, delimiter, roles, tuple(names))


def _told(text: Text, header: _CsvHeader) -> _CsvHeader:
    """The header with what its other columns hold, where their cells tell."""
    unknown = [at for at, role in enumerate(header.roles) if role is None or role == "venue"]
    if not unknown or len(header.roles) < _FEWEST_COLUMNS or not all(map(_may_name, header.names)):
        return header
    rows = [row.cells for row in islice(_rows(text, header), LOOKED_AT) if isinstance(row, _CsvRow)]
    even = sum(len(row) == len(header.roles) for row in rows)
    if len(rows) < _FEWEST_ROWS or even * 10 < len(rows) * 9:
        return header
    columns = {str(at): [row[at] for row in rows if at < len(row)] for at in unknown}
    stated_roles = [role for at, role in enumerate(header.roles) if role and at not in unknown]
    role_of_column = roles_by_content(columns, stated_roles)
    if not header.finds_papers and not {"title", "link", "authors"} <= {
        *role_of_column.values(),
        *stated_roles,
    }:
        return header
    roles = [role_of_column.get(str(at), role) for at, role in enumerate(header.roles)]
    return header._replace(roles=tuple(roles))


def _may_name(name: str) -> bool:
    """Whether a cell of the first row may be the name of a column, or the question of a form."""
    if name.rstrip().endswith("?"):
        return len(name) <= _QUESTION_CHARACTERS
    return len(name) <= _NAME_CHARACTERS and len(name.split()) <= _WORDS_OF_NAME and ":" not in name


def _role_of(name: str) -> FieldName | None:
    """The field of a column; services that keep pages too call their titles those of a book."""
    if "://" in name:
        return None
    return field_of(_BESIDE_FIELD.sub("", name.strip(), count=1))


def _rows(text: Text, header: _CsvHeader) -> Iterator[_CsvRow | Skip]:
    """The rows after the header, blank ones left out. After a damaged row, the next line is one."""
    at, re_read = header.line, 0
    while at < len(text.lines):
        lines = ((text.lines[number] or "") + "\n" for number in range(at, len(text.lines)))
        reader = csv.reader(lines, delimiter=header.delimiter, strict=True, skipinitialspace=True)
        begun = 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    unguarded = [_unguarded(cell) for cell in cells]
                    yield _CsvRow(at + begun + 1, at + reader.line_num, unguarded)
                begun = reader.line_num
        except csv.Error as error:
            yield refusal(text, at + begun + 1, _damage(str(error)))
            re_read += reader.line_num - begun - 1
            at += begun + 1 if re_read <= _RE_READ_LINES else reader.line_num
        else:
            return


def _unguarded(cell: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from running it.

    Who writes it doubles one that begins a text, and ''quotes'' are none.
    """
    is_doubled = cell.startswith("''") and not cell.endswith("''")
    return cell[1:] if is_doubled or cell.startswith(_GUARDED) else cell


def _damage(error: str) -> str:
    if "limit" in error:
        size = csv.field_size_limit()
        return f"a cell is over {size} characters, or its quote does not end. Shorten or end it."
    return f"the row is no CSV ({error}). End its quotes, and double those within a cell."


def _record(text: Text, header: _CsvHeader, row: _CsvRow) -> Record | Skip:
    if any(cell.strip() for cell in row.cells[len(header.roles) :]):
        reason = (
            f"the row has {counted(len(row.cells), 'cell')} and the header {len(header.roles)}. "
            "Put quotes around the cell that holds the delimiter."
        )
        return refusal(text, row.start, reason)
    cells = _by_role(header, row.cells)
    damaged = _damaged_id(cells)
    if damaged is not None:
        reason = (
            f"{damaged[:40]} is no arXiv id; a spreadsheet may have made it a number. "
            "Make the column text and write it in full, as 2409.01520 or 0911.3083."
        )
        return refusal(text, row.start, reason)
    urls = [word for cell in cells["link"] for word in cell.split() if "://" in word]
    titles = [*cells["title"], *(cell for cell in cells["paper"] if "://" not in cell)]
    id_cells = (*cells["arxiv"], *cells["id"], *cells["link"], *cells["paper"], *cells["doi"])
    elsewhere = any(map(is_paper_link, (*cells["link"], *cells["doi"])))
    placed = elsewhere or any(map(arxiv_id_in, id_cells))
    others = () if placed else _others(header, row.cells)
    return Record(
        line_start=row.start,
        line_end=row.end,
        title=next(iter(titles), None),
        authors=tuple(name for cell in cells["authors"][:1] for name in people_of(cell)),
        abstract=next(iter(cells["abstract"]), None),
        notes=tuple(cell for field in _NOTES for cell in cells[field]),
        keywords=tuple(tag for cell in cells["tags"] for tag in listed_tags(cell)),
        ids=(*id_cells, *others),
        urls=(*urls, *(link for doi in cells["doi"] if (link := doi_link(doi)))),
        added=next((cell for field in _DAYS for cell in cells[field]), None),
        published=published_of(next((c for field in _YEARS for c in cells[field]), None)),
        venue=venue_of(*cells["venue"]),
        doi=doi_of(*cells["doi"]),
    )


def _by_role(header: _CsvHeader, cells: Sequence[str]) -> dict[FieldName, list[str]]:
    """The cells of each field that are not blank, in the order of the columns."""
    cells_by_field: dict[FieldName, list[str]] = {name: [] for name in get_args(FieldName)}
    for role, cell in zip(header.roles, cells, strict=False):
        if role and cell.strip():
            cells_by_field[role].append(cell.strip())
    return cells_by_field


def _others(header: _CsvHeader, cells: Sequence[str]) -> Iterator[str]:
    """The cells that may hold the paper's id though their column does not say so."""
    passed = (*_NOTES, "abstract", "elsewhere", "authors")
    pairs = zip(header.roles, cells, strict=False)
    return (cell.strip() for role, cell in pairs if role not in passed and cell.strip())


def _damaged_id(cells: Mapping[FieldName, Sequence[str]]) -> str | None:
    wrong = [cell for cell in cells["arxiv"] if not _NO_ID.fullmatch(cell)]
    wrong += [cell for cell in cells["id"] if _DAMAGED_ID.fullmatch(cell)]
    return next((cell for cell in wrong if normal_arxiv_id(cell) is None), None)


FORMAT = Format("csv_table", _likeness, _entries)
