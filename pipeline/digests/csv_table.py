"""A table of papers as a spreadsheet saves it: a row of names, then a row for each paper.

    제목,저자,arxiv,태그,메모,날짜
    Arctic-SnowCoder,"Wei, Yuxiang; Han, Hojae",2409.02326,"code, llm",코드 LLM 연구.,2024-09-05

Cells stand apart by commas, semicolons or tabs. The names are matched loosely, and may come in
any order; unknown columns are passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from pipeline.digests.bibliography import Record, doi_link, entries, head, listed, person, refusal
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Entry, Format, Skip, Text

_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "paper", "제목", "논문제목", "논문", "논문명"),
    "authors": ("authors", "author", "저자", "저자들", "저자명"),
    "abstract": ("abstract", "abstractnote", "초록", "요약"),
    "tags": ("tags", "tag", "keywords", "keyword", "manualtags", "태그", "키워드", "분류"),
    "notes": (
        *("notes", "note", "comments", "comment", "commentary", "memo", "extra", "review"),
        *("메모", "의견", "노트", "코멘트", "감상", "비고"),
    ),
    # A table that has both says with the longer name when the paper was added or read.
    "added": (
        *("dateread", "readon", "readdate", "read", "dateadded", "addedon", "added"),
        *("읽은날짜", "읽은날", "추가일", "날짜", "일자", "date"),
    ),
    "arxiv": ("arxivid", "arxiv", "arxivnumber", "아카이브"),
    "id": ("id",),
    "url": ("url", "urls", "link", "links", "링크", "주소"),
    "doi": ("doi",),
}
_ROLE_OF = {name: role for role, names in _NAMES.items() for name in names}
_DELIMITERS = ",;\t"
_NO_ID = re.compile(r"[-–—./?\s]*|none|null|nan|n/?a|no|없음|x", re.IGNORECASE)
_DAMAGED_ID = re.compile(r"[\d,]+[.,]\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+", re.IGNORECASE)
_RE_READ_LINES = 50_000


class _Header(NamedTuple):
    line: int
    delimiter: str
    roles: tuple[str | None, ...]
    names: tuple[str, ...]

    @property
    def finds_papers(self) -> bool:
        return bool({"title", "arxiv", "url", "doi"} & set(self.roles))


class _Row(NamedTuple):
    start: int
    end: int
    cells: Sequence[str]


def _likeness(text: Text) -> float:
    lines = head(text)
    header = _header(lines)
    if not header or not header.finds_papers:
        return 0.0
    known = sum(role is not None for role in header.roles)
    if known < 2 or max(map(len, header.names)) > 40:
        return 0.0
    rows = list(islice(_rows(Text(text.file, lines), header), 50))
    even = sum(isinstance(row, _Row) and len(row.cells) == len(header.roles) for row in rows)
    return 0.5 + 0.5 * (even / len(rows) if rows else 1.0)


def _read(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record | Skip]:
    header = _header([line or "" for line in islice(text.lines, 20)])
    if not header or not header.finds_papers:
        first = next((n for n, line in enumerate(text.lines, 1) if line and line.strip()), None)
        if first:
            reason = "no column is named. Let the first row name them: title, authors, notes, tags."
            yield refusal(text, first, reason)
        return
    for row in _rows(text, header):
        yield row if isinstance(row, Skip) else _record(text, header, row)


def _header(lines: Sequence[str]) -> _Header | None:
    number = next((n for n, line in enumerate(lines, 1) if line.strip()), 0)
    # Excel writes and hides a first line that names the delimiter.
    if number and re.fullmatch(r"sep=.", lines[number - 1].strip(), re.IGNORECASE):
        number += 1
    if not 0 < number <= len(lines):
        return None
    headers = [_named(lines[number - 1], number, delimiter) for delimiter in _DELIMITERS]
    return max(headers, key=lambda header: sum(role is not None for role in header.roles))


def _named(line: str, number: int, delimiter: str) -> _Header:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        names = []
    roles = tuple(_ROLE_OF.get(re.sub(r"[\W_]+", "", name.casefold())) for name in names)
    return _Header(number, delimiter, roles, tuple(names))


def _rows(text: Text, header: _Header) -> Iterator[_Row | Skip]:
    """The rows after the header, blank ones left out. After a damaged row, the next line is one."""
    at, re_read = header.line, 0
    while at < len(text.lines):
        lines = ((text.lines[number] or "") + "\n" for number in range(at, len(text.lines)))
        reader = csv.reader(lines, delimiter=header.delimiter, strict=True, skipinitialspace=True)
        begun = 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _Row(at + begun + 1, at + reader.line_num, cells)
                begun = reader.line_num
        except csv.Error as error:
            yield refusal(text, at + begun + 1, _damage(str(error)))
            re_read += reader.line_num - begun - 1
            at += begun + 1 if re_read <= _RE_READ_LINES else reader.line_num
        else:
            return


def _damage(error: str) -> str:
    if "limit" in error:
        size = csv.field_size_limit()
        return f"a cell is over {size} characters, or its quote does not end. Shorten or end it."
    return f"the row is no CSV ({error}). End its quotes, and double those within a cell."


def _record(text: Text, header: _Header, row: _Row) -> Record | Skip:
    if any(cell.strip() for cell in row.cells[len(header.roles) :]):
        reason = (
            f"the row has {len(row.cells)} cells and the header {len(header.roles)}. "
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
    urls = [word for cell in cells["url"] for word in cell.split() if "://" in word]
    return Record(
        line_start=row.start,
        line_end=row.end,
        title=next(iter(cells["title"]), None),
        authors=tuple(name for cell in cells["authors"][:1] for name in _people(cell)),
        abstract=next(iter(cells["abstract"]), None),
        notes=tuple(cells["notes"]),
        keywords=tuple(tag for cell in cells["tags"] for tag in _tags(cell)),
        ids=(*cells["arxiv"], *cells["id"], *cells["url"], *cells["doi"]),
        urls=(*urls, *(link for doi in cells["doi"] if (link := doi_link(doi)))),
        added=next(iter(cells["added"]), None),
    )


def _by_role(header: _Header, cells: Sequence[str]) -> dict[str, list[str]]:
    """The cells of each role that are not blank, by the order of the role's names."""
    found: dict[str, list[tuple[int, str]]] = {role: [] for role in _NAMES}
    for name, role, cell in zip(header.names, header.roles, cells, strict=False):
        if role and cell.strip():
            key = re.sub(r"[\W_]+", "", name.casefold())
            found[role].append((_NAMES[role].index(key), cell.strip()))
    return {
        role: [cell for _, cell in sorted(ranked, key=lambda pair: pair[0])]
        for role, ranked in found.items()
    }


