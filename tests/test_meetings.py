"""Logs of meetings, references below notes, and years of papers, in invented notes."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile

LINK, OTHER = "https://arxiv.org/abs/2401.00011", "https://arxiv.org/abs/2401.00012"
TITLE, SECOND = "Slow Cooking of Models", "Ovens for Nearly Everyone"
PEOPLE = (
    "Attendees: Ann Lee, Bo Kim|**Participants:** Ann Lee, Bo Kim, Cy Ng|Present: Ann Lee, Bo Kim"
    "|Anwesend: Ann Lee, Bo Kim|참석자: 이안, 김보|参加者：田中、鈴木"
    "|参会人员：王小明、李雷|Speaker: Bo Kim"
)


def kept(content: str, name: str = "notes.md") -> list[Entry]:
    records = entries([InputFile(name, lambda: iter([content.encode()]))], FORMATS)
    return [record for record in records if isinstance(record, Entry)]


@pytest.mark.parametrize("people", PEOPLE.split("|"))
def test_who_was_at_a_meeting_wrote_no_paper(people: str) -> None:
    text = f"## 2024-03-05 Lab meeting\n\n{people}\n\n- {TITLE}\n  {LINK}\n  - good\n"
    (entry,) = kept(text)
    assert (entry.title, entry.authors, entry.arxiv_id) == (TITLE, None, "2401.00011")
    assert entry.date == date(2024, 3, 5)
    (stated,) = kept(f"Minutes\n\n{people}\nPaper: {TITLE}\n{LINK}\n\nWe talked of ovens.\n")
    assert (stated.title, stated.authors) == (TITLE, None)


@pytest.mark.parametrize("people", PEOPLE.split("|"))
def test_people_above_papers_on_lines_are_no_part_of_them(people: str) -> None:
    text = f"Reading group\n{people}\nTOP 1: {TITLE}, {LINK}\n - good\nTOP 2: {SECOND}, {OTHER}\n"
    assert [(entry.title, entry.authors) for entry in kept(text)] == [(TITLE, None), (SECOND, None)]


@pytest.mark.parametrize(
    "reference",
    [
        'Ann Lee, Bo Kim. "Ovens for Nearly Everyone". ICML 2023. arXiv:2401.00012',
        "Lee, A., Kim, B. (2023). Ovens for Nearly Everyone. arXiv:2401.00012",
        "Ann Lee, Bo Kim, Cy Ng (2023): Ovens for Nearly Everyone. arXiv:2401.00012",
        "Ann Lee, Bo Kim. Ovens for Nearly Everyone. ICML 2023. arXiv:2401.00012",
    ],
)
@pytest.mark.parametrize(
    "above", ["", "## Summary\nGood.\n\n## References\n- ", "## 参考文献\n1. "]
)
def test_a_note_does_not_take_the_authors_of_its_first_reference(
    reference: str, above: str
) -> None:
    (entry,) = kept(f"---\ntitle: {TITLE}\narxiv: 2401.00011\n---\n\n{above}{reference}\n")
    assert (entry.title, entry.authors, entry.arxiv_id) == (TITLE, None, "2401.00011")
    assert [mention.arxiv_id for mention in entry.mentions] == ["2401.00012"]


def test_a_note_takes_the_authors_of_its_own_reference() -> None:
    citation = f'Ann Lee and Bo Kim. "{TITLE}." ICML 2023. {LINK}'
    (entry,) = kept(f"# {TITLE}\n\n## Citation\n\n{citation}\n\n## Main contribution\n\nHeat.\n")
    assert (entry.title, entry.authors) == (TITLE, ("Ann Lee", "Bo Kim"))


def test_full_names_apart_by_commas_are_people_each() -> None:
    lines = (
        f'Marta Oliveira, Jonas Lindqvist, "{TITLE}", ICML 2023',
        f'Hanna Weiss, Tom Becker, and Olu Adeyemi, "{SECOND}", {OTHER}',
        f'Tom Becker, Hanna Weiss, "Oven Models", {LINK}',
        'Garcia, Maria, and Tom Becker. "Slow Kettles at Home." 2021. arXiv:2401.00013',
    )
    read = kept("# Reading\n\n" + "".join(f"- {line}\n" for line in lines))
    assert [(entry.title, entry.authors) for entry in read] == [
        (TITLE, ("Marta Oliveira", "Jonas Lindqvist")),
        (SECOND, ("Hanna Weiss", "Tom Becker", "Olu Adeyemi")),
        ("Oven Models", ("Tom Becker", "Hanna Weiss")),
        ("Slow Kettles at Home", ("Maria Garcia", "Tom Becker")),
    ]


def test_a_bibliography_in_paragraphs_is_its_papers() -> None:
    lines = (f'Ann Lee, Bo Kim, "{TITLE}," {LINK}.', f'Cy Ng and Di Wu, "{SECOND}," {OTHER}.')
    first, second = kept("# Bibliography of the seminar\n\n" + "\n\n".join(lines) + "\n")
    assert (first.title, first.arxiv_id) == (TITLE, "2401.00011")
    assert (second.title, second.authors) == (SECOND, ("Cy Ng", "Di Wu"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"# 論文\n\n- タイトル: {TITLE}\n- 年: 2021\n- リンク: {LINK}\n", "a.md"),
        (f"title:: {TITLE}\nyear:: 2021\nurl:: {LINK}\n\n- nice\n", "a.md"),
        (f"---\ntitle: {TITLE}\nyear: 2021\narxiv: 2401.00011\n---\nnice\n", "a.md"),
        (f"| 제목 | 연도 | URL |\n|---|---|---|\n| {TITLE} | 2021 | {LINK} |\n", "a.md"),
        (f"Título: {TITLE}\nAño: 2021\nEnlace: {LINK}\n", "a.txt"),
    ],
)
def test_the_year_of_a_paper_is_no_day_of_reading(text: str, name: str) -> None:
    (entry,) = kept(text, name)
    assert (entry.title, entry.published, entry.date) == (TITLE, "2021", None)


def test_a_front_matter_that_lists_talks_is_its_papers() -> None:
    text = f"""---
