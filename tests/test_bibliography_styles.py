r"""Bibliographies in the styles of today: titles, mended ids, and what a `.bib` adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_sources import archive

from pipeline.model.records import Facts, Reference
from pipeline.model.services import Answer, Reply
from pipeline.sources.eprint import SOURCE
from pipeline.sources.eprint_bibliographies import bibliography
from pipeline.sources.eprint_references import IN_BIB, MENDED, references_of
from pipeline.sources.eprint_unpacking import TexFile

MAIN = r"\documentclass{article}\begin{document}\cite{a,b}\bibliography{x}\end{document}"


def references(bbl: str, bib: str = "") -> list[Reference]:
    files = [TexFile("x", ".bbl", bbl), *([TexFile("x", ".bib", bib)] if bib else [])]
    found = bibliography(files)
    assert found is not None
    return list(references_of(found.kind, found.items, found.records))


def reference(item: str) -> Reference:
    (found,) = references(rf"\begin{{thebibliography}}{{1}}\bibitem{item}\end{{thebibliography}}")
    return found


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (r"{a} Ada Gr{\"u}n, Carl M{\"o}ller. \newblock A study. \newblock 2020.", "A study"),
        (r"{a} A. B. \newblock On ``words'' in texts. \newblock 2020.", "On “words” in texts"),
        (r"{a} A. B. \newblock ``On words in texts,'' \emph{J. of X}, 2020.", "On words in texts"),
        (r"{a} A. B, ``On words in texts,'' \emph{J. of X}, 2020.", "On words in texts"),
        (r"{a} A. B. \newblock Mastering the game. \newblock {\em N}.", "Mastering the game"),
        (r"{a} A. B. \newblock In search of time. \newblock {\em N}.", "In search of time"),
        (r"{a} A. B. \newblock In Search of Time. \newblock {\em N}.", "In Search of Time"),
        (r"{a} A. B. \newblock Advances in lenses. \newblock {\em N}.", "Advances in lenses"),
        (r"{a} A. B. \newblock Available energy. \newblock {\em N}.", "Available energy"),
        (r"{a} A. B. \newblock Technical report on X. \newblock 2020.", "Technical report on X"),
        (r"{a} A. B. \newblock arXiv and its readers. \newblock 2020.", "arXiv and its readers"),
        ("{a} A. B. \\newblock \\href {https://a.b/c} {{INV}: a\n  test}. X.", "INV: a test"),
        (r"[{G(2024)}]{a} A. B. \newblock \href{https://a.b/c}{A title}. X.", "A title"),
        (r"[G(2024)]{a} Green A, Lee B (2024) {INV}: a report. In: ACL", "INV: a report"),
        (r"[G(2024)]{a} Green, A., \& Lee, B. (2024). A long title. \emph{J}, 1.", "A long title"),
        (r"{a} A. B. \newblock In \emph{Proc. of X}, 2020. arXiv:2401.00001", None),
        (r"{a} A. B. \newblock In Proceedings of X, 2020. arXiv:2401.00001", None),
        (r"{a} A. B. \newblock arXiv preprint arXiv:2401.00001, 2024.", None),
        (r"{a} A. B. \newblock Technical report, MIT, 2020. arXiv:2401.00001", None),
        (r"{a} A. B. \newblock Master's thesis, MIT, 2020. arXiv:2401.00001", None),
        (r"{a} A. B. \newblock Available at \url{https://arxiv.org/abs/2401.00001}.", None),
    ],
)  # fmt: skip
def test_a_title_is_known_by_its_place_not_by_its_first_word(item: str, title: str | None) -> None:
    assert reference(item).title == title


def test_a_lost_point_is_mended_and_double_dashes_are_one() -> None:
    springer = reference("{a} Green A (2024) A title of words. arXiv preprint arXiv:241299999")
    assert (springer.arxiv_id, springer.evidence) == ("2412.99999", MENDED)
    assert reference("{a} G. arXiv:09113083").arxiv_id == "0911.3083"
    for no_id in ("{a} T one two. arXiv:9913083 ", "{a} T one two. arXiv:2413999990"):
        assert not references(rf"\begin{{thebibliography}}{{1}}\bibitem{no_id}")
    dashes = reference(r"{a} G. 12(1):doi.org/10.9999/s41598--022--17781--0.")
    assert dashes.doi == "10.9999/s41598-022-17781-0"


def test_an_organisation_is_not_turned_round() -> None:
    team = reference(r"{a} Invented AI. \newblock A model. \newblock 2024.")
    assert team.first_author == "Invented AI"
    assert reference(r"{a} Smith JK. \newblock A model. 2024.").first_author == "JK. Smith"


BBL = r"""\begin{thebibliography}{2}
\bibitem[\protect\citeauthoryear{Green}{Green}{2020}]{a} Green A., 2020, MNRAS, 1, 2
\bibitem[\protect\citeauthoryear{Lee}{Lee}{2021}]{b} Lee B., 2021, arXiv:2101.00001
\end{thebibliography}"""
BIB = r"""@article{a, author = {Green, Ada}, title = {A Study of {X}}, doi = {10.1093/mnras/1}}
@article{b, author = {Lee, Bo}, title = {Another}, eprint = {2102.99999}, year = 1999}"""


def test_what_a_style_does_not_print_stands_in_the_bib_under_the_same_key() -> None:
    first, second = references(BBL, BIB)
    assert (first.title, first.doi, first.year) == ("A Study of X", "10.1093/mnras/1", 2020)
    assert first.evidence == IN_BIB
    # What is printed stands.
    assert (second.title, second.arxiv_id, second.year) == ("Another", "2101.00001", 2021)
    assert [one.title for one in references(BBL)] == [None]


def test_titles_of_the_bib_come_through_an_archive(tmp_path: Path) -> None:
    content = archive({"x.tex": MAIN, "x.bbl": BBL, "x.bib": BIB})
    request = SOURCE.ask(("2409.01524",))
    assert request.split_by_key
    pieces = request.split_by_key(request, Reply(200, "application/gzip", content))
    (facts,) = SOURCE.read(Answer(request, pieces))
    assert isinstance(facts, Facts)
    assert [one.title for one in facts.references or ()] == ["A Study of X", "Another"]


CASES = {
    "02-umlauts.bbl": 2, "03-title-begins-with-venue-word.bbl": 4, "04-acl-natbib.bbl": 6,
    "05-springer-sn.bbl": 2, "12-dashes-and-organisations.bbl": 2,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_item_of_the_cases_at_hand_has_its_title(name: str, shared: Path) -> None:
    text = (shared / "cases" / "services" / name).read_text(encoding="utf-8")
    assert [one.title is not None for one in references(text)] == [True] * CASES[name]
