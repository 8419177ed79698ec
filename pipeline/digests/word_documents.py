"""Text documents of Word (.docx) and LibreOffice (.odt) as Markdown, a paragraph a line.

Headings, lists, links and tables are kept, and what stands at the foot of pages and in comments
stands below the part it is said in; fields and pictures are not read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from pipeline.digests.xml_tree import local
from pipeline.model.records import Skip, Text
from pipeline.model.zip_damage import ZIP_DAMAGE

MOST_UNPACKED_BYTES = 64 << 20
REMEDY = "Save it as text (.txt)."
_PLACES = {"word/document.xml": "docx", "content.xml": "odt"}
_LEVEL = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|제목|標題|标题|見出し)\s*(\d)", re.IGNORECASE
)
_NOT_SHOWN = frozenset(
    ("ppr", "rpr", "instrtext", "deltext", "annotation", "note", "tracked-changes")
)
_SPACES = frozenset(("tab", "br", "cr", "line-break", "s"))
_RELATIONS = "word/_rels/document.xml.rels"
_ASIDES = ("footnote", "endnote", "comment")


def text_of_word(file: str, content: bytes) -> Text | Skip | None:
    """The paragraphs of a document; None where the archive is none, a skip where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
            place = next((name for name in _PLACES if name in sizes), None)
            if place is None or (
                place == "content.xml" and b"opendocument.text" not in _kind(archive, sizes)
            ):
                return None
            asides = [part for part in map("word/{}s.xml".format, _ASIDES) if part in sizes]
            if (
                sum(sizes.get(part, 0) for part in (place, _RELATIONS, *asides))
                > MOST_UNPACKED_BYTES
            ):
                return Skip("digests", file, f"a document too large to open. {REMEDY}")
            root = _root(archive.read(place))
            addresses = _addresses(archive.read(_RELATIONS)) if _RELATIONS in sizes else {}
            said = _asides([_root(archive.read(part)) for part in asides])
    except (*ZIP_DAMAGE, KeyError, OSError, etree.XMLSyntaxError) as no:
        if not file.casefold().endswith((".docx", ".odt")):
            return None
        why = " ".join(str(no).split())[:100]
        return Skip("digests", file, f"no document that can be opened ({why}). {REMEDY}")
    lines = list(_blocks(root, addresses, said))
    if not any(lines):
        return Skip("digests", file, "the document is empty. Nothing to read in it.")
    return Text(file, lines)


def _kind(archive: zipfile.ZipFile, sizes: Mapping[str, int]) -> bytes:
    return archive.read("mimetype") if 0 < sizes.get("mimetype", 0) < 200 else b""


def _root(source: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(source, parser)


def _addresses(source: bytes) -> dict[str, str]:
    """Where the links of a Word document lead, by their ids."""
    return {r.get("Id", ""): r.get("Target", "") for r in _root(source) if r.get("Target")}


def _asides(roots: Iterable[Any]) -> dict[tuple[str, str], str]:
    """What stands at the foot of pages and in comments, by its kind and its number."""
    asides = (aside for root in roots for aside in root if local(aside) in _ASIDES)
    return {
        (local(aside), _value(aside, "id")): " ".join(_words(p, {}) for p in aside.iter("{*}p"))
        for aside in asides
    }


def _blocks(
    root: Any, addresses: Mapping[str, str], said: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """The paragraphs and rows in order, an empty paragraph as an empty line."""
    rows = 0
    below: list[str] = []
    for element in root.iter("{*}p", "{*}h", "{*}tr", "{*}table-row", "{*}tbl", "{*}table"):
        name = local(element)
        if name in ("tbl", "table"):
            rows = 0
        elif name in ("tr", "table-row"):
            cells = [
                " ".join(_words(p, addresses) for p in cell.iter("{*}p", "{*}h")).strip()
                for cell in element
                if local(cell) in ("tc", "table-cell")
            ]
            yield from [] if rows else [""]
            yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
            yield from [] if rows else ["|" + "---|" * len(cells)]
            rows += 1
        elif next(element.iterancestors("{*}tc", "{*}table-cell"), None) is None:
            yield from [""] if rows else []
            rows = 0
            mark = _mark(element)
            if mark.startswith("#"):
                yield from (line for aside in below for line in ("", aside))
                below = []
            yield mark + _words(element, addresses)
            references = (
                (local(e).removesuffix("reference"), _value(e, "id")) for e in element.iter("*")
            )
            below += [aside for reference in references if (aside := said.get(reference))]
    yield from (line for aside in below for line in ("", aside))


def _mark(paragraph: Any) -> str:
    """What stands before a paragraph in Markdown: a heading, an item of a list, or neither."""
    if local(paragraph) == "h":
        level = next((v for k, v in paragraph.attrib.items() if k.endswith("outline-level")), "1")
        return "#" * min(int(level) if level.isdigit() else 1, 5) + " "
    style = next((_value(e) for e in paragraph.iter("{*}pStyle")), "")
    heading = _LEVEL.match(style)
    if heading or style.casefold() == "title":
        return "#" * (min(int(heading[1]), 5) if heading else 1) + " "
    depth = sum(1 for _ in paragraph.iterancestors("{*}list-item"))
    if next(paragraph.iter("{*}numPr"), None) is not None:
        depth = 1 + int(next((_value(e) for e in paragraph.iter("{*}ilvl")), "0") or "0")
    return "  " * (min(depth, 9) - 1) + "- " if depth else ""


def _value(element: Any, name: str = "val") -> str:
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _words(paragraph: Any, addresses: Mapping[str, str]) -> str:
    """The words of a paragraph; a link as `[words](address)`."""
    parts: list[str] = []
    _say(paragraph, addresses, parts)
    return " ".join("".join(parts).split())


def _say(element: Any, addresses: Mapping[str, str], parts: list[str]) -> None:
    name, start = local(element), len(parts)
    if name in _NOT_SHOWN:
        return
    is_text = name == "t" or "opendocument" in str(element.tag)
    parts.append((element.text or "") if is_text else " " if name in _SPACES else "")
    parts.append(" " if is_text and name in _SPACES else "")
    for child in element:
        _say(child, addresses, parts)
        parts.append((child.tail or "") if is_text else "")
    if name in ("hyperlink", "a"):
        values = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        address = values.get("href") or addresses.get(values.get("id", ""), "")
        label = "".join(parts[start:]).strip().translate({ord("["): "(", ord("]"): ")"})
        if address.startswith("http") and label:
            parts[start:] = [f"[{label}]({address})"]
