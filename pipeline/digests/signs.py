"""What a text or a section is: a digest, a list, a table of papers, a note about one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import PurePath

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line, title_before_names
from pipeline.digests.bylines import byline, linked_line, named_paper
from pipeline.digests.dates import (
    Dated,
    dated,
    is_date_line,
    is_day_alone,
    is_day_of_digest,
    month_heading,
)
from pipeline.digests.document import Document, Section
from pipeline.digests.header import MOST_LINES, authors_of_line, header_of
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line, link_of_line, states_names
from pipeline.digests.lines import Line
from pipeline.digests.list_signs import is_list
from pipeline.digests.meetings import is_meeting, states_link
from pipeline.digests.names import is_name
from pipeline.digests.prose import links
from pipeline.digests.stanzas import stanzas
from pipeline.digests.stated import (
    has_field_headings,
    is_template,
    states_paper_early,
    states_whole_paper,
    with_heading,
)
from pipeline.digests.table import columns_of, holds_papers
from pipeline.digests.titles import (
    is_list_name,
    is_reference_section,
    is_section_name,
    looks_like_title,
)
from pipeline.model.common_names import FAR_MORE, given_by_family

_ITEMS_OF_LIST = 5
_SECTIONS_OF_NOTE = 3
_NAME_DATE = re.compile(r"^(?P<y>\d{4}|\d{2})[-_.]?(?P<m>\d{2})[-_.]?(?P<d>\d{2})(?=\D|$)")
_PAPER_FIELDS = frozenset(("title", "authors", "arxiv", "link", "paper", "doi"))
_LOOKED_AT_LINES = 200


def is_digest(document: Document) -> bool:
    """Whether a text is a plain digest: dates or author lists on lines of their own."""
    looked = [line for section in document.sections for line in section.lines][:_LOOKED_AT_LINES]
    headings = (s.heading for s in document.sections[:_LOOKED_AT_LINES] if s.day and s.heading)
    days = [h.text for h in headings if h.kind == "text" and is_date_line(h.text)]
    listed = any(
        line.kind == "text"
        and authors_of_line(line.text)
        and not (above and states_names(above.body))
        for above, line in zip((None, *looked), looked, strict=False)
    )
    signed = any(line.kind == "text" and header_of([line.text]) for line in looked)
    # In words of other languages journals have their days too.
    dated_plainly = any(map(is_day_of_digest, days)) or bool(
        days and (signed or any(states_names(line.body) for line in looked))
    )
    return (dated_plainly or listed) and ((dated_plainly and signed) or not is_list(looked))


def is_note(document: Document, every: Sequence[Line]) -> bool:
    """Whether a whole text is about one paper: a front matter, a file or its head says so."""
    if not every or states_whole_paper(document) or _is_block(every):
        return bool(document.matter.fields)
    outside = [
        line
        for section in document.sections
        if not (section.heading and is_reference_section(section.heading.body))
        for line in with_heading(section)
    ]
    # A bibliography has nothing but references.
    outside = outside or [*every]
    openers = [*_openers(document.sections)]
    several = len(openers) > 1 or len(_placed_ids(outside)) > 1
    several = several or sum(_count_of_stanzas(section) for section in document.sections) > 1
    # Notes of links with titles below them are parted further on.
    linked = link_of_line(every[0].text) is not None
    headed = is_headed([line.text for line in every[:MOST_LINES]]) and (linked or not several)
    if headed or has_field_headings(document) or is_template(document):
        return True
    listed = is_list(outside) and not _is_titled(document)
    if several or is_table_of_papers(outside) or listed or _is_day_of_points(document):
        return False
    stated = any(field.name in _PAPER_FIELDS for field in document.matter.fields)
    stated = stated or states_paper_early(document, every)
    if openers:
        first = next(section.heading for section in document.sections if section.heading)
        return openers[0].heading is first or stated
    listed = any(map(_is_long_list, document.sections))
    days = [section for section in document.sections if section.day]
    dated_ids = sum(any(markdown.ids_in(line.body) for line in day.lines) for day in days)
    if not stated and (len(_named_ids(outside)) > 1 or dated_ids > 1):
        return False
    listed = listed or any(map(is_meeting, document.sections))
    return stated or (not listed and _begins_as_note(document.file, every))


def _is_block(every: Sequence[Line]) -> bool:
    """Whether a text is one item with its properties below it, as a block of an outline is."""
    first, *below = every
    if first.kind != "item" or not below or below[0].kind != "text" or below[0].parted:
        return False
    inside = all(line.depth > first.depth for line in below)
    return inside and bool(fields_of_line(below[0].body))


def _is_day_of_points(document: Document) -> bool:
    """Whether a text is the points of days: a page of a journal."""
    first = document.sections[0]
    return bool(first.day and first.lines and first.lines[0].kind == "item")


def _named_ids(lines: Iterable[Line]) -> set[str]:
    """The ids of lines that begin with a title and its paper."""
    kinds = ("text", "item", "quote", "heading")
    named = (line.body for line in lines if line.kind in kinds and named_paper(line.body))
    return {markdown.ids_in(body)[0] for body in named if markdown.ids_in(body)}


def _count_of_stanzas(section: Section) -> int:
    return sum(stanza.head > 0 for stanza in stanzas(section.lines))


def _is_titled(document: Document) -> bool:
    """Whether a text has one title for a heading, sections below it, and none of them a list."""
    headings = [s.heading for s in document.sections if s.heading and s.heading.kind == "heading"]
    top = [heading for heading in headings if heading.depth == 1]
    if len(top) != 1 or len(headings) < _SECTIONS_OF_NOTE or top[0] is not headings[0]:
        return False
    title = markdown.unmarked(top[0].body)
    has_title = looks_like_title(title) and not is_list_name(title)
    return has_title and not any(is_list(section.lines) for section in document.sections)


def _is_long_list(section: Section) -> bool:
    """Whether most of many items below a heading name a paper each."""
    other = section.heading and is_reference_section(section.heading.body)
    items = [line for line in section.lines if line.kind == "item" and not line.depth]
    return not other and len(items) >= _ITEMS_OF_LIST and is_list(items)


def _said(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines but for rules, scripts and comments."""
    return (line for line in lines if line.kind not in ("rule", "code"))


