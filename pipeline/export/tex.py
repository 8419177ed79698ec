"""Text as TeX that prints it, and as nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.tex_formulas import FORMULA, harmless, is_balanced
from pipeline.export.tex_signs import formulas
from pipeline.export.text_columns import content, held, mapped
from pipeline.export.xml_columns import without_controls
from pipeline.model.unicode_forms import nfc

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
    **{sign: f"{{{sign}}}" for sign in "-'`"},
}
# BibTeX counts braces even behind a backslash.
_LONE = _SIGNS | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
# The second of two dashes or quotes would make one sign of both.
_ODD = re.compile(r"[\\{}^~$&#%_'`-](?:(?<![-'`])|(?<=[-`'!?].))")
_ODD_ROW = r"[\\{}^~$&#%_]|[-`'!?][-'`]"
_NOT_LATIN = re.compile("[\u0127\u0300-\u03ff\u1f00-\u1fff\u2000-\u2bff\U0001d400-\U0001d7ff]")
_NOT_LATIN_ROW = "[\u0127\u0300-\u03ff\u1f00-\u1fff\u2000-\u2bff\ufeff\U0001d400-\U0001d7ff]"
_MARK = re.compile("[\u0300-\u036f]")
_SPACE = re.compile("[ \t\n\r]{2,}|[\t\n\r]")
# Joiners and marks of direction: TeX has no letter for them and stops.
_UNSEEN = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_SPACES = dict.fromkeys([*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F], " ")
_UNSEEN_OR_SPACES = _UNSEEN | _SPACES
_HAS_UNSEEN_OR_SPACES = re.compile(f"[{''.join(map(chr, _UNSEEN_OR_SPACES))}]")


def tex_columns(texts: pa.Array) -> pa.Array:
    """Strings as TeX on one line that prints them; no control characters.

    Formulas between dollar signs stay formulas where TeX sets them; Greek and other signs that
    pdfLaTeX has no letter for become formulas.
    """
    lines = without_controls(texts)
    if held(lines, b"\t\n\r") or b"  " in bytes(content(lines)):
        lines = pc.replace_substring_regex(lines, "[ \t\n\r]+", " ")
    lines = pc.utf8_trim(lines, " ")
    odd = pc.match_substring_regex(lines, f"{_ODD_ROW}|{_NOT_LATIN_ROW}")
    return mapped(lines, pc.fill_null(odd, False), tex)


def tex_words(columns: Iterable[pa.ChunkedArray]) -> dict[str, dict[str, str]]:
    """What `tex` has to know of these texts: their `formulas` and their `signs`, as TeX.

    A formula that stays as it is has an empty text; one that TeX would stop at is left out.
    """
    words: dict[str, dict[str, str]] = {"formulas": {}, "signs": {}}
    for texts in columns:
        odd = texts.filter(pc.match_substring_regex(texts, f"[$]|{_NOT_LATIN_ROW}"))
        for line in map(_composed, without_controls(odd.combine_chunks()).to_pylist()):
            for formula in FORMULA.findall(_SPACE.sub(" ", line)) if "$" in line else ():
                if formula not in words["formulas"] and (safe_formula := harmless(formula)):
                    words["formulas"][formula] = "" if safe_formula == formula else safe_formula
            for sign in dict.fromkeys(_NOT_LATIN.findall(line)):
                if formulas().get(sign):
                    words["signs"][sign] = _sign(sign)
    return words


def tex_addresses(texts: pa.Array) -> pa.Array:
    """DOIs and addresses as they are, which BibTeX takes for what they are; other texts as TeX."""
    is_one = pc.match_substring_regex(texts, r"^(?:10\.|https?://)[!-z|~]*$")
    is_odd = pc.match_substring_regex(texts, r"[\\\\{}]|%$")
    return pc.if_else(pc.and_not(is_one, is_odd), texts, tex_columns(texts))


def tex(text: str) -> str:
    r"""A text as TeX that prints it. What no formula prints, such as Hangul, stays as it is.

    >>> tex("50% of A&B_1: $S^3$ and $\\input{x}$")
    '50\\% of A\\&B\\_1: $S^3$ and \\$\\textbackslash{}input\\{x\\}\\$'
    """
    text = _composed(text)
    parts: list[str] = []
    end = 0
    for match in FORMULA.finditer(text):
        formula = harmless(match[1])
        if formula:
            parts += [_plain(text[end : match.start()]), f"${formula}$"]
            end = match.end()
    return "".join([*parts, _plain(text[end:])])


def _composed(text: str) -> str:
    if _HAS_UNSEEN_OR_SPACES.search(text):
        text = text.translate(_UNSEEN_OR_SPACES)
    return nfc(text) if _MARK.search(text) else text


def _plain(text: str) -> str:
    signs = _SIGNS if is_balanced(text) else _LONE
    printable = _ODD.sub(lambda match: signs[match[0]], text)
    return _NOT_LATIN.sub(lambda match: _sign(match[0]), printable)


def _sign(sign: str) -> str:
    formula = formulas().get(sign)
    return f"\\ensuremath{{{formula}}}" if formula else sign
