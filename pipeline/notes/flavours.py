"""Notes in the form of Obsidian, Logseq and org: heads, blocks, links. One table of the three."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from pipeline.model.counting import counted
from pipeline.model.written_blocks import END_LINE, HEAD_KEY, begin_line, hash_of, head_in
from pipeline.notes.contents import Content, ListUnderHeading, Properties
from pipeline.notes.own_words import Point

_MARKUP = re.compile(r"([\\`*\[\]<$]|(?<!\S)#|(?<!\w)_|_(?!\w)|~(?=~))")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\((https?://[^\s<>\[\]()]{1,500})\)")
_UNLINKABLE = re.compile(r"[\[\]|#^]")


class Note(NamedTuple):
    """A note that can be linked to.

    `path` leads to it from the folder of the vault, without its suffix, `way` from the folder of
    the note that links to it, with its suffix. `name` finds it by itself; None where several do.
    `page` is what Logseq calls it, `org_id` its id in org, if it has one.
    """

    path: str
    way: str
    name: str | None
    page: str = ""
    org_id: str | None = None


Resolve = Callable[[str], Note | None]
"""The note of a node, if there is one in the vault."""


class Flavour(NamedTuple):
    """How notes are written for one program.

    `head` gives the lines before a block in a note that is written whole, `body` those of a block,
    `comment` a line that is seen by nobody.
    """

    name: str
    suffix: str
    head: Callable[[Properties], Iterator[str]]
    body: Callable[[Content, Resolve], Iterator[str]]
    comment: Callable[[str], str]


def block_lines(flavour: Flavour, content: Content, resolve: Resolve, glue: int) -> list[str]:
    """The lines of a block with its two comments; `glue` ends of lines stand before it."""
    body = [line.rstrip() for line in flavour.body(content, resolve)]
    first = flavour.comment(begin_line(content.node_id, body, glue))
    return [first, *body, flavour.comment(END_LINE)]


def head_lines(flavour: Flavour, properties: Properties) -> list[str]:
    """The lines of a head, with the hash and the keys of what was written."""
    bare = list(flavour.head(properties))
    head_hash, keys = hash_of(bare), head_in(bare).keys
    return list(flavour.head((*properties, (HEAD_KEY, " ".join((head_hash, *keys))))))


def _obsidian_head(properties: Properties) -> Iterator[str]:
    yield "---"
    for name, value in properties:
        if isinstance(value, tuple):
            yield f"{name}:"
            yield from (f"  - {_quoted(each)}" for each in value)
        else:
            yield f"{name}: {value if isinstance(value, int) else _quoted(value)}"
    yield "---"


def _quoted(value: str) -> str:
    """A text of YAML, always in quotes: `2409.01520` is no number, and `yes` is no truth."""
    return json.dumps(value, ensure_ascii=False)


def _obsidian_body(content: Content, resolve: Resolve) -> Iterator[str]:
    yield _facts(content, _page, _plain, lambda each: _obsidian_link(each, resolve))
    if content.tags:
        yield f"Tags: {' '.join(f'#{tag}' for tag in content.tags)}"
    for part in content.parts:
        yield ""
        yield f"**{part.heading}**"
        yield ""
        for point in part.points:
            yield _item(_obsidian_link(point, resolve), _plain(point.said))
        yield from _more(part)


def _obsidian_link(point: Point, resolve: Resolve) -> str:
    note = resolve(point.node_id)
    label = _plain(point.label)
    if note is None:
        return f"[{label}](<{_address(point.url)}>)" if _address(point.url) else label
    target = note.name or note.path
    if not note.way.endswith(".md") or _UNLINKABLE.search(target):
        return f"[{label}]({quote(note.way)})"
    # Within a wikilink nothing is escaped.
    shown = re.sub(r"[\[\]|]", " ", point.label)
    return f"[[{target}]]" if target == shown else f"[[{target}|{' '.join(shown.split())}]]"


def _logseq_head(properties: Properties) -> Iterator[str]:
    # A page of Logseq is called as its file; another title would make it another page.
    names = {"title": "paper-title", "aliases": "alias"}
    for name, value in properties:
        values = value if isinstance(value, tuple) else (str(value),)
        if name == "aliases":
            values = tuple(f"[[{each}]]" if "," in each else each for each in values)
        yield f"{names.get(name, name)}:: {', '.join(values)}"


def _logseq_body(content: Content, resolve: Resolve) -> Iterator[str]:
    yield f"- {_facts(content, _page, _plain, lambda each: _logseq_link(each, resolve))}"
    if content.tags:
        yield f"- Tags: {' '.join(f'#[[{tag}]]' for tag in content.tags)}"
    for part in content.parts:
        yield f"- **{part.heading}**"
        for point in part.points:
            yield f"\t{_item(_logseq_link(point, resolve), _plain(point.said))}"
        yield from (f"\t{line}" for line in _more(part))


def _logseq_link(point: Point, resolve: Resolve) -> str:
    note = resolve(point.node_id)
    label = _plain(point.label)
    if note is None:
        return f"[{label}](<{_address(point.url)}>)" if _address(point.url) else label
    return f"[[{note.page}]]" if note.page == point.label else f"[{label}]([[{note.page}]])"


def _org_head(properties: Properties) -> Iterator[str]:
    texts = {
        name: "; ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in properties
    }
    yield ":PROPERTIES:"
    for name, value in texts.items():
        if name != "title":
            yield f":{name.upper().replace('-', '_')}: {value}"
    yield ":END:"
    yield f"#+title: {texts.get('title', '')}"


def _org_body(content: Content, resolve: Resolve) -> Iterator[str]:
    yield _facts(content, _org_page, _org_plain, lambda each: _org_link(each, resolve))
    if content.tags:
        yield f"Tags: {', '.join(content.tags)}"
    for part in content.parts:
        yield ""
        yield f"*{part.heading}*"
        for point in part.points:
            yield _item(_org_link(point, resolve), _org_said(point.said))
        yield from _more(part)


def _org_link(point: Point, resolve: Resolve) -> str:
    note = resolve(point.node_id)
    label = _org_plain(point.label)
    if note is not None and note.org_id:
        return f"[[id:{note.org_id}][{label}]]"
    if note is not None:
        return f"[[file:{note.way.replace('[', '%5B').replace(']', '%5D')}][{label}]]"
    return f"[[{_address(point.url)}][{label}]]" if _address(point.url) else label


def _facts(
    content: Content,
    page: Callable[[str, str], str],
    plain: Callable[[str], str],
    link: Callable[[Point], str],
) -> str:
    """What a node is called, who wrote it, and its other facts, in one line."""
    address = _address(content.url)
    name = plain(content.label)
    people = ", ".join(map(link, content.people))
    people += f" and {counted(content.others, 'other')}" if content.others else ""
    facts = [page(name, address) if address else name, people, *map(plain, content.facts)]
    return " · ".join(filter(None, facts))


def _page(name: str, address: str) -> str:
    return f"[{name}](<{address}>)"


def _org_page(name: str, address: str) -> str:
    return f"[[{address}][{name}]]"


def _item(link: str, sentence: str) -> str:
    return f"- {link}: {sentence}" if sentence else f"- {link}"


def _more(part: ListUnderHeading) -> Iterator[str]:
    if part.more:
        yield f"- and {part.more:,} more"


def _address(url: str | None) -> str:
    """An address that can stand in a link; nothing for one that cannot."""
    return url if url and re.fullmatch(r"https?://[^\s<>\[\]]+", url) else ""


def _plain(text: str) -> str:
    """A text in Markdown that is no markup, whoever wrote it."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _org_plain(text: str) -> str:
    """A text in org: brackets would be links, and stars or a number sign at the start headings."""
    return " ".join(_round(text).split())


def _round(text: str) -> str:
    return text.replace("[", "(").replace("]", ")")


def _org_said(text: str) -> str:
    """What somebody wrote, in org, its links of Markdown as links of org."""
    parts = _LINK.split(text)
    names, addresses = parts[1::3], parts[2::3]
    parts[1::3] = map(_org_page, map(_org_plain, names), addresses)
    parts[2::3] = [""] * len(addresses)
    pieces = (part if n % 3 == 1 else _round(part) for n, part in enumerate(parts))
    return " ".join("".join(pieces).split())


def _html_comment(text: str) -> str:
    return f"<!-- {text} -->"


def _logseq_comment(text: str) -> str:
    return f"- <!-- {text} -->"


def _org_comment(text: str) -> str:
    return f"# {text}"


FLAVOURS = {
    flavour.name: flavour
    for flavour in (
        Flavour("obsidian", ".md", _obsidian_head, _obsidian_body, _html_comment),
        Flavour("logseq", ".md", _logseq_head, _logseq_body, _logseq_comment),
        Flavour("org", ".org", _org_head, _org_body, _org_comment),
    )
}
"""By the name that users give. Obsidian's is plain Markdown but for its wikilinks."""
