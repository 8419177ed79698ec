"""Notes that Evernote exports (.enex) as Markdown: a heading for each, its tags, and what it says.

<note><title>A Title</title><created>20240811T143000Z</created><tag>nlp</tag>
<content><![CDATA[<en-note><div>Ann Lee, Bo Kim</div><div>arXiv: 2401.00001</div></en-note>]]>

The format: https://evernote.com/blog/how-evernotes-xml-export-format-works/
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.digests.pages import page_as_markdown
from pipeline.digests.xml_tree import placed, start_of, texts
from pipeline.model.records import Skip, Text

_EXPORT = re.compile(r"<en-export\b", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T")
_DECLARATION = re.compile(r"<\?xml[^<>]{0,300}\?>|<!DOCTYPE[^<>]{0,300}>", re.IGNORECASE)


def is_evernote(text: Text) -> bool:
    """Whether a text is an export of Evernote."""
    start = start_of(text)
    return start.lstrip().startswith("<") and _EXPORT.search(start) is not None


def evernote_as_markdown(text: Text) -> Text | Skip:
    """The notes one below another, each line with the one of the file that it stands on."""
    lines: list[str] = []
    numbers: list[int] = []
    for note in placed(text, ("note",), "Export the notes again."):
        if isinstance(note, Skip):
            return note
        element, line = note
        for number, words in _note(element, line):
            lines.append(words)
            numbers.append(max(number, numbers[-1] if numbers else 1))
    return Text(text.file, lines, numbers)


def _note(note: Any, line: int) -> list[tuple[int, str]]:
    title = " ".join(next(texts(note, "title"), "").split())
    tags = ", ".join(texts(note, "tag"))
    created = _STAMP.match(next(texts(note, "created"), ""))
    day = "-".join(created.groups()) if created else ""
    shown = [(line, f"# {day}"), (line, "")] if day else []
    shown += [(line, f"## {title}" if title else "---"), (line, "")]
    shown += [(line, f"tags:: {tags}")] if tags else []
    content = next((child for child in note if child.tag == "content"), None)
    if content is not None:
        source = _DECLARATION.sub("", "".join(content.itertext()))
        page = page_as_markdown(Text("", source.split("\n")))
        first = content.sourceline or line
        numbers = page.numbers or ()
        shown += [
            (first + number - 1, words or "")
            for number, words in zip(numbers, page.lines, strict=True)
        ]
    return [*shown, (shown[-1][0], "")]
