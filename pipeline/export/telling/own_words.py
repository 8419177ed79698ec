"""The reader's own words as HTML: their Markdown as it is meant, all else as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from pipeline.model.printing import printable

_NOTE_LINK = re.compile(
    r"!?\[\[(?P<address>https?://[^\[\]\s]+)\]\[(?P<told>[^\[\]\n]+)\]\]"
    r"|!?\[\[(?P<note>[^\[\]\n|]+)(?:\|(?P<alias>[^\[\]\n]+))?\]\]"
)
_ADDRESS = re.compile(r"(https?://[^\s<>\"'`)\]]*[^\s<>\"'`)\].,;:!?])")
_NOT_MEANT = ("code", "lheading", "reference", "html_block", "html_inline")
"""Four blanks, a line below a line, a definition that would vanish; and what could act."""


def said_html(text: str, most_characters: int) -> str:
    r"""A text in Markdown as HTML that cannot act: so much of it, whatever is open closed.

    Links lead to https alone; `[[notes]]` and pictures are their names.

    >>> said_html("**Good**, _but_ `x < 1`; see [[A note|it]]", 100)
    '<p><strong>Good</strong>, <em>but</em> <code>x &lt; 1</code>; see it</p>\n'
    >>> said_html("- one **two three**\n- four", 9)
    '<ul>\n<li>one <strong>two …</strong></li>\n</ul>\n'
    """
    lines = "\n".join(map(printable, text.strip().split("\n")))
    tokens = list(_held(_MARKDOWN.parse(lines), _Room(most_characters)))
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return html


class _Room:
    """How many characters may still be shown."""

    def __init__(self, characters: int) -> None:
        self.left, self.is_full = characters, False

    def shown(self, text: str) -> str:
        """As many whole words of a text as there is room for."""
        if len(text) <= self.left:
            self.left -= len(text)
            return text
        kept, self.left, self.is_full = text[: self.left], 0, True
        return f"{(kept.rpartition(' ')[0] or kept).rstrip()} …"


def _held(tokens: Iterable[Token], room: _Room) -> Iterator[Token]:
    """The tokens until there is no more room, then only what closes those that are open."""
    unopened = 0
    for token in tokens:
        if room.is_full:
            unopened += token.nesting
            if token.nesting >= 0 or unopened >= 0:
                continue
            unopened = 0
        elif token.type == "inline":
            token.children = list(_held(_linked(token.children or ()), room))
        elif token.type in ("text", "code_inline", "fence"):
            token.content, token.info = room.shown(token.content), ""
        elif token.type.startswith("heading"):
            token.tag = "h3"
        yield token


def _linked(tokens: Sequence[Token]) -> Iterator[Token]:
    """Pieces of a line with its addresses and pictures as links, and no link but to https."""
    open_link: str | None = None
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            open_link = str(token.attrGet("href") or "") if token.nesting > 0 else open_link
            yield from _link(open_link or "")[token.nesting < 0]
            open_link = open_link if token.nesting > 0 else None
        elif token.type == "image":
            yield from _link_called(str(token.attrGet("src") or ""), token.content)
        elif token.type == "text" and open_link is None:
            for place, part in enumerate(_ADDRESS.split(token.content)):
                yield from _link_called(part, part) if place % 2 else [_text(part)]
        else:
            yield token


def _link(address: str) -> tuple[list[Token], list[Token]]:
    """What opens and what closes a link."""
    if not address.startswith("https://"):
        return [], []
    attributes: dict[str, str | int | float] = {"href": address, "rel": "noopener noreferrer"}
    return [Token("link_open", "a", 1, attributes)], [Token("link_close", "a", -1)]


def _link_called(address: str, name: str) -> list[Token]:
    opening, closing = _link(address)
    return [*opening, _text(name or address), *closing]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _note_link(state: StateInline, silent: bool) -> bool:
    """`[[note]]`, `[[note|name]]` and org's `[[address][name]]`, a rule of markdown-it."""
    link = _NOTE_LINK.match(state.src, state.pos, state.posMax)
    if link and not silent:
        opening, closing = _link(link["address"] or "")
        name = link["told"] or link["alias"] or link["note"]
        for token in (*opening, _text(name), *closing):
            made = state.push(token.type, token.tag, token.nesting)
            made.attrs, made.content = token.attrs, token.content
    state.pos = link.end() if link else state.pos
    return link is not None


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_NOT_MEANT)
_MARKDOWN.inline.ruler.before("link", "note_link", _note_link)
