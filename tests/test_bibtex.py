"""`papers.bib`: what TeX and its readers make of titles, formulas and the reader's own words."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from foreign_readers import written
from hypothesis import given
from hypothesis import strategies as st
from invented_graphs import Row, tables_of

from pipeline.export.tex import tex
from pipeline.export.tex_formulas import harmless
from pipeline.export.tex_signs import ONE_ARGUMENT, WITHOUT_ARGUMENT, formulas

PROGRAMS = ("pdflatex", "biber", "bibtex")
ENDS = {
    "biber": r"\usepackage{biblatex}\addbibresource{papers.bib}\begin{document}\nocite{*}"
    r"\printbibliography\end{document}",
    "bibtex": r"\usepackage{natbib}\begin{document}\nocite{*}\bibliographystyle{plainnat}"
    r"\bibliography{papers}\end{document}",
}
WRONG = (
    *("x^2^3", "^", "x_", "{", "}", "é", r"\input{x}", r"\left(x", r"\right)", r"\frac{1}", "x^2'"),
    *(r"\hat", r"x^\le", r"\text{a_b}", r"\over", r"\vec^2", r"\{", r"x_\mathrm{y}", "한"),
)
RIGHT = (
    *("x'^2", r"\left(\frac12\right.", r"\sqrt[3]{x}", r"{x}_{y}", r"\{x\}", "γ-", r"\cal O"),
    *(r"\sum_{i}^n", r"\mathcal{O}(n^{2})", r"\langle x\rangle", "ά", "x^{}", r"\text{so}"),
)


def papers(titles: list[str]) -> list[Row]:
    ids = [f"{2401 + n // 9000}.{n % 9000:05}" for n in range(len(titles))]
    return [
        {"id": f"arxiv:{own}", "arxiv_id": own, "title": title}
        for own, title in zip(ids, titles, strict=True)
    ]


def fields(row: Row) -> dict[str, str]:
    (data,) = written("bibtex", tables_of([row], []))
    (entry,) = parse_string(data.decode()).entries
    return {field.key: field.value for field in entry.fields}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"Alpha-$α$ with $γ-$Mix", r"Alpha-$\alpha$ with $\gamma-$Mix"),
        ("u-μP and αx", r"u-\ensuremath{\mu}P and \ensuremath{\alpha}x"),
        ("$αx$, $Α$", r"$\alpha x$, $\mathrm{A}$"),
        ("≤ and ℝ", r"\ensuremath{\leq} and \ensuremath{\mathbb{R}}"),
        ("Jose\u0301 a\u2009b\u200b", "José a b"),
        ("\u202eleft\u202c\u2028to\u200f right\u2069", "left to right"),
        ("한국어, “é” — ø", "한국어, “é” — ø"),
    ],
)
def test_signs_that_pdflatex_has_no_letter_for_are_formulas(text: str, printed: str) -> None:
    assert tex(text) == printed


def test_a_formula_that_tex_would_stop_at_is_printed_as_it_is() -> None:
    assert [formula for formula in WRONG if harmless(formula)] == []
    assert [formula for formula in RIGHT if not harmless(formula)] == []


@given(st.text(r"x^_{}'\ αle", max_size=9))
def test_no_formula_leaves_a_brace_open(formula: str) -> None:
    assert (harmless(formula) or "").count("{") == (harmless(formula) or "").count("}")


def test_the_readers_words_and_the_month_of_an_id_are_told() -> None:
    row = papers(["T"])[0] | {"commentary": "읽음 50%\n\n끝", "year": 2024, "month": 1}
    assert fields(row)["annote"] == r"읽음 50\% 끝"
    assert (fields(row)["month"], fields(row)["year"]) == ("jan", "2024")
    assert fields(row | {"published": date(2024, 2, 1)})["month"] == "feb"
    assert "month" not in fields({"id": "work:1", "title": "T", "year": 2024})


def test_what_no_formula_needs_is_not_defined_and_no_title_is_made_up() -> None:
    plain, formula = papers(["The text of \\mathbb{x}", "The $\\mathbb{R}$ of it"])
    for row, is_defined in ((plain, False), (formula, True), (plain | {"title": None}, False)):
        (data,) = written("bibtex", tables_of([row | {"label": "2401.00001"}], []))
        assert (b"@preamble" in data, b"title =" in data) == (is_defined, row["title"] is not None)
        assert rb"\mathfrak" not in data


def test_a_note_of_the_readers_own_bibtex_comes_back_as_a_note() -> None:
    cited_as = ["key: a01", "kind: misc", "note: to  appear"]
    row: Row = {"id": "work:1", "title": "T", "cited_as": cited_as}
    assert fields(row | {"commentary": "to\nappear\nGood."})["annote"] == "Good."
    assert fields(row)["note"] == "to appear"
    assert "annote" not in fields(row | {"commentary": "to appear"})


def test_a_file_that_tex_could_not_hold_has_less_of_each_paper_and_says_so() -> None:
    some = [
        row | {"abstract": "a" * 900, "commentary": "c" * n}
        for n, row in enumerate(papers([f"T{n}" for n in range(400)]))
    ]
    edges = [
        {"source": f"author:{n}", "kind": "wrote", "target": row["id"]}
        for row in some
        for n in range(70)
    ]
    people = [{"id": f"author:{n}", "kind": "author", "label": f"Ann L{n}"} for n in range(70)]
    (few,) = written("bibtex", tables_of([*some[:100], *people], edges[:7_000]))
    assert (few[:1], few.count(b"abstract ="), few.count(b"and others")) == (b"@", 100, 0)
    (many,) = written("bibtex", tables_of([*some, *people], edges))
    assert many.startswith(b"% So that pdfTeX holds all")
    counts = [many.count(word) for word in (b"abstract =", b" and others", b"annote =")]
    assert counts == [0, 400, 399]


def test_words_too_long_for_tex_are_a_review_which_it_does_not_load() -> None:
    some = [row | {"commentary": "c" * n} for n, row in enumerate(papers(["T"] * 3_000))]
    (data,) = written("bibtex", tables_of(some, []))
    shortest, longest = data.count(b"annote ="), data.count(b"review =")
    assert shortest + longest == 2_999
    assert 0 < longest < shortest


def test_addresses_are_what_a_reader_can_follow() -> None:
    row = papers(["T"])[0] | {"doi": "10.1/a_b#c", "url": "https://x.example/a_b%20c&d~e"}
    assert (fields(row)["doi"], fields(row)["url"]) == (row["doi"], row["url"])
    assert fields(row | {"doi": "10.1/{"})["doi"] == r"10.1/\textbraceleft{}"


@pytest.mark.parametrize("program", ENDS)
def test_tex_prints_every_entry_without_an_error(program: str, tmp_path: Path) -> None:
    """Every sign and macro that may stand in a formula, within one and outside."""
    if not all(map(shutil.which, PROGRAMS)):
        pytest.skip("needs pdflatex, biber and bibtex")
    titles = [f"{sign} a{sign}b ${sign}$ ${sign}x$" for sign in formulas()]
    titles += [rf"$\{name}$ $x^{{\{name}}}$ $x^\{name}$" for name in WITHOUT_ARGUMENT]
    titles += [rf"$\{name}{{x}}$ $\{name}x$" for name in ONE_ARGUMENT]
    titles += [f"${formula}$ and" for formula in (*WRONG[:-1], *RIGHT)]
    addresses = {"url": "https://a.org/b_c%20?d=1&~e#f", "doi": "10.1/a_b%c#d"}
    addresses["first_author"] = "Ann Lozanov--Lee"
    rows = [row | addresses | {"year": 1000 + n} for n, row in enumerate(papers(titles))]
    tables = tables_of(rows, [])
    (tmp_path / "papers.bib").write_bytes(*written("bibtex", tables))
    text = rf"\documentclass{{article}}\usepackage[T1]{{fontenc}}{ENDS[program]}"
    (tmp_path / "book.tex").write_text(text)
    for name in ("pdflatex", program, "pdflatex"):
        options = [] if name == program else ["-interaction=nonstopmode"]
        ran = subprocess.run(
            [name, *options, "book"], check=False, cwd=tmp_path, capture_output=True
        )
        errors = [line for line in ran.stdout.split(b"\n") if line[:1] == b"!" or b"ERROR" in line]
        assert (errors, ran.returncode) == ([], 0)
    listed = (
        (tmp_path / "book.bbl")
        .read_text()
        .count(r"\bibitem[" if program == "bibtex" else r"\entry{")
    )
    assert listed == len(titles)


def test_a_formula_that_never_ends_is_read_once() -> None:
    assert tex("$" + r"\abcdefgh" * 2_000).count("textbackslash") == 2_000
