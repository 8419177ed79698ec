"""Authors in brackets on the line below a title, in the ways that people write them."""

from __future__ import annotations

import pytest
from test_exports_of_others import kept

from pipeline.digests.header import authors_of_line
from pipeline.digests.people import people_of
from pipeline.model.records import Entry

TITLES = (
    "Reasoning in Large Language Models", "大規模言語モデルの推論を高速化する手法",
    "대규모 언어 모델의 추론을 빠르게 하는 방법",
)  # fmt: skip
LINK = "https://arxiv.org/abs/2504.00324"


def entry(above: str, title: str) -> Entry:
    """The one entry of a digest of a day."""
    text = f"2025-04-01\n{above}\n{LINK}\n좋은 생각이다.\n"
    (found,) = kept(text, "digest.txt")
    assert (found.arxiv_id, found.title, found.mentions) == ("2504.00324", title, ())
    return found


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("（Taro Yamada、Hanako Suzuki）", ("Taro Yamada", "Hanako Suzuki")),
        ("（山田太郎、鈴木花子）", ("山田太郎", "鈴木花子")),
        ("（王小明，李雷）", ("王小明", "李雷")),
        ("(山田太郎・鈴木花子)", ("山田太郎", "鈴木花子")),
        ("(김민준·이서연)", ("김민준", "이서연")),
        ("(김민준/이서연)", ("김민준", "이서연")), ("[Ann Lee, Bo Kim]", ("Ann Lee", "Bo Kim")),
        ("(محمد علي، فاطمة الزهراء)", ("محمد علي", "فاطمة الزهراء")),
    ],
)  # fmt: skip
def test_names_in_any_brackets_wrote_the_paper(
    line: str, names: tuple[str, ...], title: str
) -> None:
    found = entry(f"{title}\n{line}", title)
    assert (found.authors, found.authors_complete) == (names, True)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("line", ["(김민준 외 3명)", "(김민준 외)", "（김민준 등 4인）"])
def test_one_name_and_others_wrote_the_paper(line: str, title: str) -> None:
    found = entry(f"{title}\n{line}", title)
    assert (found.authors, found.authors_complete) == (("김민준",), False)


def test_full_width_brackets_behind_a_title_hold_its_authors() -> None:
    for title in TITLES[:2]:
        assert entry(f"{title}（山田太郎、鈴木花子）", title).authors == ("山田太郎", "鈴木花子")


@pytest.mark.parametrize(
    "line", ["[PDF, Code]", "[Graph Theory, Number Theory]", "【推理、加速】", "（2025年4月1日）"]
)
def test_tags_links_and_days_in_brackets_are_no_authors(line: str) -> None:
    assert authors_of_line(line) is None


def test_a_field_of_authors_has_the_commas_of_other_scripts() -> None:
    assert people_of("山田太郎、鈴木花子") == ["山田太郎", "鈴木花子"]
    assert people_of("محمد علي، فاطمة الزهراء") == ["محمد علي", "فاطمة الزهراء"]


@pytest.mark.parametrize("authors", ["（山田太郎、鈴木花子）", "[Ann Lee, Bo Kim]"])
def test_a_title_with_names_in_such_brackets_begins_the_next_entry(authors: str) -> None:
    text = f"2025-04-01\n{TITLES[0]}\n(Cy Ng, Di Roe)\n{LINK}\n좋다.\n"
    text += f"{TITLES[1]}\n{authors}\nhttps://arxiv.org/abs/2504.00325\n빠르다.\n"
    assert [found.title for found in kept(text, "digest.txt")] == [*TITLES[:2]]
