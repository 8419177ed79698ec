"""Papers whose titles, authors and links have labels, one block a paper."""

from __future__ import annotations

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile, Skip

BLOCKS = """Title: Slow Cooking of Large Models
Authors: Lee et al.
Link: https://arxiv.org/abs/2401.00011
Notes: like https://arxiv.org/abs/2301.00015

Title: Ovens for Everyone
Link: <https://arxiv.org/abs/2401.00012>
Authors: Bo Kim, Cy Roe
Notes: for Friday
"""


def kept(content: str) -> list[Entry]:
    records: list[Entry | Skip] = [
        *entries([InputFile("list.md", lambda: iter([content.encode()]))], FORMATS)
    ]
    return [record for record in records if isinstance(record, Entry)]


@pytest.mark.parametrize(
    "head", ["", "# Reading list\n\n", "# Reading list\n", "Hi all,\n\n## This week\n\n"]
)
def test_each_block_is_a_paper_also_below_a_heading(head: str) -> None:
    first, second = kept(head + BLOCKS)
    assert (first.title, first.arxiv_id) == ("Slow Cooking of Large Models", "2401.00011")
    assert (first.authors, first.authors_complete) == (("Lee",), False)
    assert [mention.arxiv_id for mention in first.mentions] == ["2301.00015"]
    assert (second.title, second.arxiv_id) == ("Ovens for Everyone", "2401.00012")
    assert second.authors == ("Bo Kim", "Cy Roe")
    assert "Friday" in (second.commentary or "")


def test_one_block_below_a_heading_and_a_title_alone_begin_no_other_paper() -> None:
    (entry,) = kept(
        f"# Weekly\n\n{BLOCKS.partition(chr(10) * 2)[0]}\n\nTitle: a working title\n\nwords\n"
    )
    assert entry.arxiv_id == "2401.00011"


def test_blocks_below_a_heading_with_a_day_are_of_that_day() -> None:
    assert [str(entry.date) for entry in kept(f"# 5 March 2024 #soup\n{BLOCKS}")] == [
        "2024-03-05"
    ] * 2
