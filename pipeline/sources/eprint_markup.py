r"""An item of a bibliography as the text that it prints, with a mark where its markup changes.

Styles differ in macros and braces, but what sets a title apart is the same few things: slanted or
bold letters, quotation marks, links and `\newblock`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.unicode_forms import nfc
from pipeline.sources.eprint_wording import ACCENT, accented, sign_of

SLANTED, SLANTED_END = "\x01", "\x02"
BOLD, BOLD_END = "\x03", "\x04"
LINK, LINK_END = "\x05", "\x06"
BLOCK = "\x07"
_MARKS = re.compile(r"[\x00-\x07]")
_END_OF = {SLANTED: SLANTED_END, BOLD: BOLD_END, LINK: LINK_END, "“": "”", "": ""}
_OPENING = {
    **dict.fromkeys(("emph", "textit", "textsl", "uline", "BibEmph"), SLANTED),
    **dict.fromkeys(("btxtitlefont", "btxjtitlefont"), SLANTED),
    **dict.fromkeys(("textbf", "mathbf"), BOLD),
    **dict.fromkeys(("enquote", "bibenquote"), "“"),
    "href": LINK,
}
"""Macros whose last argument is set apart."""
_SWITCHING = {
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape"), SLANTED),
    **dict.fromkeys(("bf", "bfseries"), BOLD),
}
"""Macros that set apart what follows in their group."""
_HIDDEN = {
    **dict.fromkeys(("href", "bibinfo", "bibfield", "hypertarget"), 1),
    **dict.fromkeys(("selectlanguageifdefined", "btxifchangecase", "urlstyle"), 1),
    "abntrefinfo": 3,
    "JournalTitle": 1,
}
"""How many arguments of a macro are not printed."""
_NOT_PRINTED = re.compile(r"label|index|anchor|boolean|[hv]space|bibref|bibitem", re.IGNORECASE)
"""In the name of a macro that prints none of its arguments."""
_ONE_ARGUMENT = re.compile(
    r"(?:text|math)[a-z]+|[A-Za-z]*font|[mh]box|\w*(?:upper|lower)case|natexlab"
)
_ARGUMENTS = re.compile(r"\\.|[{}]", re.DOTALL)
_ARGUMENTS_WITHIN = 3_000
_DEEPEST = 8
"""An argument that nests deeper is no argument: looking for its end would take long."""
_ADDRESSES = ("url", "path", "nolinkurl", "burl", "doi", "dodoi", "eprint", "arxiv")
_PRINTING = {
    "og": "“",
    "fg": "”",
    "newblock": BLOCK,
    "btxauthorcolon": ":",
    "btxandcomma": ",",
    **dict.fromkeys(
        ("btxandlong", "btxandshort", "smfandname", "BIBand", "bbland", "harvardand"), " and "
    ),
    "harvardyearleft": "(",
    "harvardyearright": ")",
    "bysame": "Idem",
    **dict.fromkeys(("bbletal", "Bibetal", "btxetalshort", "btxetallong"), " et al. "),
    **dict.fromkeys(
        "aap aapr aj ao apj apjl apjs araa icarus jcap mnras nat pasa pasj pasp physrep pra prb "
        "prd pre prl procspie qjras rmp science skytel solphys ssr JournalTitle".split(),
        f"{SLANTED}Journal{SLANTED_END}",
    ),
    **dict.fromkeys(("bblin", "btxinlong", "Btxinlong"), "in "),
}
_SIGNS = {"~": " ", "$": ""}
_QUOTES = ("``", "''", '"')
_TOKEN = re.compile(
    rf"(?P<accent>{ACCENT})|\\(?P<word>[A-Za-z@]{{1,40}})\*?[ ]?|\\(?P<sign>[^A-Za-z])"
    r"|``|''|\"|[~{}$]"
)
# Slanted by many styles, though neither is a title or a journal.
_SLANTED_WORD = re.compile(f"{SLANTED}([Ii]n:?|and|et al\\.{{0,2}}){SLANTED_END}")
_NESTED = re.compile(rf"([{SLANTED}{SLANTED_END}])\s?\1")
_SPACING = re.compile(r"\\hskip[^\\{}]{0,60}\\relax|\\penalty\s?-?\d{1,5}\s?")
_SAME = re.compile(r"\\leavevmode\s?\\vrule[^,{}]{0,60}|\\underline\{\\hskip[^{}]{0,20}\}")
_SINGLE = re.compile(r"(?:(?<=\s)|^)`(?![`\s])([^`]{8,300}?)'(?=[.,;:\s]|$)(?!')")


def marked(tex: str) -> str:
    r"""The text that an item prints, on one line, with the marks of its markup.

    >>> marked(r"A. Lee, {\em G{\"o}del's proof}, \href{https://a.b}{\textbf{1}}")
    "A. Lee, \x01Gödel's proof\x02, \x05\x031\x04\x06"
    """
    text = "".join(
        _pieces(_SINGLE.sub(r"``\1''", _SPACING.sub(" ", _SAME.sub("Idem", _MARKS.sub("", tex)))))
    )
    text = _NESTED.sub(r"\1", _SLANTED_WORD.sub(r"\1", text))
    return " ".join(nfc(text).replace("---", "—").replace("--", "–").split())


def unmarked(text: str) -> str:
    """A marked text without its marks."""
    return " ".join(_MARKS.sub("", text).split())


def _pieces(tex: str) -> Iterator[str]:
    groups = _Groups()
    position = 0
    for token in _TOKEN.finditer(tex):
        yield groups.shown(tex[position : token.start()])
        yield groups.printed(token)
        position = token.end()
        if token["word"]:
            groups.hide_arguments(token["word"], tex, position)
    yield groups.shown(tex[position:])


class _Groups:
    """The braces that are open, what set each apart, and what is to become of the next one."""

    def __init__(self) -> None:
        self._ends: list[str | None] = []
        self._opening = ""
        self._to_hide = 0
        self._quotes = ""

    def shown(self, text: str) -> str:
        """Text between tokens; nothing where it stands in an argument that is not printed."""
        if None in self._ends:
            return ""
        if text.strip():
            self._opening, self._to_hide = "", 0
        return text

    def printed(self, token: re.Match[str]) -> str:
        """What a token prints: a sign, a mark, or nothing."""
        if token[0] in ("{", "}"):
            return self._opened() if token[0] == "{" else self._closed()
        if None in self._ends:
            return ""
        if token["word"]:
            return self._of_macro(token["word"])
        if token["accent"]:
            return accented(token[0])
        if token["sign"]:
            return token["sign"] if token["sign"] in "%&#$_{}" else " "
        return self._quoted(token[0]) if token[0] in _QUOTES else _SIGNS[token[0]]

    def hide_arguments(self, name: str, tex: str, position: int) -> None:
        """Hide those of an unknown macro that are not printed: of several, all but the last."""
        is_known = name in _OPENING or name in _SWITCHING or name in _PRINTING or name in _HIDDEN
        if None in self._ends or is_known or self._to_hide or _ONE_ARGUMENT.fullmatch(name):
            return
        count = _arguments(tex, position)
        if _NOT_PRINTED.search(name):
            self._to_hide = count
        else:
            self._to_hide = count - 1 if count > 1 else int(name.endswith("language"))

    def _quoted(self, sign: str) -> str:
        """A quotation mark; one that stands within others is left as it is."""
        if sign == '"' and self._quotes not in ("", '"'):
            return sign
        opens = sign == "``" or (sign == '"' and not self._quotes)
        self._quotes = sign if opens else ""
        return "“" if opens else "”"

    def _opened(self) -> str:
        if self._to_hide:
            self._to_hide -= 1
            self._ends.append(None)
            return ""
        mark, self._opening = self._opening, ""
        if mark in (SLANTED, BOLD) and _END_OF[mark] in self._ends:
            mark = ""
        self._ends.append(_END_OF[mark])
        return "" if None in self._ends else mark

    def _closed(self) -> str:
        end = self._ends.pop() if self._ends else None
        return "" if end is None or None in self._ends else end

    def _of_macro(self, name: str) -> str:
        if "@" in name:
            name = next((part for part in name.split("@") if part in (*_HIDDEN, *_ADDRESSES)), "")
        self._opening, self._to_hide = _OPENING.get(name, ""), _HIDDEN.get(name, 0)
        if name in _ADDRESSES or name.lower().endswith("url"):
            self._to_hide = 1
            return LINK + LINK_END
        if name in _SWITCHING and self._ends and self._ends[-1] == "":
            if _END_OF[_SWITCHING[name]] in self._ends:
                return ""
            self._ends[-1] = _END_OF[_SWITCHING[name]]
            return _SWITCHING[name]
        return _PRINTING.get(name) or sign_of(name)


def _arguments(tex: str, position: int) -> int:
    """How many groups in braces follow one another from a position on."""
    count = depth = 0
    expected = position
    if not tex.startswith("{", position):
        return 0
    for brace in _ARGUMENTS.finditer(tex, position, position + _ARGUMENTS_WITHIN):
        if depth == 0 and (brace[0] != "{" or brace.start() != expected):
            break
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth > _DEEPEST:
            break
        if depth == 0:
            count, expected = count + 1, brace.end()
    return count
