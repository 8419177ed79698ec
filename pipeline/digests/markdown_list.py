"""Reading lists in markdown: one paper a list item, or one under each heading with a link.

## Surveys                                                a section, no paper
- [Title](url) - Ann Lee, Bo Kim, NeurIPS 2023            an entry
  - [code](url)                                           which takes what is nested in it
1. Title. Ann Lee, Bo Kim. [[pdf]](url) [[code]](url)     an entry
### [Title](url)                                          an entry, up to the next heading
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.digests import rows
from pipeline.digests.dates import day_heading
from pipeline.digests.prose import links, mentions, tags_in, tags_of_line
from pipeline.digests.skips import long_line
from pipeline.model.records import Entry, Format, Skip, Text

_ABSTRACT = re.compile(r"(?:\*\*|__|>|\s){0,9}(?:abstract\b[\s:*_.]*|>\s*)", re.IGNORECASE)
_AUTHORS = re.compile(r"(?:\*\*|__|\s){0,9}(?:authors?\s*(?:\*\*)?:(?:\*\*)?|by)\s", re.IGNORECASE)
_LEAD = re.compile(
    r"\[[ xX]\]\s+|(?:\*\*)?[\[(`]{1,2}[\w .'’/&-]{0,30}\d\d[\w .'’/-]{0,20}[\])`]{1,2}(?:\*\*)?"
    r"(?=[\s:,*])[\s:,|-]*|(?:\*\*)?\d{4}[-./]\d\d?(?:[-./]\d\d?)?(?:\*\*)?[\s:,|-]+(?=\S)"
)
_MARKED = re.compile(
    r"\*\*(?P<bold>.{2,800}?)\*\*|__(?P<bold2>.{2,800}?)__|\*(?P<italic>[^*\s][^*]{1,400})\*"
    r"|_(?P<italic2>[^_\s][^_]{1,400})_(?!\w)|[\"“](?P<quoted>[^\"”]{2,400})[\"”]"
)
_TITLE_END = re.compile(r"(?i),?\s+[*_(]{1,3}(?=\S)|[(<\[,:]*\s*https?://|[(\[]?\barxiv\s?:")
_SENTENCE_END = re.compile(r"(?<! vs)(?<=[\w)\]?!][\w)\]])\.(?:\s+|$)|(?<=[?!])\s+(?=[A-Z])")
_PART_END = re.compile(r",\s+|\s+(?:[-–—|]|by)\s+")
_DOUBLED = re.compile(r"\[(\[[^\[\]]{1,400}\])\](?=\()")
_FRAME = rows.EDGES + "*_().[]"
_VENUE = re.compile(r"proceedings|conference|journal|workshop|transactions", re.IGNORECASE)
_PIECE_END = re.compile(r"\s+[-–—|·]\s+|(?<=\w\w)\.(?:\s+|$)|[()*\"“”]+|(?<!\w)_|_(?!\w)|:\s")


class _Head(NamedTuple):
    """What an entry's first line says. `stands` is whether its title is beyond doubt."""

    title: str | None
    url: str
    rest: str
    authors: rows.Names | None
    stands: bool


@dataclass(slots=True)
class _Block:
    """The lines of an entry; `head` is the first one's text. A heading's indent is -1."""

    head: str
    indent: int
    lines: list[rows.Line]


@dataclass(slots=True)
class _State:
    """What is open while lines are read: the entry, the run of prose, a code fence."""

    file: str
    day: date | None = None
    block: _Block | None = None
    run: list[rows.Line] = field(default_factory=list)
    blank: bool = False
    fenced: bool = False


_Kind = Literal["entry", "more", "prose", "frame"]


def _likeness(text: Text) -> float:
    papers, bare, rest = 0, 0, []
    for line in rows.sample(text):
        item = rows.item_of(line)
        if item and (links(item.body) or rows.ids_in(item.body)):
            papers += rows.is_marked_up(item.body) and item.indent == 0
            bare += not rows.is_marked_up(item.body)
        elif _is_paper_heading(line):
            papers += 1
        elif not (rows.is_frame(line) or (item and rows.is_contents(item.body))):
            rest += [] if line.startswith((" ", "\t")) else [line]
    share = papers / (papers + bare / 2 + rows.note_weight(rest)) if papers else 0.0
    return max(0.0, min(1.0, 2.5 * (share - 0.25)))


def _read(text: Text) -> Iterator[Entry | Skip]:
    state = _State(text.file)
    for number, whole in enumerate(text.lines, 1):
        line = rows.Line(number, whole or "")
        heading = None if state.fenced else day_heading(text.file, line.number, line.text)
        if whole is None:
            yield from _closed(state)
            yield long_line(text.file, number)
        elif heading:
            yield from _closed(state)
            state.day = heading.day
            yield from [heading.skip] if heading.skip else []
        elif whole.strip():
            yield from _taken(state, line)
        else:
            yield from rows.lost(text.file, state.run)
            state.run, state.blank = [], True
    yield from _closed(state)


