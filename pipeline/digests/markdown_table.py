r"""Daily tables: a header that names the columns, a rule, and one paper a row.

    |Publish Date|Title|Authors|PDF|Code|
    |---|---|---|---|---|
    |**2024-09-03**|**Some Title**|First Author et.al.|[2409.01524](http://arxiv.org/abs/2409.01524)|null|

Columns stand in any order, under English or Korean names. `\|` is a pipe inside a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import unescape

from pipeline.digests import rows
from pipeline.digests.dates import Heading, day_heading
from pipeline.digests.prose import links, mentions, tags_in
from pipeline.digests.skips import long_line
from pipeline.model.records import Entry, Format, Skip, Text

_RULE = re.compile(r"\s*\|?(?:\s*:?-{1,200}:?\s*\|)*\s*:?-{1,200}:?\s*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<\s*/?\s*(?:br|p|div|li)\b[^<>]{0,200}>", re.IGNORECASE)
_HTML = re.compile(r"</?[a-zA-Z][^<>:]{0,500}(?::[^<>]{0,500})?>|<!--|-->")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>", re.IGNORECASE)
_MISSING = frozenset(("", "-", "--", "—", "–", "null", "none", "n/a", "na", "nan", "x", "없음"))
_COLUMNS = (
    ("title", r"title|제목"),
    ("date", r"date|\bday\b|날짜|일자|published|발행일|게재일"),
    ("authors", r"author|저자"),
    ("abstract", r"abstract|초록"),
    ("tags", r"tags?\b|categor|keyword|태그|분류|카테고리|키워드"),
    (
        "notes",
        r"note|comment|tl\s?;?\s?dr|remark|summary|memo|메모|비고|코멘트|요약|설명|한줄|의견",
    ),
    ("code", r"code|github|repo|project|코드|깃허브|프로젝트"),
    ("link", r"pdf|url|link|arxiv|링크|주소"),
    ("paper", r"paper|논문"),
)

_Columns = Mapping[str, int]


def _likeness(text: Text) -> float:
    lines, columns = rows.sample(text), None
    found, rest = 0, []
    for index, line in enumerate(lines):
        columns = _columns_at(lines, index) or (columns if _is_row(line) else None)
        if columns is not None:
            found += 1
        elif not rows.is_frame(line) and rows.item_of(line) is None:
            rest.append(line)
    found = found if found > 2 else 0
    share = found / (found + rows.note_weight(rest)) if found else 0.0
    return max(0.0, min(1.0, 2.5 * (share - 0.25)))


def _read(text: Text) -> Iterator[Entry | Skip]:
    day: date | None = None
    columns: _Columns | None = None
    run: list[rows.Line] = []
    for number, whole in enumerate(text.lines, 1):
        line = rows.Line(number, whole or "")
        heading = day_heading(text.file, line.number, line.text)
        header = _columns_at(text.lines, number - 1)
        columns = header or (columns if _is_row(line.text) else None)
        if heading is None and columns is None and whole and not rows.is_frame(whole):
            run.append(line)
            continue
        yield from rows.lost(text.file, run)
        run = []
        if whole is None:
            yield long_line(text.file, number)
        elif heading:
            day = heading.day
            yield from [heading.skip] if heading.skip else []
        elif columns and not header and not _RULE.fullmatch(whole):
            yield from _row(text.file, day, line, columns)
    yield from rows.lost(text.file, run)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") or len(_PIPE.findall(line[:2000])) > 1


def _columns_at(lines: Sequence[str | None], index: int) -> _Columns | None:
    """The columns of a header with its rule below; None for any other line, or an unknown table."""
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else None
    ruled = below and "|" in below and len(below) < 2000 and _RULE.fullmatch(below)
    if not line or len(line) > 2000 or "|" not in line or not ruled:
        return None
    columns: dict[str, int] = {}
    for at, cell in enumerate(_cells(line)):
        kind = _kind(rows.unmarked(_text(cell)))
        columns.setdefault("link" if kind == "paper" and "title" in columns else kind, at)
    paper = columns.pop("paper", None)
    if paper is not None:
        columns.setdefault("link" if "title" in columns else "title", paper)
    columns.pop("", None)
    return columns if len(columns) > 1 and ("title" in columns or "link" in columns) else None


def _kind(name: str) -> str:
    return next((kind for kind, form in _COLUMNS if re.search(form, name, re.IGNORECASE)), "")


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.replace("\\|", "|").strip() for cell in _PIPE.split(inner)]


def _row(file: str, day: date | None, line: rows.Line, columns: _Columns) -> Iterator[Entry | Skip]:
    cells = _cells(line.text)
    cell = {
        kind: _text(cells[at]) if at < len(cells) and not _is_missing(cells[at]) else ""
        for kind, at in columns.items()
    }
    heading = _date_of(file, line.number, cell.get("date", ""))
    yield from [heading.skip] if heading and heading.skip else []
    found = tuple(dict.fromkeys(links(rows.without_badges(" ".join(cells)))))
    arxiv_id = _own_id(cell, cells, columns)
    title, authors = _title(cell), _authors(cell)
    commentary = cell.get("notes") or None
    if not (title or found or arxiv_id):
        return
    yield Entry(
        file=file,
        line_start=line.number,
        line_end=line.number,
        date=heading.day if heading else day,
        title=title,
        authors=authors.names if authors else None,
        authors_complete=authors.complete if authors else False,
        abstract=rows.unmarked(cell.get("abstract", "")) or None,
        commentary=commentary,
        tags=_tags(cell),
        arxiv_id=arxiv_id,
        links=found,
        mentions=tuple(
            mention for mention in mentions(commentary or "") if mention.arxiv_id != arxiv_id
        ),
    )


def _text(cell: str) -> str:
    """A cell without HTML; `<br>` and its like are line ends."""
    cell = _AUTOLINK.sub(r" \1 ", rows.without_badges(cell))
    plain = unescape(_HTML.sub("", _BREAK.sub("\n", cell)))
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())


def _is_missing(cell: str) -> bool:
    return rows.unmarked(_text(cell)).lower() in _MISSING and not links(cell)


def _date_of(file: str, number: int, cell: str) -> Heading | None:
    printed = rows.unmarked(cell)
    heading = day_heading(file, number, printed)
    if heading is None and re.match(r"\d{4}-\d\d-\d\dT", printed):
        heading = day_heading(file, number, printed[:10])
    if heading is None or heading.skip is None:
        return heading
    reason = f"no such date in the row: {printed}. The entry is kept without a date."
    return Heading(None, Skip("digests", f"{file}:{number}", reason))


def _own_id(cell: Mapping[str, str], cells: Sequence[str], columns: _Columns) -> str | None:
    notes = {columns.get("notes"), columns.get("abstract"), columns.get("code")}
    others = " ".join(each for at, each in enumerate(cells) if at not in notes)
    found = (rows.ids_in(each) for each in (cell.get("link", ""), cell.get("title", ""), others))
    return next((ids[0] for ids in found if ids), None)


def _title(cell: Mapping[str, str]) -> str | None:
    lines = [rows.unmarked(line) for line in cell.get("title", "").split("\n")]
    return next((line for line in lines if line and not rows.is_label(line)), None)


def _authors(cell: Mapping[str, str]) -> rows.Names | None:
    if cell.get("authors"):
        return rows.names_in(rows.unmarked(cell["authors"]), sure=True)
    lines = [rows.unmarked(line) for line in cell.get("title", "").split("\n")[1:]]
    return next((names for line in lines if (names := rows.names_in(line))), None)


def _tags(cell: Mapping[str, str]) -> tuple[str, ...]:
    listed = re.split(r"[,;/\n]+|\s+(?=#)", rows.unmarked(cell.get("tags", "").replace("\n", ",")))
    named = [tag.strip(" #`") for tag in listed]
    written = [tag for key in ("notes", "title") for tag in tags_in(cell.get(key, ""))]
    return tuple(dict.fromkeys(tag for tag in [*named, *written] if tag))


FORMAT = Format("markdown_table", _likeness, _read)
