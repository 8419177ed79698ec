"""Items of lists whose link stands on a line of its own, and the properties of outlines."""

from __future__ import annotations

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile

FIRST, SECOND = "https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00002"


def read(text: str, name: str = "notes.md") -> list[Entry]:
    records = entries([InputFile(name, lambda: iter([text.encode()]))], FORMATS)
    return [record for record in records if isinstance(record, Entry)]


def told(text: str, name: str = "notes.md") -> list[tuple[str | None, str | None]]:
    return [(entry.title, entry.arxiv_id) for entry in read(text, name)]


@pytest.mark.parametrize(
    "link", ["{}", "url:: {}", "link: {}", "authors:: Ann Lee, Bo Kim\n  url:: {}"]
)
def test_a_title_in_small_letters_keeps_the_link_that_stands_below_it(link: str) -> None:
    below = [link.format(FIRST), link.format(SECOND)]
    text = f"- Stone-sorting rivers survey\n  {below[0]}\n- Pebble networks\n  {below[1]}\n"
    titles = ("Stone-sorting rivers survey", "Pebble networks")
    assert told(text) == [(titles[0], "2401.00001"), (titles[1], "2401.00002")]


def test_a_link_below_a_title_is_not_of_the_item_above() -> None:
    text = f"- Stone-sorting rivers survey {FIRST}\n- Pebble networks\n  url:: {SECOND}\n"
    assert [(entry.arxiv_id, entry.mentions) for entry in read(text)] == [
        ("2401.00001", ()), ("2401.00002", ()),
    ]  # fmt: skip
    assert (read(text)[1].line_start, read(text)[1].line_end) == (2, 3)


def test_a_point_with_the_one_link_of_its_paper_is_below_its_title() -> None:
    (entry,) = read(f"- Stone-sorting rivers survey\n    - {FIRST}\n    - nice figures\n")
    assert (entry.title, entry.commentary) == ("Stone-sorting rivers survey", "nice figures")


def test_a_subject_with_several_links_is_no_title() -> None:
    text = f"- River stones and sand\n    - {FIRST}\n    - {SECOND}\n"
    assert told(text) == [(None, "2401.00001"), (None, "2401.00002")]


def test_a_block_of_an_outline_is_called_by_its_item_and_not_by_its_file() -> None:
    text = f"- Stone-sorting of rivers #sand\n  authors:: Ann Lee\n  url:: {FIRST}\n\t- good\n"
    (entry,) = read(text, "2024_09_05.md")
    assert (entry.title, entry.tags) == ("Stone-sorting of rivers", ("sand",))
    assert entry.commentary == "good"


@pytest.mark.parametrize("lead", ["[[Paper]] ", "DONE [[Paper]] ", "#paper "])
def test_the_kind_of_an_item_and_its_tags_are_no_part_of_its_title(lead: str) -> None:
    (entry,) = read(f"- {lead}Stone Sorting in Fast Rivers #sand {FIRST}\n")
    assert entry.title == "Stone Sorting in Fast Rivers"
    assert "sand" in entry.tags


@pytest.mark.parametrize(
    "id_of", [FIRST, "arXiv:2401.00001", "[arXiv](https://arxiv.org/abs/2401.00001)"]
)
def test_families_and_a_year_behind_a_title_in_small_letters_are_who_wrote_it(id_of: str) -> None:
    text = f"- Sand, stones and slow rivers, Lee, Kim & García-Ruiz (2023). {id_of}\n"
    (entry,) = read(text)
    assert entry.title == "Sand, stones and slow rivers"
    assert entry.authors == ("Lee", "Kim", "García-Ruiz")


def test_a_year_in_a_title_is_no_sign_of_authors() -> None:
    (entry,) = read(f"- Sorting Stones, Sand & Clay in Rivers {FIRST}\n")
    assert entry.title == "Sorting Stones, Sand & Clay in Rivers"


def test_an_item_of_a_page_in_bold_with_names_is_a_paper() -> None:
    link = f'<a href="{FIRST}">arXiv</a>'
    page = "<html><body><ul><li><b>Tri des pierres</b>, {} — {} — à relire</li></ul></body></html>"
    (entry,) = read(page.format("A. Lee, B. Kim", link), "page.html")
    assert (entry.title, entry.authors) == ("Tri des pierres", ("A. Lee", "B. Kim"))
    assert read(page.format("voir ici", link), "page.html") == []
