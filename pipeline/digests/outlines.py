"""Outlines that programs export, Roam (.json) and OPML, as the nested list that they show.

[{"title": "May 6th, 2024", "children":            # May 6th, 2024
  [{"string": "[[A Title]]", "children":           - [[A Title]]
    [{"string": "Source:: https://arxiv..."}]}]}]    - Source:: https://arxiv...
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.digests import markdown
from pipeline.digests.finding import ObjectFinder
from pipeline.digests.html_text import html_as_markdown
from pipeline.digests.xml_tree import local, root_of, start_of
from pipeline.model.records import Text

_ROAM = re.compile(r'\s*\[\s*\{.*"children"\s*:\s*\[.*"string"\s*:', re.DOTALL)
_OPML = re.compile(r"<opml\b", re.IGNORECASE)
_FEED = ("xmlUrl", "htmlUrl", "url", "href")
_MOST_DEPTH = 100


class _Node(NamedTuple):
    number: int
    words: str
    depth: int


def outline_as_markdown(text: Text) -> Text | None:
    """The outline that a text is, each line with the one of the file; None for any other text."""
    start = start_of(text)
    if _ROAM.match(start):
        nodes = _roam("\n".join(line or "" for line in text.lines))
    elif start.lstrip().startswith("<") and _OPML.search(start):
        nodes = _opml(root_of(text))
    else:
        return None
    lines: list[str] = []
    numbers: list[int] = []
    for node in nodes:
        for line in _lines(node):
            lines.append(line)
            numbers.append(max(node.number, numbers[-1] if numbers else 1))
    return Text(text.file, lines, numbers) if lines else None


def _lines(node: _Node) -> Iterator[str]:
    if node.depth < 0:
        yield from ("", f"# {node.words}", "")
        return
    first, *below = (line.strip() for line in node.words.split("\n"))
    yield f"{'    ' * node.depth}- {first}"
    yield from (f"{'    ' * (node.depth + 1)}- {line}" for line in below if line)


def _roam(source: str) -> Iterable[_Node]:
    try:
        pages = json.loads(source)
    except (ValueError, RecursionError):
        return []
    finder = ObjectFinder(source)
    nodes: list[_Node] = []
    waiting = [(page, -1) for page in reversed(pages) if isinstance(page, Mapping)]
    while waiting:
        item, depth = waiting.pop()
        words = item.get("title" if depth < 0 else "string")
        children = item.get("children")
        if isinstance(words, str) and words.strip():
            nodes.append(_Node(finder.line_of({"words": words}), words.strip(), depth))
        inner = children if isinstance(children, list) and depth < _MOST_DEPTH else []
        waiting += [(child, depth + 1) for child in reversed(inner) if isinstance(child, Mapping)]
    return nodes


def _opml(root: Any) -> Iterable[_Node]:
    """The points of an outline; none where one leads to a page, as bookmarks and feeds do."""
    if root is None or any(e.get(key) for e in root.iter("outline") for key in _FEED):
        return []
    nodes: list[_Node] = []
    waiting = [(e, 0) for e in reversed([*root.iter("body")])]
    while waiting:
        element, depth = waiting.pop()
        if local(element) == "outline":
            words = html_as_markdown(element.get("text") or element.get("title") or "")
            note = html_as_markdown(element.get("_note") or "")
            nodes.append(_Node(element.sourceline or 1, f"{words}\n{note}".strip(), depth - 1))
        children = [child for child in element if local(child) == "outline"]
        waiting += [(child, depth + 1) for child in reversed(children) if depth < _MOST_DEPTH]
    linked = any(markdown.is_paper_link(node.words) for node in nodes)
    return nodes if linked else []
