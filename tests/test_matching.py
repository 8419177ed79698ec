"""Which arXiv id an entry is: right, for a stated reason, or left to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import SEED, built_from

from pipeline.build.local_sources import LocalSources
from pipeline.build.run import Inputs, build
from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.match.candidates import CandidateIndex
from pipeline.match.decision import decided
from pipeline.match.overriding import OverrideIndex
from pipeline.model.errors import OverridesError
from pipeline.model.records import Entry, Facts, Match, Override
from pipeline.settings.overrides import read_overrides
from pipeline.store.inputs import documents

SEED_IDS = [
    *("2409.02326", "2409.01524", "2409.00997", "2409.01893"),
    *("2409.02392", "2409.01704", "2409.02908"),
]
FACTS = [facts for facts in LocalSources(None).bundled_facts() if isinstance(facts, Facts)]
ENTRIES = [e for e in entries(documents([SEED]), FORMATS) if isinstance(e, Entry)]
PAPER = Facts(
    "bundled",
    "2409.01234",
    title="On the Many Uses of a Test Paper",
    authors=("Ann Lee", "Bo Kim", "Cy Ng"),
)
NOTE = replace(
    ENTRIES[0],
    title=PAPER.title,
    authors=PAPER.authors,
    abstract=None,
    date=date(2024, 9, 20),
)


def match(entry: Entry, *facts: Facts, overrides: Sequence[Override] = ()) -> Match:
    (found,) = CandidateIndex(facts).candidates_of([entry])
    return decided(entry, OverrideIndex(overrides), found)


def test_all_seven_entries_of_the_digest_are_found_with_evidence() -> None:
    found = [match(entry, *FACTS) for entry in ENTRIES]
    assert [m.arxiv_id for m in found] == SEED_IDS
    assert all(m.verdict == "matched" and m.confidence > 0.99 for m in found)
    assert all(m.candidates[0].arxiv_id == m.arxiv_id for m in found)
    assert all(m.candidates[0].scores["authors"] == 1 for m in found)


def test_a_renamed_paper_is_matched_by_its_former_title_and_the_reason_says_so() -> None:
    renamed = match(ENTRIES[2], *FACTS)
    assert renamed.decided_by == "former_title"
    assert 'today "DataSculpt: Crafting Data Landscapes for Long-Context LLMs' in renamed.reason
    respelled = match(ENTRIES[1], *FACTS)
    assert respelled.decided_by == "exact_title"
    assert 'today "S^3cMath: Spontaneous' in respelled.reason


def test_renamed_papers_are_found_by_authors_and_date_when_no_former_title_is_known() -> None:
    current = [replace(facts, former_titles=(), former_authors=None) for facts in FACTS]
    found = [match(entry, *current) for entry in ENTRIES]
    assert [m.arxiv_id for m in found] == SEED_IDS
    assert found[2].decided_by == "name_and_authors"
    assert found[2].candidates[0].scores["authors"] == 1
    assert 0.8 <= (found[2].candidates[0].scores["title"] or 0) < 1


def test_no_entry_is_matched_when_its_own_paper_is_taken_out() -> None:
    for entry, arxiv_id in zip(ENTRIES, SEED_IDS, strict=True):
        others = [facts for facts in FACTS if facts.arxiv_id != arxiv_id]
        assert match(entry, *others).verdict == "undecided"


@pytest.mark.parametrize(
    "title",
    [
        "On the Many Uses of a Test Paper II",
        "On the Many Uses of a Test Paper 2.0",
        "On the 3 Many Uses of a Test Paper",
    ],
)
def test_another_part_of_a_series_by_the_same_authors_is_another_paper(title: str) -> None:
    assert match(replace(NOTE, title=title), PAPER).verdict == "undecided"


def test_a_tied_title_is_left_for_the_reader_not_guessed() -> None:
    tied = match(NOTE, PAPER, replace(PAPER, arxiv_id="2408.04321"))
    assert tied.verdict == "undecided"
    assert "tie between 2408.04321, 2409.01234" in tied.reason
    assert len(tied.candidates) == 2


def test_a_short_title_alone_is_not_enough() -> None:
    short = replace(PAPER, title="Magistral", authors=("Ann Lee",))
    assert match(replace(NOTE, title="Magistral", authors=None), short).verdict == "undecided"
    assert match(replace(NOTE, title="Magistral"), short).verdict == "undecided"
    same = replace(NOTE, title="Magistral", authors=("A. Lee",))
    assert match(same, short).arxiv_id == "2409.01234"


def test_a_long_title_read_before_its_paper_was_there_is_anothers() -> None:
    late = replace(NOTE, date=date(2025, 9, 20))
    assert match(late, PAPER).arxiv_id == "2409.01234"
    assert match(replace(late, authors=None), PAPER).arxiv_id == "2409.01234"
    early = replace(NOTE, date=date(2023, 9, 20), authors=None)
    assert match(early, PAPER).verdict == "undecided"
    assert match(replace(NOTE, authors=None), PAPER).arxiv_id == "2409.01234"


def test_a_wholly_renamed_paper_is_found_by_its_abstract() -> None:
    abstract = "we show that a thing nobody expected holds for all the cases that were tried so far"
    renamed = replace(PAPER, title="Something Else Entirely", abstract=abstract)
    found = match(replace(NOTE, abstract=abstract), renamed)
    assert (found.arxiv_id, found.decided_by) == ("2409.01234", "abstract")
    alone = replace(NOTE, abstract=abstract, authors=("Zoe Other",))
    assert match(alone, renamed).verdict == "undecided"


def test_a_printed_id_is_checked_and_left_to_the_reader_where_it_disagrees() -> None:
    right = replace(NOTE, arxiv_id="2409.01234")
    assert match(right, PAPER).decided_by == "printed_id"
    other = replace(right, title="A Different Story About Graphs", authors=("Di Wu",))
    assert match(other, PAPER).arxiv_id == "2409.01234"
    found = match(replace(other, date=date(2023, 1, 5), title=f"{other.title} at Night"), PAPER)
    assert found.verdict == "undecided"
    assert 'that is "On the Many Uses of a Test Paper"' in found.reason


def test_a_printed_id_that_no_source_knows_is_taken_and_said_to_be_unchecked() -> None:
    found = match(replace(NOTE, arxiv_id="2409.09999"), PAPER)
    assert found.arxiv_id == "2409.09999"
    assert "no source at hand could check it" in found.reason


def test_one_author_is_enough_for_a_title_that_is_the_same_but_for_slips() -> None:
    near = replace(NOTE, title="Many Use of a Test Paper", authors=("Ann Lee",))
    assert match(near, PAPER).arxiv_id == "2409.01234"
    assert match(replace(near, authors=("Ann Fox",)), PAPER).verdict == "undecided"


def test_an_override_wins_over_everything() -> None:
    by_title = Override(NOTE.title, None, None, "2001.00001", "o.toml:1")
    found = match(replace(NOTE, arxiv_id="2409.01234"), PAPER, overrides=[by_title])
    assert (found.arxiv_id, found.decided_by, found.confidence) == ("2001.00001", "override", 1.0)
    gone = Override(None, "2024-09-05.txt", NOTE.line_end, None, "o.toml:5")
    found = match(NOTE, PAPER, overrides=[by_title, gone])
    assert (found.arxiv_id, found.verdict) == (None, "not_on_arxiv")
    assert "o.toml:5" in found.reason


def test_overrides_beside_the_digests_are_used_and_survive_rebuilds(tmp_path: Path) -> None:
    note = "2024-09-05\nA Title That Nobody Knows Of\n(Ann Lee)\n좋다.\n#a\n"
    assert built_from(tmp_path, note).matches[0].verdict == "undecided"
    (tmp_path / "overrides.toml").write_text(
        '[[entry]]\ntitle = "a title that nobody knows of"\narxiv_id = "arXiv:2408.16293v1"\n'
        '[[entry]]\nfile = "other.txt"\nline = 3\narxiv_id = "not on arXiv"\n'
    )
    for _ in range(2):
        found = build(Inputs((tmp_path / "notes.txt",)))
        assert found.matches[0].arxiv_id == "2408.16293"
        (unused,) = found.skips
        assert unused.key.endswith("overrides.toml:4")
        assert "fits no entry" in unused.reason


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[[entry]\ntitle = 1", 1),
        ('\n[[entry]]\ntitle = "A"\n', 2),
        ('[[entry]]\ntitle = "A"\narxiv_id = "2413.99999"\n', 1),
        ('[[entry]]\nline = 3\narxiv_id = "2409.01524"\n', 1),
        ('[[entry]]\ntitle = "A"\nid = "2409.01524"\n', 1),
        ("entries = 3\n", None),
        ('entry = ["x"]\n', None),
    ],
)
def test_an_override_that_cannot_be_used_is_an_error_with_its_line(
    tmp_path: Path, text: str, line: int | None
) -> None:
    path = tmp_path / "overrides.toml"
    path.write_text(text)
    with pytest.raises(OverridesError) as raised:
        read_overrides(path)
    assert (raised.value.line, raised.value.exit_code) == (line, 2)
    assert "[[entry]]" in str(raised.value)


def test_two_overrides_of_one_entry_are_an_error_that_names_both(tmp_path: Path) -> None:
    (tmp_path / "overrides.toml").write_text(
        '[[entry]]\ntitle = "A Title"\narxiv_id = "2408.16293"\n'
        '[[entry]]\ntitle = "a title."\narxiv_id = "not on arXiv"\n'
    )
    with pytest.raises(OverridesError, match=r"toml:4.*toml:1 is about the same entry"):
        built_from(tmp_path, "2024-09-05\nA Title\n(Ann Lee)\n#a\n")


def test_an_overrides_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OverridesError, match="no such file"):
        build(Inputs((SEED,), tmp_path / "none.toml"))
