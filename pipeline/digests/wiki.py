"""Pages of wikis, of Confluence or Jira and of MediaWiki, as Markdown, a line for a line.

h2. A Title                  == A Title ==                   ## A Title
||Authors|Ann Lee||          * '''Authors:''' Ann Lee        - **Authors:** Ann Lee
[here|https://arxiv...]      [https://arxiv... here]         [here](https://arxiv...)

The rules: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all and
https://www.mediawiki.org/wiki/Help:Formatting
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.records import Text

_LOOKED_AT = 120
_LONGEST_SECTION = 400
_LEVEL = re.compile(r"h([1-6])\.\s+(\S.*)")
_MACRO = re.compile(
    r"\{(?:toc|panel|info|note|tip|warning|quote|color|anchor|excerpt)(?::[^{}]*)?\}"
)
_CODE = re.compile(r"\{(?:code|noformat)(?::[^{}]*)?\}")
_LINK = re.compile(r"\[(?:([^\[\]|]{1,400})\|)?(https?://[^\s\[\]|]{1,2000})(?:\|[^\[\]]*)?\]")
_ROW = re.compile(r"\|\|([^|]{1,60})\|{1,2}([^|]{1,2000}?)\|{1,2}\s*")
_HEAD_ROW = re.compile(r"\|\|.+\|\|\s*")
_BULLETS = re.compile(r"([*#-]{1,6})\s+(?=\S)")
_STRONG = re.compile(r"(?<![\w*\\])\*(?=\S)([^*\n]{1,400}?)(?<=\S)\*(?![\w*])")
_SECTION = re.compile(r"(={1,6})\s*(\S.*?)\s*\1\s*")
_QUOTES = re.compile(r"'{2,5}")
_WIKI_LINK = re.compile(r"\[(https?://[^\s\[\]]{1,2000})\s+([^\[\]]{1,400})\]")
_PAGE = re.compile(
    r"\[\[(?![^\[\]|]{0,40}:[^\[\]]{0,200}\]\]\s*$)([^\[\]|]{1,250})(?:\|([^\[\]]{0,250}))?\]\]"
)
_CATEGORY = re.compile(r"\[\[[^\[\]|:]{2,40}:([^\[\]|]{1,100})(?:\|[^\[\]]*)?\]\]\s*")
_TEMPLATE = re.compile(r"\{\{[^{}]{0,2000}\}\}|__[A-Z]{3,20}__")
_CITED = re.compile(r"\{\{\s*(?:cite \w{2,20}|citation)\s*\|([^{}]{0,2000})\}\}", re.IGNORECASE)
_GIVEN_NAMES = ("first", "given")
_FAMILY_NAMES = ("last", "surname", "author")
_MOST_NAMES = 30
_ARXIV = re.compile(r"\{\{\s*arxiv\s*\|\s*([\w./-]{6,30})\s*\}\}", re.IGNORECASE)


def wiki_as_markdown(text: Text) -> Text | None:
    """The lines of a page of a wiki as Markdown, as many as there were; None for any other text."""
    head = text.head[:_LOOKED_AT]
    if any(_LEVEL.fullmatch(line) for line in head) and not any(x.startswith("# ") for x in head):
        return Text(text.file, tuple(_of_confluence(text)))
    sections = any(_is_section(line) for line in head)
    marked = any("'''" in line or _WIKI_LINK.search(line) for line in head)
    named = text.file.casefold().endswith((".mediawiki", ".wiki"))
    if sections and (marked or named):
        return Text(text.file, tuple(x if x is None else _of_mediawiki(x) for x in text.lines))
    return None


def _of_confluence(text: Text) -> Iterator[str | None]:
    code = False
    for line in text.lines:
        if line is None:
            yield None
            continue
        marks = len(_CODE.findall(line))
        if marks or code:
            yield "```" if marks % 2 else line
            code = code ^ (marks % 2 == 1)
            continue
        yield _confluence_line(line.strip()) if line.strip() else ""


def _confluence_line(line: str) -> str:
    if heading := _LEVEL.fullmatch(line):
        return f"{'#' * int(heading[1])} {_linked(heading[2])}"
    line = _linked(_MACRO.sub("", line).strip())
    if row := _ROW.fullmatch(line):
        return f"- **{row[1].strip()}:** {row[2].strip()}"
    if _HEAD_ROW.fullmatch(line):
        cells = [cell.strip() for cell in line.strip("| ").split("||")]
        return f"| {' | '.join(cells)} |"
    line = _STRONG.sub(r"**\1**", line)
    bullets = _BULLETS.match(line)
    if bullets:
        return f"{'    ' * (len(bullets[1]) - 1)}- {line[bullets.end() :]}"
    return line


def _linked(line: str) -> str:
    return _LINK.sub(lambda m: f"[{m[1]}]({m[2]})" if m[1] else m[2], line)


def _is_section(line: str) -> bool:
    return line.startswith("=") and len(line) <= _LONGEST_SECTION and bool(_SECTION.fullmatch(line))


def _of_mediawiki(line: str) -> str:
    section = _SECTION.fullmatch(line.strip()) if _is_section(line) else None
    if section:
        return f"{'#' * len(section[1])} {_unquoted(section[2])}"
    line = _ARXIV.sub(r"arXiv:\1", line)
    line = _TEMPLATE.sub("", _CITED.sub(_cited, line))
    category = _CATEGORY.fullmatch(line.strip())
    if category:
        return ""
    line = _WIKI_LINK.sub(r"[\2](\1)", _unquoted(line))
    line = _PAGE.sub(lambda m: f"[[{m[1]}]]", line)
    bullets = re.match(r"([*#:;]{1,6})\s*(?=\S)", line)
    if bullets:
        return f"{'    ' * (len(bullets[1]) - 1)}- {line[bullets.end() :]}"
    return line


def _unquoted(line: str) -> str:
    return _QUOTES.sub(lambda m: "**" if len(m[0]) > 2 else "*", line) if "''" in line else line


def _cited(template: re.Match[str]) -> str:
    """What a template that cites a paper prints: its title as a link, who wrote it, the year."""
    pairs = (part.partition("=") for part in template[1].split("|"))
    said = {name.strip().casefold(): value.strip() for name, _, value in pairs}
    arxiv_id = said.get("arxiv") or said.get("eprint")
    page = f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else said.get("url")
    page = page or (f"https://doi.org/{said['doi']}" if said.get("doi") else "")
    names = []
    for number in ("", *map(str, range(1, _MOST_NAMES))):
        family = next((said[n] for key in _FAMILY_NAMES if said.get(n := key + number)), "")
        given = next((said[n] for key in _GIVEN_NAMES if said.get(n := key + number)), "")
        names += [f"{given} {family}".strip()] if family else []
    title = said.get("title", "")
    year = re.search(r"(?:19|20)\d\d", said.get("year") or said.get("date") or "")
    signed = ", ".join([*names, *([year[0]] if year else [])])
    return (f"[{title}]({page})" if page else f"**{title}**") + (f" ({signed})" if signed else "")
