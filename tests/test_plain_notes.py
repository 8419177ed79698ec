"""Notes as one writes them on the first day: weeks of papers, and a paper without an id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_exports_of_others import kept

from pipeline.build.reading import parsed
from pipeline.digests import FORMATS
from pipeline.digests.bylines import named_paper
from pipeline.digests.cited import cited_in
from pipeline.digests.names import AuthorList, names_in
from pipeline.digests.reading import entries
from pipeline.enrich.merging import papers
from pipeline.model.records import Entry, InputFile, Match, Paper, Skip

LINK = "https://arxiv.org/abs/"


def read(text: str, name: str = "notes.md") -> list[Entry]:
    document = InputFile(name, lambda: iter([text.encode()]))
    return [each for each in entries([document], FORMATS) if isinstance(each, Entry)]


def test_a_title_that_could_be_a_name_begins_a_paper_and_keeps_what_is_said_below_it() -> None:
    found = read(
        f"# Week 4\n\n**A Longer Title: of a Paper** — Ann Lee, Bo Kim ({LINK}2401.00001)\n\n"
        f"First word. #one\n\n**Cooking Stones** — Cy Ng et al. ({LINK}2401.00002)\n\n"
        f"Second word. #two\n\n**Baker's Last Oven** — Di Po, Ed Ho ({LINK}2401.00003)\n\nThird.\n"
    )
    assert [(e.title, e.arxiv_id, e.tags, e.commentary) for e in found] == [
        ("A Longer Title: of a Paper", "2401.00001", ("one",), "First word. #one"),
        ("Cooking Stones", "2401.00002", ("two",), "Second word. #two"),
        ("Baker's Last Oven", "2401.00003", (), "Third."),
    ]


@pytest.mark.parametrize("days", ["27 Jan - 2 Feb", "27.1. – 2.2.", "30 Dec to 5 Jan"])
def test_days_in_brackets_are_no_authors_of_a_week(days: str) -> None:
    items = f"1. Slow Cooking of Stones (Ann Lee, Bo Kim) {LINK}2401.00001\n   - good\n"
    items += f"2. Fast Cooking of Stones (Cy Ng, Di Po) {LINK}2401.00002\n   - bad\n"
    found = read(f"# Week 5 ({days})\n\n{items}")
    assert [(e.arxiv_id, e.commentary) for e in found] == [
        ("2401.00001", "good"),
        ("2401.00002", "bad"),
    ]


def test_the_id_beside_another_quoted_title_is_a_mention_where_the_note_says_who_wrote_it() -> None:
    note = "# Cooking Models\n\n{}\n\nHält. Nachfolger: “{}” {}2401.00001\n"
    signed = note.format("Ann Lee, Bo Kim (ICML 2023)", "Better Cooking of Models", LINK)
    (found,) = read(signed)
    assert (found.arxiv_id, [m.arxiv_id for m in found.mentions]) == (None, ["2401.00001"])
    (own,) = read(note.format("Ann Lee, Bo Kim (ICML 2023)", "Cooking Models", LINK))
    assert own.arxiv_id == "2401.00001"


@pytest.mark.parametrize(
    ("head", "title", "names"),
    [
        ("# Slow Cooking of Large Stones\n\nAnn Lee, Bo Kim", "Slow Cooking of Large Stones", ()),
        (
            "# Cook\nSlow Cooking of Large Stones Again — Ann Lee, Bo Kim",
            "Slow Cooking of Large Stones Again",
            ("Cook",),
        ),
    ],
)
@pytest.mark.parametrize("day", ["", "2025-01-11\n\n"])
def test_a_title_and_its_authors_are_a_note_without_any_id_and_a_day_parts_none(
    head: str, title: str, names: tuple[str, ...], day: str
) -> None:
    (found,) = read(f"{head}\n\n{day}Good words.\n\n#stones\n")
    assert (found.title, found.authors, found.names) == (title, ("Ann Lee", "Bo Kim"), names)
    assert (found.commentary, found.tags) == ("Good words.", ("stones",))
    assert found.date == (date(2025, 1, 11) if day else None)


def test_two_days_are_still_two_parts_of_a_digest() -> None:
    paper = f"Slow Cooking (Ann Lee, Bo Kim)\n{LINK}2401.0000"
    found = read(f"# My days\n2025-01-11\n\n{paper}1\n\n2025-01-12\n\n{paper}2\n")
    assert [e.date for e in found] == [date(2025, 1, 11), date(2025, 1, 12)]


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Mon 30.12.", date(2024, 12, 30)),
        ("1월 3일 (금)", date(2025, 1, 3)),
        ("Jan 2", date(2025, 1, 2)),
        ("4 Jan", date(2025, 1, 4)),
        ("Thoughts", date(2025, 1, 5)),
    ],
)
def test_a_day_without_its_year_is_in_that_of_the_week_that_the_file_is_of(
    heading: str, day: date
) -> None:
    text = f"## {heading}\n\n### Slow Cooking of Stones\nAnn Lee, Bo Kim\n{LINK}2401.00001\n\nok\n"
    assert [e.date for e in read(f"# Days\n\n{text}", "2025-W01.md")] == [day]


def test_the_day_a_paper_appeared_in_its_heading_rules_nothing() -> None:
    heading = f"## [Slow Cooking of Stones]({LINK}2401.00001) (12 Jan 2024)\n\nGood.\n"
    assert [e.date for e in read(f"{heading}\n## [Fast Cooking]({LINK}2401.00002)\n\nBad.\n")] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    "listed", ["Ann Lee, Bo Kim, ..., Cy Ng", "Ann Lee, Bo Kim, … Cy Ng", "Ann Lee, Bo Kim, ..."]
)
def test_dots_in_a_list_of_authors_leave_some_out(listed: str) -> None:
    names = names_in(listed)
    assert names is not None
    assert names.names[:2] == ("Ann Lee", "Bo Kim")
    assert names.names[2:] == (("Cy Ng",) if "Cy" in listed else ())
    assert not names.complete


def test_a_sentence_goes_on_after_et_al_and_over_a_wrapped_line() -> None:
    wrapped = "This repeats what was shown long before by Lee et al. ({}2401.00002), and is\n"
    text = "# Slow Cooking of Stones\n{}2401.00001\n\n" + wrapped + "worse than it.\n"
    (found,) = read(text.format(LINK, LINK))
    assert [m.sentence for m in found.mentions] == [wrapped.format(LINK) + "worse than it."]


def test_a_box_of_information_is_no_abstract_and_a_day_that_was_read_no_word() -> None:
    (found,) = read(
        f"# Slow Cooking of Stones\nRead on: 5.1.2025\narXiv: {LINK}2401.00001\n\n"
        "> [!info] As told by Ann\n\nGood.\n"
    )
    assert (found.abstract, found.commentary) == (None, "As told by Ann\nGood.")
    assert found.date == date(2025, 1, 5)


def test_a_file_of_several_papers_is_none_of_their_names() -> None:
    paper = f"## Slow Cooking of Stones {{0}}\n{LINK}2401.0000{{0}}\n\nGood.\n\n"
    assert [e.names for e in read(paper.format(1) + paper.format(2), "inbox.md")] == [(), ()]
    assert [e.names for e in read(paper.format(1)[1:], "SlowCook.md")] == [("SlowCook",)]


def test_a_wikilink_leads_to_the_one_paper_that_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Cook k1: Slow Cooking of Stones\n{LINK}2401.00001\n\nok\n")
    other = f"# Fast Cooking of Stones\n{LINK}2401.00002\n\nLike [[Cook k1]], not [[Oven]].\n"
    (tmp_path / "b.md").write_text(other)
    for number in (3, 4):
        oven = f"# Oven: Part {number} of Stones\n{LINK}2401.0000{number}\n\nok\n"
        (tmp_path / f"{number}.md").write_text(oven)
    told = [each for each in parsed([tmp_path]) if isinstance(each, Entry)]
    (found,) = (each.mentions for each in told if each.arxiv_id == "2401.00002")
    assert {m.note: m.arxiv_id for m in found} == {"Cook k1": "2401.00001", "Oven": None}


@pytest.mark.parametrize("signed", ["", "Ann Lee, Bo Kim\n\n"])
def test_an_id_within_a_sentence_is_no_notes_own(signed: str) -> None:
    note = "# Slow Cooking of Stones\n\n{}Not as hot as the plain oven ({}2401.00001) {}.\n"
    (found,) = read(note.format(signed, LINK, "is, be honest"))
    assert (found.arxiv_id, [m.arxiv_id for m in found.mentions]) == (None, ["2401.00001"])
    (own,) = read(f"# Slow Cooking of Stones\n\n{signed}Paper of the day ({LINK}2401.00001)\n")
    assert own.arxiv_id == "2401.00001"


def test_family_names_above_the_link_of_a_note_are_its_authors() -> None:
    (found,) = read(f"# Slow Cooking of Stones (2017)\n\nLee, Kim, Ng\n{LINK}2401.00001\n\nHot.\n")
    assert (found.authors, found.commentary) == (("Lee", "Kim", "Ng"), "Hot.")
    (topics,) = read(f"# Slow Stones\n\nOvens, Fires, Heat\n\nHot. See {LINK}2401.00001\n")
    assert topics.authors is None


def test_front_matter_is_that_of_the_one_paper_whose_title_is_bold() -> None:
    paper = f"**Slow Cooking of Stones {{0}}**\nAnn Lee, Bo Kim\n{LINK}2401.0000{{0}}\n\nHot.\n\n"
    matter = "---\ntags: [oven]\n---\n"
    assert [e.tags for e in read(matter + paper.format(1))] == [("oven",)]
    assert [e.tags for e in read(matter + paper.format(1) + paper.format(2))] == [(), ()]


def test_prose_below_a_title_and_its_link_is_no_list_of_papers() -> None:
    said = f"Good.\n\nAlso DPO ({LINK}2401.00003) again.\nand {LINK}2401.00004 as ever.\n"
    found = read(f"# Notes\n\n## Slow Cooking\n2401.00001\n\n{said}\n## Fast\n2401.00002\n\nBad.\n")
    assert [(e.title, e.arxiv_id, len(e.mentions)) for e in found] == [
        ("Slow Cooking", "2401.00001", 2),
        ("Fast", "2401.00002", 0),
    ]


def test_a_sentence_that_names_another_paper_below_the_first_is_no_paper() -> None:
    first = f"**Slow Cooking of Stones**\nAnn Lee, Bo Kim\n{LINK}2401.00001\n\n"
    for said in (
        f"Compare the plain write-up, {LINK}2401.00002, which is hot.",
        f"It is from\n[Oven]({LINK}2401.00002), and you do have to read that.",
    ):
        (found,) = read(f"# Week\n\n{first}{said}\n")
        assert (found.arxiv_id, [m.arxiv_id for m in found.mentions]) == (
            "2401.00001",
            ["2401.00002"],
        )


def test_a_state_or_a_day_before_a_title_is_no_part_of_it() -> None:
    paper = f"### {{}}Slow Cooking of Stones\nAnn Lee, Bo Kim\n{LINK}2401.00001\n\nHot.\n"
    for mark in ("[READ] ", "22.11.2023 · ", "Aug 5. "):
        (found,) = read("# Stones\n\n" + paper.format(mark))
        assert found.title == "Slow Cooking of Stones"


def test_what_follows_related_in_bold_is_named_by_the_paper_above() -> None:
    first = f"**Slow Cooking of Stones**\nAnn Lee, Bo Kim\n{LINK}2401.00001\n\nHot.\n\n"
    (found,) = read(f"{first}**Related**\n- [Fast Cooking of Stones]({LINK}2401.00002)\n")
    assert [m.arxiv_id for m in found.mentions] == ["2401.00002"]


def test_a_title_behind_et_al_has_its_author_before_it() -> None:
    found = cited_in("Lee et al., Slow Cooking of Large Stones, ICML 2020, arXiv:2401.00001")
    assert found is not None
    assert (found.title, found.authors) == (
        "Slow Cooking of Large Stones",
        AuthorList(("Lee",), False),
    )


def test_a_reader_who_speaks_before_a_link_names_no_paper() -> None:
    assert not named_paper(f"What I call Slow Cooking, {LINK}2401.00002")
    assert named_paper(f"What Is Called Slow Cooking, {LINK}2401.00002")


def test_a_whole_list_of_authors_is_taken_before_a_part_of_it_and_both_agree() -> None:
    entries_of = (("Lee",), False), (("Ann Lee", "Bo Kim"), True)
    notes = [
        replace(read(f"# Slow Stones\n{LINK}2401.00001\n", name)[0], authors=names,
                authors_complete=whole)
        for name, (names, whole) in zip("ab", entries_of, strict=True)
    ]  # fmt: skip
    matches = [Match(note, "2401.00001", "matched", 1.0, "printed_id", "", ()) for note in notes]
    (paper,) = papers(matches, ())
    assert isinstance(paper, Paper)
    assert (paper.authors, paper.authors_complete) == (("Ann Lee", "Bo Kim"), True)
    assert [claim.field for claim in paper.disagreements] == []


def test_lines_between_a_paper_and_what_is_said_of_another_are_kept() -> None:
    log = (
        "# 2024-03-06\n- [Slow Cooking of Models](https://arxiv.org/abs/2401.00011) - good\n"
        "- Skimmed [[PPO]] again\n- read later: 2401.00012\n"
    )
    (entry,) = kept(log.encode(), "2024-03-06.md")
    assert entry.commentary == "good\n- Skimmed [[PPO]] again\n- read later: 2401.00012"
    assert [each.note or each.arxiv_id for each in entry.mentions] == ["2401.00012", "PPO"]


def test_a_record_that_names_no_link_is_told_and_lost_in_no_other() -> None:
    text = (
        "- Title: Slow Cooking of Models\n- Link: https://arxiv.org/abs/2401.00011\n- Notes: good\n"
        "\n- Title: Deep Frying of Models\n- Link: https://arxiv.org/abs/2401.00012\n- Notes: bad\n"
        "\n- Title: Steaming Things\n- Notes: find the link\n"
    )
    *papers_read, skip = entries([InputFile("notes.md", lambda: iter([text.encode()]))], FORMATS)
    said = [each.commentary for each in papers_read if isinstance(each, Entry)]
    assert said == ["- Notes: good", "- Notes: bad"]
    assert isinstance(skip, Skip)
    assert "lines 9-10" in skip.reason


def test_a_paper_of_one_word_behind_its_label_goes_into_no_other() -> None:
    text = (
        "- Paper: Slow Cooking of Models\n- Link: https://arxiv.org/abs/2401.00011\n- Note: try\n\n"
        "- Paper: Frying\n- Link: https://arxiv.org/abs/2401.00012\n- Note: memory\n"
    )
    ids = [
        e.arxiv_id
        for e in entries([InputFile("notes.md", lambda: iter([text.encode()]))], FORMATS)
        if isinstance(e, Entry)
    ]
    assert ids == ["2401.00011", "2401.00012"]
