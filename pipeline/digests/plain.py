"""The plain digest: a date on a line of its own, then entries one after another.

    2024년 9월 5일                                  a date, for all entries that follow
    https://arxiv.org/abs/2409.02326               a link line, if there is one
    Arctic-SnowCoder: Demystifying ...             the title
    (Yuxiang Wei, Hojae Han, Rajhans Samdani)      the authors
    Recent studies have ...                        the abstract, if there is one
    Snowflake의 코드 LLM 연구. ...                   the commentary, any number of paragraphs
    #code #llm                                     the tags, which end the entry
    [[240108 OpenCoder]]                           links to other notes, if there are any

An entry begins after a line of tags and the links below it, and wherever a title of one line is
followed by its authors. Titles and author lists may be wrapped. Sentences in another language than
Korean that follow the tags of an entry with a title are its commentary too: a translation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, pairwise

from pipeline.digests.dates import day_heading
from pipeline.digests.header import MOST_LINES, header_of, is_foreign_prose
from pipeline.digests.parts import (
    LOOKED_AT_LINES,
    Line,
    entry_of,
    is_digest_line,
    is_footer_line,
    link_of_line,
)
from pipeline.digests.prose import tags_of_line
from pipeline.digests.skips import long_line
from pipeline.model.records import Entry, Format, Skip, Text


def _likeness(text: Text) -> float:
    """Sure where a line is a date or an author list; else the format of last resort."""
    return 0.9 if any(map(is_digest_line, text.lines[:LOOKED_AT_LINES])) else 0.2


def _read(text: Text) -> Iterator[Entry | Skip]:
    day: date | None = None
    section: list[Line] = []
    for number, line in enumerate(text.lines, 1):
        if line is None:
            yield long_line(text.file, number)
        elif heading := day_heading(text.file, number, line):
            yield from _entries(text.file, day, section)
            yield from [heading.skip] if heading.skip else []
            day, section = heading.day, []
        elif line.strip():
            section.append(Line(number, line.strip()))
    yield from _entries(text.file, day, section)


def _entries(file: str, day: date | None, section: Sequence[Line]) -> Iterator[Entry]:
    for start, end in pairwise(chain(_starts(section), (len(section),))):
        yield entry_of(file, day, section[start:end])


def _starts(section: Sequence[Line]) -> Iterator[int]:
    """The places in a section at which an entry begins, the first one included."""
    texts = [line.text for line in section]
    ended, headed, head_ends = True, False, 0
    for index, text in enumerate(texts):
        if index < head_ends:
            continue
        head = _head_lines(texts, index, ended)
        goes_on = is_footer_line(text) or (headed and is_foreign_prose(text))
        if index == 0 or head or (ended and not goes_on):
            yield index
            headed = head > 0
        head_ends = index + head
        ended = tags_of_line(text) is not None or (ended and goes_on and not head)


def _head_lines(texts: Sequence[str], index: int, ended: bool) -> int:
    """How many lines the links, title and authors that begin at `index` take; 0 if none do."""
    links = 0
    while index + links < len(texts) and link_of_line(texts[index + links]):
        links += 1
    rest = texts[index + links : index + links + MOST_LINES]
    header = header_of(rest)
    if header is None:
        return links if ended else 0
    # Within an entry only a title of one line with names below it is surely a new one; a remark
    # in parentheses has one word, or one word of Korean, more often than a list of authors has.
    names = header.authors.names
    listed = len(names) > 1 or len(names[0].split()) > 1
    sure = ended or links or (header.lines > 1 and rest[1].startswith("(") and listed)
    return links + header.lines if sure else 0


FORMAT = Format("plain", _likeness, _read)
