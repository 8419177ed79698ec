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
from pipeline.digests.names import Names
from pipeline.digests.prose import links
from pipeline.digests.titles import is_information

_TAKEN: frozenset[FieldName] = frozenset(
    ("title", "authors", "tags", "nickname", "doi", "arxiv", "link", "paper", "abstract")
)
"""What becomes a part of the entry; other fields stay in the reader's words."""
_LINKING: frozenset[FieldName] = frozenset(("doi", "arxiv", "link"))
_FACTS: frozenset[FieldName] = frozenset(
    ("added", "published", "date", "year", "month", "venue", "organisation", "elsewhere", "aside")
)
"""What a paper's head may state beside that, on a line that stays in the reader's words."""
_HEADED_FACTS: frozenset[FieldName] = _FACTS - {"elsewhere", "aside"}


@dataclass(slots=True)
class Told:
    """What the lines of a piece say, apart: fields, lines of links or of facts, and the rest."""

    fields: list[Field] = field(default_factory=list)
    linked: list[Line] = field(default_factory=list)
    stated: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)

    def all(self, *names: FieldName) -> list[str]:
        """The values of the named fields, in the order of the names and of the lines."""
        return [each.value for name in names for each in self.fields if each.name == name]


def told_by(piece: Piece) -> Told:
    """What the lines of a piece say. Fields count above the text; below it tags alone do.

    So do the fields of a record of BibTeX, and below the text if it is the only one.
    """
    told = Told()
    zone, pending = piece.kind != "digest", None
    lone = sum(line.kind == "record" for line in piece.lines) == 1
    recorded: list[Field] = []
    for line in piece.lines:
        if line.kind == "rule":
            continue
        if line.kind == "heading":
            pending = field_of(line.body) if zone else None
            if pending not in _TAKEN | _HEADED_FACTS:
                pending = None
                begun = told.fields or told.linked or told.rest[1:]
                zone = zone and (is_information(line.body) or not begun)
        elif line.kind in ("head", "code", "record"):
            pending = None
        elif pending and not is_footer_line(line.text) and not fields_of_line(line.body):
            told.fields.append(Field(pending, "", line.body, line.number))
            told.stated += [line] if pending in _HEADED_FACTS else []
            continue
        if line.kind == "record":
            said = _fields_of_record(line) if zone or lone else []
            recorded += said
            told.rest += [] if said else [line]
        else:
            _tell(told, line, zone=zone, first=line is piece.lines[0])
    stated = {each.name for each in told.fields} - _LINKING
    told.fields += (each for each in recorded if each.name not in stated)
    return told


def _tell(told: Told, line: Line, *, zone: bool, first: bool) -> None:
    """Lay what a line says where it belongs."""
    found = () if line.kind == "code" else fields_of_line(line.body)
    if found and _is_taken(found, line, zone=zone):
        told.fields += found
        beside = markdown.said_beside_ids(found[0].value) if found[0].name in _LINKING else ""
        told.rest += [line._replace(body=beside, text=beside)] if beside else []
    elif zone and any(each.name in _FACTS and each.value for each in found):
        told.fields += found
        told.stated.append(line)
    elif zone and not first and line.kind != "code" and is_link_line(line.body):
        told.linked.append(line)
    else:
        told.rest.append(line)


def _fields_of_record(line: Line) -> list[Field]:
    """What a record of BibTeX says, as fields; none where it cannot be read."""
    found: list[Field] = []
    for record in records_in(line.body)[:1]:
        arxiv_id = next(filter(None, map(arxiv_id_in, record.ids)), None)
        values: Mapping[FieldName, str | None] = {
            "title": record.title, "authors": _listed(record.authors), "venue": record.venue,
            "arxiv": arxiv_id, "doi": record.doi, "published": record.published,
            "abstract": record.abstract, "link": " ".join(record.urls) or None,
            "tags": ", ".join(record.keywords) or None,
        }  # fmt: skip
        stated = {name: one_line(value) for name, value in values.items() if value}
        found += (Field(name, "", value, line.number) for name, value in stated.items())
    return found


def _listed(authors: Sequence[str]) -> str:
    kept = [name for name in authors if name.casefold() not in ("others", "et al.")]
    return ", ".join([*kept, *(["et al."] if len(kept) < len(authors) else [])])


def _is_taken(found: Sequence[Field], line: Line, *, zone: bool) -> bool:
    """Whether fields are the entry's own: any above the text, below it tags alone."""
    if len(line.body) > 4000 or not any(each.value for each in found):
        return False
    if zone:
        linked = bool(links(line.body)) and all(each.name in ("elsewhere", "id") for each in found)
        return linked or any(each.name in _TAKEN for each in found)
    return all(each.name == "tags" for each in found) and len(line.body) <= 400


class EntryHead(NamedTuple):
    """What a piece begins with, and the texts that are left of its lines."""

    title: str | None
    names: tuple[str, ...]
    authors: Names | None
    links: tuple[str, ...]
    rest: tuple[str, ...]
