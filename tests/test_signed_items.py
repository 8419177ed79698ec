"""Items of lists: who wrote the paper and when, in brackets; glued links; formulas. Invented."""

from __future__ import annotations

import json

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile

TITLE = "Slow Cooking of Models"
SECOND = "Ovens for Nearly Everyone"
LINK = "https://arxiv.org/abs/2401.00011"


def kept(content: str, name: str = "notes.md") -> list[Entry]:
    records = entries([InputFile(name, lambda: iter([content.encode()]))], FORMATS)
    return [record for record in records if isinstance(record, Entry)]


OTHERS = (
    "Lee et al., 2017|Lee y otros, 2017|Lee e colab., 2017|Lee u. a. 2017|Lee и др., 2017"
    "|Lee ほか, 2017|Leeら, 2017|Lee 等, 2017|Lee 외, 2017|Lee 외 3명, 2017|Lee i wsp., 2017"
    "|Lee他, 2017"
)


@pytest.mark.parametrize("others", OTHERS.split("|"))
def test_authors_in_brackets_end_with_others_in_any_language(others: str) -> None:
    first, second = kept(f"# Notes\n\n- {TITLE} ({others})\n- {SECOND} ({others}) good\n")
    for entry, title in ((first, TITLE), (second, SECOND)):
        assert (entry.title, entry.authors, entry.authors_complete) == (title, ("Lee",), False)
        assert entry.published == "2017"
    assert (first.commentary, second.commentary) == (None, "good")


def test_wide_brackets_are_brackets() -> None:
    first, second = kept(f"# 笔记\n\n- {TITLE}（王小明等，2017）\n- {SECOND}（Lee等人，2018）\n")
    assert (first.title, first.authors) == (TITLE, ("王小明",))
    assert (second.title, second.authors) == (SECOND, ("Lee",))


@pytest.mark.parametrize("names", ["Lee y Kim", "Lee e Kim", "Lee och Kim", "Ли и Ким", "Ли, Ким"])
def test_two_family_names_before_a_year_are_two_people(names: str) -> None:
    _, second = kept(f"# Notes\n\n- {TITLE} (Lee et al., 2017)\n- Ovens at Home ({names}, 2021)\n")
    assert (second.title, len(second.authors or ())) == ("Ovens at Home", 2)


def test_one_link_among_signed_items_makes_no_note_of_a_list() -> None:
    items = [f"{TITLE} (Lee et al., 2017) {LINK}", f"{SECOND} (Lee & Kim, 2018)"]
    first, second = kept(f"# Notizen\n\n- {items[0]}\n- {items[1]}\n")
    assert (first.title, first.arxiv_id) == (TITLE, "2401.00011")
    assert (second.title, second.arxiv_id) == (SECOND, None)


def test_headings_with_authors_in_brackets_are_papers() -> None:
    text = f"## {TITLE} (Lee et al., 2017)\n\nGood.\n\n## {SECOND} (Lee, Kim)\n\nLess so.\n"
    first, second = kept(text)
    assert (first.title, first.authors, first.commentary) == (TITLE, ("Lee",), "Good.")
    assert (second.title, second.commentary) == (SECOND, "Less so.")