def _closed(state: _State) -> Iterator[Entry | Skip]:
    if state.block:
        entry = _entry(state.file, state.day, state.block)
        yield from [entry] if entry.links or entry.arxiv_id or entry.authors else []
    yield from rows.lost(state.file, state.run)
    state.block, state.run = None, []


def _taken(state: _State, line: rows.Line) -> Iterator[Entry | Skip]:
    kind = _kind(state, line.text)
    if kind == "more" and state.block:
        state.block.lines.append(line)
    elif kind == "prose" and not state.block:
        state.run.append(line)
    else:
        yield from _closed(state)
        state.run = [line] if kind == "prose" else []
        if kind == "entry":
            item = rows.item_of(line.text) or rows.Item(-1, rows.heading_of(line.text) or "")
            state.block = _Block(item.body, item.indent, [line])
    state.blank = False


def _kind(state: _State, line: str) -> _Kind:
    block, item = state.block, rows.item_of(line)
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) if len(line) < 9999 else 0
    inside = block is not None and (indent > block.indent or not state.blank)
    fence = line.lstrip().startswith(("```", "~~~"))
    state.fenced ^= fence
    if fence or state.fenced:
        return "more" if inside else "prose"
    if rows.heading_of(line) is not None or not line.strip(" \t-*_="):
        return "entry" if _is_paper_heading(line) else "frame"
    if item:
        return _kind_of_item(state, item)
    if inside and not line.startswith("|"):
        return "more"
    return "frame" if rows.is_frame(line) else "prose"


def _kind_of_item(state: _State, item: rows.Item) -> _Kind:
    if rows.is_contents(item.body):
        return "frame"
    block, head = state.block, _head(item.body)
    if block and item.indent > block.indent:
        named = len((head.title or "").split()) > 2 and rows.is_paper_link(item.body)
        own = head.stands and (named or not (links(block.head) or rows.is_labels(item.body)))
        return "entry" if own and head.title != _head(block.head).title else "more"
    return "entry" if _is_entry(item.body, head) else "prose"


def _is_entry(body: str, head: _Head) -> bool:
    told = head.stands or rows.is_paper_link(body) or rows.is_labels(body)
    return told or (head.title is not None and bool(links(rows.without_badges(body))))


def _is_paper_heading(line: str) -> bool:
    text = rows.without_badges(rows.heading_of(line) or "")
    level = len(line.lstrip()) - len(line.lstrip().lstrip("#"))
    linked = rows.is_paper_link(text) or (level > 2 and bool(links(text)))
    return linked and len(re.findall(r"\w+", rows.flat(text, frozenset()))) > 2


@lru_cache(maxsize=8)
def _head(body: str) -> _Head:
    text = _without_lead(rows.TAGS.sub(" ", rows.without_badges(body)).strip())
    link = next(iter(rows.markdown_links(text[:6000])), None)
    if link and link.start == 0:
        if rows.is_label(link.label):
            return _Head(None, link.url, "", None, False)
        rest = text[link.end :]
        return _Head(rows.unmarked(link.label), link.url, rest, _authors(rest), True)
    match = _MARKED.match(text)
    inner = next((group for group in match.groups() if group), "") if match else ""
    if match and not rows.is_label(rows.unmarked(inner)):
        url = "".join(each.url for each in rows.markdown_links(inner)[:1])
        title, rest = rows.unmarked(inner).rstrip(".,:"), text[match.end() :]
        return _Head(title, url, rest, _authors(rest), True)
    return _plain_head(text, link, rows.is_paper_link(body))


def _without_lead(text: str) -> str:
    for _ in range(4):
        link = next(iter(rows.markdown_links(text[:3000])), None)
        end = lead.end() if (lead := _LEAD.match(text)) else 0
        if not end and link and not rows.is_labels(text):
            named = rows.is_label(text[: link.start].strip(_FRAME))
            end = (link.start or link.end * rows.is_label(link.label)) * named
        text = text[end:].lstrip(rows.EDGES) or text
    return text


