"""The first line of an entry: what of it is the title, who wrote it, and what is said behind."""

from __future__ import annotations

import pytest
from test_exports_of_others import kept

from pipeline.digests.chat_titles import cited_before, title_before, title_in
from pipeline.digests.heads import head_of_line
from pipeline.digests.titles import looks_like_title

ID = "2401.00011"
LINK = f"https://arxiv.org/abs/{ID}"
TITLE = "Slow Cooking of Models"
TWO = ("Ann Lee", "Bo Kim")

SIGNED = {
    f"[{TITLE}]({LINK}) - Ann Lee, Bo Kim - good": TWO,
    f"[{TITLE}]({LINK}) (Ann Lee, Bo Kim)": TWO,
    f"**{TITLE}** Ann Lee, Bo Kim. {ID}": TWO,
    f"{TITLE}. Ann Lee, Bo Kim. [pdf]({LINK})": TWO,
    f"{TITLE}, *Ann Lee, Bo Kim* {ID}": TWO,
    f"Ann Lee, Bo Kim. {TITLE}. 2024. {LINK}": TWO,
    f"Lee, Kim - {TITLE} {ID}": ("Lee", "Kim"),
    f'"{TITLE}" by Ann Lee {ID}': ("Ann Lee",),
    f"{TITLE}, Ann Lee, {ID}": ("Ann Lee",),
}
BARE = {
    f"[[{ID}] {TITLE}]({LINK})": "",
    f"[[{ID}v2] {TITLE}]({LINK}): good": "good",
    f"[[hep-th/9901011] {TITLE}](https://arxiv.org/abs/hep-th/9901011)": "",
    f"*{TITLE}* ({ID}): good": "good",
    f"{TITLE} ({ID}) — good and slow": "good and slow",
    f"{TITLE} - good and slow {ID}": "good and slow",
    f"[{TITLE}]({LINK}) ICML 2024": "ICML 2024",
    f"[pdf]({LINK}) {TITLE}": "",
}


@pytest.mark.parametrize(("line", "names"), SIGNED.items())
def test_a_title_stands_apart_from_its_authors_on_whatever_side(
    line: str, names: tuple[str, ...]
) -> None:
    head = head_of_line(line)
    assert (head.title, head.authors and head.authors.names, head.stands) == (TITLE, names, True)


@pytest.mark.parametrize(("line", "said"), BARE.items())
def test_a_title_stands_apart_from_its_id_and_what_is_said(line: str, said: str) -> None:
    head = head_of_line(line)
    assert (head.title, head.authors) == (TITLE, None)
    assert said in head.rest


def test_a_name_before_a_quoted_title_is_what_the_reader_calls_it() -> None:
    head = head_of_line(f'**SmolQ**: "When Small Goes Big" [[paper]({LINK})]')
    assert (head.title, head.names) == ("When Small Goes Big", ("SmolQ",))


def test_words_that_are_no_title_are_none() -> None:
    assert head_of_line("good and slow").title is None


@pytest.mark.parametrize("form", ["- {}\n- {}: good\n", "# {}\n\ngood\n\n# {}\n\ngood\n"])
def test_a_page_as_a_browser_calls_it_is_its_title(form: str) -> None:
    links = (f"[[{ID}] {TITLE}]({LINK})", f"[[2401.00012] Fast {TITLE}]({LINK[:-1]}2)")
    first, second = kept(form.format(*links))
    assert (first.title, first.arxiv_id) == (TITLE, ID)
    assert (second.title, second.arxiv_id) == (f"Fast {TITLE}", "2401.00012")


@pytest.mark.parametrize(
    ("before", "behind", "title"),
    [
        (TITLE, "", TITLE),
        (f"{TITLE} -", "", TITLE),
        (f"{TITLE}:", "", TITLE),
        (TITLE, ", good", TITLE),
        (TITLE, "is good", None),
        (f"{TITLE}?", "", None),
        (f"see {TITLE}", "", None),
        ("look what I found:", "", None),
        ("Cooking", "", None),
    ],
)
def test_what_stands_before_a_link_of_a_message_is_a_title_or_said(
    before: str, behind: str, title: str | None
) -> None:
    assert title_before(before, behind) == title


@pytest.mark.parametrize(
    ("before", "behind", "cited"),
    [
        (f"**{TITLE}**, Ann Lee, Bo Kim", "", (TITLE, "Ann Lee, Bo Kim")),
        (f"{TITLE}, Ann Lee, Bo Kim", "", (TITLE, "Ann Lee, Bo Kim")),
        (f"must read: {TITLE}, Ann Lee, Bo Kim", "", (TITLE, "Ann Lee, Bo Kim")),
        (f"Paper: {TITLE}, Ann Lee et al.", "; x", (TITLE, "Ann Lee et al.")),
        (f"SmolQ: {TITLE}, Ann Lee, Bo Kim", "", (f"SmolQ: {TITLE}", "Ann Lee, Bo Kim")),
        (f"{TITLE}, Ann Lee, Bo Kim", "is", None),
        (f"**{TITLE}**, good", "", None),
        ("Slow Cooking, Ann Lee", "", None),
    ],
)
def test_a_title_and_its_authors_stand_before_a_link_of_a_message(
    before: str, behind: str, cited: tuple[str, str] | None
) -> None:
    assert cited_before(before, behind) == cited


