"""Lists of links and ids: one a line, with a title or a word of comment beside it or not.

    # to read                                          a heading, as is a line with // before it
    2024-09-05                                         a date, for all lines that follow
    2409.01524                                         an id
    - https://arxiv.org/pdf/2409.02326v2 Arctic-SnowCoder: Demystifying High-Quality Data
    arXiv:hep-th/9901001 다시 읽을 것 #theory

Further ids on a line are entries of their own, on that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.digests import rows
from pipeline.digests.dates import day_heading, heading_date
from pipeline.digests.prose import links, mentions, tags_in
from pipeline.digests.skips import long_line
from pipeline.model.ids import normal_arxiv_id, printed_ids
from pipeline.model.records import Entry, Format, Skip, Text

_LONG_LINE_CHARACTERS = 400
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}]+", re.IGNORECASE)
_OLD_ID = re.compile(r"[a-z-]{2,9}(?:\.[A-Za-z-]{2,})?/\d{7}(?:v\d{1,2})?")
_TAG = re.compile(r"(?<!\S)#[^\s#]*[^\W\d][^\s#]*")
_SENTENCE = re.compile(r"\w{3,}[.?!]\s+\w{2,}")
_TITLE_AND_NOTE = re.compile(r"\s+(?:[-–—|:]|//)\s+")
_NAMES_AT_END = re.compile(r"(.{3,300}\S)\s*\(([^()]{3,2000})\)")


class _Words(NamedTuple):
    title: str | None
    authors: rows.Names | None
    commentary: str | None


def _likeness(text: Text) -> float:
    lines = [line for line in rows.sample(text) if not _is_heading(line)]
    listed = sum(_is_listed(line) for line in lines)
    return max(0.0, min(1.0, 2.9 * (listed / len(lines) - 0.45))) if listed else 0.0


def _is_listed(line: str) -> bool:
    if len(line) > _LONG_LINE_CHARACTERS or line.lstrip().startswith(("|", ">")):
        return False
    item = rows.item_of(line)
    marked_up = item and rows.is_marked_up(item.body)
    return not marked_up and bool(_ids(line) or links(line))


def _is_heading(line: str) -> bool:
    try:
        dated = heading_date(line) is not None
    except ValueError:
        dated = True
    return dated or rows.is_frame(line) or line.lstrip().startswith("//")


def _read(text: Text) -> Iterator[Entry | Skip]:
    day: date | None = None
    for number, line in enumerate(text.lines, 1):
        if line is None:
            yield long_line(text.file, number)
        elif heading := day_heading(text.file, number, line):
            day = heading.day
            yield from [heading.skip] if heading.skip else []
        elif rows.heading_of(line) is None and not line.lstrip().startswith("//"):
            yield from _entries(text.file, day, rows.Line(number, line))


def _entries(file: str, day: date | None, line: rows.Line) -> Iterator[Entry]:
    text = rows.without_badges(line.text)
    found, ids = tuple(dict.fromkeys(links(text))), _ids(text)
    if not found and not ids:
        return
    words = _words(text)
    own: tuple[str | None, ...] = ids or (None,)
    others = [link for link in found if set(rows.ids_in(link)) & set(own[1:])]
    for index, arxiv_id in enumerate(own):
        first = index == 0
        told = words if first else _Words(None, None, None)
        yield Entry(
            file=file,
            line_start=line.number,
            line_end=line.number,
            date=day,
            title=told.title,
            authors=told.authors.names if told.authors else None,
            authors_complete=told.authors.complete if told.authors else False,
            abstract=None,
            commentary=told.commentary,
            tags=tuple(dict.fromkeys(tags_in(text))),
            arxiv_id=arxiv_id,
            links=tuple(
                link for link in found
                if (first and link not in others) or arxiv_id in rows.ids_in(link)
            ),
            mentions=tuple(
                mention for mention in mentions(told.commentary or "")
                if mention.arxiv_id not in own
            ),
        )  # fmt: skip


def _ids(line: str) -> tuple[str, ...]:
    words = rows.body_of(line).split(maxsplit=1)
    first = normal_arxiv_id(words[0].strip("[](),.;:*<>")) if words else None
    return tuple(dict.fromkeys([*([first] if first else []), *rows.ids_in(line)]))


def _words(line: str) -> _Words:
    text = _without_ids(rows.body_of(line))
    title, *note = _TITLE_AND_NOTE.split(text, maxsplit=1)
    if note and _is_title(title) and rows.has_hangul(note[0]):
        return _titled(title, note[0])
    return _titled(text, None) if _is_title(text) else _Words(None, None, text or None)


def _titled(title: str, commentary: str | None) -> _Words:
    match = _NAMES_AT_END.fullmatch(title)
    authors = rows.names_in(match[2]) if match else None
    return _Words(match[1] if match and authors else title, authors, commentary)


def _without_ids(text: str) -> str:
    for link in reversed(rows.markdown_links(text)):
        label = "" if rows.is_label(link.label) else link.label
        text = text[: link.start] + label + text[link.end :]
    words = text.split(maxsplit=1)
    if words and normal_arxiv_id(words[0].strip("[](),.;:*<>")):
        text = "".join(words[1:])
    for form in (_TAG, _URL):
        text = form.sub(" ", text)
    for printed in reversed(list(printed_ids(text))):
        text = f"{text[: printed.start]} {text[printed.end :]}"
    text = _OLD_ID.sub(lambda match: "" if normal_arxiv_id(match[0]) else match[0], text)
    text = re.sub(r"\(\s*[,;]?\s*\)|\[\s*[,;]?\s*\]|<\s*>|\*\*", " ", text)
    text = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s+", " ", text))
    return _unwrapped(text.strip(" \t,;:|-–—=>•*"))


def _unwrapped(text: str) -> str:
    pairs = {"[": "]", "(": ")", '"': '"', "“": "”"}
    closed = len(text) > 1 and pairs.get(text[0]) == text[-1] and text[0] not in text[1:-1]
    return text[1:-1].strip() if closed else text


def _is_title(text: str) -> bool:
    letters = re.search(r"[A-Za-z]", text)
    first = text.split(maxsplit=1)[0] if text else ""
    sentence = text.endswith((".", "!", "。")) or _SENTENCE.search(text)
    capital = any(character.isupper() for character in first) or first[:1].isdigit()
    fits = len(text) <= 250 and not rows.has_hangul(text)
    return bool(letters) and capital and fits and not sentence


FORMAT = Format("id_list", _likeness, _read)
