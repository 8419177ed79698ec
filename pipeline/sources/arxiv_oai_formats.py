"""The metadata formats of arXiv's OAI-PMH server to facts: arXiv, arXivRaw and oai_dc.

`acm-class` is not read in any of them: the server fills it with the value of `msc-class`.
https://info.arxiv.org/help/oa/index.html#metadata-formats
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts
from pipeline.sources.hardened_xml import text_of

MetadataFields = Mapping[str, list[str]]
"""The texts of a record's children, by their names without namespaces."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MAIL_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN_NAMES = re.compile(r",(?: and )?|;(?: and )?| and |: ")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_MOST_NESTED = 5


def facts_of_metadata(source: str, arxiv_id: str, metadata: Any) -> Facts:
    """The facts of one record's `metadata` element. Raises ValueError where it cannot be read."""
    element = None if metadata is None else next(metadata.iterchildren("{*}*"), None)
    read = _FORMATS.get("" if element is None else element.tag)
    if read is None:
        raise ValueError(f"its format is {None if element is None else element.tag}")
    facts = read(source, arxiv_id, element)
    if facts.title is None:
        raise ValueError("it has no title")
    return facts


def _of_arxiv(source: str, arxiv_id: str, element: Any) -> Facts:
    fields = _fields(element)
    _check_id(fields, arxiv_id)
    people = element.iterfind("{*}authors/{*}author")
    created = _day(_first(fields, "created"))
    return Facts(
        source=source,
        arxiv_id=arxiv_id,
        **_shared(fields),
        authors=tuple(filter(None, map(_name, people))) or None,
        published=created,
        updated=_day(_first(fields, "updated")) or created,
    )


def _of_arxiv_raw(source: str, arxiv_id: str, element: Any) -> Facts:
    fields = _fields(element)
    _check_id(fields, arxiv_id)
    days = [_mail_day(text_of(day)) for day in element.iterfind("{*}version/{*}date")]
    return Facts(
        source=source,
        arxiv_id=arxiv_id,
        **_shared(fields),
        authors=_names(_first(fields, "authors")),
        published=days[0] if days else None,
        updated=days[-1] if days else None,
    )


def _of_dublin_core(source: str, arxiv_id: str, element: Any) -> Facts:
    """Categories are left out: this format prints names, mixed with classes of other schemes."""
    fields = _fields(element)
    days = sorted(filter(None, map(_day, fields.get("date", []))))
    names = fields.get("identifier", [])
    links = [name for name in names if normal_arxiv_id(name)]
    dois = [name for name in names if name.startswith("doi:")]
    if links and arxiv_id not in map(normal_arxiv_id, links):
        raise ValueError(f"it is about {links[0]}")
    abstract, comment = [*fields.get("description", []), None, None][:2]
    return Facts(
        source=source,
        arxiv_id=arxiv_id,
        title=_first(fields, "title"),
        authors=tuple(map(_turned, fields.get("creator", []))) or None,
        abstract=abstract,
        published=days[0] if days else None,
        updated=days[-1] if days else None,
        venue=next((name for name in names if name not in {*links, *dois}), None),
        doi=_doi(dois[0].removeprefix("doi:")) if dois else None,
        comment=comment.removeprefix("Comment: ") if comment else None,
    )


_FORMATS: dict[str, Callable[[str, str, Any], Facts]] = {
    "{http://arxiv.org/OAI/arXiv/}arXiv": _of_arxiv,
    "{http://arxiv.org/OAI/arXivRaw/}arXivRaw": _of_arxiv_raw,
    "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc": _of_dublin_core,
}


def _fields(element: Any) -> MetadataFields:
    fields: dict[str, list[str]] = {}
    for child in element.iterchildren("{*}*"):
        text = text_of(child)
        if text:
            fields.setdefault(child.tag.rpartition("}")[2], []).append(text)
    return fields


def _first(fields: MetadataFields, name: str) -> str | None:
    return fields.get(name, [None])[0]


def _check_id(fields: MetadataFields, arxiv_id: str) -> None:
    printed = _first(fields, "id") or ""
    if normal_arxiv_id(printed) != arxiv_id:
        raise ValueError(f"it is about {printed[:80]!r}")


def _shared(fields: MetadataFields) -> dict[str, Any]:
    """What arXiv and arXivRaw write alike."""
    return {
        "title": _first(fields, "title"),
        "abstract": _first(fields, "abstract"),
        "categories": tuple((_first(fields, "categories") or "").split()) or None,
        "venue": _first(fields, "journal-ref"),
        "doi": _doi(_first(fields, "doi")),
        "comment": _first(fields, "comments"),
    }


def _doi(printed: str | None) -> str | None:
    """The first DOI of the field, which may hold several; never that of the preprint itself."""
    return next((doi for doi in (printed or "").split() if not normal_arxiv_id(doi)), None)


def _name(author: Any) -> str:
    parts = (text_of(author.find(f"{{*}}{part}")) for part in ("forenames", "keyname", "suffix"))
    return " ".join(filter(None, parts))


def _turned(creator: str) -> str:
    """`Döe Jr, C.` as `C. Döe Jr`."""
    family, _, given = creator.partition(", ")
    return f"{given} {family}".strip()


def _names(printed: str | None) -> tuple[str, ...] | None:
    """The names of a printed author list, without the affiliations in brackets."""
    text = printed or ""
    for _ in range(_MOST_NESTED):
        text = _IN_BRACKETS.sub("", text)
    names: list[str] = []
    for name in filter(None, map(str.strip, _BETWEEN_NAMES.split(" ".join(text.split())))):
        if names and _SUFFIX.fullmatch(name):
            names[-1] += f" {name}"
        else:
            names.append(name)
    return tuple(names) or None


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed[:10]) if printed else None


def _mail_day(printed: str | None) -> date | None:
    """The day of `Tue, 15 Apr 2008 00:00:00 GMT`; None for anything else."""
    match = _MAIL_DATE.search(printed or "")
    if match is None:
        return None
    return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
