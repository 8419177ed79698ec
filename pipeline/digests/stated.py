"""What the head of a text states of one paper: in front matter, in fields, under headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.digests import markdown
from pipeline.digests.document import Document, Section
from pipeline.digests.fields import field_of
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.titles import is_reference_section, is_section_name

_LINKING = frozenset(("arxiv", "link", "paper", "doi", "id"))
_LOOKED_AT_LINES = 200
_PARTS_OF_FORM = 3


def states_whole_paper(document: Document) -> bool:
    """Whether the front matter gives a title, authors, and the link or the id of their paper."""
    fields = document.matter.fields
    linked = any(f.name in _LINKING and markdown.is_paper_link(f.value) for f in fields)
    return linked and {"title", "authors"} <= {field.name for field in fields}


def states_paper_early(document: Document, every: Sequence[Line]) -> bool:
    """Whether the head of a text states the authors of one paper, or is its record of BibTeX."""
    text_lines = [line for line in every[:_LOOKED_AT_LINES] if line.kind not in ("rule", "code")]
    first = [line for section in document.sections[:3] for line in with_heading(section)]
    records = [line for line in text_lines if line.kind == "record"]
    lists = [
        line for line in text_lines if any(f.name == "authors" for f in fields_of_line(line.body))
    ]
    stated = [line for line in lists if line.kind != "item" or line.depth == 0]
    early = any(line in first for line in [*stated[:1], *records[:1]])
    return early and len(lists) < 2 and (len(records) == 1 or len(stated) == 1)


def has_field_headings(document: Document) -> bool:
    """Whether headings name the fields of one paper: `### Paper:`, `### Authors:`."""
    headed = [s for s in document.sections[:20] if s.heading and s.lines and not s.day]
    fields = [field_of(section.heading.body) for section in headed if section.heading]
    titles = sum(field in ("title", "paper") for field in fields)
    return titles == 1 and bool({"authors", "link", "arxiv", "doi", "year", "venue"} & {*fields})


def is_template(document: Document) -> bool:
    """Whether a text is a form filled in for one paper: all headings name parts, one its link.

    ## Summary ... ## Key ideas ... ## Link
    """
    headings = [s.heading.body for s in document.sections if s.heading and not s.day]
    if any(map(_is_ruling_day, (None, *document.sections), document.sections)):
        return False
    if len(headings) < _PARTS_OF_FORM or not all(map(is_part, headings)):
        return False
    outside = [s for s in document.sections if s.heading and not _is_of_others(s.heading.body)]
    linked = {
        arxiv_id
        for section in outside
        for line in section.lines
        if is_link_line(line.body) or any(f.name in _LINKING for f in fields_of_line(line.body))
        for arxiv_id in markdown.ids_in(line.body)[:1]
    }
    return len(linked) == 1


def _is_of_others(heading: str) -> bool:
    return is_reference_section(heading) and field_of(heading) not in _LINKING


def _is_ruling_day(above: Section | None, section: Section) -> bool:
    """Whether a section is that of a day, and not the day that a part of a form asks for."""
    asked = above is not None and above.heading is not None and not above.lines
    name = field_of(above.heading.body, loose=True) if asked and above and above.heading else None
    return section.day is not None and name not in ("date", "published", "added", "year")


def is_part(heading: str) -> bool:
    """Whether a heading names a part of a form, or asks: `Summary`, `どんなもの？`."""
    words = heading.partition("(")[0]
    # A script that parts no words leaves ends of them that are in no dictionary.
    named = is_section_name(heading) or field_of(words, loose=not words.isascii()) is not None
    return named or heading.endswith(("?", "？"))


def with_heading(section: Section) -> Iterator[Line]:
    """The lines of a section, its heading first."""
    if section.heading:
        yield section.heading
    yield from section.lines
