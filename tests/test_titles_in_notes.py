"""Which words of notes are a title, the name of a section, a list, a link, or what is said."""

from __future__ import annotations

import pytest

from pipeline.digests import markdown
from pipeline.digests.family_names import names_of
from pipeline.digests.labels import is_link_line, link_of_line
from pipeline.digests.running import is_running, speaks
from pipeline.digests.titles import (
    file_title,
    is_list_name,
    is_reference_section,
    is_section_name,
    stated_title,
    without_number,
)

ID = "2401.00011"
LINK = f"https://arxiv.org/abs/{ID}"
TITLE = "Slow Cooking of Models"

SECTIONS = (
    "Introduction", "1. Introduction", "2.1 Method", "Related Work", "요약", "My notes", "Info",
    "Introduction:", "**Summary**", "Key ideas!",
)  # fmt: skip
REFERENCES = (
    "References", "Related papers", "Further reading", "Backlinks", "Links", "See also: others",
    "참고 문헌",
)  # fmt: skip
LISTS = (
    "Awesome ovens", "Reading list", "Week 36", "Papers of 2024", "논문 목록", "weekly digest",
    "A List of Ovens",
)  # fmt: skip
NONE = (
    TITLE,
    "Results and Discussion",
    "A very long heading of related things I read",
)


def test_headings_name_sections_references_or_lists_and_titles_none_of_them() -> None:
    named = {
        text: (is_section_name(text), is_reference_section(text), is_list_name(text))
        for text in (*SECTIONS, *REFERENCES, *LISTS, *NONE)
    }
    assert all(named[text][0] for text in SECTIONS)
    assert all(named[text][1] for text in REFERENCES)
    assert all(named[text][2] for text in LISTS)
    assert {text: named[text] for text in NONE if any(named[text])} == {}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1. Slow Cooking", True), ("3) Slow Cooking", True), ("[12] Slow Cooking", True),
        ("#12 Slow Cooking", True), ("一、Slow Cooking", True), ("1/ Slow Cooking", True),
        ("9999. Slow Cooking", True), ("12345. Slow Cooking", False), ("3D Slow Cooking", False),
        ("2.5 Slow Cooking", False), ("10 Slow Cooking", False), ("10 - Slow Cooking", False),
    ],
)  # fmt: skip
def test_a_number_of_a_list_is_no_part_of_what_it_counts(text: str, plain: bool) -> None:
    assert without_number(text) == ("Slow Cooking" if plain else text)


@pytest.mark.parametrize(
    "text",
    [
        f"1. Title: {TITLE}", f"{TITLE} (2024)", f"{TITLE} [ICML 2024]", f"{TITLE}.", f"“{TITLE}”",
        f"[[{TITLE}]]", f"@{TITLE}", f"{ID} - {TITLE}", f"Paper review: {TITLE}", f"{TITLE} ⭐⭐",
        f"{TITLE} - by Ann Lee", f"Lee et al. 2016 - {TITLE}", f"{TITLE}, ICML 2024",
        f"{TITLE}, 2024", f"[1/5] {TITLE}", f"오늘의 논문: {TITLE}", f"{TITLE} review",
        f"{TITLE} [{ID}]",
    ],
)  # fmt: skip
def test_what_a_reader_writes_around_a_title_is_no_part_of_it(text: str) -> None:
    assert stated_title(text) == (TITLE, ())


@pytest.mark.parametrize(
    ("text", "title", "names"),
    [
        (f"{TITLE}(느린 요리)", TITLE, ("느린 요리",)),
        (f"{TITLE}...", f"{TITLE}...", ()),
        ('The "Slow" Cooking', 'The "Slow" Cooking', ()),
        ("PDF", None, ()),
        ("Summary", None, ()),
        (LINK, None, ()),
        ("12.5", None, ()),
    ],
)
def test_a_translation_is_a_name_and_a_label_no_title(
    text: str, title: str | None, names: tuple[str, ...]
) -> None:
    assert stated_title(text) == (title, names)


