r"""Titles with TeX as they are read, `$O(n^2)$` as O(n²), as on the page (`viewer/folding.js`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model.plain_tex import printed_title

SIGNS = dict(
    pair.split("=")
    for pair in (
        "alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ "
        "iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ tau=τ upsilon=υ phi=φ varphi=φ "
        "chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ "
        "Psi=Ψ Omega=Ω ell=ℓ hbar=ħ infty=∞ times=× cdot=· div=÷ leq=≤ le=≤ geq=≥ ge=≥ neq=≠ ne=≠ "
        "approx=≈ equiv=≡ simeq=≃ sim=∼ propto=∝ ll=≪ gg=≫ to=→ rightarrow=→ leftarrow=← "
        "leftrightarrow=↔ Rightarrow=⇒ mapsto=↦ pm=± mp=∓ in=∈ notin=∉ partial=∂ nabla=∇ sum=∑ "
        "prod=∏ int=∫ forall=∀ exists=∃ subset=⊂ subseteq=⊆ cup=∪ cap=∩ setminus=∖ emptyset=∅ "
        "ldots=… dots=… cdots=⋯ star=⋆ ast=∗ circ=∘ bullet=• odot=⊙ oplus=⊕ otimes=⊗ perp=⊥ "
        "parallel=∥ mid=| langle=⟨ rangle=⟩ dagger=† prime=′ deg=° aleph=ℵ square=□ Box=□"
    ).split()
)
"""What each macro of a formula is as a sign; the page has the same table."""
_RAISED = dict(zip("0123456789+-()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎", strict=True))
_FORMULA = re.compile(
    r"(?<!\\)\$([^$\s](?:[^$\n]{0,200}[^$\s\\])?|\s[^$\n\\^_]{0,100}[\\^_][^$\n]{0,100})\$(?!\d)"
)
_DRESSED = re.compile(
    r"\\(?:bar|hat|tilde|vec|overline|widehat|widetilde|boldsymbol|mathbb|mathfrak)"
    r"(?![A-Za-z])\s*"
)
_SIZED = re.compile(r"\\(?:left|right|displaystyle|big|Big)(?![A-Za-z])\s*")
_FUNCTION = re.compile(r" ?\\(log|ln|exp|max|min)(?![A-Za-z]) ?")
_MACRO = re.compile(r"( ?)\\([A-Za-z]+)( ?)")
_SHIFTED = re.compile(r"([_^])([^{\s\\])")
_GROUP_SHIFTED = re.compile(r"([_^])\{([^{}]*)\}")
_ARGUMENT = r"\s*(?:\{([^{}]*)\}|(\w))"
_FRACTION = re.compile(rf"\\[dt]?frac{_ARGUMENT}{_ARGUMENT}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_TEXT = re.compile(r"\\(?:text|math|operatorname)[A-Za-z]*\s*\{([^{}]*)\}")
_SPACE = re.compile(r"\\[,;:! ]")
_WORD = re.compile(r"√?[^\W_]+")


def readable_title(title: str) -> str:
    r"""A title as it is read: accents and macros printed, formulas in plain signs, without `$`.

    A formula with a macro that is not known stays whole, as does money.

    >>> readable_title(r"R\"ontgen in $\mathcal{O}(n^2)$: $10\times$ at $\sqrt{s}=13$ TeV")
    'Röntgen in O(n²): 10× at √s=13 TeV'
    >>> readable_title(r"$\frac{1}{2}$ of $x_{t+1}^{ab}$ for $5 and $10 in {a} $\foo{x}$")
    '1/2 of x_(t+1)^ab for $5 and $10 in {a} $\\foo{x}$'
    """
    if "\\" not in title and "$" not in title:
        return title
    return " ".join(_FORMULA.sub(_readable, printed_title(title)).split())


def _readable(formula: re.Match[str]) -> str:
    """Groups are read from the inside out."""
    read = _SIZED.sub("", _DRESSED.sub("", formula[1]))
    read = _MACRO.sub(_sign, _FUNCTION.sub(r" \1 ", read))
    before, read = "", _SHIFTED.sub(lambda match: _shifted(match[1], match[2]), read)
    while before != read:
        before = read
        read = _FRACTION.sub(_fraction, read)
        read = _ROOT.sub(lambda match: f"√{_in_one(match[1])}", read)
        read = _TEXT.sub(r"\1", read)
        read = _GROUP_SHIFTED.sub(lambda match: _shifted(match[1], match[2]), read)
    read = _SPACE.sub(" ", re.sub(r"\\sqrt ?", "√", read)).replace("( ", "(").strip()
    return formula[0] if _MACRO.search(read) else re.sub("[{}]", "", read)


def _sign(match: re.Match[str]) -> str:
    sign = SIGNS.get(match[2])
    if sign is None:
        return match[0]
    # Of `B\to K` the space ends the macro's name; of `B \to K` it is meant.
    return match[1] + sign + ("" if sign.isalpha() or not match[1] else match[3])


def _fraction(match: re.Match[str]) -> str:
    above, below = match[1] or match[2] or "", match[3] or match[4] or ""
    return f"{_in_one(above)}/{_in_one(below)}"


def _shifted(mark: str, body: str) -> str:
    """What is raised or lowered, in such signs where there are, else behind its mark."""
    signs: Mapping[str, str] = _RAISED if mark == "^" else _LOWERED
    if body and all(letter in signs for letter in body):
        return "".join(signs[letter] for letter in body)
    return mark + _in_one(body)


def _in_one(text: str) -> str:
    """A part of a formula, in parentheses where it is more than one word."""
    return text if len(text) < 2 or _WORD.fullmatch(text) else f"({text.strip()})"
