"""TeX in titles: read alike by the page, the commands, notes and months."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
from conftest import PROJECT, missing

from pipeline.model.readable_tex import SIGNS, readable_title

TITLES = {
    r"Sorting in $\mathcal{O}(n \log n)$ to $10\times$": "Sorting in O(n log n) to 10×",
    r"$S^3$cMath and $x_{t+1}$, $x_{12}$, $e^{-x}$": "S³cMath and x_(t+1), x₁₂, e^(-x)",
    r"$\frac{1}{2}$ and $\tfrac ab$ of $\sqrt{s}=13$ TeV": "1/2 and a/b of √s=13 TeV",
    r"Maps $\mathbb{R}^n\to\mathbb{R}$": "Maps Rⁿ→R",
    r"$\alpha\beta$-decay, $B\rightarrow K^{*}\ell^+\ell^-$": "αβ-decay, B→K^*ℓ⁺ℓ⁻",
    r"$\bar{B}_s \to \mu^+ \mu^-$ at $ \Lambda^2 $": "B_s → μ⁺ μ⁻ at Λ²",
    r"From $5 and $10 in $(\log n)^2$": "From $5 and $10 in (log n)²",
    r"It costs $5 or $x^2$": "It costs $5 or x²",
    r"Unknown $\wiggle{x}$ stays": r"Unknown $\wiggle{x}$ stays",
    r"Poincar\'e, Erd\H{o}s and \emph{Strasse}": "Poincaré, Erdős and Strasse",
    r"$\ll 1$ and $\hbar\omega$, $\langle x\rangle$": "≪1 and ħω, ⟨x⟩",
    r"$\left(\tfrac{a+b}{2}\right)$, $\text{BERT}_{\text{base}}$": "((a+b)/2), BERT_base",
    "대규모 $k$-NN, 100% of {a}": "대규모 k-NN, 100% of {a}",
}


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    node = shutil.which("node", path=f"{PROJECT}/.venv/bin") or shutil.which("node")
    if node is None:
        missing("node")
    command = [str(node), str(PROJECT / "tests" / "node" / "titles.mjs")]
    sent = json.dumps(list(TITLES)) + "\n"
    done = subprocess.run(command, input=sent, capture_output=True, text=True, check=True)
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_read_in_plain_signs(title: str) -> None:
    assert readable_title(title) == TITLES[title]


def test_the_page_reads_titles_as_the_commands_do(page: dict[str, Any]) -> None:
    assert page["titles"] == list(TITLES.values())
    assert page["signs"] == SIGNS
