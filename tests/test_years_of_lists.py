"""What headings and tables of a list say of when its papers appeared, and references in it."""

from __future__ import annotations

from pipeline.digests import written
from pipeline.model.records import Entry, Text


def read(content: str) -> list[Entry]:
    records = written.FORMAT.read(Text("list.md", tuple(content.splitlines())))
    return [record for record in records if isinstance(record, Entry)]


def test_a_heading_that_is_a_year_says_when_papers_appeared_and_not_when_they_were_read() -> None:
    item = "- [Nets That Sort](https://arxiv.org/abs/1905.00001)"
    row = "|Title|Venue|PDF|\n|---|---|---|\n|Nets|ICML|https://arxiv.org/abs/1905.00002|"
    content = f"# L\n## 2019\n{item}\n\n## ICLR 2020\n{row}\n## Best of 2021\n{item}\n"
    listed, tabled, other = read(content)
    assert [(e.published, e.date) for e in (listed, tabled, other)] == [
        *(("2019", None), ("2020", None), (None, None)),
    ]
    assert tabled.venue == "ICML"


def test_a_list_of_bare_titles_is_read_though_few_are_written_in_capitals() -> None:
    titles = ["Weighing stones slowly", "3D Stones of Many Weights", "StoneNet: Nets That Sort"]
    assert [entry.title for entry in read("\n".join(f"- {title}" for title in titles))] == titles
    assert not read("- Buy stones\n- Weigh the stones on Monday\n- Write to Ann and Bo Lee")


def test_a_reference_whose_last_name_is_turned_is_read_without_an_error() -> None:
    line = "Gersh, S.; Hoff, M.; and Blue, D. 2012. Inference. arXiv preprint arXiv:1206.4001."
    (entry,) = read(f"# Notes\n\n{line}\n")
    assert entry.arxiv_id == "1206.4001"
