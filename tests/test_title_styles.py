"""One invented paper as the bibliography styles of publishers print it: its title is told."""

from __future__ import annotations

import pytest

from pipeline.sources.eprint_bibliographies import bibliography
from pipeline.sources.eprint_references import references_of
from pipeline.sources.eprint_unpacking import TexFile

TITLE = "Weighing stones, pebbles and sand"
JOURNAL = "J.~Inv. Stones"


def title_in(item: str) -> str | None:
    item = item.replace("TITLE", TITLE).replace("JOUR", JOURNAL)
    text = rf"\begin{{thebibliography}}{{1}}{item}\end{{thebibliography}}"
    found = bibliography([TexFile("x", ".bbl", text)])
    assert found is not None
    return next((one.title for one in references_of(found.kind, found.items)), None)


@pytest.mark.parametrize(
    "body",
    [
        r"A.~Lee, B.~C. Kim, TITLE, JOUR 36~(5) (2010) 55--80.",
        r"A.~Lee, B.~C. Kim, TITLE, in: STONES, IEEE, 2010, pp. 1--5.",
        r"A.~Lee, TITLE (5 2010). \newblock \href {https://a.b} {\path{arXiv:2401.00001}}.",
        r"A.~Lee, A.-r. Kim, TITLE, Stone Press, London, 2010.",
        r"Lee, A., Kim, B.C.: TITLE. JOUR \textbf{36}(5), 55--80 (2010)",
        r"Lee, A., Kim, B.C.: TITLE. In: STONES. pp. 1--5. IEEE (2010)",
        r"Lee, A., Kim, B.C.: TITLE, Notes on Stones, vol.~15. Stone Press (2010)",
        r"Ada Lee and Bo~C. Kim, \emph{TITLE}, JOUR \textbf{36} (2010), no.~5, 55--80.",
        r"\bysame, \emph{TITLE}, 2010.",
        r"{\sc A.~Lee and B.~C. Kim}, {\em TITLE}, JOUR, 36 (2010), pp.~55--80.",
        r"Lee,~A.; Kim,~B.~C. TITLE. \emph{JOUR} \textbf{2010}, \emph{36}, 55--80",
        r"Lee A, Kim BC. \newblock TITLE. \newblock JOUR. 2010;36(5):55-80.",
        r"Lee, A., and B.~C. Kim (2010), TITLE, \textit{JOUR}, \textit{36}(5), 55--80.",
        r"Lee, A., Kim, B.C., 2010. TITLE. JOUR 36, 55--80.",
        r"Lee A and Kim B~C 2010 TITLE {\em STONES\/} (IEEE) pp 1--5",
        r"Lee, A, \& Kim, B.~C. \newblock (2010) TITLE. \newblock {\em JOUR} {\bf 36}, 5.",
        r"Lee, A. and B.~C. Kim: 2010, `TITLE'. \newblock {\em JOUR} {\bf 36}(5), 55--80.",
        r"Lee, A. \emph{et~al.} (2010) TITLE. \emph{JOUR} \textbf{36}, 55.",
        r"Lee, A., and Kim, B.~C., \enquote{TITLE,} {\em JOUR\/}, Vol.~36, 2010, pp.~55--80.",
        r"A.~Lee and B.~C. Kim, \emph{TITLE}, \href{https://a.b}{\emph{JOUR} 36 (2010) 5}.",
        r"{\scshape Pebble} collaboration, A.~Lee et~al., \emph{TITLE}, \emph{JOUR} 36 (2010).",
        r"Ada Lee and Bo~Kim. \newblock {\em TITLE}, volume~75 of {\em Notes on Stones}.",
        r"Ada Lee and Bo~Kim. \newblock TITLE, July 2010.",
        r"A.~Lee and B.~Kim. \textit{TITLE}. Stone Press, 2010.",
    ],
)
def test_the_title_is_told_in_the_styles_of_publishers(body: str) -> None:
    assert title_in(rf"\bibitem[Lee(2010)]{{a}} {body}") == TITLE


