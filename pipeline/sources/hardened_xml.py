"""XML from outside, parsed so that nothing in it can act: no entity, no file, no network."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

MAX_BYTES = 32 * 2**20
"""Longer documents are refused before they are parsed."""

# Authors paste control characters into titles, which no XML may hold: raw, or as a reference.
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def root_of(content: bytes) -> Any:
    """The root element of a whole XML document in UTF-8, without comments and instructions.

    Raises ValueError, in words for the reader, where it is none, where it is over `MAX_BYTES`,
    and where it declares a document type, as no service here has a use for one.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"it is over {MAX_BYTES} bytes")
    if _WEB_PAGE.match(content):
        raise ValueError("it is a web page")
    clean = _CONTROL.sub(b"", content)
    if b"<!DOCTYPE" in clean:
        raise ValueError("it declares a document type")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(clean, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is not whole XML ({error.msg})") from None


def text_of(element: Any) -> str | None:
    """All the text within an element with its spaces collapsed; None for no element or no text."""
    return None if element is None else " ".join("".join(element.itertext()).split()) or None
