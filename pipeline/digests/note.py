"""A note of a vault (Obsidian or plain Markdown): one file, one paper, sometimes several.

    ---                                             YAML front matter, if there is any
    https://arxiv.org/abs/2401.10241                one link or more
    *Zero Bubble Pipeline Parallelism* (Penghui Qi, Xinyi Wan)
    > Pipeline parallelism is one of ...            the abstract, quoted
    Pipeline Parallel에서 버블을 없애는 방법. ...        the commentary
    #efficient_training                             the tags
    # Links                                         and links to other notes
    [[231201 Nash Learning from Human Feedback]]

The day is that of the file's name (`231130 Zero Bubble.md`, `2023-11-30.md`) or of the front
matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import PurePath
from typing import Any

import yaml

from pipeline.digests.dates import heading_date
from pipeline.digests.header import header_of
from pipeline.digests.parts import (
    LOOKED_AT_LINES,
    Line,
    entry_of,
    is_digest_line,
    is_footer_line,
    link_of_line,
)
from pipeline.digests.skips import long_line
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Entry, Format, Skip, Text

_NAME_DATE = re.compile(r"^(?P<y>\d{4}|\d{2})-?(?P<m>\d{2})-?(?P<d>\d{2})(?=\D|$)")
_LINK_KEYS = ("arxiv", "arxiv_id", "url", "link", "paper", "source", "doi")


def _likeness(text: Text) -> float:
    """The day in the file's name says most; then a link, front matter, a head, a quote."""
    lines = [line.strip() for line in text.lines[:LOOKED_AT_LINES] if line and line.strip()]
    if not lines or any(map(is_digest_line, lines)):
        return 0.0
    many_links = sum("://" in line for line in lines) > max(3, len(lines) / 2)
    if _name_date(text.file) is not None and not many_links:
        return 0.85
    led_by_link = link_of_line(lines[0]) is not None or lines[0] == "---"
    linked = led_by_link and not any(map(link_of_line, lines[2:]))
    led = any(line.startswith(">") or is_footer_line(line) for line in lines)
    return 0.15 + 0.35 * led_by_link + 0.2 * linked + 0.1 * led + 0.1 * bool(header_of(lines))


def _read(text: Text) -> Iterator[Entry | Skip]:
    lines: list[Line] = []
    for number, line in enumerate(text.lines, 1):
        if line is None:
            yield long_line(text.file, number)
        else:
            lines.append(Line(number, line.strip()))
    matter, body = _front_matter(lines)
    if matter is None:
        reason = "the front matter is no YAML of keys and values; mend it. The rest was read."
        yield Skip("digests", f"{text.file}:{lines[0].number}", reason)
    filled = [line for line in body if line.text]
    day = _name_date(text.file) or _day(matter or {})
    starts = list(_starts(filled))
    for start, end in pairwise([*starts, len(filled)]):
        entry = entry_of(text.file, day, filled[start:end])
        yield _with_matter(entry, matter, lines[0].number) if start == 0 and matter else entry
    if not filled and matter:
        yield _with_matter(entry_of(text.file, day, lines[:1]), matter, lines[0].number)


def _starts(filled: Sequence[Line]) -> Iterator[int]:
    """Where an entry begins: at the first line, and at each link line above a title and authors."""
    texts = [line.text for line in filled]
    for index, text in enumerate(texts):
        if index == 0:
            yield 0
        elif link_of_line(text) and not link_of_line(texts[index - 1]):
            below = index
            while below < len(texts) and link_of_line(texts[below]):
                below += 1
            if header_of(texts[below : below + 10]):
                yield index


def _name_date(file: str) -> date | None:
    found = _NAME_DATE.match(PurePath(file).name)
    if not found:
        return None
    year = int(found["y"])
    try:
        return date(year if year >= 1900 else 2000 + year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _front_matter(lines: Sequence[Line]) -> tuple[dict[str, Any] | None, Sequence[Line]]:
    """The keys of YAML front matter, None where it is damaged, and the lines after it."""
    if not lines or lines[0].text != "---":
        return {}, lines
    end = next((i for i, line in enumerate(lines[1:200], 1) if line.text in ("---", "...")), None)
    if end is None:
        return {}, lines
    try:
        found = yaml.safe_load("\n".join(line.text for line in lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, lines[end + 1 :]
    if not isinstance(found, dict | None):
        return None, lines[end + 1 :]
    matter = found or {}
    return {str(key).casefold(): value for key, value in matter.items()}, lines[end + 1 :]


def _with_matter(entry: Entry, matter: dict[str, Any], first_line: int) -> Entry:
    """The entry with what the front matter knows and the text does not."""
    given = [link for key in _LINK_KEYS for link in _texts(matter.get(key))]
    printed = next(filter(None, map(normal_arxiv_id, given)), None)
    authors = tuple(_texts(matter.get("authors", matter.get("author"))))
    tags = [tag.lstrip("#") for tag in _texts(matter.get("tags", matter.get("keywords")))]
    title = next(iter(_texts([matter.get("title")])), None)
    return replace(
        entry,
        line_start=first_line,
        title=entry.title or title,
        authors=entry.authors or authors or None,
        authors_complete=entry.authors_complete if entry.authors else bool(authors),
        arxiv_id=entry.arxiv_id or printed,
        links=tuple(dict.fromkeys((*entry.links, *(link for link in given if "://" in link)))),
        tags=tuple(dict.fromkeys((*tags, *entry.tags))),
    )


def _texts(value: object) -> list[str]:
    """A value of front matter as texts: a list's items, or a text split at its commas."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        value = [value]
    texts = [" ".join(str(item).split()) for item in value if isinstance(item, str | int)]
    return [text for text in texts if text]


def _day(matter: dict[str, Any]) -> date | None:
    for key in ("date", "created", "read"):
        value = matter.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            try:
                return heading_date(value[:10])
            except ValueError:
                return None
    return None


FORMAT = Format("note", _likeness, _read)
