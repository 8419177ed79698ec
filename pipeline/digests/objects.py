"""An object of keys and values, as JSON and YAML hold a paper, to a record of a bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, get_args

from pipeline.digests.bibliography import Record, arxiv_id_in, doi_link, listed
from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.keys import with_known_keys
from pipeline.digests.markdown import is_paper_link
from pipeline.digests.notes_head import card_text
from pipeline.digests.people import people_of, person
from pipeline.digests.prose import listed_tags
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.model.cut_lists import without_others
from pipeline.model.ids import printed_ids

MOST_LEAVES = 500
_MOST_DEPTH = 5
_OTHER_PAPERS = re.compile(r"references?|citations?|cited.?by|related.*|similar.*", re.IGNORECASE)
_CELLS: tuple[FieldName | None, ...] = ("abstract", "summary", "notes", "authors", "title")
_FIELDS: tuple[FieldName, ...] = get_args(FieldName)
_LISTED: tuple[FieldName | None, ...] = ("link", "tags", "doi", "id", "arxiv")
"""What may be a list of objects and yet tell of one paper."""
_NAMING: tuple[FieldName | None, ...] = ("arxiv", "id", "link", "paper", "doi")
_CATEGORY = re.compile(
    r"(?:cs|math|stat|eess|econ|q-bio|q-fin|physics|cond-mat|astro-ph|nlin)\.[A-Za-z-]{2,}"
    r"|math-ph|hep-(?:ex|lat|ph|th)|nucl-(?:ex|th)|quant-ph|gr-qc|astro-ph|cond-mat"
)
"""arXiv's own categories are no tags of a reader."""
_NAME_KEYS = ("name", "display_name", "displayName", "literal", "full_name", "fullName")
_NAMES_OF_TAGS = frozenset(("name", "tag", "label", "title", "text", "value", "display_name"))
_PARTS = (
    ("given", "family"),
    ("firstName", "lastName"),
    ("first", "last"),
    ("first_name", "last_name"),
)

Leaves = Mapping[FieldName | None, Sequence[str]]


def objects_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """The papers that a JSON or YAML value holds, at any depth, in order; none within another."""
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            lists = _lists_of_papers(item) if is_paper(item) else []
            if is_paper(item) and not lists:
                yield item
                continue
            if lists:
                waiting += reversed(lists)
                continue
            item = [_with_key(key, value) for key, value in item.items()]
        if isinstance(item, list):
            nested = [inner for inner in with_known_keys(item) if isinstance(inner, list | Mapping)]
            waiting += reversed(nested)


def _lists_of_papers(item: Mapping[str, Any]) -> list[Any]:
    """The papers in an object that is none by itself, as a board, a list or a folder is not."""
    named = any(field_of(str(key)) == "authors" for key in item)
    if named or any(map(arxiv_id_in, _id_fields(item))):
        return []
    lists = (value for key, value in item.items() if isinstance(value, list) and _is_own(key))
    return [value for value in lists if any(map(_prints_id, islice(value, MOST_LEAVES)))]


def _prints_id(item: Any) -> bool:
    if not isinstance(item, Mapping) or not is_paper(item):
        return False
    texts = islice(_texts(item), MOST_LEAVES)
    return any(next(printed_ids(text), None) is not None for _, _, text in texts)


def _with_key(key: object, value: Any) -> Any:
    """An object that is found under an arXiv id, with that id."""
    if isinstance(value, Mapping) and arxiv_id_in(str(key)) and not is_paper(value):
        return {"id": str(key), **value}
    if isinstance(value, Mapping) and arxiv_id_in(str(key)):
        return {"arxiv": str(key), **value}
    return value


def is_paper(item: Mapping[str, Any]) -> bool:
    """Whether an object has a title or an arXiv id of its own, not in a list of others."""
    leaves = _leaves(item)
    return bool(leaves["title"]) or any(map(arxiv_id_in, _id_fields(item)))


def record_of(item: Mapping[str, Any], line_start: int, line_end: int) -> Record:
    """What an object says of a paper, by the dictionary of fields.

    Where the fields that may hold the arXiv id hold none, every value is looked at.
    """
    leaves = _leaves(item)
    id_texts = tuple(_id_fields(item))
    certain = any(map(arxiv_id_in, id_texts))
    others = () if certain else (v for f, vs in leaves.items() if f not in _CELLS for v in vs)
    placed = certain or any(map(is_paper_link, (*leaves["link"], *leaves["doi"])))
    texts = () if placed else (*leaves["notes"], *leaves["summary"])
    links = dict.fromkeys(v for v in (*leaves["link"], *leaves["paper"]) if v.startswith("http"))
    summary = list(leaves["summary"])
    authors = tuple(islice(_people(item), MOST_LEAVES))
    notes = [*leaves["notes"], *_said(item)]
    if notes and not authors:
        authors, _, notes[0] = card_text(notes[0])
    return Record(
        line_start=line_start,
        line_end=line_end,
        title=next(iter(leaves["title"]), None)
        or next((v for v in leaves["paper"] if "://" not in v), None),
        authors=authors,
        abstract=next(iter([*leaves["abstract"], *_unfolded(item), *summary]), None),
        notes=tuple(notes),
        keywords=tuple(_tags(leaves["tags"])),
        ids=(*id_texts, *others, *texts),
        urls=(*links, *(link for doi in leaves["doi"] if (link := doi_link(doi)))),
        added=next(iter(leaves["added"]), None),
        published=_published(leaves),
        venue=venue_of(*leaves["venue"]),
        doi=doi_of(*leaves["doi"]),
    )


