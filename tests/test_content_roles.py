"""What the columns and fields of a file are, told by what stands in them."""

from __future__ import annotations

import pytest
from test_exports_of_others import kept, read

from pipeline.digests.content_roles import is_authors, is_lone_link, may_be_title, roles_by_content
from pipeline.model.records import Skip

ID = "2401.00011"
LINK = f"https://arxiv.org/abs/{ID}"
TITLES = [f"{word} Cooking of Models" for word in ("Slow", "Fast", "Warm", "Cold", "Late")]
LINKS = [f"https://arxiv.org/abs/2401.0001{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("Hot oven", True), ("Hot oil", False), ("Slowness", False), ("느린 요리를 배우다", True),
        (f"Oven {'x' * 295}", True), (f"Oven {'x' * 296}", False), ("Hot oven.", False),
        ("Hot oven!", False), ("What is hot?", True), ("An oven is hot. We see it", False),
        (f"Oven {LINK}", False), ("Hot\noven of it", False),
    ],
)  # fmt: skip
def test_a_title_is_some_words_of_eight_to_300_characters(value: str, title: bool) -> None:
    assert may_be_title(value) is title


@pytest.mark.parametrize(
    ("value", "link", "names"),
    [
        (LINK, True, False), (ID, True, False), (f"{LINK} good", False, False),
        ("https://a.org/x", False, False), ("Ann Lee, Bo Kim", False, True),
        ("Lee, Ann; Kim, Bo", False, True), ("Ann Lee, Bo Kim, good", False, False),
        ("hot", False, False),
    ],
)  # fmt: skip
def test_a_value_is_a_link_or_names_where_nothing_else_is_in_it(
    value: str, link: bool, names: bool
) -> None:
    assert (is_lone_link(value), is_authors(value)) == (link, names)


def test_four_of_five_values_tell_what_a_column_is() -> None:
    for odd, role in ((1, "title"), (2, None)):
        column = [*TITLES[odd:], *(f"{n}" for n in range(odd))]
        assert roles_by_content({"a": LINKS, "b": column}, ()).get("b") == role
    for odd, role in ((1, "link"), (2, None)):
        column = [*LINKS[odd:], *("no" for _ in range(odd))]
        assert roles_by_content({"a": column, "b": TITLES}, ()).get("a") == role


def test_titles_are_hardly_ever_alike() -> None:
    many = [f"{title} {number}" for number in range(2) for title in TITLES]
    for alike, role in ((2, "title"), (3, None)):
        column = [many[0]] * alike + many[alike:]
        assert roles_by_content({"a": LINKS * 2, "b": column}, ()).get("b") == role


@pytest.mark.parametrize(
    ("column", "role"),
    [
        (["hot", "hot", "cold"], "tags"),
        (["hot, slow", "cold, warm", "new"], "tags"),
        (["hot, slow", "cold", "new"], None),
        (["hot", "cold", "new"], None),
        (["1", "1", "2"], None),
        (["a b c", "a b c", "d"], "tags"),
        (["a b c d", "a b c d", "a b c d"], "notes"),
        (["x" * 30, "x" * 30, "d"], "tags"),
        (["x" * 31, "x" * 31, "d"], None),
        (["hot and very slow", "an oven as it is", "no"], "notes"),
        (["hot and very slow", "no", "yes it is"], None),
        (["불이 중요하다고봅니다", "불이 중요하다고 봅니다", "느리지만 그래도 좋아요"], "notes"),
    ],
)
def test_words_that_come_again_are_tags_and_four_words_are_notes(
    column: list[str], role: str | None
) -> None:
    roles = roles_by_content({"a": LINKS[:3], "b": TITLES[:3], "c": column}, ())
    assert roles.get("c") == role


def test_one_column_each_is_the_days_the_authors_the_tags_and_the_notes() -> None:
    days = ["2024-03-01", "2024-03-02", "2024-04-03"]
    names = ["Ann Lee, Bo Kim", "Cy Ng, Di Fox", "Ann Lee, Di Fox"]
    columns = {"l": LINKS[:3], "d": days, "e": days, "n": names, "t": TITLES[:3]}
    roles = roles_by_content(columns, ())
    assert roles == {"l": "link", "d": "added", "n": "authors", "t": "title"}
    assert roles_by_content({"t": TITLES}, ("title",)) == {"t": "notes"}
    assert roles_by_content({"l": LINKS, "n": ["no"] * 5}, ()) == {}


def test_a_column_without_a_known_name_is_read_where_two_rows_and_three_columns_tell() -> None:
    rows = [f"{title},{link},hot and very slow" for title, link in zip(TITLES, LINKS, strict=True)]
    for count, said in ((2, "hot and very slow"), (1, None)):
        entries = kept("\n".join(["Title,Link,Heat of it", *rows[:count]]) + "\n", "a.csv")
        assert [entry.commentary for entry in entries] == [said] * count


@pytest.mark.parametrize(
    ("people", "authors"),
    [
        ("Lee, Ann; Kim, Bo", ("Ann Lee", "Bo Kim")),
        ("Lee, Ann and Kim, Bo", ("Ann Lee", "Bo Kim")),
        ("Ann Lee and Bo Kim", ("Ann Lee", "Bo Kim")),
        ("Ann Lee, Bo Kim, and Cy Ng", ("Ann Lee", "Bo Kim", "Cy Ng")),
        ("(Ann Lee, Bo Kim)", ("Ann Lee", "Bo Kim")),
        ("Lee, Ann", ("Ann Lee",)),
        ("Ann Lee, Bo Kim", ("Ann Lee", "Bo Kim")),
        ("김도현, 이서연", ("김도현", "이서연")),
    ],
)
def test_a_cell_of_authors_is_people_in_either_order(people: str, authors: tuple[str, ...]) -> None:
    (entry,) = kept(f'Title,Authors,arXiv\n{TITLES[0]},"{people}",{ID}\n', "a.csv")
    assert entry.authors == authors


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [("2401.00011", False), ("-", False), ("n/a", False), ("2401.1", True), ("2.40E+03", True)],
)
def test_an_id_that_a_spreadsheet_spoilt_costs_its_row_and_none_costs_nothing(
    cell: str, wrong: bool
) -> None:
    (record,) = read(f"Title,arXiv\n{TITLES[0]},{cell}\n", "a.csv")
    assert isinstance(record, Skip) is wrong


def test_a_row_with_a_cell_too_many_is_left_out_and_with_blank_ones_is_not() -> None:
    head, row = "Title,arXiv\n", f"{TITLES[0]},{ID}"
    assert [entry.arxiv_id for entry in kept(f"{head}{row},,\n{row}\n", "a.csv")] == [ID, ID]
    assert isinstance(read(f"{head}{row},more\n", "a.csv")[0], Skip)


def test_an_apostrophe_that_guards_a_cell_is_no_part_of_it_and_quotes_are() -> None:
    cells = ("'=Heat", "''Heat'", "''Heat''", "'Heat'")
    rows = "".join(f"{TITLES[0]},{ID},{cell}\n" for cell in cells)
    said = [entry.commentary for entry in kept(f"Title,arXiv,Notes\n{rows}", "a.csv")]
    assert said == ["=Heat", "'Heat'", "''Heat''", "'Heat'"]