def _begins_as_note(file: str, every: Sequence[Line]) -> bool:
    first = next(_said(every), every[0])
    if first.kind == "heading" and (is_day_alone(first.body) or is_list_name(first.body)):
        return False
    if first.kind == "heading":
        printed = any(markdown.ids_in(line.body) for line in every)
        if is_signed_title(every):
            return True
        return file_date(file) is not None or (printed and not is_section_name(first.body))
    lone = first.kind != "item" or len(every) == 1
    return link_of_line(first.text) is not None or (file_date(file) is not None and lone)


def is_signed_title(lines: Sequence[Line]) -> bool:
    """Whether lines are a heading that is a title, and who wrote it; or a name, and both below."""
    first, below = (*_said(lines), None, None)[:2]
    if first is None or below is None or below.kind != "text":
        return False
    names = names_of_line(below.body)
    several = names is not None and (len(names.names) > 1 or not names.complete)
    if several:
        return looks_like_title(first.body) and not is_list(lines)
    titled = title_before_names(below.body)
    return titled is not None and looks_like_title(titled[0])


def is_headed(texts: Sequence[str]) -> bool:
    """Whether lines begin with links, if any, and a title with its authors."""
    above = 0
    while above < len(texts) and link_of_line(texts[above]):
        above += 1
    return header_of(texts[above:]) is not None