def _damaged_id(cells: Mapping[str, Sequence[str]]) -> str | None:
    wrong = [cell for cell in cells["arxiv"] if not _NO_ID.fullmatch(cell)]
    wrong += [cell for cell in cells["id"] if _DAMAGED_ID.fullmatch(cell)]
    return next((cell for cell in wrong if normal_arxiv_id(cell) is None), None)


def _people(cell: str) -> list[str]:
    cell = cell.strip().removeprefix("(").removesuffix(")")
    if ";" in cell or "\n" in cell:
        return [person(name) for name in re.split(r"[;\n]", cell) if name.strip()]
    by_and = re.split(r"\s+and\s+", cell)
    if all("," in name and name.count(",") == 1 for name in by_and) and len(by_and) > 1:
        return [person(name) for name in by_and]
    names = [name.strip() for name in re.split(r"\s+and\s+|,", cell) if name.strip()]
    names = [name.removeprefix("and ").strip() for name in names]
    # Two single Latin words are one person, family name first; people have first names.
    if len(names) == 2 and "," in cell and all(re.fullmatch(r"[A-Za-z.'-]+", n) for n in names):
        return [person(cell)]
    return names


def _tags(cell: str) -> tuple[str, ...]:
    hashed = re.findall(r"#([^\s#,;]+)", cell)
    return tuple(hashed) if cell.startswith("#") and hashed else listed(cell)


FORMAT = Format("csv_table", _likeness, _read)