@pytest.mark.parametrize(
    ("body", "title"),
    [
        # Braces around all of a title, as ADS and INSPIRE write it.
        (
            r"A.~{Lee}, {Stones: A survey, Part I. Sand}, JOUR 36 (2010) 5.",
            "Stones: A survey, Part I. Sand",
        ),
        (
            r"{Stone Collaboration}, {Stones: weight and size} (2010) 1--19.",
            "Stones: weight and size",
        ),
        (
            r"A.~Lee, {et~al.}, {Stones of 2013. XVI. Their weights}, JOUR 571 (2014) A16.",
            "Stones of 2013. XVI. Their weights",
        ),
        (
            r"{Alexand er}, D.~M., and {Lee}, A. \newblock Stones in piles. \newblock JOUR.",
            "Stones in piles",
        ),
        (r"de~Jong, T. 2023, {Logical Methods in Stones}, 19, \doi{10.46298/a}", None),
        # A first word with a comma behind it is no name where every name has initials.
        (
            r"A.~Lee, Efficient, even sorting of stones, JOUR 36~(5) (2010) 55--80.",
            "Efficient, even sorting of stones",
        ),
        (
            r"A.~Lee, Plato, B.~Kim, The weight of stones, JOUR 36 (2010) 55.",
            "The weight of stones",
        ),
        (
            r"{\sc R.~Ada Lee, Bo Kim, and Cy Fox}, The weight of stones. \newblock {\sl JOUR} 36.",
            "The weight of stones",
        ),
        # A full stop within a title, a volume behind it, a publisher.
        (
            r"A.~Lee, A code for stones. Elliptic and round ones, Stones 36 (2010) 5.",
            "A code for stones. Elliptic and round ones",
        ),
        (
            r"A.~Lee, The search for stones in old and new walls 8 (2011) 647.",
            "The search for stones in old and new walls",
        ),
        (r"Lee, A. (2010): The weight of stones, Dover Publications.", "The weight of stones"),
        (
            r"Lee, A., 2013. Ways to the stone in Europe, 107, 603--626.",
            "Ways to the stone in Europe",
        ),
        (r"Lee, A., 2013, \href{https://doi.org/10.1/2}{\JournalTitle{Stones}, 571, A16}", None),
        (r"Lee A., 2016, in , Stones in Logic. Springer, pp 1--5", None),
    ],
)
def test_a_title_that_only_commas_part_is_told_where_it_can_be(
    body: str, title: str | None
) -> None:
    assert title_in(rf"\bibitem[Lee(2010)]{{a}} {body}") == title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (
            r"Lee, A. Why stones? A reply to Kim. \emph{JOUR} \textbf{3}.",
            "Why stones? A reply to Kim",
        ),
        (r"Lee, A.: Why do stones roll? JOUR \textbf{3}, 5 (2010)", "Why do stones roll"),
        (
            r"Ada Lee. \newblock Why stones roll. In {\em STONES}. \newblock pp. 1.",
            "Why stones roll",
        ),
        (r"Bo~Lee, G.~Kim, and Ada Fox, \emph{Rolling stones}, 2010.", "Rolling stones"),
        (r"A.~Lee, B.~Kim, C.~Fox, Rolling Stones, JOUR 3 (2010) 5.", None),
        (r"A.~Lee, B.~Kim, Rollo: Stones that roll (2010).", "Rollo: Stones that roll"),
        (r"Lee, A., C.~Kim, and D.~Fox: 2010, `Rolling stones'.", "Rolling stones"),
    ],
)
def test_a_title_ends_where_its_venue_begins(body: str, title: str | None) -> None:
    told = title_in(rf"\bibitem{{a}} {body}")
    assert (told and told.rstrip("?")) == title


def test_an_item_of_harvard_styles_is_one() -> None:
    head = r"\harvarditem[Lee]{Lee \harvardand\ Kim}{2010}{a} Lee, A. \harvardand\ Kim, B. "
    year = r"\harvardyearleft 2010\harvardyearright , "
    assert title_in(head + year + r"TITLE, {\em JOUR} {\bf 36}.") == TITLE


