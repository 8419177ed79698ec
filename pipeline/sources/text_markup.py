"""The marks of HTML, JATS and MathML in what services print, and text without them."""

from __future__ import annotations

import html
import re

_NAMES = (
    "i|b|em|strong|u|s|sub|sup|sc|scp|tt|small|big|br|p|span|font|a|cite|q|italic|bold|roman"
    "|monospace|underline|overline|strike|styled-content|named-content|ext-link|uri|title"
    "|article-title|source|mixed-citation|inline-formula|tex-math|alternatives|math|semantics"
    "|annotation|m(?:i|n|o|s|row|sub|sup|subsup|text|over|under|underover|frac|sqrt|root|space"
    "|style|fenced|table|tr|td|padded|phantom|multiscripts|prescripts)"
)
_ATTRIBUTES = r"(?:\s[\w:-]{1,40}\s?=\s?(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}')){0,8}"
_MARK = re.compile(rf"</?(?:[a-z]{{1,9}}:[\w-]{{1,20}}|{_NAMES}){_ATTRIBUTES}\s?/?>", re.IGNORECASE)
_SET_APART = (
    (re.compile(r"<(i|em|italic|jats:italic)>([^<>{}]{1,500})</\1>", re.IGNORECASE), "emph"),
    (re.compile(r"<(b|strong|bold|jats:bold)>([^<>{}]{1,500})</\1>", re.IGNORECASE), "textbf"),
)


def without_markup(text: str) -> str:
    """A text without the marks that set it, on one line; what only looks like a mark stays.

    >>> without_markup("H<sub>2</sub>O &amp; <i>E. coli</i> at p < 0.05 > q")
    'H2O & E. coli at p < 0.05 > q'
    """
    if "<" not in text and "&" not in text:
        return text
    # A mark may be escaped in turn.
    return " ".join(_MARK.sub("", html.unescape(html.unescape(text))).split())


def as_tex(text: str) -> str:
    r"""A text whose slanted and bold words are so in TeX, and which has no other marks.

    >>> as_tex("Lee, B. &amp; Kim, C. <i>Nature</i> <b>3</b>, <span>4</span>.")
    'Lee, B. & Kim, C. \\emph{Nature} \\textbf{3}, 4.'
    """
    if "<" not in text and "&" not in text:
        return text
    text = html.unescape(html.unescape(text))
    for mark, macro in _SET_APART:
        text = mark.sub(rf"\\{macro}{{\2}}", text)
    return _MARK.sub("", text)
