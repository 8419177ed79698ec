r"""Tables in Markdown: a row that names the columns, a rule, and one paper a row.

    |Publish Date|Title|Authors|PDF|Code|
    |---|---|---|---|---|
    |**2024-09-03**|**Some Title**|First Author et.al.|[2409.01524](http://arxiv.org/abs/2409.01524)|null|

Columns stand in any order, under any name of the dictionary. Where the named ones hold no id, a
row is looked through cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from pipeline.digests import markdown
from pipeline.digests.author_years import is_author_year
from pipeline.digests.dates import Dated, Heading, dated, day_heading
from pipeline.digests.document import Columns
from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.heads import head_of_line
from pipeline.digests.lines import Line, cells_of
from pipeline.digests.names import AuthorList, names_in
from pipeline.digests.prose import links, listed_tags, mentions, tags_in
from pipeline.digests.publication import published_of, venue_of
from pipeline.digests.titles import is_title, looks_like_title, stated_title, without_number
from pipeline.model.records import Entry, Mention, Skip

_BREAK = re.compile(r"<\s*/?\s*(?:br|p|div|li)\b[^<>]{0,200}>", re.IGNORECASE)
_HTML = re.compile(r"</?[a-zA-Z][^<>:]{0,500}(?::[^<>]{0,500})?>|<!--|-->")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>", re.IGNORECASE)
_MISSING = frozenset(("", *"- -- — – null none n/a na nan x 없음 无".split()))
_QUOTED = re.compile(r"[\"“「『]([^\"”」』]{8,400})[\"”」』]")
_BOLD = re.compile(r"(?:\*\*|__)(.{2,400}?)(?:\*\*|__)")
_DESCRIPTION = re.compile(
    r"\s{2,}|\s+[-–—]\s+|:\s{1,3}(?=[a-z])|\n"
    r"|\s(?=(?:Introduces|Presents|Proposes|This (?:paper|work|survey|study)|The (?:authors?|paper)"
    r"|Researchers|We)\s)"
)
_WORDS_OF_NICKNAME = 3
_WORDS_OF_REMARK = 4
_DATES: tuple[FieldName, ...] = ("added", "date", "published")
_BESIDES: tuple[FieldName, ...] = ("notes", "abstract", "elsewhere", "summary")
"""Columns whose links lead to other papers."""


def columns_of(head: Line) -> Columns:
    """What each column of a table holds, by the names in its head. Those of no field are left out.

    A column called `Paper` holds titles where no other does.
    """
    columns: dict[FieldName, int] = {}
    for at, cell in enumerate(cells_of(head.body[:4000])):
        field = field_of(markdown.unmarked(_text(cell)), loose=True)
        if field:
            columns.setdefault("link" if field == "paper" and "title" in columns else field, at)
    paper = columns.pop("paper", None)
    if paper is not None:
        columns.setdefault("link" if "title" in columns else "title", paper)
    return columns


def holds_papers(columns: Columns) -> bool:
    """Whether a table is one of papers: its columns are named, a title or a link among them."""
    return len(columns) > 1 and bool(columns.keys() & {"title", "link", "arxiv"})


def row_entries(
    file: str, day: Dated | None, line: Line, columns: Columns
) -> Iterator[Entry | Skip]:
    """The entry that a row is, if it names a paper, and a skip where its date is none."""
    cells = [markdown.without_badges(cell) for cell in cells_of(line.body)]
    cell: dict[FieldName, str] = {
        field: _text(cells[at]) if at < len(cells) and not _is_missing(cells[at]) else ""
        for field, at in columns.items()
    }
    heading = _date_of(file, line.number, cell)
    yield from [heading.skip] if heading and heading.skip else []
    row_links = tuple(dict.fromkeys(links(" ".join(cells))))
    own_id = _own_id(cell, cells, columns)
    title, names, remark = _title(cell, cells, columns)
    if not (title or row_links or own_id) or _is_break(
        cell, title, found=bool(row_links or own_id)
    ):
        return
    authors = _authors(cell)
    notes = [remark, *(cell.get(key, "") for key in ("notes", "summary")), *_said(cells, columns)]
    commentary = "\n".join(note for note in notes if note) or None
    dated_by = _dated_by(cell, heading, day)
    yield Entry(
        file=file,
        line_start=line.number,
        line_end=line.last,
        date=dated_by.day if dated_by else None,
        title=title,
        authors=authors.names if authors else None,
        authors_complete=authors.complete if authors else False,
        abstract=markdown.unmarked(cell.get("abstract", "")) or None,
        commentary=commentary,
        tags=_tags(cell),
        arxiv_id=own_id,
        links=row_links,
        mentions=_mentions(own_id, commentary or "", cells),
        date_precision=dated_by.precision if dated_by else "day",
        names=names,
        published=_published(cell, day),
        venue=venue_of(markdown.unmarked(cell.get("venue", ""))),
    )


def _published(cell: Mapping[FieldName, str], day: Dated | None) -> str | None:
    """The year of a row that appeared then, by its own column or by the heading above the table."""
    of_table = str(day.day.year) if day and day.precision == "year" else None
    return published_of(cell.get("published") or cell.get("year")) or of_table


def _said(cells: Sequence[str], columns: Columns) -> Iterator[str]:
    """Sentences in columns that no field has a name for."""
    if "notes" in columns:
        return
    for at, cell in enumerate(cells):
        text = _text(cell)
        words = markdown.unmarked(text).split()
        if at in columns.values() or len(words) < _WORDS_OF_REMARK or "/" in words[0]:
            continue
        if not looks_like_title(text) and names_in(" ".join(words)) is None:
            yield text


def _is_break(cell: Mapping[FieldName, str], title: str | None, *, found: bool) -> bool:
    """Whether a row of a schedule is no paper: it has a day and words (`no meeting`), no link."""
    if found or title is None or not (cell.keys() & {"link", "arxiv", "doi"}):
        return False
    filled = {key for key, text in cell.items() if text} - {"title", "date", "added", "published"}
    return not filled and not looks_like_title(title, words=2)


def _text(cell: str) -> str:
    """A cell without HTML; `<br>` and its like are line ends."""
    cell = _AUTOLINK.sub(r" \1 ", markdown.without_badges(cell))
    plain = unescape(_HTML.sub("", _BREAK.sub("\n", cell)))
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())


def _is_missing(cell: str) -> bool:
    return markdown.unmarked(_text(cell)).lower() in _MISSING and not links(cell)


def _date_of(file: str, number: int, cell: Mapping[FieldName, str]) -> Heading | None:
    printed = next((markdown.unmarked(cell[key]) for key in _DATES if cell.get(key)), "")
    heading = day_heading(file, number, printed)
    if heading is None and re.match(r"\d{4}-\d\d-\d\dT", printed):
        heading = day_heading(file, number, printed[:10])
    if heading is None or heading.skip is None:
        return heading
    reason = f"no such date in the row: {printed}. The entry is kept without a date."
    return Heading(None, Skip("digests", f"{file}:{number}", reason))


def _dated_by(
    cell: Mapping[FieldName, str], heading: Heading | None, day: Dated | None
) -> Dated | None:
    """When a row's paper was read: as the row says, else by the heading above the table."""
    ruled = day if heading is None and day and day.precision != "year" else None
    stated = Dated(heading.day, "day") if heading and heading.day else _month_of(cell, heading)
    return stated or ruled


