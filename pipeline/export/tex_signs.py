"""Characters that pdfLaTeX knows no letter for, as the formulas that print them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from pipeline.model.tables import Piece

_GREEK = (
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi rho".split()
)
_GREEK += "varsigma sigma tau upsilon varphi chi psi omega".split()
_CAPITALS = "A B Gamma Delta E Z H Theta I K Lambda M N Xi O Pi P Sigma T Upsilon Phi X Psi Omega"
_VARIANTS = {
    "ϑ": "vartheta",
    "ϕ": "phi",
    "ϖ": "varpi",
    "ϱ": "varrho",
    "ϵ": "epsilon",
    "µ": "mu",
    "ℓ": "ell",
    "ℏ": "hbar",
    "ħ": "hbar",
}
_ACCENTED = {"ά": "α", "έ": "ε", "ή": "η", "ί": "ι", "ό": "ο", "ύ": "υ", "ώ": "ω"}

_BOLD = r"\mathbf{#1}"
_ONE_BY_ONE = "".join(rf"\catcode`\{sign}=12" for sign in "_&~^$#%")
DEFINITIONS = {
    **{
        rf"\\{name}(?![A-Za-z])": rf"\providecommand{{\{name}}}[1]{{{meaning}}}"
        for name, meaning in (
            *(("mathbb", _BOLD), ("mathfrak", _BOLD), ("mathscr", r"\mathcal{#1}")),
            *(("boldsymbol", _BOLD), ("text", r"\mbox{#1}")),
        )
    },
    r"\n  (?:url|doi) = \{[^}\n]*[_&~^$#%]": rf"\providecommand{{\url}}{{\begingroup{_ONE_BY_ONE}"
    r"\relax\urlastext}\providecommand{\urlastext}[1]{\texttt{#1}\endgroup}"
    r"\providecommand{\doi}{doi: \url}",
}
"""What LaTeX alone lacks of what is used here, by a pattern that shows its use.

Packages that define it come first. The last is for addresses in a document without `url`.
"""


def preamble(patterns: Collection[str], first: str = "") -> str:
    """The end of a file of BibTeX in which these were found; empty where there is nothing."""
    used = [definition for pattern, definition in DEFINITIONS.items() if pattern in patterns]
    said = "".join((first, *used))
    return f'@preamble{{"{said}"}}\n' if said else ""


def shown_in(text: Piece) -> Iterator[str]:
    """Which patterns of `DEFINITIONS` a text, as bytes, has."""
    return (pattern for pattern in DEFINITIONS if re.search(pattern.encode(), text))


OF_TEXT = frozenset({"text", "textrm", "textit", "textbf"})
ONE_ARGUMENT = OF_TEXT.union(
    """
    sqrt bar hat tilde vec dot ddot acute overline underline widehat widetilde mathcal mathbb mathbf
    mathrm mathit mathsf mathfrak mathscr boldsymbol
    """.split()
)
LETTERS = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi
    Pi Sigma Upsilon Phi Psi Omega ell hbar partial nabla infty prime ast star dagger circ top bot
    """.split()
)
"""What may be an exponent without braces."""
WITHOUT_ARGUMENT = LETTERS.union(
    """
    pm mp times cdot le leq ge geq neq sim simeq approx cong equiv propto ll gg to gets rightarrow
    leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow uparrow downarrow nearrow searrow
    mapsto longrightarrow longleftarrow in ni notin subset supset subseteq supseteq cup cap setminus
    emptyset oplus ominus otimes oslash wedge vee forall exists sum prod coprod int oint lceil rceil
    lfloor rfloor vert mid parallel perp vdash dashv log exp sin cos tan min max lim sup inf det dim
    ker odot bullet dots ldots cdots vdots ddots quad diamond bowtie wr asymp doteq prec succ preceq
    succeq bigcup bigcap bigvee bigwedge bigcirc triangle flat natural sharp aleph Re Im wp angle
    surd neg rm bf it cal
    """.split()
)
_WHOLE = re.compile(r"\\ensuremath\{(.*)\}")
_MACRO = re.compile(r"\\([A-Za-z]+)")


@lru_cache(maxsize=1)
def formulas() -> dict[str, str]:
    r"""The formula of each such character, without dollar signs.

    >>> formulas()["α"], formulas()["Α"], formulas()["≤"], formulas()["ℝ"]
    ('\\alpha', '\\mathrm{A}', '\\leq', '\\mathbb{R}')
    """
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    formula_of = {}
    for code, text in get_builtin_uni2latex_dict().items():
        whole = _WHOLE.fullmatch(text)
        if (
            whole
            and "{}" not in text
            and (ONE_ARGUMENT | WITHOUT_ARGUMENT).issuperset(_MACRO.findall(whole[1]))
        ):
            formula_of[chr(code)] = whole[1]
    return formula_of | _greek()


def _greek() -> dict[str, str]:
    small = {chr(0x3B1 + place): name for place, name in enumerate(_GREEK)}
    # Unicode has a place between Rho and Sigma that no letter takes.
    codes = [code for code in range(0x391, 0x3AA) if code != 0x3A2]
    large = {chr(code): name for code, name in zip(codes, _CAPITALS.split(), strict=True)}
    letters = {letter: _formula(name) for letter, name in {**small, **large, **_VARIANTS}.items()}
    accented = {sign: rf"\acute{{{letters[plain]}}}" for sign, plain in _ACCENTED.items()}
    return letters | accented


def _formula(name: str) -> str:
    if len(name) > 1:
        return f"\\{name}"
    return name if name == "o" else rf"\mathrm{{{name}}}"
