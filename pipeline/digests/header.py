"""The head of an entry: a title and its authors, on one line or hard-wrapped over several.

Title (A, B)            *Title* (A, B)          Title            A Title That Goes
                                                (A, B)             On (A, B, C,
                                                                   D)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from sys import intern
from typing import NamedTuple

HANGUL = re.compile(r"[가-힣ᄀ-ᇿ㄰-㆏]")
LATIN = re.compile(r"[A-Za-z]")
MOST_LINES = 10
"""A head is wrapped over at most so many lines."""

_WRAPPED_CHARACTERS = range(45, 91)
_MOST_TITLE_CHARACTERS = 300
_CUT_LIST = re.compile(
    r"^(?:and\s+)?(?:et\s+al\.?|(?:and\s+)?(?:other|more) (?:authors|contributors)|others)$"
    r"|^\(?additional authors not shown\)?$",
    re.IGNORECASE,
)
_CUT_END = re.compile(r"[,;]?\s*(?:et\.?\s*al\.?|외\s*\d*\s*(?:명|인)?)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
_ORGANISATION = re.compile(r"^([^,:()]{2,60}):\s+(?=\S)")
_SENTENCE = re.compile(r"\w{3,}[.?!]\s+\w{2,}")
_PARENTHESIS = re.compile(r"[()]")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?P<title>.+)\1")


class Authors(NamedTuple):
    """The names of a list, and whether it is the whole one."""

    names: tuple[str, ...]
    complete: bool


class Header(NamedTuple):
    """A title with its authors, and how many lines they take."""

    title: str
    authors: Authors
    lines: int


def header_of(lines: Sequence[str]) -> Header | None:
    """The head that `lines` begin with; None where they begin with none.

    It ends at the first line where everything so far is a title and, after it, one balanced
    parenthesis of names. A line after the first is only read as its continuation where the lines
    before it look hard-wrapped, or where it is the author list itself.
    """
    joined = ""
    for count, line in enumerate(lines[:MOST_LINES], 1):
        joined = f"{joined} {line.strip()}".strip()
        found = _split(joined)
        following = authors_of_line(lines[count]) if count < len(lines) else None
        if found and not (following and len(found.authors.names) == 1):
            return found._replace(lines=count)
        if not following and not _goes_on(joined, line):
            return None
    return None


def plain_title(text: str) -> str:
    """A title without Markdown's marks of a heading or emphasis, its spaces single."""
    text = re.sub(r"^#{1,6}\s+", "", text.strip())
    match = _EMPHASIS.fullmatch(text)
    return " ".join((match["title"] if match else text).split())


def is_title_alone(line: str) -> bool:
    """Whether a line could be a title that stands without authors: short, Latin, no sentence."""
    latin, hangul = len(LATIN.findall(line)), len(HANGUL.findall(line))
    ends = line.endswith((".", "!", "。")) or _SENTENCE.search(line)
    return latin > 0 and hangul == 0 and len(line) <= 250 and not ends and "://" not in line


def is_foreign_prose(line: str) -> bool:
    """Whether a line holds a sentence, and no Korean."""
    ends = line.rstrip().endswith((".", "!", "?")) or _SENTENCE.search(line)
    return bool(ends) and not HANGUL.search(line) and len(line.split(maxsplit=3)) > 3


def authors_of_line(line: str) -> Authors | None:
    """The names of a line that is one author list in parentheses; None for any other line.

    `(Qwen: A, B)` begins with the organisation. `et al.` and its like end an incomplete list.
    """
    text = line.strip()
    if not text.startswith("(") or group_start(text) != 0:
        return None
    return _authors(text[1:-1])


def group_start(text: str) -> int | None:
    """Where the balanced parenthesis that ends `text` begins; None where there is none."""
    if not text.endswith(")"):
        return None
    depth = 0
    for match in reversed([*_PARENTHESIS.finditer(text)]):
        depth += 1 if match[0] == ")" else -1
        if depth == 0:
            return match.start()
    return None


def _split(text: str) -> Header | None:
    start = group_start(text)
    if not start:
        return None
    title, authors = text[:start].strip(), _authors(text[start + 1 : -1])
    if authors is None or not title or len(title) > _MOST_TITLE_CHARACTERS or "://" in title:
        return None
    if title.endswith((".", "。")) or HANGUL.search(title) or "[[" in title:
        return None
    if authors_of_line(title):
        return None
    return Header(plain_title(title), authors, 1)


def _goes_on(joined: str, line: str) -> bool:
    """Whether a head may go on after `line`: wrapped at a column, and no prose so far."""
    inside_list = joined.count("(") > joined.count(")")
    wrapped = len(line.strip()) in _WRAPPED_CHARACTERS or inside_list
    if not wrapped or len(joined) > 20_000:
        return False
    prose = "://" in joined or joined.endswith((".", "。")) or HANGUL.search(joined)
    return inside_list or not prose


# A list is looked at as a line, behind a title and as what comes next.
@lru_cache(maxsize=16)
def _authors(inner: str) -> Authors | None:
    if "://" in inner or _SENTENCE.search(inner):
        return None
    inner = _ORGANISATION.sub(lambda match: f"{match[1]}, ", inner)
    cut = _CUT_END.search(inner)
    inner = inner[: cut.start()] if cut else inner
    inner = re.sub(r",?\s+(?:and|&)\s+(?=[^,;]+$)", ", ", inner)
    items = [item.strip() for item in _top_level_items(inner)]
    items = [_given_first(item) if ";" in inner else item for item in items if item]
    names = tuple(_suffixes_joined([item for item in items if not _CUT_LIST.match(item)]))
    if not names or _YEAR.search(inner) or not all(map(_could_be_name, names)):
        return None
    # Who signs many papers is in memory once.
    return Authors(tuple(map(intern, names)), cut is None and not any(map(_CUT_LIST.match, items)))


def _given_first(item: str) -> str:
    """`Wei, Yuxiang`, as lists with semicolons print it, as `Yuxiang Wei`."""
    family, _, given = item.partition(", ")
    return f"{given} {family}" if given and "," not in given else item


def _suffixes_joined(items: Sequence[str]) -> Iterator[str]:
    """The items, with `Jr.` and its like put back to the name that they follow."""
    for item, following in pairwise([*items, ""]):
        if not _SUFFIX.fullmatch(item):
            yield f"{item}, {following}" if _SUFFIX.fullmatch(following) else item


def _top_level_items(text: str) -> list[str]:
    """The parts between commas outside parentheses; between semicolons, where there are any."""
    separators = ";" if ";" in text else ","
    if "(" not in text and ")" not in text:
        return text.split(separators)
    items, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character in separators and depth == 0:
            items.append("")
        else:
            items[-1] += character
    return items


def _could_be_name(item: str) -> bool:
    if not item.isascii() and HANGUL.search(item):
        return re.fullmatch(r"[가-힣]{2,5}", item) is not None
    words = item.split()
    capital = any(word[0].isupper() or not word[0].isascii() for word in words)
    return len(words) <= 8 and len(item) <= 80 and capital
