"""What the lines of one paper say, apart: its fields, its links, and the words of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.document import Line, Piece
from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.front_matter import Field
from pipeline.digests.labels import fields_of_line, is_footer_line, is_link_line
from pipeline.digests.names import Names
from pipeline.digests.prose import links

_TAKEN: frozenset[FieldName] = frozenset(
    ("title", "authors", "tags", "nickname", "doi", "arxiv", "link", "paper", "abstract")
)
"""What becomes a part of the entry; other fields stay in the reader's words."""
_LINKING: frozenset[FieldName] = frozenset(("doi", "arxiv", "link"))
_FACTS: frozenset[FieldName] = frozenset(
    ("added", "published", "date", "year", "month", "venue", "organisation", "elsewhere", "aside")
)
"""What a paper's head may state beside that, on a line that stays in the reader's words."""


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
    """What the lines of a piece say. Fields count above the text; below it tags alone do."""
    told = Told()
    zone, pending = piece.kind != "digest", None
    for line in piece.lines:
        if line.kind == "rule":
            continue
        if line.kind == "heading" and line is not piece.lines[0]:
            pending = field_of(line.body) if zone else None
            if pending not in _TAKEN:
                pending = None
                zone = zone and not (told.rest or told.fields or told.linked)
        elif line.kind in ("head", "code"):
            pending = None
        elif pending and not is_footer_line(line.text):
            told.fields.append(Field(pending, "", line.body, line.number))
            continue
        found = () if line.kind == "code" else fields_of_line(line.body)
        if found and _is_taken(found, line, zone=zone):
            told.fields += found
            said = markdown.said_beside_ids(found[0].value) if found[0].name in _LINKING else ""
            told.rest += [line._replace(body=said, text=said)] if said else []
        elif zone and any(each.name in _FACTS and each.value for each in found):
            told.fields += found
            told.stated.append(line)
        elif (
            zone and line is not piece.lines[0] and line.kind != "code" and is_link_line(line.body)
        ):
            told.linked.append(line)
        else:
            told.rest.append(line)
    return told


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
