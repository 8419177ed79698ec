"""The plain digest: a date on a line of its own, then entries one after another.

    2024년 9월 5일                                  a date, for all entries that follow
    https://arxiv.org/abs/2409.02326               a link line, if there is one
    Arctic-SnowCoder: Demystifying ...             the title
    (Yuxiang Wei, Hojae Han, Rajhans Samdani)      the authors
    Recent studies have ...                        the abstract, if there is one
    Snowflake의 코드 LLM 연구. ...                   the commentary, any number of paragraphs
    #code #llm                                     the tags, which end the entry

An entry begins after a line of tags, and wherever a title is followed by its authors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise, takewhile
from typing import NamedTuple

from pipeline.digests.dates import heading_date
from pipeline.digests.prose import links, mentions, tags_in, tags_of_line
from pipeline.ids import normal_arxiv_id
from pipeline.records import Entry, Format, Skip, Text

_HANGUL = re.compile(r"[가-힣ᄀ-ᇿ㄰-㆏]")
_LATIN = re.compile(r"[A-Za-z]")
_CUT_LIST = re.compile(
    r"^(?:and\s+)?(?:et\s+al\.?|(?:and\s+)?(?:other|more) (?:authors|contributors)|others)$"
    r"|^\(?additional authors not shown\)?$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"^([^,:()]{2,60}):\s+(?=\S)")
_SENTENCE = re.compile(r"\w{3,}[.?!]\s+\w{2,}")
_ABSTRACT_CHARACTERS = 200


class _Line(NamedTuple):
    number: int
    text: str


def _likeness(text: Text) -> float:
    lines = [line for line in text.lines if line and line.strip()]
    lists = sum(authors_of_line(line) is not None for line in lines)
    tagged = sum(tags_of_line(line) is not None for line in lines)
    return min(1.0, 0.2 + 2 * (lists + tagged) / len(lines)) if lines else 0.0


def _read(text: Text) -> Iterator[Entry | Skip]:
    day: date | None = None
    section: list[_Line] = []
    for number, line in enumerate(text.lines, 1):
        if line is None:
            yield Skip("digests", f"{text.file}:{number}", "the line is over a million characters. "
                       "The rest of the file was read; break the line or take it out.")  # fmt: skip
            continue
        try:
            heading = heading_date(line)
        except ValueError as error:
            yield Skip("digests", f"{text.file}:{number}", f"no such date ({error}): {line.strip()}"
                       ". The entries after it are kept without a date.")  # fmt: skip
            heading = date.min
        if heading:
            yield from _entries(text.file, day, section)
            day, section = None if heading == date.min else heading, []
        elif line.strip():
            section.append(_Line(number, line.strip()))
    yield from _entries(text.file, day, section)


def _entries(file: str, day: date | None, section: Sequence[_Line]) -> Iterator[Entry]:
    starts = [index for index in range(len(section)) if _starts_entry(section, index)]
    for start, end in pairwise([*starts, len(section)]):
        yield _entry(file, day, section[start:end])


def _starts_entry(section: Sequence[_Line], index: int) -> bool:
    if index == 0 or tags_of_line(section[index - 1].text) is not None:
        return True
    if _is_link_line(section[index - 1].text) and _is_entry_head(section, index):
        return False
    return _is_entry_head(section, index) or (
        _is_link_line(section[index].text) and _is_entry_head(section, index + 1)
    )


def _is_entry_head(section: Sequence[_Line], index: int) -> bool:
    return (
        index + 1 < len(section)
        and authors_of_line(section[index + 1].text) is not None
        and authors_of_line(section[index].text) is None
    )


def _entry(file: str, day: date | None, block: Sequence[_Line]) -> Entry:
    texts = [line.text for line in block]
    link_lines = _leading(texts, _is_link_line)
    texts = texts[len(link_lines) :]
    tags = [tag for text in texts for tag in tags_in(text)]
    texts = [text for text in texts if tags_of_line(text) is None]
    title = texts.pop(0) if _begins_with_title(texts) else None
    authors = authors_of_line(texts[0]) if title and texts else None
    body = texts[1:] if authors else texts
    abstract = _leading(body, _is_abstract) if _HANGUL.search("".join(body)) else body[:1]
    abstract = abstract if abstract and _is_abstract(abstract[0]) else []
    commentary = "\n".join(body[len(abstract) :]) or None
    found = links("\n".join([*link_lines, commentary or ""]))
    printed = [arxiv_id for line in link_lines if (arxiv_id := normal_arxiv_id(line))]
    return Entry(
        file=file,
        line_start=block[0].number,
        line_end=block[-1].number,
        date=day,
        title=title,
        authors=authors.names if authors else None,
        authors_complete=authors.complete if authors else False,
        abstract="\n".join(abstract) or None,
        commentary=commentary,
        tags=tuple(dict.fromkeys(tags)),
        arxiv_id=printed[0] if printed else None,
        links=found,
        mentions=mentions(commentary or ""),
    )


class _Authors(NamedTuple):
    names: tuple[str, ...]
    complete: bool


def authors_of_line(line: str) -> _Authors | None:
    """The names of a line that is one author list in parentheses; None for any other line.

    `(Qwen: A, B)` begins with the organisation. `et al.` and its like end an incomplete list.
    """
    inner = line.strip()[1:-1]
    if not _is_one_group(line.strip()) or "://" in inner or _SENTENCE.search(inner):
        return None
    inner = _ORGANISATION.sub(lambda match: f"{match[1]}, ", inner)
    inner = re.sub(r",?\s+and\s+(?=[^,]+$)", ", ", inner)
    items = [item.strip() for item in _top_level_items(inner)]
    names = [item for item in items if item and not _CUT_LIST.match(item)]
    if not names or not all(_could_be_name(name) for name in names):
        return None
    return _Authors(tuple(names), len(names) == len([item for item in items if item]))


def _is_one_group(text: str) -> bool:
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index == len(text) - 1
    return False


def _top_level_items(text: str) -> list[str]:
    items, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character in ",;" and depth == 0:
            items.append("")
        else:
            items[-1] += character
    return items


def _could_be_name(item: str) -> bool:
    if _HANGUL.search(item):
        return len(item) <= 12
    words = item.split()
    capital = any(word[0].isupper() or not word[0].isascii() for word in words)
    return len(words) <= 8 and len(item) <= 80 and capital


def _begins_with_title(texts: Sequence[str]) -> bool:
    if len(texts) > 1 and authors_of_line(texts[1]) and not authors_of_line(texts[0]):
        return True
    return bool(texts) and _is_title_alone(texts[0])


def _is_title_alone(line: str) -> bool:
    latin, hangul = len(_LATIN.findall(line)), len(_HANGUL.findall(line))
    ends = line.endswith((".", "!", "。")) or _SENTENCE.search(line)
    return latin > 0 and hangul == 0 and len(line) <= 250 and not ends and "://" not in line


def _is_abstract(line: str) -> bool:
    hangul, latin = len(_HANGUL.findall(line)), len(_LATIN.findall(line))
    return hangul < 0.05 * latin and len(line) >= _ABSTRACT_CHARACTERS


def _is_link_line(line: str) -> bool:
    return " " not in line and (line.startswith(("http://", "https://")) or (
        normal_arxiv_id(line) is not None))  # fmt: skip


def _leading(texts: Sequence[str], accepts: Callable[[str], bool]) -> list[str]:
    return list(takewhile(accepts, texts))


FORMAT = Format("plain", _likeness, _read)