@pytest.mark.parametrize(
    ("file", "title"),
    [
        (f"papers/2024-09-05 {TITLE}.md", TITLE), ("Slow_Cooking-of-Models.md", TITLE),
        (f"{ID} {TITLE}.pdf", TITLE), (f"a\\{TITLE}.md", TITLE), (f"{TITLE}/index.md", TITLE),
        ("Slow Cooking vs. Fast", "Slow Cooking vs. Fast"), ("README.md", None),
        ("index.md", None), (f"{ID}.pdf", None),
    ],
)  # fmt: skip
def test_a_file_is_called_by_its_title_without_day_id_and_ending(
    file: str, title: str | None
) -> None:
    assert file_title(file) == title


@pytest.mark.parametrize(
    "line",
    [
        f"I liked it less than SmolQ ({ID}), which is slow", f"see also {ID}",
        f"see {ID} for more", f"good heat. And {ID} more", f"Ovens {ID} and more",
        f"the [SmolQ]({LINK}) heat is not what I want", f"SmolQ ({ID})는 느리다",
        f"we use the oven of {ID} here", f"I'd take {ID}", f"das ist wie {ID}",
        f"c'est la suite de {ID}",
    ],
)  # fmt: skip
def test_a_line_that_speaks_of_a_paper_is_running_words(line: str) -> None:
    assert is_running(line)


@pytest.mark.parametrize(
    "line",
    [
        f"{TITLE}, Lee, {ID}", f"{TITLE} {ID}", f"as in {ID}", f"{ID} is better than it",
        f"**Slow Cooking** of {ID}", f"[{TITLE}]({LINK}) is what I like", f"Read {TITLE} {ID}",
        f"|{ID} is what|", f"pdf: {ID}", f"this [paper]({LINK})",
    ],
)  # fmt: skip
def test_a_title_a_row_a_label_or_an_id_first_is_no_running_words(line: str) -> None:
    assert not is_running(line)


def test_sentences_have_words_that_titles_hardly_have() -> None:
    spoken = ("I like it", "that was hot and so are these", "also good", "we did it again")
    assert all(map(speaks, spoken))
    assert not any(map(speaks, (TITLE, "What Is It?", "On the Heat of that Oven")))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lee, Kim", ("Lee", "Kim")), ("Lee & Kim", ("Lee", "Kim")), ("Lee; Kim", ("Lee", "Kim")),
        ("Lee and Kim", ("Lee", "Kim")), ("Lee et al.", ("Lee",)),
        ("van Lee, Kim", ("van Lee", "Kim")), ("Lee, Kim, Ng, Fox", ("Lee", "Kim", "Ng", "Fox")),
        ("Lee", None), ("lee, kim", None), ("Lee, 2024", None), ("Lee and the Kim", None),
    ],
)  # fmt: skip
def test_family_names_alone_are_authors_where_there_are_several(
    text: str, names: tuple[str, ...] | None
) -> None:
    authors = names_of(text)
    assert (authors and authors.names) == names


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("pdf", True), ("[pdf]", True), ("CVPR 2023", True), (ID, True), (f"arXiv:{ID}v2", True),
        ("here", True), ("paper link", True), ("cs.CL", True), ("2023", True), ("{{x}}", True),
        ("project page", True), ("", True), ("Slow Cooking", False), (TITLE, False),
    ],
)  # fmt: skip
def test_what_a_link_is_called_is_a_label_or_a_title(text: str, label: bool) -> None:
    assert markdown.is_label(text) is label


@pytest.mark.parametrize(
    ("line", "is_links", "link"),
    [
        (LINK, True, LINK), (f"<{LINK}>", True, LINK), (ID, True, ID),
        (f"arXiv: {ID}", True, f"arXiv: {ID}"), (f"({LINK})", True, None),
        (f"[pdf]({LINK}) | [code](https://github.com/a/b)", True, None),
        (f"Link: {LINK}", True, None), (f"{LINK} good", False, None),
        (f"[{TITLE}]({LINK})", False, None), ("pdf", False, None),
    ],
)  # fmt: skip
def test_a_line_is_links_where_all_else_are_their_labels(
    line: str, is_links: bool, link: str | None
) -> None:
    assert (is_link_line(line), link_of_line(line)) == (is_links, link)
