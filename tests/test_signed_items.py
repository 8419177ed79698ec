"""Items of lists: who wrote the paper and when, in brackets; glued links; formulas. Invented."""

from __future__ import annotations

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
