"""What styles print behind a title, or in its place, is no part of it."""

from __future__ import annotations

import pytest
from test_title_styles import JOURNAL, TITLE, title_in

from pipeline.sources.eprint_authors import first_author_of
from pipeline.sources.eprint_wording import year_of

WITH_YEARS = "Stones and towns of the south, 1170--1465"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        # A whole block in braces, as ADS exports it, before the macro of a journal.
        (
            r"Lee A 2010. \newblock {TITLE. II. Shores}, {\em \apj} {\bf 4},~64.",
            f"{TITLE}. II. Shores",
        ),
        (
            r"{Lee}, A. (2006) {TITLE. II. Shores}, \textit{\apj}, \textbf{6}, 11.",
            f"{TITLE}. II. Shores",
        ),
        (r"Lee A 2010. \newblock TITLE (Erratum), {\em \apj} {\bf 4},~64.", f"{TITLE} (Erratum)"),
        (
            r"Ada Lee. \newblock {Sorting sand. In Stones We Trust}. \newblock JOUR.",
            "Sorting sand. In Stones We Trust",
        ),
        # The kind of a document and the number of a report, as China's standard has them.
        (r"LEE A, 2018. \newblock {TITLE}: 18-27\allowbreak[R/OL]. \newblock Stone House.", TITLE),
        (
            r"LEE A. \newblock Stones, 1170--1465\allowbreak[J]. \newblock JOUR, 6(1): 3-34.",
            "Stones, 1170–1465",
        ),
        (rf"A.~Lee. \newblock {WITH_YEARS}. \newblock 69(1):3--34.", WITH_YEARS.replace("--", "–")),
        # A day of reading, pages or a count of them stand where the title does not.
        (
            r"LEE A. 2018 (accessed 2019-02-04). \newblock TITLE. \newblock \url{https://a.b/c}.",
            TITLE,
        ),
        (r"A.~Lee, 2018; \newblock pages 138--159; \newblock TITLE.", TITLE),
        (r"Lee, A. \newblock ``TITLE, $<$https://a.b/c$>$.''", TITLE),
        (r"Lee, A. 2018. \newblock TITLE. Working Paper 22 Office of Stones.", TITLE),
        (r"Ada Lee. \newblock \emph{TITLE (2nd ed.)}. \newblock Stone Press, 2010.", TITLE),
        # Slanted words within a title are none of a journal.
        (
            r"Lee, A. (2019). The \emph{E. coli} of sand and stones. \emph{JOUR}, 3, 4.",
            "The E. coli of sand and stones",
        ),
        (
            r"A.~Lee. \newblock {\em Sand} worms and {\em E. coli}. \newblock JOUR.",
            "Sand worms and E. coli",
        ),
        (
            r"A.~Lee, \emph{Evolution of early \textit{Homo}: a view}, JOUR \textbf{3} (2010), 4.",
            "Evolution of early Homo: a view",
        ),
        (
            r"Lee, A. (2010). Paths of \textit{Homo}: a view. \emph{JOUR}, 3, 4.",
            "Paths of Homo: a view",
        ),
        (r"Lee A and Kim B 2010 TITLE {\em JOUR} {\bf 3} 4", TITLE),
        (r"Lee A 2010 {\em Risk, uncertainty and sand} Stone House Company York.", None),
        # Others who are not named end a list, before any colon; a numeral ends no title.
        (
            r"Lee,~A.; Kim,~B.; others Stonetext: TITLE. \emph{JOUR} \textbf{2010}",
            f"Stonetext: {TITLE}",
        ),
        (r"Lee,~A. \latin{et~al.} Stone 3: TITLE. 2010; \url{https://a.b}", f"Stone 3: {TITLE}"),
        (r"Lee, A., et al. In: Proc. of Stones, pp. 3--4 (2010).", None),
        (
            r"Lee, A., Kim, B. (2010) Search for stones XXIV. Impact of cold sand. \emph{JOUR}, 4",
            "Search for stones XXIV. Impact of cold sand",
        ),
        (r"Lee, A., Kim, B. (2010) TITLE of Part II. Springer London.", f"{TITLE} of Part II"),
        (r"Lee, A., Kim, B. (2010) TITLE, Springer Science \& Business Media.", TITLE),
        # Said twice, once in a note.
        (r"Ada Lee and Bo Kim. \newblock TITLE, TITLE", TITLE),
        # Books and journals are named, and no title is printed.
        (
            r"Lee, A.; Kim, B.; Fox, C. In {\em Tools of Stones}, Ray, H., Ed., Stone Press, 2003.",
            None,
        ),
        (r"{Lee}, A., \& {Kim}, D.~M. 2018, Sand Advances, 4, eaav1784, \dodoi{10.1126/a}", None),
        (r"Lee, A. \& Kim, S. (2016). \newblock Working Paper 22095 Office of Stones.", None),
        # A family name with its particles and many initials ends no list.
        (
            r"Lee E A, van Loon E G C P and Ray A N (2016). \newblock TITLE, {\em JOUR} {\bf 93}.",
            TITLE,
        ),
        (
            r"Lee D K, Roche des Etangs A and Ray K (2013). \newblock TITLE, {\em JOUR} {\bf 93}.",
            TITLE,
        ),
    ],
)
def test_a_title_ends_before_what_is_none_of_it(body: str, title: str | None) -> None:
    told = title_in(rf"\bibitem[Lee(2010)]{{a}} {body}")
    assert told == (title and title.replace("JOUR", JOURNAL))