@pytest.mark.parametrize(
    ("words", "expected", "anywhere"),
    [
        (TITLE, True, True),
        (f"《{TITLE}》", True, True),
        ("3D Cooking of Models", True, True),
        ("Slow cooking of large models", True, False),
        ("Slow cooking now", False, False),
        ("slow cooking of large models", False, False),
        ("Slow cooking is what we need today.", False, False),
        (f"{TITLE}...", False, False),
        (f"{TITLE} https://a.org", False, False),
        ("Ann Lee, Bo Kim", False, False),
    ],
)
def test_words_with_capitals_are_a_title_and_four_without_where_one_is_expected(
    words: str, expected: bool, anywhere: bool
) -> None:
    assert [title_in(words, sure=sure) is not None for sure in (True, False)] == [
        expected, anywhere,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "least"),
    [(TITLE, 4), ("Slow Cooking", 2), ("What is it?", 3), ("A Survey", 2), ("Cooking", None),
     ("Slow cooking of models", None), (f"{TITLE}.", None), ("The heat of it", None)],
)  # fmt: skip
def test_a_title_has_as_many_words_as_are_asked_for_and_capitals(
    words: str, least: int | None
) -> None:
    asked = range(2, 6)
    assert [looks_like_title(words, words=number) for number in asked] == [
        least is not None and number <= least for number in asked
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("**{}**, {}. Good heat.", "Good heat"),
        ("**{}**, Lee, {}. Good.", "Good"),
        ("{}. Ann Lee, Bo Kim. {}. Good heat.", "Good heat"),
        ("**{}**, Ann Lee, {}: good", "good"),
    ],
)
def test_a_word_or_two_behind_the_id_of_an_item_is_said_of_its_paper(line: str, said: str) -> None:
    items = [(TITLE, ID), (f"Fast {TITLE}", "2401.00012")]
    entries = kept("# Ovens\n\n" + "".join(f"- {line.format(*item)}\n" for item in items))
    assert [(entry.title, entry.arxiv_id) for entry in entries] == items
    assert all(said in (entry.commentary or "") for entry in entries)


@pytest.mark.parametrize(
    "words", ["Talked about scaling laws, see", "As they do in", "Inspired by", "Voir"]
)
def test_words_that_lead_to_an_id_are_no_title(words: str) -> None:
    (entry,) = kept(f"- {words} {ID}\n".encode(), "notes.md")
    assert (entry.arxiv_id, entry.title, entry.commentary) == (ID, None, words)


def test_words_within_a_title_lead_nowhere() -> None:
    for title in ("Learning to See With", "What Models Are Made Of"):
        assert head_of_line(f"{title} ({ID})").title == title


@pytest.mark.parametrize(
    "cell", [f"{TITLE}, {ID}", f"{TITLE} (arXiv:{ID})", f"[{ID}] {TITLE}", f"{TITLE} {ID}v2"]
)
def test_an_id_in_the_cell_of_a_title_is_no_part_of_it(cell: str) -> None:
    table = f"| Date | Paper | Notes |\n|---|---|---|\n| 2024-03-01 | {cell} | good |\n"
    (entry,) = kept(table.encode(), "notes.md")
    assert (entry.arxiv_id, entry.title, entry.commentary) == (ID, TITLE, "good")


@pytest.mark.parametrize(
    "title",
    ["training compute-optimal language models", "layer normalization", "llama", "wav2vec 2.0"],
)
def test_a_title_in_small_letters_behind_an_id_is_one(title: str) -> None:
    (entry,) = kept(f"- {ID} {title}\n".encode(), "notes.md")
    assert (entry.arxiv_id, entry.title, entry.commentary) == (ID, title, None)


def test_names_with_initials_and_words_without_a_year_are_no_reference() -> None:
    log = f"- Mamba {ID}\n  - Gu A, Dao T. Both are now at startups.\n"
    entries = kept(log.encode(), "notes.md")
    assert [(e.arxiv_id, e.title) for e in entries if e.title] == [(ID, "Mamba")]
    assert head_of_line("Lee A, Kim B. Slow cooking of models. J Heat. 2021;13(1):60").title


@pytest.mark.parametrize("words", ["read later", "done", "skim again", "nice results on frying"])
def test_a_verdict_behind_an_id_is_what_was_said(words: str) -> None:
    (entry,) = kept(f"- {ID} {words}\n".encode(), "notes.md")
    assert (entry.title, entry.commentary) == (None, words)


@pytest.mark.parametrize(
    "title",
    [
        '"Is It Done?": Asking Many Large Ovens',
        "“Is It Done Yet?” Asking Many Large Ovens",
        "«Slow Heat»: Learning to Cook Models",
        '"Slow" Cooking of Models',
        '"Slow" Cooking: A Survey of "Ovens"',
        "„Langsam“ Kochen: Große Modelle",
    ],
)
def test_a_title_with_some_words_in_quotation_marks_is_whole(title: str) -> None:
    texts = {
        "line": f"- {title}. arXiv:{ID}\n",
        "link": f"- [{title}]({LINK})\n",
        "heading": f"## {title}\nAnn Lee, Bo Kim\n{LINK}\ngood\n",
        "lines": f"{title}\nAnn Lee, Bo Kim\n{LINK}\ngood\n",
    }
    for form, text in texts.items():
        (entry,) = kept(text.encode(), "read.md")
        assert (entry.title, entry.arxiv_id) == (title, ID), form


@pytest.mark.parametrize(
    "line",
    [
        f'"{TITLE}": very good {LINK}', f"“{TITLE}” Ann Lee, Bo Kim. {LINK}",
        f'"{TITLE}" (ICML 2024) {LINK}', f'["{TITLE}"]({LINK})', f'"{TITLE}" {LINK}',
    ],
)  # fmt: skip
def test_a_title_that_is_quoted_whole_loses_its_marks(line: str) -> None:
    assert head_of_line(line).title == TITLE
