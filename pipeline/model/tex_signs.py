"""Signs that TeX has a command for and Unicode a character: both fold to the same letters."""

from __future__ import annotations

import re

_ROOF = re.compile(
    r"\\(?:over(?:line|rightarrow|brace)|under(?:line|brace)|(?:wide)?(?:bar|hat|tilde|check)|vec"
    r"|d?dot|boldsymbol|bm|ensuremath|phantom|cal|q?quad|displaystyle|limits|protect)(?![A-Za-z])"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")

_OF_COMMANDS = {
    "times": "x", "otimes": "x", "infty": "infinity", "to": "to", "rightarrow": "to",
    "longrightarrow": "to", "ell": "l", "neq": "ne", "ne": "ne", "leq": "le", "le": "le",
    "geq": "ge", "ge": "ge", "pm": "pm", "mp": "mp", "hbar": "h", "lambdabar": "lambda",
    "odot": "sun", "varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta",
    "varrho": "rho", "varsigma": "sigma", "aa": "a", "AA": "a",
    **dict.fromkeys(
        "sim approx simeq cdot cdots dots ldots prime circ oplus star ast dagger mid vert lvert "
        "rvert langle rangle textemdash textendash textquoteright textquotesingle subset".split(),
        "",
    ),
}  # fmt: skip
"""Every other command folds to its own name."""

_OF_CHARACTERS = str.maketrans({
    "×": "x", "⊗": "x", "∞": "infinity", "→": "to", "⟶": "to", "≠": "ne", "≤": "le", "≥": "ge",
    "±": "pm", "∓": "mp", "ℏ": "h", "ƛ": "lambda", "⊙": "sun", "☉": "sun", "∂": "partial",
    "∇": "nabla", "√": "sqrt", "∈": "in",
    **dict.fromkeys("∼≈≃⋅·…′″∘⊕⋆∗†∣⟨⟩⊂°", ""),
})  # fmt: skip


def signs_as_words(text: str) -> str:
    r"""A text with its TeX commands as the letters that they fold to; marks over letters go.

    >>> signs_as_words(r"$t\bar{t}$ at $\sqrt{s} \to \infty$")
    '$t{t}$ at $sqrt{s} to infinity$'
    """
    return _COMMAND.sub(lambda match: _OF_COMMANDS.get(match[1], match[1]), _ROOF.sub("", text))


def characters_as_words(text: str) -> str:
    """A text with its mathematical characters as the letters that they fold to.

    >>> characters_as_words("2×2 → ∞")
    '2x2 to infinity'
    """
    return text.translate(_OF_CHARACTERS)