def _month_of(cell: Mapping[FieldName, str], heading: Heading | None) -> Dated | None:
    """A month or a year that a row states, where it states no day."""
    stated = next((cell[key] for key in _DATES if cell.get(key)), "")
    return dated(stated) if stated and heading is None else None


def _own_id(cell: Mapping[FieldName, str], cells: Sequence[str], columns: Columns) -> str | None:
    passed = {columns.get(field) for field in _BESIDES} if "title" in columns else set()
    keys: tuple[FieldName, ...] = ("arxiv", "link", "title", "doi", "id")
    others = [text for at, text in enumerate(cells) if at not in passed]
    id_lists = (markdown.ids_in(text) for text in (*(cell.get(key, "") for key in keys), *others))
    return next((ids[0] for ids in id_lists if ids), None)


def _title(
    cell: Mapping[FieldName, str], cells: Sequence[str], columns: Columns
) -> tuple[str | None, tuple[str, ...], str]:
    """The title of a row, its nicknames, and what stands behind the title in its cell."""
    title_cell = cell.get("title", "")
    title, remark = _title_in(title_cell, is_described="authors" not in columns)
    full = _full_title(cell, cells, columns, title or "")
    if full:
        names = [title, _nickname(cell), *_linked_names(cells, columns)[:1]]
        return full, tuple(dict.fromkeys(n for n in names if n and n != full)), remark
    others = [_text(text) for at, text in enumerate(cells) if at != columns.get("title")]
    quoted = next((m[1] for text in others if "://" in text and (m := _QUOTED.search(text))), None)
    nickname = tuple(filter(None, [_nickname(cell)]))
    if quoted:
        names = [*nickname, title]
        return quoted.strip(" .,"), tuple(n for n in names if n and n != quoted), remark
    if title is None and not title_cell:
        labels = [link.label for text in others for link in markdown.markdown_links(text)]
        title = next((t for label in labels if (t := stated_title(label)[0])), None)
        return title, nickname, ""
    return title, nickname, remark


def _nickname(cell: Mapping[FieldName, str]) -> str:
    return markdown.unmarked(cell.get("nickname", ""))


