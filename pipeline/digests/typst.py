r"""Typst (https://typst.app/docs/reference/syntax/) as Markdown, a line for a line.

= A Title                                       # A Title
*Ann Lee* #link("https://arxiv...")[2401.1] \    **Ann Lee** [2401.1](https://arxiv...)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.records import Text

_RULE = re.compile(r"\s*#(?:set|show|let|import|include)\b")
_HEADING = re.compile(r"(={1,6})\s+(\S.*)")
_LINK = re.compile(r"#link\(\s*\"(https?://[^\"\s]{1,2000})\"\s*\)(?:\[([^\[\]]{0,400})\])?")
_CALL = re.compile(
    r"#(?P<name>emph|strong|quote|text|box|block|underline|smallcaps)(?:\([^()]{0,200}\))?"
    r"\[(?P<inner>[^\[\]]{0,2000})\]"
)
_MARKS = {"strong": "**", "emph": "*"}
_STRONG = re.compile(r"(?<![\w*\\])\*([^*\n]{1,400})\*(?![\w*])")
_COMMENT = re.compile(r"(?:^|\s)//.*$")
_ITEM = re.compile(r"^(\s*)\+ (?=\S)")
_BREAK = re.compile(r"\s\\$")
_LOOKED_AT = 40


def is_typst(text: Text) -> bool:
    """Whether a text is set by Typst: it has a rule or a link as only Typst writes them."""
    head = text.head[:_LOOKED_AT]
    ruled = any(_RULE.match(line) for line in head) or text.file.casefold().endswith(".typ")
    return ruled and any(_HEADING.fullmatch(line) or _LINK.search(line) for line in text.head)


def typst_as_markdown(text: Text) -> Text:
    """The lines as Markdown, as many as there were."""
    return Text(text.file, tuple(_lines(text)))


def _lines(text: Text) -> Iterator[str | None]:
    depth = 0
    for line in text.lines:
        if line is None:
            yield None
        elif depth or _RULE.match(line):
            # A rule may go on over several lines, up to its last bracket.
            depth = max(depth + sum(map(line.count, "([{")) - sum(map(line.count, ")]}")), 0)
            yield ""
        else:
            yield _line(line)


def _line(line: str) -> str:
    line = _BREAK.sub("", _COMMENT.sub("", line) if "://" not in line else line)
    if heading := _HEADING.fullmatch(line):
        return f"{'#' * len(heading[1])} {_line(heading[2])}"
    line = _STRONG.sub(r"**\1**", line)
    line = _LINK.sub(lambda m: f"[{m[2]}]({m[1]})" if m[2] else m[1], line)
    line = _CALL.sub(_called, line)
    return _ITEM.sub(r"\g<1>1. ", line, count=1)


def _called(match: re.Match[str]) -> str:
    mark = _MARKS.get(match["name"], "")
    return f"{mark}{match['inner']}{mark}"
