"""The head of an entry: a title and its authors, on one line or hard-wrapped over several.

Title (A, B)            *Title* (A, B)          Title            A Title That Goes
                                                (A, B)             On (A, B, C,
                                                                   D)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.digests.labels import link_of_line, states_names
from pipeline.digests.names import (
    HANGUL,
    LATIN,
    MOST_CHARACTERS,
    SENTENCE,
    AuthorList,
    names_in,
    names_of_group,
)
from pipeline.digests.prose import tags_of_line
from pipeline.model.common_names import given_by_family
from pipeline.model.ids import printed_ids
from pipeline.model.seen_lines import of_seen_lines
from pipeline.model.web_addresses import WIDE_MARKS

MOST_LINES = 10
"""A head is wrapped over at most so many lines."""

ABSTRACT_CHARACTERS = 200
"""A line of another language than the commentary is an abstract from so many characters on."""

_LINKED_TITLE = re.compile(
    r"\[(?P<a>[^\]]{2,250})\]\((?P<la>https?://[^\s)]+)\)(?P<ra>.*)"
    r"|(?P<b>[^()\[\]]{1,249}?[^()\[\]\s])\s*+"
    rf"(?:\((?P<lb>https?://[^\s)]+)\)|(?P<lc>https?://[^\s{WIDE_MARKS}]+))(?P<rb>.*)"
)
_OF_A_READER = re.compile(r"\b(?:I|I'm|I'd|I've|I’m|my|me|mine)\b")
_WRAPPED_CHARACTERS = range(45, 91)
_MOST_TITLE_CHARACTERS = 300
_PARENTHESIS = re.compile(r"[()（）]")
_ENDS = (")", "）")
_OTHER_BRACKETS = {"[": "]", "［": "］", "【": "】", "〔": "〕"}
"""A line in these may be names too, where one is a known given name: most are tags."""
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?P<title>.+)\1")


class Header(NamedTuple):
    """A title with its authors, and how many lines they take."""

    title: str
    authors: AuthorList
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
        listed = _in_parentheses(line) if count == 2 else None
        whole = f"{lines[0].strip()} {listed}" if listed else joined
        header = _split(whole, in_korean=listed is not None) if whole.endswith(_ENDS) else None
        following = authors_of_line(lines[count]) if count < len(lines) else None
        if header and not (following and len(header.authors.names) == 1):
            return header._replace(lines=count)
        if not following and not _goes_on(joined, line):
            return None
    return None


def plain_title(text: str) -> str:
    """A title without Markdown's marks of a heading or emphasis, its spaces single."""
    text = re.sub(r"^(?:#{1,6}\s+|>[>\s]*(?:\[![\w-]+\][+-]?\s*)?)", "", text.strip())
    match = _EMPHASIS.fullmatch(text)
    return " ".join((match["title"] if match else text).split())


def is_title_alone(line: str) -> bool:
    """Whether a line could be a title that stands without authors: short, Latin, no sentence."""
    latin, hangul = len(LATIN.findall(line)), len(HANGUL.findall(line))
    ends = line.endswith((".", "!", "。")) or SENTENCE.search(line)
    return latin > 0 and hangul == 0 and len(line) <= 250 and not ends and "://" not in line


def is_foreign_prose(line: str) -> bool:
    """Whether a line holds a sentence, and no Korean."""
    ends = line.rstrip().endswith((".", "!", "?")) or SENTENCE.search(line)
    return bool(ends) and not HANGUL.search(line) and len(line.split(maxsplit=3)) > 3


def authors_of_line(line: str) -> AuthorList | None:
    """The names of a line that is one author list in parentheses; None for any other line.

    `(Qwen: A, B)` begins with the organisation. `et al.` and its like end an incomplete list.
    """
    text = _in_parentheses(line)
    if text is None or group_start(text) != 0:
        return None
    return names_of_group(text[1:-1])


def _in_parentheses(line: str) -> str | None:
    """A line that begins with a parenthesis, or is names in other brackets, as if in parentheses.

    >>> _in_parentheses("（山田太郎、鈴木花子）"), _in_parentheses("[Ann Lee, Bo Kim]")
    ('（山田太郎、鈴木花子）', '(Ann Lee, Bo Kim)')
    >>> _in_parentheses("[Graph Theory, Number Theory]"), _in_parentheses("[x] Ann Lee, Bo Kim")
    (None, None)
    """
    text = line.strip()
    if text.startswith(("(", "（")):
        return text
    end = _OTHER_BRACKETS.get(text[:1])
    inner = text[1:-1]
    if end is None or not text.endswith(end) or len(inner) > MOST_CHARACTERS:
        return None
    if text[0] in inner or end in inner:
        return None
    names = names_in(inner)
    is_sure = names and any(given_by_family(name.split()[0]) for name in names.names)
    return f"({inner})" if names and not names.after and is_sure else None


