"""Notes that Evernote exports (.enex), each as one of a vault: its tags, its day, what it says.

<note><title>A Title</title><created>20240811T143000Z</created><tag>nlp</tag>
<content><![CDATA[<en-note><div>Ann Lee, Bo Kim</div><div>arXiv: 2401.00001</div></en-note>]]>

The format: https://evernote.com/blog/how-evernotes-xml-export-format-works/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.digests.pages import page_as_markdown
from pipeline.digests.vault_notes import VaultNote, text_of_note
from pipeline.digests.xml_tree import placed, start_of, texts, words
from pipeline.model.records import Skip, Text

_EXPORT = re.compile(r"<en-export\b", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T")
_DECLARATION = re.compile(r"<\?xml[^<>]{0,300}\?>|<!DOCTYPE[^<>]{0,300}>", re.IGNORECASE)


def is_evernote(text: Text) -> bool:
    """Whether a text is an export of Evernote."""
    start = start_of(text)
    return start.lstrip().startswith("<") and _EXPORT.search(start) is not None


def evernote_notes(text: Text) -> Iterator[Text | Skip]:
    """The notes, a text each, each line with the one of the file that it stands on."""
    for note in placed(text, ("note",), "Export the notes again."):
        yield note if isinstance(note, Skip) else text_of_note(text.file, _note(*note))


def _note(element: Any, line: int) -> VaultNote:
    created = _STAMP.match(next(texts(element, "created"), ""))
    content = next((child for child in element if child.tag == "content"), None)
    links = (words(child) for child in element.iter("source-url"))
    return VaultNote(
        number=line,
        title=next(texts(element, "title"), ""),
        day="-".join(created.groups()) if created else "",
        tags=[*texts(element, "tag")],
        link=next((link for link in links if link.startswith("http")), None),
        lines=[] if content is None else _shown(content, line),
    )


def _shown(content: Any, line: int) -> list[tuple[int, str]]:
    source = _DECLARATION.sub("", "".join(content.itertext()))
    page = page_as_markdown(Text("", source.split("\n")))
    first = content.sourceline or line
    numbered = zip(page.numbers or (), page.lines, strict=True)
    return [(first + number - 1, shown or "") for number, shown in numbered]
