r"""The first author and the year of a bibliography's item, and TeX as the text that it prints."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.macrospec import LatexContextDb

from pipeline.model.organisations import is_organisation
from pipeline.model.unicode_forms import nfc
from pipeline.sources.eprint_ids import without_ids

LONGEST = 400
_AUTHOR = re.compile(
    r"\\(?:bibinfo\s{0,3}\{\s?(?:author|person)\s?\}|bibnamefont|bauthor|bibauthor|begin\{APACrefauthors\})"
    r"\s{0,3}"
)
_SURNAME = re.compile(r"\\bsnm\s?\{([^{}]{1,80})\}")
_INITIALS = re.compile(r"\\binits\s?\{([^{}]{1,40})\}")
_YEAR = re.compile(
    r"\\(?:bibinfo|bibfield)\s{0,3}\{\s?year\s?\}\s{0,3}\{\s?(\d{4})|\\byear\s?\{(\d{4})\}"
)
NEWBLOCK = re.compile(r"\\newblock(?![A-Za-z])")
_LABEL_YEAR = re.compile(r"[({]((?:1[6-9]|20)\d\d)[a-z]?[)}]")
YEARS = re.compile(
    r"(?<![\w./:-])(?<!\bp\.\s)(?<!\bpp\.\s)(?:1[6-9]|20)\d\d(?=[a-z]?(?![\w/:-]|\.\d))"
)
_NAMES_END = re.compile(r"\s(?:and|&|et\.? al)(?![a-z])|;|\(|\d{4}|:\s")
_ALONE_END = re.compile(r"(?<=[^\W\d_]{2})[.:]\s|(?<![\s.,])[\s.,]*\(?\b(?:1[6-9]|20)\d\d[a-z]?\b")
"""What ends the name of an organisation that stands alone: a full stop, a colon, a year."""
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?(?:[- ]|(?=[A-Z])))*[^\W\d_]\.?")
ACCENT = (
    r"\\(?:[`'^\"~=.]|[ucvHrkdb](?![A-Za-z]))\s{0,2}"
    r"(?:\{\s?\\?[A-Za-z]\s?\}|\{\s?\}|\\[ij](?![A-Za-z])|[A-Za-z])"
)
_TEX = re.compile(
    rf"(?P<accent>{ACCENT})"
    r"|\\(?P<word>[A-Za-z]{1,30})\*?[ ]?|\\(?P<sign>[^A-Za-z])|``|''|[~{}$]"
)
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTES = {"lq": "‘", "rq": "’", "textquotesingle": "'"}


def first_author_of(body: str) -> str | None:
    """The first author of an item, given name first."""
    surname, initials = _SURNAME.search(body), _INITIALS.search(body)
    if surname:
        given = plain(initials[1]) if initials else ""
        return f"{given} {plain(surname[1])}".strip()
    head = NEWBLOCK.split(body, maxsplit=1)[0][:LONGEST]
    if "\\bysame" in head[:40]:
        return None
    author_macro = _AUTHOR.search(head)
    if author_macro and "bibinfo" in author_macro[0]:
        return first_person(plain(braced(body, author_macro.end()) or ""))
    start = author_macro.end() if author_macro else 0
    text = plain(re.split(r"``|“|\\emph|\\textit|\{\\(?:em|it)|\\href", head[start:])[0])
    alone = _ALONE_END.split(text, maxsplit=1)[0].strip(" .:")
    return alone if is_organisation(alone) and "," not in alone else first_person(text)


def year_of(label: str, body: str) -> int | None:
    """The year of an item: named by a macro, in its label, or the last that is printed."""
    named = _YEAR.search(body)
    if named:
        return int(named[1] or named[2])
    in_label = _LABEL_YEAR.search(label)
    if in_label:
        return int(in_label[1])
    text = without_ids(body)
    bracketed = _LABEL_YEAR.findall(text)
    years = [int(year) for year in bracketed or YEARS.findall(text)]
    return years[-1] if years else None


def first_person(names: str) -> str | None:
    """The first of a list of names, given name first, whichever way the list has it.

    >>> [first_person(n) for n in ("Vaswani, A., Shazeer, N.", "A. Vaswani, N. Shazeer", "Li J.")]
    ['A. Vaswani', 'A. Vaswani', 'J. Li']
    """
    first = [
        part.strip(" .:") if len(part) > 40 else part.strip(" :")
        for part in _NAMES_END.split(names, maxsplit=1)[0].split(",")[:3]
    ]
    name = first[0]
    if len(first) > 1 and first[1] and _inverted(first):
        name = f"{first[1]} {name}"
    else:
        words = name.split()
        if len(words) > 1 and _INITIAL.fullmatch(words[-1]) and not _INITIAL.fullmatch(words[0]):
            name = " ".join([*_initials_first(words)])
    name = " ".join(name.split())
    name = name.removesuffix(".") if re.search(r"[^\W\d_]{3}\.$", name) else name
    return name if len(name) <= 80 and sum(map(str.isalpha, name)) >= 2 else None


def _inverted(parts: list[str]) -> bool:
    """Whether a list begins `Family, Given`: initials follow, or one word follows one word."""
    family, given = parts[0].split(), parts[1].split()
    if _SUFFIX.fullmatch(parts[1]) or not family:
        return False
    if _INITIAL.fullmatch(parts[1]) and not _INITIAL.fullmatch(family[0]):
        return True
    return len(family) == len(given) == 1 and "." not in parts[0]


def _initials_first(words: list[str]) -> list[str]:
    cut = next(i for i in range(len(words)) if all(_INITIAL.fullmatch(w) for w in words[i:]))
    return [*words[cut:], *words[:cut]]


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
    if macro in _QUOTES:
        return _QUOTES[macro]
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
