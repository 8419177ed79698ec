"""Cards that Anki exports as text: a card a line, its fields apart, with lines that say how.

#separator:tab
#html:true
#tags column:3
A Title	Ann Lee, Bo Kim. What to remember.<br>https://arxiv.org/abs/2401.00001	nlp::parsing
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from pipeline.digests.author_line import names_of_line
from pipeline.digests.bibliography import Record, entries, refusal, without_html
from pipeline.digests.content_roles import is_authors, may_be_title
from pipeline.digests.markdown import is_paper_link, said_beside_ids
from pipeline.digests.titles import looks_like_title
from pipeline.model.ids import printed_ids
from pipeline.model.records import Entry, Format, Skip, Text

_SAYS = re.compile(r"#(?P<key>[a-z ]{2,20}):(?P<value>.*)", re.IGNORECASE)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_ASIDE = ("tags", "deck", "guid", "notetype")
_MARKED = re.compile(r"<(?:b|strong|i|em|u)>([^<>]{8,300})</(?:b|strong|i|em|u)>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</?(?:div|p|li)\b[^<>]{0,200}>", re.IGNORECASE)


def _likeness(text: Text) -> float:
    return 0.95 if text.head and text.head[0].lower().startswith("#separator:") else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record | Skip]:
    lines = [line or "" for line in text.lines]
    said = [m for line in takewhile(lambda x: x.startswith("#"), lines) if (m := _SAYS.match(line))]
    settings = {match["key"].lower(): match["value"].strip().lower() for match in said}
    delimiter = _SEPARATORS.get(
        settings.get("separator", ""), settings.get("separator", "")[:1] or "\t"
    )
    columns = _columns(settings, delimiter)
    above = len(said)
    reader = csv.reader((line + "\n" for line in lines[above:]), delimiter=delimiter)
    start = above
    try:
        for cells in reader:
            first, start = start + 1, above + reader.line_num
            if any(map(str.strip, cells)):
                yield _record(cells, columns, first, start)
    except csv.Error as error:
        yield refusal(
            text, start + 1, f"no card ({error}). End its quotes; what is above was read."
        )


def _columns(told: Mapping[str, str], delimiter: str) -> dict[str, int]:
    """The places of the columns that are no text of a card, by `#tags column:3` or `#columns:`."""
    named = [name.strip().lower() for name in told.get("columns", "").split(delimiter)]
    columns = {name: named.index(name) for name in _ASIDE if name in named}
    for name in _ASIDE:
        place = told.get(f"{name} column", "")
        if place.isdigit():
            columns[name] = int(place) - 1
    return columns


def _record(cells: list[str], columns: dict[str, int], first: int, last: int) -> Record:
    fields = [_BREAK.sub("\n", cell) for at, cell in enumerate(cells) if at not in columns.values()]
    plain = [without_html(field).strip() for field in fields]
    asked = _marked_title(fields[:1]) if fields and "\n" in fields[0] else None
    single = (field for field in plain if "\n" not in field and looks_like_title(field, words=2))
    title = asked or next(single, None) or _marked_title(fields)
    lines = [line for field in plain if field != title for line in field.split("\n")]
    bare = [line for line in lines if is_paper_link(line) and not said_beside_ids(line)]
    question = [line for line in lines if title and title in line]
    signed = next((line for line in lines if is_authors(line) and line not in question), None)
    names = names_of_line(signed) if signed else None
    notes = [line for line in lines if line not in (*bare, *question, signed)]
    at = columns.get("tags", -1)
    return Record(
        line_start=first,
        line_end=last,
        title=title,
        authors=names.names if names else (),
        notes=("\n".join(notes).strip(),),
        keywords=tuple(cells[at].split()) if 0 <= at < len(cells) else (),
        ids=tuple(printed.arxiv_id for field in (*bare, *fields) for printed in printed_ids(field)),
    )


def _marked_title(fields: Sequence[str]) -> str | None:
    """The first words in bold or italics that are no names."""
    marked = (
        without_html(match[1]).strip() for field in fields for match in _MARKED.finditer(field)
    )
    return next((words for words in marked if may_be_title(words) and not is_authors(words)), None)


FORMAT = Format("flash_cards", _likeness, _entries)
