"""Lists of ids, reading lists in markdown, and daily tables."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
from conftest import SEED
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import soon_done

from pipeline.digests import written
from pipeline.model.records import Entry, Skip, Text

IDS = """\
# to read
2024-09-05
2409.01524
https://arxiv.org/abs/2409.02326v2 Arctic-SnowCoder: Demystifying High-Quality Data
- https://arxiv.org/pdf/2409.02327 나중에 다시 #llm #code
- Another Title (Ann Lee, Bo Kim) [2409.02328](https://arxiv.org/abs/2409.02328)
hep-th/9901001
1409.0473
arXiv:1706.03762, https://arxiv.org/abs/1810.04805 고전
10.48550/arXiv.2005.14165
https://huggingface.co/papers/2409.00001
https://www.alphaxiv.org/abs/2409.00002/
https://arxiv.org/html/2409.00005v1
// a line without link
2024-13-05
https://openai.com/o1 써 보자
"""
AWESOME = """\
# Awesome LLM [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

A curated list of papers.
## Contents
- [Surveys](#surveys)
  - [Older ones](#older)

## Surveys

- [A Survey of Large Language Models](https://arxiv.org/abs/2303.18223) - Wayne Zhao, Kun Zhou, 2023
  - [code](https://github.com/RUCAIBox/LLMSurvey)
  - 아주 긴 서베이. [LLaMA](https://arxiv.org/abs/2302.13971)도 보자.
- **Scaling Laws for Neural Language Models** (https://arxiv.org/abs/2001.08361)
- Attention Is All You Need, *Ashish Vaswani, Noam Shazeer*, NeurIPS 2017, [Paper](https://papers.nips.cc/paper/7181) #transformer
- [Some New Paper](https://openreview.net/forum?id=abc) [![Star](https://img.shields.io/a/b)](https://github.com/a/b)
- **A Title Without Link**, Ann Lee and Bo Kim
- Nothing but words
"""  # noqa: E501
NUMBERED = """\
1. Deep Residual Learning. Kaiming He, Xiangyu Zhang. [[pdf]](https://arxiv.org/pdf/1512.03385) [[code]](https://github.com/k/r)
2. BERT: Deep Bidirectional Transformers. Jacob Devlin et al. NAACL 2019. [[pdf]](https://aclanthology.org/N19-1423/)
3. [ViT: An Image is Worth 16x16 Words](https://proceedings.mlr.press/v1/vit.html). ICLR 2021.
"""
HEADINGS = """\
# Reading group
### Compute-Optimal Language Models (https://arxiv.org/abs/2203.15556)
Jordan Hoffmann, Sebastian Borgeaud

친칠라.

### [OPT: Open Pre-trained Transformers](https://arxiv.org/abs/2205.01068)
- [code](https://github.com/f/m)
"""
TABLE = r"""## SLAM
|Publish Date|Title|Authors|PDF|Code|
|---|---|---|---|---|
|**2024-09-03**|**Some \| Title**|First Author et.al.|[2409.01524](http://arxiv.org/abs/2409.01524)|null|
|**2024-13-03**|**Other**|Ann Lee, Bo Kim|[2409.01525v2](http://arxiv.org/abs/2409.01525v2)|**[link](https://github.com/a/b)**|

<p align=right>(<a href=#top>back to top</a>)</p>

| 링크 | 논문 | 저자 | 태그 | 메모 | 날짜 |
|:--|:--:|--:|---|---|---|
| https://arxiv.org/pdf/2409.01526 | 한국어 제목 | 홍길동, 김철수 | llm, rl | <details>좋다 &amp;<br>2409.00001</details> | 2024년 9월 4일 |
"""  # noqa: E501
NOTE = """\
https://arxiv.org/abs/2409.02326
*Arctic-SnowCoder: Demystifying Data* (Yuxiang Wei, Hojae Han)
> We study the thing that everyone studies and find what nobody found.
Snowflake의 코드 LLM 연구. [[SnowCoder]]와 비슷하다.
#code #llm
"""
PDF = "https://arxiv.org/abs/2409.00003"
SAMPLES = {
    "ids": IDS, "table": TABLE, "awesome": AWESOME, "numbered": NUMBERED, "headings": HEADINGS,
}  # fmt: skip
PLAIN = SEED.read_text(encoding="utf-8")
LINKED = "https://arxiv.org/abs/2409.02326\nA Title\n(Ann Lee)\n좋다.\n#a\n"


def text_of(content: str) -> Text:
    return Text("list.md", content.splitlines())


def read(content: str) -> tuple[list[Entry], list[Skip]]:
    records = list(written.FORMAT.read(text_of(content)))
    entries = [record for record in records if isinstance(record, Entry)]
    return entries, [record for record in records if isinstance(record, Skip)]


def test_an_id_is_found_in_every_form_and_each_line_that_is_no_comment_gives_its_own() -> None:
    entries, _ = read(IDS)
    assert [(entry.line_start, entry.arxiv_id) for entry in entries] == [
        (3, "2409.01524"), (4, "2409.02326"), (5, "2409.02327"), (6, "2409.02328"),
        (7, "hep-th/9901001"), (8, "1409.0473"), (9, "1706.03762"), (9, "1810.04805"),
        (10, "2005.14165"), (11, "2409.00001"), (12, "2409.00002"), (13, "2409.00005"),
        (16, None),
    ]  # fmt: skip
    first, second = (entry for entry in entries if entry.line_start == 9)
    assert (first.links, second.links) == ((), ("https://arxiv.org/abs/1810.04805",))
    assert (first.commentary, first.mentions, second.commentary) == ("고전", (), None)
    assert (entries[-1].links, entries[-1].commentary) == (("https://openai.com/o1",), "써 보자")


@pytest.mark.parametrize(
    ("line", "title", "comment"),
    [
        ("* [2409.00003] Deep Nets - 다시 볼 것", "Deep Nets", "다시 볼 것"),
        ("2409.00003: We tried this. It works.", "", "We tried this. It works."),
        ("- [2409.00003](https://arxiv.org/abs/2409.00003) Deep Nets", "Deep Nets", ""),
        ("이 논문 (https://arxiv.org/abs/2409.00003) 좋다. #llm", "", "이 논문 좋다."),
        ("Deep Nets <https://arxiv.org/abs/2409.00003>", "Deep Nets", ""),
    ],
)
def test_words_beside_an_id_are_title_or_comment(line: str, title: str, comment: str) -> None:
    (entry,), _ = read(line)
    assert (entry.title or "", entry.commentary or "") == (title, comment)
    assert (entry.arxiv_id, entry.tags) == ("2409.00003", ("llm",) if "#" in line else ())


def test_a_date_rules_the_lines_after_it_and_an_impossible_one_is_skipped() -> None:
    entries, (skip,) = read(IDS)
    dates = {entry.line_start: entry.date for entry in entries}
    assert (dates[3], dates[13], dates[16]) == (date(2024, 9, 5), date(2024, 9, 5), None)
    assert skip.key == "list.md:15"
    content = "## 2024-09-05\n- [Nets](https://a.org)\n## 2024-02-31\n- [Nets](https://b.org)"
    (first, second), (skip,) = read(content)
    assert (first.date, skip.key, second.date) == (date(2024, 9, 5), "list.md:3", None)


def test_a_list_item_takes_what_is_nested_in_it() -> None:
    entry = read(AWESOME)[0][0]
    assert (entry.line_start, entry.line_end) == (10, 12)
    assert entry.authors == ("Wayne Zhao", "Kun Zhou")
    assert entry.links[1] == "https://github.com/RUCAIBox/LLMSurvey"
    assert entry.commentary == "아주 긴 서베이. [LLaMA](https://arxiv.org/abs/2302.13971)도 보자."
    assert [mention.arxiv_id for mention in entry.mentions] == ["2302.13971"]


def test_contents_headings_prose_and_bare_bullets_are_no_entries() -> None:
    entries, skips = read(AWESOME)
    assert ([entry.line_start for entry in entries], skips) == ([10, 13, 14, 15, 16], [])
    for line in ("- **Note**: nothing", "- Ann Lee, Bo Kim", "- [Nets](#nets) by Ann Lee, Bo Kim"):
        assert read(line) == ([], [])


@pytest.mark.parametrize(
    ("line", "names", "arxiv_id"),
    [
        (f"- **Deep Nets** ({PDF})", "", "2409.00003"),
        (f"- [Deep Nets]({PDF}) - Ann Lee, Bo Kim, ICML 2023", "Ann Lee, Bo Kim", "2409.00003"),
        (f"7) Deep Nets. Ann Lee, Bo Kim. [[pdf]]({PDF})", "Ann Lee, Bo Kim", "2409.00003"),
        (f"* Lee et al. Deep Nets. ICML 2023. [pdf]({PDF})", "Lee", "2409.00003"),
        ("+ Deep Nets, *Ann Lee, Bo Kim*, ACL, [Paper](https://a.org)", "Ann Lee, Bo Kim", None),
        ("- [2024/09] **[Deep Nets](https://openreview.net/forum?id=1)**", "", None),
        ("- **Deep Nets**, Ann Lee and Bo Kim", "Ann Lee, Bo Kim", None),
        (f"- **Deep Nets**\n  Ann Lee, Bo Kim\n  [pdf]({PDF})", "Ann Lee, Bo Kim", "2409.00003"),
        (f"- [pdf]({PDF}) Deep Nets", "", "2409.00003"),
        (f'- <b>Deep Nets</b>. <a href="{PDF}">pdf</a>', "", "2409.00003"),
        (f"- [Deep Nets](https://openaccess.thecvf.com/d.pdf) extends [Nets]({PDF})", "", None),
        (f"- [Deep Nets]({PDF}): language models, code generation", "", "2409.00003"),
    ],
)
def test_an_item_is_read_however_it_is_written(line: str, names: str, arxiv_id: str | None) -> None:
    (entry,), _ = read(line)
    assert (entry.title, ", ".join(entry.authors or ())) == ("Deep Nets", names)
    assert (entry.arxiv_id, entry.line_end) == (arxiv_id, line.count("\n") + 1)
    assert entry.authors_complete == (names not in {"", "Lee"})


def test_links_to_other_places_than_arxiv_are_kept_and_badges_are_not() -> None:
    by_line = {entry.line_start: entry for entry in read(AWESOME)[0]}
    assert (by_line[14].arxiv_id, by_line[14].tags) == (None, ("transformer",))
    assert by_line[14].links == ("https://papers.nips.cc/paper/7181",)
    assert by_line[15].links == ("https://openreview.net/forum?id=abc", "https://github.com/a/b")


def test_a_heading_with_a_link_is_a_paper_up_to_the_next_heading() -> None:
    (first, second), _ = read(HEADINGS)
    assert (first.title, first.commentary) == ("Compute-Optimal Language Models", "친칠라.")
    assert first.authors == ("Jordan Hoffmann", "Sebastian Borgeaud")
    assert [(e.line_start, e.line_end) for e in (first, second)] == [(2, 5), (7, 8)]
    assert second.links == ("https://arxiv.org/abs/2205.01068", "https://github.com/f/m")


def test_papers_nested_in_a_group_are_entries_of_their_own() -> None:
    content = f"- Group\n  - [Deep]({PDF})\n  - [Nets]({PDF})\n- **Bold**\n  - [Wide]({PDF})"
    entries, _ = read(content)
    assert [(e.title, e.line_start) for e in entries] == [("Deep", 2), ("Nets", 3), ("Wide", 5)]


def test_a_paragraph_that_names_a_paper_is_an_entry_of_its_own() -> None:
    (entry,), skips = read(f"Words.\nSee {PDF}\nand so on.\n\nMore words.\n")
    assert (entry.arxiv_id, entry.line_start, skips) == ("2409.00003", 2, [])


def test_a_title_stands_above_its_link_with_its_authors_between_or_a_line_left_free() -> None:
    link = "https://arxiv.org/abs/1905.00001"
    for text in (
        f"Nets That Sort Stones\nAnn Lee, Bo Kim\n{link}",
        f"Nets That Sort Stones\n\n{link}",
    ):
        ((entry,), _) = read(f"# Read\n\nI read.\n\n{text}\n")
        assert (entry.title, entry.arxiv_id) == ("Nets That Sort Stones", "1905.00001")
        assert entry.authors == (("Ann Lee", "Bo Kim") if "Ann" in text else None)
        assert entry.line_start == 5
    assert read(f"# Read\n\nWe went on and saw it.\n\n{link}")[0][0].title is None


def test_family_names_before_et_al_are_authors() -> None:
    ((entry,), _) = read(
        "- [Nets That Sort](https://arxiv.org/abs/1905.00001) — Lee, Kim-Ng et al."
    )
    assert (entry.authors, entry.authors_complete) == (("Lee", "Kim-Ng"), False)
    ((entry,), _) = read("- [Nets That Sort](https://arxiv.org/abs/1905.00001) — good, fast et al.")
    assert entry.authors is None


def test_a_row_gives_date_title_authors_id_and_links_by_its_header() -> None:
    (first, other, korean), (skip,) = read(TABLE)
    assert (first.date, first.title) == (date(2024, 9, 3), "Some | Title")
    assert (first.authors, first.authors_complete) == (("First Author",), False)
    assert (first.arxiv_id, first.links) == ("2409.01524", ("http://arxiv.org/abs/2409.01524",))
    assert (other.date, skip.key) == (None, "list.md:5")
    assert (other.arxiv_id, other.links[1]) == ("2409.01525", "https://github.com/a/b")
    assert (korean.date, korean.title, korean.line_start) == (date(2024, 9, 4), "한국어 제목", 11)
    assert (korean.authors, korean.arxiv_id) == (("홍길동", "김철수"), "2409.01526")
    assert (korean.tags, korean.commentary) == (("llm", "rl"), "좋다 &\n2409.00001")
    assert [mention.arxiv_id for mention in korean.mentions] == ["2409.00001"]


def test_missing_cells_are_none_and_a_table_of_something_else_is_no_list() -> None:
    row = "|Title|Authors|Notes|PDF|\n|---|---|---|---|\n|A Title|null|-| |\n|-|-|-|-|"
    (entry,), _ = read(row)
    assert (entry.title, entry.authors, entry.commentary) == ("A Title", None, None)
    assert read("|Model|Params|\n|---|---|\n|GPT|3|") == ([], [])


def test_a_line_too_long_to_read_is_a_skip_of_its_own() -> None:
    found = list(written.FORMAT.read(Text("a", ["", None, ""])))
    assert [getattr(skip, "key", "") for skip in found] == ["a:2"]


def check(content: str) -> None:
    """Entries are in order, on lines of the text, and read in good time."""
    text = text_of(content)
    with soon_done():
        found = [record for record in written.FORMAT.read(text) if isinstance(record, Entry)]
    assert all(1 <= e.line_start <= e.line_end <= len(text.lines) for e in found)
    # The ids of a line that is nothing but ids are entries on that line.
    assert all(a.line_end <= b.line_start for a, b in pairwise(found))


LIKELY = st.text(alphabet='[]()*_#|-<>!"`\\ \n\t.,:;&1aA가', max_size=300)
PIECES = st.lists(st.sampled_from((IDS + AWESOME + NUMBERED + HEADINGS + TABLE).split(" ")))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), LIKELY, PIECES.map(" ".join)))
def test_any_text_is_entries_and_skips_in_order_and_never_an_error(content: str) -> None:
    check(content)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.randoms(use_true_random=False))
def test_a_damaged_list_is_read_as_far_as_it_goes(name: str, chance: random.Random) -> None:
    characters = list(SAMPLES[name])
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(characters))
        characters[at : at + chance.randrange(4)] = chance.choice(["", "[", "](", "|", "\n", "**"])
    check("".join(characters))


@pytest.mark.parametrize("unit", ["[", "[a](", "**a", "![", "<a ", "a, ", "A B, ", "|", "- ", "("])
def test_a_long_line_of_brackets_takes_no_longer_than_its_length(unit: str) -> None:
    check("|Title|PDF|\n|---|---|\n|" + (unit * 9_000) + "\n\n- " + unit * 9_000)


@pytest.mark.parametrize("name", SAMPLES)
def test_reading_takes_time_in_proportion_to_the_lines(name: str) -> None:
    content = SAMPLES[name]
    times = 4_000 // content.count("\n")
    with soon_done(20):
        assert len(read(content * times)[0]) >= times
