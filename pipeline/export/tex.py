"""Text as TeX that prints it, and as nothing else."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.text_columns import content, held, mapped
from pipeline.export.xml_columns import without_controls

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
_BRACE = re.compile("[{}]")
_MATH = re.compile(r"\$((?:[^$\\%#&~]|\\[A-Za-z]+|\\[{},;:!| ])+)\$")
_MACRO = re.compile(r"\\([A-Za-z]+)")
_HARMLESS = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi
    Sigma Upsilon Phi Psi Omega ell hbar partial nabla infty pm mp times cdot circ ast star dagger
    le leq ge geq neq sim simeq approx equiv propto ll gg to rightarrow leftarrow Rightarrow
    leftrightarrow mapsto in notin subset subseteq cup cap setminus oplus otimes wedge vee forall
    exists sum prod int oint sqrt frac over bar hat tilde vec dot ddot overline underline widehat
    widetilde mathcal mathbb mathbf mathrm mathit mathsf mathfrak mathscr boldsymbol text textrm
    textit textbf rm bf it cal left right langle rangle vert mid parallel perp prime log exp sin cos
    tan min max lim sup inf det dim ker odot bullet dots ldots cdots quad
    """.split()
)


def tex_columns(texts: pa.Array) -> pa.Array:
    """Strings as TeX on one line that prints them; no control characters.

    Formulas between dollar signs stay as they are where all their macros are harmless ones.
    """
    lines = without_controls(texts)
    if held(lines, b"\t\n\r") or b"  " in bytes(content(lines)):
        lines = pc.replace_substring_regex(lines, "[ \t\n\r]+", " ")
    lines = pc.utf8_trim(lines, " ")
    odd = pc.match_substring_regex(lines, _ODD_ROW)
    return mapped(lines, pc.fill_null(odd, False), tex)


def tex(text: str) -> str:
    r"""A text as TeX that prints it.

    >>> tex("50% of A&B_1: $S^3$ and $\\input{x}$")
    '50\\% of A\\&B\\_1: $S^3$ and \\$\\textbackslash{}input\\{x\\}\\$'
    """
    parts: list[str] = []
    end = 0
    for formula in _MATH.finditer(text):
        if _is_harmless(formula[1]):
            parts += [_plain(text[end : formula.start()]), formula[0]]
            end = formula.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    signs = _SIGNS if _is_balanced(text) else _LONE
    return _ODD.sub(lambda found: signs[found[0]], text)


def _is_harmless(formula: str) -> bool:
    return _is_balanced(formula) and _HARMLESS.issuperset(_MACRO.findall(formula))


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in _BRACE.findall(text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0