def _openers(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections whose headings open entries."""
    level: int | None = None
    for section in sections:
        depth = section.heading.depth if section.heading else 0
        level = None if level is not None and depth <= level else level
        if names_paper(section, inside=level is not None):
            yield section
            linked = any(markdown.is_paper_link(line.body) for line in with_heading(section))
            level = depth if linked and level is None else level


def names_paper(section: Section, *, inside: bool = False) -> bool:
    """Whether a heading opens an entry: it has a link, or lines below it state one paper.

    `inside`, below the heading of a paper with a link, names behind a heading open none.
    """
    heading = section.heading
    if heading is None or section.day or heading.kind != "heading" or _is_day(heading.body):
        return False
    body = markdown.without_badges(heading.body)
    if markdown.is_paper_link(body):
        return len(re.findall(r"\w+", markdown.flat(body, frozenset()))) > 0
    fields = [field for line in section.lines[:40] for field in fields_of_line(line.body)]
    stated = {field.name for field in fields if field.value}
    if is_section_name(body) or is_reference_section(body):
        return "title" in stated and bool(stated & {"authors", "link", "paper", "arxiv"})
    if is_meeting(section) or len(_placed_ids(section.lines)) > 1 or _count_of_stanzas(section) > 1:
        return False
    if stated & {"authors", "title"} and (len(stated) > 1 or links(heading.body)):
        return not is_list(section.lines)
    first = section.lines[0] if section.lines else heading
    # A title of its own below a heading that is the name of a topic.
    foreign = any(letter.isalpha() and not letter.isascii() for letter in body)
    titled = first.kind == "text" and foreign and looks_like_title(first.body, words=5)
    below = byline(section.lines) or linked_line(body, section.lines)
    placed = len(_placed_ids(section.lines)) == 1 or below is not None
    placed = placed or (looks_like_title(body, words=5) and _is_link_alone(first))
    placed = placed or (not inside and _is_signed(body))
    alone = placed and not titled and not is_list_name(body)
    others = [line for line in section.lines if line is not below]
    if first.kind == "item":
        # What is said below a point belongs to it.
        others = [line for line in others if line.kind != "text"]
    if below or is_link_line(first.body):
        # Under a title and its link, prose that names papers is no list of them.
        others = [line for line in others if line.kind != "text" or line is first]
    return alone and not is_list(others)


def _is_signed(heading: str) -> bool:
    """Whether a heading is a title with who wrote it behind: `Slow Cooking (Lee et al., 2024)`."""
    if ")" not in heading:
        return False
    head, header = head_of_line(heading), header_of([heading])
    first = header.authors.names[0] if header else ""
    by_one = is_name(first) and given_by_family(first.split()[0]) > FAR_MORE
    signed = by_one or (head.stands and head.authors is not None)
    return signed and looks_like_title((header and header.title) or head.title or "")


def _is_day(heading: str) -> bool:
    return month_heading(heading) is not None or is_day_alone(heading)


def is_table_of_papers(lines: Sequence[Line]) -> bool:
    """Whether lines hold a table whose columns are those of papers, and a row with an id."""
    has_columns = any(line.kind == "head" and holds_papers(columns_of(line)) for line in lines)
    return has_columns and any(line.kind == "row" and markdown.ids_in(line.body) for line in lines)


def _placed_ids(lines: Iterable[Line]) -> set[str]:
    """The ids that lines give as the link of a paper: after a label, or as a line of links."""
    return {
        arxiv_id
        for line in lines
        if line.kind != "code" and (is_link_line(line.body) or states_link(line))
        for arxiv_id in markdown.ids_in(line.body)[:1]
    }


def _is_link_alone(line: Line) -> bool:
    """Whether a line is one link by its label: `[link](https://…)`, `Link: https://…`."""
    stated = [field.value for field in fields_of_line(line.body) if field.name in ("link", "doi")]
    is_stated = any(link_of_line(value) for value in stated)
    return line.kind in ("text", "item") and (
        is_stated or (link_of_line(line.body) is not None and not markdown.ids_in(line.body))
    )


@lru_cache(maxsize=8)
def file_date(file: str) -> Dated | None:
    """The day that a file's name begins with (`231130 Zero.md`, `2023-11-30.md`), or its month."""
    path = PurePath(file.replace("\\", "/"))
    match = _NAME_DATE.match(path.name)
    if match:
        year = int(match["y"])
        try:
            day = date(year if year >= 1900 else 2000 + year, int(match["m"]), int(match["d"]))
            return Dated(day, "day")
        except ValueError:
            pass
    stated_day = dated(path.name.replace("_", "-"))
    return stated_day if stated_day and stated_day.precision != "year" else None
