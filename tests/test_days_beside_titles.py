"""Days of reading beside titles, wrapped labels, and titles in other marks, in invented notes."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile

LINK = "https://arxiv.org/abs/2401.00011"
OTHER = "https://arxiv.org/abs/2401.00012"
TITLE = "Slow Cooking of Models"
SECOND = "Ovens for Everyone"
DAY = date(2024, 3, 13)


def kept(content: str | bytes, name: str = "notes.md") -> list[Entry]:
    data = content.encode() if isinstance(content, str) else content
    records = entries([InputFile(name, lambda: iter([data]))], FORMATS)
    return [record for record in records if isinstance(record, Entry)]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Gelesen am 13. März 2024", DAY), ("Leído el 13 de marzo de 2024", DAY),
        ("Lu le 13 mars 2024", DAY), ("Letto il 13 marzo 2024", DAY),
        ("*Gelesen am 13.03.2024*", DAY),
        ("Gelesen mit Bo, 13 Seiten", None), ("Lu Chen 13 mars 2024", None),
    ],
)  # fmt: skip
def test_a_line_says_when_a_paper_was_read_in_many_languages(line: str, day: date | None) -> None:
    (entry,) = kept(f"# {TITLE} at Home\n\n{line}\n\n{LINK}\n")
    assert (entry.title, entry.date) == (f"{TITLE} at Home", day)


@pytest.mark.parametrize(
    ("item", "day"),
    [
        (f"read 2024-03-13: {TITLE} {LINK}", DAY),
        (f"Gelesen am 13.03.2024: [{TITLE}]({LINK})", DAY),
        (f"[{TITLE}]({LINK}), gelesen am 13.03.2024", DAY),
        (f"[x] [{TITLE}]({LINK}) ✅ 2024-03-13", DAY),
        (f"[{TITLE}]({LINK}), 13 pages in 2024", None),
    ],
)
def test_a_day_of_reading_beside_a_title_is_no_part_of_it(item: str, day: date | None) -> None:
    first, second = kept(f"# Log\n\n- {item}\n- [{SECOND}]({OTHER})\n")
    assert (first.title, first.arxiv_id, first.date) == (TITLE, "2401.00011", day)
    assert (second.title, second.date) == (SECOND, None)


def test_a_day_before_a_title_goes_before_the_month_that_it_is_in() -> None:
    text = f"## March 2024\n\n- 2024-03-13 {TITLE} {LINK}\n- 2017-06-12 {SECOND} {OTHER}\n"
    assert [entry.date for entry in kept(text)] == [DAY, date(2024, 3, 1)]
    assert [entry.date for entry in kept(text.replace("March 2024", "2024-03-01"))] == [
        date(2024, 3, 1)
    ] * 2


@pytest.mark.parametrize("title", ["January 6, 2021 Riots on Film", "1 May 2024 in Berlin"])
def test_a_day_in_words_that_a_title_begins_with_stays(title: str) -> None:
    first, second = kept(f"# Log\n\n- {title} {LINK}\n- 1 May 2024: {SECOND} {OTHER}\n")
    assert (first.title, first.date) == (title, None)
    assert (second.title, second.date) == (SECOND, date(2024, 5, 1))


def test_a_day_behind_a_sign_rules_papers_alone() -> None:
    note = f"{TITLE}\n{LINK}\n● 2024-03-13\nfirst pass\n\n{SECOND}\n{OTHER}\nok\n"
    first, second = kept(note)
    assert (first.date, first.commentary) == (None, "2024-03-13\nfirst pass")
    assert (second.date, second.commentary) == (None, "ok")


def test_the_day_of_reading_goes_before_the_day_that_a_program_sets() -> None:
    note = (
        f"# {TITLE}\n\nCreated: March 12, 2024 9:00 AM\nDate Read: March 13, 2024\nLink: {LINK}\n"
    )
    (entry,) = kept(note)
    assert entry.date == DAY


def test_an_item_with_a_day_of_reading_is_an_entry_whatever_stands_beside_it() -> None:
    first, second = kept(
        f"- gelesen am 13.3.2024: {TITLE}. arXiv:2401.00011. me gustó\n"
        f"- gelesen am 13.3.2024: 1-bit is all we need. {OTHER}. ok\n"
    )
    assert (first.title, first.arxiv_id, first.date) == (TITLE, "2401.00011", DAY)
    assert (second.arxiv_id, second.date) == ("2401.00012", DAY)


def test_an_item_with_a_day_of_reading_is_no_word_of_the_one_above() -> None:
    *_, above, below = kept(
        "2024년 3월 1일\n\n"
        '- Ann Leeら, "Let Us Cook Pans," [pdf](https://arxiv.org/pdf/2401.00013). so\n'
        '- Bo Kim 외, "On the Heat of Ovens," arXiv:2401.00014. No idea what Eq. (3) means; ask\n'
        '- Cy Ng 외, "How Small Can Pans Be?," arXiv:2401.00015. like Ho et al. (2401.00016)\n'
        f'- Lee A, Kim B, Ng C, "{SECOND}," 2401.00012. why?\n\n'
        f"- gelesen am 13.3.2024: {TITLE}. [pdf](https://arxiv.org/pdf/2401.00011). so\n"
    )
    assert (above.arxiv_id, above.commentary) == ("2401.00012", "why?")
    assert (below.title, below.arxiv_id) == (TITLE, "2401.00011")


def test_what_is_set_in_below_a_label_goes_on_with_it() -> None:
    first, second = kept(
        f"Title: {TITLE}\nAuthors: Ann Lee, Bo Kim,\n         Cy Ng\nAbstract: We cook\n"
        f"    slowly.\nURL: {LINK}\n\nTitle: {SECOND}\nAuthors: Eve Low\nURL: {OTHER}\n",
        "notes.txt",
    )
    assert (first.authors, first.abstract) == (("Ann Lee", "Bo Kim", "Cy Ng"), "We cook slowly.")
    assert (second.title, second.authors) == (SECOND, ("Eve Low",))


def test_a_title_between_french_marks_has_none_of_them() -> None:
    first, second = kept(
        f"- « Cuisine lente de modèles », A. Durand, {LINK}\n- « Des fours » {OTHER}\n"
    )
    assert (first.title, first.authors) == ("Cuisine lente de modèles", ("A. Durand",))
    assert second.title == "Des fours"


@pytest.mark.parametrize("end", [", is 2401.00011", ": 2401.00011", ", 2401.00011"])
def test_an_id_behind_a_title_is_no_part_of_it(end: str) -> None:
    first, second = kept(f"- A. Lee et al., {TITLE}{end}\n2 Kim et al., {SECOND}, 2401.00012\n")
    assert (second.title, second.authors) == (SECOND, ("Kim",))
    assert (first.title, first.authors, first.arxiv_id) == (TITLE, ("A. Lee",), "2401.00011")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.typ", '#set page()\n= Log\n== #link("{}")[{}]\n_Ann Lee, Bo Kim_\n\nGood.\n'),
        ("a.adoc", "= Log\n\n== {}[{}]\n\nAuthors:: Ann Lee, Bo Kim\n\nGood.\n"),
    ],
)
def test_a_heading_may_be_a_link_in_other_markups(name: str, text: str) -> None:
    (entry,) = kept(text.format(LINK, TITLE), name)
    assert (entry.title, entry.authors) == (TITLE, ("Ann Lee", "Bo Kim"))


def test_a_file_of_several_papers_is_none_of_their_names() -> None:
    log = f"# 2024-03-13\n\n## 2401.00011\n{LINK}\n\nGood.\n\n## {SECOND}\n{OTHER}\n\nWarm.\n"
    assert [entry.title for entry in kept(log, "t1.md")] == [None, SECOND]


def test_templates_of_wikis_that_cite_are_papers() -> None:
    names = "last1=Lee |first1=Ann |last2=Kim |first2=Bo"
    cited = f"{{{{cite arXiv |{names} |date=2024-01-02 |title=%s |eprint=2401.00011}}}}"
    other = "{{cite journal|title=%s|journal=Heat|year=2015|arxiv=2401.00012}}"
    page = f"== Log ==\n'''Papers'''\n* {cited % TITLE}\n* {other % SECOND}\n"
    first, second = kept(page, "log.wiki")
    assert (first.title, first.arxiv_id) == (TITLE, "2401.00011")
    assert first.authors == ("Ann Lee", "Bo Kim")
    assert (second.title, second.arxiv_id) == (SECOND, "2401.00012")


def test_tags_of_a_page_of_roam_are_each_one() -> None:
    page = f"- Author:: [[Ann Lee]], [[Bo Kim]]\n- URL:: {LINK}\n- Tags:: #[[slow heat]] #oven\n"
    (entry,) = kept(page, f"{TITLE}.md")
    assert set(entry.tags) == {"slow heat", "oven"}


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_comments_and_notes_at_the_foot_of_a_word_document_are_kept() -> None:
    said = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    texts = [(style, TITLE), ("", LINK), (said, "Good."), (style, SECOND), ("", OTHER)]
    body = "".join(f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>" for before, text in texts)
    aside = "<w:{0}s {1}><w:{0} w:id='{2}'><w:p><w:r><w:t>{3}</w:t></w:r></w:p></w:{0}></w:{0}s>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr(
            "word/footnotes.xml", aside.format("footnote", W, 2, "cf arXiv:2401.00013")
        )
        archive.writestr("word/comments.xml", aside.format("comment", W, 0, "Ask Bo."))
    first, second = kept(content.getvalue(), "notes.docx")
    assert (first.title, first.commentary) == (TITLE, "Good.\ncf arXiv:2401.00013\nAsk Bo.")
    assert [mention.arxiv_id for mention in first.mentions] == ["2401.00013"]
    assert (second.title, second.commentary) == (SECOND, None)


def test_references_of_physics_are_an_entry_each_with_a_title_or_none() -> None:
    source = r"""\begin{thebibliography}{9}
