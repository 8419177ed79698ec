"""What the head of a text states of one paper: in front matter, in fields, under headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.digests import markdown
from pipeline.digests.document import Document, Section
from pipeline.digests.fields import field_of
from pipeline.digests.labels import fields_of_line
from pipeline.digests.lines import Line

_LINKING = frozenset(("arxiv", "link", "paper", "doi", "id"))
_LOOKED_AT_LINES = 200


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


def with_heading(section: Section) -> Iterator[Line]:
    """The lines of a section, its heading first."""
    if section.heading:
        yield section.heading
    yield from section.lines