@pytest.mark.parametrize(
    "body",
    [
        r"A.~Lee and B.~C. Kim, JOUR \textbf{36}, 55 (2010)",
        r"A.~Lee and B.~C. Kim, \emph{JOUR}, 2010, \textbf{36}, 55--80",
        r"Lee, A., \& Kim, B.~C. 2010, The Stony Journal, 36, 55, \doi{10.1000/x}",
        r"Lee A., Kim B.~C., 2010, \mnras, 36, 55",
        r"Lee A and Kim B~C 2010 {\em Stones and Sand\/} {\bf 36} 55--80",
        r"A.~Lee, \emph{arXiv preprint arXiv:2401.00001}",
        r"\bibinfo{author}{A.~Lee}, \bibinfo{journal}{Stones of Old} \textbf{36}, 55",
        r"A.~Lee, Stones and Sand 36 (2010) 55.",
        r"A.~Lee, B.~C. Kim: ApJ, 523, 54 (1999)",
        r"Lee, Da Kim, Fox 1993, A\&A 406,122",
        r"Lee, A. and Kim, B. 2002, this proceedings.",
        r"Lee, A., \& Kim, B. 1999, submitted to A\&A",
        r"Lee, A., Kim, B., {et~al.} 2008, Selected Topics in Stones, IEEE Journal of, 2, 707",
        r"Lee, A., Kim, B., \& Fox, C. 2006, Stone Reports, 433, 181, stonier B.V.",
        r"Lee, A., Publications of the stony society of the Pacific, {\bf 107}, 945 (1995).",
    ],
)
def test_where_a_style_prints_no_title_its_journal_is_not_taken_for_one(body: str) -> None:
    assert title_in(rf"\bibitem{{a}} {body}") is None


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (r"\fontofnames{Lee}\fontoftitle{TITLE}. \newblock Stone Press.", TITLE),
        (r"\jtitlefont{\changedcase{weighing}{TITLE}}. \newblock JOUR, 2010.", TITLE),
        (r"A.~Lee. \newblock \foreignlanguage{french}{TITLE}. \newblock JOUR.", TITLE),
        (r"\somelabel{Lee 2010} \textsc{Lee}, A. \newblock TITLE. \newblock JOUR.", TITLE),
        (r"A.~Lee. \newblock TITLE, \linkofwork{a}{timeline}{2010}. \newblock JOUR.", TITLE),
        (r"A.~Lee. \newblock TITLE[C/OL]//Proceedings of STONES. \newblock 2010.", TITLE),
        (r"A.~Lee. \newblock TITLE: arXiv:2401.00001[M]. \newblock 2024.", TITLE),
        (r"A.~Lee. \newblock TITLE, {\em JOUR} {\bf 36}(5),~55--80.", TITLE),
        (r"A.~Lee. \newblock TITLE (May 2010). \newblock arXiv:2401.00001.", TITLE),
        (r"A.~Lee. \newblock 2010, May. \newblock TITLE. \newblock JOUR.", TITLE),
        (r"A.~Lee. \newblock {\em JOUR} {\bf 36}(5),~55--80.", None),
        (r"A.~Lee. \newblock Journal of Stone Science {\bf 36} (5):55--80.", None),
        (r"Lee, A., Carl Kim, D.~Fox, and E.~Roe, ``TITLE,'' {\it JOUR}, 2010.", TITLE),
        (r"Lee, A., Carl Kim og Bo Fox, \emph{TITLE}, \emph{JOUR} 36, 2010.", TITLE),
        (r"Lee, A.; Berg, B. van~der; Roe, C. TITLE. In \emph{STONES}; \newblock 2010.", TITLE),
        (r"Berg, A. van~der, Green, D. and Roe, F. (2010). TITLE. In {\em STONES}, 1.", TITLE),
        (r"Lee, A., \enquote{On \enquote{sand} and stones,} 2010.", "On “sand” and stones"),
        (r"Lee, A. 2010.``TITLE.'' \textit{JOUR}. 36 55--80.", TITLE),
        (r"Stone Council: New Stones, New Sands in the sea. \newblock Press, 2010.", None),
        (r"Lee, A. (2010). TITLE. in STONES, 55--80.", TITLE),
        (r"Lee A. TITLE; 2010.", TITLE),
        (r"Lee, A. 2010, TITLE (Stone University Press)", TITLE),
        (
            r"A.~Lee. \newblock Stones of the storm (2015). \newblock JOUR, 2017.",
            "Stones of the storm (2015)",
        ),
        (
            r"OpenStone. \newblock Stone-4 technical report. \newblock 2023.",
            "Stone-4 technical report",
        ),
        (r"OpenStone. Stone-4 Technical Report, 2023.", "Stone-4 Technical Report"),
        (r"A.~Lee. \newblock TITLE. Technical report, Stone Lab, 2010.", TITLE),
        (
            r"A.~Lee, Stones and sand of the hills, 1688--1867, JOUR 36 (2010).",
            "Stones and sand of the hills, 1688–1867",
        ),
        (
            r"Lee, A.: Stones of the storm (2015). JOUR \textbf{36}, 1--4 (2017)",
            "Stones of the storm (2015)",
        ),
        (r"Lee, A. 2010, TITLE (London : Stone Lane)", TITLE),
        (
            r"K.-i. Lee, G.~Kim, How fast do stones roll?, JOUR 36 (2010).",
            "How fast do stones roll",
        ),
        (r"\names {\name {Lee} {Ada} {A.} {} {}} {Ada Lee} {\font {TITLE}\sep JOUR}", None),
        (r"Lee, A.; Kim, B. J Inv Stones 2010, 36, 55.", None),
        (r"Lee, A.; Kim, B. TITLE 2010. ArXiv:2401.00001.", TITLE),
        (r"Lee, A., 2007, {TITLE}, 1--31.", TITLE),
        (r"Lee, A. (2007). {TITLE} : 1--31.", TITLE),
        (
            r"Lee, A., \& Kim, B.~C. 2005, {Small Stones of Old} (Sandy Publications)",
            "Small Stones of Old",
        ),
        (r"Lee, A. (1988): TITLE, Dissertation, Stone University.", TITLE),
        (r"Lee A 2024 TITLE Technical Report w32 Bureau of Stones Sandtown, MA.", TITLE),
        (r"Lee, A.; Kim, B. TITLE; Stone Press: Sandtown, Hill, 1981.", TITLE),
        (r"Lee, A., , Kim, B., Fox, C.D.: TITLE. In: STONES, 2010", TITLE),
        (r"Lee, A. (2016) Stoning. \newblock {\em Yearly Sand}, 8(1), 435--464.", None),
        (
            r"Lee, Ada (1998): \textit{Stones in almost all hills}, 3: 225--244.",
            "Stones in almost all hills",
        ),
        (r"A.~Lee, {\em Journal of Stones}, May (2012). TITLE.", None),
        (
            r"A.~Lee, E.~Sand-Marsal. Stones, grey sand, and clay. \emph{JOUR} \textbf{2012}.",
            "Stones, grey sand, and clay",
        ),
        (
            r"Lee~A. Words, free algebras, and stones~[J/OL]. JOUR,1983,117.",
            "Words, free algebras, and stones",
        ),
        (r"李石,王沙,张尘,等. 石头的分类~[J]. 沙学报,2010,3~(10): 31--38.", "石头的分类"),
        (
            r"A.~Lee. \newblock Why stones can{\rq}t roll. \newblock JOUR, 2010.",
            "Why stones can’t roll",
        ),
        (
            r"Lee, A. and B.~Kim, 2010: Why is sand not ``well mixed''? \textit{JOUR}, \textbf{3}.",
            "Why is sand not “well mixed”",
        ),
    ],
)
def test_a_title_is_known_by_what_sets_it_apart(body: str, title: str | None) -> None:
    told = title_in(rf"\bibitem{{a}} {body}")
    assert (told and told.rstrip("?")) == title