WHOLE = "“Weigh it twice!”: stones on two scales"
_BEGUN = WHOLE.partition("”")[0].removeprefix("“")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        # A title goes on behind a quotation where words follow it without a mark of a sentence.
        (r"A.~Lee. \newblock ``BEGUN'': stones on two scales. \newblock JOUR, 2010.", WHOLE),
        (r"Lee, A. (2010). ``BEGUN'': stones on two scales. \emph{JOUR}, 3, 4.", WHOLE),
        (r"A. Lee and B. Kim, ``BEGUN'': stones on two scales, JOUR 3 (2010), 4--5.", WHOLE),
        (r"A.~Lee, ``{``BEGUN''}: stones on two scales,'' \emph{JOUR}, 2010.", WHOLE),
        (
            r"A.~Lee. \newblock \href{https://a.b}{``BEGUN'': stones on two scales}. JOUR.",
            WHOLE,
        ),
        (r"A.~Lee. \newblock \emph{``BEGUN'': stones on two scales}. \newblock Sand Press.", WHOLE),
        (
            r"A.~Lee. \newblock ``BEGUN'' said the weigher. \newblock JOUR.",
            f"“{_BEGUN}” said the weigher",
        ),
        (
            r"A.~Lee. \newblock ``BEGUN'' Said of a pile of stones. \newblock JOUR.",
            f"“{_BEGUN}” Said of a pile of stones",
        ),
        (
            r"A.~Lee. \newblock How they said ``BEGUN''. \newblock JOUR.",
            f"How they said “{_BEGUN}”",
        ),
        # Quotation marks around a whole title are none of it, whatever stands behind them.
        (r"A.~Lee. \newblock ``TITLE,'' {\em JOUR}, 3:4--5, 2010.", TITLE),
        (r"A.~Lee. \newblock ``TITLE'', JOUR, 3:4--5, 2010.", TITLE),
        (r"A.~Lee. \newblock ``TITLE'' in {\em JOUR}, 2010.", TITLE),
        (r"A.~Lee. \newblock ``TITLE'' Ph.D. thesis, Sand University, 2010.", TITLE),
        (r"A.~Lee. (2010) ``TITLE'' Nature 3.", TITLE),
        (r"A.~Lee. \newblock ``TITLE'' This item of the list has a warning in it.", TITLE),
    ],
)
def test_a_quotation_that_a_title_begins_with_is_not_all_of_it(body: str, title: str) -> None:
    assert title_in(rf"\bibitem[Lee(2010)]{{a}} {body}".replace("BEGUN", _BEGUN)) == title