def _full_title(
    cell: Mapping[FieldName, str], cells: Sequence[str], columns: Columns, title: str
) -> str | None:
    """The title that a row links to the paper where the column of titles holds a nickname."""
    if len(title.split()) > _WORDS_OF_NICKNAME or markdown.is_paper_link(cell.get("title", "")):
        return None
    titles = _linked_names(cells, columns)
    unnamed = (at for at in range(len(cells)) if at not in columns.values())
    titles += [cells[at] for at in unnamed if looks_like_title(cells[at]) and "](" not in cells[at]]
    longest = max(titles, key=len, default="")
    return stated_title(longest)[0] if len(longest.split()) > _WORDS_OF_NICKNAME else None


def _linked_names(cells: Sequence[str], columns: Columns) -> list[str]:
    """What a row calls its links to papers."""
    besides = {columns.get(field) for field in _BESIDES if field != "elsewhere"}
    text_cells = [cell for at, cell in enumerate(cells) if at not in besides]
    row_links = [link for cell in text_cells for link in markdown.markdown_links(cell)]
    papers = (link for link in row_links if markdown.is_paper_link(link.url))
    return [link.label for link in papers if not markdown.is_label(link.label)]


def _title_in(cell: str, *, is_described: bool = True) -> tuple[str | None, str]:
    """The title in a cell and what else stands there; numbers before it are left out.

    `is_described`: words that say what the paper does may follow it.
    """
    text = without_number(cell.strip())
    first, *below = text.split("\n")
    bold, linked = _BOLD.match(first), next(iter(markdown.markdown_links(first)), None)
    if bold and not markdown.is_label(markdown.unmarked(bold[1])):
        following = "\n".join([first[bold.end() :], *below])
        return stated_title(markdown.unmarked(bold[1]))[0], _remark(following)
    if linked and not linked.start and not markdown.is_label(linked.label):
        label = markdown.unmarked(linked.label)
        if is_author_year(label):
            return None, markdown.unmarked("\n".join([first, *below]))
        return label, _remark("\n".join([first[linked.end :], *below]))
    lines = [markdown.unmarked(line) for line in text.split("\n")]
    at = next((at for at, line in enumerate(lines) if line and not markdown.is_label(line)), None)
    if at is None:
        return None, ""
    raw = re.sub(r"\*\*|__|`", "", text.split("\n")[at])
    parts = _DESCRIPTION.split(raw, maxsplit=1) if is_described else [raw]
    if len(parts) > 1 and len(parts[1].split()) > 3 and len(raw.split()) > 12:
        title = stated_title(markdown.unmarked(parts[0]))[0]
        return title, _remark("\n".join([parts[1], *text.split("\n")[at + 1 :]]))
    line = lines[at]
    line = (head_of_line(line).title or line) if markdown.ids_in(line) else line
    return stated_title(line)[0] or (line if is_title(line) else None), ""


def _remark(following: str) -> str:
    """What a reader wrote behind a title: not authors, not links alone."""
    text = following.strip(markdown.EDGES + "\n")
    if not text or markdown.is_labels(text) or markdown.is_label(markdown.unmarked(text)):
        return ""
    names = names_in(markdown.unmarked(text))
    # Behind the authors a sentence is said; a place or a year is not.
    said = names.after if names and len(names.after.split()) >= _WORDS_OF_REMARK else ""
    return said if names else text


def _authors(cell: Mapping[FieldName, str]) -> AuthorList | None:
    if cell.get("authors"):
        return names_in(markdown.unmarked(cell["authors"]), sure=True)
    lines = [markdown.unmarked(line) for line in cell.get("title", "").split("\n")[1:]]
    below = next((names for line in lines if (names := names_in(line))), None)
    return below or head_of_line(cell.get("title", "")[:2000].split("\n")[0]).authors


def _tags(cell: Mapping[FieldName, str]) -> tuple[str, ...]:
    listed = re.split(
        r"[,;/\n]+|\s+(?=#)", markdown.unmarked(cell.get("tags", "").replace("\n", ","))
    )
    own_tags = [tag for text in listed for tag in listed_tags(text.strip(" #`"))]
    keys: tuple[FieldName, ...] = ("notes", "title")
    written = [tag for key in keys for tag in tags_in(cell.get(key, ""))]
    return tuple(dict.fromkeys(tag for tag in [*own_tags, *written] if tag))


def _mentions(own_id: str | None, commentary: str, cells: Sequence[str]) -> tuple[Mention, ...]:
    all_mentions = [mention for mention in mentions(commentary) if mention.arxiv_id != own_id]
    seen_ids = {own_id, *(mention.arxiv_id for mention in all_mentions)}
    for cell in cells:
        for arxiv_id in markdown.ids_in(cell):
            if arxiv_id not in seen_ids:
                seen_ids.add(arxiv_id)
                all_mentions.append(Mention(arxiv_id, None, markdown.unmarked(cell)[:500]))
    return tuple(all_mentions)
