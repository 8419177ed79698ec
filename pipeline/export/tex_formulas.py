"""Which formulas of a title TeX sets without an error, and nothing but sets."""

from __future__ import annotations

import re
from itertools import zip_longest

from pipeline.export.tex_signs import LETTERS, OF_TEXT, ONE_ARGUMENT, WITHOUT_ARGUMENT, formulas

# A macro is one thing, whole; were its letters to fit twice, a long one would take for ever.
FORMULA = re.compile(r"\$((?:[^$\\%#&~]|\\[A-Za-z]+(?![A-Za-z])|\\[{},;:!| ])+)\$")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_BRACE = re.compile("[{}]")
_LETTER = re.compile("[A-Za-z]")
_SIGNS = frozenset({r"\{", r"\}", r"\|", r"\,", r"\;", r"\:", r"\!", "\\ "})
_FENCES = frozenset({*"()[]|/.<>", r"\{", r"\}", r"\|", r"\vert"})
# Biber turns these into characters that no formula can hold.
_ANGLES = re.compile(r"\\([lr])angle(?![A-Za-z])")


def harmless(formula: str) -> str | None:
    r"""A formula, without its dollar signs, in ASCII; None where TeX would stop at it.

    All macros are known ones, with as many arguments as they take; braces and fences come in pairs;
    nothing has two exponents or two indices.

    >>> harmless("α-x"), harmless("αx^{2}"), harmless("x^2^3"), harmless("\\input{x}")
    ('\\alpha-x', '\\alpha x^{2}', None, None)
    """
    tokens = [sign for sign in _TOKEN.findall(_in_ascii(formula)) if not sign.isspace()]
    if not tokens or not is_balanced(formula) or not _is_row(tokens):
        return None
    return _in_ascii(formula)


def is_balanced(text: str) -> bool:
    """Whether braces come in pairs, to BibTeX, which counts those behind a backslash too."""
    depth = 0
    for sign in _BRACE.findall(text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _in_ascii(formula: str) -> str:
    formula = _ANGLES.sub(lambda angle: "<" if angle[1] == "l" else ">", formula)
    parts = []
    for sign, next_sign in zip_longest(formula, formula[1:], fillvalue=""):
        text = sign if sign.isascii() else formulas().get(sign, sign)
        # A macro's name ends where no letter follows.
        parts.append(f"{text} " if text[:1] == "\\" != sign and _joins(text, next_sign) else text)
    return "".join(parts)


def _joins(macro: str, next_sign: str) -> bool:
    return bool(_LETTER.match(macro[-1]) and _LETTER.match(next_sign))


def _is_row(tokens: list[str]) -> bool:
    """Whether these tokens, which are taken from the list, are atoms, each with its scripts."""
    scripts = ""
    while tokens:
        sign = tokens.pop(0)
        if sign == "'" and "^" not in scripts:
            continue
        if sign in ("^", "_"):
            if sign in scripts or not _is_argument(tokens):
                return False
            scripts += sign
        elif sign == "'" or not _is_atom(sign, tokens):
            return False
        else:
            scripts = ""
    return True


def _is_atom(sign: str, tokens: list[str]) -> bool:
    """Whether a sign is one thing to TeX, together with what it takes from those behind it."""
    if sign == "{":
        inside = _group(tokens)
        return inside is not None and _is_row(inside)
    if not sign.startswith("\\"):
        return sign.isascii() and sign != "}"
    name = sign[1:]
    if name in ("left", "right"):
        return _is_fence(name, tokens)
    if name in OF_TEXT:
        return _is_text(tokens)
    if name == "frac" or name in ONE_ARGUMENT:
        return all(_is_argument(tokens) for _ in range(2 if name == "frac" else 1))
    return name in WITHOUT_ARGUMENT or sign in _SIGNS


def _is_argument(tokens: list[str]) -> bool:
    """Whether a group, or one sign that needs no braces, comes next; it is taken."""
    sign = tokens.pop(0) if tokens else "}"
    if sign.startswith("\\"):
        return sign[1:] in LETTERS
    return sign not in ("^", "_", "'", "}") and _is_atom(sign, tokens)


def _is_text(tokens: list[str]) -> bool:
    """Whether words in braces come next; they are taken."""
    inside = _group(tokens) if tokens and tokens.pop(0) == "{" else None
    return inside is not None and all(sign.isascii() and sign.isalnum() for sign in inside)


def _is_fence(name: str, tokens: list[str]) -> bool:
    """Whether what opens is closed before the group ends, both with a fence; it is taken."""
    if name == "right" or not tokens or tokens.pop(0) not in _FENCES:
        return False
    inside: list[str] = []
    depth = 1
    while tokens:
        sign = tokens.pop(0)
        depth += (sign == r"\left") - (sign == r"\right")
        if not depth:
            return bool(tokens) and tokens.pop(0) in _FENCES and _is_row(inside)
        inside.append(sign)
    return False


def _group(tokens: list[str]) -> list[str] | None:
    """What stands before the brace that closes, which is taken too; None where there is none."""
    inside: list[str] = []
    depth = 1
    while tokens:
        sign = tokens.pop(0)
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return inside
        inside.append(sign)
    return None