def test_the_day_of_a_sentence_behind_names_stays_whole() -> None:
    first, _ = kept(f"- {TITLE}, Lee et al., 2024-05-03: good {LINK}\n- {SECOND} (Lee, Kim)\n")
    assert "-05-03" not in (first.commentary or "").removeprefix("2024-05-03")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Lee et al.", ("Lee",)), ("Ann Lee et al", ("Ann Lee",)), ("Lee u.a.", ("Lee",)),
        ('"Lee, Kim et al"', ("Lee", "Kim")), ('"Lee, A., Kim, B., et al."', ("A. Lee", "B. Kim")),
        ("이안 외 3명", ("이안",)), ("王小明等", ("王小明",)), ("Lee et al. (2017)", ("Lee",)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_cell_of_a_table_may_leave_out_authors(
    cell: str, names: tuple[str, ...], delimiter: str
) -> None:
    rows = (("title", "authors", "link"), (TITLE, cell, LINK))
    (entry,) = kept("\n".join(delimiter.join(row) for row in rows) + "\n", "papers.csv")
    assert (entry.authors, entry.authors_complete) == (names, False)


@pytest.mark.parametrize("mark", [";", ",", "|", "；", "; "])
def test_links_with_a_mark_between_them_are_papers_each(mark: str) -> None:
    ids = [f"2401.0001{number}" for number in range(5)]
    links = [f"https://arxiv.org/abs/{arxiv_id}" for arxiv_id in ids]
    read = kept(f"{mark.join(links[:3])}\n{mark.join(links[3:])}\n", "links.txt")
    assert [entry.arxiv_id for entry in read] == ids


@pytest.mark.parametrize("form", ["- {}, {}", "- [{}]({})", "1. **{}** {}", "## {}\n{}"])
@pytest.mark.parametrize(
    "title", [r"Sorting in $\mathbb{Z}_2$ Ovens", r"A $k_{max}$ Bound for $SU(3)_c$"]
)
def test_a_formula_in_a_title_keeps_its_underscores(form: str, title: str) -> None:
    second = form.format(SECOND, "https://arxiv.org/abs/2401.00012")
    first, _ = kept(f"{form.format(title, LINK)}\n\n{second}\n")
    assert first.title == title


def test_a_link_at_one_of_three_signed_items_leaves_the_others_papers() -> None:
    items = (f"{TITLE} (Lee y otros, 2024): {LINK}", f"{SECOND} (Kim y otros, 2023)")
    read = kept(
        f"# Lecturas\n\n- {items[0]}\n- {items[1]}\n- Sobre Hornos y Ollas (Ng et al., 2021)\n"
    )
    assert [entry.title for entry in read] == [TITLE, SECOND, "Sobre Hornos y Ollas"]


def test_links_of_one_cell_without_a_gap_are_links_each() -> None:
    other = LINK.replace("11", "12")
    (entry,) = kept(f"title,url,notes\n{TITLE},{LINK};{other},good\n", "papers.csv")
    assert (entry.arxiv_id, entry.links) == ("2401.00011", (LINK, other))


def test_of_references_on_lines_in_turn_the_one_with_an_id_is_the_paper() -> None:
    own = 'Jo Day and Al Fox, "Frying of Kernels," arXiv:2103.00003, 2021.'
    (entry,) = kept(f'Mia Roe, "Ovens for All Seasons," 2022.\n{own}\n')
    assert (entry.title, entry.authors) == ("Frying of Kernels", ("Jo Day", "Al Fox"))


def test_a_smiley_opens_no_bracket() -> None:
    first, _ = kept(f"- {TITLE} {LINK} - costs more :( but fine\n- {SECOND} {LINK[:-2]}12\n")
    assert first.commentary == "costs more :( but fine"


@pytest.mark.parametrize(
    "things",
    ["图像（照片、视频等）检索方法", "言語（日本語、英語等）横断検索の学習",
     "深層学習（CNN、RNN等）入門", "多言語（中国語、韓国語ほか）翻訳",
     "家庭烤箱的检索（照片、视频等）", "料理の学習（山田ら）の方法と応用"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["- {} {}", "## {}\n\n{}\n"])
def test_examples_in_wide_brackets_are_of_the_title(things: str, form: str) -> None:
    first, _ = kept("\n".join(form.format(title, LINK) for title in (things, SECOND)) + "\n")
    assert (first.title, first.authors) == (things, None)


WHOLE = (
    "Rahman M. M.|Smith E. A.|Lee A., Khan U. A.|Ann Lee, Rahman M. M.|桜井さくら|高橋つら|김소외"
    "|李他|黒柳つばさ, 宮崎あきら|Nguyen Thi Ym|Ann Lee, Min Ym|Anna Ja Kump|Tran I In"
    "|Sara And More"
)


@pytest.mark.parametrize("names", WHOLE.split("|"))
def test_initials_and_ends_of_names_are_not_others(names: str) -> None:
    (row,) = kept(f'title,authors,link\n{TITLE},"{names}",{LINK}\n', "papers.csv")
    listed = json.dumps([{"title": TITLE, "authors": names.split(", "), "link": LINK}])
    (item,) = kept(listed, "papers.json")
    for entry in (row, item):
        assert (entry.authors, entry.authors_complete) == (tuple(names.split(", ")), True)


def test_initials_in_notes_are_not_others() -> None:
    first, _ = kept(f"- {TITLE} (Rahman M. M., Lee B., 2023) {LINK}\n- {SECOND} (Lee, Kim)\n")
    assert (first.authors, first.authors_complete) == (("Rahman M. M.", "Lee B"), True)


@pytest.mark.parametrize(
    "others", ["山田ら", "スミスら", "山田 ら", "山田太郎他", "山田他2名", "김민준외"]
)
def test_others_behind_a_name_without_a_gap(others: str) -> None:
    (entry,) = kept(f"title,authors,link\n{TITLE},{others},{LINK}\n", "papers.csv")
    assert not entry.authors_complete
    assert others.startswith(entry.authors or ("?",))
    assert entry.authors != (others,)


def test_others_in_an_item_of_json() -> None:
    listed = json.dumps([{"title": TITLE, "authors": ["Lee, Ann and others"], "link": LINK}])
    (entry,) = kept(listed, "papers.json")
    assert (entry.authors, entry.authors_complete) == (("Ann Lee",), False)


def test_others_in_a_list_of_front_matter() -> None:
    matter = f"---\ntitle: {TITLE}\nauthors: [Ann Lee, Bo Kim, et al.]\narxiv: 2401.00011\n---\n"
    (entry,) = kept(f"{matter}\nGood.\n")
    assert (entry.authors, entry.authors_complete) == (("Ann Lee", "Bo Kim"), False)


@pytest.mark.parametrize("others", ["木村他", "김외"])
def test_others_behind_a_short_name_have_a_year(others: str) -> None:
    first, _ = kept(f"# Notes\n\n- {TITLE} ({others}, 2017) {LINK}\n- {SECOND} ({others}, 2018)\n")
    assert (first.authors, first.authors_complete) == ((others[:-1],), False)


@pytest.mark.parametrize("level", ["#", "##"])
@pytest.mark.parametrize("names", ["(Lee et al., 2020)", "(Ann Lee, Bo Kim)"])
def test_a_signed_heading_below_that_of_a_paper_is_a_section(level: str, names: str) -> None:
    below = f"{level}# Comparison with Earlier Ovens {names}\n\nFaster.\n"
    (entry,) = kept(f"{level} {TITLE}\n\n{LINK}\n\n{below}")
    assert (entry.title, entry.arxiv_id) == (TITLE, "2401.00011")
    assert "Faster." in (entry.commentary or "")


@pytest.mark.parametrize(
    "names",
    ["Сидоров В. и др.", "Silva J. y otros", "Silva, J. u. a.", "Novák J. a kol.", "Ек А., и др."],
)
def test_others_may_stand_behind_initials(names: str) -> None:
    reference = f"- {names} «Slow Cooking of Large Models» (2023) — {LINK}. Good.\n"
    (entry, _) = kept(reference + f"- {SECOND} {LINK[:-2]}12\n")
    assert (entry.title, entry.commentary) == ("Slow Cooking of Large Models", "Good")
    assert (len(entry.authors or ()), entry.authors_complete) == (1, False)


def test_initials_in_small_letters_are_not_others() -> None:
    (entry,) = kept(f"title,authors,link\n{TITLE},rahman m. m.,{LINK}\n", "papers.csv")
    assert (entry.authors, entry.authors_complete) == (("rahman m. m.",), True)


@pytest.mark.parametrize(
    "column", ["My thoughts", "Mein Kommentar", "Mes notes", "我的笔记", "내 메모"]
)
def test_a_column_may_say_whose_remarks_it_holds(column: str) -> None:
    head = f"Name,Authors,Link,{column}\n"
    rows = (
        'Slow Cooking of Models,Ann Lee,https://arxiv.org/abs/2401.00011,"Nice, and slow"\n'
        "Ovens for Everyone,Bo Kim,https://arxiv.org/abs/2401.00012,\n"
    )
    first, _ = kept(head + rows, "papers.csv")
    assert (first.commentary, first.tags) == ("Nice, and slow", ())


def test_a_column_of_days_by_its_german_name_holds_no_tags() -> None:
    rows = f"{TITLE},{LINK},2024-09-05\n{SECOND},{LINK[:-2]}12,2024-09-06\n"
    first, _ = kept(f"Titel,Link,Mein Tag\n{rows}", "papers.csv")
    assert (str(first.date), first.tags) == ("2024-09-05", ())


@pytest.mark.parametrize("cell", ["王等", "王 等", "张、李等", "王等人", "林ら", "王 et al."])
def test_one_character_is_a_family_where_authors_are_stated(cell: str) -> None:
    table = f"| 标题 | 作者 | 链接 |\n|---|---|---|\n| {TITLE} | {cell} | {LINK} |\n"
    first, _ = kept(f"{table}| {SECOND} | 李明 | {LINK[:-2]}12 |\n")
    assert (set("".join(first.authors or ())), first.authors_complete) == (
        set(cell) & set("王张李林"),
        False,
    )


@pytest.mark.parametrize("words", ["平等", "高等", "中等", "何等", "我等"])
def test_a_word_below_a_title_is_no_family(words: str) -> None:
    assert kept(f"## {TITLE}\n{words}\n{LINK}\n")[0].authors is None


def test_others_behind_a_list_of_things_make_no_authors() -> None:
    (entry, _) = kept(
        f"- Мы сравниваем C++, Python, и др. языки {LINK}\n- {SECOND} {LINK[:-2]}12\n"
    )
    assert entry.authors is None