layout: semester
first_date: "03/05/2024"
sessions:
  - date: "03/05/2024"
    presenter: "Cy Ng"
    title: "{TITLE}"
    authors: "Ann Lee and Bo Kim, Oven University"
    link: "{LINK}"

  - presenter: "Di Wu"
    title: "{SECOND}"
    authors: "Bo Kim, Ann Lee"
    link: "{OTHER}"
---

# Description
We meet on Fridays.
"""
    first, second = kept(text)
    assert (first.title, first.authors, first.arxiv_id) == (
        TITLE,
        ("Ann Lee", "Bo Kim"),
        LINK[-10:],
    )
    assert (second.title, second.authors) == (SECOND, ("Bo Kim", "Ann Lee"))


def test_a_reference_below_a_first_section_names_no_author_of_the_note() -> None:
    reference = "Ann Lee, Bo Kim. Ovens for Nearly Everyone. ICML 2023. arXiv:2401.00012"
    (entry,) = kept(
        f"---\ntitle: {TITLE}\nurl: https://a.org/1\n---\n\n## Summary\n\n- {reference}\n"
    )
    assert (entry.title, entry.authors) == (TITLE, None)


@pytest.mark.parametrize("people", ["Recommended by: Mia Roe", "Owner: me", "담당자: 김안"])
@pytest.mark.parametrize("form", ["## {0}\n{1}\n{2}\n\nNice.\n", "## {0}\n- {2}\n- {1}\n- Nice.\n"])
def test_a_paper_that_somebody_presents_keeps_its_title(people: str, form: str) -> None:
    (entry,) = kept(form.format(TITLE, LINK, people))
    assert (entry.title, entry.authors, entry.arxiv_id) == (TITLE, None, "2401.00011")
    assert "Nice." in (entry.commentary or "")


@pytest.mark.parametrize(
    "title", ["SCRIBE: Structured Reasoning for Everyone", "Absent: Learning without Labels"]
)
@pytest.mark.parametrize("form", ["- {} {}\n", "## {}\n\n{}\n"])
def test_a_title_may_begin_as_a_label_of_people_does(title: str, form: str) -> None:
    (entry,) = kept(form.format(title, LINK))
    assert (entry.title, entry.arxiv_id) == (title, "2401.00011")
