r"""The cards of a canvas of Obsidian, a note each (https://jsoncanvas.org/spec/1.0/).

{"nodes": [{"id": "a", "type": "text", "text": "# A Title\nhttps://arxiv.org/abs/2401.00001", ...},
 {"id": "b", "type": "link", "url": "https://arxiv.org/abs/2401.00002", ...}], "edges": []}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.digests.finding import ObjectFinder
from pipeline.model.ids import has_four_digits
from pipeline.model.records import Text

_CANVAS = re.compile(r'\s*\{\s*"(?:nodes|edges)"\s*:\s*\[')
_SAID_BY_TYPE = {"text": "text", "link": "url"}


def cards_of_canvas(text: Text) -> list[Text]:
    """What is written on each card or linked by it, in the order of the file; none of other texts.

    Cards without a link or an id come last, as one text. Those that are notes of the vault are read
    where these lie.
    """
    if not text.file.casefold().endswith(".canvas"):
        return []
    source = "\n".join(line or "" for line in text.lines)
    if not _CANVAS.match(source):
        return []
    try:
        nodes = json.loads(source).get("nodes")
    except (ValueError, RecursionError):
        return []
    finder = ObjectFinder(source)
    cards: list[Text] = []
    words: list[str] = []
    numbers: list[int] = []
    for said in _said(nodes if isinstance(nodes, list) else []):
        lines = said.split("\n")
        places = [finder.line_of({"text": said})] * len(lines)
        if "://" in said or has_four_digits(said):
            cards.append(Text(text.file, lines, places))
        else:
            words += [*lines, ""]
            numbers += [*places, places[-1]]
    return [*cards, Text(text.file, words, numbers)] if words else cards


def _said(nodes: list[Any]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Mapping):
            said = node.get(_SAID_BY_TYPE.get(str(node.get("type")), ""))
            if isinstance(said, str) and said.strip():
                yield said
