"""Zotero's RDF: items, and beside them their notes, files, journals and collections.

<bib:Article rdf:about="https://..."><z:itemType>journalArticle</z:itemType> <dc:title>A Title
  <dcterms:isReferencedBy rdf:resource="#item_5"/> <link:link rdf:resource="#item_7"/>
<bib:Memo rdf:about="#item_5"><rdf:value>&lt;p&gt;Good.&lt;/p&gt;
<z:Collection><dc:title>Thesis <dcterms:hasPart rdf:resource="https://..."/>

What Zotero writes: https://github.com/zotero/translators/blob/master/Zotero%20RDF.js
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.digests.bibliography import Record, doi_link, entries, refusal, tiled
from pipeline.digests.publication import SUBJECT, doi_of, published_of, venue_of
from pipeline.digests.xml_tree import local, placed, start_of, texts, words
from pipeline.model.ids import arxiv_id_of_attachment
from pipeline.model.records import Entry, Format, Skip, Text

_RDF = re.compile(r"<(?:\w{1,20}:)?RDF\b[^<>]{0,3000}zotero\.org/namespaces/export")
_OTHER = "RDF without items of Zotero; export the library as BibTeX, RIS or CSL-JSON."
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_NO_ITEM = ("attachment", "note", "annotation")
_MOST_DEPTH = 20


class _Shelves(NamedTuple):
    """What stands beside the items: by its address, and the collections that each thing is in."""

    by_address: Mapping[str, Any]
    around: Mapping[str, Sequence[str]]


def _likeness(text: Text) -> float:
    return 1.0 if _RDF.search(start_of(text)) else 0.0


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    found = [*placed(text, ("rdf",), "Export the library again.")]
    for each in found[:1]:
        if isinstance(each, Skip):
            yield each
            return
        root, _ = each
        shelves = _shelves(root)
        # A note of its own is said of no item.
        said_of = {part.get(_RESOURCE) for part in root.iter("*") if part.get(_RESOURCE)}
        items = [child for child in root if _is_item(child) or _is_alone(child, said_of)]
        yield from (_record(item, item.sourceline or 1, shelves) for item in items)
        if not items:
            yield refusal(text, 1, _OTHER)


def _is_item(element: Any) -> bool:
    kinds = [*texts(element, "itemtype")]
    return bool(kinds) and kinds[0] not in _NO_ITEM


def _is_alone(element: Any, said_of: Collection[str]) -> bool:
    return local(element) == "memo" and element.get(_ABOUT) not in said_of


def _shelves(root: Any) -> _Shelves:
    around: dict[str, list[str]] = {}
    by_address: dict[str, Any] = {}
    for child in root:
        address = child.get(_ABOUT) or ""
        by_address.setdefault(address, child)
        for part in child if local(child) == "collection" else ():
            if local(part) == "haspart" and (inner := part.get(_RESOURCE)):
                around.setdefault(inner, []).append(address)
    return _Shelves(by_address, around)


def _record(item: Any, line: int, shelves: _Shelves) -> Record:
    address = item.get(_ABOUT) or ""
    linked = [*_linked(item, shelves.by_address, "isreferencedby", "link")]
    files = [element for element in linked if local(element) == "attachment"]
    journals = [*_linked(item, shelves.by_address, "ispartof")]
    identifiers = [*texts(item, "identifier")]
    identifiers += [i for each in journals for i in texts(each, "identifier")]
    dois = [identifier.removeprefix("DOI ") for identifier in identifiers]
    pages = [i for i in identifiers if i.startswith("http")]
    extra = [*texts(item, "description")]
    return Record(
        line_start=line,
        line_end=line,
        title=next(texts(item, "title"), None),
        authors=tuple(_authors(item)),
        abstract=next(texts(item, "abstract"), None),
        notes=(*(note for memo in (item, *linked) for note in texts(memo, "value")), *extra),
        keywords=(*_tags(item), *_collections(address, shelves)),
        ids=(address, *identifiers, *texts(item, "number"), *_ids_of_files(files)),
        urls=(*pages, *(link for doi in dois if (link := doi_link(doi)))),
        added=next(texts(item, "datesubmitted"), None),
        published=published_of(next(texts(item, "date"), None)),
        venue=venue_of(*(title for journal in journals for title in texts(journal, "title"))),
        doi=doi_of(*dois),
        names=tuple(texts(item, "shorttitle")),
    )


def _linked(element: Any, by_address: Mapping[str, Any], *names: str) -> Iterator[Any]:
    """What an element leads to or holds under these names."""
    for child in element:
        if local(child) in names:
            target = by_address.get(child.get(_RESOURCE) or "\0")
            yield from [target] if target is not None else child


def _ids_of_files(files: Sequence[Any]) -> Iterator[str]:
    """The ids of attached files: of where they came from, else of their names."""
    for file in files:
        yield from texts(file, "identifier")
        named = (arxiv_id_of_attachment({"title": title}) for title in texts(file, "title"))
        yield from (arxiv_id for arxiv_id in named if arxiv_id)


def _authors(item: Any) -> Iterator[str]:
    for authors in (child for child in item if local(child) == "authors"):
        for one in (each for each in authors.iter("*") if local(each) == "person"):
            parts = [*texts(one, "givenname"), *texts(one, "surname")]
            yield " ".join(parts)


def _tags(item: Any) -> Iterator[str]:
    """The tags of a reader; not those that Zotero sets for the categories of arXiv."""
    for subject in (child for child in item if local(child) == "subject"):
        automatic = any(local(each) == "automatictag" for each in subject)
        tag = words(subject)
        if not (automatic and SUBJECT.fullmatch(tag)):
            yield tag


def _collections(address: str, shelves: _Shelves) -> Iterator[str]:
    """The collections that something is in, with those around them."""
    waiting, seen = [*shelves.around.get(address, ())], set[str]()
    while waiting and len(seen) < _MOST_DEPTH:
        around = waiting.pop()
        if around not in seen:
            seen.add(around)
            yield from texts(shelves.by_address[around], "title")
            waiting += shelves.around.get(around, ())


FORMAT = Format("zotero_rdf", _likeness, _entries)
