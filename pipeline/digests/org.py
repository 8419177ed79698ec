"""Org files as Markdown, a line for a line: headings, links, properties and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_KEYWORD = re.compile(r"#\+(\w+):\s*(.*)", re.IGNORECASE)
_HEADING = re.compile(
    r"(\*{1,6})\s+(?:(?:TODO|DONE|NEXT|WAIT|READ|READING|SOMEDAY|CANCELLED)\s+)?"
    r"(?:\[#[A-Z]\]\s+)?(.*?)(?:\s+(:[^\s]{1,200}:))?\s*"
)
_PROPERTY = re.compile(r"\s*:([\w-]+):(?:\s+(.*))?")
_TABLE_RULE = re.compile(r"\s*\|-[-+|\s]{0,4000}")
_STAMP = re.compile(r"[<\[](\d{4}-\d\d-\d\d)(?: [^<>\[\]]{1,30})?[>\]]")
"""A day, with its name, a time and a repeater."""
_PLANNED = re.compile(r"\s*(?:(?:CLOSED|SCHEDULED|DEADLINE):\s*[<\[][^<>\[\]]{10,40}[>\]]\s*)+")
_CLOSED = re.compile(r"CLOSED:\s*[<\[](\d{4}-\d\d-\d\d)")
_LINK = re.compile(r"\[\[([^\[\]]{1,2000})\](?:\[([^\[\]]{1,1000})\])?\]")
_BLOCK = re.compile(r"\s*+#\+(begin|end)_(\w+).*", re.IGNORECASE)
_DOCUMENT_TITLE = re.compile(r"#\+title:", re.IGNORECASE)
_PAPER_PROPERTY = re.compile(r":(?:arxiv|eprint|doi)[\w-]*:\s+\S", re.IGNORECASE)
_SIGNS = re.compile(r"\s*(?:#\+(?:title|filetags|author|begin_\w+):?|:PROPERTIES:)", re.IGNORECASE)


def is_org(lines: Sequence[str | None]) -> bool:
    """Whether the first lines hold a keyword or a drawer that only org has."""
    return any(line and line.lstrip()[:1] in "#:" and _SIGNS.match(line) for line in lines[:40])


def as_markdown(lines: Sequence[str | None]) -> Iterator[str | None]:
    """The lines as Markdown, as many as there were. Keywords and properties are label lines."""
    quoted = code = False
    named = _DOCUMENT_TITLE if _has_papers_below_headings(lines) else None
    for line in lines:
        if line and named and named.match(line):
            yield f"# {_LINK.sub(_linked, line.partition(':')[2].strip())}"
            continue
        block = _BLOCK.fullmatch(line) if line and "#+" in line[:200] else None
        if block:
            opens, is_code = block[1].lower() == "begin", block[2].lower() in ("src", "example")
            code, quoted = opens and is_code, opens and not is_code
            yield "```" if is_code else ""
        elif line is None or code:
            yield line
        else:
            yield f"> {_plain(line)}" if quoted and line.strip() else _plain(line)


def _has_papers_below_headings(lines: Sequence[str | None]) -> bool:
    """Whether the drawer of a heading links a paper, so that the file is a list with a name."""
    headed = drawn = False
    for line in lines:
        text = (line or "").strip()
        headed = headed or text.startswith("* ")
        drawn = headed and (text == ":PROPERTIES:" or (drawn and text != ":END:"))
        if drawn and (_PAPER_PROPERTY.match(text) or "arxiv.org/" in text):
            return True
    return False


def _plain(line: str) -> str:
    if line.lstrip().startswith("|"):
        row = line.replace("+", "|") if _TABLE_RULE.fullmatch(line) else _STAMP.sub(r"\1", line)
        return _LINK.sub(_linked, row) if "[[" in row else row
    keyword = _KEYWORD.fullmatch(line.strip()) if line.lstrip().startswith("#+") else None
    if keyword:
        # The author of an org file is who wrote the note.
        return "" if keyword[1].lower() == "author" else _label(keyword[1], keyword[2])
    property_match = _PROPERTY.fullmatch(line) if line.lstrip().startswith(":") else None
    if property_match:
        ends = property_match[1].upper() in ("PROPERTIES", "END", "LOGBOOK", "ID")
        return "" if ends else _label(property_match[1], property_match[2] or "")
    if "D:" in line and _PLANNED.fullmatch(line) and (closed := _CLOSED.search(line)):
        return _label("closed", closed[1])
    heading = _HEADING.fullmatch(line) if line.startswith("*") else None
    if heading:
        tags = " ".join(f"#{tag}" for tag in (heading[3] or "").split(":") if tag)
        line = f"{'#' * len(heading[1])} {heading[2]} {tags}".rstrip()
    return _LINK.sub(_linked, line) if "[[" in line else line


def _label(name: str, value: str) -> str:
    if name.lower() == "filetags":
        value = ", ".join(tag for tag in re.split(r"[:\s]+", value) if tag)
    value = _LINK.sub(_linked, value)
    return f"{name}:: {value}" if value else ""


def _linked(match: re.Match[str]) -> str:
    address, name = match[1], match[2]
    if "://" not in address:
        return name or f"[[{address}]]"
    return f"[{name}]({address})" if name else address
