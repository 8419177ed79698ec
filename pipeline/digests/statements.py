"""What the lines of one paper say, apart: its fields, its links, and the words of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.bibliography import arxiv_id_in, one_line
from pipeline.digests.bibtex_record import records_in
from pipeline.digests.document import Piece
from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.front_matter import Field
from pipeline.digests.labels import fields_of_line, is_footer_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.names import MOST_CHARACTERS, AuthorList
from pipeline.digests.prose import links
from pipeline.digests.titles import is_information

_TAKEN: frozenset[FieldName] = frozenset(
    ("title", "authors", "tags", "nickname", "doi", "arxiv", "link", "paper", "abstract")
)
"""What becomes a part of the entry; other fields stay in the reader's words."""
_LINKING: frozenset[FieldName] = frozenset(("doi", "arxiv", "link"))
_LINKED_ELSEWHERE: frozenset[FieldName] = frozenset(("elsewhere", "id"))
_ASIDE: frozenset[FieldName] = frozenset(("elsewhere", "people", "aside"))
_HEADED_FACTS: frozenset[FieldName] = frozenset(
    ("added", "published", "date", "year", "month", "venue", "organisation")
)
_FACTS = _HEADED_FACTS | _ASIDE
"""What a paper's head may state beside that, on a line that stays in the reader's words."""


@dataclass(slots=True)
class Statements:
    """What the lines of a piece say, apart: fields, lines of links or of facts, and the rest."""

    fields: list[Field] = field(default_factory=list)
    link_lines: list[Line] = field(default_factory=list)
    fact_lines: list[Line] = field(default_factory=list)
    other_lines: list[Line] = field(default_factory=list)

    def all(self, *names: FieldName) -> list[str]:
        """The values of the named fields, in the order of the names and of the lines."""
        return [f.value for name in names for f in self.fields if f.name == name]


def statements_of(piece: Piece) -> Statements:
    """What the lines of a piece say. Fields count above the text; below it tags alone do.

    So do the fields of a record of BibTeX, and below the text if it is the only one.
    """
    statements = Statements()
    above_text, pending = piece.kind != "digest", None
    lone = sum(line.kind == "record" for line in piece.lines) == 1
    recorded: list[Field] = []
    for line in piece.lines:
        if line.kind == "rule":
            continue
        if line.kind == "heading":
            pending = field_of(line.body) if above_text else None
            if pending not in _TAKEN | _HEADED_FACTS:
                pending = None
                begun = statements.fields or statements.link_lines or statements.other_lines[1:]
                above_text = above_text and (is_information(line.body) or not begun)
        elif line.kind in ("head", "code", "record"):
            pending = None
        elif pending and not is_footer_line(line.text) and not fields_of_line(line.body):
            statements.fields.append(Field(pending, "", line.body, line.number))
            statements.fact_lines += [line] if pending in _HEADED_FACTS else []
            continue
        if line.kind == "record":
            of_record = _fields_of_record(line) if above_text or lone else []
            recorded += of_record
            statements.other_lines += [] if of_record else [line]
        else:
            _sort_line(statements, line, above_text=above_text, first=line is piece.lines[0])
    stated = {f.name for f in statements.fields} - _LINKING
    statements.fields += (f for f in recorded if f.name not in stated)
    return statements


def _sort_line(statements: Statements, line: Line, *, above_text: bool, first: bool) -> None:
    """Lay what a line says where it belongs."""
    fields = () if line.kind == "code" else fields_of_line(line.body)
    if fields and _is_taken(fields, line, above_text=above_text):
        statements.fields += fields
        if fields[0].name in _LINKING:
            remark = markdown.said_behind_id(fields[0].value)
            statements.other_lines += [line._replace(body=remark, text=remark)] if remark else []
        elif all(f.name in _LINKED_ELSEWHERE for f in fields) and _says_more(fields):
            statements.other_lines.append(line)
    elif above_text and any(f.name in _FACTS and f.value for f in fields):
        statements.fields += fields
        statements.fact_lines.append(line)
    elif above_text and not first and line.kind != "code" and is_link_line(line.body):
        statements.link_lines.append(line)
    else:
        statements.other_lines.append(line)


def _fields_of_record(line: Line) -> list[Field]:
    """What a record of BibTeX says, as fields; none where it cannot be read."""
    fields: list[Field] = []
    for record in records_in(line.body)[:1]:
        arxiv_id = next(filter(None, map(arxiv_id_in, record.ids)), None)
        values: Mapping[FieldName, str | None] = {
            "title": record.title, "authors": _listed(record.authors), "venue": record.venue,
            "arxiv": arxiv_id, "doi": record.doi, "published": record.published,
            "abstract": record.abstract, "link": " ".join(record.urls) or None,
            "tags": ", ".join(record.keywords) or None,
        }  # fmt: skip
        stated = {name: one_line(value) for name, value in values.items() if value}
        fields += (Field(name, "", value, line.number) for name, value in stated.items())
    return fields


def _listed(authors: Sequence[str]) -> str:
    names = [name for name in authors if name.casefold() not in ("others", "et al.")]
    return ", ".join([*names, *(["et al."] if len(names) < len(authors) else [])])


def _is_taken(fields: Sequence[Field], line: Line, *, above_text: bool) -> bool:
    """Whether fields are the entry's own: any above the text, below it tags alone."""
    most = MOST_CHARACTERS if all(f.name == "authors" for f in fields) else 4000
    if len(line.body) > most or not any(f.value for f in fields):
        return False
    if above_text:
        linked = bool(links(line.body)) and all(f.name in _LINKED_ELSEWHERE for f in fields)
        return linked or any(f.name in _TAKEN for f in fields)
    return all(f.name == "tags" for f in fields) and len(line.body) <= 400


def _says_more(fields: Sequence[Field]) -> bool:
    """Whether words stand beside the links of fields: `Code: https://a.org/b is slow`."""
    values = (markdown.MARKDOWN_LINK.sub(" ", field.value) for field in fields)
    return not all(markdown.is_label(markdown.without_ids(value)) for value in values)


class EntryHead(NamedTuple):
    """What a piece begins with, and the texts that are left of its lines."""

    title: str | None
    names: tuple[str, ...]
    authors: AuthorList | None
    links: tuple[str, ...]
    rest: tuple[str, ...]