def _plain_head(text: str, link: rows.MarkdownLink | None, is_paper: bool) -> _Head:
    """The head of a text with no mark on its title: `Title. Authors. [pdf]`, `Title, *Authors*`."""
    ends = [match.start() for match in [_TITLE_END.search(text[:3000])] if match]
    start = link.start - (text[link.start - 1] == "[") if link else len(text)
    end = min([*ends, start])
    first, *others = _SENTENCE_END.split(text[:end].strip(rows.EDGES), maxsplit=1)
    authors = rows.names_in(first) if others else None
    if authors:
        first, *others = _SENTENCE_END.split(others[0], maxsplit=1)
    rest = " ".join([*others, text[end:]])
    authors = authors or _authors(rest)
    if authors is None:
        first, authors = _title_and_names(first)
    named = link and end == start and not rows.is_label(link.label)
    paper = link and re.search(r"pdf|paper|arxiv|논문", link.label, re.IGNORECASE)
    known = authors or ((is_paper or paper) and not named)
    title = rows.unmarked(first).strip(rows.EDGES).rstrip(" .[(") if known else ""
    fits = any(ch.isalpha() for ch in title) and len(title) <= 300 and not rows.is_label(title)
    return _Head(title if fits else None, "", rest if fits else text, authors, bool(authors))


def _title_and_names(text: str) -> tuple[str, rows.Names | None]:
    for match in list(_PART_END.finditer(text[:2000]))[:6]:
        title, names = text[: match.start()], rows.names_in(text[match.end() :])
        if names and (len(title.split()) > 2 or "," not in match[0]):
            return title, names
    return text, None


def _authors(text: str) -> rows.Names | None:
    text = re.sub(r"(et\.? ?al)\.", r"\1", rows.flat(text, frozenset()))[:6000]
    text = re.sub(r"\*(,?\s*(?:and|&|,)\s*)\*", r"\1", text).strip(rows.EDGES)
    said = _AUTHORS.match(text)
    pieces = _PIECE_END.split(text[said.end() :] if said else text)[: 1 if said else 12]
    found = (rows.names_in(piece, sure=bool(said)) for piece in pieces)
    return next(filter(None, found), None)


def _entry(file: str, day: date | None, block: _Block) -> Entry:
    head, raw = _head(block.head), [rows.without_badges(line.text) for line in block.lines]
    arxiv_id = _own_id(block.head, head, raw[1:])
    authors, told = head.authors, [_remark(head, arxiv_id)]
    abstract: str | None = None
    for note in (rows.body_of(line) for line in raw[1:]):
        quoted = _ABSTRACT.match(note)
        listed = _AUTHORS.match(note) or rows.names_in(rows.unmarked(note))
        names = _authors(note) if listed and not authors else None
        if names:
            authors = names
        elif quoted and not abstract and len(note) >= 200 and not rows.has_hangul(note):
            abstract = note[quoted.end() :]
        elif not (tags_of_line(note) or rows.is_labels(note) or rows.is_label(rows.unmarked(note))):
            told.append(note)
    title = head.title or (rows.flat(block.head, frozenset()) if block.indent < 0 else None)
    # `[[pdf]](url)` would be taken for a `[[wikilink]]`.
    commentary = _DOUBLED.sub(r"\1", "\n".join(filter(None, told))) or None
    return Entry(
        file=file,
        line_start=block.lines[0].number,
        line_end=block.lines[-1].number,
        date=day,
        title=title or None,
        authors=authors.names if authors else None,
        authors_complete=authors.complete if authors else False,
        abstract=abstract,
        commentary=commentary,
        tags=tuple(dict.fromkeys(tag for line in raw for tag in tags_in(line))),
        arxiv_id=arxiv_id,
        links=tuple(dict.fromkeys(links("\n".join(raw)))),
        mentions=tuple(m for m in mentions(commentary or "") if m.arxiv_id != arxiv_id),
    )


def _remark(head: _Head, arxiv_id: str | None) -> str:
    """What follows the title and is neither authors, venue nor the name of a link; else empty."""
    text = rows.flat(head.rest, frozenset([arxiv_id or "-"]))
    if head.authors and head.authors.names[0] in text:
        before, after = text.split(head.authors.names[0], maxsplit=1)
        after = after.rpartition(head.authors.names[-1])[2]
        text = f"{before.strip(_FRAME)} {rows.CUT.sub(' ', after, count=1).strip(_FRAME)}"
    text = rows.unmarked(text).strip(_FRAME)
    told = rows.has_hangul(text) or (len(text.split()) > 3 and not _VENUE.search(text))
    return text if told else ""


def _own_id(body: str, head: _Head, notes: list[str]) -> str | None:
    """The id that the title, or a link called `pdf` and the like, leads to; else a bare one."""
    body = rows.without_badges(body)
    bare = "" if rows.is_paper_link(head.url) else rows.MARKDOWN_LINK.sub("", body)
    labelled = (link.url for link in rows.markdown_links(body) if rows.is_label(link.label))
    below = filter(rows.is_labels, map(rows.body_of, notes))
    found = (rows.ids_in(text) for text in [head.url, *labelled, bare, *below])
    return next((ids[0] for ids in found if ids), None)


FORMAT = Format("markdown_list", _likeness, _read)
