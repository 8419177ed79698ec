"""A vault of notes, in the variants that years of habit leave behind."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_digests import ABSTRACT, read

from pipeline.digests.reading import note_ids, with_note_ids
from pipeline.model.records import Entry, Skip

NOTE = f"""https://arxiv.org/abs/2401.04056

*A Minimaximalist Approach to RLHF* (Gokul Swamy, Christoph Dann)

> {ABSTRACT}
>
> A second paragraph of it.

Nash Learning (https://arxiv.org/abs/2312.00886) 과 연결되는군요.

코드는 `#include <x>` 이고 C# 입니다.

#rlhf #3d

# Links

[[231201 Nash Learning from Human Feedback.md]]
[[230529 DPO|직접 선호]]
"""


def note(text: str, file: str = "vault/240108 A Note.md") -> Entry:
    (entry,) = read(text, file)
    assert isinstance(entry, Entry)
    return entry


def test_a_note_gives_link_title_authors_quote_commentary_tags_and_footer() -> None:
    entry = note(NOTE)
    assert (entry.line_start, entry.line_end) == (1, 18)
    assert entry.date == date(2024, 1, 8)
    assert (entry.arxiv_id, entry.title) == ("2401.04056", "A Minimaximalist Approach to RLHF")
    assert entry.authors == ("Gokul Swamy", "Christoph Dann")
    assert entry.abstract == f"{ABSTRACT.strip()}\n\nA second paragraph of it."
    assert entry.commentary == (
        "Nash Learning (https://arxiv.org/abs/2312.00886) 과 연결되는군요.\n"
        "코드는 `#include <x>` 이고 C# 입니다."
    )
    assert entry.tags == ("rlhf", "3d")
    assert [(m.arxiv_id, m.note) for m in entry.mentions] == [
        ("2312.00886", None), (None, "231201 Nash Learning from Human Feedback"),
        (None, "230529 DPO"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "*A Title: With a Subtitle* (Ann Lee, Bo Kim)",
        "**A Title: With a Subtitle** (Ann Lee, Bo Kim)",
        "A Title: With a Subtitle (Ann Lee, Bo Kim)",
        "# A Title: With a Subtitle (Ann Lee, Bo Kim)",
    ],
)
def test_a_head_is_read_whatever_its_emphasis(head: str) -> None:
    entry = note(f"https://arxiv.org/abs/2401.04056\n\n{head}\n\n좋다.\n")
    assert (entry.title, entry.authors) == ("A Title: With a Subtitle", ("Ann Lee", "Bo Kim"))
    assert entry.commentary == "좋다."


def test_a_head_that_was_wrapped_at_a_column_is_joined() -> None:
    entry = note(
        "https://arxiv.org/abs/2004.00849\n\n"
        "Pixel-BERT: Aligning Image Pixels with Text by Deep Multi-Modal\n"
        "  Transformers (Zhicheng Huang, Zhaoyang Zeng, Bei Liu,\n"
        "  Dongmei Fu)\n\n임베딩으로 입력.\n"
    )
    assert entry.title == (
        "Pixel-BERT: Aligning Image Pixels with Text by Deep Multi-Modal Transformers"
    )
    assert entry.authors == ("Zhicheng Huang", "Zhaoyang Zeng", "Bei Liu", "Dongmei Fu")
    assert entry.commentary == "임베딩으로 입력."


@pytest.mark.parametrize(
    ("text", "title", "arxiv_id"),
    [
        ("TFPose: Pose (https://arxiv.org/abs/2103.15320)\n#pose", "TFPose: Pose", "2103.15320"),
        ("BYOL(https://arxiv.org/abs/2006.07733)이 동작하는 이유", "BYOL", "2006.07733"),
        ("[TFPose](https://arxiv.org/abs/2103.15320) 좋다", "TFPose", "2103.15320"),
        ("https://arxiv.org/abs/1911.09070\n\n#object_detection", "A Note", "1911.09070"),
        ("https://arxiv.org/abs/1911.09070\n\n좋은 논문이다.", "A Note", "1911.09070"),
        ("https://github.com/a/b\n\n이 시리즈는 어렵다.", None, None),
        ("최근 화제가 됐던 논문 하나.\n\nhttps://arxiv.org/abs/2007.08902 참고", None, None),
    ],
)  # fmt: skip
def test_notes_without_a_whole_head_keep_what_they_have(
    text: str, title: str | None, arxiv_id: str | None
) -> None:
    entry = note(text)
    assert (entry.title, entry.arxiv_id, entry.authors) == (title, arxiv_id, None)
    assert entry.date == date(2024, 1, 8)


def test_several_papers_in_one_note_are_several_entries() -> None:
    found = read(
        "https://arxiv.org/abs/2401.00001\n\nOne Title (Ann Lee)\n\n하나.\n\n"
        "https://arxiv.org/abs/2401.00002\n\n*Two Title* (Bo Kim)\n\n둘.\n",
        "240108 Two.md",
    )
    assert [(e.arxiv_id, e.title, e.commentary) for e in found if isinstance(e, Entry)] == [
        ("2401.00001", "One Title", "하나."), ("2401.00002", "Two Title", "둘."),
    ]  # fmt: skip


def test_front_matter_fills_what_the_text_leaves_out() -> None:
    entry = note(
        "---\ntitle: A Title\nauthors: [Ann Lee, Bo Kim]\ntags:\n  - rl\n  - '#moe'\n"
        "date: 2024-03-04\nurl: https://arxiv.org/abs/2401.00001v2\n---\n\n좋다. #llm\n",
        "vault/A Note.md",
    )
    assert (entry.line_start, entry.line_end) == (1, 11)
    assert (entry.title, entry.authors, entry.arxiv_id) == (
        "A Title", ("Ann Lee", "Bo Kim"), "2401.00001",
    )  # fmt: skip
    assert (entry.tags, entry.date) == (("rl", "moe", "llm"), date(2024, 3, 4))


@pytest.mark.parametrize("matter", ["a: [1", "- 1\n- 2", "a: {[]: 1}", "date: [2024]", ""])
def test_damaged_front_matter_costs_only_itself(matter: str) -> None:
    entry, *skips = read(f"---\n{matter}\n---\nhttps://arxiv.org/abs/2401.00001\n", "n.md")
    assert isinstance(entry, Entry)
    assert entry.arxiv_id == "2401.00001"
    assert all("no paper is named" in skip.reason for skip in skips if isinstance(skip, Skip))


def test_a_link_to_a_note_is_a_mention_of_that_notes_paper() -> None:
    records = [
        *read("https://arxiv.org/abs/2305.18290\n\nDPO (Ann Lee)\n", "v/2023/230529 DPO.md"),
        *read(NOTE, "v/2024/240108 A Note.md"),
    ]
    linked = with_note_ids(records[-1], note_ids(records))
    assert isinstance(linked, Entry)
    assert [(m.arxiv_id, m.note) for m in linked.mentions][1:] == [
        (None, "231201 Nash Learning from Human Feedback"), ("2305.18290", "230529 DPO"),
    ]  # fmt: skip


@given(st.text(alphabet="()*>#[]\n-가 aA.:`", max_size=300), st.sampled_from(["n.md", "x"]))
def test_any_note_is_entries_and_skips_whose_lines_are_in_order(text: str, file: str) -> None:
    found = read(f"https://arxiv.org/abs/2401.00001\n{text}", file)
    spans = [(e.line_start, e.line_end) for e in found if isinstance(e, Entry)]
    assert spans == sorted(spans)
    assert all(isinstance(record, Entry | Skip) for record in found)