@pytest.mark.parametrize(
    ("body", "author"),
    [
        (r"Stone Institute. 2023. \newblock TITLE.", "Stone Institute"),
        (r"{Sand University}. 2023{\natexlab{a}}. \newblock TITLE.", "Sand University"),
        ("Ann Lee and Bo Kim. A neural network of stones. arXiv:2401.00001.", "Ann Lee"),
        ("Ann Lee. A network for stones. Sand Press, 2020.", "Ann Lee"),
        ("Ann Lee. Network effects in sand. 2020.", "Ann Lee"),
        ("Lee, A. A network for stones. Sand Press, 2020.", "A. Lee"),
        (r"Ann~D. Lee IV. \newblock {\em TITLE}. \newblock PhD thesis, 2008.", "Ann D. Lee IV"),
        ("Lee AB. Weighing stones in the north. Sand Press. 2020", "AB Lee"),
    ],
)
def test_an_organisation_that_stands_alone_is_the_first_author(body: str, author: str) -> None:
    assert first_author_of(body) == author


@pytest.mark.parametrize(
    ("body", "title"),
    [
        # A place before the year is no month.
        (r"Stone Trust. \newblock TITLE, sweden, 2019.", f"{TITLE}, sweden"),
        (r"Stone Trust. \newblock TITLE, March, 2019.", TITLE),
        (r"Stone Trust. \newblock TITLE, März 2019.", TITLE),
        # A year in brackets behind the work's own is one of the title.
        (
            r"Lee, A., and B.~Kim, 2018: TITLE (2015). \textit{JOUR}, \textbf{3}, 4.",
            f"{TITLE} (2015)",
        ),
        (r"Lee, A., and B.~Kim, 2018: TITLE (2018). \textit{JOUR}, \textbf{3}, 4.", TITLE),
        (
            r"{\sc A.~Lee and B.~Kim}, {\em Sand Shores, Vol. I}, Stone Press, 1980.",
            "Sand Shores, Vol. I",
        ),
        # Nobody signs it.
        (r"\BIBentryALTinterwordspacing ``TITLE.'' [Online]. Available: \url{https://a.b}", TITLE),
        (r"{Lee}, A., \& {Kim}, B. 1997, ArXiv Astrophysics e-prints", None),
        (r"{Lee} A., {Kim} B., 1997, ArXiv e-prints (astro-ph/9710001)", None),
    ],
)
def test_places_are_no_months_and_archives_no_titles(body: str, title: str | None) -> None:
    assert title_in(rf"\bibitem{{a}} {body}") == title


def test_a_line_in_the_place_of_names_names_nobody() -> None:
    line = r"\leavevmode\vrule height 2pt depth -1.6pt width 23pt"
    assert first_author_of(rf"{line}, {{\em Sorting sand by hand}}, JOUR, 3 (2016), p.~4.") is None
    assert first_author_of(r"\rule{3em}{0.4pt}, Sorting sand by hand.") is None


@pytest.mark.parametrize(
    ("body", "year"),
    [
        (
            "A. Lee, Sand, Stone Press, 2002, Translated from the 1968 French original by B. Kim.",
            2002,
        ),
        ("A. Lee, Sand, Stone Press, 2001, Reprint of the 1987 edition.", 2001),
        ("A. Lee, The sand of 1929, translated from the German, Stone Press, 1985.", 1985),
        ("A. Lee, Sand, translated from the German by B. Kim, Stone Press, 1985.", 1985),
    ],
)
def test_the_year_of_an_original_is_not_that_of_its_translation(body: str, year: int) -> None:
    assert year_of("", body) == year