def test_what_very_many_authors_wrote_is_read_whole() -> None:
    """A list of names and an abstract may be longer than an item may be."""
    person = "{{hash=0123456789abcdef}{family={Lee},familyi={L\\bibinitperiod},given={Ada}}}%\n"
    entry = rf"\entry{{a}}{{article}}{{}}\name{{author}}{{300}}{{}}{{{person * 300}}}"
    fields = (
        rf"\field{{abstract}}{{{'Stones. ' * 900}}}\field{{title}}{{{TITLE}}}\field{{year}}{{2010}}"
    )
    doi = "\\verb{doi}\n\\verb 10.1000/x\n\\endverb"
    printed = bibliography([TexFile("x", ".bbl", f"{entry}{fields}{doi}\\endentry\n")])
    authors = " and ".join(["Lee, Ada"] * 900)
    record = (
        f"@article{{a,\n author = {{{authors}}},\n abstract = {{{'Stones. ' * 900}}},\n"
        f" title = {{{TITLE}}},\n year = {{2010}},\n doi = {{10.1000/x}}\n}}\n"
    )
    cited = bibliography([TexFile("x", ".tex", r"\cite{a}"), TexFile("x", ".bib", record)])
    for found in (printed, cited):
        assert found is not None
        (work,) = references_of(found.kind, found.items)
        told = (work.title, work.first_author, work.year, work.doi)
        assert told == (TITLE, "Ada Lee", 2010, "10.1000/x")
