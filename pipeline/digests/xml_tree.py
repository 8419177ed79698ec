"""XML of others, as far as it goes, without what it may ask for: entities and other files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree

from pipeline.digests.bibliography import refusal
from pipeline.model.records import Skip, Text

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")


def start_of(text: Text) -> str:
    """The beginning of a text, to know a format by."""
    return "\n".join(text.head)[:8_000]


def root_of(text: Text) -> Any | None:
    """The outermost element; of a damaged text what can be read. None where that is nothing."""
    source = "\n".join(line or "" for line in text.lines)
    declared = _DECLARATION.match(source)
    if declared:
        # Lines keep their numbers.
        source = "\n" * declared[0].count("\n") + source[declared.end() :]
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(source.rstrip().encode(), parser)
    except etree.XMLSyntaxError:
        return None


def placed(text: Text, names: Collection[str], remedy: str) -> Iterator[tuple[Any, int] | Skip]:
    """The elements of these names with their lines, in order; a skip where the text is no XML."""
    root = root_of(text)
    if root is None:
        if any(line and line.strip() for line in text.lines):
            yield refusal(text, 1, f"no XML. {remedy}")
        return
    for element in root.iter("*"):
        if local(element) in names:
            yield element, element.sourceline


def local(element: Any) -> str:
    """The name of an element without its namespace, in small letters; blank for a comment."""
    return element.tag.rpartition("}")[2].casefold() if isinstance(element.tag, str) else ""


def words(element: Any) -> str:
    """All text within an element."""
    return "".join(element.itertext()).strip()


def texts(element: Any, *names: str) -> Iterator[str]:
    """The texts of the children of these names, those of the first name first; blank ones not."""
    for name in names:
        for child in element:
            if local(child) == name and (text := words(child)):
                yield text