\bibitem{a} G.~Lee \textit{et al.}, \textit{Observation of an invented wave}, Phys.\ Lett.\ B
\textbf{716}, 1 (2012), arXiv:1207.7215.
\bibitem{b} G.~Lee \emph{et al.} [HEAT Collaboration], Phys.\ Lett.\ B \textbf{716}, 1
(2012), arXiv:1207.7216.
\bibitem{c} A.~Lee and B.~Kim, Invented heat of slow models, Phys.\ Rev.\ D
\textbf{101}, 012345 (2024).
\end{thebibliography}
"""
    found = [(entry.title, entry.arxiv_id) for entry in kept(source, "list.tex")]
    assert found == [
        ("Observation of an invented wave", "1207.7215"),
        (None, "1207.7216"),
        ("Invented heat of slow models", None),
    ]


DAYS = (
    "2024-03-13|[2024-03-13]|13.03.2024:|2024年3月13日|2024년 3월 13일 (수)|March 13, 2024:"
    "|**2024-03-13**|2024/03/13 (水)|13. März 2024 –|2024-03-13 Wed|<2024-03-13 Wed>"
)


@pytest.mark.parametrize("day", DAYS.split("|"))
@pytest.mark.parametrize("form", ["## {}", "- [ ] {}", "1. {}"])
def test_a_day_before_a_title_is_when_it_was_read_and_no_part_of_it(day: str, form: str) -> None:
    heading = form.startswith("#")
    papers = [(day, "1-bit Ovens for Everyone", LINK), (day, TITLE, OTHER)]
    between = "\n\n" if heading else " "
    items = [f"{form.format(f'{day} {title}')}{between}{url}\n" for day, title, url in papers]
    read = kept("\n".join(items) if heading else f"# Log\n\n{''.join(items)}")
    assert [(entry.title, entry.date) for entry in read] == [(title, DAY) for _, title, _ in papers]


def test_what_is_no_day_before_a_title_stays_in_it() -> None:
    lines = "2048 Tokens for Everyone", "3.14 Ways to Boil Models"
    first, second = kept(f"- {lines[0]} {LINK}\n- {lines[1]} {OTHER}\n")
    assert (first.title, second.title, first.date) == (*lines, None)


@pytest.mark.parametrize("day", ["2024.03.13", "2024년 3월 13일", "2024/03/13"])
@pytest.mark.parametrize("sign", ["■ ", "●", "▶", "▶️ "])
def test_a_day_behind_a_sign_rules_what_stands_below(day: str, sign: str) -> None:
    text = f"{sign}{day}\n - {TITLE} {LINK}\n{sign}2024.03.14\n - {SECOND} {OTHER}\n"
    records = [*entries([InputFile("log.txt", lambda: iter([text.encode()]))], FORMATS)]
    read = [record for record in records if isinstance(record, Entry)]
    assert [(entry.title, entry.date) for entry in read] == [
        (TITLE, DAY),
        (SECOND, date(2024, 3, 14)),
    ]
    assert records == read


@pytest.mark.parametrize("sign", ["▶ ", "■", "▷"])
def test_an_item_behind_a_sign_has_its_day_beside_its_title(sign: str) -> None:
    text = f"{sign}{TITLE} (2024-03-13)\n  {LINK}\n{sign}2024/03/14 {SECOND}\n  {OTHER}\n"
    read = [(entry.title, entry.date) for entry in kept(text, "log.txt")]
    assert read == [(TITLE, DAY), (SECOND, date(2024, 3, 14))]


@pytest.mark.parametrize("lead", ["", "- ", "13.03.2024: "])
@pytest.mark.parametrize("recalls", ["reminds me of", "Reminds me of", "erinnert an"])
def test_a_title_and_its_link_stand_before_what_they_recall(lead: str, recalls: str) -> None:
    text = f"{lead}{TITLE}. {LINK}. {recalls} Ho et al. (2401.00013)\n"
    first, second = kept(f"{text}\n{lead}{SECOND} at Home. {OTHER}. good.\n")
    assert (first.title, first.arxiv_id, first.authors) == (TITLE, "2401.00011", None)
    assert first.commentary == f"{recalls} Ho et al. (2401.00013)"
    assert [mention.arxiv_id for mention in first.mentions] == ["2401.00013"]
    assert second.title == f"{SECOND} at Home"


def test_a_remark_before_a_title_names_it_in_passing() -> None:
    text = (
        f"- {TITLE} {LINK}\n- {SECOND} {OTHER}\n- Next: Steam (https://arxiv.org/abs/2401.00013)\n"
    )
    assert [entry.arxiv_id for entry in kept(text)] == ["2401.00011", "2401.00012"]