def _said(item: Mapping[str, Any]) -> Iterator[str]:
    """What a reader wrote where a program has one name for all texts: `text` of an annotation."""
    for key in ("text", "annotation"):
        value = item.get(key)
        if isinstance(value, str) and len(value.split()) > 1 and field_of(key) is None:
            yield value


def _unfolded(item: Mapping[str, Any]) -> Iterator[str]:
    """The abstract that OpenAlex gives as the places of each word."""
    places = item.get("abstract_inverted_index")
    if isinstance(places, Mapping):
        listed = {word: ats for word, ats in places.items() if isinstance(ats, list)}
        placed_words = [(at, word) for word, ats in listed.items() for at in ats]
        if placed_words and all(isinstance(at, int) for at, _ in placed_words):
            yield " ".join(str(word) for _, word in sorted(placed_words))


def _tags(values: Iterable[str]) -> Iterator[str]:
    for words in values:
        if not all(_CATEGORY.fullmatch(word) for word in words.split()):
            yield from listed_tags(words) if "[[" in words else listed(words)


def _published(leaves: Leaves) -> str | None:
    stated_date = next((v for field in ("published", "date") for v in leaves[field]), None)
    dated = published_of(stated_date)
    if dated:
        return dated
    return published_of(next(iter(leaves["year"]), None), next(iter(leaves["month"]), None))


def _id_fields(item: Mapping[str, Any]) -> list[str]:
    """The texts that name a paper, those of the outermost keys first, `arxiv` before links."""
    texts = islice(_texts(item), MOST_LEAVES)
    ranked = [
        (depth, _NAMING.index(field), text) for depth, field, text in texts if field in _NAMING
    ]
    return [text for _, _, text in sorted(ranked, key=lambda ranked_text: ranked_text[:2])]


def _leaves(item: Mapping[str, Any]) -> Leaves:
    """The texts of an object by field, those of the outermost keys first."""
    texts_by_field: dict[FieldName | None, list[str]] = {field: [] for field in (None, *_FIELDS)}
    for _, field, text in islice(_texts(item), MOST_LEAVES):
        texts_by_field[field].append(text)
    return texts_by_field


def _texts(item: Mapping[str, Any]) -> Iterator[tuple[int, FieldName | None, str]]:
    level: list[tuple[Any, FieldName | None]] = [(item, None)]
    for depth in range(_MOST_DEPTH):
        below: list[tuple[Any, FieldName | None]] = []
        for value, field in islice(level, MOST_LEAVES):
            if isinstance(value, Mapping):
                pairs = ((v, _field_below(field, k)) for k, v in value.items() if _is_own(k))
                below += pairs
            elif isinstance(value, list):
                takes_objects = field in _LISTED
                below += (
                    (element, field)
                    for element in value
                    if takes_objects or not isinstance(element, Mapping)
                )
            elif isinstance(value, str | int | float) and not isinstance(value, bool):
                text = str(value).strip()
                if text:
                    yield depth, field, text
        level = below


def _field_below(field: FieldName | None, key: object) -> FieldName | None:
    """What a key of an object within a field is: a tag has a name, which is no title."""
    of_key = field_of(str(key))
    if field == "tags":
        return "tags" if str(key).casefold() in _NAMES_OF_TAGS else "aside"
    return field if field == "aside" else of_key or field


def _is_own(key: object) -> bool:
    return not _OTHER_PAPERS.fullmatch(str(key))


def _people(item: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """The names under the first key that means authors; of an object within, if there is none."""
    for key, value in item.items():
        if field_of(str(key)) == "authors":
            yield from _names(value)
            return
    for key, value in item.items():
        if isinstance(value, Mapping) and depth < _MOST_DEPTH and _is_own(key):
            names = list(_people(value, depth + 1))
            if names:
                yield from names
                return


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from people_of(value)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, str):
                one, is_cut = without_others(inner)
                yield from [person(one), *(["et al."] if is_cut else [])]
            else:
                yield from _names(inner)
    elif isinstance(value, Mapping):
        full_name = next(
            (value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), None
        )
        pairs = ((value.get(a), value.get(b)) for a, b in _PARTS)
        joined_name = next(
            (f"{a} {b}" for a, b in pairs if isinstance(a, str) and isinstance(b, str)), None
        )
        if full_name or joined_name:
            yield full_name or joined_name or ""
        elif isinstance(value.get("author"), Mapping):
            yield from _names(value["author"])
