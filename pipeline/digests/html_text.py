"""A piece of HTML, as notes and fields hold it, as the words that it shows."""

from __future__ import annotations

import html
import re

_ANCHOR = re.compile(
    r"<a\s[^<>]{0,500}?href\s*=\s*[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,500}>", re.IGNORECASE
)
_ITEM = re.compile(r"<(?:li|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?:br|/?(?:p|div|tr|li|h[1-6]|table|blockquote))\b[^<>]{0,500}>", re.IGNORECASE
)
_HIDDEN = re.compile(r"<(/?)(?:style|script|head)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def html_as_markdown(source: str) -> str:
    """The words of HTML, a link as `[words](address)`, each block on a line of its own."""
    source = _BLOCK.sub("\n", _ITEM.sub("\n- ", _seen(source)))
    source = _ANCHOR.sub(lambda match: f"\x02{match[1]}\x03", source).replace("</a>", "\x04")
    source = re.sub(
        r"\x02([^\x02-\x04]{1,2000})\x03([^\x02-\x04]{0,2000})\x04",
        lambda match: f"[{' '.join(_TAG.sub('', match[2]).split())}]({match[1]})",
        source,
    )
    plain = html.unescape(_TAG.sub("", source.translate({2: None, 3: " ", 4: None})))
    return "\n".join(" ".join(line.split()) for line in plain.split("\n"))


def _seen(source: str) -> str:
    """HTML without its styles and scripts, up to one that does not end."""
    shown_parts, position, hidden = [], 0, False
    for match in _HIDDEN.finditer(source):
        shown_parts += [] if hidden else [source[position : match.start()]]
        hidden, position = not match[1], match.end()
    return "".join(shown_parts) + ("" if hidden else source[position:])
