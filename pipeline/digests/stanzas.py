"""Papers in paragraphs: a title with its authors and link, and below them what is said of it.

Slow Cooking of Large Models     **Slow Cooking** (Lee, Kim)     Slow Cooking [2401.00011]
Ann Lee, Bo Kim                  https://arxiv.org/abs/2401.00011    Good. Like 2301.00012.
arXiv:2401.00011

What stands below, also in paragraphs of its own, is said of the paper above it: an id there is a
mention. A rule ends what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.bylines import DATED, is_byline, is_fact, named_paper, without_symbol
from pipeline.digests.cited import is_signed
from pipeline.digests.fields import FieldName
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.roles import (
    begins_head,
    begins_outline,
    is_title_line,
    names_own_paper,
    places_of_head,
    role_of,
    unwrapped,
)
from pipeline.digests.titles import is_reference_section, looks_like_title

_HEAD_LINES = 4
_BRACKETED = re.compile(r"\[[^\[\]]{1,30}\]")
"""What a listing has beside an id: `[12]`, `[pdf, other]`."""
_ITEMS_OF_LIST = 3


class Stanza(NamedTuple):
    """The lines of one paper, and how many of them are its head; none where no paper is named."""

    lines: tuple[Line, ...]
    head: int


@lru_cache(maxsize=8)
def stanzas(lines: tuple[Line, ...]) -> list[Stanza]:
    """The lines as papers with what is said of each; none where they are no such paragraphs.

    What stands above the first paper, or behind a rule, has a head of 0 lines.
    """
    arranged = [(_arranged(paragraph), ruled) for paragraph, ruled in _whole(_paragraphs(lines))]
    paragraphs = [(paragraph, ruled) for (paragraph, _), ruled in arranged]
    heads = [head for (_, head), _ in arranged]
    if not _are_stanzas([paragraph for paragraph, _ in paragraphs], heads):
        return []
    joined: list[tuple[list[Line], int]] = []
    referring = False
    for (paragraph, ruled), own_head in zip(paragraphs, heads, strict=True):
        referring = _names_references(paragraph[0]) or (referring and paragraph[0].kind == "item")
        head = 0 if referring and joined else own_head
        apart = ruled or _states_title(paragraph[0])
        if head or not joined or (apart and joined[-1][1]) or _is_outside(paragraph, *joined[-1]):
            joined.append((paragraph, head))
        else:
            joined[-1][0].extend(paragraph)
    return [Stanza(tuple(of_one), head) for of_one, head in joined]


def _names_references(line: Line) -> bool:
    """Whether a line in bold says that other papers follow: `**Related**`."""
    body = line.body.strip(" :")
    bold = body.startswith("**") and body.endswith("**")
    return bold and is_reference_section(body.strip("*: "))


def _is_link_alone(line: Line) -> bool:
    """Whether a line is a link, with or without a label."""
    fields = fields_of_line(line.body)
    value = fields[0].value if fields else line.body
    said = _BRACKETED.sub("", markdown.said_beside_ids(value)).strip()
    return markdown.is_paper_link(value) and (is_link_line(value) or not said)


def _is_outside(paragraph: Sequence[Line], above: Sequence[Line], head: int) -> bool:
    """Whether an item stands less far in than the paper above it, and so is none of its points."""
    first = paragraph[0]
    nested = head > 0 and first.kind == above[0].kind == "item"
    return nested and first.depth < above[0].depth


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    """The lines between blank lines, and whether a rule stands above them.

    Items of one list are apart where they stand in the first column of it.
    """
    paragraph: list[Line] = []
    ruled = False
    named = _PaperDetector()
    for at, line in enumerate(lines):
        is_rule = line.kind == "rule"
        is_named = named.with_line(line)
        fresh = bool(paragraph) and _is_fresh(lines, at, paragraph, is_named=is_named)
        if paragraph and (line.parted or is_rule or fresh):
            yield paragraph, ruled
            paragraph, ruled, named = [], False, _PaperDetector()
            named.with_line(line)
        if is_rule:
            ruled = True
        else:
            paragraph.append(line)
    if paragraph:
        yield paragraph, ruled


class _PaperDetector:
    """Whether a paper is named in a paragraph, asked line by line."""

    def __init__(self) -> None:
        self._stated: set[FieldName | None] = set()
        self._linked = False

    def with_line(self, line: Line) -> bool:
        """Whether the lines before this one name a paper: by an id, or its title and authors."""
        before = self._linked or _is_known(self._stated)
        if not before:
            self._linked = markdown.is_paper_link(line.body)
            self._stated |= {field.name for field in fields_of_line(line.body)}
        return before


def _is_fresh(lines: Sequence[Line], at: int, above: Sequence[Line], *, is_named: bool) -> bool:
    """Whether a line begins another paper, with no blank line before it."""
    line, first = lines[at], above[0]
    if line.kind == "item":
        if first.kind != "item":
            return named_paper(line.body)
        return line.depth <= first.depth or begins_outline(lines, at)
    if line.kind != "text" or not is_named:
        return False
    if _states_title(line) and all(map(_is_link_alone, above)):
        return False
    begins = _states_title(line) or DATED.match(line.body) or _is_next(line, above)
    return bool(begins) or begins_head(lines[at : at + 3])


def _whole(paragraphs: Iterable[tuple[list[Line], bool]]) -> Iterator[tuple[list[Line], bool]]:
    """The paragraphs, a marked title joined with the authors or the link in the one below it."""
    title: tuple[list[Line], bool] | None = None
    for paragraph, ruled in paragraphs:
        if title and not ruled and role_of(paragraph[0]) in ("names", "link", "fact"):
            yield [*title[0], *paragraph], title[1]
            title = None
            continue
        yield from [title] if title else []
        title = None
        first = paragraph[0]
        marked = first.body.startswith(("**", "__", "[[", '"', "“", "«", "「"))
        if len(paragraph) == 1 and marked and role_of(first) == "title":
            title = (paragraph, ruled)
        else:
            yield paragraph, ruled
    yield from [title] if title else []


def _arranged(paragraph: list[Line]) -> tuple[list[Line], int]:
    """A paragraph, its title or its reference with an id first, and how many lines are its head."""
    paragraph = unwrapped(paragraph)
    signed = [line for line in paragraph if is_signed(markdown.unmarked(line.body))]
    own = next((line for line in signed if markdown.ids_in(line.body)), paragraph[0])
    if own is not paragraph[0] is signed[0]:
        return [own, *(line for line in paragraph if line is not own)], 1
    head = _head_lines(paragraph)
    if not head and len(paragraph) > _HEAD_LINES - 2 and not fields_of_line(paragraph[0].body):
        # A card has its number or its box above its fields.
        below = [*_leading_fields(paragraph[1:])]
        if len(below) > 1 and any(map(_states_title, below)) and _is_named(paragraph):
            return [*below, paragraph[0], *paragraph[len(below) + 1 :]], len(below)
    places = () if head else places_of_head(paragraph)
    if not places:
        return paragraph, head
    named = [paragraph[at]._replace(body=without_symbol(paragraph[at].body)) for at in places]
    others = (line for at, line in enumerate(paragraph) if at not in places)
    return [*named, *others], len(places)


def _is_next(line: Line, above: Sequence[Line]) -> bool:
    """Whether a line begins another paper: named on one line, or less far in than links are."""
    if line.depth != above[0].depth:
        return False
    return above[-1].depth > line.depth or (named_paper(line.body) and named_paper(above[0].body))


def _is_named(lines: Sequence[Line]) -> bool:
    """Whether lines hold the id of a paper, or state both its title and its authors."""
    stated = {field.name for line in lines for field in fields_of_line(line.body)}
    linked = any(markdown.is_paper_link(line.body) for line in lines)
    return linked or _is_known(stated)


def _is_known(stated: set[FieldName | None]) -> bool:
    """Whether fields say of which paper and of whom."""
    return "authors" in stated and bool(stated & {"title", "paper"})


def _are_stanzas(paragraphs: Sequence[Sequence[Line]], heads: Sequence[int]) -> bool:
    """Whether paragraphs are to be read so: a head of several lines, or words below heads."""
    papers = sum(head > 0 for head in heads)
    listed = sum(map(_is_item_of_list, paragraphs, heads))
    if papers == 0 or listed * 2 > papers or listed >= _ITEMS_OF_LIST:
        return False
    first = next(at for at, head in enumerate(heads) if head)
    return any(head > 1 for head in heads) or any(
        len(paragraph) > max(head, 1) or not head
        for paragraph, head in zip(paragraphs[first:], heads[first:], strict=True)
    )


def _is_item_of_list(paragraph: Sequence[Line], head: int) -> bool:
    """Whether a paragraph is an item that names its paper on its own line, as those of lists do."""
    item, body = paragraph[0].kind == "item", paragraph[0].body
    return item and head < 2 and ("://" in body or is_signed(markdown.unmarked(body)))


def _head_lines(paragraph: Sequence[Line]) -> int:
    """How many lines of a paragraph name its paper; 0 where they name none."""
    first = paragraph[0]
    if first.kind not in ("text", "quote", "item"):
        return 0
    leading = list(_leading_fields(paragraph))
    if any(map(_states_title, leading)):
        return len(leading) if _is_named(paragraph) else 0
    place = next((at for at, x in enumerate(paragraph[:_HEAD_LINES]) if _names(x)), None)
    if place is None:
        return 1 if names_own_paper(first) else _head_elsewhere(paragraph)
    if place == 0:
        return 1 if names_own_paper(first) else _head_below_link(paragraph)
    between = [without_symbol(line.body) for line in paragraph[1:place]]
    listed = any(map(names_of_line, [*between, without_symbol(paragraph[place].body)]))
    listed = listed or any(f.name == "authors" for line in between for f in fields_of_line(line))
    if not is_title_line(first, sure=listed) or not all(map(is_fact, between)):
        return 0
    line = without_symbol(paragraph[place].body)
    linked = is_link_line(line) or bool(fields_of_line(line)) or is_byline(line)
    return place + 1 if linked else 0


def _head_elsewhere(paragraph: Sequence[Line]) -> int:
    """The lines that name a paper without an id: a linked title alone, or a bold one and names."""
    first = paragraph[0]
    if len(paragraph) == 1:
        return int(_is_linked_title(first))
    names = names_of_line(without_symbol(paragraph[1].body))
    several = names and (len(names.names) > 1 or not names.complete)
    plain = several and looks_like_title(first.body, words=3) and is_title_line(first, sure=False)
    bold = first.body.startswith("**") and is_title_line(first, sure=True)
    return 2 if names and (bold or plain) else 0


def _is_linked_title(line: Line) -> bool:
    """Whether a line is a title that leads to another place than arXiv."""
    head = head_of_line(line.body)
    whole = markdown.is_paper_link(head.url) and not head.rest.strip()
    return "://" in head.url and head.stands and (whole or is_title_line(line, sure=False))


def _head_below_link(paragraph: Sequence[Line]) -> int:
    """How many lines a link and the title with its authors below it take; 0 where it is none."""
    if len(paragraph) < 2 or not is_link_line(without_symbol(paragraph[0].body)):
        return 0
    listed = any(names_of_line(line.body) for line in paragraph[2:3])
    return 2 + listed if is_title_line(paragraph[1], sure=listed) else 0


def _names(line: Line) -> bool:
    if markdown.ids_in(line.body):
        return True
    body = without_symbol(line.body)
    return markdown.is_paper_link(body) and (
        is_link_line(body) or is_byline(body) or named_paper(body)
    )


def _leading_fields(paragraph: Sequence[Line]) -> Iterator[Line]:
    for line in paragraph:
        if not fields_of_line(line.body):
            return
        yield line


def _states_title(line: Line) -> bool:
    return any(
        field.name == "title" or (field.name == "paper" and " " in field.value)
        for field in fields_of_line(line.body)
        if field.value and not markdown.is_paper_link(field.value)
    )
