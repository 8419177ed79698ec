"""`papers.bib`: what TeX and its readers make of titles, formulas and the reader's own words."""

from __future__ import annotations

import re
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
from pipeline.export.tex_memory import KEPT_IF_PRINTED, MANY, MANY_PAPERS
from pipeline.export.tex_signs import ONE_ARGUMENT, WITHOUT_ARGUMENT, formulas

PROGRAMS = ("pdflatex", "biber", "bibtex")
PDFLATEX_WITH = (("pdflatex", "4000000"), ("pdflatex", "-1"))
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


def test_a_large_file_is_whole_and_lets_tex_keep_what_is_printed() -> None:
    some = [row | {"abstract": "a", "commentary": "c" * 900} for row in papers(["T"] * MANY)]
    edges = [
        {"source": f"author:{n}", "kind": "wrote", "target": row["id"]}
        for row in some[:2]
        for n in range(3_000)
    ]
    people = [{"id": f"author:{n}", "kind": "author", "label": f"Ann L{n}"} for n in range(3_000)]
    (few,) = written("bibtex", tables_of([*some[1:], *people], []))
    (many,) = written("bibtex", tables_of([*some, *people], edges))
    assert (few.count(b"@preamble"), many.count(b"@preamble")) == (0, 1)
    counts = [many.count(word) for word in (b"abstract =", b"annote =", b" and Ann", b"others")]
    assert counts == [MANY, MANY, 2 * 2_999, 0]
    assert bool(re.search(MANY_PAPERS, many.decode()))
    assert not re.search(MANY_PAPERS, few.decode())


def test_what_tex_keeps_of_a_large_file_prints_as_the_whole(tmp_path: Path) -> None:
    """With lists of authors that only their last name tells apart, and one of thirty."""
    if not all(map(shutil.which, PROGRAMS)):
        pytest.skip("needs pdflatex, biber and bibtex")
    same = "Lee, A and Kim, B and Doe, C and Moe, D and Poe, E"
    lists = [f"{same} and Ray, F", f"{same} and Roe, G", "Ann Lee", " and ".join(["Bo Yu"] * 30)]
    data = "".join(
        f"@misc{{k{n}, author = {{{names}}}, title = {{T}}, year = 2024, abstract = {{A}},"
        " url = {https://a.org/b_c}}\n"
        for n, names in enumerate(lists)
    )
    first, last = (f'@preamble{{"\\newcommand{{\\{name}}}{{{name}}}"}}' for name in "yz")
    data = f'{first}{data}@preamble{{"{KEPT_IF_PRINTED}"}}{last}'
    (tmp_path / "papers.bib").write_text(data)
    (tmp_path / "book.tex").write_text(
        r"\documentclass{article}\usepackage[style=authoryear,maxbibnames=2]{biblatex}"
        r"\usepackage{hyperref}\addbibresource{papers.bib}\AtEveryBibitem{\typeout{kept "
        r"\arabic{author}}}\begin{document}\nocite{*}\ifdefined\y\y\z\fi\printbibliography"
        r"\end{document}"
    )
    said, drawn = [], []
    for name, most_bytes in (("pdflatex", ""), ("biber", ""), *PDFLATEX_WITH):
        bbl = tmp_path / "book.bbl"
        if most_bytes:
            bbl.write_text(bbl.read_text().replace(">4000000", f">{most_bytes}"))
        options = [] if name == "biber" else ["-output-format=dvi", "-interaction=nonstopmode"]
        ran = subprocess.run(
            [name, *options, "book"], check=False, cwd=tmp_path, capture_output=True
        )
        assert (ran.returncode, b"\n! " in ran.stdout) == (0, False)
        if most_bytes:
            counts = [int(count) for count in re.findall(rb"kept (\d+)", ran.stdout)]
            said.append((b"Of so many" in ran.stdout, counts))
            # The head of the file holds the time.
            drawn.append((tmp_path / "book.dvi").read_bytes()[100:])
    assert said == [(False, [6, 6, 1, 30]), (True, [6, 6, 1, 4])]
    assert drawn[0] == drawn[1]


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
