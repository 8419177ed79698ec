r"""The year of a bibliography's item, and TeX as the text that it prints."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.macrospec import LatexContextDb

from pipeline.model.unicode_forms import nfc
from pipeline.sources.eprint_ids import without_ids

LONGEST = 400
_YEAR = re.compile(
    r"\\(?:bibinfo|bibfield)\s{0,3}\{\s?year\s?\}\s{0,3}\{\s?(\d{4})|\\byear\s?\{(\d{4})\}"
)
NEWBLOCK = re.compile(r"\\newblock(?![A-Za-z])")
_LABEL_YEAR = re.compile(r"[({]((?:1[6-9]|20)\d\d)[a-z]?[)}]")
YEARS = re.compile(
    r"(?<![\w./:-])(?<!\bp\.\s)(?<!\bpp\.\s)(?:1[6-9]|20)\d\d(?=[a-z]?(?![\w/:-]|\.\d))"
)
ACCENT = (
    r"\\(?:[`'^\"~=.]|[ucvHrkdb](?![A-Za-z]))\s{0,2}"
    r"(?:\{\s?\\?[A-Za-z]\s?\}|\{\s?\}|\\[ij](?![A-Za-z])|[A-Za-z])"
)
_TEX = re.compile(
    rf"(?P<accent>{ACCENT})"
    r"|\\(?P<word>[A-Za-z]{1,30})\*?[ ]?|\\(?P<sign>[^A-Za-z])|``|''|[~{}$]"
)
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_SIGNS = {
    "lq": "‘",
    "rq": "’",
    "textquotesingle": "'",
    "bibinitperiod": ".",
    "bibrangedash": "–",
} | {f"bib{kind}delim{place}": " " for kind in ("name", "init") for place in ("", *"abcdi")}
"""What macros print that pylatexenc does not know, those of biblatex's lists among them."""
_ORIGINAL = re.compile(
    r"(?<=[,.(]\s(?:1[6-9]|20)\d\d)[\s.,;)]*(?:[Tt]ranslat(?:ed|ion)|[Rr]eprint(?:ed)?)\s(?:of|from)\b"
)
"""What follows the year of a work that is another's translation or reprint: the other's year."""


def year_of(label: str, body: str) -> int | None:
    """The year of an item: named by a macro, in its label, or the last that is printed."""
    named = _YEAR.search(body)
    if named:
        return int(named[1] or named[2])
    in_label = _LABEL_YEAR.search(label)
    if in_label:
        return int(in_label[1])
    text = _ORIGINAL.split(without_ids(body), maxsplit=1)[0]
    bracketed = _LABEL_YEAR.findall(text)
    years = [int(year) for year in bracketed or YEARS.findall(text)]
    return years[-1] if years else None


def plain(tex: str) -> str:
    r"""TeX as the text that it prints, on one line: accents and signs, without other macros.

    >>> plain(r"G{\"o}del's {BERT}~at 50\% of $\alpha$")
    "Gödel's BERT at 50% of α"
    """
    tex = tex[: LONGEST + 100]
    if re.search(r"[\\${}~]|--|``|''", tex):
        tex = _TEX.sub(_printed, tex).replace("---", "—").replace("--", "–")
    return " ".join(nfc(tex).split())


def _printed(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups["accent"]:
        return accented(match[0])
    if groups["word"]:
        return sign_of(groups["word"])
    if groups["sign"]:
        return groups["sign"] if groups["sign"] in "%&#$_{}" else " "
    return {"~": " ", "``": "“", "''": "”"}.get(match[0], "")


@lru_cache(maxsize=4096)
def sign_of(macro: str) -> str:
    """The sign that a macro stands for, or nothing."""
    if macro in _SIGNS:
        return _SIGNS[macro]
    sign = getattr(_signs().get_macro_spec(macro), "simplify_repl", None)
    return sign if isinstance(sign, str) and len(sign) <= 2 else ""


@lru_cache(maxsize=4096)
def accented(letter: str) -> str:
    """A letter with the accent that TeX writes before it."""
    # pylatexenc takes exponential time over nested macros, so it is shown one letter at a time.
    return str(LatexNodes2Text(math_mode="text").latex_to_text(letter))


@cache
def _signs() -> LatexContextDb:
    return get_default_latex_context_db()


def braced(text: str, start: int) -> str | None:
    """What stands within the brace that opens at `start` or just after; None if never closed."""
    depth = 0
    opened = text.find("{", start, start + 5)
    for match in _BRACES.finditer(text, max(opened, 0)) if opened >= 0 else ():
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return text[opened + 1 : match.start()]
    return None
