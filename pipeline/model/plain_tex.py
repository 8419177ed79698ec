"""TeX as the text that it prints: accents, signs, quotes and formulas without their marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db

from pipeline.model.unicode_forms import nfc

_ACCENTS = dict(
    zip(
        "`'^~\"=.ucvHrkdb",
        "\u0300\u0301\u0302\u0303\u0308\u0304\u0307\u0306\u0327\u030c\u030b\u030a\u0328\u0323\u0331",
        strict=True,
    )
)
_TEX = re.compile(
    r"\\href\s*\{(?P<address>[^{}\s]{1,500})\}\s*\{(?P<shown>[^{}]{0,500})\}"
    r"|\\(?P<accent>[`'^~\"=.]|[ucvHrkdb](?![A-Za-z]))\s*"
    r"(?:\{\s*(?P<braced>\\?[^\W\d_])\s*\}|(?P<bare>\\?[^\W\d_]))"
    r"|\\(?P<word>[A-Za-z]+)(?P<space>[ \t]*)(?P<open>\{?)"
    r"|\\(?P<sign>[^A-Za-z\s])"
    r"|\$(?P<math>[^$\s](?:[^$\n]{0,200}[^$\s\\])?)\$(?!\d)"
    r"|(?P<quote>``|'')|(?P<tie>(?<=[A-Za-z.}])~(?=[A-Za-z{\\]))|[{}]"
)
_FORMULA = re.compile(r"(?<!\\)(\$[^$\s](?:[^$\n]{0,200}[^$\s\\])?\$)(?!\d)")
_MACRO = re.compile(
    r"\\(?:[`'^~\"=.&%#_$]|[A-Za-z]+\s*\{|(?:ss|o|O|l|L|i|j|ae|AE|oe|OE|aa|AA)(?![A-Za-z]))"
)
"""What nobody writes who does not write TeX."""
_NAME = re.compile(r"\\([A-Za-z]+)")
_RAISED = re.compile(r"[\^_]")


def plain_tex(tex: str) -> str:
    r"""The text that TeX would print, but for what it cannot know; the text itself if it has none.

    A `%`, `&` or `#` stays, with or without its backslash, as people forget it.

    >>> plain_tex(r"G{\"{o}}del, \c{c}, \v{S}, {\ss}, \'{\i}; \emph{a} \textbf{{b}} \& C:\notes")
    'Gödel, ç, Š, ß, í; a b & C:\\notes'
    >>> plain_tex("Q&A at 50% of $5 and $10, 10~20%, $20\\times$")
    'Q&A at 50% of $5 and $10, 10~20%, 20×'
    >>> plain_tex(r"``so'' \href{https://a.org/~b}{it says}")
    '“so” it says (https://a.org/~b)'
    """
    plain = _TEX.sub(_printed, tex) if re.search(r"[\\{}$~]|``|''", tex) else tex
    return nfc(plain)


def tex_title(tex: str) -> str:
    r"""A title of a LaTeX user as TeX prints it; formulas that plain signs cannot tell stay.

    >>> tex_title(r"{\'E}tude of {B}ases in $\mathcal{O}(n^2)$, $10\times$ as \emph{fast}")
    'Étude of Bases in $\\mathcal{O}(n^2)$, 10× as fast'
    """
    parts = _FORMULA.split(tex)
    parts[::2] = [plain_tex(text) if text.strip() else text for text in parts[::2]]
    parts[1::2] = [formula if _is_more(formula) else plain_tex(formula) for formula in parts[1::2]]
    return "".join(parts)


def printed_title(title: str) -> str:
    r"""A title of anybody with its accents and macros as TeX prints them, its formulas as they are.

    >>> printed_title(r"R\"ontgen at $\sqrt{s}$"), printed_title(r"sets {a} and C:\new")
    ('Röntgen at $\\sqrt{s}$', 'sets {a} and C:\\new')
    """
    parts = _FORMULA.split(title)
    parts[::2] = [plain_tex(text) if _MACRO.search(text) else text for text in parts[::2]]
    return "".join(parts)


def _is_more(formula: str) -> bool:
    """Whether a formula has what is lost in plain text: exponents, indices, and other letters."""
    return any(name not in _symbols() for name in _NAME.findall(formula)) or bool(
        _RAISED.search(formula)
    )


def _printed(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups["address"]:
        return f"{plain_tex(groups['shown'])} ({groups['address']})"
    if groups["accent"]:
        letter = (groups["braced"] or groups["bare"]).lstrip("\\")
        return letter + _ACCENTS[groups["accent"]]
    if groups["word"]:
        return _word(groups["word"], groups["space"], groups["open"])
    if groups["math"]:
        return _TEX.sub(_printed, groups["math"])
    if groups["quote"]:
        return "“" if groups["quote"] == "``" else "”"
    return " " if groups["tie"] else groups["sign"] or ""


def _word(name: str, space: str, opens: str) -> str:
    symbol = _symbols().get(name)
    if symbol is not None:
        return symbol
    # An unknown word without an argument is no macro but a text, as in `C:\notes`.
    return (
        "" if opens or name in ("em", "it", "bf", "tt", "sc", "rm", "quad") else f"\\{name}{space}"
    )


_OTHERWISE = {"textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}"}
"""What pylatexenc prints otherwise than LaTeX, or does not know."""


@cache
def _symbols() -> Mapping[str, str]:
    """What each macro prints that stands for a letter or a sign."""
    latex_context = get_default_latex_context_db()
    printed = {spec.macroname: spec.simplify_repl for spec in latex_context.iter_macro_specs()}
    # The table has more, such as today's date and a mark for each citation.
    return {
        name: text
        for name, text in printed.items()
        if isinstance(text, str) and (len(text) == 1 or text == name)
    } | _OTHERWISE
