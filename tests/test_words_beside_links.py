"""Words beside a link are the reader's, wherever it is; an address ends where they begin."""

from __future__ import annotations

import pytest
from test_digests import only_entry

from pipeline.digests.prose import links

HEAD = (
    "2025-03-05\nTitle: Slow Cooking\nAuthors: Ann Lee, Bo Kim\n"
    "Link: https://arxiv.org/abs/2505.02345\n"
)


@pytest.mark.parametrize(
    "words",
    [
        "It extends https://arxiv.org/abs/2004.05150 nicely.",
        "Похоже на https://arxiv.org/abs/2004.05150, но проще.",
        "评论：和 Longformer（https://arxiv.org/abs/2004.05150）很像，但是更快。",
        "The code https://github.com/a/b is broken.",
        "Code: https://github.com/a/b is good but slow.",
        "See https://github.com/a/b for code.",
    ],
)
def test_below_labels_a_line_with_a_link_is_whole_in_the_readers_words(words: str) -> None:
    entry = only_entry(f"{HEAD}{words}\n좋다.")
    assert (entry.title, entry.commentary) == ("Slow Cooking", f"{words}\n좋다.")
    assert len(entry.links) == 2
    assert all(link[-1].isalnum() for link in entry.links)


@pytest.mark.parametrize(
    "line",
    [
        "Code: https://github.com/a/b", "Demo: [Our demo](https://a.org/b)",
        "Code and data: https://a.org/b, https://a.org/c", "PDF: https://arxiv.org/pdf/2505.02345.",
    ],
)  # fmt: skip
def test_a_link_and_what_it_is_called_are_no_words_of_the_reader(line: str) -> None:
    assert only_entry(f"{HEAD}{line}\n좋다.").commentary == "좋다."


def test_an_address_ends_before_a_mark_of_chinese_or_japanese() -> None:
    text = "（https://a.org/b）、https://a.org/c。「https://a.org/d」：https://a.org/é?q=论文，好"
    assert links(text) == tuple(f"https://a.org/{end}" for end in ("b", "c", "d", "é?q=论文"))
    entry = only_entry(
        "2025-03-05\n标题：慢慢做饭\n作者：王小明，李雷\n链接：https://arxiv.org/abs/2505.02345。\n好"
    )
    assert (entry.arxiv_id, entry.links) == (
        "2505.02345", ("https://arxiv.org/abs/2505.02345",)
    )  # fmt: skip