def group_start(text: str) -> int | None:
    """Where the balanced parenthesis that ends `text` begins; None where there is none."""
    if not text.endswith(_ENDS):
        return None
    depth = 0
    for match in reversed([*_PARENTHESIS.finditer(text)]):
        depth += 1 if match[0] in _ENDS else -1
        if depth == 0:
            return match.start()
    return None


def _split(text: str, *, in_korean: bool) -> Header | None:
    start = group_start(text)
    if not start:
        return None
    title, authors = text[:start].strip(), names_of_group(text[start + 1 : -1])
    if authors is None or not title or len(title) > _MOST_TITLE_CHARACTERS or "://" in title:
        return None
    if (
        title.endswith((".", "。"))
        or "[[" in title
        or authors_of_line(title)
        or states_names(title)
    ):
        return None
    # A Korean sentence may end in parentheses; a list of names below one ends none.
    is_list = len(authors.names) > 1 or not authors.complete
    if HANGUL.search(title) and not (in_korean and is_list):
        return None
    return Header(plain_title(title), authors, 1)


def _goes_on(joined: str, line: str) -> bool:
    """Whether a head may go on after `line`: wrapped at a column, and no prose so far."""
    opened, closed = (sum(map(joined.count, pair)) for pair in ("(（", _ENDS))
    inside_list = opened > closed
    wrapped = len(line.strip()) in _WRAPPED_CHARACTERS or inside_list
    if not wrapped or len(joined) > MOST_CHARACTERS:
        return False
    prose = "://" in joined or joined.endswith((".", "。")) or HANGUL.search(joined)
    return inside_list or not prose


class OpeningLines(NamedTuple):
    """What an entry begins with, what is left of its last line, and how many lines it takes."""

    links: tuple[str, ...]
    title: str | None
    authors: AuthorList | None
    rest: str
    lines: int


def head_of(texts: Sequence[str]) -> OpeningLines:
    """Links, title and authors at the beginning of an entry; all of them may be missing."""
    leading: list[str] = []
    for text in texts:
        link = link_of_line(text)
        if link is None:
            break
        leading.append(link)
    remaining = texts[len(leading) :]
    between = _leading(remaining[1:], lambda text: link_of_line(text) is not None)
    direct_header = header_of(remaining)
    inside = len(between) if direct_header is None else 0
    header = direct_header or (
        header_of([*remaining[:1], *remaining[1 + inside :]]) if inside else None
    )
    if header:
        used_lines = len(leading) + inside + header.lines
        below = _leading(texts[used_lines:], lambda text: link_of_line(text) is not None)
        all_links = filter(None, map(link_of_line, (*leading, *between[:inside], *below)))
        return OpeningLines(
            tuple(all_links), header.title, header.authors, "", used_lines + len(below)
        )
    linked = _LINKED_TITLE.fullmatch(remaining[0]) if remaining and not leading else None
    if linked:
        title = plain_title(linked["a"] or linked["b"])
        link = linked["la"] or linked["lb"] or linked["lc"]
        if not HANGUL.search(title) and len(title.split()) <= 40:
            return OpeningLines((link,), title, None, linked["ra"] or linked["rb"] or "", 1)
    if remaining and is_title_alone(remaining[0]) and tags_of_line(remaining[0]) is None:
        # The line below a title that is a link and nothing else is the paper's own.
        below = (
            [] if leading else _leading(remaining[1:], lambda text: link_of_line(text) is not None)
        )
        links = (*leading, *filter(None, map(link_of_line, below)))
        return OpeningLines(
            links, plain_title(remaining[0]), None, "", len(leading) + 1 + len(below)
        )
    return OpeningLines(tuple(leading), None, None, "", len(leading))


@of_seen_lines(1_024)
def is_abstract(line: str) -> bool:
    """Whether a line is a paper's abstract: long, no Korean, no `I`, no link, no mere tags."""
    if len(line) < ABSTRACT_CHARACTERS or tags_of_line(line):
        return False
    hangul = len(HANGUL.findall(line))
    if hangul >= 0.05 * len(LATIN.findall(line)) if hangul else not LATIN.search(line):
        return False
    return not _OF_A_READER.search(line) and next(printed_ids(line), None) is None


def _leading(texts: Sequence[str], accepts: Callable[[str], bool]) -> list[str]:
    return list(takewhile(accepts, texts))
